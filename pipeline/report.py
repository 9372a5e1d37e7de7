"""The build's own account: report.json in the published folder, and the words for claims that fail."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.plan import Plan
from pipeline.results import ClaimFacts, Results
from pipeline.study import Pace

if TYPE_CHECKING:
    from pipeline.essay.model import Essay
    from pipeline.workshop import Outcome

ABOUT = (
    "Each training run and each claim of this build. The fields named under volatile tell of this build "
    "rather than of the runs, and differ between two builds of one state; everything else is equal."
)
VOLATILE = ["runs[].reused", "jobs[].reused", "build"]


def report(
    plan: Plan, results: Results, essay: Essay, outcomes: Mapping[str, Outcome], build: Mapping[str, Any]
) -> bytes:
    """report.json: runs, claims, jobs, and what this build was (``build``: seconds, date, versions)."""
    runs = [
        {
            "study": run.study,
            "duel": run.duel,
            "seed": run.recipe["shown"],
            "seeds": list(run.recipe["seeds"]),
            "steps": min(run.recipe["steps"], run.recipe["stop"] or run.recipe["steps"]),
            "recipe": dict(run.recipe),
            "seconds": run.seconds,
            "machine": run.machine,
            "versions": dict(run.versions),
            "recording": run.recording,
            "reused": run.reused,
            "bytes": run.size,
        }
        for run in results.runs
    ]
    claims = [
        {
            "study": claim.study,
            "name": claim.name,
            "text": claim_text(claim, essay),
            "measured": claim.measured if math.isfinite(claim.measured) else None,
            "bound": claim.bound,
            "relation": claim.holds,
            "holds": claim.met,
        }
        for claim in results.claims
    ]
    jobs = [
        {
            "job": name,
            "key": outcome.artefact.key,
            "seconds": outcome.artefact.seconds,
            "bytes": outcome.artefact.size,
            "reused": outcome.reused,
        }
        for name, outcome in sorted(outcomes.items())
    ]
    whole: dict[str, Any] = {"about": ABOUT, "volatile": VOLATILE, "pace": plan.pace, "runs": runs, "claims": claims}
    whole |= {"jobs": jobs, "build": dict(build)}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def claim_text(claim: ClaimFacts, essay: Essay) -> str:
    """The claim's sentence from content/figures/; its name where the author wrote none."""
    words = essay.words.get(claim.study)
    text = words.claims.get(claim.name, claim.name) if words else claim.name
    return text.replace("{bound}", f"{claim.bound:g}")


def failed_claims(results: Results, essay: Essay, pace: Pace) -> str:
    """What does not hold, with value, bound and recipe, a claim a paragraph; "" when all hold."""
    lines = []
    for claim in results.claims:
        if claim.met:
            continue
        lines.append(f"  {claim.study}.{claim.name}: {claim_text(claim, essay)}.".replace("..", "."))
        lines.append(f"      measured {claim.measured:g}, must be {claim.holds} {claim.bound:g}")
        for run in results.runs:
            if run.study == claim.study:
                fields = ", ".join(f"{k}: {_short(v)}" for k, v in run.recipe.items() if v is not None)
                lines.append(f"      recipe of {run.duel}: {fields}")
    if not lines:
        return ""
    failed = sum(not claim.met for claim in results.claims)
    verb = "does" if failed == 1 else "do"
    where = " in this draft" if pace == "draft" else ""
    heading = f"{failed} of {len(results.claims)} claims {verb} not hold{where}:"
    return "\n".join([heading, *lines])


def _short(value: Any) -> str:
    return "[" + ", ".join(map(_short, value)) + "]" if isinstance(value, list | tuple) else f"{value}"
