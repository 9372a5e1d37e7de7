"""Where in a soundtrack a step is heard, and what a note may honestly stand for.

Film and sound share one clock: film time is (step / steps) ** recipe.clock of the film's seconds.
A note is the plain mean of exactly the measurements whose moment falls inside its slot, and nothing
else; how many those were is kept beside it, so that the page can say so. A slot into which no
measurement falls (the first ones, where a step takes several slots) repeats the one last shown, as
the film does. It knows no voice and no pitch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.recording import Series
from pipeline.study import Recipe

Array = np.ndarray

CONTROL = 200
"""Points a second of the curves that steer held voices."""


@dataclass(frozen=True)
class Means:
    """A measured number, slot by slot."""

    starts: Array
    """(n,) seconds."""
    ends: Array
    """(n,) seconds."""
    values: Array
    """(n,) the plain mean of the measurements inside each slot."""
    counts: Array
    """(n,) int: how many measurements that was; 0 where the last one before is repeated."""

    def __getitem__(self, chosen: Array) -> Means:
        """The chosen slots (a mask or indices)."""
        return Means(self.starts[chosen], self.ends[chosen], self.values[chosen], self.counts[chosen])


@dataclass(frozen=True)
class Clock:
    """The time of one film."""

    recipe: Recipe
    seconds: float

    def times(self, steps: Array | Sequence[int]) -> Array:
        """Seconds at which the film first shows each step."""
        share = np.clip(np.asarray(steps, dtype=float) / self.recipe.steps, 0.0, 1.0)
        return np.asarray(self.seconds * share**self.recipe.clock)

    def means(self, series: Series, starts: Array, ends: Array) -> Means:
        """The series slot by slot."""
        return slot_means(self.times(series.steps), series.values, starts, ends)

    def held(self, series: Series, every: float = 0.1, smooth: float = 0.2) -> tuple[Array, Means]:
        """A control curve (CONTROL points a second) through the means of ``every`` seconds, and these means.

        The Hann window of ``smooth`` seconds only rounds the steps between neighbouring means, which
        would else be heard as a zipper.
        """
        means = self.means(series, *slots(self.seconds, every))
        points = round(self.seconds * CONTROL) + 1
        index = np.searchsorted(means.starts, np.arange(points) / CONTROL + 1e-9, side="right") - 1
        return smoothed(means.values[np.clip(index, 0, len(means.values) - 1)], smooth), means

    def tenths(self, series: Series, every: float = 0.1) -> Array:
        """Seconds at which the series first reaches .1, .2, ... 1 (or whatever ``every`` counts in)."""
        bounds = every * np.arange(1, round(1 / every) + 1)
        reached = np.maximum.accumulate(series.values)
        index = np.searchsorted(reached, bounds - 1e-9, side="left")
        return self.times(series.steps[index[index < len(reached)]])

    def crossings(self, first: Series, second: Series) -> tuple[Array, Array]:
        """Where two curves of the same steps cross: (seconds, meeting values), straight lines between steps."""
        apart = first.values - second.values
        # Where they touch at a step they are on no side: they keep the one they came from.
        known = np.flatnonzero(apart)
        if not len(known):
            return np.zeros(0), np.zeros(0)
        side = np.sign(apart)[known[np.maximum(np.searchsorted(known, np.arange(len(apart)), side="right") - 1, 0)]]
        before = np.flatnonzero(side[:-1] != side[1:])
        share = apart[before] / (apart[before] - apart[before + 1])
        steps = first.steps[before] + share * (first.steps[before + 1] - first.steps[before])
        values = first.values[before] + share * (first.values[before + 1] - first.values[before])
        return self.times(steps), values


def slots(seconds: float, every: float, offset: float = 0.0) -> tuple[Array, Array]:
    """(starts, ends) of the slots of ``every`` seconds from ``offset`` that end within ``seconds``."""
    count = int((seconds - offset) / every + 1e-6)
    starts = offset + every * np.arange(count)
    return starts, starts + every


def slot_means(times: Array, values: Array, starts: Array, ends: Array) -> Means:
    """The plain mean of the values with start <= time < end, for each slot; ``times`` rise."""
    if not np.all(np.isfinite(values)):
        raise ValueError(f"a series with {np.sum(~np.isfinite(values))} values that are no numbers cannot be heard")
    low = np.searchsorted(times, np.asarray(starts) - 1e-9, side="left")
    high = np.searchsorted(times, np.asarray(ends) - 1e-9, side="left")
    counts = high - low
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    last = np.maximum(low - 1, 0)
    means = np.where(counts > 0, (sums[high] - sums[low]) / np.maximum(counts, 1), np.asarray(values)[last])
    return Means(np.asarray(starts), np.asarray(ends), means, counts)


def smoothed(curve: Array, seconds: float) -> Array:
    """A control curve under a Hann window of ``seconds``; the ends are held."""
    width = max(1, round(seconds * CONTROL))
    window = np.hanning(width + 2)[1:-1]
    padded = np.pad(curve, (width // 2, width - 1 - width // 2), mode="edge")
    return np.convolve(padded, window / window.sum(), mode="valid")
