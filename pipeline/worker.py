"""The far side of the workshop: carries out one order in a worker process, here or on a cluster.

A worker gets everything in the order and gives everything back in the delivery; it needs no shared
disk. (Where it has one, it tells its progress through a small file.) Before it works it makes sure that
it runs the same code and versions as the build that asked, or the result would lie under a wrong key.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import json
import os
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.catalogue import Code
from pipeline.drawing.style import TOKENS
from pipeline.fingerprint import device, digest, machine, version
from pipeline.plan import colour_hashes
from pipeline.stages import STAGES, Task

Files = dict[str, bytes]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
"""One thread a job: results do not depend on the number of cores, and jobs do not fight for them."""
_ONE_AT_A_TIME = threading.Lock()  # random states belong to the process, and a cluster's worker may have threads


@dataclass(frozen=True)
class Order:
    """Everything a worker needs for one job."""

    job: str
    stage: str
    study: str
    name: str
    parameters: Mapping[str, Any]
    inputs: Mapping[str, Files]
    studies: str
    """Module that holds STUDIES."""
    key: str
    sources: Mapping[str, str]
    """Module in which the job's code stands -> hash of its file at the time of asking."""
    versions: Mapping[str, str]
    device: str
    scratch: str | None = None
    """Folder for checkpoints; None: a folder of the worker's own machine."""
    progress: str | None = None
    """File in which to tell step and steps; None: nowhere to tell."""


@dataclass(frozen=True)
class Delivery:
    """What came of it."""

    files: Files
    seconds: float
    machine: str
    log: str
    """What the job printed, and the traceback if it failed."""
    failure: str = ""
    """The last line of the traceback; "" when all went well."""


def code_hash(studies: str = "pipeline.studies") -> str:
    """Hash of all the code that jobs may run."""
    return digest(snapshot(studies))


def snapshot(studies: str = "pipeline.studies") -> dict[str, str]:
    """Module -> hash of its file, for every module of the pipeline and the one that holds the studies."""
    root = Path(__file__).resolve().parent
    files = {path: path.relative_to(root.parent) for path in root.rglob("*.py")}
    if not studies.startswith("pipeline."):
        outside = Path(*studies.split(".")).with_suffix(".py")
        files[root.parent / outside] = outside
    names = {path: ".".join(name.with_suffix("").parts).removesuffix(".__init__") for path, name in files.items()}
    return {names[path]: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in sorted(files)}


def modules_of(code: Code) -> set[str]:
    """The modules in which a job's code stands."""
    return {name.rpartition(".")[0] for name in code.definitions}


def begin() -> None:
    """Run once in each local worker: Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def carry_out(order: Order) -> Delivery:
    """Do the job; a failure comes back as a delivery, not as an exception."""
    started = time.perf_counter()
    said = io.StringIO()
    with _ONE_AT_A_TIME, _heard(said):
        try:
            study = _study(order)
            task = Task(
                STAGES[order.stage].narrowed(study, order.name), order.name, order.parameters, order.inputs,
                _teller(order.progress), _scratch(order),
            )  # fmt: skip
            files, failure = STAGES[order.stage].run(task), ""
        except (Exception, KeyboardInterrupt) as fault:
            files, failure = {}, f"{type(fault).__name__}: {fault}"
            said.write(traceback.format_exc())
    return Delivery(files, time.perf_counter() - started, machine(), said.getvalue(), failure)


def _study(order: Order) -> Any:
    """The study, if this worker's code is the code that the order is about."""
    studies = _imported(order)
    changed = [name for name, asked in order.sources.items() if _LOADED.get(name) != asked]
    if changed:
        raise RuntimeError(f"{', '.join(changed)} changed while the build ran, or differ here; build again")
    colours = order.parameters.get("colours")
    if colours is not None:
        here = colour_hashes(TOKENS)
        if colours != (here if isinstance(colours, Mapping) else here[order.parameters["theme"]]):
            raise RuntimeError("the theme's colours changed while the build ran, or differ here; build again")
    for name, asked in order.versions.items():
        if version(name) != asked:
            raise RuntimeError(f"{name} is {version(name)} here, but {asked} where the build was started")
    if STAGES[order.stage].on_device and device() != order.device:
        raise RuntimeError(f"this worker would train on {device()}; the build was asked for {order.device}")
    return studies[order.study]


_LOADED: dict[str, str] = {}
"""Module of ours in this process -> hash of the file it was loaded from; "?" where that cannot be told."""


def _imported(order: Order) -> Mapping[str, Any]:
    """STUDIES, with all modules of the job imported while their files were as noted in ``_LOADED``."""
    before = snapshot(order.studies)
    studies: Mapping[str, Any] = importlib.import_module(order.studies).STUDIES
    for name in order.sources:
        importlib.import_module(name)
    after = snapshot(order.studies)
    for name in set(after) & set(sys.modules):
        _LOADED.setdefault(name, after[name] if before.get(name) == after[name] else "?")
    return studies


def _scratch(order: Order) -> Path | None:
    if order.stage != "train":
        return None
    folder = Path(order.scratch) if order.scratch else Path(tempfile.gettempdir()) / f"imagine-{order.key}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _teller(place: str | None) -> Any:
    """progress(step, steps): writes at most four times a second; ends this process if its build is gone."""
    parent, last = os.getppid(), [0.0]

    def tell(step: int, steps: int) -> None:
        now = time.monotonic()
        if place is None or now - last[0] < 0.25:
            return
        last[0] = now
        if os.getppid() != parent:  # an orphan must not write checkpoints beside the next build's worker
            os._exit(1)
        beside = Path(f"{place}.{os.getpid()}")
        beside.write_text(json.dumps({"step": step, "steps": steps}), encoding="utf-8")
        os.replace(beside, place)

    return tell


@contextlib.contextmanager
def _heard(said: io.StringIO) -> Iterator[None]:
    """What a job prints goes to its log, not into the display. (In a thread, output is not ours to turn.)"""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        yield
