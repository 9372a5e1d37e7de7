"""The Lab's networks against torch: the same numbers, the same points, double precision on both sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from torch.nn.functional import leaky_relu

from pipeline.gan import losses, penalties
from tests.lab.core import told

SIZES = [2, 7, 5, 1]
DOUBLE = torch.float64


def layers(numbers: Tensor, sizes: list[int]) -> list[tuple[Tensor, Tensor]]:
    """Weights (outputs, inputs) and biases of a network, cut from its numbers."""
    found, at = [], 0
    for inputs, outputs in zip(sizes, sizes[1:], strict=False):
        weight = numbers[at : at + inputs * outputs].reshape(outputs, inputs)
        found.append((weight, numbers[at + inputs * outputs : at + (inputs + 1) * outputs]))
        at += (inputs + 1) * outputs
    assert at == len(numbers)
    return found


def through(numbers: Tensor, sizes: list[int], slope: float, x: Tensor) -> Tensor:
    """The same network, in torch."""
    *hidden, (weight, bias) = layers(numbers, sizes)
    for w, b in hidden:
        x = leaky_relu(x @ w.T + b, slope)
    return x @ weight.T + bias


def some(*shape: int, seed: int = 0) -> Tensor:
    """Normal numbers."""
    return torch.randn(*shape, dtype=DOUBLE, generator=torch.Generator().manual_seed(seed))


def size_of(sizes: list[int]) -> int:
    """How many numbers a network has."""
    return sum((i + 1) * o for i, o in zip(sizes, sizes[1:], strict=False))


@pytest.mark.parametrize("sizes", [[2, 1], [3, 8, 2], [2, 7, 5, 1], [4, 32, 32, 2]])
@pytest.mark.parametrize("rows", [1, 6, 9])
def test_network_says_what_torch_says(sizes: list[int], rows: int) -> None:
    """Layers of any size, batches that are no multiple of four: the same output to twelve digits."""
    numbers, x = some(size_of(sizes)), some(rows, sizes[0], seed=1)
    said = told(
        """const network = new Network(sizes, 0.2); network.numbers.set(numbers); network.changed();
        const pass = new Pass(network, 16); pass.values[0].set(x.flat());
        return pass.forward(x.length).subarray(0, x.length * sizes[sizes.length - 1])""",
        sizes=sizes, numbers=numbers.tolist(), x=x.tolist(),
    )  # fmt: skip
    right = through(numbers, sizes, 0.2, x).flatten()
    assert torch.allclose(torch.tensor(said, dtype=DOUBLE), right, atol=1e-12)


def least_squares_detective(real: Tensor, forged: Tensor) -> Tensor:
    """Mao et al. (2017), equation 9."""
    return ((real - 1).square() / 2).mean() + (forged.square() / 2).mean()


AIMS: dict[str, tuple[Callable[[Tensor, Tensor], Tensor], Callable[[Tensor, Tensor], Tensor]]] = {
    "non-saturating": (losses.non_saturating, losses.cross_entropy),
    "saturating": (losses.saturating, losses.cross_entropy),
    "least-squares": (lambda _, forged: ((forged - 1).square() / 2).mean(), least_squares_detective),
    "wasserstein": (losses.wasserstein_forger, losses.wasserstein_critic),
}
"""Of the forger and of the detective, as the essay's own studies have them."""


