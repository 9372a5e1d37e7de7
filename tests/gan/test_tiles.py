"""Tiles: true in every mirror, and a symmetry error that says what it claims."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.gan.tiles import SIZE, draw_tiles, symmetry_error


def test_tiles_are_true_in_every_mirror() -> None:
    """A tile equals its mirror images exactly, so its symmetry error is 0."""
    tiles = draw_tiles(40, seed=3)
    assert tiles.shape == (40, SIZE, SIZE) and np.abs(tiles).max() <= 1
    assert symmetry_error(tiles).max() == 0.0


def test_tiles_are_the_same_for_the_same_seed_only() -> None:
    """A seed names its tiles; another seed gives others."""
    assert np.array_equal(draw_tiles(5, seed=3), draw_tiles(5, seed=3))
    assert not np.array_equal(draw_tiles(5, seed=3), draw_tiles(5, seed=4))


def test_symmetry_error_of_noise_is_one() -> None:
    """Pixels that know nothing of one another are as far from their mirror as from any other."""
    noise = np.random.default_rng(0).normal(size=(200, SIZE, SIZE))
    assert symmetry_error(noise).mean() == pytest.approx(1.0, abs=0.02)


def test_symmetry_error_does_not_depend_on_contrast() -> None:
    """Paler ink on a darker ground breaks the same mirrors."""
    noise = np.random.default_rng(1).normal(size=(3, SIZE, SIZE))
    assert symmetry_error(0.3 * noise + 0.5) == pytest.approx(symmetry_error(noise))


def test_symmetry_error_by_hand() -> None:
    """One inked pixel of four: mirrors differ by 1, 1 and 0 in half the pixels; two random pixels in 6 of 16 pairs."""
    image = np.array([[[1.0, 0.0], [0.0, 0.0]]])
    assert symmetry_error(image) == pytest.approx(((0.5 + 0.5 + 0.0) / 3) / (6 / 16))


def test_symmetry_error_of_one_grey_is_one() -> None:
    """A blank has no form to mirror."""
    assert symmetry_error(np.zeros((1, SIZE, SIZE)))[0] == 1.0
