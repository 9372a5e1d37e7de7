"""What the rows of printed formulas are made of: a small world in which every mean is a sum, and ways to hold a print
to account in it.

Most formulas are worked out as they are printed, by the reader of LaTeX beside this file, and must come to what the
functions say. Where a print is no number (a kind of function, an order of moves), its row says by hand what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from pipeline.gan import losses, measures
from tests.gan import latex

Route = Callable[[str], None]
"""Takes the LaTeX as printed; an AssertionError where function and print part."""


@dataclass(frozen=True)
class Row:
    """A printed formula."""

    chapter: str
    """The number in the name of its file."""
    latex: str
    functions: tuple[Callable[..., Any], ...]
    """What computes it, in pipeline/gan."""
    route: Route
    """The second way to the same number."""
    by_hand: bool = False
    """True where the print is no number, and the route says what it means without reading it."""


# Four places on a line, five originals, four noise vectors

PLACES = range(4)
ORIGINALS = np.array([0, 0, 1, 2, 3])
NOISE = np.array([0, 1, 2, 3])
FORGED = np.array([1, 2, 2, 3])
LOGITS = np.array([2.0, 0.3, -0.7, -1.9])
REAL, FAKE = (np.bincount(points, minlength=4)[None] / len(points) for points in (ORIGINALS, FORGED))
ON_REAL, ON_FORGED = (torch.from_numpy(LOGITS[points]) for points in (ORIGINALS, FORGED))


def belief(x: int) -> float:
    """D(x) = 1 / (1 + exp(-a))."""
    return float(1 / (1 + np.exp(-LOGITS[x])))


def nats(p: Callable[[int], float], q: Callable[[int], float]) -> float:
    """JSD in nats, as half of each divergence to the middle."""
    sides = [(p(x), (p(x) + q(x)) / 2) for x in PLACES] + [(q(x), (p(x) + q(x)) / 2) for x in PLACES]
    return float(sum(one * np.log(one / middle) / 2 for one, middle in sides if one))


WORLD: Mapping[str, Any] = {
    "D": belief,
    "G": lambda z: FORGED[z],
    r"p_{\text{data}}": lambda x: REAL[0, x],
    "p_G": lambda x: FAKE[0, x],
    "D^*": lambda x: measures.ideal_detective(REAL, FAKE)[0, x],
    "V": lambda D, G: losses.saturating_value(ON_REAL, ON_FORGED).item(),
    r"\operatorname{JSD}": nats,
    r"\min_G": [{}],  # the players are given here; games in which they choose have a row of their own
    r"\max_D": [{}],
    r"\mathbb{E}_{x \sim p_{\text{data}}}": [{"x": x} for x in ORIGINALS],
    r"\mathbb{E}_{x \sim p_G}": [{"x": x} for x in FORGED],
    r"\mathbb{E}_{z \sim p_z}": [{"z": z} for z in NOISE],
    r"\mathbb{E}_{z}": [{"z": z} for z in NOISE],
}


def agree(one: Any, other: Any, within: float = 1e-9) -> None:
    """The same to so much, in all numbers."""
    np.testing.assert_allclose(one, other, rtol=0, atol=within)


def says(names: Mapping[str, Any] | None = None, *, also: Iterable[Any] = (), within: float = 1e-9) -> Route:
    """All sides of the printed equations, and all numbers of ``also``, come to the same within so much."""

    def route(printed: str) -> None:
        for sides in latex.equations(printed):
            first, *others = (latex.value(side, {**WORLD, **(names or {})}) for side in sides)
            for other in (*others, *also):
                agree(other, first, within)

    return route


def at_each(*cases: tuple[Mapping[str, Any], float]) -> Route:
    """The printed expression, under each of some meanings of its names, comes to a number of its own."""

    def route(printed: str) -> None:
        for names, expected in cases:
            agree(latex.value(printed, {**WORLD, **names}), expected)

    return route


def promised(chapter: str, printed: str, functions: tuple[Callable[..., Any], ...], promise: Callable[[], None]) -> Row:
    """A row whose meaning is said by hand."""
    return Row(chapter, printed, functions, lambda _: promise(), by_hand=True)
