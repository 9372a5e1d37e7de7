"""The critic who was too good, for a few steps, and what it counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.recording import Recording, Series
from pipeline.studies import vanishing
from tests.studies.few_steps import drawn, measured, recorded

STUDY = vanishing.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Four steps of each duel."""
    return recorded(STUDY)


def test_the_forger_stands_still_while_its_critics_learn(recordings: dict[str, Recording]) -> None:
    """After the critics' steps the forger's weights are those it was frozen with; the judge's last layer has moved."""
    newborn = recordings["newborn"]
    forger, critics = vanishing.players(newborn.recipe, 0)
    for name, weights in forger.state_dict().items():
        found = newborn.weights[f"forger.{name}"]
        assert np.array_equal(weights[newborn.shown].numpy().reshape(found.shape), found)
    assert not critics.state_dict()["judge.layers.2.weight"].any()
    assert newborn.weights["detective.judge.layers.2.weight"].any()
    assert newborn.weights["detective.surveyor.layers.2.weight"].any()


def test_at_first_no_critic_pulls(recordings: dict[str, Recording]) -> None:
    """A critic that says the same everywhere has half of its verdicts right and gives no gradient at all."""
    found = measured(STUDY, recordings)
    for name, expected in (("saturating", 0.0), ("nonsaturating", 0.0), ("wasserstein", 0.0), ("accuracy", 0.5)):
        series = found[name]
        assert isinstance(series, Series) and series.first == expected


def test_what_is_left_is_counted_from_the_peak() -> None:
    """Of a gradient that rises to 2 and falls to 0.05 a fortieth is left; before the peak nothing counts."""
    recipe = replace(vanishing.RECIPE, seeds=(0,), shown=0)
    steps = np.array([0, 1, 2, 3])
    curves = {
        "saturating": (steps, np.array([[0.0, 2.0, 1.0, 0.05]])),
        "wasserstein": (steps, np.array([[0.0, 3.0, 1.5, 2.0]])),
        "accuracy": (steps, np.array([[0.5, 0.9, 1.0, 1.0]])),
    }
    recording = Recording("vanishing", "newborn", recipe, steps, {}, curves)
    assert vanishing.remains(recording) == pytest.approx(1 / 40)
    assert vanishing.ranges(recording) == pytest.approx(2.0)
    assert vanishing.seeds_silenced({"newborn": recording}) == 1
    assert vanishing.peaks(recording).tolist() == [1] and vanishing.settled(recording).tolist() == [2]


def test_every_moment_can_be_drawn(recordings: dict[str, Recording]) -> None:
    """The film moves between its first and last moment, in both themes."""
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()
