"""Diagrams that move with a film: boxes joined by arrows, some of them lit; and arrows on points.

Nothing here is a mark of its own: boxes and arrows are lines, drawn with the pen lifted in between. It knows no
recording and no film.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Pane
    from pipeline.drawing.marks import Line

Array = np.ndarray
Place = tuple[float, float]

IDLE, LIT = 2.0, 6.0
"""Pixels: a part that rests, and one whose turn it is."""


class Diagram:
    """Boxes and ways on a pane, by name; each is pale until it is lit in the colour of its role."""

    def __init__(self, pane: Pane, head: float = 0.14) -> None:
        """``head`` is the length of an arrow's barbs, in units of the pane."""
        self._pane = pane
        self._head = head
        self._parts: dict[str, tuple[Line, Array]] = {}

    def box(self, name: str, low: Place, high: Place, role: str = "ink") -> None:
        """A rectangle between two corners."""
        (left, bottom), (right, top) = low, high
        self._add(name, role, np.array([low, (right, bottom), high, (left, top), low]).T)

    def way(self, name: str, start: Place, end: Place, role: str = "ink") -> None:
        """An arrow from one place to another."""
        self._add(name, role, arrows(np.array([start]), np.array([end]), self._head))

    def light(self, names: Collection[str]) -> None:
        """Light these parts and no others; a name that is no part is an error."""
        for name in names:
            if name not in self._parts:
                raise ValueError(f'no part "{name}" in the diagram; there are {", ".join(self._parts)}')
        for name, (line, path) in self._parts.items():
            if name in names:
                line.set(*path)
            else:
                line.hide()

    def _add(self, name: str, role: str, path: Array) -> None:
        self._pane.line("edge", width=IDLE, dash="solid", halo=False).set(*path)
        self._parts[name] = (self._pane.line(role, width=LIT, dash="solid", halo=False), path)


def arrows(tails: Array, heads: Array, barb: float) -> Array:
    """Arrows from (n, 2) to (n, 2) as one line, x and y (2, n * 7), the pen lifted after each.

    ``barb`` is the length of the two strokes of a head, at 30 degrees; short arrows get shorter ones, two fifths of
    their length.
    """
    tails, heads = np.asarray(tails, dtype=np.float64), np.asarray(heads, dtype=np.float64)
    along = heads - tails
    length = np.linalg.norm(along, axis=1, keepdims=True)
    back = -along / np.maximum(length, 1e-12) * np.minimum(barb, 0.4 * length)
    lift = np.full_like(tails, np.nan)
    barbs = [heads + back @ np.array([[c, s], [-s, c]]) for c, s in ((_COS, _SIN), (_COS, -_SIN))]
    strokes = np.stack([tails, heads, lift, barbs[0], heads, barbs[1], lift], axis=1)  # (n, 7, 2)
    return strokes.reshape(-1, 2).T


_COS, _SIN = float(np.cos(np.pi / 6)), float(np.sin(np.pi / 6))
