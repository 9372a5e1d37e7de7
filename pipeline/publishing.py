"""The published folder: built aside, swapped in whole, and stamped so that the next build knows it is current.

    build/site/               what a reader opens
    build/.site.new.<pid>/    being built; swept away if anything goes wrong
    build/.site.old/          the one before, for the moment of the swap
    build/site.stamp.json     what the folder was made from, and its files' sizes

A stamp cannot lie about content: it holds hashes of every source and of every artefact, the keys are
computed again at each build, and the folder's files are compared with it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.fingerprint import device
from pipeline.plan import Plan
from pipeline.store import Artefact, Store


@dataclass(frozen=True)
class Stamp:
    """What a published folder was made from."""

    sources: str
    """Hash of content, theme, pipeline, lock and settings."""
    plan: Plan
    made: Mapping[str, Artefact]


def publish(place: Path, write: Callable[[Path], None]) -> None:
    """Have ``write`` fill a new folder, then put it in the place of the old one; any error leaves the old one."""
    recover(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    for left in place.parent.glob(f".{place.name}.new.*"):  # of builds that were killed
        if not _alive(left.name.rpartition(".")[2]):
            shutil.rmtree(left, ignore_errors=True)
    new = place.with_name(f".{place.name}.new.{os.getpid()}")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    try:
        write(new)
        old = place.with_name(f".{place.name}.old")
        with _undisturbed():
            shutil.rmtree(old, ignore_errors=True)
            if place.exists():
                place.rename(old)
            new.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def recover(place: Path) -> None:
    """Bring the old folder back if a kill fell between the two renames of a swap."""
    old = place.with_name(f".{place.name}.old")
    if old.exists() and not place.exists():
        old.rename(place)


def write_stamp(place: Path, sources: str, plan: Plan, made: Mapping[str, Artefact]) -> None:
    """Note what the folder at ``place`` was made from."""
    facts = {
        "sources": sources,
        "plan": plan.to_json(),
        "outputs": {job: artefact.output for job, artefact in made.items()},
        "files": dict(sorted(_sizes(place))),
    }
    beside = _stamp(place).with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(facts), encoding="utf-8")
    os.replace(beside, _stamp(place))


def published_from(place: Path, store: Store) -> list[Artefact]:
    """The artefacts from which the folder at ``place`` was made, as far as they still stand."""
    try:
        facts = json.loads(_stamp(place).read_bytes())
    except (OSError, ValueError):
        return []
    plan, outputs = Plan.from_json(facts["plan"]), facts["outputs"]
    found = [store.find(job.stage, job.key(outputs, device()), thorough=False) for job in plan.jobs.values()]
    return [artefact for artefact in found if artefact is not None]


def current(place: Path, sources: str, store: Store) -> Stamp | None:
    """The folder's stamp if it is what a build would make now; None if anything differs."""
    try:
        facts: dict[str, Any] = json.loads(_stamp(place).read_bytes())
        if facts["sources"] != sources or facts["files"] != dict(_sizes(place)):
            return None
        plan = Plan.from_json(facts["plan"])
        made: dict[str, Artefact] = {}
        outputs: dict[str, str] = facts["outputs"]
        for job in plan.jobs.values():
            found = store.find(job.stage, job.key(outputs, device()), thorough=False)
            if found is None or found.output != outputs[job.id]:
                return None
            made[job.id] = found
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Stamp(sources, plan, made)


def _sizes(place: Path) -> Iterator[tuple[str, int]]:
    """Each file below a folder with its bytes."""
    pending = [str(place)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending.append(entry.path)
                else:
                    yield os.path.relpath(entry.path, place), entry.stat().st_size


def _stamp(place: Path) -> Path:
    return place.with_name(f"{place.name}.stamp.json")


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (ValueError, PermissionError):
        pass
    return True


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until the swap is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {kind: signal.signal(kind, lambda kind, _: came.append(kind)) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
    if came:
        raise KeyboardInterrupt
