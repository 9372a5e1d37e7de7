"""Two forgers whose addresses are a plane, so that all of them can be laid out flat (``gan.sheet``).

Both read an address by its place on the square, u = Phi(z), so that they have as much detail to give to any piece of
the noise as to any other. The one of points begins as the flat square itself and learns how to bend it: it adds to the
place what its network says. The one of pictures first turns the place into waves, since two bare numbers leave a
network of pictures hardly any detail (Tancik et al., "Fourier Features", 2020, equation 5).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from pipeline.gan import draws
from pipeline.gan.images import ImageForger
from pipeline.gan.networks import Forger


def centred(noise: Tensor) -> Tensor:
    """2 Phi(z) - 1: the place on the square [-1, 1]^d over which the noise lies evenly, of the same shape."""
    return torch.erf(noise / math.sqrt(2))


class FlatForger(Forger):
    """G(z) = reach (2 Phi(z) - 1) + network: noise (runs, batch, 2) -> points (runs, batch, 2)."""

    def __init__(self, seeds: Sequence[int], hidden: Sequence[int], reach: float) -> None:
        """``reach`` is half the side of the square that it begins as; ``hidden`` the widths of its layers."""
        super().__init__(seeds, (2, *hidden, 2))
        self.reach = reach

    def forward(self, noise: Tensor) -> Tensor:
        """G(z)."""
        place = centred(noise)
        return self.reach * place + self.through(math.sqrt(3) * place)  # evenly spread with variance 1


class PlaneForger(nn.Module):
    """Noise (batch, 2) to pictures, by way of ``waves`` fixed waves cos(w u + b) over the square."""

    numbers: Tensor
    phases: Tensor

    def __init__(self, seed: int, waves: int, pitch: float, body: ImageForger) -> None:
        """``pitch`` is the standard deviation of the waves' numbers w, in radians over the side of the square;
        ``body`` makes a picture of so many heights of waves."""
        super().__init__()
        dice = draws.generators((seed,), "waves")
        self.register_buffer("numbers", pitch * draws.normal(dice, 2, waves)[0])  # (2, waves)
        self.register_buffer("phases", 2 * math.pi * draws.uniform(dice, waves)[0])
        self.body = body

    def forward(self, noise: Tensor, labels: Tensor | None = None) -> Tensor:
        """(batch, 2) -> (batch, 1, height, width) in (-1, 1); it is told no labels."""
        place = (centred(noise) + 1) / 2
        return self.body(math.sqrt(2) * torch.cos(place @ self.numbers + self.phases))
