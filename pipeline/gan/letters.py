"""The letter a of fifteen typefaces, 32 by 32 pixels, at random weights, widths and optical sizes: originals of a map.

Two dials matter. Weight is the typeface's own axis, from 250 (light) to 900 (black), even on [-1, 1]. Style is what
people call the typeface: -1 a serif, 0 a slab serif, 1 a sans; each as frequent as the others. Width and optical size
vary within narrow bounds. Every letter is as tall as any other and stands in the middle of its picture. The files are
cut down to this one letter (gan/typefaces/, with their licences). +1 is full ink, -1 bare paper. This module knows no
network.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

SIZE = 32
"""Pixels along a picture's edge."""
HEIGHT = 24
"""Pixels from the foot of a letter to its top."""
LIGHT, BLACK = 250, 900
"""The ends of the weight's dial, in the units of the axis."""
STYLES = ("serif", "slab", "sans")
"""From -1 to 1 on the dial of style."""
_FINE = 160
"""Letters are drawn so large (font size in pixels) before they are reduced: their edges come out soft."""
_FOLDER = Path(__file__).parent / "typefaces"

Images = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Typeface:
    """One family of letters, as cut down."""

    name: str
    style: str
    """One of STYLES."""
    weights: tuple[int, int]
    """The part of [LIGHT, BLACK] that it has."""
    check: str
    """The first 16 digits of its file's SHA-256: another file is another typeface, and what was learnt of this one
    must be learnt again."""


TYPEFACES = (
    Typeface("literata", "serif", (250, 900), "fb0e4a7aba8d5fe1"),
    Typeface("crimson-pro", "serif", (250, 900), "4a5903273cd2bd0f"),
    Typeface("newsreader", "serif", (250, 800), "c56a01d040d63181"),
    Typeface("noto-serif", "serif", (250, 900), "6acf83ccf642e1c2"),
    Typeface("petrona", "serif", (250, 900), "68c5325ca871be5c"),
    Typeface("aleo", "slab", (250, 900), "2306766d01f598ea"),
    Typeface("bitter", "slab", (250, 900), "58a256ddf159feed"),
    Typeface("rokkitt", "slab", (250, 900), "153f473308beff64"),
    Typeface("hepta-slab", "slab", (250, 900), "4009f5b19236562c"),
    Typeface("inter", "sans", (250, 900), "9f4e4411c72ec6bb"),
    Typeface("open-sans", "sans", (300, 800), "c340db6c5bd9ff53"),
    Typeface("work-sans", "sans", (250, 900), "b7975b8aff11c83e"),
    Typeface("libre-franklin", "sans", (250, 900), "adde379c21d8cd03"),
    Typeface("archivo", "sans", (250, 900), "540b0b126a7184bf"),
    Typeface("noto-sans", "sans", (250, 900), "9ca4f02e3c190713"),
)


@dataclass(frozen=True)
class Dials:
    """What was asked of each letter."""

    typeface: npt.NDArray[np.int64]
    """(count,) index into TYPEFACES."""
    weight: Floats
    """(count,) -1 light to 1 black."""
    quirks: Floats
    """(count,) in [0, 1]: how far along its axis of width, or of optical size, where it has one."""

    def __len__(self) -> int:
        return len(self.typeface)

    def table(self) -> npt.NDArray[np.float32]:
        """Weight and style, (count, 2)."""
        styles = np.array([STYLES.index(face.style) - 1 for face in TYPEFACES])
        return np.stack([self.weight, styles[self.typeface]], axis=1).astype(np.float32)


def turn_dials(count: int, seed: int) -> Dials:
    """Dials for ``count`` letters; the same seed gives the same ones."""
    dice = np.random.default_rng(seed)
    style = dice.integers(len(STYLES), size=count)
    weight, quirks = dice.uniform(-1, 1, count), dice.uniform(0, 1, count)
    families = [[i for i, face in enumerate(TYPEFACES) if face.style == name] for name in STYLES]
    chosen = dice.uniform(0, 1, count)
    typeface = np.array([families[s][int(c * len(families[s]))] for s, c in zip(style, chosen, strict=True)])
    lightest, blackest = np.array([[_dial(end) for end in TYPEFACES[t].weights] for t in typeface]).T
    return Dials(typeface, lightest + (weight + 1) / 2 * (blackest - lightest), quirks)


def set_type(dials: Dials) -> Images:
    """The letters of some dials, (count, 32, 32) in [-1, 1]."""
    fonts = [_opened(face) for face in TYPEFACES]
    letters = np.empty((len(dials), SIZE, SIZE), dtype=np.float32)
    for i, (typeface, weight, quirk) in enumerate(zip(dials.typeface, dials.weight, dials.quirks, strict=True)):
        letters[i] = _letter(fonts[typeface], float(weight), float(quirk))
    return letters / np.float32(127.5) - 1


def _letter(font: ImageFont.FreeTypeFont, weight: float, quirk: float) -> npt.NDArray[np.uint8]:
    """One a, 0 to 255: drawn large, then reduced so that it is HEIGHT tall and stands in the middle."""
    places = []
    for axis in font.get_variation_axes():
        low, high = float(axis["minimum"] or 0), float(axis["maximum"] or 0)
        asked = _axis_weight(weight) if axis["name"] == b"Weight" else low + quirk * (high - low)
        places.append(min(max(asked, low), high))
    font.set_variation_by_axes(places)
    sheet = Image.new("L", (2 * _FINE, 2 * _FINE))
    ImageDraw.Draw(sheet).text((_FINE, _FINE), "a", fill=255, font=font, anchor="mm")
    left, top, right, bottom = sheet.getbbox() or (0, 0, 1, 1)
    half = (bottom - top) / HEIGHT * SIZE / 2
    x, y = (left + right) / 2, (top + bottom) / 2
    return np.asarray(sheet.resize((SIZE, SIZE), Image.Resampling.BOX, (x - half, y - half, x + half, y + half)))


def _opened(face: Typeface) -> ImageFont.FreeTypeFont:
    path = _FOLDER / f"{face.name}.ttf"
    found = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    if found != face.check:
        raise ValueError(f"{path} is not the file that was learnt from: {found}, not {face.check}")
    return ImageFont.truetype(path, _FINE, layout_engine=ImageFont.Layout.BASIC)


def _dial(weight: float) -> float:
    return (weight - LIGHT) / (BLACK - LIGHT) * 2 - 1


def _axis_weight(dial: float) -> float:
    return LIGHT + (dial + 1) / 2 * (BLACK - LIGHT)
