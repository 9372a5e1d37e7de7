"""The printed formulas of the second part, chapter by chapter, each with its function and its second way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from scipy.optimize import linprog

from pipeline.gan import blame, losses, transport
from pipeline.gan.networks import Detective, Forger
from tests.gan.printed import FORGED, LOGITS, NOISE, ON_FORGED, ON_REAL, ORIGINALS, Row, agree, at_each, says

# 09: one verdict, traced back through both players, in double precision


def slopes(function: Callable[[torch.Tensor], torch.Tensor], at: torch.Tensor) -> np.ndarray:
    """The Jacobian (out, in) by small steps to both sides."""
    columns = []
    for nudge in 1e-6 * torch.eye(at.numel(), dtype=at.dtype):
        up, down = (function(at + way * nudge.reshape(at.shape)).flatten() for way in (1, -1))
        columns.append(((up - down) / 2e-6).detach().numpy())
    return np.stack(columns, -1)


def chain(printed: str) -> None:
    """The links, each by small steps, multiply to the gradient by backpropagation; the first two to an arrow."""
    forger, detective = Forger((0,), (2, 4, 2)).double(), Detective((0,), (2, 8, 1)).double()
    torch.nn.init.constant_(detective.layers[-1].weight, 0.7)  # type: ignore[arg-type]
    noise = torch.tensor([[[0.4, -1.1]]], dtype=torch.float64)
    weights = torch.nn.utils.parameters_to_vector(forger.parameters()).detach()

    def made(theta: torch.Tensor) -> torch.Tensor:
        names = [name for name, _ in forger.named_parameters()]
        parts = torch.split(theta, [p.numel() for p in forger.parameters()])
        shaped = (part.reshape(p.shape) for part, p in zip(parts, forger.parameters(), strict=True))
        return torch.func.functional_call(forger, dict(zip(names, shaped, strict=True)), (noise,))  # type: ignore[no-any-return]

    point = made(weights)
    by_verdict = slopes(losses.fine, detective(point).sigmoid())
    by_place = slopes(lambda x: detective(x).sigmoid(), point)
    says(
        {
            r"\frac{\partial L_G}{\partial \theta}": whole_gradient(forger, detective, noise),
            r"\frac{\partial L_G}{\partial D}": by_verdict,
            r"\frac{\partial D}{\partial x}": by_place,
            r"\frac{\partial G(z)}{\partial \theta}": slopes(made, weights),
        },
        within=1e-7,
    )(printed)
    agree(by_verdict @ by_place, -blame.pull(detective, point, losses.non_saturating)[0].numpy(), 1e-7)


def whole_gradient(forger: Forger, detective: Detective, noise: torch.Tensor) -> np.ndarray:
    """dL_G/dtheta (1, weights), by backpropagation through both."""
    logits = detective(forger(noise))
    found = torch.autograd.grad(losses.non_saturating(logits, logits).sum(), list(forger.parameters()))
    return torch.cat([each.flatten() for each in found]).numpy()[None]


# 10: single verdicts

SCORE = r"\frac{\partial L_G^{\text{%s}}}{\partial a}"


def slopes_of_both_forms(printed: str) -> None:
    """At each logit the print agrees with small steps along each loss, and with the function of its slope."""
    forms = {"sat": (losses.saturating, losses.saturating_slope)}
    forms["ns"] = (losses.non_saturating, losses.non_saturating_slope)
    for a in LOGITS:
        at = torch.tensor([a])
        names: dict[str, Any] = {"a": a, r"\sigma": lambda score: 1 / (1 + np.exp(-score))}
        for name, (form, slope) in forms.items():
            names[SCORE % name] = float(slopes(lambda x, form=form: form(x, x), at)[0, 0])  # type: ignore[misc]
            agree(names[SCORE % name], slope(at), 1e-7)
        says(names, within=1e-7)(printed)


NOTHING = torch.full((1,), -torch.inf, dtype=torch.float64)
"""The logits of a heap that costs the detective nothing."""
ON_ORIGINAL = [({"x": x}, losses.cross_entropy(torch.tensor([LOGITS[x]]), NOTHING).item()) for x in ORIGINALS]
ON_FORGERY = [
    ({"z": z}, losses.cross_entropy(-NOTHING, torch.tensor([LOGITS[x]])).item())
    for z, x in zip(NOISE, FORGED, strict=True)
]

# 11: two heaps of four points on the plane

HERE = np.array([[0.0, 0.0], [1.0, 0.2], [0.3, 1.1], [-0.8, 0.4]])
THERE = np.array([[2.0, 0.1], [2.5, 1.0], [1.7, -0.6], [0.2, 0.9]])
BOTH = np.concatenate([HERE, THERE])


def best_heights() -> np.ndarray:
    """Of all heights at the eight points, none steeper than one between two of them, those that differ most."""
    ways = [(i, j) for i in range(8) for j in range(8) if i != j]
    steep = np.array([np.eye(8)[i] - np.eye(8)[j] for i, j in ways])
    far = np.array([np.linalg.norm(BOTH[i] - BOTH[j]) for i, j in ways])
    aim = np.repeat([-1 / 4, 1 / 4], 4)
    return np.asarray(linprog(aim, A_ub=steep, b_ub=far, bounds=[(0, None)] * 8).x)


def landscape(heights: np.ndarray) -> Callable[[np.ndarray], float]:
    """A critic on the whole plane through these heights, nowhere steeper than one (McShane's extension)."""
    return lambda x: float((heights + np.linalg.norm(BOTH - x, axis=-1)).min())


def cone(centre: np.ndarray) -> Callable[[np.ndarray], float]:
    """A critic as steep as it may be: the distance from a point."""
    return lambda x: float(np.linalg.norm(x - centre))


BEST = landscape(best_heights())
HEIGHTS = [torch.tensor([BEST(x) for x in heap], dtype=torch.float64) for heap in (HERE, THERE)]

ROWS = (
    Row(
        "09",
        r"\frac{\partial L_G}{\partial \theta} = \frac{\partial L_G}{\partial D}\,\frac{\partial D}{\partial x}\,"
        r"\frac{\partial G(z)}{\partial \theta}",
        (blame.pull, losses.non_saturating),
        chain,
    ),
    Row(
        "10",
        r"\ell(p) = -\log p",
        (losses.fine,),
        says({r"\ell": lambda p: losses.fine(torch.tensor(p, dtype=torch.float64)).item(), "p": 0.07}),
    ),
    Row("10", r"-\log D(x)", (losses.cross_entropy,), at_each(*ON_ORIGINAL)),
    Row("10", r"-\log(1 - D(G(z)))", (losses.cross_entropy,), at_each(*ON_FORGERY)),
    Row(
        "10",
        r"L_G^{\text{sat}} = \mathbb{E}_{z}\bigl[\log\bigl(1 - D(G(z))\bigr)\bigr]",
        (losses.saturating,),
        says({r"L_G^{\text{sat}}": losses.saturating(ON_REAL, ON_FORGED).item()}),
    ),
    Row(
        "10",
        r"L_G^{\text{ns}} = -\mathbb{E}_{z}\bigl[\log D(G(z))\bigr]",
        (losses.non_saturating,),
        says({r"L_G^{\text{ns}}": losses.non_saturating(ON_REAL, ON_FORGED).item()}),
    ),
    Row(
        "10",
        r"\begin{aligned} \frac{\partial L_G^{\text{sat}}}{\partial a} &= -\sigma(a), \\"
        r" \frac{\partial L_G^{\text{ns}}}{\partial a} &= -\bigl(1 - \sigma(a)\bigr) \end{aligned}",
        (losses.saturating_slope, losses.non_saturating_slope),
        slopes_of_both_forms,
    ),
    Row(
        "11",
        r"\begin{aligned} W(p_{\text{data}}, p_G) &= \max_{\lVert D \rVert_L \le 1} \;"
        r" \mathbb{E}_{x \sim p_{\text{data}}}[D(x)] \\ &\qquad - \mathbb{E}_{z}[D(G(z))] \end{aligned}",
        (losses.wasserstein_critic, transport.cost),
        says(
            {
                "W": transport.cost,
                r"p_{\text{data}}": HERE,
                "p_G": THERE,
                "D": BEST,  # so that the reader knows it for a function; the cases below say which
                "G": lambda z: z,
                r"\max_{\lVert D \rVert_L \le 1}": [{"D": each} for each in (BEST, *map(cone, BOTH))],
                r"\mathbb{E}_{x \sim p_{\text{data}}}": [{"x": x} for x in HERE],
                r"\mathbb{E}_{z}": [{"z": z} for z in THERE],
            },
            also=[-losses.wasserstein_critic(*HEIGHTS).item()],
        ),
    ),
)
