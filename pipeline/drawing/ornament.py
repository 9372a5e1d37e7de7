"""The book's ornament, printed from a recording: bands, thumbnails and the mark.

Prints are PNG with eight levels of alpha: the ink is opaque, the ground clear. So a page may use one as a mask in
any colour, or as it is. +1 is full ink, -1 bare ground, as on every sheet. It knows no recording and no study; the
same pictures give the same bytes.
"""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.drawing.marks_raster import enlarge
from pipeline.drawing.style import RGB

LEVELS = 8
"""Steps of alpha: more cannot be seen at these sizes, and cost bytes."""


def strip(images: npt.NDArray[np.float32], rows: int, edge: int) -> npt.NDArray[np.uint8]:
    """Images (n, h, w) in [-1, 1], row by row, as ink (rows * edge, n / rows * edge), each ``edge`` pixels wide."""
    prints = enlarge(images, edge, edge, smooth=True)
    columns = len(images) // rows
    return prints.reshape(rows, columns, edge, edge).swapaxes(1, 2).reshape(rows * edge, columns * edge)


def stages(error: npt.NDArray[np.floating], count: int) -> list[int]:
    """``count`` looks of a run, from the first to the last, each with the same share of its error before it.

    By steps they would be alike at both ends. A running minimum takes out the error's ups and downs.
    """
    falling = np.minimum.accumulate(error)
    wanted = np.geomspace(falling[0], falling[-1], count)
    return [*(int(np.argmax(falling <= goal + 1e-9)) for goal in wanted[:-1]), len(falling) - 1]


def mask(ink: npt.NDArray[np.uint8], colour: RGB) -> bytes:
    """Ink (h, w) as a PNG of one colour whose alpha is the ink, in eight levels."""
    levels = np.rint(ink / (255 / (LEVELS - 1))).astype(np.uint8)
    image = Image.fromarray(levels, "P")
    image.putpalette(bytes(colour) * LEVELS)
    alpha = bytes(round(255 * level / (LEVELS - 1)) for level in range(LEVELS))
    return _png(image, transparency=alpha, bits=4)


def picture(ink: npt.NDArray[np.uint8], ground: RGB, colour: RGB) -> bytes:
    """Ink (h, w) printed in one colour on a ground, as a PNG without alpha, in thirty-two shades."""
    shades = np.linspace(np.array(ground), np.array(colour), 32).round().astype(np.uint8)
    image = Image.fromarray(np.rint(ink / (255 / 31)).astype(np.uint8), "P")
    image.putpalette(shades.tobytes())
    return _png(image)


def broken_mirror(
    left: npt.NDArray[np.uint8], right: npt.NDArray[np.uint8], ground: RGB, left_ink: RGB, right_ink: RGB
) -> bytes:
    """Two prints (edge, edge) of one address, the left half of one beside the right half of the other, as a PNG."""
    half = left.shape[1] // 2
    share = np.concatenate([left[:, :half], right[:, half:]], axis=1)[..., None] / 255.0
    inks = np.where(np.arange(left.shape[1])[:, None] < half, left_ink, right_ink)  # (edge, 3)
    colours = np.array(ground) * (1 - share) + inks * share
    return _png(Image.fromarray(colours.round().astype(np.uint8), "RGB"))


def _png(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True, **options)
    return out.getvalue()
