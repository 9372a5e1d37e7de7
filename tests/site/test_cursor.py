"""What stands at each frame of a film, by hand-worked numbers."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.essay.expressions import Expression
from pipeline.essay.model import Line, Readout, Track
from pipeline.results import FilmFacts, SeriesFacts
from pipeline.site import cursor


def film(steps: tuple[int, ...]) -> FilmFacts:
    """A film that shows these steps, a frame each."""
    none: dict[str, Path] = {}
    return FilmFacts("walks", "walk", "walk", 1.0, 25, False, steps, steps[-1], 0.5, 0, none, none)


def fixed(expression: Expression) -> float:
    """A number that does not follow the cursor."""
    return 7.0


SQUARES = film(tuple(i * i for i in range(11)))  # 0, 1, 4, ... 100: film time is the root of the step


def test_at_frames_takes_the_value_last_measured() -> None:
    """Between two measurements the earlier one holds, and before the first the first."""
    series = SeriesFacts((1, 10, 50), (0.1, 0.2, 0.3))
    assert cursor.at_frames(series, (0, 1, 9, 10, 49, 50, 99)) == [0.1, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3]


def test_readout_parts_number_and_unit() -> None:
    """A read-out's number stands without its unit, a per cent sign stays with it, and bars end at 0 and 100."""
    series = SeriesFacts((0, 50), (0.5, 2.0))
    shown = cursor.readout(Readout("gap", "Gap", "bits", bar=(0.0, 1.0)), film((0, 50)), series)
    assert (shown.text, shown.unit, shown.share) == (("0.50", "2.00"), "bits", (50.0, 100.0))
    shown = cursor.readout(Readout("gap", "Gap", "percent"), film((0, 50)), series)
    assert (shown.text, shown.unit, shown.share) == (("50\u00a0%", "200\u00a0%"), "", None)


def test_readout_of_a_whole_says_of_how_many() -> None:
    """A count of so many prints how many there are."""
    shown = cursor.readout(Readout("modes", "Modes", "count", of=8), film((0,)), SeriesFacts((0,), (3.0,)))
    assert (shown.text, shown.unit) == (("3",), "of 8")


def test_readout_without_a_number_is_a_dash_without_a_bar() -> None:
    """What was not measured is a dash, and its bar is empty."""
    shown = cursor.readout(Readout("gap", "Gap", "bits", bar=(0.0, 1.0)), film((0,)), SeriesFacts((0,), (math.nan,)))
    assert (shown.text, shown.share) == (("\u2014",), (0.0,))


def test_lines_are_the_first_whose_test_holds() -> None:
    """Tests are tried in order, numbers are filled in, and equal neighbours are one entry."""
    templates = (Line("low, {{ gap | bits }}", "gap < 0.5"), Line("high of {{ walks.gap.last | count }}", "step > 9"))
    series = {"gap": SeriesFacts((0, 5, 10), (0.25, 0.75, 0.9))}
    found = cursor.lines(templates, film((0, 1, 5, 10, 11)), series, fixed)
    assert [(line.start, line.words) for line in found] == [(0, "low, 0.25\u00a0bits"), (2, ""), (3, "high of 7")]


@pytest.mark.parametrize(("step", "per_cent"), [(0, 0), (25, 50), (100, 100), (30, 50 + 10 * 5 / 11), (400, 100)])
def test_position_follows_the_clock_of_the_film(step: float, per_cent: float) -> None:
    """A step stands where the film shows it; between two frames in proportion."""
    assert cursor.position(SQUARES, step) == pytest.approx(per_cent)


def test_position_of_a_step_shown_twice_is_its_first_frame() -> None:
    """Where several frames show one step it stands at the first of them."""
    assert cursor.position(film((0, 0, 0, 5, 9)), 0) == 0
    assert cursor.position(film((0, 5, 5, 5, 9)), 5) == 25


def test_waits_are_what_the_clock_does_not_ask_for() -> None:
    """A film in step with its clock waits nowhere; one that begins late or ends early waits there; a draft nowhere."""
    assert cursor.waits(SQUARES) == (False, False)
    walk = tuple(range(51))
    for before, after in ((0, 0), (8, 0), (0, 8), (8, 8)):
        held = replace(film((0,) * before + walk + (50,) * after), clock=1.0)
        assert cursor.waits(held) == (before > 0, after > 0)
    assert cursor.waits(replace(SQUARES, steps=(0, 1, 4, 9, 9, 9), last_step=100)) == (False, False)


def test_ticks_keep_apart() -> None:
    """Round steps are named where there is room: 0 and the last always, none nearer than nine per cent."""
    ticks = cursor.ticks(film(tuple(round(3000 * (i / 299) ** 2) for i in range(300))))
    assert [tick.step for tick in ticks] == [0, 30, 300, 1000, 3000]
    assert [tick.minor for tick in ticks] == [False, True, False, False, False]
    gaps = [right.at - left.at for left, right in pairwise(ticks)]
    assert min(gaps) >= 9
    assert (ticks[0].anchor, ticks[-1].anchor) == ("start", "end")


def test_curve_on_a_log_scale_makes_equal_ratios_equal_drops() -> None:
    """1, .1, .01 are evenly spaced, top to bottom, and the floor is the lowest of all."""
    series = SeriesFacts((0, 1, 4), (1.0, 0.1, 0.01))
    drawn = cursor.curve(Track("gap", "gap", "log", "floor"), film((0, 1, 4)), series, 0.01)
    assert drawn.line == "M0 4L500 49L1000 94"
    assert (drawn.floor, drawn.band) == (94.0, "")


def test_curve_draws_the_range_of_the_seeds_as_a_closed_band() -> None:
    """The band goes along the highest and back along the lowest."""
    series = SeriesFacts((0, 1), (0.5, 0.5), (0.0, 0.0), (1.0, 1.0))
    drawn = cursor.curve(Track("gap", "gap", "linear"), film((0, 1)), series, None)
    assert drawn.band == "M0 4L1000 4L1000 94L0 94Z"


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_curve_survives_values_that_cannot_be_drawn(scale: str) -> None:
    """Nought on a log scale, NaN and infinity stand at the bottom instead of breaking the path."""
    series = SeriesFacts((0, 1, 2, 3), (math.nan, 0.0, math.inf, 1.0))
    drawn = cursor.curve(Track("gap", "gap", scale), film((0, 1, 2, 3)), series, None)  # type: ignore[arg-type]
    assert "nan" not in drawn.line
    assert "inf" not in drawn.line


def test_curve_of_a_single_frame_is_a_point() -> None:
    """A film of one frame has a track without length, not an error."""
    drawn = cursor.curve(Track("gap", "gap"), film((0,)), SeriesFacts((0,), (1.0,)), None)
    assert drawn.line.startswith("M0 ")
