"""A forger held still: how it is brought up before, who judges it then, and how strongly it would be pulled.

The experiment is that of Arjovsky and Bottou, "Towards Principled Methods for Training GANs" (2017), figure 2. It knows
no world but the one it is given, and keeps nothing.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.gan import draws, losses
from pipeline.gan.networks import Detective, Forger
from pipeline.gan.worlds import World
from pipeline.study import Recipe


class Critics(nn.Module):
    """Two critics of one forger, who never hear of each other."""

    def __init__(self, seeds: tuple[int, ...]) -> None:
        super().__init__()
        self.judge = Detective(seeds, (2, 64, 64, 1), gain=3.0)
        self.surveyor = Detective(seeds, (2, 64, 64, 1), gain=3.0)


def bring_up(forger: Forger, world: World, recipe: Recipe, age: int) -> None:
    """Play ``age`` ordinary rounds against a detective that is then dismissed: non-saturating, without penalty."""
    detective = Detective(recipe.seeds, (2, 64, 64, 1), gain=3.0)
    turns = [torch.optim.Adam(player.parameters(), lr=1e-3, betas=(0.5, 0.99)) for player in (forger, detective)]
    for step in range(age):
        originals = world.sample(recipe.batch_size, draws.generators(recipe.seeds, "bringing up", step)).data
        dice = draws.generators(recipe.seeds, "bringing up noise", step)
        noise = draws.normal(dice, recipe.batch_size, recipe.latent_size)
        aims = (
            (turns[1], lambda: losses.cross_entropy(detective(originals), detective(forger(noise).detach()))),  # noqa: B023
            (turns[0], lambda: losses.non_saturating(noise, detective(forger(noise)))),  # noqa: B023
        )
        for turn, aim in aims:
            turn.zero_grad(set_to_none=True)
            aim().sum().backward()
            turn.step()


def pull(forger: nn.Module, critic: nn.Module, loss: losses.Loss, noise: Tensor) -> np.ndarray:
    """|d loss / d theta_G|, (runs,): the length of the gradient over all of the forger's parameters, run by run."""
    parameters = list(forger.parameters())
    with torch.enable_grad():
        verdicts = critic(forger(noise))
        gradients = torch.autograd.grad(loss(verdicts, verdicts).sum(), parameters)
    squares = sum(g.square().flatten(1).sum(1) for g in gradients)
    assert isinstance(squares, Tensor)
    return squares.sqrt().cpu().numpy()
