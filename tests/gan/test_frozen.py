"""The forger held still: its bringing up, and the pull against a step down the slope."""

from __future__ import annotations

import pytest
import torch

from pipeline.gan import draws, losses, worlds
from pipeline.gan.frozen import bring_up, pull
from pipeline.gan.networks import Detective, Forger
from pipeline.study import Recipe


def test_the_pull_is_the_slope_of_the_loss() -> None:
    """Going down the gradient by a little, the loss falls by the squared length times that little, run by run."""
    forger = Forger((0, 1), (2, 16, 2)).double()
    critic = Detective((0, 1), (2, 16, 1), gain=2.0).double()
    torch.nn.init.normal_(critic.layers[-1].weight, generator=torch.Generator().manual_seed(0))  # type: ignore[arg-type]
    noise = draws.normal(draws.generators((0, 1), "test"), 50, 2).double()
    lengths = pull(forger, critic, losses.non_saturating, noise)
    before = losses.non_saturating(noise, critic(forger(noise)))
    slopes = torch.autograd.grad(before.sum(), list(forger.parameters()))
    with torch.no_grad():
        for parameter, slope in zip(forger.parameters(), slopes, strict=True):
            parameter.sub_(1e-6 * slope)
        fallen = (before - losses.non_saturating(noise, critic(forger(noise)))) / 1e-6
    assert fallen.detach().numpy() == pytest.approx(lengths**2, rel=1e-3)


def test_bringing_up_moves_the_forger_and_repeats_itself() -> None:
    """Two rounds change the forger, and are the same two rounds each time."""
    recipe = Recipe(steps=1, batch_size=16, latent_size=2, learning_rates=(0.0, 0.0), seeds=(0, 1))
    forgers = [Forger(recipe.seeds, (2, 8, 2)) for _ in range(3)]
    for forger, age in zip(forgers, (0, 2, 2), strict=True):
        bring_up(forger, worlds.ring(), recipe, age)
    newborn, first, second = (forger.layers[0].weight for forger in forgers)
    assert torch.equal(first, second)  # type: ignore[arg-type]
    assert not torch.equal(newborn, first)  # type: ignore[arg-type]
