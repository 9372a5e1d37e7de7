"""A round whose forger walks downhill in plain strides, and the handicaps that may be laid upon its detective.

The usual forger's Adam gives every gradient, however small, strides of one length; here a stride is the gradient times
the learning rate and nothing else, so that a gradient that dies is a forger that stops. It knows no world.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from pipeline.gan import draws, penalties
from pipeline.gan.losses import Losses
from pipeline.gan.networks import Detective
from pipeline.gan.worlds import World
from pipeline.study import Recipe

if TYPE_CHECKING:
    from pipeline.game import Deal, Game

Fine = Callable[[nn.Module, Tensor, Tensor, Tensor], Tensor]
"""fine(critic, real, forged, share) -> (runs,): added to the critic's loss, times gamma/2."""


def on_originals(critic: nn.Module, real: Tensor, forged: Tensor, share: Tensor) -> Tensor:
    """R1: E |grad f(x)|^2 on real points; Mescheder et al. (2018), equation 9."""
    points = real.detach().requires_grad_(True)
    return penalties.slope(points, critic(points))


def on_both(critic: nn.Module, real: Tensor, forged: Tensor, share: Tensor) -> Tensor:
    """R1 + R2: the same on real and on forged points; Mescheder et al. (2018), equations 9 and 10."""
    return on_originals(critic, real, forged, share) + on_originals(critic, forged, real, share)


def between(critic: nn.Module, real: Tensor, forged: Tensor, share: Tensor) -> Tensor:
    """E (|grad f(x')| - 1)^2 between the two; Gulrajani et al. (2017), equation 3."""
    return penalties.gradient_penalty(critic, real, forged, share)


@dataclass(frozen=True)
class Handicap:
    """What is done to the detective, besides its loss and its rates."""

    fine: Fine | None = None
    """Taxed by the recipe's ``penalty``."""
    fog: tuple[float, float] = (0.0, 0.0)
    """Standard deviation of the noise on all that the detective sees: at first, at last, falling evenly.
    Arjovsky and Bottou (2017), section 3; Sonderby et al., "Amortised MAP Inference" (2017), section 4."""

    def at(self, done: float) -> float:
        """The fog at a share of the run."""
        return self.fog[0] + (self.fog[1] - self.fog[0]) * done


def fogged(points: Tensor, sd: float, seeds: tuple[int, ...], purpose: str, step: int) -> Tensor:
    """x + sd n, n ~ N(0, I), each run from its own dice."""
    if sd == 0:
        return points
    return points + sd * draws.normal(draws.generators(seeds, purpose, step), *points.shape[1:]).to(points)


def downhill(forger: nn.Module, loss: Tensor, rate: float) -> None:
    """theta <- theta - rate * gradient: one stride of plain gradient descent."""
    parameters = list(forger.parameters())
    with torch.no_grad():
        for parameter, slope in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
            parameter.sub_(rate * slope)


def lesson(
    recipe: Recipe, aims: Losses, handicap: Handicap, detective: nn.Module, real: Tensor, forged: Tensor, update: int
) -> tuple[Tensor, Tensor]:
    """What one lesson asks of the detective, (runs,) each: its loss, and the loss with its fine.

    ``update`` counts lessons; those of the head start are negative. It deals fog and the places between.
    """
    round_played = max(update, 0) // recipe.critic_steps
    sd = handicap.at(round_played / recipe.steps)
    originals = fogged(real, sd, recipe.seeds, "fog on originals", update)
    forgeries = fogged(forged.detach(), sd, recipe.seeds, "fog on forgeries", update)
    told = aims.detective(detective(originals), detective(forgeries))
    if handicap.fine is None:
        return told, told
    share = draws.uniform(draws.generators(recipe.seeds, "between", update), real.shape[1], 1).to(real)
    return told, told + recipe.penalty / 2 * handicap.fine(detective, originals, forgeries, share)


def head_start(
    recipe: Recipe, world: World, aims: Losses, handicap: Handicap, forger: nn.Module, detective: nn.Module,
    lessons: int,
) -> None:
    """So many lessons for the detective before the first round, the forger standing still."""
    turn = torch.optim.Adam(detective.parameters(), lr=recipe.learning_rates[1], betas=recipe.betas)
    for update in range(-lessons, 0):
        real = world.sample(recipe.batch_size, draws.generators(recipe.seeds, "head start", update)).data
        dice = draws.generators(recipe.seeds, "head start noise", update)
        forged = forger(draws.normal(dice, recipe.batch_size, recipe.latent_size)).detach()
        turn.zero_grad(set_to_none=True)
        lesson(recipe, aims, handicap, detective, real, forged, update)[1].sum().backward()
        turn.step()


def play_handicapped(game: Game, deal: Deal, handicap: Handicap) -> Mapping[str, Tensor]:
    """The usual round (Goodfellow et al. 2014, algorithm 1) under a handicap, the forger by plain descent."""
    recipe, aims, detective = game.recipe, game.losses, game.detective
    forger_turn, detective_turn = game.turns()
    for i, (real, noise) in enumerate(zip(deal.real, deal.noise, strict=False)):
        with torch.no_grad():
            forged = game.forger(noise)
        told, asked = lesson(recipe, aims, handicap, detective, real.data, forged, deal.step * recipe.critic_steps + i)
        game.update(detective, detective_turn, asked.sum())
    sd = handicap.at(deal.step / recipe.steps)
    seen = fogged(game.forger(deal.noise[-1]), sd, recipe.seeds, "fog before the forger", deal.step)
    loss = aims.forger(detective(deal.real[-1].data), detective(seen))
    downhill(game.forger, loss.sum(), forger_turn.param_groups[0]["lr"])
    return {"forger_loss": loss.detach(), "detective_loss": told.detach()}


class Bounded(Detective):
    """A detective whose logit is nowhere steeper than ``steepest``: W / sigma(W) in each layer.

    sigma is the largest singular value, so |W x| <= |x|, and LeakyReLU stretches nothing. Miyato et al., "Spectral
    Normalization" (2018), equation 8; exact here, since the layers are small.
    """

    def __init__(self, seeds: tuple[int, ...], sizes: tuple[int, ...], *, steepest: float = 1.0) -> None:
        super().__init__(seeds, sizes)
        self.steepest = steepest
        dice = draws.generators(seeds, "bounded")
        with torch.no_grad():  # a layer of zeros, as other detectives end in, has no direction to keep
            self.layers[-1].weight.copy_(draws.normal(dice, sizes[-2], sizes[-1]))  # type: ignore[operator]

    def through(self, x: Tensor) -> Tensor:
        """(runs, batch, in) -> (runs, batch, out)."""
        for index, layer in enumerate(self.layers):
            weight = layer.weight
            assert isinstance(weight, Tensor) and isinstance(layer.bias, Tensor)
            x = torch.baddbmm(layer.bias, x, weight / stretch(weight))
            if index < len(self.layers) - 1:
                x = nn.functional.leaky_relu(x, self.slope)
        return self.steepest * x


def stretch(weight: Tensor) -> Tensor:
    """sigma(W), the largest singular value of each run's (in, out) matrix: the root of the top eigenvalue of W W^T
    (of W^T W where that is smaller); (runs, 1, 1)."""
    gram = weight @ weight.mT if weight.shape[1] <= weight.shape[2] else weight.mT @ weight
    return torch.linalg.eigvalsh(gram)[:, -1].clamp(min=1e-12).sqrt()[:, None, None]
