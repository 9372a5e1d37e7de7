"""The marks of a film: lines, areas, points, ticks, rings, bars and rules.

A mark is made once, set as often as the film wants, and painted by the canvas in the order in which
marks were made. Each keeps what it was last set to and says whether that differs from before.
Widths and sizes are pixels of a 1280x720 film and follow the pattern book: a role has a colour and
a shape, so that no mark speaks by colour alone. It knows no recording and no film.
"""

from __future__ import annotations

from typing import Any, Literal, Self

import numpy as np
from matplotlib.path import Path

from pipeline.drawing.style import Palette
from pipeline.drawing.surface import Surface, View

Dash = Literal["solid", "dash", "dot"]
Shape = Literal["disc", "diamond", "cross"]

LINE, BELIEF, HALO, DOTTED, RULE, THIN = 5.0, 7.0, 12.0, 3.5, 2.0, 1.5
SIZES: dict[Shape, float] = {"disc": 10.0, "diamond": 9.0, "cross": 10.0}
CROSS_STROKE, OUTLINE = 3.3, 1.0
FILL, HATCH, HATCH_SPACING, HATCH_WIDTH = 0.16, 0.5, 17.0, 2.0
TICK_WIDTH, TICK_LENGTH = 2.5, 18.0
FORGED = ("forged", "print-forged")


class Mark:
    """Something to see in a pane. Hidden until it is first set."""

    def __init__(self, palette: Palette, view: View) -> None:
        self.palette = palette
        self.view = view
        self.changed = True
        """Whether it was set to something new since it was last painted."""
        self._data: tuple[np.ndarray, ...] | None = None

    def hide(self) -> None:
        """Leave the picture until set again."""
        self.changed = self.changed or self._data is not None
        self._data = None

    def paint(self, surface: Surface, ground: str) -> None:
        """Put it on the surface; ``ground`` is the token of the colour beneath all marks."""
        self.changed = False
        if self._data is not None:
            self._paint(surface, ground, *self._data)

    def _keep(self, *data: np.ndarray) -> Self:
        """Remember copies, so that a caller may reuse its arrays."""
        before = self._data
        if before is None or not all(np.array_equal(a, b, equal_nan=True) for a, b in zip(before, data, strict=True)):
            self._data = tuple(np.array(a) for a in data)
            self.changed = True
        return self

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        raise NotImplementedError


class Line(Mark):
    """A line through points; NaN lifts the pen."""

    def __init__(
        self, palette: Palette, view: View, role: str, width: float | None, dash: Dash | None, halo: bool | None,
    ) -> None:
        super().__init__(palette, view)
        self._colour = palette[role]
        self._dash: Dash = dash or ("dash" if role in FORGED else "dot" if role == "ideal" else "solid")
        usual = BELIEF if role == "gold" else DOTTED if self._dash == "dot" else LINE
        self._width = usual if width is None else width
        self._halo = role == "gold" if halo is None else halo

    def set(self, x: Any, y: Any) -> Self:
        """x (n,) and y (n,), in data."""
        return self._keep(_pairs(x, y))

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        points = self.view.pixels(data[0])
        if self._halo:
            surface.stroke(points, self.palette[ground], self._width + HALO - BELIEF, self.view)
        surface.stroke(
            points, self._colour, self._width, self.view,
            dashes=dashes(self._dash, self._width), round_ends=self._dash != "dash",
        )


class Area(Mark):
    """The ground between a curve and a floor, tinted; hatched as well when forged."""

    def __init__(self, palette: Palette, view: View, role: str, hatch: bool | None, alpha: float) -> None:
        super().__init__(palette, view)
        self._colour = palette[role]
        self._hatch = role in FORGED if hatch is None else hatch
        self._alpha = alpha

    def set(self, x: Any, y: Any, floor: Any = 0.0) -> Self:
        """x (n,), y (n,) and the floor, a number or (n,), in data."""
        upper = _pairs(x, y)
        lower = _pairs(x, np.broadcast_to(np.asarray(floor, dtype=np.float64), (len(upper),)))
        return self._keep(np.concatenate([upper, lower[::-1]]))

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        outline = self.view.pixels(data[0])
        surface.fill(outline, self._colour, self.view, self._alpha)
        if self._hatch:
            surface.hatch(outline, self._colour, self.view, spacing=HATCH_SPACING, width=HATCH_WIDTH, alpha=HATCH)


