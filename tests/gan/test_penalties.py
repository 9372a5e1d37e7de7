"""R1 against a slope known by hand, and against finite differences."""

from __future__ import annotations

import pytest
import torch

from pipeline.gan import penalties
from pipeline.gan.networks import Detective


def test_r1_of_a_plane_is_its_squared_slope() -> None:
    """For a(x) = 3 x1 - 4 x2 the mean squared gradient is 25 in every run."""
    x = torch.randn(2, 7, 2, requires_grad=True)
    logits = x @ torch.tensor([3.0, -4.0])
    assert penalties.r1(x, x, logits, logits) == pytest.approx([25.0, 25.0])
    assert penalties.r1_r2(x, x, logits, logits) == pytest.approx([50.0, 50.0])


def test_r1_agrees_with_finite_differences() -> None:
    """The mean over points of |grad a|^2, by central differences of the logits, is what autograd gives."""
    detective = _bent()
    x = torch.randn(2, 5, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(1), requires_grad=True)
    exact = penalties.r1(x, x, detective(x), detective(x))
    step = 1e-6
    slopes = [
        (detective(x + step * axis) - detective(x - step * axis)) / (2 * step) for axis in torch.eye(2, dtype=x.dtype)
    ]
    torch.testing.assert_close(exact, sum(s.square() for s in slopes).mean(-1), rtol=1e-6, atol=1e-9)


def test_a_packed_detective_is_penalised_in_the_joined_sample() -> None:
    """With two points at once the squared slope is that of both together: twice that of one for a plain sum."""
    x = torch.randn(1, 6, 2, requires_grad=True)
    logits = x.sum(-1).reshape(1, 3, 2).sum(-1)  # (runs, batch / 2)
    assert penalties.r1(x, x, logits, logits) == pytest.approx([4.0])


def test_r1_can_be_learnt_from() -> None:
    """The penalty is differentiable in the detective's weights: a step down lowers it."""
    detective = _bent()
    x = torch.randn(2, 64, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(2), requires_grad=True)
    before = penalties.r1(x, x, detective(x), detective(x)).sum()
    optimiser = torch.optim.SGD(detective.parameters(), lr=1e-3)
    before.backward()
    optimiser.step()
    assert penalties.r1(x, x, detective(x), detective(x)).sum() < before


def test_gradient_penalty_of_a_plane_is_known() -> None:
    """For f(x) = 3 x1 - 4 x2 the slope is 5 everywhere and the penalty (5 - 1)^2, wherever one looks."""
    real, forged = torch.randn(2, 7, 2), torch.randn(2, 7, 2)
    fine = penalties.gradient_penalty(lambda x: x @ torch.tensor([3.0, -4.0]), real, forged, torch.rand(2, 7, 1))
    assert fine == pytest.approx([16.0, 16.0])


def test_gradient_penalty_agrees_with_finite_differences() -> None:
    """Taken on the way between both samples, by central differences, it is what autograd gives."""
    detective, dice = _bent(), torch.Generator().manual_seed(3)
    real, forged = (torch.randn(2, 5, 2, dtype=torch.float64, generator=dice) for _ in range(2))
    share = torch.rand(2, 5, 1, dtype=torch.float64, generator=dice)
    exact = penalties.gradient_penalty(detective, real, forged, share)
    x, step = forged + share * (real - forged), 1e-6
    slopes = [
        (detective(x + step * axis) - detective(x - step * axis)) / (2 * step) for axis in torch.eye(2, dtype=x.dtype)
    ]
    length = (slopes[0] ** 2 + slopes[1] ** 2).sqrt()
    torch.testing.assert_close(exact, ((length - 1) ** 2).mean(-1), rtol=1e-6, atol=1e-9)


def _bent() -> Detective:
    """A detective in double precision whose last layer is not zero."""
    detective = Detective((0, 1), (2, 16, 16, 1), gain=3.0).double()
    torch.nn.init.normal_(detective.layers[-1].weight, generator=torch.Generator().manual_seed(0))  # type: ignore[arg-type]
    return detective