@pytest.mark.parametrize("penalty", ["none", "r1", "gp"])
@pytest.mark.parametrize("loss", list(AIMS))
def test_one_round_has_torchs_gradients(loss: str, penalty: str) -> None:
    """Every number of both players gets the gradient of torch's double backpropagation, fines included."""
    rows, strength, noise = 6, 0.7, 3
    sizes = [noise, 7, 5, 2]
    forger, detective = some(size_of(sizes)), some(size_of(SIZES), seed=1)
    said = told(
        """const recipe = { loss, penalty, strength, layers: 2, hidden: 4, glasses: 1, forgerRate: 0, detectiveRate: 0,
            critic: 1, batch: 6, noise: 3, average: 0, seed: 5 };
        const duel = new Duel(recipe, WORLDS.ring);
        // The same duel with players of other sizes, and numbers of ours.
        duel.forger = new Network(sizes, 0); duel.detective = new Network(SIZES, 0.2);
        duel.forger.numbers.set(forger); duel.detective.numbers.set(detective);
        duel.forger.changed(); duel.detective.changed();
        duel.making = new Pass(duel.forger, 6);
        for (const name of ["onReal", "onForged", "onBetween"]) duel[name] = new Pass(duel.detective, 6);
        if (penalty !== "gp") duel.onBetween = null;
        duel.gradients = { forger: new Float64Array(forger.length), detective: new Float64Array(detective.length) };
        const even = duel.dice.between.even.bind(duel.dice.between), shares = [];
        duel.dice.between.even = () => { shares.push(even()); return shares[shares.length - 1] };
        for (const _ of [1, 2, 3, 4]) duel.advance();
        const first = { noise: duel.making.values[0].slice(), real: duel.onReal.values[0].slice(), shares,
            gradient: duel.gradients.detective.slice(), loss: duel.losses.detective };
        duel.next = 5; duel.advance();
        return { first, noise: duel.making.values[0], gradient: duel.gradients.forger, loss: duel.losses.forger }""",
        loss=loss, penalty=penalty, strength=strength, sizes=sizes, SIZES=SIZES, forger=forger.tolist(),
        detective=detective.tolist(),
    )  # fmt: skip
    forger.requires_grad_(True)
    detective.requires_grad_(True)
    aim_forger, aim_detective = AIMS[loss]
    first = said["first"]

    def judge(points: Tensor) -> Tensor:
        return through(detective, SIZES, 0.2, points)[:, 0]

    def forge(numbers: list[float]) -> Tensor:
        return through(forger, sizes, 0.0, torch.tensor(numbers, dtype=DOUBLE).reshape(rows, noise))

    real = torch.tensor(first["real"], dtype=DOUBLE).reshape(rows, 2).requires_grad_(True)
    forged = forge(first["noise"]).detach()
    verdicts = judge(real), judge(forged)
    price = aim_detective(*verdicts)
    assert float(price.detach()) == pytest.approx(first["loss"], abs=1e-8)
    if penalty == "r1":
        price = price + strength / 2 * penalties.r1(real, forged, *verdicts)
    elif penalty == "gp":
        share = torch.tensor(first["shares"], dtype=DOUBLE)[:, None]
        price = price + strength * penalties.gradient_penalty(judge, real, forged, share)
    (gradient,) = torch.autograd.grad(price, detective)
    assert torch.allclose(torch.tensor(first["gradient"], dtype=DOUBLE), gradient, atol=1e-8)

    price = aim_forger(judge(real), judge(forge(said["noise"])))
    assert float(price.detach()) == pytest.approx(said["loss"], abs=1e-8)
    (gradient,) = torch.autograd.grad(price, forger)
    assert torch.allclose(torch.tensor(said["gradient"], dtype=DOUBLE), gradient, atol=1e-8)


@pytest.mark.parametrize("betas", [(0.0, 0.99), (0.9, 0.999)])
def test_adam_is_torchs(betas: tuple[float, float]) -> None:
    """Thirty steps along changing gradients end where torch's Adam ends."""
    start, gradients = some(11), some(30, 11, seed=1)
    said = told(
        """const numbers = Float64Array.from(start); const adam = new Adam(11, 0.03, betas);
        for (const gradient of gradients) adam.step(numbers, Float64Array.from(gradient)); return numbers""",
        start=start.tolist(), gradients=gradients.tolist(), betas=betas,
    )  # fmt: skip
    numbers = torch.nn.Parameter(start.clone())
    adam = torch.optim.Adam([numbers], lr=0.03, betas=betas)
    for gradient in gradients:
        numbers.grad = gradient
        adam.step()
    assert torch.allclose(torch.tensor(said, dtype=DOUBLE), numbers.detach(), atol=1e-9)


@pytest.mark.parametrize("loss", list(AIMS))
def test_arrows_are_downhill_in_the_forgers_loss(loss: str) -> None:
    """The arrow on a forged point is minus the slope of the loss that trains the forger, not that of the opinion."""
    said = told(
        """const recipe = { loss, penalty: "r1", strength: 0.01, layers: 2, hidden: 8, glasses: 4, forgerRate: 1e-3,
            detectiveRate: 1e-2, critic: 1, batch: 16, noise: 2, average: 0, seed: 1 };
        const duel = new Duel(recipe, WORLDS.heart);
        for (let k = 0; k < 20; k++) duel.step();
        const lens = new Lens(duel, 1);
        lens.turn(duel.mean, duel.detective.numbers);
        lens.forge(Lens.SHOWN);
        return { numbers: duel.detective.numbers, sizes: duel.detective.sizes, pulls: lens.pull(), field: lens.survey(),
            points: lens.points.subarray(0, 2 * Lens.SHOWN), grid: lens.grid }""",
        loss=loss,
    )  # fmt: skip
    numbers, points, grid = (torch.tensor(said[name], dtype=DOUBLE) for name in ("numbers", "points", "grid"))
    points = points.reshape(-1, 2).requires_grad_(True)
    verdicts = through(numbers, said["sizes"], 0.2, points)[:, 0]
    (slope,) = torch.autograd.grad(AIMS[loss][0](verdicts, verdicts) * len(points), points)
    assert torch.allclose(torch.tensor(said["pulls"], dtype=DOUBLE), -slope.flatten(), atol=1e-10)
    field = through(numbers, said["sizes"], 0.2, grid.reshape(-1, 2)).flatten()
    assert torch.allclose(torch.tensor(said["field"], dtype=DOUBLE), field, atol=1e-10)
    assert said["grid"][1] > said["grid"][-1]  # the first row lies on top
