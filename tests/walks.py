"""A study without a network, for the tests of the machinery: random walks recorded, measured and exported.

Its "training" is an export that hands out a recording's files, so that every job of these tests runs a real
stage through the real table in a fraction of a second.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from pipeline.plan import Job, Plan
from pipeline.recording import Recording
from pipeline.stages import code_of_study
from pipeline.study import Claim, Export, Recipe, Recordings, Study, Value

STEPS = 40
RECIPE = Recipe(steps=STEPS, batch_size=1, latent_size=1, learning_rates=(0.1, 0.1), seeds=(0, 1), frames=5)


def walk(recordings: Recordings) -> Mapping[str, bytes]:
    """Two walks, recorded."""
    steps = np.arange(STEPS)
    values = np.stack([np.cumsum(np.random.default_rng(seed).normal(size=STEPS)) for seed in RECIPE.seeds])
    frames = np.array(RECIPE.frame_steps())
    seen = {"at": frames.astype(float)}
    return Recording("walks", "walk", RECIPE, frames, seen, {"place": (steps, values)}).to_files()


def farthest(recordings: Recordings) -> float:
    """The largest distance from the start."""
    return recordings["walk"].series("place").highest


def broken(recordings: Recordings) -> Mapping[str, bytes]:
    """Always fails, with something to say."""
    print("what it said before it fell")
    raise ValueError("the ice was thin")


def deadly(recordings: Recordings) -> Mapping[str, bytes]:
    """Takes its worker with it, as a kernel does that runs out of memory."""
    os._exit(9)


def slow(recordings: Recordings) -> Mapping[str, bytes]:
    """Runs long enough to be interrupted, and leaves a sign that it began."""
    if "SLOW_BEGAN" in os.environ:
        Path(os.environ["SLOW_BEGAN"]).touch()
    parent = os.getppid()
    while os.getppid() == parent:  # an orphan ends, so that a test that kills its build leaves nobody behind
        time.sleep(0.1)
    return {}


STUDIES = {
    "walks": Study(
        "walks",
        duels={},
        values=(
            Value("farthest", farthest),
            Value("place", lambda recordings: recordings["walk"].series("place"), series=True),
        ),
        claims=(Claim("wanders", farthest, ">=", 1.0), Claim("stays", farthest, "<=", -100.0)),
        exports=tuple(Export(make.__name__, make) for make in (walk, broken, deadly, slow)),
    )
}


def plan_of(*names: str, parameters: Mapping[str, object] | None = None) -> Plan:
    """A plan of these exports and, with "measure", of the measures of "walk"; ``parameters`` go to the exports."""
    code = code_of_study(STUDIES["walks"])
    jobs = []
    for name in names:
        if name == "measure":
            needed = {"walk": "export/walks/walk"}
            jobs.append(Job("measure/walks", "measure", "walks", "", {}, code["measure/"], needed))
        else:
            given = dict(parameters or {})
            jobs.append(Job(f"export/walks/{name}", "export", "walks", name, given, code[f"export/{name}"]))
    return Plan("full", {job.id: job for job in jobs})
