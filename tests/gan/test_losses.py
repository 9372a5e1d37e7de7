"""Each loss against a value worked by hand, and against its formula written out with sigmoid and log."""

from __future__ import annotations

import math

import pytest
import torch

from pipeline.gan import losses

REAL = torch.tensor([[0.3, -1.2, 2.0], [4.0, 0.0, -3.0]], dtype=torch.float64)
FORGED = torch.tensor([[-0.7, 0.4, 1.1], [-2.0, 5.0, 0.5]], dtype=torch.float64)


def test_the_draw_is_ln_4_for_the_detective_and_ln_2_for_the_forger() -> None:
    """A detective that says one half everywhere costs ln 4 = 1.386, and the forger ln 2 = 0.693."""
    nothing = torch.zeros(3, 5)
    assert losses.cross_entropy(nothing, nothing) == pytest.approx([math.log(4)] * 3)
    assert losses.non_saturating(nothing, nothing) == pytest.approx([math.log(2)] * 3)
    assert losses.saturating(nothing, nothing) == pytest.approx([-math.log(2)] * 3)
    assert losses.relativistic_detective(nothing, nothing) == pytest.approx([math.log(2)] * 3)


def test_a_logit_of_ln_3_is_three_quarters() -> None:
    """With D(x) = 3/4 and D(G(z)) = 1/4 the detective pays 2 ln(4/3) and the forger ln 4."""
    real, forged = torch.tensor([[math.log(3)]]), torch.tensor([[-math.log(3)]])
    assert losses.cross_entropy(real, forged).item() == pytest.approx(2 * math.log(4 / 3))
    assert losses.non_saturating(real, forged).item() == pytest.approx(math.log(4))
    assert losses.saturating(real, forged).item() == pytest.approx(math.log(3 / 4))


def test_formulas_written_out_give_the_same() -> None:
    """The stable forms equal -E log D, E log(1 - D) and their kin, term by term."""
    d_real, d_forged = REAL.sigmoid(), FORGED.sigmoid()
    second = {
        losses.cross_entropy: -(d_real.log().mean(-1) + (1 - d_forged).log().mean(-1)),
        losses.smoothed: -(0.9 * d_real.log() + 0.1 * (1 - d_real).log()).mean(-1) - (1 - d_forged).log().mean(-1),
        losses.saturating: (1 - d_forged).log().mean(-1),
        losses.non_saturating: -d_forged.log().mean(-1),
        losses.wasserstein_critic: (FORGED - REAL).mean(-1),
        losses.wasserstein_forger: -FORGED.mean(-1),
        losses.hinge: (1 - REAL).clamp(min=0).mean(-1) + (1 + FORGED).clamp(min=0).mean(-1),
        losses.relativistic_detective: (1 + (FORGED - REAL).exp()).log().mean(-1),
        losses.relativistic_forger: -(FORGED - REAL).sigmoid().log().mean(-1),
    }
    for loss, expected in second.items():
        torch.testing.assert_close(loss(REAL, FORGED), expected, msg=loss.__name__)


def test_the_saturating_game_is_zero_sum() -> None:
    """What the forger of the minimax game wins, the detective loses: their sum does not depend on the forgeries."""
    total = losses.cross_entropy(REAL, FORGED) + losses.saturating(REAL, FORGED)
    torch.testing.assert_close(total, -REAL.sigmoid().log().mean(-1))


def test_the_forger_is_pushed_where_saturation_leaves_it() -> None:
    """At D = 0.0025 the non-saturating gradient is about 1, the saturating one about 0.0025."""
    logit = torch.full((1, 1), -6.0, requires_grad=True)
    (flat,) = torch.autograd.grad(losses.saturating(logit, logit).sum(), logit)
    (steep,) = torch.autograd.grad(losses.non_saturating(logit, logit).sum(), logit)
    assert flat.item() == pytest.approx(-0.00247, abs=1e-4)
    assert steep.item() == pytest.approx(-0.9975, abs=1e-4)


def test_slopes_are_those_of_the_losses() -> None:
    """The two slopes, written out, are the gradients of the two forms at each logit, times the size of the batch."""
    logits = FORGED.clone().requires_grad_(True)
    pairs = ((losses.saturating, losses.saturating_slope), (losses.non_saturating, losses.non_saturating_slope))
    for loss, slope in pairs:
        (gradient,) = torch.autograd.grad(loss(logits, logits).sum(), logits)
        torch.testing.assert_close(slope(FORGED), gradient * FORGED.shape[1])
    both = losses.saturating_slope(FORGED) + losses.non_saturating_slope(FORGED)
    torch.testing.assert_close(both, -torch.ones_like(both))


def test_value_is_one_number_with_two_signs() -> None:
    """V from the forger's side is minus the detective's loss, and both are the fines for two verdicts, added."""
    value = losses.saturating_value(REAL, FORGED)
    torch.testing.assert_close(value, -losses.cross_entropy(REAL, FORGED))
    fines = losses.fine(REAL.sigmoid()).mean(-1) + losses.fine(1 - FORGED.sigmoid()).mean(-1)
    torch.testing.assert_close(value, -fines)


def test_a_fine_of_ln_2_is_paid_for_one_half() -> None:
    """Certain and right costs nothing, one half ln 2, one in a hundred ln 100."""
    paid = losses.fine(torch.tensor([1.0, 0.5, 0.01]))
    assert paid.tolist() == pytest.approx([0.0, math.log(2), math.log(100)])
