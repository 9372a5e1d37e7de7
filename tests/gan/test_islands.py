"""The ring of eight islands that two chapters share."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.gan import draws, islands, measures


def test_islands_lie_evenly_on_a_circle() -> None:
    """Eight centres, all one from the middle, each as far from its next."""
    centres = islands.centres()
    assert centres.shape == (islands.MODES, 2) and np.linalg.norm(centres, axis=1) == pytest.approx(np.ones(8))
    apart = np.sort(np.linalg.norm(centres[:, None] - centres, axis=-1), axis=1)[:, 1:3]
    assert apart == pytest.approx(np.full((8, 2), 2 * np.sin(np.pi / 8)))


def test_real_points_are_ashore() -> None:
    """Within three standard deviations of a centre of the plane lie 1 - exp(-9/2), 98.9 %, of its points."""
    batch = islands.world(islands.RECIPE).sample(20_000, draws.generators((0,), "real"))
    ashore = measures.mode_shares(batch.data.numpy(), islands.centres(), islands.SD).sum()
    assert ashore == pytest.approx(1 - np.exp(-4.5), abs=0.004)


def test_players_play_all_seeds_side_by_side() -> None:
    """One noise vector a seed goes in, one point of the plane a seed comes out, and one verdict on it."""
    forger, detective = islands.players(islands.RECIPE)
    noise = draws.normal(draws.generators(islands.RECIPE.seeds, "noise"), 3, islands.RECIPE.latent_size)
    assert forger(noise).shape == (5, 3, 2) and detective(forger(noise)).shape == (5, 3)
