"""The Lab's gap, islands and floor are those of the essay's own measures."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.gan import measures, worlds
from tests.lab.core import told

REACH, CELLS = 1.5, 40


@pytest.mark.parametrize("spread", [0.3, 0.8, 2.0])
def test_gap_is_that_of_the_studies(spread: float) -> None:
    """Points within the square, at its edge and far outside: the same cells, the same bits."""
    dice = np.random.default_rng(0)
    one, other = spread * dice.standard_normal((500, 2)), 0.5 * dice.standard_normal((700, 2))
    gap, cells = told(
        """const [p, q] = [one, other].map((points) => histogram(Float64Array.from(points.flat()), points.length));
        return [jensenShannon(p, q), p]""",
        one=one.tolist(), other=other.tolist(),
    )  # fmt: skip
    p, q = (measures.histogram_2d(points[None], -REACH, REACH, CELLS) for points in (one, other))
    assert np.array_equal(np.array(cells), p[0])
    assert gap == pytest.approx(float(measures.jensen_shannon(p, q)[0]), abs=1e-12)


def test_gap_knows_its_ends() -> None:
    """The same points are nought apart, and strangers one bit."""
    ends = told(
        """const at = (x) => histogram(Float64Array.from([x, 0, x, 0.5]), 2);
        return [jensenShannon(at(0), at(0)), jensenShannon(at(0), at(1))]"""
    )
    assert ends == [0, 1]


def test_islands_are_counted_as_in_the_studies() -> None:
    """Covered islands and the share ashore, of 2,500 points, are those of the essay's protocol."""
    said = told(
        """const points = new Float64Array(5000); const dice = new Dice(4, "test");
        for (let i = 0; i < 2500; i++) { const turn = Math.PI * dice.even(), far = 1 + 0.2 * dice.normal();
            points[2 * i] = far * Math.cos(turn); points[2 * i + 1] = far * Math.sin(turn) }
        return { points, ...new Gauge(WORLDS.ring, 0).ashore(points) }"""
    )
    world = worlds.ring(8, 1.0, 0.05)
    shares = measures.mode_shares(np.array(said["points"]).reshape(-1, 2), np.array(world.centres), world.sd)
    assert said["covered"] == int((shares > 0).sum())
    assert 4 <= said["covered"] <= 6
    assert said["share"] == pytest.approx(float(shares.sum()), abs=1e-12)


@pytest.mark.parametrize("name", ["ring", "hills", "grid", "circle", "line", "spiral", "heart"])
def test_floor_is_what_the_world_itself_scores(name: str) -> None:
    """A perfect forger, a fresh draw of the world, scores about the floor, above nought and far below a real gap."""
    floor, gap = told(
        """const world = WORLDS[name], gauge = new Gauge(world, 0);
        const points = world.sample(new Dice(9, "another"), new Float64Array(2 * COUNTED), COUNTED);
        return [gauge.floor, gauge.gap(points)]""",
        name=name,
    )
    assert 0.001 < floor < 0.05
    assert gap == pytest.approx(floor, rel=0.5)
