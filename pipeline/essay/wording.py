"""The words of figures, claims and data sets, as frozen values in the shape of the author's YAML.

``__pydantic_config__`` lets pydantic check an author's file against these very classes. Fields called
source text may carry inline values; all others are printed as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal

STRICT = {"extra": "forbid", "allow_inf_nan": False}
"""pydantic's rules for what an author fills in YAML: no unknown keys, no infinities."""


@dataclass(frozen=True)
class Key:
    """A line of a figure's key: a role's shape and colour, and its words."""

    __pydantic_config__: ClassVar = STRICT
    role: str
    words: str


@dataclass(frozen=True)
class Label:
    """Words over the film."""

    __pydantic_config__: ClassVar = STRICT
    x: float
    """Per cent from the left edge."""
    y: float
    """Per cent from the top edge."""
    words: str
    role: str | None = None
    """Draws the role's shape before the words; None draws none."""


@dataclass(frozen=True)
class Readout:
    """A number that follows the cursor."""

    __pydantic_config__: ClassVar = STRICT
    value: str
    """A series of the study, or "step"."""
    name: str
    format: str = "number"
    """One of the filters of inline values."""
    bar: tuple[float, float] | None = None
    """Ends of the bar under the number; None draws none."""
    note: str = ""
    role: str | None = None
    of: float | None = None
    """The most it can be, printed after it ("8 / 8"); None prints none."""


@dataclass(frozen=True)
class Track:
    """The curve drawn in the scrubber."""

    __pydantic_config__: ClassVar = STRICT
    value: str
    """A series of the study."""
    words: str
    scale: Literal["linear", "log"] = "linear"
    floor: str | None = None
    """A value of the study: the dotted line that a perfect forger would reach."""


@dataclass(frozen=True)
class Line:
    """A caption line: shown while it is the first whose test is true."""

    __pydantic_config__: ClassVar = STRICT
    words: str
    """Source text; its names are the study's series at the cursor, and "step"."""
    when: str = ""
    """A condition such as ``gap > 0.9``; "" is always true."""


@dataclass(frozen=True)
class Legend:
    """What one hears, a term at a time."""

    __pydantic_config__: ClassVar = STRICT
    term: str
    words: str


@dataclass(frozen=True)
class FigureWords:
    """All the words of one figure."""

    __pydantic_config__: ClassVar = STRICT
    title: str
    description: str
    """Source text: the longer description, for those who cannot see the film."""
    key: tuple[Key, ...] = ()
    labels: tuple[Label, ...] = ()
    small: str = ""
    """What the labels say, and where, for screens too small to carry them; "" lists them in a row."""
    readouts: tuple[Readout, ...] = ()
    track: Track | None = None
    lines: tuple[Line, ...] = ()
    legend: tuple[Legend, ...] = ()
    tones: Mapping[str, str] = field(default_factory=dict)
    """Words for the reference tones of its sound, by tone name."""


@dataclass(frozen=True)
class AxisWords:
    """One way of a map: what changes along it, and what stands at its ends."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    low: str
    """At the left, or at the bottom."""
    high: str
    words: str
    """Source text: how this direction was found, and how well it holds."""


@dataclass(frozen=True)
class MapWords:
    """All the words of one map."""

    __pydantic_config__: ClassVar = STRICT
    title: str
    description: str
    """Source text: the longer description, for those who cannot see the map."""
    across: AxisWords
    up: AxisWords
    names: Mapping[str, tuple[str, ...]]
    """What the reader network may call a picture: dial -> its names, from low to high."""
    legend: tuple[Legend, ...] = ()


@dataclass(frozen=True)
class DuelWords:
    """What a duel is called, and its recipe in a few words."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    recipe: str


@dataclass(frozen=True)
class Lottery:
    """The strip of seeds under a figure: the last value of each."""

    __pydantic_config__: ClassVar = STRICT
    value: str
    words: str
    format: str = "number"


@dataclass(frozen=True)
class StudyWords:
    """content/figures/<study>.yaml: the only home of a study's words."""

    study: str
    about: str
    path: Path
    duels: Mapping[str, DuelWords] = field(default_factory=dict)
    figures: Mapping[str, FigureWords] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)
    """Claim -> its sentence; ``{bound}`` stands for the bound."""
    lottery: Lottery | None = None
    maps: Mapping[str, MapWords] = field(default_factory=dict)
    """Export -> the words of the map made from it."""


@dataclass(frozen=True)
class DataSet:
    """A data set of content/data.yaml."""

    key: str
    name: str
    about: str
    licence: str
    source: str
