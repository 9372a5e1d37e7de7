"""The data of one quiz: a sheet of tiles, six rounds of pairs, and what the detective thought of each.

Made from an export of two files: "sheet.png", three rows a round (originals, forgeries, where these break their
mirrors), and "quiz.json", its facts. The page's script gets them as a classic script file (a page opened from a
folder may not fetch); readers without scripts get one pair of each round with its answer. It knows no template.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.errors import SiteBroken
from pipeline.essay.filters import formatted
from pipeline.essay.model import Essay, Placement
from pipeline.results import Results
from pipeline.site.provenance import Provenance, provenance

FACTS, SHEET = "quiz.json", "sheet.png"
ROWS = 3
"""Rows of the sheet for one round."""
_LEFT = (True, False, False, True, False, True)
"""Whether the original stands left, round by round of the answer sheet."""


@dataclass(frozen=True)
class Tile:
    """One tile of the answer sheet, in points of the tiles' sheet."""

    letter: str
    original: bool
    x: int
    y: int
    belief: str
    """What the detective thought, "34 %"."""


@dataclass(frozen=True)
class Answer:
    """A pair of the answer sheet."""

    number: int
    tiles: tuple[Tile, Tile]
    step: str
    """At which its forgery was made."""
    error: str
    """How far the forgery differs from its own mirror images, in parts of a hundred."""

    @property
    def original(self) -> str:
        """The letter of the original."""
        return next(tile.letter for tile in self.tiles if tile.original)


@dataclass(frozen=True)
class Quiz:
    """One quiz of a page, ready to print."""

    name: str
    """"study/export"."""
    id: str
    """Its anchor on the page."""
    number: str
    """As printed: "0.1"."""
    alt: str
    caption: Markup
    sheet: str
    """Path of the tiles' sheet in the site."""
    size: int
    """Points along a tile's edge."""
    width: int
    """Of the sheet, in points; so ``height``."""
    height: int
    answers: tuple[Answer, ...]
    provenance: Provenance
    script_path: str
    script: str
    files: Mapping[str, Path] = field(repr=False)
    """Path in the site -> file in the store."""


def quiz_of(placement: Placement, number: str, essay: Essay, results: Results) -> Quiz:
    """The quiz of a placement, as rendering hands it over; SiteBroken where the export holds none."""
    export = results.exports.get(placement.name, {})
    if FACTS not in export or SHEET not in export:
        raise SiteBroken(f'the export "{placement.name}" holds no quiz ({FACTS}, {SHEET}).')
    facts = json.loads(export[FACTS].read_bytes())
    stem = f"{placement.study}-{placement.item}"
    sheet = f"images/{stem}.png"
    duel = next((run.duel for run in results.runs if run.study == placement.study), "")
    made = provenance(placement.study, placement.item, duel, results, essay.words[placement.study], essay.data)
    return Quiz(
        name=placement.name,
        id=placement.item,
        number=number,
        alt=placement.alt,
        caption=Markup(placement.caption),
        sheet=sheet,
        size=facts["size"],
        width=facts["size"] * facts["columns"],
        height=facts["size"] * len(facts["rounds"]) * ROWS,
        answers=tuple(_answer(k, played, facts["size"]) for k, played in enumerate(facts["rounds"])),
        provenance=replace(made, command="make build"),  # no film is made
        script_path=f"data/{stem}.js",
        script=f"QuizGame.deal({json.dumps(placement.name)}, {json.dumps(facts, separators=(',', ':'))});\n",
        files={sheet: export[SHEET]} | dict(made.files),
    )


def _answer(k: int, played: Mapping[str, Any], size: int) -> Answer:
    """The first pair of a round."""
    real, forged, error = played["pairs"][0]
    top = k * ROWS * size
    original = Tile("", True, 0, top, _believed(real))
    forgery = Tile("", False, 0, top + size, _believed(forged))
    first, second = (original, forgery) if _LEFT[k % len(_LEFT)] else (forgery, original)
    tiles = (replace(first, letter="A"), replace(second, letter="B"))
    return Answer(k + 1, tiles, formatted(played["step"], "count"), formatted(100 * error, "count"))


def _believed(share: float) -> str:
    """As the page's script says it: never nought or all of it."""
    if share < 0.005:
        return "under 1\u00a0%"
    return "over 99\u00a0%" if share >= 0.995 else formatted(share, "percent")
