"""Chance, by name: every random number is a function of (seed, purpose, step) and of nothing else.

A generator is made afresh for each use, so there is no state to carry: seed k draws the same
numbers whatever runs beside it, a draft is a prefix of the full run, a resumed run goes on as if
nothing had happened, and what is drawn for measuring never disturbs the training.
Numbers are drawn on the CPU, so that every device is dealt the same hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import torch
from torch import Tensor


def generator(seed: int, purpose: str, step: int = 0) -> torch.Generator:
    """The generator of one seed for one purpose ("real", "noise", "forger", ...) at one step."""
    digest = hashlib.blake2b(f"{purpose}/{seed}/{step}".encode(), digest_size=4).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest, "little"))


def generators(seeds: Sequence[int], purpose: str, step: int = 0) -> tuple[torch.Generator, ...]:
    """One generator a seed, in the order of the seeds."""
    return tuple(generator(seed, purpose, step) for seed in seeds)


def normal(dice: Sequence[torch.Generator], *shape: int) -> Tensor:
    """N(0, 1) numbers, (runs, *shape): run k from its own generator."""
    return torch.stack([torch.randn(shape, generator=one) for one in dice])


def uniform(dice: Sequence[torch.Generator], *shape: int) -> Tensor:
    """Numbers in [0, 1), (runs, *shape)."""
    return torch.stack([torch.rand(shape, generator=one) for one in dice])


def integers(dice: Sequence[torch.Generator], below: int, *shape: int) -> Tensor:
    """Whole numbers in 0 .. below - 1, (runs, *shape), int64."""
    return torch.stack([torch.randint(below, shape, generator=one) for one in dice])
