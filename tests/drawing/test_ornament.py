"""Ornament: pictures laid edge to edge, and PNGs whose alpha is the ink."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from pipeline.drawing import ornament


def test_strip_lays_pictures_row_by_row() -> None:
    """The first picture is at the upper left, the last at the lower right."""
    images = np.stack([np.full((4, 4), -1.0 + k, np.float32) for k in (0, 2, 2, 0)])
    ink = ornament.strip(images, rows=2, edge=8)
    assert ink.shape == (16, 16)
    assert ink[0, 0] == 0 and ink[0, 15] == 255 and ink[15, 0] == 255 and ink[15, 15] == 0


def test_mask_is_ink_as_alpha_in_eight_levels() -> None:
    """Bare ground is clear, full ink opaque, and no more than eight alphas lie between."""
    ink = np.tile(np.arange(256, dtype=np.uint8), (4, 1))
    image = np.array(Image.open(io.BytesIO(ornament.mask(ink, (1, 2, 3)))).convert("RGBA"))
    assert image[0, 0, 3] == 0 and image[0, 255, 3] == 255
    assert len(np.unique(image[:, :, 3])) == ornament.LEVELS and image[0, 255, :3].tolist() == [1, 2, 3]


def test_prints_repeat_byte_for_byte() -> None:
    """The same ink gives the same file."""
    ink = np.random.default_rng(0).integers(0, 256, (32, 64), dtype=np.uint8)
    assert ornament.mask(ink, (9, 9, 9)) == ornament.mask(ink, (9, 9, 9))
    assert ornament.picture(ink, (255, 255, 255), (0, 0, 0)) == ornament.picture(ink, (255, 255, 255), (0, 0, 0))


def test_broken_mirror_prints_each_half_in_its_ink() -> None:
    """Full ink on both sides shows the two colours and nothing else."""
    full = np.full((8, 8), 255, np.uint8)
    made = ornament.broken_mirror(full, full, (255, 255, 255), (0, 0, 200), (200, 0, 0))
    image = np.array(Image.open(io.BytesIO(made)))
    assert (image[:, :4] == [0, 0, 200]).all() and (image[:, 4:] == [200, 0, 0]).all()
