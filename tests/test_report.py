"""report.json, and what is said of claims that fail."""

from __future__ import annotations

import json
import math
from types import SimpleNamespace
from typing import Any

from pipeline.plan import Plan
from pipeline.report import failed_claims, report
from pipeline.results import ClaimFacts, Results, RunFacts

RUN = RunFacts(
    study="dance", duel="one", recipe={"steps": 100, "stop": None, "seeds": [0, 1], "shown": 1, "penalty": 0.03},
    seconds=3.5, machine="a processor", versions={"torch": "2.13.0"}, recording="abc", reused=True, size=99,
)  # fmt: skip
MET = ClaimFacts("dance", "starts", 0.95, ">=", 0.9, True)
UNMET = ClaimFacts("dance", "ends", 0.0312345, "<=", 0.02, False)
ESSAY: Any = SimpleNamespace(words={"dance": SimpleNamespace(claims={"ends": "The gap ends at {bound} bits or less"})})


def test_report_tells_each_run_and_claim() -> None:
    """Recipe, seed, steps, seconds, versions, reused, bytes; text, measured, bound, holds."""
    told = json.loads(report(Plan("full", {}), Results(runs=(RUN,), claims=(MET, UNMET)), ESSAY, {}, {"seconds": 1}))
    run = told["runs"][0]
    assert (run["seed"], run["steps"], run["seconds"], run["reused"], run["bytes"]) == (1, 100, 3.5, True, 99)
    assert run["versions"] == {"torch": "2.13.0"}
    assert told["claims"][1] == {
        "study": "dance", "name": "ends", "text": "The gap ends at 0.02 bits or less", "measured": 0.0312345,
        "bound": 0.02, "relation": "<=", "holds": False,
    }  # fmt: skip
    assert "runs[].reused" in told["volatile"]


def test_report_is_json_also_of_what_was_never_measured() -> None:
    """Not a number becomes null."""
    claim = ClaimFacts("dance", "ends", math.nan, "<=", 0.02, False)
    told = json.loads(report(Plan("full", {}), Results(claims=(claim,)), ESSAY, {}, {}))
    assert told["claims"][0]["measured"] is None


def test_report_failed_claim_names_value_bound_and_recipe() -> None:
    """All that one needs to see why, and nothing of the claims that hold."""
    said = failed_claims(Results(runs=(RUN,), claims=(MET, UNMET)), ESSAY, "full")
    assert said.splitlines() == [
        "1 of 2 claims does not hold:",
        "  dance.ends: The gap ends at 0.02 bits or less.",
        "      measured 0.0312345, must be <= 0.02",
        "      recipe of one: steps: 100, seeds: [0, 1], shown: 1, penalty: 0.03",
    ]


def test_report_is_silent_when_all_claims_hold() -> None:
    """Nothing to say."""
    assert failed_claims(Results(runs=(RUN,), claims=(MET,)), ESSAY, "full") == ""
