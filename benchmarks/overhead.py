"""Milliseconds a round: Lightning's trainer with our Game and Recorder, against the same duel in a bare loop.

The bare loop is what one would write without any of it: the players of the training dance, its losses and
penalty, two fused Adams, the same batches, the running mean. Neither looks at its players on the way.
"""

from __future__ import annotations

import copy
import time
from dataclasses import replace
from typing import Any

import torch

from pipeline.gan import draws
from pipeline.gan.networks import blend
from pipeline.recording import Recording
from pipeline.studies.training_dance import STUDY
from pipeline.study import Duel, Recipe
from pipeline.training import record

WARM = 100
"""Rounds before the clock is started."""


def lightning(duel: Duel, recipe: Recipe) -> float:
    """Seconds a round through ``record``."""
    times: dict[int, float] = {}

    def note(step: int, steps: int) -> None:
        if step in (WARM, steps):
            times[step] = time.perf_counter()

    made: Recording = record(duel, "training_dance", "dance", recipe, note)
    assert made.recipe == recipe
    return (times[recipe.last_step] - times[WARM]) / (recipe.last_step - WARM)


def bare(duel: Duel, recipe: Recipe) -> float:
    """Seconds a round of the loop by hand."""
    world: Any = duel.real(recipe)
    forger, detective = duel.players(recipe)
    average = copy.deepcopy(forger).requires_grad_(False)
    turns = [
        torch.optim.Adam(player.parameters(), lr=rate, betas=recipe.betas, fused=True)
        for player, rate in zip((forger, detective), recipe.learning_rates, strict=True)
    ]
    costs: list[torch.Tensor] = []
    began = 0.0
    for step in range(recipe.last_step):
        if step == WARM:
            began = time.perf_counter()
        real_dice = draws.generators(recipe.seeds, "real", step)
        noise_dice = draws.generators(recipe.seeds, "noise", step)
        for _ in range(recipe.critic_steps):
            real = world.sample(recipe.batch_size, real_dice).data.requires_grad_()
            with torch.no_grad():
                forged = forger(draws.normal(noise_dice, recipe.batch_size, recipe.latent_size))
            on_real, on_forged = detective(real), detective(forged)
            loss = duel.losses.detective(on_real, on_forged)
            slope = duel.losses.penalty(real, forged, on_real, on_forged)
            turns[1].zero_grad(set_to_none=True)
            (loss + recipe.penalty / 2 * slope).sum().backward()
            turns[1].step()
        on_forged = detective(forger(draws.normal(noise_dice, recipe.batch_size, recipe.latent_size)))
        cost = duel.losses.forger(on_forged, on_forged)
        turns[0].zero_grad(set_to_none=True)
        cost.sum().backward(inputs=list(forger.parameters()))
        turns[0].step()
        blend(average, forger, recipe.average)
        costs += [loss.detach(), cost.detach()]
    return (time.perf_counter() - began) / (recipe.last_step - WARM)


def compare(rounds: int = 500) -> dict[str, float]:
    """Milliseconds a round both ways, by turns and twice, the better of each; and the ratio."""
    duel = STUDY.duels["dance"]
    recipe = replace(duel.recipe, stop=rounds, frames=2)
    torch.set_num_threads(1)
    pairs = [(lightning(duel, recipe), bare(duel, recipe)) for _ in range(2)]
    ours, plain = (1000 * min(times) for times in zip(*pairs, strict=True))
    return {"lightning_ms": ours, "bare_ms": plain, "ratio": ours / plain}
