"""How long jobs will take, from how long they took: for the order of work, the display and ``why``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.plan import Job, Plan
from pipeline.stages import STAGES
from pipeline.store import Artefact, Store


class Estimates:
    """Seconds expected for each job of a plan."""

    def __init__(self, store: Store, plan: Plan) -> None:
        self.last: dict[str, Artefact] = latest(store)
        self.seconds = {job.id: self._seconds(job) for job in plan.jobs.values()}
        self._ways: dict[str, float] = {}
        for job in reversed(list(plan.jobs.values())):  # what uses a job stands after it
            self._ways.setdefault(job.id, 0.0)
            self._ways[job.id] += self.seconds[job.id]
            for needed in job.inputs.values():
                self._ways[needed] = max(self._ways.get(needed, 0.0), self._ways[job.id])

    def way_to_go(self, job_id: str) -> float:
        """Seconds from the start of this job to the end of the longest chain that hangs on it."""
        return self._ways[job_id]

    def _seconds(self, job: Job) -> float:
        known = self.last.get(job.id)
        if known is None:
            return STAGES[job.stage].seconds
        before = known.manifest["ingredients"]["parameters"]
        return known.seconds * rounds(job.parameters) / rounds(before)


def rounds(parameters: Mapping[str, Any]) -> int:
    """The steps that a training with these parameters takes; 1 for other jobs."""
    recipe: Mapping[str, int | None] | None = parameters.get("recipe")
    if not recipe:
        return 1
    steps = recipe["steps"] or 1
    return max(1, min(steps, recipe["stop"] or steps))


def latest(store: Store) -> dict[str, Artefact]:
    """Job -> what it made last, under whatever key."""
    found: dict[str, Artefact] = {}
    for artefact in store.artefacts():
        job = str(artefact.manifest.get("job", ""))
        if job and (job not in found or artefact.manifest["made"] > found[job].manifest["made"]):
            found[job] = artefact
    return found
