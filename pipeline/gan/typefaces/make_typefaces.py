"""Cuts typefaces down to the one letter that the forger of letters learns: a few kB each, their axes kept.

Run it only to change the set; the results are committed beside it. It needs the sources, npm packages
@fontsource-variable/NAME of version 5.3.0 for each NAME below, with fonttools and brotli:

    npm install --prefix FOLDER @fontsource-variable/literata@5.3.0 @fontsource-variable/inter@5.3.0 ...
    python pipeline/gan/typefaces/make_typefaces.py FOLDER/node_modules

All are under the SIL Open Font License 1.1 (licences/), and none reserves its name, so a subset may keep it.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
SOURCES = {
    "literata": ("opsz", {"opsz": (10, 20), "wght": (200, 900)}),
    "crimson-pro": ("wght", {"wght": (200, 900)}),
    "newsreader": ("opsz", {"opsz": (12, 18), "wght": (200, 800)}),
    "noto-serif": ("wdth", {"wdth": (92, 100), "wght": (200, 900)}),
    "petrona": ("wght", {"wght": (200, 900)}),
    "aleo": ("wght", {"wght": (200, 900)}),
    "bitter": ("wght", {"wght": (200, 900)}),
    "rokkitt": ("wght", {"wght": (200, 900)}),
    "hepta-slab": ("wght", {"wght": (200, 900)}),
    "inter": ("opsz", {"opsz": (14, 28), "wght": (200, 900)}),
    "open-sans": ("wdth", {"wdth": (92, 100), "wght": (300, 800)}),
    "work-sans": ("wght", {"wght": (200, 900)}),
    "libre-franklin": ("wght", {"wght": (200, 900)}),
    "archivo": ("wdth", {"wdth": (88, 100), "wght": (200, 900)}),
    "noto-sans": ("wdth", {"wdth": (92, 100), "wght": (200, 900)}),
}
"""Package -> which of its files, and how much of each axis is kept."""


def cut(package: Path, axis: str, limits: dict[str, tuple[float, float]]) -> TTFont:
    """The letter a of one typeface, free along the axes that are kept."""
    source = package / "files" / f"{package.name}-latin-{axis}-normal.woff2"
    font = TTFont(source, recalcTimestamp=False)  # the same bytes whenever it is run
    if "reserved font name" in (font["name"].getDebugName(0) or "").lower():
        raise SystemExit(f"{package.name} reserves its name: leave it out, or rename its subset")
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=[0, 1, 2, 5, 13, 14])
    cutter = subset.Subsetter(options)
    cutter.populate(text="a")
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, limits)
    font.flavor = None  # plain TrueType: every FreeType reads it
    return font


def main(modules: Path) -> None:
    """All typefaces and licences; prints what pipeline/gan/letters.py must know of them."""
    (HERE / "licences").mkdir(exist_ok=True)
    for name, (axis, limits) in SOURCES.items():
        package = modules / "@fontsource-variable" / name
        font = cut(package, axis, {tag: (float(low), float(high)) for tag, (low, high) in limits.items()})
        font.save(HERE / f"{name}.ttf")
        shutil.copyfile(package / "LICENSE", HERE / "licences" / f"{name}.txt")
        content = (HERE / f"{name}.ttf").read_bytes()
        axes = [(a.axisTag, a.minValue, a.maxValue) for a in font["fvar"].axes]
        version = font["name"].getDebugName(5)
        print(name, len(content), hashlib.sha256(content).hexdigest()[:16], axes, version)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
