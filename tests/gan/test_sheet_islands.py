"""The seven islands, the players that begin flat, and what is counted over water."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.gan import draws, sheet, sheet_islands

NOISE = draws.normal(draws.generators(sheet_islands.RECIPE.seeds, "test"), 4_000, 2)


def test_every_island_is_as_far_from_its_next_as_from_the_middle() -> None:
    """Seven centres; the nearest other of each is 1 away."""
    apart = np.linalg.norm(sheet_islands.CENTRES[:, None] - sheet_islands.CENTRES, axis=-1)
    assert np.sort(apart, axis=1)[:, 1] == pytest.approx(np.ones(7))


def test_one_original_in_ninety_is_over_water() -> None:
    """Of round Gaussians exp(-9/2) lies beyond three standard deviations."""
    points = sheet_islands.world(sheet_islands.RECIPE).sample(40_000, draws.generators((0,), "real")).data.numpy()
    wet = sheet.water(points, sheet_islands.CENTRES, sheet_islands.SD)
    assert wet.mean() == pytest.approx(np.exp(-4.5), abs=0.002)


def test_flat_square_has_its_geometry_over_water() -> None:
    """The square [-1, 1]^2 without any network is stretched alike everywhere; over water is what the circles leave."""
    forger, _ = sheet_islands.players(sheet_islands.RECIPE)
    forger.scale_layer(-1, 0.0, 0.0)
    found = sheet_islands.stretch_over(forger, NOISE)
    places = np.random.default_rng(0).uniform(-1, 1, (200_000, 2))
    left = sheet.water(places, sheet_islands.CENTRES, sheet_islands.SD).mean()
    assert found["ratio"] == pytest.approx(np.ones(5), rel=1e-3)
    assert found["water"] == pytest.approx(np.full(5, left), abs=0.03)


def test_settled_needs_half_of_a_fair_share() -> None:
    """A square shrunk to a tenth lies all on the middle island: one settled, nothing over water, and no ratio."""
    forger, _ = sheet_islands.players(sheet_islands.RECIPE)
    forger.scale_layer(-1, 0.0, 0.0)
    forger.reach = 0.1
    found = sheet_islands.stretch_over(forger, NOISE)
    assert found["settled"].tolist() == [1.0] * 5 and not found["water"].any() and np.isnan(found["ratio"]).all()
