"""The Lab's dice and worlds."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.gan import worlds
from tests.lab.core import told

NAMES = ["hills", "ring", "grid", "line", "circle", "spiral", "heart"]


def test_dice_are_even_and_normal() -> None:
    """A hundred thousand throws have the moments they should, and neighbours do not depend on each other."""
    said = told(
        """const dice = new Dice(1, "test");
        return [Array.from({ length: 1e5 }, () => dice.even()), Array.from({ length: 1e5 }, () => dice.normal())]"""
    )
    even, normal = np.array(said)
    assert even.min() >= 0 and even.max() < 1
    assert even.mean() == pytest.approx(0.5, abs=0.004) and even.var() == pytest.approx(1 / 12, abs=0.002)
    assert normal.mean() == pytest.approx(0, abs=0.015) and normal.var() == pytest.approx(1, abs=0.02)
    assert (normal**4).mean() == pytest.approx(3, abs=0.15)
    for throws in (even, normal):
        assert abs(np.corrcoef(throws[:-1], throws[1:])[0, 1]) < 0.015


def test_dice_differ_by_seed_and_by_use() -> None:
    """Neighbouring seeds, and two uses of one seed, have nothing in common."""
    said = told(
        """return [[0, "a"], [1, "a"], [0, "b"], [0, "a"]].map(([seed, use]) => { const dice = new Dice(seed, use);
        return Array.from({ length: 2000 }, () => dice.normal()) })"""
    )
    one, other, use, same = np.array(said)
    assert np.array_equal(one, same)
    assert max(abs(np.corrcoef(one, other)[0, 1]), abs(np.corrcoef(one, use)[0, 1])) < 0.08


@pytest.mark.parametrize("name", NAMES)
def test_world_lies_within_the_square(name: str) -> None:
    """Every world fits what is shown and counted, and fills a good part of it."""
    points = np.array(told("return WORLDS[name].sample(new Dice(2, name), new Float64Array(8000), 4000)", name=name))
    assert np.abs(points).max() < 1.5
    assert np.abs(points).max() > 0.9
    assert abs(points.reshape(-1, 2).mean(0)).max() < 0.3


def test_islands_are_the_essays() -> None:
    """The ring is the ring of chapter 06, and its points scatter as they should."""
    said = told(
        """const { islands, sd } = WORLDS.ring;
        return { islands, sd, points: WORLDS.ring.sample(new Dice(2, "x"), new Float64Array(20000), 10000) }"""
    )
    ring = worlds.ring(8, 1.0, 0.05)
    assert np.allclose(said["islands"], ring.centres) and said["sd"] == ring.sd
    points = np.array(said["points"]).reshape(-1, 1, 2)
    off = points - np.array(ring.centres)
    nearest = off[np.arange(len(off)), np.square(off).sum(-1).argmin(-1)]
    assert nearest.std(0) == pytest.approx([0.05, 0.05], rel=0.03)


def test_heart_is_the_essays() -> None:
    """The heart's outline is that of the recorded study, and points lie on its inside only."""
    outline, inside = told("return [HEART, places.map(([x, y]) => inHeart(x, y))]",
                           places=[[0, 0.2], [0, 0.9], [0.9, 0.9], [-0.5, 0.5]])  # fmt: skip
    assert np.allclose(outline, worlds.Heart(120).outline().numpy(), atol=1e-6)
    assert inside == [True, False, False, True]


def test_own_points_are_drawn_again_and_again() -> None:
    """A world of one's own scatters about each of its points by the blur, and visits all of them."""
    points = np.array(told(
        "return ownWorld([[-1, 0], [0.5, 0.5], [1, -1]]).sample(new Dice(0, 'own'), new Float64Array(6000), 3000)"
    )).reshape(-1, 2)  # fmt: skip
    own = np.array([[-1, 0], [0.5, 0.5], [1, -1]])
    which = np.square(points[:, None] - own).sum(-1).argmin(-1)
    assert np.bincount(which) == pytest.approx([1000, 1000, 1000], rel=0.1)
    assert (points - own[which]).std() == pytest.approx(0.03, rel=0.05)
