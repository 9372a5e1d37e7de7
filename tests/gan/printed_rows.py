"""The printed formulas of the first part, chapter by chapter, each with its function and its second way."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import torch

from pipeline.gan import diffusion, latent, losses, measures
from pipeline.gan.networks import Detective, Forger
from tests.gan import latex
from tests.gan.printed import (
    FAKE,
    FORGED,
    LOGITS,
    NOISE,
    ON_FORGED,
    ON_REAL,
    PLACES,
    REAL,
    WORLD,
    Row,
    agree,
    at_each,
    belief,
    nats,
    promised,
    says,
)

DICE = np.random.default_rng(0)
LN_4 = float(np.log(4))
D_STAR = r"D^*(x) = \frac{p_{\text{data}}(x)}{p_{\text{data}}(x) + p_G(x)}"


def forger_maps_noise_to_points() -> None:
    """d numbers go in, n come out, and the same noise gives the same point."""
    forger, noise = Forger((0,), (3, 8, 2)), torch.from_numpy(DICE.normal(size=(1, 5, 3))).float()
    assert forger(noise).shape == (1, 5, 2)
    assert torch.equal(forger(noise)[:, :2], forger(noise[:, :2]))


def detective_maps_points_to_probabilities() -> None:
    """One number a point, one half from the newborn, and between 0 and 1 however extreme the score."""
    points = 1e3 * torch.from_numpy(DICE.normal(size=(1, 50, 2))).float()
    detective = Detective((0,), (2, 8, 1))
    assert detective(points).shape == (1, 50)
    assert (detective(points).sigmoid() == 0.5).all()
    torch.nn.init.constant_(detective.layers[-1].weight, 0.1)  # type: ignore[arg-type]
    torch.nn.init.constant_(detective.layers[-1].bias, -50.0)  # type: ignore[arg-type]
    believed = detective(points).sigmoid()
    assert ((believed >= 0) & (believed <= 1)).all() and believed.std() > 0.1


def quality(first: np.ndarray) -> Any:
    """Of the small world, from the measure in bits."""
    gaps = (measures.jensen_shannon(REAL, other)[0] for other in (FAKE, first[None]))
    return float(measures.quality(*gaps))


NEWBORN = np.array([0.0, 0.0, 0.25, 0.75])


def at_places(density: np.ndarray) -> Any:
    """A density of the small world."""
    return lambda x: density[x]


def verdict(x: int) -> torch.Tensor:
    """One logit, as a batch."""
    return torch.tensor([LOGITS[x]])


def equal_only_at_the_bottom() -> None:
    """Of all forgers on a grid, p_G = p_data alone comes down to -ln 4."""
    real = np.array([0.25, 0.5, 0.25])
    shares = (np.array([i, j, 8 - i - j]) / 8 for i in range(9) for j in range(9 - i))
    found = {tuple(share): measures.value_at_best(real, share).item() for share in shares}
    agree(found.pop(tuple(real)), -LN_4)
    assert min(found.values()) > -LN_4 + 1e-3


def summed_over_places(printed: str) -> None:
    """What each place collects adds up to the value of the game."""
    collected = [latex.value(printed, {**WORLD, "x": x, "D": belief(x)}) for x in PLACES]
    agree(sum(collected), losses.saturating_value(ON_REAL, ON_FORGED).item())


def at_all_places(printed: str) -> None:
    """Both sides agree wherever anything falls."""
    for x in PLACES:
        says({"x": x})(printed)


PAIRS = ((0.7, 0.2), (0.1, 0.1), (0.05, 0.6))
BEST = [float(measures.ideal_detective(np.array([a]), np.array([b]))[0]) for a, b in PAIRS]


def greatest_at_the_share(printed: str) -> None:
    """It rises up to D* = a / (a + b), then falls."""
    for (a, b), best in zip(PAIRS, BEST, strict=True):
        grid = np.concatenate([np.linspace(0.01, best, 40), np.linspace(best, 0.99, 40)[1:]])
        curve = np.diff([latex.value(printed, {"a": a, "b": b, "D": D}) for D in grid])
        assert (curve[:39] > 0).all() and (curve[39:] < 0).all()


def nought_at_the_share(printed: str) -> None:
    """It is the slope of a log D + b log(1 - D), and nought at D*."""
    for (a, b), best in zip(PAIRS, BEST, strict=True):
        agree(latex.value(printed, {"a": a, "b": b, "D": best}), 0.0)
        curve, step = r"a \log D + b \log(1 - D)", 1e-6
        up, down = (latex.value(curve, {"a": a, "b": b, "D": 0.3 + way}) for way in (step, -step))
        agree((up - down) / (2 * step), latex.value(printed, {"a": a, "b": b, "D": 0.3}), 1e-6)


# A game of two places in which both players choose from a list

SHARES = [np.array([k, 4 - k]) / 4 for k in range(5)]
HALF = np.array([0.5, 0.5])
BELIEFS = [np.array(pair) for pair in itertools.product((1e-9, 1 / 3, 2 / 5, 1 / 2, 2 / 3, 1 - 1e-9), repeat=2)]
CHOICES = {
    r"\min_G": [{"G": share} for share in SHARES],
    r"\max_D": [{"D": each} for each in BELIEFS],
    "V": lambda D, G: float(HALF @ np.log(D) + G @ np.log(1 - D)),
}
AT_BEST = min(measures.value_at_best(HALF, share).item() for share in SHARES)
AT_COLLAPSE = max(measures.value_at_collapse(HALF, each).item() for each in BELIEFS)


def collapses(printed: str) -> None:
    """The value agrees, and to every opinion that prefers one place the best reply is to go there with everything."""
    says(CHOICES, also=[AT_COLLAPSE])(printed)
    for each in BELIEFS:
        value, share = min((CHOICES["V"](each, share), tuple(share)) for share in SHARES)  # type: ignore[operator]
        agree(value, measures.value_at_collapse(HALF, each).item())
        assert each[0] == each[1] or max(share) == 1


PLANE = np.array([[0.6, -0.3, 0.1], [0.2, 0.5, -0.7]])
DRAWN = latent.addresses(PLANE, np.array([[1.2, -0.7]]))[0]

DATA, STATIC, TIMES = np.array([[0.5, -1.0], [1.5, 0.3]]), np.array([[0.2, 0.9], [-1.1, 0.4]]), (1, 25, 50)
KEPT = diffusion.kept(50).double()


def seen(x: np.ndarray, noise: np.ndarray, t: int) -> Any:
    """x_t, by the function."""
    return diffusion.noised(torch.from_numpy(x), torch.from_numpy(noise), KEPT[t]).numpy()


def guess(x: np.ndarray, t: int) -> Any:
    """Any rule that says which noise it was."""
    return 0.3 * x + t / 100


NOISED = [
    {r"\varepsilon": e, "t": t, "x_t": seen(x, e, t)} for x, e, t in itertools.product(DATA, STATIC, TIMES)
]  # fmt: skip
ASKED, TOLD = (
    torch.from_numpy(np.stack(each))
    for each in ([n[r"\varepsilon"] for n in NOISED], [guess(n["x_t"], n["t"]) for n in NOISED])
)

ROWS = (
    promised("01", r"G : \mathbb{R}^d \to \mathbb{R}^n", (Forger,), forger_maps_noise_to_points),
    Row(
        "01",
        r"\text{quality} = 1 - \frac{\operatorname{JSD}(p_{\text{data}}, p_G)}"
        r"{\operatorname{JSD}(p_{\text{data}}, p_{G_0})}",
        (measures.quality, measures.jensen_shannon),
        says({"p_{G_0}": at_places(NEWBORN), r"\text{quality}": quality(NEWBORN)}),
    ),
    promised("02", r"D : \mathbb{R}^n \to [0, 1]", (Detective,), detective_maps_points_to_probabilities),
    Row(
        "02",
        r"\begin{aligned} L_D = &-\mathbb{E}_{x \sim p_{\text{data}}}\bigl[\log D(x)\bigr] \\"
        r" &- \mathbb{E}_{z \sim p_z}\bigl[\log\bigl(1 - D(G(z))\bigr)\bigr] \end{aligned}",
        (losses.cross_entropy,),
        says({"L_D": losses.cross_entropy(ON_REAL, ON_FORGED).item()}),
    ),
    Row(
        "03",
        r"\begin{aligned} &\min_G \max_D V(D, G) \\"
        r" &\quad = \mathbb{E}_{x \sim p_{\text{data}}}\bigl[\log D(x)\bigr] \\"
        r" &\quad + \mathbb{E}_{z \sim p_z}\bigl[\log\bigl(1 - D(G(z))\bigr)\bigr] \end{aligned}",
        (losses.saturating_value,),
        says(),
    ),
    Row(
        "03",
        r"-\log \tfrac{1}{2} = \ln 2 \approx 0.693",
        (losses.fine, losses.non_saturating),
        says(also=[losses.fine(torch.tensor(0.5)), losses.non_saturating(*torch.zeros(2, 1))], within=5e-4),
    ),
    Row(
        "03",
        r"\ln 4 \approx 1.386",
        (losses.cross_entropy,),
        says(also=[losses.cross_entropy(*torch.zeros(2, 1))], within=5e-4),
    ),
    promised("03", r"p_G = p_{\text{data}}", (measures.value_at_best,), equal_only_at_the_bottom),
    Row(
        "03",
        r"p_{\text{data}}(x) \log D + p_G(x) \log (1 - D)",
        (losses.saturating_value,),
        summed_over_places,
    ),
    Row("03", r"a \log D + b \log(1 - D)", (measures.ideal_detective,), greatest_at_the_share),
    Row("03", r"a/D - b/(1-D)", (measures.ideal_detective,), nought_at_the_share),
    *(Row(chapter, D_STAR, (measures.ideal_detective,), at_all_places) for chapter in ("03", "04")),
    Row(
        "03",
        r"\begin{aligned} V(D^*, G) = \,&\mathbb{E}_{x \sim p_{\text{data}}}"
        r"\left[\ln \frac{p_{\text{data}}}{p_{\text{data}} + p_G}\right] \\"
        r" + \,&\mathbb{E}_{x \sim p_G}\left[\ln \frac{p_G}{p_{\text{data}} + p_G}\right] \end{aligned}",
        (measures.value_at_best,),
        says({"V": lambda D, G: measures.value_at_best(REAL, FAKE).item()}),
    ),
    Row(
        "03",
        r"\ln 4",
        (losses.cross_entropy,),
        says(also=[losses.cross_entropy(*torch.zeros(2, 1, dtype=torch.float64))]),
    ),
    Row(
        "03",
        r"V(D^*, G) = -\ln 4 + 2 \operatorname{JSD}(p_{\text{data}}, p_G)",
        (measures.value_at_best, measures.jensen_shannon),
        says(
            {"V": lambda D, G: measures.value_at_best(REAL, FAKE).item()},
            also=[2 * np.log(2) * measures.jensen_shannon(REAL, FAKE)[0] - LN_4],
        ),
    ),
    Row("03", r"-\ln 4", (measures.value_at_best,), says(also=[measures.value_at_best(REAL, REAL).item()])),
    Row(
        "03",
        r"\log(1 - D(G(z)))",
        (losses.saturating,),
        at_each(*(({"z": z}, losses.saturating(*[verdict(FORGED[z])] * 2).item()) for z in NOISE)),
    ),
    Row(
        "03",
        r"\log D(G(z))",
        (losses.non_saturating,),
        at_each(*(({"z": z}, -losses.non_saturating(*[verdict(FORGED[z])] * 2).item()) for z in NOISE)),
    ),
    Row(
        "04",
        r"\begin{aligned} \operatorname{JSD} = \;&\tfrac{1}{2}\,\mathbb{E}_{x \sim p_{\text{data}}}"
        r"\!\left[\log_2 2D^*(x)\right] \\"
        r" + \;&\tfrac{1}{2}\,\mathbb{E}_{x \sim p_G}\!\left[\log_2 2\bigl(1 - D^*(x)\bigr)\right] \end{aligned}",
        (measures.jensen_shannon,),
        says(
            {r"\operatorname{JSD}": measures.jensen_shannon(REAL, FAKE)[0]},
            also=[nats(at_places(REAL[0]), at_places(FAKE[0])) / np.log(2)],
        ),
    ),
    Row(
        "05",
        r"x = G(a\,u + b\,v)",
        (latent.addresses,),
        says({"a": 1.2, "b": -0.7, "u": PLANE[0], "v": PLANE[1], "G": np.tanh, "x": np.tanh(DRAWN)}),
    ),
    Row("06", r"\min_G \max_D V(D, G)", (measures.value_at_best,), says(CHOICES, also=[AT_BEST, -LN_4])),
    Row("06", r"\max_D \min_G V(D, G)", (measures.value_at_collapse,), collapses),
    Row(
        "07",
        r"L = \mathbb{E}_{x, \varepsilon, t}\left\| \varepsilon - \varepsilon_\theta(x_t, t) \right\|^2",
        (diffusion.noise_error, diffusion.noised),
        says(
            {
                r"\mathbb{E}_{x, \varepsilon, t}": NOISED,
                r"\varepsilon_\theta": guess,
                "L": 2 * diffusion.noise_error(ASKED, TOLD).item(),  # the function divides by the two dimensions
            }
        ),
    ),
)
