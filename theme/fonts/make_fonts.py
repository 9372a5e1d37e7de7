"""Cuts the book's typefaces down to what the pages use: one variable source, a few small woff2 files.

Run it only to change a face; the results are committed beside it. It needs the sources (npm packages
@fontsource-variable/literata, hanken-grotesk and jetbrains-mono 5.3, @fontsource/stix-two-math 5.3),
fonttools and brotli:

    npm install --prefix FOLDER @fontsource-variable/literata @fontsource-variable/hanken-grotesk \\
        @fontsource-variable/jetbrains-mono @fontsource/stix-two-math
    python theme/fonts/make_fonts.py FOLDER/node_modules

All four are under the SIL Open Font License 1.1 (licences/). None reserves its name, so a subset may keep it.
It knows nothing of pages or styles: theme/styles/fonts.css names the files.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent


def span(*ranges: tuple[int, int]) -> set[int]:
    """Code points of closed ranges."""
    return {code for low, high in ranges for code in range(low, high + 1)}


LATIN = span((0x20, 0x7E)) | {ord(c) for c in "–—‘’“”„…•′″€−×·°¼½¾äöüéèïçñı→≤≥≈ \N{NO-BREAK SPACE}\N{THIN SPACE}"}
"""What every page needs. An accented letter costs some 150 bytes in each face."""
WESTERN = (span((0xA0, 0xFF)) | {ord(c) for c in "‹›Œœ⁄↑↓"}) - LATIN
"""The other letters of western Europe: fetched only where one of them occurs, as are the next."""
EXTENDED = span((0x100, 0x17F), (0x1EA0, 0x1EF9)) - WESTERN - LATIN

ASCII = span((0x20, 0x7E)) | {ord(c) for c in "–—’“”…→−×·°²³½"}
MATHS = (
    span((0x20, 0x7E), (0x391, 0x3C9), (0x2200, 0x22FF), (0x1D434, 0x1D467), (0x1D6A4, 0x1D6DB))
    | span((0x2032, 0x2037), (0x2061, 0x2064), (0x27E8, 0x27EB), (0x2308, 0x230B), (0x2190, 0x2195))
    | {0x3D1, 0x3D5, 0x3F1, 0x3F5, 0x210E, 0x2113, 0x211D, 0x2115, 0x1D53C, 0x1D53B, 0x1D4A9, 0x1D4A2, 0x1D49F, 0x2112}
    | {ord(c) for c in "±×÷·¯ˆ˜˙¨¬…–−‖†‡⊙𝟙‾̂̃̄⏞⏟⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎪⎫⎬⎭√∛⇒⇔↦⟶⟵"}
)
"""Letters of formulas are mathematical italics: x is U+1D465, and h, left out of that row, is U+210E."""


@dataclass(frozen=True)
class Cut:
    """One file to make: where from, which letters, and where on the design axes."""

    source: str
    letters: Iterable[int]
    axes: Mapping[str, float | tuple[float, float]] = field(default_factory=dict)
    features: tuple[str, ...] = ("kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "rvrn", "tnum", "pnum")


LITERATA = "@fontsource-variable/literata/files/literata-{}.woff2"
HANKEN = "@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2"
CUTS = {
    "literata-text": Cut(LITERATA.format("latin-opsz-normal"), LATIN, {"opsz": 18, "wght": (400, 700)}),
    "literata-italic": Cut(LITERATA.format("latin-opsz-italic"), LATIN, {"opsz": 18, "wght": 400}),
    "literata-display": Cut(LITERATA.format("latin-opsz-normal"), LATIN, {"opsz": 60, "wght": 400}),
    "literata-question": Cut(LITERATA.format("latin-opsz-italic"), LATIN, {"opsz": 40, "wght": 400}),
    "hanken-grotesk": Cut(HANKEN, LATIN, {"wght": (400, 650)}),
    "literata-text-western": Cut(LITERATA.format("latin-opsz-normal"), WESTERN, {"opsz": 18, "wght": (400, 700)}),
    "literata-italic-western": Cut(LITERATA.format("latin-opsz-italic"), WESTERN, {"opsz": 18, "wght": 400}),
    "literata-display-western": Cut(LITERATA.format("latin-opsz-normal"), WESTERN, {"opsz": 60, "wght": 400}),
    "literata-question-western": Cut(LITERATA.format("latin-opsz-italic"), WESTERN, {"opsz": 40, "wght": 400}),
    "hanken-grotesk-western": Cut(HANKEN, WESTERN, {"wght": (400, 650)}),
    "literata-text-extended": Cut(LITERATA.format("latin-ext-opsz-normal"), EXTENDED, {"opsz": 18, "wght": (400, 700)}),
    "jetbrains-mono": Cut(
        "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2", ASCII, {"wght": 400},
        ("ccmp", "locl"),
    ),
    "stix-two-math": Cut(
        "@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2", MATHS, {}, ("ccmp", "ssty", "kern")
    ),
}
LICENCES = {
    "literata": "@fontsource-variable/literata/LICENSE",
    "hanken-grotesk": "@fontsource-variable/hanken-grotesk/LICENSE",
    "jetbrains-mono": "@fontsource-variable/jetbrains-mono/LICENSE",
    "stix-two-math": "@fontsource/stix-two-math/LICENSE",
}


def make(cut: Cut, sources: Path, target: Path) -> int:
    """Writes one subset; returns its bytes."""
    font = TTFont(sources / cut.source, recalcTimestamp=False)
    if cut.axes:
        buffer = io.BytesIO()  # written and read back: the subsetter stumbles over half-loaded variations
        instancer.instantiateVariableFont(font, dict(cut.axes)).save(buffer)
        font = TTFont(buffer, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = list(cut.features)
    options.flavor = "woff2"
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=set(cut.letters))
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    return target.stat().st_size


def main() -> None:
    """Makes every file, copies the licences, prints the weights."""
    sources = Path(sys.argv[1])
    for name, cut in CUTS.items():
        print(f"{make(cut, sources, HERE / f'{name}.woff2'):7,d}  {name}.woff2")
    (HERE / "licences").mkdir(exist_ok=True)
    for name, path in LICENCES.items():
        shutil.copyfile(sources / path, HERE / "licences" / f"{name}.txt")


if __name__ == "__main__":
    main()
