"""Handicaps: the bound against singular values and slopes, fines against the penalties, the stride by hand."""

from __future__ import annotations

import pytest
import torch

from pipeline.gan import draws, handicaps, losses, penalties, worlds
from pipeline.gan.handicaps import Bounded, Handicap
from pipeline.gan.networks import Detective, Forger
from pipeline.study import Recipe

RECIPE = Recipe(steps=10, batch_size=8, latent_size=2, learning_rates=(0.1, 1e-2), seeds=(0, 1))


def test_stretch_is_the_largest_singular_value() -> None:
    """By singular value decomposition, wide and tall matrices alike, it is what the eigenvalues give."""
    for shape in ((3, 2, 16), (3, 16, 16), (3, 16, 1)):
        weight = torch.randn(shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
        expected = torch.linalg.svdvals(weight)[:, 0]
        torch.testing.assert_close(handicaps.stretch(weight)[:, 0, 0], expected)


def test_a_bounded_detective_is_nowhere_steeper_than_its_bound() -> None:
    """Its slopes by autograd stay at or under the bound, however large its weights are made."""
    detective = Bounded((0, 1), (2, 16, 16, 1), steepest=3.0)
    with torch.no_grad():
        for parameter in detective.parameters():
            parameter.mul_(50.0)
    x = torch.randn(2, 200, 2, generator=torch.Generator().manual_seed(2), requires_grad=True)
    (slopes,) = torch.autograd.grad(detective(x).sum(), x)
    assert slopes.norm(dim=-1).max() <= 3.0 * (1 + 1e-5)
    assert slopes.norm(dim=-1).max() > 0.1


def test_fines_are_the_penalties() -> None:
    """Each fine equals its penalty, computed from logits already at hand."""
    detective = Bounded((0, 1), (2, 8, 1))
    real, forged = (torch.randn(2, 6, 2, requires_grad=True) for _ in range(2))
    share = torch.rand(2, 6, 1)
    given = (real, forged, detective(real), detective(forged))
    torch.testing.assert_close(handicaps.on_originals(detective, real, forged, share), penalties.r1(*given))
    torch.testing.assert_close(handicaps.on_both(detective, real, forged, share), penalties.r1_r2(*given))
    expected = penalties.gradient_penalty(detective, real, forged, share)
    torch.testing.assert_close(handicaps.between(detective, real, forged, share), expected)


def test_fog_has_its_standard_deviation_and_thins_evenly() -> None:
    """Fog of 0.5 moves points by 0.5, its half-way thickness is the mean of both ends, and no fog is no change."""
    points = torch.zeros(2, 20_000, 2)
    fogged = handicaps.fogged(points, 0.5, (0, 1), "test", 3)
    assert fogged.std(dim=(1, 2)).tolist() == pytest.approx([0.5, 0.5], rel=0.02)
    assert handicaps.fogged(points, 0.0, (0, 1), "test", 3) is points
    assert Handicap(fog=(1.0, 0.2)).at(0.5) == pytest.approx(0.6)


def test_a_stride_downhill_is_the_rate_times_the_slope() -> None:
    """For the loss sum of a w with slope a, w moves by -rate a."""
    layer = torch.nn.Linear(3, 1, bias=False)
    before, slope = layer.weight.detach().clone(), torch.tensor([[1.0, -2.0, 0.5]])
    handicaps.downhill(layer, (layer.weight * slope).sum(), 0.1)
    torch.testing.assert_close(layer.weight.detach(), before - 0.1 * slope)


def test_a_head_start_teaches_the_detective_alone() -> None:
    """After some lessons the detective's loss is lower than at first, and the forger is where it was."""
    forger, detective = Forger((0, 1), (2, 8, 2), start=2.0), Detective((0, 1), (2, 8, 1))
    before = [parameter.clone() for parameter in forger.parameters()]
    handicaps.head_start(RECIPE, worlds.ring(), losses.CLASSIC, Handicap(), forger, detective, 20)
    assert all(torch.equal(a, b) for a, b in zip(before, forger.parameters(), strict=True))
    real = worlds.ring().sample(50, draws.generators((0, 1), "test")).data
    forged = forger(draws.normal(draws.generators((0, 1), "noise"), 50, 2))
    assert losses.cross_entropy(detective(real), detective(forged)).max() < 1.3
