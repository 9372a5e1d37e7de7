"""Chance by name: a function of seed, purpose and step, and of nothing else."""

from __future__ import annotations

import torch

from pipeline.gan import draws


def test_the_same_name_gives_the_same_numbers() -> None:
    """Two generators of one name agree; another seed, purpose or step gives other numbers."""
    first = torch.rand(4, generator=draws.generator(1, "noise", 5))
    assert torch.equal(first, torch.rand(4, generator=draws.generator(1, "noise", 5)))
    for other in (draws.generator(2, "noise", 5), draws.generator(1, "real", 5), draws.generator(1, "noise", 6)):
        assert not torch.equal(first, torch.rand(4, generator=other))


def test_drawing_leaves_torchs_own_generator_alone() -> None:
    """What is drawn by name does not move the global state."""
    before = torch.get_rng_state()
    dice = draws.generators((0, 1), "noise")
    assert draws.normal(dice, 3, 2).shape == draws.uniform(dice, 3, 2).shape == draws.integers(dice, 9, 3, 2).shape
    assert torch.equal(before, torch.get_rng_state())
