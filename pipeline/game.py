"""The duel itself: one Game for every study, two players taking turns, each with its own optimiser.

Optimisation is manual, since two players pull in two directions. All runs (seeds) of a recipe play side
by side: a loss is one number a run, and since Adam treats each weight by itself, the gradient of the
sum over runs is every run's own. The Game knows no world and keeps no record; what a round is dealt comes from
outside, and ``curves`` holds what the last round cost. Only this module and ``training`` know Lightning.

The usual round is Goodfellow et al. (2014), algorithm 1. The step sizes follow the recipe as a pure function of
the step: Lightning's ``global_step`` counts the updates of both players and is never used.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytorch_lightning as lightning
import torch
from torch import Tensor, nn

from pipeline.gan.losses import Losses
from pipeline.gan.networks import blend
from pipeline.gan.worlds import Batch
from pipeline.study import Duel, Recipe


@dataclass(frozen=True)
class Deal:
    """What one round is dealt."""

    step: int
    """Rounds played before this one."""
    real: tuple[Batch, ...]
    """Real data, one batch for each update of the detective."""
    noise: tuple[Tensor, ...]
    """z ~ N(0, I), (runs, batch, latent), for images (batch, latent): one for each update of the detective, and one
    for the forger."""

    def to(self, device: torch.device | str, **_: Any) -> Deal:
        """The same deal on another device; Lightning calls this."""
        return Deal(self.step, tuple(b.to(device) for b in self.real), tuple(z.to(device) for z in self.noise))


Round = Callable[["Game", Deal], Mapping[str, Tensor]]
"""round(game, deal): plays one round, and gives what it cost, name -> (runs,), to be recorded at its step."""


class Game(lightning.LightningModule):
    """Two players, their optimisers, and the running mean of the forger that is shown."""

    def __init__(self, duel: Duel, recipe: Recipe) -> None:
        super().__init__()
        self.automatic_optimization = False
        self.recipe = recipe
        self.losses: Losses = duel.losses
        self.play: Round = duel.round or play_round
        self.forger: nn.Module
        self.detective: nn.Module
        self.forger, self.detective = duel.players(recipe)
        self.average = copy.deepcopy(self.forger).requires_grad_(False) if recipe.average else None
        self.curves: Mapping[str, Tensor] = {}

    @property
    def shown_forger(self) -> nn.Module:
        """The forger that is shown and measured."""
        return self.forger if self.average is None else self.average

    def configure_optimizers(self) -> list[torch.optim.Optimizer]:
        """Adam for the forger, Adam for the detective."""
        players = zip((self.forger, self.detective), self.recipe.learning_rates, strict=True)
        return [torch.optim.Adam(p.parameters(), lr=rate, betas=self.recipe.betas, fused=True) for p, rate in players]

    def training_step(self, deal: Deal, _: int) -> None:
        """One round, then the running mean."""
        share = rate_share(self.recipe, deal.step)
        for optimiser, rate in zip(self.turns(), self.recipe.learning_rates, strict=True):
            optimiser.param_groups[0]["lr"] = rate * share
        self.curves = self.play(self, deal)
        if self.average is not None:
            blend(self.average, self.forger, self.recipe.average)

    def turns(self) -> list[torch.optim.Optimizer]:
        """The optimisers themselves: forger, detective. Lightning's wrappers cost as much as a small network."""
        return list(self.optimizers(use_pl_optimizer=False))  # type: ignore[arg-type]

    def update(self, player: nn.Module, optimiser: torch.optim.Optimizer, loss: Tensor) -> None:
        """One step of one player down its loss; the other player's gradients are not even computed."""
        parameters = list(player.parameters())
        optimiser.zero_grad(set_to_none=True)
        self.manual_backward(loss, inputs=parameters)
        optimiser.step()


def play_round(game: Game, deal: Deal) -> Mapping[str, Tensor]:
    """The detective learns ``critic_steps`` times, then the forger once (Goodfellow et al. 2014, algorithm 1)."""
    forger_turn, detective_turn = game.turns()
    for i, (real, noise) in enumerate(zip(deal.real, deal.noise, strict=False)):
        detective_loss = teach_detective(game, detective_turn, real, noise, deal.step * game.recipe.critic_steps + i)
    forger_loss = teach_forger(game, forger_turn, deal.real[-1], deal.noise[-1])
    return {"forger_loss": forger_loss, "detective_loss": detective_loss}


def teach_detective(game: Game, turn: torch.optim.Optimizer, real: Batch, noise: Tensor, update: int) -> Tensor:
    """One update of the detective; gives its loss (runs,) as it was before, without the penalty.

    The penalty is lazy (Karras et al., "StyleGAN2", 2020, section 3.1): each so-many-th update, as many times
    heavier.
    """
    recipe, losses = game.recipe, game.losses
    with torch.no_grad():
        forged = apply(game.forger, noise, real.labels)
    penalised = recipe.penalty > 0 and update % recipe.penalty_every == 0
    data = real.data.detach().requires_grad_(penalised)
    forged.requires_grad_(penalised)
    on_real, on_forged = apply(game.detective, data, real.labels), apply(game.detective, forged, real.labels)
    loss = losses.detective(on_real, on_forged)
    total = loss.sum()
    if penalised:
        weight = recipe.penalty / 2 * recipe.penalty_every
        total = total + weight * losses.penalty(data, forged, on_real, on_forged).sum()
    game.update(game.detective, turn, total)
    return loss.detach().reshape(-1)


def teach_forger(game: Game, turn: torch.optim.Optimizer, real: Batch, noise: Tensor) -> Tensor:
    """One update of the forger through the detective's eyes; gives its loss (runs,) as it was before."""
    on_forged = apply(game.detective, apply(game.forger, noise, real.labels), real.labels)
    on_real = on_forged
    if game.losses.forger_needs_real:
        with torch.no_grad():
            on_real = apply(game.detective, real.data, real.labels)
    loss = game.losses.forger(on_real, on_forged)
    game.update(game.forger, turn, loss.sum())
    return loss.detach().reshape(-1)


def apply(player: nn.Module, data: Tensor, labels: Tensor | None) -> Tensor:
    """player(data), or player(data, labels) in a world with names."""
    return player(data) if labels is None else player(data, labels)


def rate_share(recipe: Recipe, step: int) -> float:
    """What share of the step sizes the schedule leaves at a step, 1 at first."""
    done = step / recipe.steps
    if recipe.schedule == "cosine":
        return recipe.last_rate + (1 - recipe.last_rate) * (1 + math.cos(math.pi * done)) / 2
    if recipe.schedule == "late_linear":
        return 1 - (1 - recipe.last_rate) * max(0.0, 2 * done - 1)
    return 1.0
