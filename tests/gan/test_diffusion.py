"""Diffusion: the noise that is added, the loss, and the way back, each by a second route."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn

from pipeline.gan import diffusion, draws
from pipeline.gan.diffusion import Denoiser

STEPS = 50


class Ideal(Denoiser):
    """Says what is to be expected of the noise where the data are N(mean, sd^2): E[epsilon | x_t] in closed form."""

    def __init__(self, mean: float, sd: float) -> None:
        super().__init__((0,), STEPS)
        self.mean, self.sd = mean, sd

    def forward(self, points: Tensor, times: Tensor) -> Tensor:
        """x_t is N(sqrt(a) mean, a sd^2 + 1 - a), and jointly normal with the noise in it."""
        left = diffusion.kept(STEPS)[times].unsqueeze(-1)
        return (1 - left).sqrt() * (points - left.sqrt() * self.mean) / (left * self.sd**2 + 1 - left)


def test_noise_grows_from_nothing_to_nearly_all() -> None:
    """At t = 0 all data are left, at T next to none; each step leaves less, by a cosine."""
    left = diffusion.kept(STEPS)
    assert left.shape == (STEPS + 1,) and left[0] == 1 and 0 < left[-1] < 1e-5
    assert (left.diff() < 0).all()
    turn = (0.5 + 0.008) / 1.008 * math.pi / 2
    start = 0.008 / 1.008 * math.pi / 2
    assert float(left[25]) == pytest.approx((math.cos(turn) / math.cos(start)) ** 2, rel=1e-4)


def test_noising_at_once_is_noising_step_by_step() -> None:
    """Equation 4 agrees with the chain x_t = sqrt(1 - beta_t) x_{t-1} + sqrt(beta_t) epsilon in mean and spread."""
    left = diffusion.kept(STEPS)
    mean, variance = 1.0, 0.0
    for t in range(1, 31):
        beta = 1 - float(left[t] / left[t - 1])
        mean, variance = mean * math.sqrt(1 - beta), variance * (1 - beta) + beta
    data, noise = torch.ones(1), torch.tensor([1.0])
    assert float(diffusion.noised(data, 0 * noise, left[30])) == pytest.approx(mean, rel=1e-4)
    assert float(diffusion.noised(0 * data, noise, left[30])) ** 2 == pytest.approx(variance, rel=1e-4)


def test_error_of_one_who_always_says_nothing_is_one() -> None:
    """By hand: errors 3 and 4 in the plane are 12.5 a number; and for N(0, 1) noise the answer 0 costs 1."""
    noise = torch.tensor([[[3.0, 4.0]]])
    assert diffusion.noise_error(noise, torch.zeros_like(noise)).tolist() == [12.5]
    many = torch.randn(2, 20_000, 2, generator=torch.Generator().manual_seed(0))
    assert diffusion.noise_error(many, torch.zeros_like(many)).tolist() == pytest.approx([1, 1], abs=0.02)


def test_a_step_back_is_the_papers_algorithm() -> None:
    """For s = t - 1 the mean is 1 / sqrt(alpha) (x - beta / sqrt(1 - alpha-bar) epsilon): algorithm 2, line 4."""
    left, t = diffusion.kept(STEPS), 20
    dice = torch.Generator().manual_seed(1)
    points, guessed = torch.randn(2, 1, 5, 2, generator=dice)
    alpha = left[t] / left[t - 1]
    wanted = (points - (1 - alpha) / (1 - left[t]).sqrt() * guessed) / alpha.sqrt()
    stepped = diffusion.step_back(points, guessed, left[t], left[t - 1], torch.zeros_like(points))
    assert torch.allclose(stepped, wanted, atol=1e-5)
    final = diffusion.step_back(points, guessed, left[1], left[0], torch.full_like(points, 1e6))
    assert final.abs().max() < 100  # no noise is added at the last step


def test_clearing_with_the_ideal_guess_gives_the_data_back() -> None:
    """From pure noise to N(0.5, 0.3^2) when the noise is guessed as well as can be; ten strides come out too narrow."""
    start = draws.normal(draws.generators((0,), "shown noise"), 4_000, 2)
    path = diffusion.clear(Ideal(0.5, 0.3), start, (0,))
    assert path.shape == (STEPS + 1, 1, 4_000, 2) and torch.equal(path[0], start)
    assert float(path[-1].mean()) == pytest.approx(0.5, abs=0.02)
    assert float(path[-1].std()) == pytest.approx(0.3, abs=0.03)
    quick = diffusion.clear(Ideal(0.5, 0.3), start, (0,), 10)
    assert len(quick) == 11 and float(quick[-1].mean()) == pytest.approx(0.5, abs=0.02)
    assert 0.15 < float(quick[-1].std()) < float(path[-1].std())


def test_runs_do_not_touch_one_another() -> None:
    """Seed 3 guesses and clears the same alone as beside seed 7."""
    both, alone = Denoiser((3, 7), STEPS), Denoiser((3,), STEPS)
    start = draws.normal(draws.generators((3, 7), "shown noise"), 6, 2)
    together = diffusion.clear(both, start, (3, 7), 5)
    assert torch.allclose(together[:, :1], diffusion.clear(alone, start[:1], (3,), 5), atol=1e-4)


def test_time_is_told_apart() -> None:
    """No two times look the same to the network."""
    seen = diffusion.time_features(torch.arange(STEPS + 1), STEPS)
    assert seen.shape == (STEPS + 1, 2 * diffusion.OCTAVES)
    apart = torch.cdist(seen, seen) + torch.eye(STEPS + 1)
    assert apart.min() > 0.1


def test_nobody_holds_nothing() -> None:
    """The empty chair has a parameter, so that an optimiser takes it, and no number in it."""
    nobody: nn.Module = diffusion.Nobody()
    assert [p.numel() for p in nobody.parameters()] == [0]
