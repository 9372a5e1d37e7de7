"""Diffusion on points: noise is added in T small steps, and one network learns to say which noise it was.

There is no opponent. Runs lie side by side as elsewhere, points are (runs, batch, dim), and time t counts from 0
(data) to T (noise). It knows no world and keeps no record.

Sources: Ho et al., "Denoising Diffusion Probabilistic Models" (2020, arXiv:2006.11239), whose equations are cited;
Nichol and Dhariwal, "Improved Denoising Diffusion Probabilistic Models" (2021, arXiv:2102.09672), for how the noise
grows and for the sampling in fewer strides (sections 3.2 and 4).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.gan import draws
from pipeline.gan.networks import SideBySide

if TYPE_CHECKING:
    from pipeline.game import Deal, Game

OCTAVES = 4
"""Pairs of sine and cosine that tell the network the time, each twice as quick as the one before."""


class Denoiser(nn.Module):
    """epsilon(x_t, t): which noise is in these points?"""

    def __init__(
        self, seeds: Sequence[int], steps: int, dim: int = 2, hidden: Sequence[int] = (64, 64, 64), gain: float = 4.0
    ) -> None:
        """``gain`` multiplies the first weights: a small network is blind to fine detail without it."""
        super().__init__()
        dice = draws.generators(seeds, "denoiser")
        sizes = (dim + 2 * OCTAVES, *hidden, dim)
        self.steps = steps
        self.layers = nn.ModuleList(SideBySide(i, o, dice) for i, o in zip(sizes, sizes[1:], strict=False))
        with torch.no_grad():
            self.layers[0].weight.mul_(gain)  # type: ignore[operator]

    def forward(self, points: Tensor, times: Tensor) -> Tensor:
        """points (runs, batch, dim), times (runs, batch) -> the noise guessed in each point, (runs, batch, dim)."""
        x = torch.cat([points, time_features(times, self.steps)], -1)
        *hidden, last = self.layers
        for layer in hidden:
            x = functional.silu(layer(x))
        return last(x)


class Nobody(nn.Module):
    """The empty chair across the table. It has a weight of no numbers, since an optimiser refuses to hold none."""

    def __init__(self) -> None:
        super().__init__()
        self.nothing = nn.Parameter(torch.zeros(0))


def time_features(times: Tensor, steps: int) -> Tensor:
    """sin and cos of pi 2^k t / T for k < OCTAVES, (..., 2 OCTAVES)."""
    turns = times.unsqueeze(-1) * (math.pi / steps) * 2.0 ** torch.arange(OCTAVES, device=times.device)
    return torch.cat([turns.sin(), turns.cos()], -1)


def kept(steps: int) -> Tensor:
    """How much of the data's power is left at each time: alpha-bar_t, (steps + 1,), 1 at t = 0, nearly 0 at T.

    alpha-bar_t = f(t) / f(0), f(t) = cos^2(pi/2 (t/T + s) / (1 + s)) with s = 0.008, and no step takes more than
    0.999 of what is left: Nichol and Dhariwal (2021), equation 17. The noise then clears evenly.
    """
    turn = (torch.arange(steps + 1, dtype=torch.float64) / steps + 0.008) / 1.008 * (math.pi / 2)
    asked = (turn.cos() / turn[0].cos()).square()
    taken = (1 - asked[1:] / asked[:-1]).clamp(max=0.999)
    return torch.cat([torch.ones(1, dtype=torch.float64), (1 - taken).cumprod(0)]).float()


def noised(data: Tensor, noise: Tensor, left: Tensor) -> Tensor:
    """x_t = sqrt(alpha-bar_t) x_0 + sqrt(1 - alpha-bar_t) epsilon; Ho et al. (2020), equation 4."""
    return left.sqrt() * data + (1 - left).sqrt() * noise


def noise_error(noise: Tensor, guessed: Tensor) -> Tensor:
    """E |epsilon - epsilon_theta(x_t, t)|^2 / dim, (runs,): 1 for a network that always answers 0.

    Ho et al. (2020), equation 14, there without the division.
    """
    return (noise - guessed).square().mean((-2, -1))


def teach_denoiser(game: Game, deal: Deal) -> Mapping[str, Tensor]:
    """One round without an opponent; gives its loss (runs,) as it was before. Ho et al. (2020), algorithm 1."""
    denoiser = game.forger
    assert isinstance(denoiser, Denoiser)
    data, noise = deal.real[0].data, deal.noise[0]  # (runs, batch, dim)
    dice = draws.generators(game.recipe.seeds, "time", deal.step)
    times = draws.integers(dice, denoiser.steps, data.shape[1]).to(data.device) + 1  # (runs, batch), 1 .. T
    left = kept(denoiser.steps).to(data.device)[times].unsqueeze(-1)
    loss = noise_error(noise, denoiser(noised(data, noise, left), times))
    game.update(denoiser, game.turns()[0], loss.sum())
    return {"noise_error": loss.detach()}


def step_back(points: Tensor, guessed: Tensor, now: Tensor, then: Tensor, fresh: Tensor) -> Tensor:
    """From x_t to x_s, s < t, both times given by their alpha-bar, with the noise that was guessed in x_t.

    x_0 = (x_t - sqrt(1 - a_t) epsilon) / sqrt(a_t), and for s = t - 1 it is algorithm 2 of Ho et al. (2020).
    """
    return towards((points - (1 - now).sqrt() * guessed) / now.sqrt(), points, now, then, fresh)


def towards(clean: Tensor, points: Tensor, now: Tensor, then: Tensor, fresh: Tensor) -> Tensor:
    """From x_t to x_s: q(x_s | x_t, x_0) at the x_0 that was guessed, both times given by their alpha-bar.

    With b = 1 - a_t / a_s, mean = sqrt(a_s) b / (1 - a_t) x_0 + sqrt(1 - b) (1 - a_s) / (1 - a_t) x_t,
    variance = (1 - a_s) / (1 - a_t) b; Ho et al. (2020), equations 6 and 7.
    """
    added = 1 - now / then
    mean = (then.sqrt() * added * clean + (1 - added).sqrt() * (1 - then) * points) / (1 - now)
    return mean + ((1 - then) / (1 - now) * added).sqrt() * fresh


@torch.no_grad()
def clear(denoiser: Denoiser, start: Tensor, seeds: Sequence[int], strides: int | None = None) -> Tensor:
    """From pure noise (runs, n, dim) to samples: every x on the way, (strides + 1, runs, n, dim), the noise first.

    Each stride costs one evaluation of the network. ``strides`` evenly spread over the T steps; None takes all.
    """
    steps = denoiser.steps
    count = steps if strides is None else strides
    times = [round(steps * (count - i) / count) for i in range(count + 1)]  # T .. 0
    left = kept(steps).to(start.device)
    path = [start]
    for now, then in zip(times, times[1:], strict=False):
        fresh = draws.normal(draws.generators(seeds, "sampling", now), *start.shape[1:]).to(start.device)
        guessed = denoiser(path[-1], torch.full(start.shape[:2], now, device=start.device))
        path.append(step_back(path[-1], guessed, left[now], left[then], fresh))
    return torch.stack(path)
