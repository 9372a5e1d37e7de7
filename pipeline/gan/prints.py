"""Worlds of cells: a heart in squares, each inked or bare, as whole prints or as one dot at a time.

Both worlds know their own chances exactly, so that a gap needs no sample. They know no network and no recipe.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from pipeline.gan import draws
from pipeline.gan.worlds import Batch, Heart

FINE = 16
"""A cell's share of the heart is counted on a grid of so many by so many points."""


def coverage(side: int) -> Tensor:
    """What share of each cell of [-1, 1]^2, cut into side x side, lies within the heart: (side * side,), top row first.

    A point lies within when a ray to its right crosses the outline an odd number of times.
    """
    a = Heart().outline()
    b = a.roll(-1, 0)
    places = (torch.arange(side * FINE) + 0.5) * (2 / (side * FINE)) - 1
    y, x = torch.meshgrid(-places, places, indexing="ij")
    x, y = x.reshape(-1, 1), y.reshape(-1, 1)  # (points, 1)
    spans = (a[:, 1] > y) != (b[:, 1] > y)  # (points, corners)
    meets = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    inside = ((spans & (x < meets)).sum(-1) % 2).float()
    return inside.reshape(side, FINE, side, FINE).mean((1, 3)).flatten()


@dataclass(frozen=True)
class Prints:
    """Whole prints: each cell is inked or bare by its own chance, whatever the others are."""

    side: int
    """Cells along each side."""
    bare: float = 0.1
    """Chance of ink in a cell outside the heart; within it is as likely that a cell stays bare."""

    @cached_property
    def chances(self) -> Tensor:
        """Of ink, cell by cell, (cells,)."""
        return self.bare + (1 - 2 * self.bare) * coverage(self.side)

    def table(self) -> Tensor:
        """p(bare), p(inked) of each cell, (cells, 2)."""
        return torch.stack([1 - self.chances, self.chances], -1)

    def sample(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """Prints (runs, batch, cells): 1 is ink."""
        return Batch((draws.uniform(dice, batch, self.side**2) < self.chances).float())

    def held_out(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """The same: chances never run out, other dice are enough."""
        return self.sample(batch, dice)


@dataclass(frozen=True)
class Dots:
    """One dot at a time: a cell, each as likely as it lies within the heart."""

    side: int
    """Cells along each side."""

    @cached_property
    def chances(self) -> Tensor:
        """Of the dot, cell by cell, (cells,)."""
        share = coverage(self.side)
        return share / share.sum()

    def table(self) -> Tensor:
        """p(cell) as the one row of a table, (1, cells)."""
        return self.chances[None]

    def sample(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """Dots (runs, batch, 2 side): the row with a 1 at its place, then the column."""
        edges = self.chances.cumsum(0)
        cell = torch.searchsorted(edges, draws.uniform(dice, batch)).clamp(max=self.side**2 - 1)  # (runs, batch)
        both = one_hot(torch.stack([cell // self.side, cell % self.side], -2), self.side)  # (runs, 2, batch, side)
        return Batch(torch.cat([both[:, 0], both[:, 1]], -1).float())

    def held_out(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """The same: chances never run out, other dice are enough."""
        return self.sample(batch, dice)
