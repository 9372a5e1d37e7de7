"""The strip of seeds: how each run of a recipe went, the shown one among them.

Recordings keep pictures of the shown seed only, but numbers of all; so each ticket is a number and a small curve,
drawn on one scale, over the film's own clock. It knows no template.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.essay.filters import formatted
from pipeline.essay.model import StudyWords, Track
from pipeline.results import Results, RunFacts, SeriesFacts
from pipeline.site.cursor import heights, path, split_unit


@dataclass(frozen=True)
class Ticket:
    """A seed of the lottery and how it went."""

    seed: int
    number: str
    """How it ended, in ``unit``."""
    unit: str
    shown: bool
    way: str
    """An SVG path on 1000 x 100, from the first step to the last; "" where only ends were measured."""
    floor: float | None
    """Where the figure's floor stands on it."""
    told: tuple[str, ...]
    """The value at first, halfway through the film and at the end, for those who do not see the curve."""


def tickets(run: RunFacts, figure: str, results: Results, words: StudyWords) -> tuple[Ticket, ...]:
    """One ticket a seed; none where the value was measured of one seed only."""
    lottery = words.lottery
    series = results.values.get(f"{words.study}.{lottery.value}") if lottery else None
    seeds = run.recipe["seeds"]
    if lottery is None or not isinstance(series, SeriesFacts) or len(series.ends) != len(seeds) or len(seeds) < 2:
        return ()
    track = words.figures[figure].track if figure in words.figures else None
    if track is not None and track.value != lottery.value:
        track = None
    floor = _floor(track, results, words)
    known = [value for way in series.ways for value in way] + ([] if floor is None else [floor])
    height = heights(known, track.scale if track else "linear")
    across = _across(series.way_steps, float(run.recipe.get("clock", 1.0)))
    halfway = min(range(len(across)), key=lambda i: abs(across[i] - 500), default=0)
    return tuple(
        Ticket(
            seed,
            *split_unit(formatted(end, lottery.format)),
            shown=seed == run.recipe["shown"],
            way=path(across, [height(value) for value in way]) if way else "",
            floor=None if floor is None or not way else height(floor),
            told=tuple(formatted(way[i], lottery.format) for i in (0, halfway, -1)) if way else (),
        )
        for seed, end, way in zip(seeds, series.ends, series.ways or [()] * len(seeds), strict=True)
    )


def _across(steps: tuple[int, ...], clock: float) -> list[float]:
    """Where steps stand on the film's time, 0 to 1000."""
    last = max(1, steps[-1] if steps else 1)
    return [round(1000 * (step / last) ** clock, 1) for step in steps]


def _floor(track: Track | None, results: Results, words: StudyWords) -> float | None:
    found = results.values.get(f"{words.study}.{track.floor}") if track and track.floor else None
    return found.values[-1] if isinstance(found, SeriesFacts) else found
