"""Portraits of 48 by 48 pixels, drawn in ink by arithmetic from known dials: the originals of the map.

Two dials matter, age and smile, each even on [-1, 1] and independent of all else. Four narrow quirks (breadth, tilt of
the brows, glance, length) keep the crowd from being twins; wider ones would drown the two. So what a search can find in
a forger of these faces is known before it begins. +1 is full ink, -1 bare paper. This module knows no network.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SIZE = 48
"""Pixels along a portrait's edge."""
_FINE = 2
"""Each pixel is the mean of _FINE x _FINE points, which gives soft edges."""
_SHARP = SIZE * 0.75
"""One over the width of an edge, in half portraits: a stroke fades over two thirds of a pixel."""
_BATCH = 250
"""Portraits drawn at once: their points then fit the processor's cache better than all of them."""

Images = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Field = npt.NDArray[np.floating]
"""One number for each point, (count, rows, columns); or (count, 1, 1) where a portrait has one for all its points."""


@dataclass(frozen=True)
class Dials:
    """What was asked of each portrait."""

    age: Floats
    """(count,) -1 young (dark hair, smooth skin) to 1 old (white hair, wrinkles)."""
    smile: Floats
    """(count,) -1 frowning to 1 laughing."""
    quirks: Floats
    """(4, count) in [-1, 1], small in their effect: breadth, brows, glance, length."""

    def __len__(self) -> int:
        return len(self.age)

    def table(self) -> npt.NDArray[np.float32]:
        """Age and smile, (count, 2)."""
        return np.stack([self.age, self.smile], axis=1).astype(np.float32)

    def part(self, start: int, stop: int) -> Dials:
        """The dials of some of the portraits."""
        return Dials(self.age[start:stop], self.smile[start:stop], self.quirks[:, start:stop])


def turn_dials(count: int, seed: int) -> Dials:
    """Dials for ``count`` portraits, each even on [-1, 1]; the same seed gives the same ones."""
    rng = np.random.default_rng(seed)
    return Dials(rng.uniform(-1, 1, count), rng.uniform(-1, 1, count), rng.uniform(-1, 1, (4, count)))


def portray(dials: Dials) -> Images:
    """The portraits of some dials, (count, 48, 48) in [-1, 1]."""
    starts = range(0, len(dials), _BATCH)
    return np.concatenate([_draw(dials.part(start, start + _BATCH)) for start in starts])


def _draw(dials: Dials) -> Images:
    age, smile, *quirks = (_for_each(dial) for dial in (dials.age, dials.smile, *dials.quirks))
    breadth, brows, glance, length = quirks
    old = (age + 1) / 2
    sheet = np.zeros((len(dials), SIZE * _FINE, SIZE * _FINE), dtype=np.float32)
    _draw_head(sheet, old, wide=0.60 + 0.035 * breadth, tall=0.74 + 0.02 * length)
    _draw_wrinkles(sheet, smile, late=np.clip(old * 1.6 - 0.5, 0, 1))
    for side in (-1, 1):
        _draw_eye(sheet, side * 0.25, smile, old, lift=0.025 * brows, glance=0.035 * glance)
    _draw_nose(sheet)
    _draw_mouth(sheet, smile)
    fine = sheet.reshape(len(dials), SIZE, _FINE, SIZE, _FINE).mean(axis=(2, 4))
    return (2 * fine - 1).astype(np.float32)


def _draw_head(sheet: Field, old: Field, wide: Field, tall: Field) -> None:
    """Ears behind the head; hair that pales from ink to paper and whose line climbs with age; the face."""
    pen, middle = _Pen(sheet), 0.10
    for side in (-1, 1):
        ear = pen.ellipse(side * (wide + 0.02), middle + 0.02, 0.10, 0.15)
        pen.outline(ear, 0.05)
    skull = pen.ellipse(0.0, middle - 0.06, wide + 0.13, tall + 0.13)
    pen.outline(np.maximum(skull, pen.y - (0.02 + middle)), 0.05, 0.97 - 0.92 * old)
    hairline = pen.ellipse(0.0, -0.95 - 0.12 * old, 1.05, 0.62 - 0.04 * old)
    pen.outline(np.maximum(pen.ellipse(0.0, middle, wide, tall), -hairline), 0.045)


