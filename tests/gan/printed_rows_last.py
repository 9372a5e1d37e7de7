"""The printed formulas of chapters 13 and 14, each with its function and its second way."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from scipy import stats
from scipy.optimize import brentq

from pipeline.gan import policy, sheet
from tests.gan import latex
from tests.gan.printed import Row, agree, says

# 13: a dot on two by two cells, in double precision; everything that could be made is four things

MADE = range(4)
SCORES = np.array([0.9, 0.2, 0.55, 0.1])
DOT = policy.Dot((0,), 2).double()
with torch.no_grad():
    DOT.rows.copy_(torch.tensor([[[0.4, -0.3]]]))
    DOT.columns.copy_(torch.tensor([[[0.2, 0.7], [-0.5, 0.1]]]))
CHOICES = torch.nn.utils.parameters_to_vector(DOT.parameters()).detach()
CELLS = torch.tensor([[[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1]]], dtype=torch.float64)


def chances(choices: torch.Tensor) -> Any:
    """pi(x) of the four cells under some choices: a function of the cell."""
    rows, columns = choices[:2].softmax(0), choices[2:].reshape(2, 2).softmax(1)
    table = (rows[:, None] * columns).flatten().numpy()
    return lambda x: table[x]


def slope(body: latex.Meaning, names: latex.Names) -> Any:
    """By small steps of each of the six numbers of the policy, to both sides."""
    columns = []
    for nudge in 1e-6 * torch.eye(len(CHOICES), dtype=torch.float64):
        up, down = (body({**names, r"\pi": chances(CHOICES + way * nudge)}) for way in (1, -1))
        columns.append((up - down) / 2e-6)
    return np.array(columns)


def on_average(body: latex.Meaning, names: latex.Names) -> Any:
    """Over all that could be made, by its chance."""
    return sum(names[r"\pi"](x) * body({**names, "x": x}) for x in MADE)


POLICY = {
    "D": lambda x: SCORES[x],
    "b": 0.37,
    r"\pi": chances(CHOICES),
    r"\nabla": slope,
    r"\mathbb{E}": on_average,
    r"\sum_x": [{"x": x} for x in MADE],
}


BATCHES = [list(batch) for batch in itertools.product(MADE, repeat=3)]


def estimate(batch: list[int]) -> np.ndarray:
    """Minus the slope of the loss in use, for a batch of three."""
    loss = policy.reinforce(DOT.log_chance(CELLS[:, batch]), torch.from_numpy(SCORES[batch])[None]).sum()
    return -torch.cat([each.flatten() for each in torch.autograd.grad(loss, list(DOT.parameters()))]).numpy()


AVERAGED = sum(np.prod(chances(CHOICES)(batch)) * estimate(batch) for batch in BATCHES)
"""Of the estimates, exactly: over all 64 batches of three that could be thrown."""


def estimated(printed: str) -> None:
    """Both sides are the average of what is in use, and the right one, over any batch, with b the mean score of the
    others, is what is in use.
    """
    says(POLICY, also=[AVERAGED], within=1e-8)(printed)
    right = latex.equations(printed)[0][1]
    for batch in BATCHES:
        others = [np.mean(SCORES[batch[:i] + batch[i + 1 :]]) for i in range(3)]
        cases = [{"x": x, "b": b} for x, b in zip(batch, others, strict=True)]
        agree(latex.value(right, {**POLICY, r"\mathbb{E}": cases}), estimate(batch), 1e-8)


def costs_nothing(printed: str) -> None:
    """All four sides are nought, and what each thing that could be made adds to the first is not."""
    says(POLICY, within=1e-8)(printed)
    each = r"\pi(x)\, b\, \nabla \log \pi(x)"
    assert min(np.abs(latex.value(each, {**POLICY, "x": x})).max() for x in MADE) > 1e-3
    agree(DOT.log_chance(CELLS).detach().exp()[0].numpy(), chances(CHOICES)(list(MADE)))


# 14: a forger that is one to one, and folds nothing: a shear after a stretch, so that its density is known otherwise

ADDRESS = np.array([0.4, -0.9])
SHEAR = torch.tensor([[1.5, 0.0], [-0.7, 0.8]], dtype=torch.float64)


def bend(z: torch.Tensor) -> torch.Tensor:
    """G, (runs, n, 2) -> (runs, n, 2): each number bent by itself, steeply far out, then both sheared."""
    return (z + z**3 / 3) @ SHEAR.T


def carried(z: np.ndarray) -> np.ndarray:
    """G(z) of one address."""
    return bend(torch.from_numpy(z)[None, None])[0, 0].numpy()


def asked(function: Callable[..., torch.Tensor], z: np.ndarray) -> Any:
    """What a function of the sheet says of one address."""
    at = torch.from_numpy(z)[None, None]
    found = function(at) if function is sheet.log_noise else function(bend, at)
    return found.detach()[0, 0].numpy()


def density(x: np.ndarray) -> float:
    """p_G(x), by counting shares: d^2/du dv of the share of noise that lands below (u, v) before the shear."""
    unsheared = np.linalg.solve(SHEAR.numpy(), x)
    parts = []
    for bent in unsheared:
        low, high = (brentq(lambda z, aim=aim: z + z**3 / 3 - aim, -9, 9) for aim in (bent - 1e-5, bent + 1e-5))
        parts.append((stats.norm.cdf(high) - stats.norm.cdf(low)) / 2e-5)
    return float(np.prod(parts) / (1.5 * 0.8))


MESH = {
    "z": ADDRESS,
    "a": 1e-6,
    "G": carried,
    "p_G": density,
    r"p_{\text{data}}": lambda x: 1.0,  # somebody else's
    "p_z": lambda z: float(np.exp(asked(sheet.log_noise, z))),
    "J_G": lambda z: asked(sheet.jacobian, z),
}
CORNERS = ADDRESS + 5e-4 * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])


def area(corners: np.ndarray) -> float:
    """Of a polygon, by the shoelace."""
    x, y = corners.T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


ROWS = (
    Row(
        "13",
        r"\nabla \mathbb{E}[D(x)] = \mathbb{E}\bigl[(D(x) - b)\, \nabla \log \pi(x)\bigr]",
        (policy.reinforce, policy.Dot),
        estimated,
    ),
    Row(
        "13",
        r"\begin{aligned} &\nabla \sum_x \pi(x)\, D(x) \\ "
        r"&\quad = \sum_x \pi(x)\, D(x)\, \nabla \log \pi(x) \end{aligned}",
        (policy.reinforce,),
        says(POLICY, also=[AVERAGED], within=1e-8),
    ),
    Row(
        "13",
        r"\begin{aligned} &\sum_x \pi(x)\, b\, \nabla \log \pi(x) \\ &\quad = b\, \nabla \sum_x \pi(x) \\ "
        r"&\quad = b\, \nabla 1 \\ &\quad = 0 \end{aligned}",
        (policy.Dot,),
        costs_nothing,
    ),
    Row(
        "14",
        r"\log p_G(G(z)) = \log p_z(z) - \log \lvert \det J_G(z) \rvert",
        (sheet.log_density, sheet.jacobian, sheet.log_noise),
        says(MESH, also=[asked(sheet.log_density, ADDRESS)], within=1e-6),
    ),
    Row(
        "14",
        r"p_z(z)\,a",
        (sheet.log_noise,),
        says(MESH, also=[np.prod(np.diff(stats.norm.cdf(CORNERS[[0, 2]]), axis=0))], within=1e-12),
    ),
    Row(
        "14",
        r"\lvert \det J_G(z) \rvert\, a",
        (sheet.jacobian,),
        says(MESH, also=[area(np.array([carried(corner) for corner in CORNERS]))], within=1e-11),
    ),
    Row(
        "14",
        r"p_G(G(z)) = \frac{p_z(z)\, a}{\lvert \det J_G(z) \rvert\, a} = \frac{p_z(z)}{\lvert \det J_G(z) \rvert}",
        (sheet.log_density,),
        says(MESH, also=[np.exp(asked(sheet.log_density, ADDRESS))], within=1e-6),
    ),
    Row(
        "14",
        r"\lvert \det J_G(z) \rvert / p_z(z)",
        (sheet.area_stretch,),
        says(MESH, also=[asked(sheet.area_stretch, ADDRESS)]),
    ),
)
