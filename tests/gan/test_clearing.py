"""Diffusion on pictures: the quarter turn from picture to noise, the velocity along it, and the way back."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest
import torch
from torch import Tensor, nn

from pipeline.game import Deal
from pipeline.gan import clearing, diffusion
from pipeline.gan.clearing import QUARTER, Clearer
from pipeline.gan.worlds import Batch


def pair(seed: int = 0, n: int = 5) -> tuple[Tensor, Tensor]:
    """A few pictures and as much noise, (n, 1, 8, 8) each."""
    dice = torch.Generator().manual_seed(seed)
    return torch.randn(n, 1, 8, 8, generator=dice), torch.randn(n, 1, 8, 8, generator=dice)


class Ideal(nn.Module):
    """E[v | x] where every pixel is N(mean, sd^2) by itself, in closed form."""

    def __init__(self, mean: float, sd: float) -> None:
        super().__init__()
        self.mean, self.sd = mean, sd

    def forward(self, images: Tensor, angles: Tensor, labels: Tensor) -> Tensor:
        """Picture and noise are jointly normal with what is seen, x of variance cos^2 sd^2 + sin^2."""
        c, s = angles.cos().view(-1, 1, 1, 1), angles.sin().view(-1, 1, 1, 1)
        odd = (images - c * self.mean) / (c**2 * self.sd**2 + s**2)
        return c * (s * odd) - s * (self.mean + c * self.sd**2 * odd)


def test_the_turn_is_the_cosine_schedule() -> None:
    """A picture under noise is sqrt(alpha-bar) picture + sqrt(1 - alpha-bar) noise with alpha-bar = cos^2(pi t / 2)."""
    picture, noise = pair()
    for t in (0.0, 0.3, 1.0):
        left = math.cos(math.pi / 2 * t) ** 2
        wanted = math.sqrt(left) * picture + math.sqrt(1 - left) * noise
        assert torch.allclose(clearing.mixed(picture, noise, torch.full((5,), t * QUARTER)), wanted, atol=1e-6)


def test_velocity_is_the_slope_of_the_mixture() -> None:
    """v by its formula is dx/da by differences, each picture at its own angle."""
    picture, noise = (part.double() for part in pair())
    angles, step = torch.tensor([0.0, 0.2, 0.7, 1.1, QUARTER], dtype=torch.float64), 1e-5
    ahead, behind = (clearing.mixed(picture, noise, angles + d) for d in (step, -step))
    assert torch.allclose((ahead - behind) / (2 * step), clearing.velocity(picture, noise, angles), atol=1e-8)


def test_picture_and_noise_can_be_told_from_mixture_and_velocity() -> None:
    """Picture = cos(a) x - sin(a) v and noise = sin(a) x + cos(a) v: the turn is undone."""
    picture, noise = pair()
    a = torch.full((5,), 0.9)
    x, v = clearing.mixed(picture, noise, a), clearing.velocity(picture, noise, a)
    assert torch.allclose(clearing.picture_in(x, v, 0.9), picture, atol=1e-5)
    assert torch.allclose(math.sin(0.9) * x + math.cos(0.9) * v, noise, atol=1e-5)


def test_turning_back_is_the_other_diffusions_step() -> None:
    """With the picture that a velocity holds, a stride is the step back with the noise that the same velocity holds."""
    x, v = pair()
    a, b = 1.0, 0.8
    now, then = (torch.tensor(angle).cos().square() for angle in (a, b))
    fresh = torch.randn(x.shape, generator=torch.Generator().manual_seed(5))
    stride = diffusion.towards(clearing.picture_in(x, v, a), x, now, then, fresh)
    noise = math.sin(a) * x + math.cos(a) * v
    assert torch.allclose(stride, diffusion.step_back(x, noise, now, then, fresh), atol=1e-5)


def test_error_by_hand() -> None:
    """Errors of 3 and 4 are 12.5 a pixel; who answers 0 half way pays the mean of both variances."""
    assert float(clearing.velocity_error(torch.tensor([3.0, 4.0]), torch.zeros(2))) == 12.5
    picture, noise = pair(n=2_000)
    v = clearing.velocity(picture, noise, torch.full((2_000,), QUARTER / 2))
    assert float(clearing.velocity_error(v, torch.zeros_like(v))) == pytest.approx(1.0, abs=0.02)


def test_clearing_with_the_ideal_guess_gives_the_pictures_back() -> None:
    """From noise to N(0.5, 0.3^2) in fifty strides, one evaluation each, the noise first."""
    noise = torch.randn(4_000, 1, 2, 2, generator=torch.Generator().manual_seed(2))
    path = list(clearing.clear(Ideal(0.5, 0.3), noise, torch.zeros(4_000, dtype=torch.int64), 50, (0,)))
    assert len(path) == 51 and path[-1].shape == noise.shape and torch.equal(path[0], noise)
    assert float(path[-1].mean()) == pytest.approx(0.5, abs=0.02)
    assert float(path[-1].std()) == pytest.approx(0.3, abs=0.03)


def test_untrained_network_answers_nought_and_each_picture_for_itself() -> None:
    """At first v is 0 everywhere; once its last weights move, a picture's answer does not hang on its neighbours'."""
    torch.manual_seed(0)
    clearer = Clearer(28).eval()
    images, labels = torch.randn(4, 1, 28, 28), torch.tensor([3, 1, 4, 1])
    angles = torch.tensor([0.1, 0.5, 1.0, 1.5])
    assert bool((clearer(images, angles, labels) == 0).all())
    nn.init.normal_(clearer.leave[-1].weight, std=0.1)  # type: ignore[arg-type]
    together, alone = clearer(images, angles, labels), clearer(images[2:3], angles[2:3], labels[2:3])
    assert together.shape == images.shape and torch.allclose(together[2:3], alone, atol=1e-5)


def test_a_lesson_compares_with_the_velocity_at_even_angles() -> None:
    """The loss of an untrained network is E v^2: half the pictures' power and half the noise's; one update is made."""
    updates: list[float] = []
    images = torch.full((400, 1, 28, 28), -0.5)
    noise = torch.randn(400, 784, generator=torch.Generator().manual_seed(4))
    deal = Deal(0, (Batch(images, torch.zeros(400, dtype=torch.int64)),), (noise, noise))
    game = SimpleNamespace(
        forger=Clearer(28),
        recipe=SimpleNamespace(seeds=(0,)),
        turns=lambda: [None, None],
        update=lambda player, optimiser, loss: updates.append(float(loss.detach())),
    )
    costs = clearing.teach_clearer(game, deal)  # type: ignore[arg-type]
    assert costs["velocity_error"].shape == (1,) and len(updates) == 1
    assert updates[0] == pytest.approx(0.5 * 0.25 + 0.5 * 1.0, abs=0.05)
