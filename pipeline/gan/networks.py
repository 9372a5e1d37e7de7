"""Small players for points: the networks of all runs side by side in one tensor.

Every layer multiplies (runs, batch, in) by (runs, in, out) at once (``torch.baddbmm``), which costs
little more than one run. Run k is initialised from its seed alone. Images have their own networks;
the running mean of a player's weights, below, serves both.
Sources: the raised first layer ("gain") against spectral bias is in the spirit of Tancik et al.,
"Fourier Features" (2020); the running mean of the forger is Yazici et al., "The Unusual
Effectiveness of Averaging in GAN Training" (2019).
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.gan import draws


class SideBySide(nn.Module):
    """A linear layer for each run: y_k = x_k W_k + b_k."""

    def __init__(self, inputs: int, outputs: int, dice: Sequence[torch.Generator]) -> None:
        super().__init__()
        bound = 1 / math.sqrt(inputs)  # PyTorch's own initialisation of a linear layer
        self.weight = nn.Parameter((draws.uniform(dice, inputs, outputs) * 2 - 1) * bound)  # (runs, in, out)
        self.bias = nn.Parameter((draws.uniform(dice, 1, outputs) * 2 - 1) * bound)  # (runs, 1, out)

    def forward(self, x: Tensor) -> Tensor:
        """(runs, batch, in) -> (runs, batch, out)."""
        return torch.baddbmm(self.bias, x, self.weight)


class Perceptron(nn.Module):
    """Layers of neurons, run by run; the base of both players."""

    def __init__(self, seeds: Sequence[int], sizes: Sequence[int], role: str, slope: float) -> None:
        """``sizes`` from input to output; ``role`` names the dice; ``slope`` is that of LeakyReLU below zero."""
        super().__init__()
        dice = draws.generators(seeds, role)
        self.slope = slope
        self.layers = nn.ModuleList(SideBySide(i, o, dice) for i, o in zip(sizes, sizes[1:], strict=False))

    def through(self, x: Tensor) -> Tensor:
        """(runs, batch, in) -> (runs, batch, out)."""
        *hidden, last = self.layers
        for layer in hidden:
            x = functional.leaky_relu(layer(x), self.slope)
        return last(x)

    def scale_layer(self, index: int, weight: float, bias: float) -> None:
        """Multiply a layer's initial weights and biases."""
        with torch.no_grad():
            self.layers[index].weight.mul_(weight)  # type: ignore[operator]
            self.layers[index].bias.mul_(bias)  # type: ignore[operator]


class Forger(Perceptron):
    """G: noise (runs, batch, latent) -> points (runs, batch, dim)."""

    def __init__(
        self, seeds: Sequence[int], sizes: Sequence[int], *, spread: float = 1.0, start: float | None = None
    ) -> None:
        """``spread`` multiplies the last weights; ``start`` is where the forger begins (the last bias)."""
        super().__init__(seeds, sizes, "forger", slope=0.0)
        self.scale_layer(-1, spread, 1.0)
        if start is not None:
            nn.init.constant_(self.layers[-1].bias, start)  # type: ignore[arg-type]

    def forward(self, noise: Tensor) -> Tensor:
        """G(z)."""
        return self.through(noise)


class Detective(Perceptron):
    """D before its sigmoid: points (runs, batch, dim) -> logits (runs, batch); D(x) = sigmoid(logit)."""

    def __init__(self, seeds: Sequence[int], sizes: Sequence[int], *, gain: float = 1.0, together: int = 1) -> None:
        """``gain`` g multiplies the first weights by g and the first biases by 2g: without it a small
        network is blind to fine detail. The last layer starts at zero, so D begins at exactly 1/2.
        ``together`` > 1 shows it that many samples at once (Lin et al., "PacGAN", 2018, section 3).
        """
        super().__init__(seeds, (sizes[0] * together, *sizes[1:]), "detective", slope=0.2)
        self.together = together
        if gain != 1.0:
            self.scale_layer(0, gain, 2 * gain)
        self.scale_layer(-1, 0.0, 0.0)

    def forward(self, points: Tensor) -> Tensor:
        """Logits; with ``together`` n, one for every n points, (runs, batch / n)."""
        if self.together > 1:
            runs, batch, dim = points.shape
            points = points.reshape(runs, batch // self.together, dim * self.together)
        return self.through(points).squeeze(-1)


def alone(player: nn.Module, run: int) -> nn.Module:
    """A copy of one run's player, as a player with one run: what is dear to compute is asked of the shown run only."""
    single = copy.deepcopy(player)
    for module in single.modules():
        if isinstance(module, SideBySide):
            module.weight = nn.Parameter(module.weight[run : run + 1].detach())
            module.bias = nn.Parameter(module.bias[run : run + 1].detach())
    return single


def state_of_run(player: nn.Module, run: int) -> Iterator[tuple[str, Tensor]]:
    """Names and tensors of one run's part of a player: (in, out) weights, (out,) biases."""
    beside = {name for name, module in player.named_modules() if isinstance(module, SideBySide)}
    for name, tensor in player.state_dict().items():
        if name.rpartition(".")[0] in beside:
            tensor = tensor[run].squeeze(0) if name.endswith("bias") else tensor[run]
        yield name, tensor


@torch.no_grad()
def blend(average: nn.Module, player: nn.Module, decay: float) -> None:
    """average <- decay * average + (1 - decay) * player, for parameters and buffers alike.

    Whole-number buffers (batch counters) are copied: a mean of them has no meaning.
    """
    means, values = [], []
    ours, theirs = average.state_dict(), player.state_dict()
    for name, value in theirs.items():
        if value.is_floating_point():
            means.append(ours[name])
            values.append(value)
        else:
            ours[name].copy_(value)
    torch._foreach_lerp_(means, values, 1 - decay)
