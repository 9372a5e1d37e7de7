"""Marks made of whole pixels: the detective's field, and sheets of small printed pictures.

Each computes one number a pixel and looks its colour up in a table. It knows no recording.
"""

from __future__ import annotations

from typing import Any, Self

import contourpy
import numpy as np
from PIL import Image

from pipeline.drawing.marks import BELIEF, HALO, THIN, Mark
from pipeline.drawing.style import RGB, Palette, mix
from pipeline.drawing.surface import Surface, View

RAMP = 0.7
"""The ramp rises with |2D - 1| to this power: doubt stays pale, and a slight lean still shows."""
THIN_LEVELS = (0.1, 0.25, 0.75, 0.9)
_SHADES = 4096
_FINE = 4  # the contours are followed on a grid so many times as fine as the values


class Field(Mark):
    """The detective's belief D over a plane, as colour, with contours; one half is a thick gold line."""

    def __init__(self, palette: Palette, view: View, extent: View, contours: bool) -> None:
        super().__init__(palette, view)
        self._extent = extent
        self._contours = contours
        self._colours = ramp(palette, _SHADES)
        self._thin = palette["ink-2"]

    def set(self, values: Any) -> Self:
        """D in [0, 1], (h, w), on np.linspace over the extent's y and x, ends included; row 0 is the lowest y."""
        grid = np.asarray(values, dtype=np.float32)
        if grid.ndim != 2 or min(grid.shape) < 2:
            raise ValueError(f"a field is (h, w) with at least 2 of each, not {grid.shape}")
        return self._keep(grid)

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        extent = self._extent
        fine = np.clip(resample(data[0], data[0].shape[1] * _FINE, data[0].shape[0] * _FINE), 0, 1)
        shades = (resample(fine, extent.width, extent.height, smooth=False) * (_SHADES - 1) + 0.5).astype(np.uint16)
        top = surface.height - extent.bottom - extent.height
        surface.paste(shades[::-1], self._colours, extent.left, top)
        if self._contours:
            self._trace(surface, ground, fine)

    def _trace(self, surface: Surface, ground: str, fine: np.ndarray) -> None:
        extent = self._extent
        rows, columns = fine.shape
        lines = contourpy.contour_generator(
            np.linspace(extent.left, extent.left + extent.width, columns),
            np.linspace(extent.bottom, extent.bottom + extent.height, rows), fine,
        )
        for level in THIN_LEVELS:
            for line in lines.lines(level):
                surface.stroke(np.asarray(line), self._thin, THIN, self.view, alpha=0.45)
        middle = [np.asarray(line) for line in lines.lines(0.5)]
        for line in middle:
            surface.stroke(line, self.palette[ground], HALO, self.view)
        for line in middle:
            surface.stroke(line, self.palette["gold"], BELIEF, self.view)


class Sheet(Mark):
    """Small pictures in rows, printed: +1 is full ink, -1 the bare ground."""

    def __init__(
        self, palette: Palette, view: View, role: str, rows: int, columns: int, gap: int, smooth: bool,
        ground: str | None = None,
    ) -> None:
        super().__init__(palette, view)
        self._ink = palette[role]
        self._own_ground = None if ground is None else palette[ground]
        self._rows, self._columns, self._gap, self._smooth = rows, columns, gap, smooth

    def set(self, images: Any) -> Self:
        """Images (n, h, w) in [-1, 1], row by row from the upper left; fewer than the sheet holds leave it bare."""
        prints = np.asarray(images, dtype=np.float32)
        if prints.ndim != 3 or len(prints) > self._rows * self._columns:
            raise ValueError(f"a {self._rows} x {self._columns} sheet takes (n, h, w), not {prints.shape}")
        return self._keep(prints)

    def _paint(self, surface: Surface, ground: str, *data: np.ndarray) -> None:
        images = data[0]
        across = (self.view.width - self._gap * (self._columns - 1)) / (self._columns * images.shape[2])
        up = (self.view.height - self._gap * (self._rows - 1)) / (self._rows * images.shape[1])
        zoom = min(across, up) if self._smooth else float(max(1, int(min(across, up))))
        height, width = int(images.shape[1] * zoom), int(images.shape[2] * zoom)
        sheet = np.zeros(
            (self._rows * (height + self._gap) - self._gap, self._columns * (width + self._gap) - self._gap), np.uint8,
        )
        for i, ink in enumerate(enlarge(images, height, width, self._smooth)):
            row, column = divmod(i, self._columns)
            top, left = row * (height + self._gap), column * (width + self._gap)
            sheet[top : top + height, left : left + width] = ink
        top = surface.height - self.view.bottom - self.view.height + (self.view.height - sheet.shape[0]) // 2
        left = self.view.left + (self.view.width - sheet.shape[1]) // 2
        surface.paste(sheet, inks(self._own_ground or self.palette[ground], self._ink), left, top)


