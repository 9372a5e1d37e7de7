"""Small pictures on one sheet, as a page cuts them out again: grey PNGs in sixteen steps, white is full ink.

A page shows one through a mask, in any colour of its theme. What is judged or measured beside a sheet should be the
picture as it stands there: ``stepped`` gives just that. It knows no recording and no study; the same pictures give
the same bytes.
"""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

STEPS = 16
"""Shades of grey: half a byte for each pixel."""


def stepped(images: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Pictures in [-1, 1] as a sheet shows them."""
    return (_levels((images + 1) / 2) * np.float32(2 / (STEPS - 1)) - 1).astype(np.float32)


def sheet(rows: npt.NDArray[np.float32]) -> bytes:
    """Pictures (rows, columns, h, w) of ink in [0, 1] as one PNG, edge to edge."""
    count, columns, height, width = rows.shape
    flat = _levels(rows).swapaxes(1, 2).reshape(count * height, columns * width)
    image = Image.fromarray(flat.astype(np.uint8), "P")
    image.putpalette(bytes(round(255 * level / (STEPS - 1)) for level in range(STEPS) for _ in range(3)))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True, bits=4)
    return out.getvalue()


def soft_sheet(rows: npt.NDArray[np.float32], quality: int = 60) -> bytes:
    """The same as one WebP in all shades, for pictures whose greys matter; it loses a little."""
    count, columns, height, width = rows.shape
    flat = np.rint(np.clip(rows, 0, 1) * 255).swapaxes(1, 2).reshape(count * height, columns * width)
    out = io.BytesIO()
    Image.fromarray(flat.astype(np.uint8), "L").save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def _levels(ink: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    return np.rint(np.clip(ink, 0, 1) * (STEPS - 1))
