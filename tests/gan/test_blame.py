"""Blame, link by link, against the whole chain and against finite differences."""

from __future__ import annotations

import pytest
import torch

from pipeline.gan import blame, losses
from pipeline.gan.networks import Detective, Forger

SEEDS = (0, 1)


def players() -> tuple[Forger, Detective]:
    """Two small players in double precision, the detective no longer at one half everywhere."""
    forger, detective = Forger(SEEDS, (2, 8, 2)).double(), Detective(SEEDS, (2, 8, 1)).double()
    with torch.no_grad():
        detective.layers[-1].weight.add_(torch.linspace(-1, 1, 8, dtype=torch.float64)[:, None])  # type: ignore[operator]
    return forger, detective


def test_the_chain_is_the_product_of_its_links() -> None:
    """What is pulled at the points, spread by dG/dtheta, is the gradient of the forger's loss in its own numbers."""
    forger, detective = players()
    noise = torch.randn(2, 5, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    forged, weights = forger(noise), list(forger.parameters())
    by_links = torch.autograd.grad(forged, weights, grad_outputs=-blame.pull(detective, forged, losses.non_saturating))
    logits = detective(forger(noise))
    at_once = torch.autograd.grad(losses.non_saturating(logits, logits).sum(), weights)
    for link, whole in zip(by_links, at_once, strict=True):
        torch.testing.assert_close(link, whole)


def test_an_arrow_is_the_slope_felt_by_a_small_step() -> None:
    """The loss of a run changes by minus the arrow times a small displacement of one point."""
    _, detective = players()
    points = torch.tensor([[[0.3, -0.2], [1.0, 0.5]], [[-0.4, 0.1], [0.2, 0.9]]], dtype=torch.float64)
    arrows, nudged = blame.pull(detective, points, losses.saturating), points.clone()
    nudged[1, 0, 1] += 1e-6
    before, after = (losses.saturating(a, a)[1].item() for a in (detective(points), detective(nudged)))
    assert (after - before) / 1e-6 == pytest.approx(-arrows[1, 0, 1].item(), rel=1e-4)


def test_along_is_a_cosine() -> None:
    """The same way is 1, a right angle 0, straight back -1, whatever the lengths."""
    told = torch.tensor([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]])
    went = torch.tensor([[0.1, 0.0], [0.0, 5.0], [-2.0, 0.0]])
    assert blame.along(told, went).tolist() == pytest.approx([1.0, 0.0, -1.0])
