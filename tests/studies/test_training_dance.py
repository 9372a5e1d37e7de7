"""The training dance, for a few steps, and what it counts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipeline.recording import Recording, Series
from pipeline.studies import training_dance
from tests.studies.few_steps import drawn, measured, recorded

STUDY = training_dance.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Four steps of the dance."""
    return recorded(STUDY)


def test_it_begins_a_whole_bit_apart(recordings: dict[str, Recording]) -> None:
    """No forged number falls among the originals at first, and the detective is at one half."""
    found = measured(STUDY, recordings)
    gap, confidence = found["gap"], found["confidence"]
    assert isinstance(gap, Series) and isinstance(confidence, Series)
    assert gap.first == found["claim gap_starts"] == pytest.approx(1.0)
    assert confidence.first == 0.5
    assert gap.runs is not None and gap.runs.shape == (6, len(gap.steps))


def test_a_perfect_forger_would_close_the_gap(recordings: dict[str, Recording]) -> None:
    """The floor that finite samples leave is far under the bound of the claim."""
    floor = measured(STUDY, recordings)["gap_floor"]
    assert isinstance(floor, float) and 0 < floor < training_dance.CLOSE / 10


def test_the_hills_have_one_area_each(recordings: dict[str, Recording]) -> None:
    """What is drawn are densities: both integrate to one over the grid."""
    dance = recordings["dance"]
    spacing = np.diff(dance.constants["grid"])[0]
    assert dance.constants["real"].sum() * spacing == pytest.approx(1, abs=1e-3)
    assert dance.frames["forged"].astype(float).sum(1) * spacing == pytest.approx(1, abs=1e-2)


def test_the_ideal_detective_knows_the_originals(recordings: dict[str, Recording]) -> None:
    """While the hills are apart D* is 1 on the one and 0 on the other."""
    dance = recordings["dance"]
    grid, ideal = dance.constants["grid"], dance.frames["ideal"][0]
    assert ideal[np.abs(grid + 1).argmin()] == 1.0
    assert ideal[np.abs(grid - dance.frames["rug"][0].astype(float).mean()).argmin()] == pytest.approx(0.0, abs=1e-3)


def test_every_moment_can_be_drawn(recordings: dict[str, Recording]) -> None:
    """The film moves between its first and last moment, in both themes; the poster is a moment of it."""
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()
    assert 0 <= training_dance.half_way(recordings) <= 1


def test_the_gap_of_other_seeds_is_their_last_measure() -> None:
    """Measured at steps 0 and 6 only, a seed not shown keeps its first value in between."""
    found = training_dance.gap({"dance": _sparse()})
    assert found.runs is not None
    assert found.runs.tolist() == [[1.0, 0.8, 0.6, 0.4], [1.0, 1.0, 1.0, 0.5]]
    assert math.isclose(found.at(5), 0.6)


def _sparse() -> Recording:
    recipe = STUDY.duels["dance"].recipe.with_changes({"seeds": [0, 1], "steps": 6})
    curves = {"gap": (np.array([0, 6]), np.array([[1.0, 0.4], [1.0, 0.5]]))}
    frames = {"gap": np.array([1.0, 0.8, 0.6, 0.4])}
    return Recording("training_dance", "dance", recipe, np.array([0, 2, 4, 6]), frames, curves)
