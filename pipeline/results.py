"""What the runs hand to the pages: values, claims, films and facts, as frozen values.

Written by the build from the store's artefacts, read by essay/ (inline values) and site/ (players,
colophon, report). It imports neither torch nor matplotlib, so that pages rebuild in a blink.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

THEMES = ("light", "dark")


@dataclass(frozen=True)
class SeriesFacts:
    """A measured curve, ready for prose and page (plain lists, JSON-able)."""

    steps: tuple[int, ...]
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    """Lowest over the seeds at each step; empty when one seed was trained."""
    high: tuple[float, ...] = ()
    ends: tuple[float, ...] = ()
    """The last value of each seed, in the order of the recipe's seeds."""
    way_steps: tuple[int, ...] = ()
    """A few steps, evenly spread over those measured."""
    ways: tuple[tuple[float, ...], ...] = ()
    """The value of each seed at these steps: enough for a small picture of how it went."""

    def at(self, step: float) -> float:
        """The value last measured at or before a step."""
        found = 0
        for i, known in enumerate(self.steps):
            if known > step:
                break
            found = i
        return self.values[found]


@dataclass(frozen=True)
class ClaimFacts:
    """A claim as measured in this build."""

    study: str
    name: str
    measured: float
    holds: str
    """"<=" or ">="."""
    bound: float
    met: bool


@dataclass(frozen=True)
class RunFacts:
    """One training run: what anyone needs to repeat it."""

    study: str
    duel: str
    recipe: Mapping[str, Any]
    """The Recipe's fields."""
    seconds: float
    """Wall seconds of the training, on the machine named."""
    machine: str
    """Kind of processor and system, never a host name or a path."""
    versions: Mapping[str, str]
    recording: str
    """Hash of the recording's content, hexadecimal."""
    reused: bool
    """True when this build found it in the store."""
    size: int
    """Bytes of the artefact."""
    files: Mapping[str, Path] = field(default_factory=dict)
    """"recording.npz", "weights.npz", "curves.csv" in the store."""
    data: str = ""
    """Key of its data set in content/data.yaml; "" where the data are drawn from a formula."""


@dataclass(frozen=True)
class FilmFacts:
    """One figure: its films, posters and the numbers its cursor shows."""

    study: str
    figure: str
    duel: str
    seconds: float
    fps: int
    loop: bool
    steps: tuple[int, ...]
    """The step shown by each film frame."""
    last_step: int
    clock: float
    poster_frame: int
    """The frame the poster shows."""
    films: Mapping[str, Path]
    """Theme -> mp4 (with sound, where the figure has one)."""
    posters: Mapping[str, Path]
    """Theme -> 1280x720 webp."""
    sound: Mapping[str, Any] | None = None
    """Facts of the soundtrack: name, lufs, peak, tones {name: {role, hz, harmonics}}, captions; None if silent."""
    size: int = 0


@dataclass(frozen=True)
class Results:
    """Everything measured and made for one state of the essay."""

    runs: tuple[RunFacts, ...] = ()
    values: Mapping[str, float | SeriesFacts] = field(default_factory=dict)
    """"study.value" -> number or series."""
    claims: tuple[ClaimFacts, ...] = ()
    films: Mapping[str, FilmFacts] = field(default_factory=dict)
    """"study/figure" -> its film."""
    exports: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    """"study/export" -> file name -> file in the store."""
