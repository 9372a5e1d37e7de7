"""From noise to form: the heart, for a few steps, and what its quality means."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.gan import measures
from pipeline.recording import Recording
from pipeline.studies import noise_to_form
from pipeline.training import record


@pytest.fixture(scope="module")
def shape() -> dict[str, Recording]:
    """Four steps of the heart."""
    duel = noise_to_form.STUDY.duels["shape"]
    recipe = replace(duel.recipe, steps=4, frames=3)
    return {"shape": record(duel, "noise_to_form", "shape", recipe, lambda step, steps: None)}


def test_quality_is_the_share_of_the_way(shape: dict[str, Recording]) -> None:
    """It is nothing at first by its definition, and 1 - JS / JS0 after."""
    quality, divergence = noise_to_form.quality(shape), shape["shape"].frames["divergence"]
    assert quality.first == 0.0
    assert quality.values == pytest.approx(1 - divergence / divergence[0])
    assert quality.runs is not None and quality.runs.shape == (len(shape["shape"].recipe.seeds), len(quality.steps))


def test_a_perfect_forger_would_come_close_to_one(shape: dict[str, Recording]) -> None:
    """Two handfuls of real points differ by less than a fiftieth of the way."""
    assert 0.98 < noise_to_form.quality_ceiling(shape) < 1.0


def test_counting_leaves_no_point_out() -> None:
    """Every point is in some cell, however far it strays, and a heart fits its square."""
    points = np.array([[[9.0, -9.0], [0.0, 0.0]]])
    counted = noise_to_form.counts(points)
    assert counted.shape == (1, 1600) and counted.sum() == 2
    assert measures.jensen_shannon(counted, counted)[0] == 0.0


def test_the_digits_are_recorded_judged_and_shown() -> None:
    """A few steps give a sheet of four rows of ten, a noise vector, and a reader's verdict that no claim survives."""
    duel = noise_to_form.STUDY.duels["digits"]
    recipe = replace(duel.recipe, steps=3, frames=3)
    recording = record(duel, "noise_to_form", "digits", recipe, lambda step, steps: None)
    assert recording.frames["sheet"].shape[1:] == (40, 28, 28) and recording.frames["sheet"].dtype == np.uint8
    assert recording.constants["noise"].shape == (recipe.latent_size,)
    assert recording.constants["read"].shape == (10,)
    assert recording.constants["reader_accuracy"] > 0.95
    assert recording.constants["distance_real"] < recording.constants["distance"]
    claims = {claim.name: claim for claim in noise_to_form.STUDY.claims}
    worst = claims["digits_worst"].measure({"digits": recording})
    assert worst == recording.constants["read"].min() < 0.5 and not claims["digits_worst"].held_by(worst)
