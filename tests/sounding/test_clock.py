"""What a note stands for."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.recording import Series
from pipeline.sounding.clock import slot_means, slots, smoothed
from tests.sounding.runs import clock, losses


def test_clock_is_that_of_the_film() -> None:
    """A step is heard when the film shows it."""
    on = clock(steps=2000, power=0.5, seconds=12.0)
    assert on.times([0, 500, 2000]) == pytest.approx(np.array([0.0, 6.0, 12.0]))
    for seconds in (0.0, 3.0, 7.7, 12.0):
        assert float(on.times([on.recipe.step_at(seconds / 12)])[0]) == pytest.approx(seconds, abs=0.02)


def test_note_is_the_plain_mean_of_exactly_its_steps() -> None:
    """Each slot holds the mean and the count of the steps whose moment lies in it, by a second route."""
    on = clock(steps=300, power=0.5, seconds=4.0)
    series = losses(on)[0]
    means = on.means(series, *slots(4.0, 0.25))
    moments = 4.0 * np.sqrt(series.steps / 300)
    for k in range(len(means.values)):
        own = series.values[(moments >= k * 0.25) & (moments < (k + 1) * 0.25)]
        assert means.counts[k] == len(own)
        if len(own):
            assert means.values[k] == pytest.approx(own.mean())
    assert means.counts.sum() == 300  # every step but the last, which is shown at the very end


def test_slot_without_a_step_repeats_the_last_shown() -> None:
    """Where no step falls, the one before is held, and the count of 0 says so."""
    means = slot_means(np.array([0.0, 1.0]), np.array([5.0, 7.0]), np.array([0.0, 0.5, 1.0]), np.array([0.5, 1.0, 1.5]))
    assert means.values.tolist() == [5.0, 5.0, 7.0]
    assert means.counts.tolist() == [1, 0, 1]


def test_number_that_is_none_is_refused() -> None:
    """A run that broke (NaN) has no sound, and the message says how many."""
    with pytest.raises(ValueError, match="1 values that are no numbers"):
        slot_means(np.array([0.0]), np.array([np.nan]), np.array([0.0]), np.array([1.0]))


def test_tenths_ring_when_first_reached() -> None:
    """A bell rings once per tenth, at the first step that reaches it, also where one step passes two."""
    on = clock(steps=100, power=1.0, seconds=10.0)
    series = Series(np.array([0, 10, 20, 30, 40]), np.array([0.05, 0.25, 0.15, 0.31, 0.3]))
    assert on.tenths(series) == pytest.approx(np.array([1.0, 1.0, 3.0]))


def test_crossings_are_where_the_lines_meet() -> None:
    """Two straight lines that cross once cross where algebra says."""
    on = clock(steps=10, power=1.0, seconds=10.0)
    steps = np.arange(11)
    moments, values = on.crossings(Series(steps, steps * 1.0), Series(steps, 7.0 - steps))
    assert moments == pytest.approx(np.array([3.5]))
    assert values == pytest.approx(np.array([3.5]))


def test_curves_that_meet_at_a_step_cross_once_and_touching_is_no_crossing() -> None:
    """Meeting exactly at a step counts once; touching and parting on the same side, or being equal, not at all."""
    on = clock(steps=10, power=1.0, seconds=10.0)
    steps, zero = np.arange(11), np.zeros(11)
    assert on.crossings(Series(steps, steps - 5.0), Series(steps, zero))[0] == pytest.approx(np.array([5.0]))
    assert len(on.crossings(Series(steps, np.abs(steps - 5.0)), Series(steps, zero))[0]) == 0
    assert len(on.crossings(Series(steps, zero), Series(steps, zero))[0]) == 0


def test_smoothing_keeps_means_and_levels() -> None:
    """The window leaves a constant as it is and moves no mass."""
    assert smoothed(np.full(50, 3.0), 0.1) == pytest.approx(np.full(50, 3.0))
    step = np.r_[np.zeros(100), np.ones(100)]
    assert smoothed(step, 0.2).sum() == pytest.approx(100, abs=0.6)
