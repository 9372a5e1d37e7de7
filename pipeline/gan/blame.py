"""How blame travels: from the forger's loss through the detective into each forged point.

The chain rule, link by link: dL/dtheta = dL/dD . dD/dx . dG(z)/dtheta. What is taken here is the product of the
first two, the last thing that can still be seen before it is spread over the forger's own numbers. It knows
no study and no optimiser; nothing it is given is changed.

Source: Goodfellow et al., "Generative Adversarial Nets" (2014), algorithm 1.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from pipeline.gan.losses import Loss


def pull(detective: Callable[[Tensor], Tensor], forged: Tensor, loss: Loss) -> Tensor:
    """-dL_G/dx at each forged point, (runs, batch, dim): where it should go, for the mean over the batch to fall."""
    with torch.enable_grad():
        points = forged.detach().requires_grad_(True)
        logits = detective(points)
        (slope,) = torch.autograd.grad(loss(logits, logits).sum(), points)
    return -slope


def along(wanted: Tensor, moved: Tensor) -> Tensor:
    """Cosine between what each point was told and where it went, (..., dim) twice -> (...)."""
    return torch.nn.functional.cosine_similarity(wanted, moved, dim=-1)
