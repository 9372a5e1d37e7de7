"""Sheets of small pictures: what is on them, and that it is what was judged."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from pipeline.drawing import sprites
from pipeline.gan.tiles import draw_tiles, symmetry_error


def test_sheet_shows_the_stepped_pictures() -> None:
    """A picture cut from the sheet is the stepped one, to half a shade of the PNG's 255."""
    tiles = sprites.stepped(draw_tiles(6, seed=1))
    png = sprites.sheet((tiles.reshape(2, 3, 32, 32) + 1) / 2)
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("L")).astype(float)
    assert pixels.shape == (64, 96)
    cut = pixels[32:64, 64:96] / 127.5 - 1  # second row, third column
    assert cut == pytest.approx(tiles[5], abs=0.005)


def test_steps_keep_a_mirror_whole() -> None:
    """A true tile stays a true tile, and nothing moves by more than half a step."""
    tiles = draw_tiles(4, seed=2)
    stepped = sprites.stepped(tiles)
    assert symmetry_error(stepped).max() == 0
    assert np.abs(stepped - tiles).max() <= 1 / (sprites.STEPS - 1) + 1e-6


def test_sheet_is_the_same_each_time() -> None:
    """The same pictures give the same bytes."""
    rows = (draw_tiles(4, seed=3).reshape(2, 2, 32, 32) + 1) / 2
    assert sprites.sheet(rows) == sprites.sheet(rows)
