"""The data of one player: a film, the words of its figure and its numbers along the run.

``player_of`` makes it once; the template prints it for readers without scripts, and ``script_of``
gives the same numbers to the page's script as a classic script file (a page opened from a folder may
not fetch). It knows no template and writes nothing: ``Player.files`` names what must be copied where.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.essay.filters import formatted
from pipeline.essay.model import Essay, FigureWords, Placement
from pipeline.essay.values import measure
from pipeline.results import FilmFacts, Results, SeriesFacts
from pipeline.site import cursor
from pipeline.site.captions import vtt
from pipeline.site.provenance import Provenance, provenance

_MOMENTS = 6


@dataclass(frozen=True)
class Tone:
    """A reference tone of the soundtrack, for the page's own synthesiser."""

    words: str
    hz: float
    harmonics: str
    """Amplitudes of harmonic 1, 2, ..., parted by spaces."""
    pan: float
    attack: float
    """Seconds, as ``release`` and ``decay``."""
    release: float
    decay: float
    """Time in which a struck voice falls by 60 dB; 0 holds."""


@dataclass(frozen=True)
class Moment:
    """A row of the table of numbers."""

    step: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Player:
    """One figure of a page, ready to print."""

    name: str
    """"study/figure"."""
    id: str
    """Its anchor on the page."""
    number: str
    """As printed: "4.1"."""
    words: FigureWords
    alt: str
    caption: Markup
    description: str
    seconds: float
    clock: float
    waits: tuple[bool, bool]
    """Whether the first picture stays before the clock starts, and the last after it has run."""
    sound: bool
    films: Mapping[str, str]
    """Theme -> path in the site; so ``posters``."""
    posters: Mapping[str, str]
    last_frame: int
    poster_frame: int
    last_step: str
    step: str
    """At the poster, as ``line``."""
    line: str
    readouts: tuple[cursor.Shown, ...]
    curve: cursor.Curve | None
    ticks: tuple[cursor.Tick, ...]
    moments: tuple[Moment, ...]
    tones: tuple[Tone, ...]
    provenance: Provenance
    script_path: str
    script: str
    captions_path: str
    captions: str
    """WebVTT, in ``language``."""
    language: str
    files: Mapping[str, Path] = field(repr=False)
    """Path in the site -> file in the store."""


def player_of(placement: Placement, number: str, essay: Essay, results: Results) -> Player:
    """The player of a placed film, as rendering hands it over (alt and caption filled in); ``number`` as printed."""
    film = results.films[placement.name]
    words = essay.words[film.study].figures[film.figure]
    series = series_of(film.study, results)
    readouts = tuple(cursor.readout(r, film, series[r.value]) for r in words.readouts if r.value in series)
    measured = partial(measure, results=results, own=film.study)
    lines = cursor.lines(words.lines, film, series, measured)
    made = provenance(film.study, film.figure, film.duel, results, essay.words[film.study], essay.data)
    stem = f"{film.study}-{film.figure}"
    films = {theme: f"films/{stem}-{theme}.mp4" for theme in film.films}
    posters = {theme: f"posters/{stem}-{theme}.webp" for theme in film.posters}
    files = {films[theme]: path for theme, path in film.films.items()}
    files |= {posters[theme]: path for theme, path in film.posters.items()}
    return Player(
        name=placement.name,
        id=film.figure,
        number=number,
        words=words,
        alt=placement.alt,
        caption=Markup(placement.caption),
        description=cursor.fill(words.description, measured),
        seconds=film.seconds,
        clock=film.clock,
        waits=cursor.waits(film),
        sound=film.sound is not None,
        films=films,
        posters=posters,
        last_frame=len(film.steps) - 1,
        poster_frame=film.poster_frame,
        last_step=formatted(film.last_step, "count"),
        step=formatted(film.steps[film.poster_frame], "count"),
        line=_words_at(lines, film.poster_frame),
        readouts=readouts,
        curve=_curve(film, words, series, results),
        ticks=cursor.ticks(film),
        moments=moments(film, readouts),
        tones=tones_of(film, words),
        provenance=made,
        script_path=f"data/{stem}.js",
        script=script_of(film, films, readouts, lines),
        captions_path=f"data/{stem}.vtt",
        captions=vtt(lines, film.fps, len(film.steps)),
        language=essay.language,
        files=files | dict(made.files),
    )


def series_of(study: str, results: Results) -> dict[str, SeriesFacts]:
    """The measured series of a study, by value name."""
    prefix = f"{study}."
    return {
        name.removeprefix(prefix): value
        for name, value in results.values.items()
        if name.startswith(prefix) and isinstance(value, SeriesFacts)
    }


def script_of(
    film: FilmFacts, films: Mapping[str, str], readouts: tuple[cursor.Shown, ...], lines: tuple[cursor.Words, ...]
) -> str:
    """The data file of a player: one call, ASCII only, its numbers as the page prints them."""
    data: dict[str, Any] = {
        "fps": film.fps,
        "steps": film.steps,
        "lastStep": film.last_step,
        "poster": film.poster_frame,
        "films": dict(films),
        "readouts": {
            r.value: {"text": r.text} | ({"share": r.share} if r.share is not None else {}) for r in readouts
        },
        "lines": [{"from": line.start, "words": line.words} for line in lines],
    }
    name = json.dumps(f"{film.study}/{film.figure}")
    return f"essay.film({name}, {json.dumps(data, separators=(',', ':'))});\n"


def moments(film: FilmFacts, readouts: tuple[cursor.Shown, ...]) -> tuple[Moment, ...]:
    """A few moments, evenly spread over the film, each step once."""
    last = len(film.steps) - 1
    frames = {film.steps[round(i * last / (_MOMENTS - 1))]: round(i * last / (_MOMENTS - 1)) for i in range(_MOMENTS)}
    return tuple(
        Moment(formatted(step, "count"), tuple(f"{r.text[frame]} {r.unit}".strip() for r in readouts))
        for step, frame in frames.items()
    )


def tones_of(film: FilmFacts, words: FigureWords) -> tuple[Tone, ...]:
    """The reference tones that have words, in the order of the words."""
    facts: Mapping[str, Mapping[str, Any]] = (film.sound or {}).get("tones", {})
    return tuple(
        Tone(
            words=said,
            hz=facts[name]["hz"],
            harmonics=" ".join(f"{a:g}" for a in facts[name]["harmonics"]),
            pan=facts[name].get("pan", 0.0),
            attack=facts[name].get("attack", 0.05),
            release=facts[name].get("release", 0.3),
            decay=facts[name].get("decay") or 0.0,
        )
        for name, said in words.tones.items()
        if name in facts
    )


def _curve(
    film: FilmFacts, words: FigureWords, series: Mapping[str, SeriesFacts], results: Results
) -> cursor.Curve | None:
    track = words.track
    if track is None or track.value not in series:
        return None
    floor = results.values.get(f"{film.study}.{track.floor}") if track.floor else None
    if isinstance(floor, SeriesFacts):
        floor = floor.values[-1]
    return cursor.curve(track, film, series[track.value], floor)


def _words_at(lines: tuple[cursor.Words, ...], frame: int) -> str:
    return next((line.words for line in reversed(lines) if line.start <= frame), "")
