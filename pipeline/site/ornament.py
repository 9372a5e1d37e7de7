"""The ornament of the book: the forger's tiles, handed to the pages as masks to be inked by the theme.

A tile or a band is a small PNG whose opacity is the ink. It reaches the page inside a style sheet, as a
data address, because a browser refuses to fetch a mask for a page opened from a folder. One shape then
serves both themes. Chapter k wears band k and tile k; a chapter past the last of them wears the last once more, for
the book ends in rosettes. It knows no page.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Published = Mapping[str, bytes | Path]
"""Path in the site -> content, or the file to copy."""


@dataclass(frozen=True)
class Icon:
    """A picture of the mark for the browser's own furniture."""

    path: str
    rel: str
    sizes: str


@dataclass(frozen=True)
class Ornament:
    """What the essay's ornament gives to the pages; empty where it has none."""

    files: Published = field(default_factory=dict)
    icons: tuple[Icon, ...] = ()
    bands: Mapping[str, str] = field(default_factory=dict)
    """Chapter's number -> the style sheet of its band, with the mark."""
    part: tuple[str, ...] = ()
    """The style sheet of a part's paper, where there is one: large, and only for the eye, so that it may come late."""
    mark: tuple[str, ...] = ()
    """The style sheet of the mark alone, for pages without a band."""
    tiles: tuple[str, ...] = ()
    """The style sheet of all tiles, which every page wears in its lists, none at its head: it may come late, too."""


def ornament(files: Mapping[str, Path], chapters: Iterable[str] = ()) -> Ornament:
    """The style sheets and icons made from an export's files: band-00.png, tile-00.png, part-band.png, mark-32.png.

    ``chapters`` are the numbers of the book's chapters, "00", "01", ...
    """
    numbers = tuple(chapters)
    sheets: dict[str, bytes] = {}
    tiles = _numbered(files, "tile")
    mark = _mark(tiles)
    bands = {number: f"styles/band-{number}.css" for number in _numbered(files, "band")}
    for number, path in _numbered(files, "band").items():
        sheets[bands[number]] = mark + _rule(":root", "band-image", path) + _divider(number)
    if tiles:
        sheets |= {"styles/mark.css": mark, "styles/tiles.css": _tiles(tiles, numbers)}
    bands |= {number: bands[last] for number, last in _past(bands, numbers).items()}
    if "part-band.png" in files:
        sheets["styles/part.css"] = _rule(":root", "band-image", files["part-band.png"])
    icons = tuple(_icons(files))
    published: dict[str, bytes | Path] = dict(sheets)
    published |= {icon.path: files[Path(icon.path).name] for icon in icons}
    part, own, late = ((name,) if name in sheets else () for name in _SHEETS)
    return Ornament(published, icons, bands, part, own, late)


_SHEETS = ("styles/part.css", "styles/mark.css", "styles/tiles.css")


def _tiles(tiles: Mapping[str, Path], chapters: Iterable[str]) -> bytes:
    """A class for each tile, and for each chapter past the last one."""
    rules = [_rule(":root", f"tile-{number}", path) for number, path in tiles.items()]
    worn = {number: number for number in tiles} | _past(tiles, chapters)
    rules += [f".tile-{number}{{--tile-image:var(--tile-{own})}}\n".encode() for number, own in worn.items()]
    return b"".join(rules)


def _past(printed: Iterable[str], chapters: Iterable[str]) -> dict[str, str]:
    """Number of a chapter past the last print -> number of that last print."""
    last = max(printed, key=int, default=None)
    return {} if last is None else {number: last for number in chapters if int(number) > int(last)}


def _mark(tiles: Mapping[str, Path]) -> bytes:
    """The two halves of the mark: one address, at the last stage and at an earlier one."""
    paths = list(tiles.values())
    if not paths:
        return b""
    final, early = paths[-1], paths[len(paths) * 3 // 4]
    return _rule(":root", "mark-final", final) + _rule(":root", "mark-early", early)


def _divider(number: str) -> bytes:
    return f".prose hr{{--tile-image:var(--tile-{number})}}\n".encode()


def _numbered(files: Mapping[str, Path], stem: str) -> dict[str, Path]:
    found = ((re.fullmatch(rf"{stem}-(\d+)\.png", name), path) for name, path in sorted(files.items()))
    return {match[1]: path for match, path in found if match}


def _rule(selector: str, name: str, picture: Path) -> bytes:
    data = b64encode(picture.read_bytes()).decode()
    return f'{selector}{{--{name}:url("data:image/png;base64,{data}")}}\n'.encode()


def _icons(files: Mapping[str, Path]) -> list[Icon]:
    """The mark at two sizes: for tabs, and for a home screen."""
    return [
        Icon(f"images/mark-{edge}.png", rel, f"{edge}x{edge}")
        for edge, rel in (("32", "icon"), ("180", "apple-touch-icon"))
        if f"mark-{edge}.png" in files
    ]
