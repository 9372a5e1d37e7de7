"""The pictures of the EPUB: posters as JPEG, which every reader shows, masks inked in the light theme's colours as
PNG, and the cover: the forger's wall from noise at the top to rosettes at the bottom, under the book's label.

The same pictures give the same bytes. It knows no page.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.site.epub.leaves import Plate

if TYPE_CHECKING:
    from PIL.Image import Image

_JPEG = {"quality": 84, "subsampling": 0, "optimize": True}
_TILE = 8
"""Times a mask's square is enlarged."""
_CELL = 64
"""Edge of a tile of the wall's poster, in points."""
_COVER = (1120, 1600)
_ROWS = 10
_LABEL = (204, 108, 996, 522)
"""Where the label lies on the social card, which has it in print already."""


@lru_cache(maxsize=256)
def print_of(plate: Plate, source: Path | bytes, ink: str, paper: str) -> bytes:
    """A picture as the EPUB holds it, in the format that its name says."""
    from PIL import Image

    with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as opened:
        picture = opened.copy()
    if plate.box is None and not plate.masked:
        return _saved(picture.convert("RGB"), "JPEG")
    mask = picture.convert("L")
    if plate.box:
        left, top, edge = plate.box
        mask = mask.crop((left, top, left + edge, top + edge))
        mask = mask.resize((edge * _TILE, edge * _TILE), Image.Resampling.BICUBIC)
    sheet = Image.new("RGB", mask.size, paper)
    sheet.paste(ink, (0, 0, *mask.size), mask)
    return _saved(sheet.quantize(64, method=Image.Quantize.FASTOCTREE), "PNG")


@lru_cache(maxsize=4)
def cover(card: bytes, wall: Path | None) -> bytes:
    """The cover: the label of the book's social card on the wall; on plain paper where there is no wall."""
    from PIL import Image

    with Image.open(io.BytesIO(card)) as opened:
        label = opened.convert("RGB").crop(_LABEL)
    sheet = Image.new("RGB", _COVER, label.getpixel((2, 2)))
    if wall is not None:
        with Image.open(wall) as opened:
            sheet.paste(_upright(opened.convert("RGB")).resize(_COVER, Image.Resampling.LANCZOS))
    sheet.paste(label, ((_COVER[0] - label.width) // 2, (_COVER[1] - label.height) * 2 // 5))
    return _saved(sheet, "JPEG")


def _upright(wall: Image) -> Image:
    """Ten columns of the wall, evenly along its stages, as the rows of a standing sheet."""
    from PIL import Image

    columns = max(wall.width // _CELL, 1)
    chosen = [round(k * (columns - 1) / (_ROWS - 1)) for k in range(_ROWS)]
    sheet = Image.new("RGB", (wall.height, _ROWS * _CELL))
    for row, column in enumerate(chosen):
        strip = wall.crop((column * _CELL, 0, (column + 1) * _CELL, wall.height))
        sheet.paste(strip.transpose(Image.Transpose.ROTATE_90), (0, row * _CELL))
    return sheet


def _saved(picture: Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **(_JPEG if kind == "JPEG" else {"optimize": True}))
    return buffer.getvalue()