class Points(Mark):
    """Small shapes, each with a thin outline in the colour of the ground."""

    def __init__(self, palette: Palette, view: View, role: str, shape: Shape | None, size: float | None) -> None:
        super().__init__(palette, view)
        self._colour = palette[role]
        kind: Shape = shape or ("diamond" if role in FORGED else "cross" if role == "fake" else "disc")
        self._shape = marker(kind, SIZES[kind] if size is None else size)

    def set(self, xy: Any) -> Self:
        """xy (n, 2), in data."""
        points = np.asarray(xy, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != 2:
            raise ValueError(f"points are (n, 2), not {points.shape}")
        return self._keep(points)

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        surface.stamp(
            self._shape, self.view.pixels(data[0]), self._colour, self.palette[ground], self.view,
            outline_width=OUTLINE,
        )


class Rug(Mark):
    """A row of upright ticks, one a sample."""

    def __init__(self, palette: Palette, view: View, role: str, y: float) -> None:
        super().__init__(palette, view)
        self._colour = palette[role]
        self._y = y

    def set(self, x: Any) -> Self:
        """x (n,), in data; the ticks are centred on the row's y."""
        return self._keep(np.asarray(x, dtype=np.float64).ravel())

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        middle = self.view.pixels(np.column_stack([data[0], np.full(len(data[0]), self._y)]))
        ticks = np.repeat(middle, 3, axis=0)  # lower end, upper end, pen up
        ticks[0::3, 1] -= TICK_LENGTH / 2
        ticks[1::3, 1] += TICK_LENGTH / 2
        ticks[2::3] = np.nan
        surface.stroke(ticks, self._colour, TICK_WIDTH, self.view, round_ends=False)


class Rings(Mark):
    """Circles about places; those that are filled are tinted as well."""

    def __init__(self, palette: Palette, view: View, role: str, radius: float, width: float) -> None:
        super().__init__(palette, view)
        self._colour = palette[role]
        self._radius = radius
        self._width = width

    def set(self, centres: Any, filled: Any = None) -> Self:
        """Centres (n, 2) in data; filled (n,) bool, or None for none."""
        places = np.asarray(centres, dtype=np.float64)
        mask = np.zeros(len(places), bool) if filled is None else np.asarray(filled, dtype=bool)
        if mask.shape != (len(places),):
            raise ValueError(f"filled is ({len(places)},), one for each centre, not {mask.shape}")
        return self._keep(places, mask)

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        turn = np.linspace(0, 2 * np.pi, 73)
        circle = np.column_stack([np.cos(turn), np.sin(turn)]) * self._radius
        for centre, filled in zip(data[0], data[1], strict=True):
            outline = self.view.pixels(centre + circle)
            if filled:
                surface.fill(outline, self._colour, self.view, FILL)
            surface.stroke(outline, self._colour, self._width, self.view, closed=True)


class Bars(Mark):
    """Upright bars side by side over the width of the pane, from zero."""

    def __init__(self, palette: Palette, view: View, role: str, share: float) -> None:
        super().__init__(palette, view)
        self._colour = palette[role]
        self._share = share

    def set(self, values: Any) -> Self:
        """Values (n,), in data of y."""
        return self._keep(np.asarray(values, dtype=np.float64).ravel())

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        (low, high), count = self.view.x, len(data[0])
        slot = (high - low) / count
        for i, value in enumerate(data[0]):
            left = low + slot * (i + (1 - self._share) / 2)
            right = left + slot * self._share
            corners = np.array([[left, 0.0], [right, 0.0], [right, value], [left, value]])
            surface.fill(self.view.pixels(corners), self._colour, self.view)


class Rules(Mark):
    """Straight lines across the pane, upright and level. They never change."""

    def __init__(
        self, palette: Palette, view: View, role: str, x: Any, y: Any, width: float, dash: Dash,
    ) -> None:
        super().__init__(palette, view)
        self._colour = palette[role]
        self._width = width
        self._dash = dash
        self._keep(np.asarray(x, dtype=np.float64).ravel(), np.asarray(y, dtype=np.float64).ravel())

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        view = self.view
        upright = [np.array([[x, view.y[0]], [x, view.y[1]]]) for x in data[0]]
        level = [np.array([[view.x[0], y], [view.x[1], y]]) for y in data[1]]
        for ends in upright + level:
            surface.stroke(
                view.pixels(ends), self._colour, self._width, view,
                dashes=dashes(self._dash, self._width), round_ends=self._dash == "dot",
            )


def dashes(dash: Dash, width: float) -> tuple[float, float] | None:
    """Pixels on and off for a line of a width: dashes 5 to 1.6, or round dots; None is solid."""
    if dash == "dash":
        return 5 * width, 1.6 * width
    return (0.01, 2.2 * width) if dash == "dot" else None


def marker(shape: Shape, size: float) -> Path:
    """The edge of a shape in pixels about 0: ``size`` is a disc's diameter, a diamond's side, a cross's span.

    It lies half an outline outside the shape, whose own pixels the outline must not eat."""
    half = (size + OUTLINE) / 2
    if shape == "disc":
        turn = np.linspace(0, 2 * np.pi, 33)
        return Path(np.column_stack([np.cos(turn), np.sin(turn)]) * half, closed=True)
    if shape == "diamond":
        reach = half * np.sqrt(2)
        return Path(np.array([[reach, 0], [0, reach], [-reach, 0], [0, -reach], [reach, 0]]), closed=True)
    arm = (size * np.sqrt(2) + OUTLINE) / 2  # an upright cross, turned by 45 degrees below to span size x size
    stroke = (CROSS_STROKE * size / SIZES["cross"] + OUTLINE) / 2
    corner = [(stroke, stroke), (stroke, arm), (-stroke, arm), (-stroke, stroke), (-arm, stroke), (-arm, -stroke)]
    plus = np.array([*corner, *[(-x, -y) for x, y in corner], corner[0]])
    turned = np.column_stack([plus[:, 0] - plus[:, 1], plus[:, 0] + plus[:, 1]]) / np.sqrt(2)
    return Path(turned, closed=True)


def _pairs(x: Any, y: Any) -> np.ndarray:
    across, up = np.asarray(x, dtype=np.float64).ravel(), np.asarray(y, dtype=np.float64).ravel()
    if across.shape != up.shape:
        raise ValueError(f"x {across.shape} and y {up.shape} differ in length")
    return np.column_stack([across, up])
