"""Social cards: what a page shows where its address is shared. The forger's wall, a pasted label, the page's title.

1200 by 630 points, in the light theme's colours, set in the book's own faces; a long title is set smaller. The
same words on the same wall give the same bytes. It knows no page, only the words it is given.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.site.assets import light
from pipeline.site.views import Book

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_LABEL = (204, 108, 996, 522)
"""Left, top, right, bottom of the label: 792 by 414, as on the cover."""
_ROOM = 680
"""Width of a line, in points."""
_SIZES = (92, 84, 76, 68, 60, 54, 48, 42, 36)
"""Sizes of a title, the largest that fits first."""
_TALL = 326
"""Height for all words, in points."""
_LINE = 1.06
"""From line to line of a title, in its sizes."""
_COLOURS = 24
"""In the file: two inks, paper, and the steps between them."""


@dataclass(frozen=True)
class Label:
    """The words of a card, as plain text."""

    title: str
    above: str = ""
    """A chapter's number; "" shows the mark in its place."""
    below: str = ""
    """A question or subtitle, left out where there is no room."""
    foot: str = ""
    """The book's title, on the cards of its parts and chapters."""


@dataclass(frozen=True)
class Stock:
    """What all cards of a book are printed with."""

    theme: Path
    wall: Path | None = None
    """The export's social-wall.png, 1200 by 630; without it the wall is plain."""
    mark: Path | None = None


def cards_of(book: Book, stock: Stock) -> tuple[dict[str, str], dict[str, bytes]]:
    """Page -> path of its card, for the cover, the parts and the chapters; and the cards."""
    labels = {"index.html": Label(book.title, below=book.subtitle)}
    labels |= {part.address: Label(part.title, below=part.subtitle, foot=book.title) for part in book.parts}
    labels |= {one.address: Label(one.title, one.number, one.question, book.title) for one in book.chapters}
    paths = {address: f"images/cards/{address.removesuffix('.html')}.png" for address in labels}
    return paths, {paths[address]: card(label, stock) for address, label in labels.items()}


@lru_cache(maxsize=128)
def card(label: Label, stock: Stock) -> bytes:
    """The card as a PNG."""
    from PIL import Image, ImageDraw  # a build that changes no page never needs it

    sheet = _wall(stock).copy()
    draw = ImageDraw.Draw(sheet)
    paper, ink = light(stock.theme, "paper"), light(stock.theme, "ink")
    draw.rectangle(_LABEL, fill=paper)
    left, top, right, bottom = _LABEL
    for inset in (12, 18):
        draw.rectangle((left + inset, top + inset, right - inset, bottom - inset), outline=ink, width=2)
    _print(sheet, draw, label, stock)
    buffer = io.BytesIO()
    flat = sheet.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    flat.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()


@lru_cache(maxsize=4)
def _wall(stock: Stock) -> Image:
    from PIL import Image

    if stock.wall is None:
        return Image.new("RGB", (WIDTH, HEIGHT), light(stock.theme, "plate"))
    with Image.open(stock.wall) as wall:
        return wall.convert("RGB").resize((WIDTH, HEIGHT))


def _print(sheet: Image, draw: ImageDraw, label: Label, stock: Stock) -> None:
    """The words in the middle of the label, the foot at its end."""
    from PIL import Image

    ink, quiet = light(stock.theme, "ink"), light(stock.theme, "ink-2")
    question = _face(stock.theme, "literata-question", 29)
    short = question.getlength(label.below) < 2 * _ROOM
    below = _lines(label.below, question) if label.below and short else []
    below = below if len(below) <= 2 else []
    above = 66 if label.above or stock.mark else 0
    after = 16 + 37 * len(below) if below else 0
    room = _TALL - (44 if label.foot else 0)
    title, lines = _fitted(label.title, room - above - after, stock.theme)
    step = round(_LINE * title.size)
    y = (HEIGHT - (_TALL - room) - above - step * len(lines) - after) / 2
    if label.above:
        draw.text((WIDTH / 2, y + 20), label.above, quiet, _face(stock.theme, "literata-display", 48), anchor="mm")
    elif stock.mark:
        with Image.open(stock.mark) as mark:
            sheet.paste(mark.convert("RGB").resize((60, 60), Image.Resampling.LANCZOS), (WIDTH // 2 - 30, round(y) - 8))
    for k, line in enumerate(lines):
        draw.text((WIDTH / 2, y + above + (k + 0.5) * step), line, ink, title, anchor="mm")
    for k, line in enumerate(below):
        draw.text((WIDTH / 2, y + above + step * len(lines) + 34 + 37 * k), line, ink, question, anchor="mm")
    foot = _face(stock.theme, "hanken-grotesk", 22)
    draw.text((WIDTH / 2, _LABEL[3] - 46), _cut(label.foot, foot), quiet, foot, anchor="mm")


def _fitted(title: str, tall: float, theme: Path) -> tuple[FreeTypeFont, list[str]]:
    """The largest size at which the title stands in its room, ``tall`` points high, and its lines."""
    for size in _SIZES:
        face = _face(theme, "literata-display", size)
        if face.getlength(title) * _LINE * size > tall * _ROOM:
            continue  # not even without a margin to any line
        lines = _lines(title, face)
        if _LINE * size * len(lines) <= tall and all(face.getlength(line) <= _ROOM for line in lines):
            return face, lines
    lines = _broken(title, face, _ROOM)[: int(tall / (_LINE * _SIZES[-1]))]
    return face, [_cut(line, face) for line in lines]


def _lines(words: str, face: FreeTypeFont) -> list[str]:
    """The words in as few lines as their room asks, each of about the same length."""
    few = _broken(words, face, _ROOM)
    narrow = next(
        (room for room in range(_ROOM // 3, _ROOM, 20) if len(_broken(words, face, room)) == len(few)), _ROOM
    )
    even = _broken(words, face, narrow)
    return even if all(face.getlength(line) <= _ROOM for line in even) else few


def _broken(words: str, face: FreeTypeFont, room: int) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(words: str, face: FreeTypeFont) -> str:
    """The words, cut short where they are wider than their room."""
    while words and face.getlength(words) > _ROOM:
        words = f"{words[:-2].rstrip()}…"
    return words


@lru_cache(maxsize=32)
def _face(theme: Path, name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(theme / "fonts" / f"{name}.woff2"), size)
