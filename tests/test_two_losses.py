"""The two losses: their strong lines, the crossings of these, their chords, and the draw at the end."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pipeline import two_losses
from pipeline.recording import Recording
from pipeline.studies.detectives_eye import RECIPE


def test_every_meeting_of_the_strong_lines_is_counted_once() -> None:
    """A forger's loss that is above the detective's, below it and above again crosses it twice, at the detective's."""
    recording = losses(lambda moment: math.log(2) + 0.3 * np.cos(3 * np.pi * (moment - 0.1)))
    found = two_losses.crossings(recording)
    # cos changes sign where 3 (moment - .1) is a half: at .267, .6 and .933 of the film
    after, met = two_losses.meetings(recording, 0)
    assert found.last == 3 and found.first == 0
    assert met == pytest.approx([math.log(2)] * 3, abs=0.01)
    moments = two_losses.strong_lines(recording)[0][after]
    assert moments == pytest.approx([0.267, 0.6, 0.933], abs=1.5 * two_losses.SLOT / two_losses.SECONDS)
    assert [found.at(step) for step in (recording.recipe.step_at(0.5), recording.recipe.step_at(0.8))] == [1, 2]


def test_a_strong_point_is_the_plain_mean_of_its_steps() -> None:
    """The strong lines, weighted by the steps behind each point, have the mean of all steps they stand for."""
    recording = losses(lambda moment: 1 + moment)
    moments, forger, detective = two_losses.strong_lines(recording)
    shown = np.array([recording.recipe.moment_at(float(s)) for s in range(recording.recipe.steps)])
    behind = np.diff(np.searchsorted(shown, np.concatenate([[0.0], moments]) - 1e-9))
    assert (forger[0] * behind).sum() / behind.sum() == pytest.approx(1 + shown.mean())
    assert detective[0] == pytest.approx(math.log(2))


def test_the_total_of_a_draw_has_no_error() -> None:
    """A detective who pays ln 4 throughout is off by nothing; one who pays 1.1 ln 4 by a tenth."""
    assert two_losses.errors(losses(lambda moment: moment)) == pytest.approx(0, abs=1e-12)
    dearer = losses(lambda moment: moment, total=1.1 * math.log(4))
    assert two_losses.errors(dearer) == pytest.approx(0.1)


def test_no_two_chords_follow_each_other() -> None:
    """Of crossings in beats 0, 0, 1, 2, 5 and 6 the first, the fourth and the fifth become chords."""
    chosen = two_losses.spread_out(np.array([0.1, 0.4, 0.6, 1.2, 2.6, 3.1]), 0.5)
    assert chosen.tolist() == [True, False, False, True, True, False]


def losses(forger: Callable[[np.ndarray], np.ndarray], total: float = math.log(4)) -> Recording:
    """A recording in which the forger's loss is a function of the film's moment, the detective's total a constant."""
    steps = np.arange(RECIPE.steps)
    moments = np.array([RECIPE.moment_at(float(step)) for step in steps])
    curves = {"forger_loss": (steps, forger(moments)[None]), "detective_loss": (steps, np.full((1, len(steps)), total))}
    recipe = replace(RECIPE, seeds=(0,), shown=0)
    return Recording("detectives_eye", "eye", recipe, np.array(recipe.frame_steps()), {}, curves)
