"""What a study draws on: panes, and marks that stay as they are until set again.

    pane = canvas.pane(x=(-3, 3), y=(0, 1), box=(0, 0, 1, 1))
    hill = pane.line("real")
    def update(moment): hill.set(x, density_at(moment))

Marks are painted in the order in which they were made. Those before the first that changes are
painted once and copied back for each frame. A figure draws no words: they are HTML over the film.
It knows no recording, no figure and no encoder.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np

from pipeline.drawing import marks
from pipeline.drawing.marks import Dash, Mark, Shape
from pipeline.drawing.marks_raster import Field, Sheet
from pipeline.drawing.style import Palette
from pipeline.drawing.surface import Surface, View

WIDTH, HEIGHT = 1280, 720
Range = tuple[float, float]
Box = tuple[float, float, float, float]
M = TypeVar("M", bound=Mark)


class Canvas:
    """A picture of ``width`` x ``height`` pixels in one theme; ``draft`` marks it as not for print."""

    def __init__(self, palette: Palette, width: int = WIDTH, height: int = HEIGHT, draft: bool = False) -> None:
        self.palette = palette
        self.width = width
        self.height = height
        self._surface = Surface(width, height)
        self._draft = draft
        self._ground = "plate"
        self._marks: list[Mark] = []
        self._painted = False
        self._kept: np.ndarray | None = None
        self._kept_until = 0  # how many marks the kept picture holds

    def ground(self, token: str) -> None:
        """The colour beneath all marks: "plate", unless a film lies on the page itself ("paper")."""
        self.palette[token]
        self._ground = token
        self._painted = False
        self._kept = None

    def pane(
        self, x: Range = (0.0, 1.0), y: Range = (0.0, 1.0), box: Box = (0.0, 0.0, 1.0, 1.0), equal: bool = False,
    ) -> Pane:
        """A rectangle of the picture showing these ranges, y up.

        ``box`` is (left, top, width, height) in shares of the picture. ``equal`` makes one unit of x
        as long as one of y, by widening whichever range has room."""
        left, top = round(box[0] * self.width), round(box[1] * self.height)
        width, height = round(box[2] * self.width), round(box[3] * self.height)
        shown = View(x, y, left, self.height - top - height, width, height)
        return Pane(self, _with_equal_units(shown) if equal else shown, x, y)

    def add(self, mark: M) -> M:
        """Take a mark into the picture, above those taken before."""
        self._marks.append(mark)
        return mark

    @property
    def changed(self) -> bool:
        """Whether ``frame`` would differ from the last one."""
        return not self._painted or any(mark.changed for mark in self._marks)

    def frame(self) -> np.ndarray:
        """The picture as the marks are now: (height, width, 4) uint8, row 0 on top; valid until the next call."""
        first = next((i for i, mark in enumerate(self._marks) if mark.changed), None)
        if self._painted and first is None:
            return self._surface.pixels
        start, keep_at = 0, None
        if self._painted and first is not None:
            if self._kept is not None and first >= self._kept_until:
                self._surface.restore(self._kept)
                start = self._kept_until
            else:
                keep_at = first
        if start == 0:
            self._surface.clear(self.palette[self._ground])
        for i in range(start, len(self._marks)):
            if i == keep_at:
                self._kept, self._kept_until = self._surface.pixels.copy(), i
            self._marks[i].paint(self._surface, self._ground)
        if self._draft:
            self._stamp_draft()
        self._painted = True
        return self._surface.pixels

    def _stamp_draft(self) -> None:
        """DRAFT, large and pale, from strokes: no font is needed for five letters."""
        whole = View((0.0, 1.0), (0.0, 1.0), 0, 0, self.width, self.height)
        unit = self.width / 26
        for i, letter in enumerate(_DRAFT):
            strokes = np.array(letter, dtype=np.float64) * unit * [0.6, 1.0]
            place = [self.width / 2 + (i - 2.5) * 3.4 * unit, self.height / 2 - 2.5 * unit]
            self._surface.stroke(strokes + place, self.palette["ink"], 0.5 * unit, whole, alpha=0.09, round_ends=False)


class Pane:
    """A rectangle of the canvas with its own data ranges; every mark in it is cut at its edges."""

    def __init__(self, canvas: Canvas, view: View, x: Range, y: Range) -> None:
        self._canvas = canvas
        self._palette = canvas.palette
        self.view = view
        self._asked = (x, y)

    def grid(self, step: float | tuple[float, float]) -> Mark:
        """Faint lines at the multiples of a step, or of one for x and one for y; 0 draws none."""
        across, up = step if isinstance(step, tuple) else (step, step)
        x, y = _multiples(self.view.x, across), _multiples(self.view.y, up)
        return self._canvas.add(marks.Rules(self._palette, self.view, "grid", x, y, marks.RULE, "solid"))

    def axis_line(
        self, *, y: float | None = None, x: float | None = None, role: str = "edge", width: float = marks.RULE,
        dash: Dash = "solid",
    ) -> Mark:
        """A straight line across the pane at a y, an x, or both."""
        xs, ys = [] if x is None else [x], [] if y is None else [y]
        return self._canvas.add(marks.Rules(self._palette, self.view, role, xs, ys, width, dash))

    def line(
        self, role: str, width: float | None = None, dash: Dash | None = None, halo: bool | None = None,
    ) -> marks.Line:
        """A line. Left to its role it is 5 pixels wide; forged is dashed, ideal dotted, gold 7 with a halo."""
        return self._canvas.add(marks.Line(self._palette, self.view, role, width, dash, halo))

    def area(self, role: str, hatch: bool | None = None, alpha: float = marks.FILL) -> marks.Area:
        """A tinted area above a floor. Left to its role, forged is hatched."""
        return self._canvas.add(marks.Area(self._palette, self.view, role, hatch, alpha))

    def points(self, role: str, shape: Shape | None = None, size: float | None = None) -> marks.Points:
        """Points. Left to their role, forged are diamonds, fake crosses, others discs."""
        return self._canvas.add(marks.Points(self._palette, self.view, role, shape, size))

    def rug(self, role: str, y: float) -> marks.Rug:
        """Ticks, 18 pixels long, centred on y."""
        return self._canvas.add(marks.Rug(self._palette, self.view, role, y))

    def rings(self, role: str, radius: float, width: float = 3.0) -> marks.Rings:
        """Circles of a radius in data."""
        return self._canvas.add(marks.Rings(self._palette, self.view, role, radius, width))

    def bars(self, role: str, share: float = 0.7) -> marks.Bars:
        """Upright bars from zero; each fills this share of its slot."""
        return self._canvas.add(marks.Bars(self._palette, self.view, role, share))

    def field(self, x: Range | None = None, y: Range | None = None, contours: bool = True) -> Field:
        """The detective's belief over x and y; by default over the ranges the pane was asked to show."""
        (x0, x1), (y0, y1) = x or self._asked[0], y or self._asked[1]
        (left, bottom), (right, top) = self.view.pixels(np.array([[x0, y0], [x1, y1]])).round().astype(int)
        extent = View((x0, x1), (y0, y1), int(left), int(bottom), int(right - left), int(top - bottom))
        return self._canvas.add(Field(self._palette, self.view, extent, contours))

    def sheet(
        self, role: str, rows: int, columns: int, gap: int = 0, smooth: bool = True, ground: str | None = None,
    ) -> Sheet:
        """Small pictures printed in the ink of a role, as large as fit, in the middle of the pane.

        ``gap`` is pixels between them. Not ``smooth`` shows whole square pixels. ``ground`` is the colour of their
        paper where it is not that of the picture."""
        return self._canvas.add(Sheet(self._palette, self.view, role, rows, columns, gap, smooth, ground))


