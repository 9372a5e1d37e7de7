"""Paper and pen: pixels, and the few ways to put ink on them.

The pen is matplotlib's Agg renderer called directly, without figure, axes or artists: about ten
times as fast as redrawing a figure, for the same picture (see benchmarks/rendering.py). No text is
ever set, so no font is looked for. Coordinates here are pixels with y up from the lower edge; one
point is one pixel. It knows colours as numbers, and no data, role or mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform, TransformedPath

from pipeline.drawing.style import RGB

_renderer: Any = RendererAgg  # matplotlib's renderer carries no types
_STILL = IdentityTransform()
_UP = Affine2D()


@dataclass(frozen=True)
class View:
    """A rectangle of the picture and the ranges of data it shows."""

    x: tuple[float, float]
    """Data at the left and right edge."""
    y: tuple[float, float]
    """Data at the lower and upper edge."""
    left: int
    """Pixels from the picture's left edge."""
    bottom: int
    """Pixels from the picture's lower edge."""
    width: int
    height: int

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels per unit of x and of y."""
        return self.width / (self.x[1] - self.x[0]), self.height / (self.y[1] - self.y[0])

    def pixels(self, xy: np.ndarray) -> np.ndarray:
        """Data (n, 2) -> pixels (n, 2), y up."""
        sx, sy = self.scale
        return np.column_stack([self.left + (xy[:, 0] - self.x[0]) * sx, self.bottom + (xy[:, 1] - self.y[0]) * sy])


class Surface:
    """A picture of ``width`` x ``height`` pixels under the pen."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._renderer: Any = _renderer(width, height, 72)  # at 72 dpi a point is a pixel
        self.pixels = np.asarray(self._renderer.buffer_rgba())  # (height, width, 4) uint8, row 0 on top; a live view
        self._words = self.pixels.view(np.uint32)[:, :, 0]  # (height, width): the same, one number a pixel

    def clear(self, colour: RGB) -> None:
        """One colour everywhere."""
        self._words.fill(_table(np.array([(*colour, 255)], dtype=np.uint8))[0])

    def restore(self, kept: np.ndarray) -> None:
        """Put back a copy of ``pixels``."""
        self.pixels[:] = kept

    def stroke(
        self, points: np.ndarray, colour: RGB, width: float, view: View, *,
        dashes: tuple[float, float] | None = None, round_ends: bool = True, closed: bool = False, alpha: float = 1.0,
    ) -> None:
        """A line through pixels (n, 2), ``width`` pixels wide; NaN lifts the pen. Dashes are pixels on and off.

        ``closed`` joins the ends: the last point must repeat the first."""
        pen = self._pen(colour, alpha, view)
        pen.set_linewidth(width)
        pen.set_joinstyle("round")
        pen.set_capstyle("round" if round_ends else "butt")
        if dashes is not None:
            pen.set_dashes(0, list(dashes))
        self._renderer.draw_path(pen, _path(points, closed), _STILL, None)

    def fill(self, points: np.ndarray, colour: RGB, view: View, alpha: float = 1.0) -> None:
        """The inside of a polygon of pixels (n, 2)."""
        pen = self._pen(colour, alpha, view)
        pen.set_linewidth(0)
        self._renderer.draw_path(pen, _path(points), _STILL, (*_unit(colour), alpha))

    def hatch(self, points: np.ndarray, colour: RGB, view: View, *, spacing: float, width: float, alpha: float) -> None:
        """45 degree lines within a polygon of pixels (n, 2). They keep their place while the polygon moves."""
        low, high = points.min(axis=0), points.max(axis=0)
        rise = high[1] - low[1]
        first = np.ceil((low[0] - high[1]) / spacing) * spacing
        starts = np.arange(first, high[0] - low[1], spacing)  # lines x - y = start
        if not len(starts) or rise <= 0:
            return
        ends = np.empty((len(starts) * 2, 2))
        ends[0::2] = np.column_stack([starts + low[1], np.full(len(starts), low[1])])
        ends[1::2] = ends[0::2] + rise
        codes = np.tile(np.array([Path.MOVETO, Path.LINETO], dtype=np.uint8), len(starts))
        pen = self._pen(colour, alpha, view)
        pen.set_linewidth(width)
        outline = _path(points)  # made while the last one still lives: Agg knows a clip by its address alone
        self._last_clip = outline
        pen.set_clip_path(TransformedPath(outline, _STILL))
        self._renderer.draw_path(pen, Path(ends, codes), _STILL, None)

    def stamp(
        self, shape: Path, centres: np.ndarray, colour: RGB, outline: RGB, view: View, *, outline_width: float,
    ) -> None:
        """A small shape, in pixels about 0, at each of the pixels (n, 2), to the nearest whole pixel."""
        pen = self._pen(outline, 1.0, view)
        pen.set_linewidth(outline_width)
        self._renderer.draw_markers(pen, shape, _UP, _path(centres), _STILL, (*_unit(colour), 1.0))

    def paste(self, codes: np.ndarray, colours: np.ndarray, left: int, top: int) -> None:
        """Whole pixels: ``codes`` (h, w) are rows of ``colours`` (k, 4) uint8; what sticks out is cut off."""
        x, y = max(left, 0), max(top, 0)
        codes = codes[y - top : self.height - top, x - left : self.width - left]
        height, width = codes.shape
        self._words[y : y + height, x : x + width] = _table(colours)[codes]

    def _pen(self, colour: RGB, alpha: float, view: View) -> Any:
        pen = self._renderer.new_gc()
        pen.set_foreground((*_unit(colour), alpha), isRGBA=True)
        pen.set_snap(False)
        pen.set_clip_rectangle(Bbox.from_bounds(view.left, view.bottom, view.width, view.height))
        return pen


def _table(colours: np.ndarray) -> np.ndarray:
    """Colours (k, 4) uint8 -> (k,) whole pixels."""
    return np.asarray(np.ascontiguousarray(colours).view(np.uint32)[:, 0])


def _unit(colour: RGB) -> tuple[float, float, float]:
    return colour[0] / 255, colour[1] / 255, colour[2] / 255


def _path(points: np.ndarray, closed: bool = False) -> Path:
    path = Path(points, closed=closed)
    path.should_simplify = False  # a reader's matplotlibrc must not change a film
    return path
