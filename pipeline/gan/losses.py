"""What each player wants, as pure functions of what the detective says (logits a, so D = sigmoid(a)).

Each takes the logits on real and on forged points, (runs, batch) or (batch,), and gives the mean over
the last axis: one number a run, in nats. They know no network, so each can be checked by hand.
With a = logit: -log D = softplus(-a), -log(1 - D) = softplus(a).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import relu, softplus

from pipeline.gan import penalties

Loss = Callable[[Tensor, Tensor], Tensor]
"""loss(real logits, forged logits) -> (runs,)."""


@dataclass(frozen=True)
class Losses:
    """The aims of both players, each to be made small."""

    forger: Loss
    detective: Loss
    penalty: penalties.Penalty = penalties.r1
    """Added to the detective's loss where the recipe's ``penalty`` is not 0."""
    forger_needs_real: bool = False
    """True where the forger's loss looks at the real logits too (relativistic pairing)."""


def fine(probability: Tensor) -> Tensor:
    """-log p of the probability p given to what was true: nought for certainty, without limit for certain error.

    Binary cross-entropy of a single verdict; Goodfellow et al. (2014), equation 1, term by term.
    """
    return -probability.log()


def cross_entropy(real: Tensor, forged: Tensor) -> Tensor:
    """-E log D(x) - E log(1 - D(G(z))): the detective's loss, ln 4 = 1.386 where it can but guess.

    Goodfellow et al., "Generative Adversarial Nets" (2014), equation 1, with the sign turned.
    """
    return softplus(-real).mean(-1) + softplus(forged).mean(-1)


def smoothed(real: Tensor, forged: Tensor) -> Tensor:
    """-E [0.9 log D(x) + 0.1 log(1 - D(x))] - E log(1 - D(G(z))): the detective is taught 0.9 on originals, never 1.

    One-sided label smoothing; Salimans et al., "Improved Techniques for Training GANs" (2016), section 3.4.
    """
    return (0.9 * softplus(-real) + 0.1 * softplus(real)).mean(-1) + softplus(forged).mean(-1)


def saturating(real: Tensor, forged: Tensor) -> Tensor:
    """E log(1 - D(G(z))): the forger's loss of the minimax game, -ln 2 at a draw.

    Goodfellow et al. (2014), equation 1; flat where D is sure, hence the next.
    """
    return -softplus(forged).mean(-1)


def non_saturating(real: Tensor, forged: Tensor) -> Tensor:
    """-E log D(G(z)): the forger's loss in use, ln 2 = 0.693 at a draw.

    Goodfellow et al. (2014), section 3, last paragraph.
    """
    return softplus(-forged).mean(-1)


def saturating_value(real: Tensor, forged: Tensor) -> Tensor:
    """V = E log D(x) + E log(1 - D(G(z))), from the forger's side: ``saturating`` and the term it cannot touch.

    Goodfellow et al. (2014), equation 1; -ln 4 at a draw, and the detective's loss with the sign turned.
    """
    return saturating(real, forged) - softplus(-real).mean(-1)


def saturating_slope(forged: Tensor) -> Tensor:
    """-sigma(a) at each logit a: what one verdict adds to the slope of ``saturating``, before the mean."""
    return -forged.sigmoid()


def non_saturating_slope(forged: Tensor) -> Tensor:
    """-(1 - sigma(a)) at each logit a: the same of ``non_saturating``."""
    return -(-forged).sigmoid()


def wasserstein_critic(real: Tensor, forged: Tensor) -> Tensor:
    """E f(G(z)) - E f(x): the critic's loss; Arjovsky et al., "Wasserstein GAN" (2017), equation 2, negated."""
    return forged.mean(-1) - real.mean(-1)


def wasserstein_forger(real: Tensor, forged: Tensor) -> Tensor:
    """-E f(G(z)); Arjovsky et al. (2017), algorithm 1."""
    return -forged.mean(-1)


def hinge(real: Tensor, forged: Tensor) -> Tensor:
    """E max(0, 1 - f(x)) + E max(0, 1 + f(G(z))); Lim and Ye, "Geometric GAN" (2017), equation 8."""
    return relu(1 - real).mean(-1) + relu(1 + forged).mean(-1)


def relativistic_detective(real: Tensor, forged: Tensor) -> Tensor:
    """E log(1 + exp(-(f(x) - f(G(z))))): real beside forged, pair by pair.

    Jolicoeur-Martineau, "The relativistic discriminator" (2018), equation 5; as in Huang et al.,
    "R3GAN" (2024), equation 2. Only differences count, so f is no probability.
    """
    return softplus(forged - real).mean(-1)


def relativistic_forger(real: Tensor, forged: Tensor) -> Tensor:
    """E log(1 + exp(-(f(G(z)) - f(x)))): the same with the sides exchanged; Jolicoeur-Martineau (2018), equation 6."""
    return softplus(real - forged).mean(-1)


CLASSIC = Losses(non_saturating, cross_entropy)
"""The game as it is mostly played: non-saturating forger, cross-entropy detective, R1 where asked."""
RELATIVISTIC = Losses(relativistic_forger, relativistic_detective, penalties.r1_r2, forger_needs_real=True)
"""R3GAN's game: relativistic pairing, with R1 and R2."""
