"""Two aims, for a few steps, and what it counts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from pipeline.recording import Recording, Series
from pipeline.studies import two_aims
from tests.studies.few_steps import drawn, measured, recorded

STUDY = two_aims.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Four steps of the duel."""
    return recorded(STUDY)


def test_it_begins_with_a_draw(recordings: dict[str, Recording]) -> None:
    """At first the value is -ln 4 from both sides, every forgery is given one half, and both forms are as steep."""
    found = measured(STUDY, recordings)
    for name, expected in {
        "gain": -math.log(4), "price": -math.log(4), "non_saturating": math.log(2), "belief": 0.5,
        "slope_saturating": 0.5, "slope_non_saturating": 0.5,
    }.items():  # fmt: skip
        series = found[name]
        assert isinstance(series, Series) and series.first == pytest.approx(expected, abs=1e-6)
    assert found["claim mirrored"] == pytest.approx(0.0, abs=1e-5)


def test_a_slope_is_the_belief(recordings: dict[str, Recording]) -> None:
    """The saturating slope is the mean verdict itself, and both slopes add up to one, in every seed."""
    curves = recordings["aims"].curves
    assert curves["saturating_slope"][1] == pytest.approx(curves["belief"][1])
    assert curves["saturating_slope"][1] + curves["non_saturating_slope"][1] == pytest.approx(1.0)


def test_a_side_that_cheats_breaks_the_mirror() -> None:
    """If one side's value is 0.01 off at one look of one seed, that is the mirror error."""
    gain = np.full((2, 3), -1.2)
    price = gain.copy()
    price[1, 2] += 0.01
    assert two_aims.mirror_error({"aims": invented({"gain": gain, "price": price})}) == pytest.approx(0.01)


def test_the_worst_moment_is_each_seeds_own() -> None:
    """Belief is least at the second look of one seed and at the third of the other; the factor is taken there."""
    belief = np.array([[0.5, 0.1, 0.2], [0.5, 0.4, 0.05]])
    curves = {"belief": belief, "saturating_slope": belief, "non_saturating_slope": 1 - belief}
    recordings = {"aims": invented(curves)}
    assert two_aims.worst(recordings).tolist() == [1, 2]
    assert two_aims.factors("slope")(recordings) == pytest.approx([9.0, 19.0])
    assert two_aims.at_worst_moment(recordings) == two_aims.RECIPE.moment_at(10)


def test_both_fall_where_both_means_fall() -> None:
    """Of two steps from window to window both losses fall in one, both rise in none, and once they part."""
    levels = {"forger_loss": (3.0, 2.0, 1.0), "detective_loss": (2.0, 1.0, 2.0)}
    curves = {name: np.repeat(each, two_aims.WINDOW)[None] for name, each in levels.items()}
    assert two_aims.together({"aims": invented(curves)}).tolist() == [0.5, 0.0]


def test_every_moment_can_be_drawn(recordings: dict[str, Recording]) -> None:
    """The film moves between its first and last moment, in both themes."""
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()


def test_the_two_voices_are_as_far_from_home(recordings: dict[str, Recording]) -> None:
    """Every pair of notes multiplies to 440 squared where both stand for the same looks."""
    score = two_aims.play_mirror(recordings)
    assert score.seconds == STUDY.figures[0].seconds
    last = {note.role: note.hz for note in score.notes}
    assert last["forger"] * last["detective"] == pytest.approx(440**2, rel=0.02)


def invented(curves: dict[str, np.ndarray]) -> Recording:
    """Two seeds, looked at before the run and at steps 10 and 20."""
    recipe = replace(two_aims.RECIPE, seeds=(0, 1), shown=0)
    steps = np.array([0, 10, 20])
    return Recording("two_aims", "aims", recipe, steps, {}, {name: (steps, runs) for name, runs in curves.items()})
