"""A newcomer's lesson and its examination."""

from __future__ import annotations

import numpy as np
import torch

from pipeline.gan import telling
from pipeline.gan.tiles import draw_tiles


def noise(count: int, seed: int) -> np.ndarray:
    """What nobody takes for a tile."""
    return np.random.default_rng(seed).uniform(-1, 1, (count, 32, 32)).astype(np.float32)


def test_newcomer_learns_the_difference_where_there_is_one() -> None:
    """Tiles against noise: after one lesson it is right about tiles it has not met in more than 95 of 100 cases."""
    pupil = telling.taught(draw_tiles(128, seed=1), noise(128, 1))
    assert telling.share_right(pupil, draw_tiles(100, seed=2), noise(100, 2)) > 0.95


def test_newcomer_tosses_a_coin_where_there_is_none() -> None:
    """Tiles against tiles: it is right about half the time."""
    pupil = telling.taught(draw_tiles(128, seed=1), draw_tiles(128, seed=2))
    assert abs(telling.share_right(pupil, draw_tiles(200, seed=3), draw_tiles(200, seed=4)) - 0.5) < 0.1


def test_lesson_is_the_same_each_time_and_leaves_no_trace() -> None:
    """The same lesson gives the same newcomer, also within a look; the run's own random numbers stay as they were."""
    tiles, other = draw_tiles(16, seed=1), noise(16, 1)
    torch.manual_seed(5)
    before = torch.get_rng_state()
    with torch.no_grad():
        first, second = (telling.taught(tiles, other) for _ in range(2))
    assert torch.equal(torch.get_rng_state(), before)
    for a, b in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(a, b)


def test_share_right_weighs_both_kinds_alike() -> None:
    """One that always says "original" is right in half the cases, however few forgeries there are."""
    credulous = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(1024, 1))
    torch.nn.init.zeros_(credulous[1].weight)
    torch.nn.init.ones_(credulous[1].bias)
    assert telling.share_right(credulous, noise(30, 0), noise(3, 1)) == 0.5
