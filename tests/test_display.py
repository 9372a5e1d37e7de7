"""Lines for people."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import StringIO

import pytest

from pipeline.display import LiveDisplay, PlainDisplay, Running, account, display_for, duration, size
from pipeline.workshop import Workshop
from tests.walks import plan_of

Shop = Callable[..., Workshop]


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.42, "0.4 s"), (41.2, "41 s"), (90, "1 min 30 s"), (200.9, "3 min 20 s")]
)
def test_display_durations(seconds: float, said: str) -> None:
    """Tenths while short, then seconds, then minutes."""
    assert duration(seconds) == said


@pytest.mark.parametrize(("count", "said"), [(812, "812 B"), (31_400, "31 kB"), (2_400_000, "2.4 MB")])
def test_display_sizes(count: int, said: str) -> None:
    """Powers of a thousand."""
    assert size(count) == said


def test_display_rate_leaves_setting_up_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate and time to go count from the first step told: 100 steps in 2 s leave 800 steps for 16 s."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    job = next(iter(plan_of("walk").jobs.values()))
    row = Running(job, expected=30.0, since=now[0])
    assert row.words() == ("", "", "about 30 s to go")
    now[0] += 20
    row.told(100, 1000)
    now[0] += 2
    row.told(200, 1000)
    assert row.words() == ("step 200 of 1,000", "50 a second", "16 s to go")


def test_display_account_lists_what_ran_and_sums_what_was_reused(shop: Shop) -> None:
    """A row for each job that ran, one a stage for the rest, the total at the end."""
    shop(plan_of("walk")).run()
    workshop = shop(plan_of("walk", "measure"))
    workshop.run()
    assert isinstance(workshop.display, PlainDisplay)
    lines = [line.split() for line in account(workshop.display.done, 1.0).splitlines()]
    assert lines[1][:2] == ["measure/walks", "ran"]
    assert lines[2][:5] == ["export,", "1", "of", "them", "reused"]
    assert lines[3][:4] == ["1", "ran,", "1", "reused"]


def test_display_plain_says_start_and_end(shop: Shop) -> None:
    """Without a terminal each job has a line when it starts and one when it is done."""
    workshop = shop(plan_of("walk"))
    workshop.run()
    assert isinstance(workshop.display, PlainDisplay)
    said = workshop.display.out
    assert isinstance(said, StringIO)
    assert "[  0/1] export/walks/walk: started, about 3.0 s" in said.getvalue()
    assert "[  1/1] export/walks/walk: done in" in said.getvalue()


def test_display_says_nothing_when_all_was_reused(shop: Shop) -> None:
    """A build that finds everything in the store is quiet."""
    shop(plan_of("walk")).run()
    workshop = shop(plan_of("walk"))
    workshop.run()
    assert isinstance(workshop.display, PlainDisplay)
    assert isinstance(workshop.display.out, StringIO)
    assert workshop.display.out.getvalue() == ""


def test_display_live_has_a_row_for_each_running_job(shop: Shop) -> None:
    """The live table holds the job, its step and the jobs left."""
    plan = plan_of("walk", "measure")
    display = LiveDisplay()
    display.total, display.expected = len(plan.jobs), dict.fromkeys(plan.jobs, 5.0)
    display.started(plan.jobs["export/walks/walk"])
    assert display.table().row_count == 2


def test_display_is_plain_without_a_terminal() -> None:
    """Pipes and logs get lines."""
    assert type(display_for(StringIO())) is PlainDisplay
