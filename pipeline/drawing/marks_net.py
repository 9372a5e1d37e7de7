"""A net of threads that thin as they are stretched.

A thread carries the same ink all along, so where a piece of it is stretched it is drawn narrower and paler: width and
opacity both follow the root of the ink, and their product, the ink itself, is kept. It knows no forger.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from pipeline.drawing.marks import Mark
from pipeline.drawing.style import Palette
from pipeline.drawing.surface import Surface, View

CLASSES = 12
"""Strengths that are told apart: all pieces of one strength are a single stroke, so that no crossing darkens."""
FAINTEST = 0.12
"""The least ink a piece is drawn with: below it nothing would be seen of a thread that is there all the same."""


class Net(Mark):
    """Threads, each piece as strong as its ink."""

    def __init__(self, palette: Palette, view: View, role: str, width: float) -> None:
        super().__init__(palette, view)
        self._colour = palette[role]
        self._width = width

    def set(self, threads: Any, ink: Any) -> Self:
        """Threads (n, points, 2) in data; ink (n, points - 1), 1 a full stroke, less for pieces that are stretched."""
        lines, strength = np.asarray(threads, dtype=np.float64), np.asarray(ink, dtype=np.float64)
        if lines.ndim != 3 or strength.shape != (lines.shape[0], lines.shape[1] - 1):
            raise ValueError(f"threads (n, points, 2) and ink (n, points - 1), not {lines.shape} with {strength.shape}")
        return self._keep(lines, strength_class(strength))

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        lines, classes = data
        pixels = self.view.pixels(lines.reshape(-1, 2)).reshape(lines.shape)
        for level in range(CLASSES):  # the faintest first: land lies over water
            path = _pieces(pixels, classes == level)
            if len(path):
                root = float(np.sqrt(class_ink(level)))
                surface.stroke(path, self._colour, self._width * root, self.view, alpha=root, round_ends=False)


def strength_class(ink: np.ndarray) -> np.ndarray:
    """Which of the CLASSES a piece's ink falls in, evenly spaced in its logarithm from FAINTEST to 1."""
    share = np.log(np.clip(ink, FAINTEST, 1.0) / FAINTEST) / -np.log(FAINTEST)
    return np.rint(share * (CLASSES - 1)).astype(np.int8)


def class_ink(level: int) -> float:
    """The ink of a class: the inverse of ``strength_class``."""
    return float(FAINTEST ** (1 - level / (CLASSES - 1)))


def _pieces(pixels: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The chosen pieces of threads (n, points, 2) as one line (m, 2) that lifts the pen wherever one is left out."""
    ends = np.zeros(pixels.shape[:2], bool)
    ends[:, :-1] |= chosen
    ends[:, 1:] |= chosen
    lifts = np.full((len(pixels), 1, 2), np.nan)
    # Two chosen runs may meet at a point left of a piece that is not chosen: the pen is lifted in the middle of it.
    spread = np.full((len(pixels), 2 * pixels.shape[1] - 1, 2), np.nan)
    spread[:, ::2] = np.where(ends[..., None], pixels, np.nan)
    spread[:, 1::2] = np.where(chosen[..., None], (pixels[:, :-1] + pixels[:, 1:]) / 2, np.nan)
    flat = np.concatenate([spread, lifts], axis=1).reshape(-1, 2)
    bare = np.isnan(flat[:, 0])
    return flat[~(bare & np.append(True, bare[:-1]))]
