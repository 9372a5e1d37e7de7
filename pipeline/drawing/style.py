"""The theme's colours, as numbers: films are painted with the same tokens as the pages.

Reads ``theme/styles/tokens.css``, the only palette, and takes from it every custom property of the
form ``--name: light-dark(#rrggbb, #rrggbb);``. It understands no other CSS and knows no mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import EssayError, did_you_mean

RGB = tuple[int, int, int]
"""Red, green, blue, each 0 to 255, as encoded (sRGB)."""

TOKENS = Path(__file__).parents[2] / "theme" / "styles" / "tokens.css"
"""Where the palette stands."""

_COLOUR = re.compile(r"--([\w-]+)\s*:\s*light-dark\(\s*#([0-9a-fA-F]{6})\s*,\s*#([0-9a-fA-F]{6})\s*\)\s*;")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Palette:
    """The colours of one theme by token name. Equal palettes draw equal films."""

    theme: str
    """"light" or "dark"."""
    colours: tuple[tuple[str, RGB], ...]
    """(token, colour) in the order of the file."""

    def __getitem__(self, token: str) -> RGB:
        """The colour of a token; an unknown one is an error with the nearest name."""
        for name, colour in self.colours:
            if name == token:
                return colour
        known = [name for name, _ in self.colours]
        raise EssayError(f'tokens.css: no colour token "{token}". {did_you_mean(token, known)}')


def read_palette(css: str, theme: str) -> Palette:
    """The palette of a theme, "light" or "dark", from the text of a style sheet."""
    if theme not in ("light", "dark"):
        raise EssayError(f'no theme "{theme}". {did_you_mean(theme, ["light", "dark"])}')
    found = _COLOUR.findall(_COMMENT.sub("", css))
    if not found:
        raise EssayError("tokens.css: no colours; one is written --name: light-dark(#rrggbb, #rrggbb);")
    return Palette(theme, tuple((name, _rgb(light if theme == "light" else dark)) for name, light, dark in found))


@cache
def palette(theme: str) -> Palette:
    """The book's palette in a theme, "light" or "dark"."""
    return read_palette(TOKENS.read_text(encoding="utf-8"), theme)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """One colour with a share, 0 to 1, of another laid over it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _rgb(digits: str) -> RGB:
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