def _with_equal_units(view: View) -> View:
    scale = min(view.scale)
    middle = (view.x[0] + view.x[1]) / 2, (view.y[0] + view.y[1]) / 2
    half = view.width / scale / 2, view.height / scale / 2
    x = (middle[0] - half[0], middle[0] + half[0])
    y = (middle[1] - half[1], middle[1] + half[1])
    return View(x, y, view.left, view.bottom, view.width, view.height)


def _multiples(span: Range, step: float) -> Any:
    if step <= 0:
        return np.zeros(0)
    return np.arange(np.ceil(span[0] / step - 1e-9), np.floor(span[1] / step + 1e-9) + 1) * step


def _bowl(left: float, low: float, high: float, reach: float) -> list[tuple[float, float]]:
    turn, middle, half = np.linspace(0, np.pi, 17), (low + high) / 2, (high - low) / 2
    return [(left + reach * float(np.sin(t)), middle + half * float(np.cos(t))) for t in turn]


_LIFT = (float("nan"), float("nan"))
_DRAFT = (
    [(0, 2), (0, 5), *_bowl(1.4, 0, 5, 2.4), (0, 0), (0, 2.5)],
    [(0, 0), (0, 5), *_bowl(2.0, 2, 5, 1.7), (0, 2), _LIFT, (1.8, 2), (3.7, 0)],
    [(0, 0), (1.9, 5), (3.8, 0), _LIFT, (0.7, 1.6), (3.1, 1.6)],
    [(0, 0), (0, 5), (3.4, 5), _LIFT, (0, 2.6), (2.8, 2.6)],
    [(0, 5), (4, 5), _LIFT, (2, 5), (2, 0)],
)
"""The letters of DRAFT as strokes, about 4 wide and 5 high."""
