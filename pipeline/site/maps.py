"""The data of one map: a sheet of pictures, the words of its two ways, and the networks that the page runs on it.

Made from an export of three files: "sheet.webp" (white where ink is), "map.json" (its facts) and "weights.txt" (the
networks, in base64). The networks are a script of their own, which the page fetches when the map comes near; until
then, and without scripts, the sheet shows what is known. It knows no template.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.errors import SiteBroken
from pipeline.essay.filters import NO_BREAK, formatted
from pipeline.essay.model import Essay, MapWords, Placement
from pipeline.essay.values import measure
from pipeline.results import Results
from pipeline.site import cursor
from pipeline.site.provenance import Provenance, provenance

FACTS, SHEET, WEIGHTS = "map.json", "sheet.webp", "weights.txt"


@dataclass(frozen=True)
class Way:
    """One of the map's two ways, ready to print."""

    name: str
    low: str
    high: str
    words: str
    start: float
    """Where the marker stands at first, in standard deviations of the noise."""


@dataclass(frozen=True)
class Cell:
    """The picture at which the marker stands at first, in points of the sheet."""

    x: float
    y: float
    edge: float


@dataclass(frozen=True)
class LatentMap:
    """One map of a page, ready to print."""

    name: str
    """"study/export"."""
    id: str
    """Its anchor on the page."""
    number: str
    """As printed: "5.1"."""
    words: MapWords
    alt: str
    caption: Markup
    description: str
    across: Way
    up: Way
    corners: tuple[str, str, str, str]
    """Words at the upper left, upper right, lower left and lower right."""
    sheet: str
    """Path of the sheet in the site."""
    edge: int
    """Points along the sheet's edge."""
    side: int
    """Pictures along it."""
    size: int
    """Points along the edge of a picture as the network draws it."""
    reach: float
    """The outermost pictures stand so many standard deviations of the noise from the middle."""
    cell: Cell
    address: str
    called: str
    """What the reader network calls the first picture; and how sure it is of all the words at once, in ``sure``."""
    sure: str
    weights: str
    dark: str
    """Amplitudes of the harmonics of the two voices, parted by spaces; so ``bright``."""
    bright: str
    provenance: Provenance
    script_path: str
    """Fetched by the page's script, not by the page."""
    script: str
    files: Mapping[str, Path] = field(repr=False)
    """Path in the site -> file in the store."""

    def percent(self, place: float) -> float:
        """Where a place between -reach and reach stands along the sheet's edge, per cent."""
        return round(100 * (0.5 + place / (2 * self.reach) * (self.side - 1) / self.side), 3)


def map_of(placement: Placement, number: str, essay: Essay, results: Results) -> LatentMap:
    """The map of a placement, as rendering hands it over; SiteBroken where the export holds none."""
    export = results.exports.get(placement.name, {})
    missing = [name for name in (FACTS, SHEET, WEIGHTS) if name not in export]
    if missing:
        raise SiteBroken(f'the export "{placement.name}" holds no map: {", ".join(missing)} not in it.')
    facts = json.loads(export[FACTS].read_bytes())
    words = essay.words[placement.study].maps[placement.item]
    _check_names(placement.name, words, facts)
    fill = partial(cursor.fill, number=partial(measure, results=results, own=placement.study))
    (start_across, start_up), stem = facts["start"], f"{placement.study}-{placement.item}"
    duel = next((run.duel for run in results.runs if run.study == placement.study), "")
    made = provenance(placement.study, placement.item, duel, results, essay.words[placement.study], essay.data)
    across, up = words.across, words.up
    return LatentMap(
        name=placement.name,
        id=placement.item,
        number=number,
        words=words,
        alt=placement.alt,
        caption=Markup(placement.caption),
        description=fill(words.description),
        across=Way(across.name, across.low, across.high, fill(across.words), start_across),
        up=Way(up.name, up.low, up.high, fill(up.words), start_up),
        corners=tuple(f"{u}, {a}" for u in (up.high, up.low) for a in (across.low, across.high)),  # type: ignore[arg-type]
        sheet=f"images/{stem}.webp",
        edge=facts["edge"],
        side=facts["side"],
        size=facts["size"],
        reach=facts["reach"],
        cell=_cell(facts),
        address=f"{_signed(start_across)}, {_signed(start_up)}",
        called=", ".join(words.names[dial][name] for dial, (name, _) in _said(facts)),
        sure=_sure(math.prod(chance for _, (_, chance) in _said(facts))),
        weights=formatted(facts["weights"], "count"),
        dark=_listed(facts["dark"]),
        bright=_listed(facts["bright"]),
        provenance=replace(made, command="make build"),  # no film is made
        script_path=f"data/{stem}.js",
        script=script_of(placement.name, facts, words, export[WEIGHTS].read_text(encoding="ascii")),
        files={f"images/{stem}.webp": export[SHEET]} | dict(made.files),
    )


def script_of(name: str, facts: Mapping[str, Any], words: MapWords, weights: str) -> str:
    """The networks of a map: one call, ASCII only."""
    kept = {key: facts[key] for key in ("plane", "forger", "reader", "names")}
    data = kept | {"reads": {dial: words.names[dial] for dial in facts["reads"]}, "weights": weights}
    return f"LatentMap.ship({json.dumps(name)}, {json.dumps(data, separators=(',', ':'))});\n"


def _check_names(name: str, words: MapWords, facts: Mapping[str, Any]) -> None:
    """Each dial that the reader reads has as many names as the reader tells apart."""
    for dial in facts["reads"]:
        given = words.names.get(dial, ())
        if len(given) != facts["names"]:
            raise SiteBroken(f'the map "{name}" has {len(given)} names for "{dial}", and its reader {facts["names"]}.')


def _cell(facts: Mapping[str, Any]) -> Cell:
    edge = facts["edge"] / facts["side"]
    steps = [round((place / facts["reach"] + 1) / 2 * (facts["side"] - 1)) for place in facts["start"]]
    return Cell(steps[0] * edge, (facts["side"] - 1 - steps[1]) * edge, edge)


def _said(facts: Mapping[str, Any]) -> list[tuple[str, tuple[int, float]]]:
    return [(dial, (name, chance)) for dial, (name, chance) in facts["said"].items()]


def _sure(chance: float) -> str:
    """Nobody is ever wholly sure, and rounding should not say so."""
    return f"over 99{NO_BREAK}%" if chance > 0.99 else formatted(chance, "percent")


def _signed(place: float) -> str:
    sign = "+" if place > 0 else "\u2212" if place < 0 else ""
    return f"{sign}{abs(place):.2f}"


def _listed(amplitudes: Sequence[float]) -> str:
    return " ".join(f"{amplitude:g}" for amplitude in amplitudes)
