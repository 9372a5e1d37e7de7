"""The workshop: runs the jobs of a plan that the store cannot answer, in order, as many at once as there are hands.

The order is graphlib's. A job's key is made as soon as its inputs are done; if the store has it, the job is
done too. Else it waits for a place, those with the longest way still to go first. One that fails does not
stop the others. Nothing is ever half done: workers hand their files back, and only this process publishes.
"""

from __future__ import annotations

import json
import shutil
import time
from concurrent.futures import BrokenExecutor, Future, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from pipeline.crew import Crew, Hire, local_crew
from pipeline.display import Display
from pipeline.errors import DamagedArtefact, JobsFailed
from pipeline.estimates import Estimates
from pipeline.fingerprint import device, digest
from pipeline.plan import Job, Plan
from pipeline.store import Artefact, Store
from pipeline.worker import Delivery, Order, carry_out, modules_of, snapshot


@dataclass(frozen=True)
class Outcome:
    """A job that is done."""

    artefact: Artefact
    reused: bool
    """True when the store had it."""


@dataclass
class Workshop:
    """One run through a plan."""

    store: Store
    plan: Plan
    display: Display
    logs: Path
    hire: Hire = local_crew
    studies: str = "pipeline.studies"
    """Module that holds STUDIES."""
    afresh: bool = False
    """Run every job, whatever the store has."""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    """Job -> what went wrong, for people."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Job -> the failed job it needed."""
    _crew: Crew | None = None
    _running: dict[Future[Delivery], str] = field(default_factory=dict)
    _suspects: list[str] = field(default_factory=list)
    """Were running when a worker died: tried once more, each alone."""
    _accused: set[str] = field(default_factory=set)
    _keys: dict[str, str] = field(default_factory=dict)

    def run(self) -> dict[str, Outcome]:
        """Every job's outcome; JobsFailed when some have none."""
        self._device, self._sources = device(), snapshot(self.studies)
        self._estimates = Estimates(self.store, self.plan)
        sorter = TopologicalSorter({job.id: set(job.inputs.values()) for job in self.plan.jobs.values()})
        sorter.prepare()
        waiting: list[str] = []
        self.display.begin(self.plan, self._estimates)
        try:
            while sorter.is_active():
                waiting += [job for job in sorter.get_ready() if not self._settled(job, sorter)]
                if not waiting and not self._running and not self._suspects:
                    continue
                waiting.sort(key=self._estimates.way_to_go)
                self._fill(waiting, sorter)
                self._collect(sorter)
        finally:
            self._dismiss()
            self.display.end()
        if self.failures:
            raise JobsFailed(self._complaint())
        return self.outcomes

    def _settled(self, job_id: str, sorter: TopologicalSorter[str]) -> bool:
        """Whether a job needs no work: the store has it, or what it needs has failed."""
        job = self.plan.jobs[job_id]
        for needed in job.inputs.values():
            if needed in self.failures or needed in self.skipped:
                self.skipped[job_id] = self.skipped.get(needed, needed)
                sorter.done(job_id)
                return True
        ingredients = self._ingredients(job)
        self._keys[job_id] = digest(ingredients)
        found = None if self.afresh else self.store.find(job.stage, self._keys[job_id], thorough=True)
        if found is None:
            return False
        self.outcomes[job_id] = Outcome(found, reused=True)
        self.display.reused(job, found)
        sorter.done(job_id)
        return True

    def _ingredients(self, job: Job) -> dict[str, Any]:
        outputs = {needed: self.outcomes[needed].artefact.output for needed in job.inputs.values()}
        return job.ingredients(outputs, self._device)

    def _fill(self, waiting: list[str], sorter: TopologicalSorter[str]) -> None:
        """Give work to every free place."""
        if self._suspects and not self._running:
            self._start(self._suspects.pop(0), sorter)
        places = self._crew.places if self._crew else 1
        while waiting and not self._suspects and not self._accused & set(self._running.values()):
            if self._crew is not None and len(self._running) >= places:
                return
            self._start(waiting.pop(), sorter)
            places = self._crew.places if self._crew else 1

    def _start(self, job_id: str, sorter: TopologicalSorter[str]) -> None:
        job = self.plan.jobs[job_id]
        if self._crew is None:
            self._crew = self.hire(len(self.plan.jobs) - len(self.outcomes))
        try:
            inputs = {name: self.store.load(self.outcomes[needed].artefact) for name, needed in job.inputs.items()}
        except DamagedArtefact as fault:
            self._fail(job_id, str(fault), "", sorter)
            return
        order = self._order(job, inputs, self._crew.local)
        self.display.started(job)
        self._running[self._crew.executor.submit(carry_out, order)] = job_id

    def _order(self, job: Job, inputs: dict[str, dict[str, bytes]], local: bool) -> Order:
        """What the worker is told; a local one may use this machine's disk for checkpoints and progress."""
        key, progress = self._keys[job.id], self._progress_file(job.id)
        if local:
            progress.parent.mkdir(parents=True, exist_ok=True)
            progress.unlink(missing_ok=True)
        return Order(
            job=job.id,
            stage=job.stage,
            study=job.study,
            name=job.name,
            parameters=job.parameters,
            inputs=inputs,
            studies=self.studies,
            key=key,
            sources={name: self._sources[name] for name in modules_of(job.code)},
            versions=self._ingredients(job)["versions"],
            device=self._device,
            scratch=str(self.store.scratch(key).resolve()) if local else None,
            progress=str(progress.resolve()) if local else None,
        )

    def _collect(self, sorter: TopologicalSorter[str]) -> None:
        """Wait a moment; take in what is finished, show what is not."""
        done, _ = wait(self._running, timeout=0.2, return_when="FIRST_COMPLETED")
        for future in done:
            if future not in self._running:
                continue
            job_id = self._running.pop(future)
            try:
                delivery = future.result()
            except BrokenExecutor:
                self._worker_died(job_id, sorter)
                continue
            except Exception as fault:  # a cluster's own failures: a worker lost, a result too large
                self._fail(job_id, f"{type(fault).__name__}: {fault}", "", sorter)
                continue
            if delivery.failure:
                self._fail(job_id, delivery.failure, delivery.log, sorter)
            else:
                self._finish(job_id, delivery, sorter)
        for job_id in self._running.values():
            try:
                told = json.loads(self._progress_file(job_id).read_bytes())
                self.display.progress(self.plan.jobs[job_id], told["step"], told["steps"])
            except (OSError, ValueError):
                pass
        self.display.tick()

    def _finish(self, job_id: str, delivery: Delivery, sorter: TopologicalSorter[str]) -> None:
        job = self.plan.jobs[job_id]
        ingredients = self._ingredients(job)
        about = {
            "job": job_id,
            "pace": self.plan.pace,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(delivery.seconds, 3),
            "machine": delivery.machine,
            "versions": ingredients["versions"],
            "ingredients": ingredients,
        }
        try:
            artefact = self.store.publish(job.stage, self._keys[job_id], delivery.files, about)
        except OSError as fault:
            self._fail(job_id, f"cannot be written to the store: {fault}", delivery.log, sorter)
            return
        shutil.rmtree(self.store.scratch(self._keys[job_id]), ignore_errors=True)
        self._progress_file(job_id).unlink(missing_ok=True)
        self.outcomes[job_id] = Outcome(artefact, reused=False)
        self.display.finished(job, artefact)
        sorter.done(job_id)

    def _worker_died(self, job_id: str, sorter: TopologicalSorter[str]) -> None:
        """A worker was killed (memory, most often) and took all places with it: find out whose fault it was."""
        interrupted = [job_id, *self._running.values()]
        self._running.clear()
        self._dismiss()
        for name in interrupted:
            if name in self._accused:
                self._fail(name, "its worker process died twice (out of memory?)", "", sorter)
            else:
                self._accused.add(name)
                self._suspects.append(name)

    def _dismiss(self) -> None:
        if self._crew is not None:
            self._crew.dismiss()
        self._crew = None

    def _fail(self, job_id: str, why: str, log: str, sorter: TopologicalSorter[str]) -> None:
        self.failures[job_id] = why
        self.logs.mkdir(parents=True, exist_ok=True)
        place = self._log_file(job_id)
        place.write_text(f"{job_id}, {time.strftime('%Y-%m-%d %H:%M:%S')}\n{log or why}\n", encoding="utf-8")
        self.display.failed(self.plan.jobs[job_id], why)
        sorter.done(job_id)

    def _log_file(self, job_id: str) -> Path:
        return self.logs / f"{job_id.replace('/', '-')}.log"

    def _progress_file(self, job_id: str) -> Path:
        return self.store.root / "progress" / f"{job_id.replace('/', '-')}.json"

    def _complaint(self) -> str:
        count = len(self.failures)
        lines = [f"{count} job{'s' if count != 1 else ''} failed; what could be made is made and kept:"]
        for job_id, why in sorted(self.failures.items()):
            lines.append(f"  {job_id} (study {self.plan.jobs[job_id].study}): {why}")
            lines.append(f"      log: {self._log_file(job_id)}")
        if self.skipped:
            lines.append(f"  not tried, for want of these: {', '.join(sorted(self.skipped))}")
        return "\n".join(lines)