def _draw_wrinkles(sheet: Field, smile: Field, late: Field) -> None:
    """They come in the second half of life: two on the forehead, one in each cheek, one under each eye."""
    forehead = _Pen(sheet, -0.36, -0.04, 0.4)
    for level in (-0.235, -0.155):
        fold = np.abs(forehead.y - level - 0.10 * forehead.x**2) - 0.016
        forehead.paint(np.maximum(fold, np.abs(forehead.x) - 0.26), 1.0, 0.75 * late)
    pen = _Pen(sheet, 0.04, 0.60, 0.5)
    aside = np.abs(pen.x)
    cheek = np.abs(aside - (0.20 + 0.42 * (pen.y - 0.28) + 0.03 * smile)) - 0.018
    pen.paint(np.maximum(cheek, np.abs(pen.y - 0.40) - 0.10), 1.0, 0.8 * late)
    bag = np.abs(pen.y - 0.185 - 0.35 * (aside - 0.27)) - 0.016
    pen.paint(np.maximum(bag, np.abs(aside - 0.27) - 0.10), 1.0, 0.7 * late)


def _draw_eye(sheet: Field, at: float, smile: Field, old: Field, lift: Field, glance: Field) -> None:
    """Whoever smiles narrows the eyes and arches the brows; who is old has thin ones."""
    pen = _Pen(sheet, -0.30, 0.22, 0.5)
    pen.outline(pen.ellipse(at, 0.06, 0.125, 0.085 - 0.022 * np.clip(smile, 0, 1)), 0.028)
    pen.paint(pen.ellipse(at + glance, 0.06, 0.058, 0.06), 1.0)
    across = pen.x - at
    slope = (np.sign(at) * (0.10 - 0.14 * smile)).astype(np.float32)
    brow = np.abs(pen.y - (-0.075 - lift - 0.02 * smile) - 2 * across**2 + slope * across)
    pen.paint(np.maximum(brow - 0.034, np.abs(across) - 0.15), 1.0, 1 - 0.6 * old)


def _draw_nose(sheet: Field) -> None:
    pen = _Pen(sheet, -0.02, 0.38, 0.2)
    bridge = np.maximum(np.abs(pen.x - 0.03 - 0.22 * (pen.y - 0.1)) - 0.016, np.abs(pen.y - 0.17) - 0.13)
    tip = np.maximum(np.abs(pen.y - 0.30) - 0.018, np.abs(pen.x) - 0.075)
    pen.paint(np.minimum(bridge, tip), 1.0, 0.9)


def _draw_mouth(sheet: Field, smile: Field) -> None:
    """A bow, that opens on a row of teeth when the smile is broad."""
    pen = _Pen(sheet, 0.30, 0.80, 0.4)
    reach = 0.27 + 0.05 * smile
    across = np.clip(np.abs(pen.x) / reach, 0, 1)
    bow = 0.50 + 0.13 * smile * (0.6 - across**2)
    gape = 0.17 * np.clip(smile - 0.15, 0, 1) * (1 - across**2)
    lips = np.maximum(bow - pen.y, pen.y - bow - gape) - 0.028
    pen.paint(np.maximum(lips, np.abs(pen.x) - reach), 1.0)
    teeth = np.maximum(bow + 0.012 - pen.y, pen.y - bow - 0.55 * gape + 0.01)
    pen.paint(np.maximum(teeth, np.abs(pen.x) - reach + 0.06), 0.0, np.clip(4 * (smile - 0.3), 0, 1))


class _Pen:
    """Lays ink on a window of some sheets; x and y run over [-1, 1] of the whole sheet, y downwards."""

    def __init__(self, sheet: Field, top: float = -1.0, bottom: float = 1.0, aside: float = 1.0) -> None:
        """The window spans y from ``top`` to ``bottom``, x from -``aside`` to ``aside``; nothing is drawn outside."""
        points = sheet.shape[1]
        place = ((np.arange(points) + 0.5) / points * 2 - 1).astype(np.float32)
        rows, columns = ((place > top) & (place < bottom)).nonzero()[0], (np.abs(place) < aside).nonzero()[0]
        self.ink = sheet[:, rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        self.x, self.y = place[columns][None, None, :], place[rows][None, :, None]

    def ellipse(self, x: Field | float, y: Field | float, wide: Field | float, tall: Field | float) -> Field:
        """Signed distance, below 0 inside."""
        nearer = np.minimum(wide, tall)
        return np.asarray((np.hypot((self.x - x) / wide, (self.y - y) / tall) - 1) * nearer, dtype=np.float32)

    def paint(self, distance: Field, colour: Field | float, strength: Field | float = 1.0) -> None:
        """A shape laid over what is there: 1 is ink, 0 paper."""
        cover = np.clip(0.5 - distance * _SHARP, 0, 1) * strength
        self.ink += (cover * (colour - self.ink)).astype(np.float32)

    def outline(self, distance: Field, width: float, inside: Field | float = 0.0) -> None:
        """A shape of ink, and within it one of another colour."""
        self.paint(distance, 1.0)
        self.paint(distance + width, inside)


def _for_each(dial: Floats) -> Field:
    return np.asarray(dial, dtype=np.float32)[:, None, None]
