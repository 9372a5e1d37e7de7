"""Small posters for the plates of a part's page, made from the films' own posters, or from a quiz's tiles;
and the cover's wall, packed tighter.

A poster does not change under its path in the store, so each small one is made once a process; and the
encoder gives the same bytes for the same picture. It knows no page.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.results import FilmFacts
from pipeline.site.ornament import Published
from pipeline.site.quiz import FACTS, ROWS, SHEET

if TYPE_CHECKING:
    from PIL import Image

WIDTH = 720
"""Twice the width of a plate, for fine screens."""
HEIGHT = 405
_QUALITY = 72
_WALL = {"quality": 58, "speed": 8, "max_threads": 1}
"""AVIF: the wall's grain at half the bytes of WebP, without a difference that the eye finds."""
_TILE, _GAP = 256, 48
"""Edge of a quiz's tile on its plate, and the space between the two, in points."""


def thumbnails(film: FilmFacts) -> tuple[dict[str, str], Published]:
    """Theme -> path of the small poster, and the files themselves."""
    stem = f"posters/{film.study}-{film.figure}"
    paths = {theme: f"{stem}-{theme}-small.webp" for theme in film.posters}
    return paths, {paths[theme]: _small(poster) for theme, poster in film.posters.items()}


def pair(
    name: str, export: Mapping[str, Path], ink: Mapping[str, str], plate: Mapping[str, str]
) -> tuple[dict[str, str], Published]:
    """The same for a quiz, "study/export": the first pair of its last round, both in ``ink`` on ``plate`` (by theme).

    Both tiles wear one colour, so that the plate gives nothing away.
    """
    stem = f"posters/{name.replace('/', '-')}"
    paths = {theme: f"{stem}-{theme}-small.webp" for theme in ink}
    return paths, {path: _pair(export[SHEET], export[FACTS], ink[theme], plate[theme]) for theme, path in paths.items()}


def walls(posters: Mapping[str, Path]) -> tuple[dict[str, str], dict[str, str], dict[str, bytes]]:
    """Theme -> path of the cover's wall; the same for its middle square, all that a narrow screen shows; the files."""
    wide = {theme: f"posters/wall-{theme}.avif" for theme in posters}
    narrow = {theme: f"posters/wall-{theme}-narrow.avif" for theme in posters}
    files: dict[str, bytes] = {}
    for theme, poster in posters.items():
        files[wide[theme]], files[narrow[theme]] = _wall(poster)
    return wide, narrow, files


@lru_cache(maxsize=4)
def _wall(poster: Path) -> tuple[bytes, bytes]:
    from PIL import Image

    with Image.open(poster) as opened:
        picture = opened.convert("RGB")
    left = max(picture.width - picture.height, 0) // 2
    square = picture.crop((left, 0, left + min(picture.size), min(picture.size)))
    whole, middle = io.BytesIO(), io.BytesIO()
    picture.save(whole, "AVIF", **_WALL)
    square.save(middle, "AVIF", **_WALL)
    return whole.getvalue(), middle.getvalue()


@lru_cache(maxsize=16)
def _pair(sheet: Path, facts: Path, ink: str, plate: str) -> bytes:
    from PIL import Image

    told = json.loads(facts.read_bytes())
    size, top = told["size"], (len(told["rounds"]) - 1) * ROWS * told["size"]
    picture = Image.new("RGB", (WIDTH, HEIGHT), plate)
    with Image.open(sheet) as opened:
        inked = opened.convert("L")  # the sheet is a mask: white is ink
    for k, row in enumerate((0, 1)):
        tile = inked.crop((0, top + row * size, size, top + (row + 1) * size))
        left = (WIDTH - _GAP) // 2 - _TILE + k * (_TILE + _GAP)
        where = (left, (HEIGHT - _TILE) // 2, left + _TILE, (HEIGHT - _TILE) // 2 + _TILE)
        picture.paste(ink, where, tile.resize((_TILE, _TILE), Image.Resampling.BICUBIC))
    return _webp(picture)


@lru_cache(maxsize=256)
def _small(poster: Path) -> bytes:
    from PIL import Image  # a page without posters never needs it

    with Image.open(poster) as picture:
        height = round(picture.height * WIDTH / picture.width)
        small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    return _webp(small)


def _webp(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=_QUALITY, method=4)
    return buffer.getvalue()
