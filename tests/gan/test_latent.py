"""Directions of a made-up forger whose causes are known; the sheet and the walk, by arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.gan import latent


def made_up(count: int = 2000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Noise (n, 4); pictures (n, 30), two independent causes of equal strength mixed into them; the causes' ways."""
    dice = np.random.default_rng(3)
    noise = dice.standard_normal((count, 4))
    ways = np.linalg.qr(dice.standard_normal((4, 4)))[0][:2]
    causes = np.tanh(2 * noise @ ways.T)  # nearly even on [-1, 1], as dials are
    patterns = np.linalg.qr(dice.standard_normal((30, 30)))[0][:2]
    return noise, causes @ patterns + 0.01 * dice.standard_normal((count, 30)), ways


def test_causes_of_equal_strength_are_told_apart() -> None:
    """Where principal components alone may lie at any angle, the directions found are the causes' own."""
    noise, pictures, ways = made_up()
    found, shares = latent.find_directions(noise, pictures, 2)
    cosines = np.abs(found @ ways.T)
    assert np.sort(cosines.max(axis=0))[0] > 0.99 and np.sort(cosines.min(axis=0))[-1] < 0.1
    assert shares.sum() == pytest.approx(1, abs=0.01) and np.linalg.norm(found, axis=1) == pytest.approx(1)


def test_ways_of_largest_mean_change_are_those_of_a_linear_forger() -> None:
    """A forger that is a matrix plus a bow in every way has its singular vectors found; shares are of all variation."""
    dice = np.random.default_rng(4)
    noise = dice.standard_normal((20_000, 3))
    ways, patterns = np.linalg.qr(dice.standard_normal((3, 3)))[0], np.linalg.qr(dice.standard_normal((30, 30)))[0]
    pictures = (noise @ ways.T * [3, 2, 1]) @ patterns[:3] + (noise**2 - 1) @ patterns[3:6] * 0.5
    found, shares = latent.main_directions(noise, pictures, 2)
    assert np.abs(np.diag(found @ ways[:2].T)) == pytest.approx(1, abs=0.01)
    assert shares == pytest.approx(np.array([9, 4]) / (14 + 3 * 0.5), abs=0.02)


def test_search_repeats_itself() -> None:
    """The same pictures give the same directions, bit for bit."""
    noise, pictures, _ = made_up(500)
    first, second = (latent.find_directions(noise, pictures, 3)[0] for _ in range(2))
    assert np.array_equal(first, second)


def test_axes_point_where_their_dial_rises() -> None:
    """Each dial gets the direction that goes best with it, turned to rise; no two share one."""
    directions = np.eye(3)
    measured = np.array([[0.1, 0.2], [-0.9, 0.8], [0.3, 0.5]])
    assert latent.pointed(directions, measured).tolist() == [[0, -1, 0], [0, 0, 1]]


def test_correlations_are_pearsons() -> None:
    """A direction along the dial has r = 1, one across it about 0."""
    noise = np.random.default_rng(0).standard_normal((4000, 2))
    found = latent.correlations(noise, np.eye(2), noise[:, :1] * 3 + 1)
    assert found[0, 0] == pytest.approx(1) and abs(found[1, 0]) < 0.05


def test_grid_runs_from_the_upper_left() -> None:
    """Across rises within a row, up falls from row to row."""
    places = latent.grid(3, 2.0)
    assert places[0].tolist() == [-2, 2] and places[1].tolist() == [0, 2] and places[-1].tolist() == [2, -2]


def test_walk_is_closed_slow_and_wide() -> None:
    """It ends where it began, reaches all four edges, and no stride is longer than a twentieth of the map."""
    places = latent.closed_walk(401, 2.0)
    assert places[0] == pytest.approx(places[-1], abs=1e-9)
    assert places.max(axis=0) == pytest.approx(2, abs=0.01) and places.min(axis=0) == pytest.approx(-2, abs=0.01)
    assert np.linalg.norm(np.diff(places, axis=0), axis=1).max() < 0.2


def test_neighbours_and_strangers_by_hand() -> None:
    """Of a 2 x 2 sheet of one-point pictures 0 1 / 2 3, neighbours differ by 1, 1, 2, 2; strangers in a row by 1."""
    sheet = np.arange(4.0).reshape(2, 2, 1, 1)
    assert latent.neighbour_distance(sheet) == 1.5
    assert latent.stranger_distance(sheet.reshape(4, 1, 1)) == 1
