"""What a film's cursor shows at each frame: numbers, the line of words, the curve in the scrubber.

All of it is worked out here, once, with the same filters as the prose; the page's script only picks
entry ``frame``. Positions are per cent of film time, so the clock of the film (a root of the step)
bends curve and ticks alike. It knows no template, no address and no file.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.essay.expressions import Expression, parse, parse_test
from pipeline.essay.filters import formatted
from pipeline.essay.model import Line, Readout, Track
from pipeline.results import FilmFacts, SeriesFacts

Series = Mapping[str, SeriesFacts]
"""The series of one study, by value name."""

_INLINE = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
_NUMBER = re.compile(r"^(\S+(?:\u00a0%)?)(?:\u00a0(.*))?$", re.DOTALL)
_CURVE_POINTS = 160


@dataclass(frozen=True)
class Shown:
    """A read-out along the film, one entry a frame."""

    value: str
    name: str
    note: str
    role: str
    """"" draws the bar in plain ink."""
    unit: str
    text: tuple[str, ...]
    """Numbers without their unit."""
    share: tuple[float, ...] | None
    """Length of the bar, 0 to 100; None draws none."""


@dataclass(frozen=True)
class Words:
    """A line of words and the frame from which it holds."""

    start: int
    words: str


@dataclass(frozen=True)
class Tick:
    """A step named under the scrubber."""

    at: float
    """Per cent of film time."""
    step: int
    anchor: str
    """SVG text-anchor: the outermost two keep inside the track."""
    minor: bool = False
    """Left out on a narrow screen."""


@dataclass(frozen=True)
class Curve:
    """The curve behind the scrubber, in a box 1000 wide and 100 high (y down)."""

    words: str
    line: str
    """Path data."""
    band: str
    """Path data of the seeds' range; "" with one seed."""
    floor: float | None
    """Height of the dotted line."""


def at_frames(series: SeriesFacts, steps: Sequence[int], values: Sequence[float] | None = None) -> list[float]:
    """The value last measured at or before the step of each frame."""
    chosen = series.values if values is None else values
    return [chosen[max(0, bisect_right(series.steps, step) - 1)] for step in steps]


def readout(words: Readout, film: FilmFacts, series: SeriesFacts) -> Shown:
    """One read-out along the film."""
    values = at_frames(series, film.steps)
    parts = [split_unit(formatted(value, words.format)) for value in values]
    unit = next((unit for _, unit in parts if unit), "")
    if words.of is not None:
        unit = f"of {formatted(words.of, words.format)} {unit}".strip()
    share = None
    if words.bar:
        low, high = words.bar
        share = tuple(_per_cent((value - low) / (high - low)) for value in values)
    text = tuple(text for text, _ in parts)
    return Shown(words.value, words.name, words.note, words.role or "", unit, text, share)


def _per_cent(share: float) -> float:
    return round(100 * min(1.0, max(0.0, share)), 1) if math.isfinite(share) else 0.0


def split_unit(text: str) -> tuple[str, str]:
    """The text "0.14 bits" as number and unit; a per cent sign stays with its number."""
    match = _NUMBER.match(text)
    return (match[1], match[2] or "") if match else (text, "")


def lines(
    templates: Sequence[Line], film: FilmFacts, series: Series, fixed: Callable[[Expression], float]
) -> tuple[Words, ...]:
    """The line of words at each frame: the first whose test is true; equal neighbours are one entry.

    ``fixed`` gives the numbers that do not follow the cursor, such as ``study.value.last``.
    """
    along = {name: at_frames(known, film.steps) for name, known in series.items()}
    found: list[Words] = []
    for frame, step in enumerate(film.steps):
        numbers = {name: values[frame] for name, values in along.items()} | {"step": float(step)}
        words = _line_of(templates, numbers, fixed)
        if not found or found[-1].words != words:
            found.append(Words(frame, words))
    return tuple(found)


def _line_of(templates: Sequence[Line], numbers: Mapping[str, float], fixed: Callable[[Expression], float]) -> str:
    for line in templates:
        if parse_test(line.when).holds(numbers):
            return fill(line.words, lambda asked: numbers[asked.source] if asked.source in numbers else fixed(asked))
    return ""


