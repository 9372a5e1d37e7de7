"""Worlds: what real data is drawn from. The forger never sees one, only what the detective makes of it.

A world knows how to draw from itself, run by run; it knows no network and no recipe.
The ring and the grid are those of Metz et al., "Unrolled GANs" (2017) and Srivastava et al.,
"VEEGAN" (2017); the heart is the curve x = 16 sin^3 t, y = 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t, filled.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from pipeline.gan import draws


@dataclass(frozen=True)
class Batch:
    """Data, and what it is called where the world tells."""

    data: Tensor
    """Points (runs, batch, dim), or images (batch, channels, height, width) in [-1, 1], with one run."""
    labels: Tensor | None = None
    """Classes (batch,) int64 of images; None where the world has none."""

    @property
    def pictures(self) -> bool:
        """True for images, which know no runs axis."""
        return self.data.ndim == 4

    def to(self, device: torch.device | str) -> Batch:
        """The same batch on another device."""
        return Batch(self.data.to(device), None if self.labels is None else self.labels.to(device))


class World(Protocol):
    """Where real data comes from."""

    def sample(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """A fresh batch for each run, run k drawn with dice[k] alone."""
        ...

    def held_out(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """The same, of data that training never sees."""
        ...


@dataclass(frozen=True)
class Gaussians:
    """A mixture of round Gaussians of one width, all equally likely."""

    centres: tuple[tuple[float, ...], ...]
    """(modes, dim)."""
    sd: float
    """Standard deviation of each, the same in all directions."""

    def sample(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """Points (runs, batch, dim)."""
        centres = torch.tensor(self.centres)  # (modes, dim)
        which = draws.integers(dice, len(centres), batch)  # (runs, batch)
        return Batch(centres[which] + self.sd * draws.normal(dice, batch, centres.shape[1]))

    def held_out(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """Points (runs, batch, dim): a formula never repeats itself, other dice are enough."""
        return self.sample(batch, dice)

    def density(self, x: Tensor) -> Tensor:
        """p_data at points (..., dim) -> (...)."""
        centres = torch.tensor(self.centres, dtype=x.dtype)
        squares = (x.unsqueeze(-2) - centres).square().sum(-1)  # (..., modes)
        norm = (self.sd * math.sqrt(2 * math.pi)) ** centres.shape[1]
        return (-squares / (2 * self.sd**2)).exp().mean(-1) / norm

    def share_below(self, x: Tensor) -> Tensor:
        """The cumulative distribution of a one-dimensional mixture, at x (...) -> (...)."""
        centres = torch.tensor([c[0] for c in self.centres], dtype=x.dtype)
        return (0.5 * (1 + torch.erf((x.unsqueeze(-1) - centres) / (self.sd * math.sqrt(2))))).mean(-1)


def hills(centres: Sequence[float] = (-1.0, 1.0), sd: float = 0.4) -> Gaussians:
    """Hills on a line."""
    return Gaussians(tuple((c,) for c in centres), sd)


def ring(modes: int = 8, radius: float = 1.0, sd: float = 0.05) -> Gaussians:
    """Gaussians evenly spaced on a circle, the first to the right, then counter-clockwise."""
    angles = [2 * math.pi * k / modes for k in range(modes)]
    return Gaussians(tuple((radius * math.cos(a), radius * math.sin(a)) for a in angles), sd)


def grid(side: int = 5, spacing: float = 2.0, sd: float = 0.05, scale: float = 1.0) -> Gaussians:
    """side x side Gaussians about the origin; ``scale`` shrinks the whole world."""
    places = [(k - (side - 1) / 2) * spacing * scale for k in range(side)]
    return Gaussians(tuple((x, y) for y in places for x in places), sd * scale)


@dataclass(frozen=True)
class Heart:
    """Points spread evenly over a heart that fits the square [-1, 1]^2."""

    corners: int = 240
    """Sides of the polygon that stands for the curve."""

    def outline(self) -> Tensor:
        """The curve, as a closed polygon (corners, 2)."""
        t = torch.arange(self.corners) * (2 * math.pi / self.corners)
        x = 16 * t.sin() ** 3
        y = 13 * t.cos() - 5 * (2 * t).cos() - 2 * (3 * t).cos() - (4 * t).cos()
        return torch.stack([x, y + 2.5], -1) / 17.0

    def sample(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """Points (runs, batch, 2).

        The outline is seen whole from its inner point (0, 0), so the heart is a fan of triangles:
        one is chosen by its area, and a point of it evenly.
        """
        a = self.outline()
        b = a.roll(-1, 0)
        areas = (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).abs()
        edges = (areas / areas.sum()).cumsum(0)
        u = draws.uniform(dice, 3, batch)  # (runs, 3, batch)
        which = torch.searchsorted(edges, u[:, 0].contiguous()).clamp(max=self.corners - 1)
        root = u[:, 1].sqrt().unsqueeze(-1)
        across = u[:, 2].unsqueeze(-1)
        return Batch(root * ((1 - across) * a[which] + across * b[which]))

    def held_out(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """Points (runs, batch, 2): a formula never repeats itself, other dice are enough."""
        return self.sample(batch, dice)
