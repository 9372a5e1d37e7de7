"""``make why``: what a build would do for a figure, and which part of each key has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.display import duration
from pipeline.estimates import Estimates
from pipeline.fingerprint import device
from pipeline.plan import Plan
from pipeline.store import Artefact, Store


def explain(plan: Plan, store: Store) -> str:
    """A line a job: up to date, or what changed since it last ran and how long it will take."""
    estimates = Estimates(store, plan)
    made: dict[str, Artefact] = {}
    lines, total = [], 0.0
    for job in plan.jobs.values():
        expected = duration(estimates.seconds[job.id])
        late = [needed for needed in job.inputs.values() if needed not in made]
        if late:
            lines.append(f"{job.id}: waits for {', '.join(late)}; unless that comes out as before, about {expected}")
            total += estimates.seconds[job.id]
            continue
        outputs = {needed: made[needed].output for needed in job.inputs.values()}
        ingredients = job.ingredients(outputs, device())
        found = store.find(job.stage, job.key(outputs, device()), thorough=False)
        if found is not None:
            made[job.id] = found
            lines.append(f"{job.id}: up to date ({found.key[:12]}, took {duration(found.seconds)})")
            continue
        total += estimates.seconds[job.id]
        before = estimates.last.get(job.id)
        lines.append(f"{job.id}: would run, about {expected}")
        if before is None:
            lines.append("    it has never been made here")
        else:
            lines += [f"    {change}" for change in changes(before.manifest["ingredients"], ingredients)]
    lines.append(f"In all about {duration(total)} of work." if total else "A build would run nothing for it.")
    return "\n".join(lines)


def changes(before: Mapping[str, Any], now: Mapping[str, Any], path: str = "") -> list[str]:
    """What differs between two sets of ingredients, a line each: "code pipeline.gan.penalties.r1 changed"."""
    found = []
    for name in sorted({*before, *now}):
        place = f"{path} {name}".strip()
        old, new = _plain(before.get(name)), _plain(now.get(name))
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            found += changes(old, new, place)
        elif path.startswith(("code", "inputs")):
            found.append(f"{place} {'is new' if old is None else 'is gone' if new is None else 'changed'}")
        else:
            found.append(f"{place}: {old} before, {new} now")
    return found


def _plain(value: Any) -> Any:
    """As it would be after a way through JSON, where tuples are lists."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value
