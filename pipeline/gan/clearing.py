"""Diffusion on small pictures: a network that is shown a picture under noise and says which way is out of it.

Picture and noise are mixed along a quarter turn, x = cos(a) picture + sin(a) noise, from a = 0, the picture, to
a = pi/2, noise alone: the cosine schedule without its offset. The network answers with the velocity
v = dx/da = cos(a) noise - sin(a) picture, which holds both. To make a picture is to turn back in equal strides, each by
the rule of ``gan.diffusion``. There is no opponent, and it knows no data set.

Sources: Ho et al., "Denoising Diffusion Probabilistic Models" (2020), for lesson and way back; Salimans and Ho,
"Progressive Distillation" (2022, arXiv:2202.00512), section 4 and appendix D, for the turn and the velocity; the
network, much reduced, after Ho et al.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.gan import diffusion, draws

if TYPE_CHECKING:
    from pipeline.game import Deal, Game

QUARTER = math.pi / 2
"""The angle, in radians, at which nothing but noise is left."""
WAVES = 8
"""Pairs of sine and cosine that tell the network the angle."""

PART = 64
"""Pictures evaluated at a time when they are cleared: more do not go faster."""


class Clearer(nn.Module):
    """v(x, a, label): a small U of convolutions on a picture folded to half its side."""

    def __init__(self, size: int, channels: tuple[int, int] = (32, 64), classes: int = 10, folder: int = 16) -> None:
        super().__init__()
        wide, deep = channels
        self.classes = classes
        self.told = nn.Sequential(nn.Linear(2 * WAVES + classes, deep), nn.SiLU())
        self.enter = nn.Conv2d(4, wide, 3, padding=1)
        self.above = Block(wide, wide, deep)
        self.down = nn.Conv2d(wide, deep, 4, 2, 1)
        self.below = Block(deep, deep, deep)
        self.whole = Whole(deep, size // 4, folder, deep)
        self.after = Block(deep, deep, deep)
        self.up = nn.ConvTranspose2d(deep, wide, 4, 2, 1)
        self.again = Block(2 * wide, wide, deep)
        self.leave = nn.Sequential(nn.GroupNorm(8, wide), nn.SiLU(), quiet(nn.Conv2d(wide, 4, 3, padding=1)))

    def forward(self, images: Tensor, angles: Tensor, labels: Tensor) -> Tensor:
        """images (batch, 1, size, size), angles (batch,) in radians, labels (batch,) -> v, as the images."""
        named = functional.one_hot(labels, self.classes).to(images.dtype)
        told = self.told(torch.cat([angle_features(angles), named], 1))  # (batch, deep)
        kept = self.above(self.enter(functional.pixel_unshuffle(images, 2)), told)  # (batch, wide, size/2, size/2)
        seen = self.below(self.down(kept), told)  # (batch, deep, size/4, size/4)
        seen = self.up(self.after(self.whole(seen, told), told))
        return functional.pixel_shuffle(self.leave(self.again(torch.cat([seen, kept], 1), told)), 2)


class Block(nn.Module):
    """Two convolutions beside a shortcut; between them comes what the network is told of angle and label."""

    def __init__(self, before: int, after: int, told: int) -> None:
        super().__init__()
        self.first = nn.Sequential(nn.GroupNorm(8, before), nn.SiLU(), nn.Conv2d(before, after, 3, padding=1))
        self.told = nn.Linear(told, 2 * after)
        self.norm = nn.GroupNorm(8, after)
        self.second = quiet(nn.Conv2d(after, after, 3, padding=1))
        self.shortcut = nn.Conv2d(before, after, 1) if before != after else nn.Identity()

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """(batch, before, h, w), (batch, told) -> (batch, after, h, w)"""
        scale, shift = self.told(told)[..., None, None].chunk(2, 1)
        inner = self.norm(self.first(x)) * (1 + scale) + shift
        return self.shortcut(x) + self.second(functional.silu(inner))


class Whole(nn.Module):
    """One layer of weights from every place, and from what is told, to every place.

    Convolutions alone see too little of a stroke; and they are told the same everywhere, where a numeral differs.
    """

    def __init__(self, channels: int, size: int, folder: int, told: int) -> None:
        super().__init__()
        self.narrow = nn.Sequential(nn.GroupNorm(8, channels), nn.SiLU(), nn.Conv2d(channels, folder, 1))
        self.mix = nn.Linear(folder * size * size + told, folder * size * size)
        self.widen = quiet(nn.Conv2d(folder, channels, 1))

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """(batch, channels, size, size), (batch, told) -> as the first."""
        narrow = self.narrow(x)
        mixed = functional.silu(self.mix(torch.cat([narrow.flatten(1), told], 1))).view_as(narrow)
        return x + self.widen(mixed)


def quiet(layer: nn.Conv2d) -> nn.Conv2d:
    """The layer with its weights at nought, so that an untrained shortcut passes and an untrained answer is 0."""
    nn.init.zeros_(layer.weight)
    assert layer.bias is not None
    nn.init.zeros_(layer.bias)
    return layer


def angle_features(angles: Tensor) -> Tensor:
    """sin and cos of 2^(k/2) a for k < WAVES, (batch, 2 WAVES)."""
    turns = angles[:, None] * 2.0 ** (torch.arange(WAVES, device=angles.device) / 2)
    return torch.cat([turns.sin(), turns.cos()], 1)


def mixed(images: Tensor, noise: Tensor, angles: Tensor) -> Tensor:
    """x = cos(a) image + sin(a) noise, each picture of (batch, 1, h, w) at its own angle (batch,).

    Ho et al. (2020), equation 4, with sqrt(alpha-bar) = cos(a).
    """
    a = angles.view(-1, 1, 1, 1)
    return a.cos() * images + a.sin() * noise


def velocity(images: Tensor, noise: Tensor, angles: Tensor) -> Tensor:
    """v = dx/da = cos(a) noise - sin(a) image; Salimans and Ho (2022), appendix D."""
    a = angles.view(-1, 1, 1, 1)
    return a.cos() * noise - a.sin() * images


def velocity_error(wanted: Tensor, guessed: Tensor) -> Tensor:
    """E (v - v_theta)^2 over pictures and pixels, a single number: mean squared error and nothing else."""
    return (wanted - guessed).square().mean()


def picture_in(x: Tensor, v: Tensor, angle: float) -> Tensor:
    """Which picture is in x, by its velocity: cos(a) x - sin(a) v; Salimans and Ho (2022), appendix D."""
    return math.cos(angle) * x - math.sin(angle) * v


def teach_clearer(game: Game, deal: Deal) -> Mapping[str, Tensor]:
    """One round without an opponent, at angles drawn evenly; gives its loss (1,) as it was before."""
    clearer, real = game.forger, deal.real[0]
    assert isinstance(clearer, Clearer) and real.labels is not None
    noise = deal.noise[0].view_as(real.data)  # as many numbers as pixels
    dice = draws.generators(game.recipe.seeds, "angle", deal.step)
    angles = QUARTER * draws.uniform(dice, len(noise))[0].to(noise.device)
    guessed = clearer(mixed(real.data, noise, angles), angles, real.labels)
    loss = velocity_error(velocity(real.data, noise, angles), guessed)
    game.update(clearer, game.turns()[0], loss)
    return {"velocity_error": loss.detach().reshape(1)}


@torch.no_grad()
def clear(clearer: nn.Module, start: Tensor, labels: Tensor, strides: int, seeds: Sequence[int]) -> Iterator[Tensor]:
    """From noise (n, 1, h, w) to pictures of the labels (n,): every x on the way, the noise first, strides + 1 in all.

    Each stride costs one evaluation of the network, and turns back by as much as any other.
    """
    angles = [QUARTER * (strides - i) / strides for i in range(strides + 1)]
    left = torch.tensor(angles, dtype=torch.float64).cos().square().to(start)  # alpha-bar
    x = start
    yield x
    for i, angle in enumerate(angles[:-1]):
        parts = zip(x.split(PART), labels.split(PART), strict=True)
        v = torch.cat([clearer(part, torch.full((len(part),), angle).to(part), asked) for part, asked in parts])
        fresh = draws.normal(draws.generators(seeds, "sampling", strides - i), *x.shape)[0].to(x)
        x = diffusion.towards(picture_in(x, v, angle), x, left[i], left[i + 1], fresh)
        yield x
