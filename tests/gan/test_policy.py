"""Policies: chances against counting, the score against the exact slope over all 256 cells, moments by hand."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn.functional import one_hot

from pipeline.gan import draws, policy
from pipeline.gan.networks import Detective

SEEDS = (0, 1)


def a_dot() -> policy.Dot:
    """Two runs of dots on 16 x 16 cells, with chances of all sizes."""
    made = policy.Dot(SEEDS, 16)
    scramble(made)
    return made


def scramble(module: torch.nn.Module) -> None:
    """Give every weight a number from N(0, 1), the same each time."""
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(torch.randn(parameter.shape, generator=torch.Generator().manual_seed(index)))


def every_dot(runs: int) -> Tensor:
    """All 256 dots in the order of the cells, (runs, 256, 32)."""
    cells = torch.arange(256)
    return torch.cat([one_hot(cells // 16, 16), one_hot(cells % 16, 16)], -1).float().expand(runs, -1, -1)


def noise(samples: int, size: int) -> Tensor:
    """z ~ N(0, I), (runs, samples, size)."""
    return draws.normal(draws.generators(SEEDS, "test"), samples, size)


def slopes(loss: Tensor, player: torch.nn.Module) -> Tensor:
    """The gradient of a loss at all of a player's parameters, in one row."""
    return torch.cat([slope.flatten() for slope in torch.autograd.grad(loss, list(player.parameters()))])


def cosine(one: Tensor, other: Tensor) -> float:
    """Of the angle between two directions."""
    return float(one @ other / one.norm() / other.norm())


def test_a_dots_chances_are_those_of_its_table() -> None:
    """exp log pi of each of the 256 dots is its cell of the table, and they sum to one."""
    dot = a_dot()
    chances = dot.log_chance(every_dot(2)).exp()
    torch.testing.assert_close(chances, dot.table()[:, 0])
    torch.testing.assert_close(chances.sum(-1), torch.ones(2))


def test_dots_fall_as_their_table_says() -> None:
    """Of 40,000 dots the share in each cell is its chance, to within five standard deviations."""
    dot, n = a_dot(), 40_000
    thrown = dot(noise(n, 32)).detach()
    found = (thrown[..., :16].argmax(-1) * 16 + thrown[..., 16:].argmax(-1)).numpy()
    chances = dot.table()[:, 0].detach().numpy()
    for cells, p in zip(found, chances, strict=True):
        share = np.bincount(cells, minlength=256) / n
        assert (np.abs(share - p) <= 5 * np.sqrt(p * (1 - p) / n) + 1e-4).all()


def test_prints_are_inked_as_their_table_says() -> None:
    """All sixteen prints of four cells turn up as often as exp log pi says, and these sum to one."""
    sheet, n = policy.Sheet(SEEDS, 4), 40_000
    scramble(sheet)
    prints = torch.tensor(list(product((0.0, 1.0), repeat=4))).expand(2, -1, -1)  # (runs, 16, 4)
    chances = sheet.log_chance(prints).exp()
    torch.testing.assert_close(chances.sum(-1), torch.ones(2))
    thrown = (sheet(noise(n, 4)).detach() @ torch.tensor([8.0, 4.0, 2.0, 1.0])).round().long()
    for cells, p in zip(thrown, chances.detach(), strict=True):
        torch.testing.assert_close(torch.bincount(cells, minlength=16) / n, p, atol=0.012, rtol=0)
    torch.testing.assert_close(sheet.table()[..., 1], sheet.logits[:, 0].sigmoid())


def test_score_alone_follows_the_exact_slope() -> None:
    """Over many dots REINFORCE points where the exact slope of the mean score points, summed over all 256 cells."""
    dot = a_dot()
    critic = Detective(SEEDS, (32, 16, 1))
    scramble(critic)
    scores = policy.reward(critic(every_dot(2))).detach()
    exact = slopes(-(dot.log_chance(every_dot(2)).exp() * scores).sum(), dot)
    thrown = dot(noise(60_000, 32)).detach()
    with torch.no_grad():
        rewards = policy.reward(critic(thrown))
    estimate = slopes(policy.reinforce(dot.log_chance(thrown), rewards).sum(), dot)
    assert cosine(estimate, exact) > 0.98
    assert float(estimate.norm() / exact.norm()) == pytest.approx(1.0, abs=0.05)


def test_straight_through_leans() -> None:
    """The slope through the critic points up the mean score as well, but not exactly, however many dots are thrown."""
    dot = a_dot()
    critic = Detective(SEEDS, (32, 16, 1))
    scramble(critic)
    scores = policy.reward(critic(every_dot(2))).detach()
    exact = slopes(-(dot.log_chance(every_dot(2)).exp() * scores).sum(), dot)
    forged = critic(dot(noise(60_000, 32)))
    found = cosine(slopes(policy.unrewarded(forged, forged).sum(), dot), exact)
    assert 0.3 < found < 0.99


def test_two_prints_by_hand() -> None:
    """Of scores 1 and 0 each is measured against the other: -(1 log p - 1 log q) / 2."""
    chances = torch.tensor([[0.5, 0.25]]).log()
    loss = policy.reinforce(chances, torch.tensor([[1.0, 0.0]]))
    assert float(loss) == pytest.approx(-(math.log(0.5) - math.log(0.25)) / 2)


def test_the_same_score_for_all_teaches_nothing() -> None:
    """A critic that says the same of every forgery has no effect, whatever it says."""
    dot = a_dot()
    thrown = dot(noise(50, 32)).detach()
    loss = policy.reinforce(dot.log_chance(thrown), torch.full((2, 50), 0.7)).sum()
    assert slopes(loss, dot).abs().max() < 1e-6


def test_what_is_thrown_is_hard_and_its_slope_soft() -> None:
    """A forger gives only noughts and ones, and yet every chance of a print feels the critic."""
    sheet = policy.Sheet(SEEDS, 9)
    printed = sheet(noise(20, 9))
    assert set(printed.detach().unique().tolist()) == {0.0, 1.0}
    assert (slopes(printed.sum(), sheet) > 0).all()


def test_noise_has_the_moments_of_its_name() -> None:
    """Gumbel noise has mean 0.5772 and variance pi^2/6, logistic noise mean 0 and variance pi^2/3."""
    z = torch.randn(200_000, dtype=torch.float64, generator=torch.Generator().manual_seed(3))
    for found, mean, variance in (
        (policy.gumbel(z), 0.5772, math.pi**2 / 6),
        (policy.logistic(z), 0.0, math.pi**2 / 3),
    ):
        assert found.isfinite().all()
        assert float(found.mean()) == pytest.approx(mean, abs=0.02)
        assert float(found.var()) == pytest.approx(variance, rel=0.02)
