"""What ``make why`` says."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.why import changes, explain
from pipeline.workshop import Workshop
from tests.walks import plan_of

Shop = Callable[..., Workshop]


def test_why_names_what_changed() -> None:
    """Code by name, parameters with both values, versions with both; what is equal is not mentioned."""
    before = {
        "code": {"pipeline.gan.losses.r1": "a", "pipeline.old": "b"},
        "parameters": {"recipe": {"steps": 100, "seeds": (0, 1)}},
        "versions": {"torch": "2.12"},
    }
    now = {
        "code": {"pipeline.gan.losses.r1": "c"},
        "parameters": {"recipe": {"steps": 200, "seeds": [0, 1]}},
        "versions": {"torch": "2.13"},
    }
    assert changes(before, now) == [
        "code pipeline.gan.losses.r1 changed",
        "code pipeline.old is gone",
        "parameters recipe steps: 100 before, 200 now",
        "versions torch: 2.12 before, 2.13 now",
    ]


def test_why_before_anything_was_made(shop: Shop) -> None:
    """Never made, and what hangs on it waits; the guess of seconds is the stage's."""
    workshop = shop(plan_of("walk", "measure"))
    said = explain(workshop.plan, workshop.store)
    assert "export/walks/walk: would run" in said
    assert "it has never been made here" in said
    assert "measure/walks: waits for export/walks/walk" in said


def test_why_when_nothing_would_run(shop: Shop) -> None:
    """Up to date, with the key and the seconds it took."""
    workshop = shop(plan_of("walk"))
    workshop.run()
    said = explain(workshop.plan, workshop.store)
    assert "export/walks/walk: up to date" in said
    assert said.endswith("A build would run nothing for it.")


def test_why_after_a_parameter_changed(shop: Shop) -> None:
    """The change stands under the job."""
    shop(plan_of("walk")).run()
    workshop = shop(plan_of("walk", parameters={"turn": 1}))
    assert "parameters turn: None before, 1 now" in explain(workshop.plan, workshop.store)