def fill(words: str, number: Callable[[Expression], float]) -> str:
    """The words with each ``{{ name | filter }}`` replaced by the number asked for, as plain text."""

    def printed(match: re.Match[str]) -> str:
        expression = parse(match[1])
        return expression.printed(number(expression))

    return _INLINE.sub(printed, words)


def ticks(film: FilmFacts, apart: float = 9.0, far: float = 20.0) -> tuple[Tick, ...]:
    """Steps to name under the scrubber: 0, 1, 3, 10, 30, ... where they stand.

    They are never closer than ``apart`` per cent; those that would be closer than ``far`` are minor.
    """
    last = film.steps[-1]
    round_steps = [m * 10**e for e in range(len(str(max(last, 1)))) for m in (1, 3)]
    kept, major = [Tick(0.0, film.steps[0], "start")], 0.0
    for step in round_steps:
        at = position(film, step)
        if film.steps[0] < step < last and kept[-1].at + apart <= at <= 100 - apart:
            minor = not major + far <= at <= 100 - far
            major = major if minor else at
            kept.append(Tick(round(at, 2), step, "middle", minor))
    return (*kept, Tick(100.0, last, "end"))


def position(film: FilmFacts, step: float) -> float:
    """Where a step stands on the track, per cent of film time."""
    steps, last = film.steps, max(1, len(film.steps) - 1)
    right = bisect_left(steps, step)
    if right >= len(steps):
        return 100.0
    if right == 0 or steps[right] == step:
        return 100 * right / last
    share = (step - steps[right - 1]) / (steps[right] - steps[right - 1])
    return 100 * (right - 1 + share) / last


def waits(film: FilmFacts) -> tuple[bool, bool]:
    """Whether a film stays on its first picture before its clock starts, and on its last when it has run.

    By its clock alone the last step shows from (1 - 1/2n)^clock of the film, n steps, and the first to (1/2n)^clock:
    what stands for a fiftieth of the film longer is waiting.
    """
    frames, n = max(1, len(film.steps) - 1), max(1, film.last_step)
    first = film.steps.count(film.steps[0]) - 1  # frames after it that look the same
    last = film.steps.count(film.steps[-1]) - 1
    whole = film.steps[-1] == film.last_step  # a draft ends before
    before = first / frames > (0.5 / n) ** film.clock + 0.02
    return before, whole and last / frames > 1 - (1 - 0.5 / n) ** film.clock + 0.02


def curve(words: Track, film: FilmFacts, series: SeriesFacts, floor: float | None) -> Curve:
    """The curve of the track's value, with the range of the seeds and the floor."""
    frames = _spread(len(film.steps))
    steps = [film.steps[i] for i in frames]
    value = at_frames(series, steps)
    low, high = (at_frames(series, steps, v) if v else [] for v in (series.low, series.high))
    height = heights([*value, *low, *high, *([] if floor is None else [floor])], words.scale)
    across = [round(1000 * i / max(1, len(film.steps) - 1), 1) for i in frames]
    line = path(across, [height(v) for v in value])
    band = ""
    if low and high:
        back = path(across[::-1], [height(v) for v in low[::-1]])
        band = path(across, [height(v) for v in high]) + "L" + back[1:] + "Z"
    return Curve(words.words, line, band, None if floor is None else height(floor))


def _spread(count: int) -> list[int]:
    """Frames to draw: all of a short film, evenly spread ones of a long one, first and last always."""
    points = min(count, _CURVE_POINTS)
    return [round(i * (count - 1) / max(1, points - 1)) for i in range(points)]


def heights(values: Sequence[float], scale: str) -> Callable[[float], float]:
    """Maps a value to 4 (highest) .. 94 (lowest); on a log scale what is not positive stands at the bottom."""
    finite = [v for v in values if math.isfinite(v) and (scale != "log" or v > 0)]
    if not finite:
        return lambda value: 94.0
    bend: Callable[[float], float] = math.log if scale == "log" else float
    lowest, highest = bend(min(finite)), bend(max(finite))
    span = (highest - lowest) or 1.0

    def height(value: float) -> float:
        if not math.isfinite(value) or (scale == "log" and value <= 0):
            return 94.0
        return round(94 - 90 * (bend(value) - lowest) / span, 1)

    return height


def path(across: Sequence[float], down: Sequence[float]) -> str:
    """An SVG path through points."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in zip(across, down, strict=True))
