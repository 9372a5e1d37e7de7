"""Small invented runs to sound in tests: curves of known shape, and the series around them."""

from __future__ import annotations

import numpy as np

from pipeline.recording import Series
from pipeline.sounding.clock import Clock
from pipeline.sounding.melodies import Side
from pipeline.study import Recipe


def clock(steps: int = 2000, power: float = 0.5, seconds: float = 8.0) -> Clock:
    """The clock of a film of so many steps."""
    return Clock(Recipe(steps, 1, 1, (0.0, 0.0), clock=power), seconds)


def frame_series(on: Clock, values: np.ndarray) -> Series:
    """Values at the frame steps of a clock."""
    return Series(np.array(on.recipe.frame_steps()), values)


def rising(on: Clock) -> Series:
    """A quality that climbs from .03 to .95."""
    steps = np.array(on.recipe.frame_steps())
    return Series(steps, 0.03 + 0.92 / (1 + np.exp(-(steps - 0.15 * on.recipe.steps) / (0.03 * on.recipe.steps))))


def closing(on: Clock) -> Series:
    """A gap that closes from 1 to about .006 bits."""
    steps = np.array(on.recipe.frame_steps())
    return Series(steps, 0.006 + 0.95 / (1 + np.exp((steps - 0.13 * on.recipe.steps) / (0.04 * on.recipe.steps))))


def sinking(on: Clock) -> Series:
    """A confidence that swells to .8 and sinks to .5."""
    steps = np.array(on.recipe.frame_steps())
    x = steps / (0.05 * on.recipe.steps)
    return Series(steps, 0.5 + 0.3 * x * np.exp(1 - x))


def losses(on: Clock) -> tuple[Series, Series]:
    """Forger's loss and the detective's per term: apart at first, one crossing, both noisy round ln 2."""
    steps = np.arange(on.recipe.steps + 1)
    noise = np.random.default_rng(7).normal(0, 0.004, (2, len(steps)))
    fade = np.exp(-steps / (0.12 * on.recipe.steps))
    swing = fade * np.cos(2 * np.pi * steps / (0.3 * on.recipe.steps))
    return (
        Series(steps, np.log(2) + 0.05 + 0.9 * swing + noise[0]),
        Series(steps, np.log(2) - 0.05 - 0.35 * swing + noise[1]),
    )


def sides(seconds: float = 8.0) -> tuple[Side, Side]:
    """A run that finds one mode after the other, and one that wanders with one mode or none."""
    on = clock(seconds=seconds)
    steps = np.array(on.recipe.frame_steps())
    healthy, collapsed = np.zeros((2, len(steps), 8))
    found = np.minimum(np.linspace(1, 11, len(steps)).astype(int), 8)
    for row, modes in zip(healthy, found, strict=True):
        row[:modes] = 0.9 / modes
    for i, row in enumerate(collapsed):
        row[i // 40 % 8] = max(0.0, np.sin(i / 9)) * 0.6
    return Side("healthy", on, steps, healthy, -0.55), Side("collapsed", on, steps, collapsed, 0.55)
