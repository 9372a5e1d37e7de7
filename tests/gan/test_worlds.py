"""Worlds: what they draw lies where it should, and run k draws the same whatever runs beside it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from matplotlib.path import Path

from pipeline.gan import draws, worlds


def test_run_k_draws_the_same_in_any_company() -> None:
    """Seed 3 alone and seed 3 beside others get equal points, bit for bit."""
    for world in (worlds.ring(), worlds.Heart(), worlds.hills(), worlds.grid()):
        beside = world.sample(50, draws.generators((1, 3), "real", 7)).data
        alone = world.sample(50, draws.generators((3,), "real", 7)).data
        assert torch.equal(beside[1], alone[0])


def test_ring_and_grid_stand_where_the_literature_puts_them() -> None:
    """Eight centres on the unit circle, the first at (1, 0); 25 centres, spacing 2, about the origin."""
    ring = np.array(worlds.ring().centres)
    assert np.hypot(*ring.T) == pytest.approx([1.0] * 8) and ring[0] == pytest.approx([1, 0])
    grid = np.array(worlds.grid().centres)
    assert grid.shape == (25, 2) and grid.min() == -4 and grid.max() == 4


def test_hills_have_the_density_they_draw_from() -> None:
    """The density integrates to one, is the slope of the cumulative share, and fits a histogram."""
    hills, x = worlds.hills(), torch.linspace(-4, 4, 801, dtype=torch.float64)
    density, below = hills.density(x[:, None]), hills.share_below(x)
    assert density.sum().item() * 0.01 == pytest.approx(1.0, abs=1e-6)
    torch.testing.assert_close((below[2:] - below[:-2]) / 0.02, density[1:-1], atol=1e-3, rtol=0)
    drawn = hills.sample(40_000, draws.generators((0,), "real")).data[0, :, 0].numpy()
    assert np.histogram(drawn, [-4, -1, 0, 1, 4])[0] / 40_000 == pytest.approx([0.25] * 4, abs=0.01)


def test_heart_is_evenly_filled() -> None:
    """The share of points in a region is its share of the area: half lies left, and as much
    above y = 0.5 as of points thrown at the whole square."""
    heart = worlds.Heart()
    points = heart.sample(40_000, draws.generators((0,), "real")).data[0].numpy()
    outline = Path(heart.outline().numpy(), closed=True)
    even = np.random.default_rng(0).uniform(-1.25, 1.25, size=(200_000, 2))
    inside = even[outline.contains_points(even)]
    assert outline.contains_points(points, radius=-1e-3).all()
    assert (points[:, 0] < 0).mean() == pytest.approx(0.5, abs=0.01)
    assert (points[:, 1] > 0.5).mean() == pytest.approx((inside[:, 1] > 0.5).mean(), abs=0.01)
    assert np.abs(points).max() <= 1.0
