"""What keeps a detective smooth: penalties on the slope of its judgement.

A penalty takes both samples and the logits already computed on them, and gives one number a run,
before the factor gamma/2 of the recipe. It needs the samples to require gradients.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

Penalty = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]
"""penalty(real data, forged data, real logits, forged logits) -> (runs,)."""


def slope(data: Tensor, logits: Tensor) -> Tensor:
    """E |grad_x a(x)|^2, (runs,): the mean square slope of the logits at the data, still differentiable.

    Points of one run do not touch another's logits, so one backward pass serves all. Where a
    detective sees n samples together, its slope is that in the n samples joined.
    """
    (gradient,) = torch.autograd.grad(logits.sum(), data, create_graph=True)
    return gradient.square().reshape(*logits.shape, -1).sum(-1).mean(-1)


def r1(real: Tensor, forged: Tensor, real_logits: Tensor, forged_logits: Tensor) -> Tensor:
    """E_x |grad a(x)|^2 on real points; times gamma/2 it is R1.

    Mescheder et al., "Which Training Methods for GANs do actually Converge?" (2018), equation 9.
    """
    return slope(real, real_logits)


def r1_r2(real: Tensor, forged: Tensor, real_logits: Tensor, forged_logits: Tensor) -> Tensor:
    """The same on real and on forged points, added: R1 + R2; Mescheder et al. (2018), equations 9 and 10."""
    return slope(real, real_logits) + slope(forged, forged_logits)


def gradient_penalty(critic: Callable[[Tensor], Tensor], real: Tensor, forged: Tensor, share: Tensor) -> Tensor:
    """E (|grad f(x')| - 1)^2 at x' = s x + (1 - s) G(z), (runs,): a slope of one on the way between both samples.

    ``share`` s in [0, 1], (runs, batch, 1), is drawn evenly. Gulrajani et al., "Improved Training of Wasserstein
    GANs" (2017), equation 3, before their factor lambda.
    """
    between = (share * real + (1 - share) * forged).detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    return (gradient.norm(dim=-1) - 1).square().mean(-1)