def ramp(palette: Palette, shades: int) -> np.ndarray:
    """Colours (shades, 4) uint8 of D from 0 to 1: sign(2D - 1) |2D - 1|^.7 between fake, half and real."""
    lean = 2 * np.linspace(0, 1, shades) - 1
    amount = np.abs(lean)[:, None] ** RAMP
    half = np.array(palette["field-half"], dtype=np.float64)
    ends = np.where(lean[:, None] < 0, palette["field-fake"], palette["field-real"])
    return _opaque(half + (ends - half) * amount)


def inks(ground: RGB, ink: RGB) -> np.ndarray:
    """Colours (256, 4) uint8 from the bare ground to full ink."""
    return _opaque(np.array([mix(ground, ink, i / 255) for i in range(256)], dtype=np.float64))


def enlarge(images: np.ndarray, height: int, width: int, smooth: bool) -> np.ndarray:
    """Images (n, h, w) in [-1, 1] -> ink (n, height, width) uint8; each stands alone at its edges."""
    ink = np.clip((images + 1) * 127.5, 0, 255)
    if not smooth:
        rows = np.arange(height) * images.shape[1] // height
        columns = np.arange(width) * images.shape[2] // width
        return np.asarray((ink[:, rows][:, :, columns] + 0.5).astype(np.uint8))
    down, across = _weights(images.shape[1], height), _weights(images.shape[2], width)
    return np.asarray(np.clip(down @ ink @ across.T + 0.5, 0, 255).astype(np.uint8))


def resample(values: np.ndarray, width: int, height: int, smooth: bool = True) -> np.ndarray:
    """Values (h, w) on a grid that includes its ends -> (height, width) over the same span."""
    rows, columns = values.shape
    kind = Image.Resampling.BICUBIC if smooth else Image.Resampling.BILINEAR
    image = Image.fromarray(np.ascontiguousarray(values, dtype=np.float32))
    return np.asarray(image.resize((width, height), kind, box=(0.5, 0.5, columns - 0.5, rows - 0.5)))


def _weights(old: int, new: int) -> np.ndarray:
    """(new, old): how each new pixel is mixed from the old ones, by Catmull-Rom's cubic, edges held."""
    place = (np.arange(new) + 0.5) * old / new - 0.5
    base = np.floor(place).astype(int)
    t = place - base
    cubic = np.stack([
        ((2 - t) * t - 1) * t / 2, (t * t * (3 * t - 5) + 2) / 2, ((4 - 3 * t) * t + 1) * t / 2, (t - 1) * t * t / 2,
    ])  # (4, new)
    weights = np.zeros((new, old), dtype=np.float32)
    for offset, share in enumerate(cubic):
        np.add.at(weights, (np.arange(new), np.clip(base + offset - 1, 0, old - 1)), share)
    return weights


def _opaque(colours: np.ndarray) -> np.ndarray:
    return np.column_stack([np.round(colours), np.full(len(colours), 255)]).astype(np.uint8)
