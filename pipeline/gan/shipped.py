"""Networks as a page runs them: plain layers whose norms are folded into the weights, in half precision.

A norm that has stopped learning multiplies and shifts each channel by fixed numbers, so it can be multiplied into the
layer before it: y = g (W x + b - m) / s + c is one layer with weights g W / s. What is left are four kinds of layer
(theme/scripts/generator.js runs them). It knows no page and no study.

Source of the folding: Jacob et al. (2018), arXiv:1712.05877, section 3.2.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

_BENDS = {nn.ReLU: "relu", nn.Tanh: "tanh"}


@dataclass(frozen=True)
class Layer:
    """Weights, a bias, and the bend that follows."""

    kind: str
    """"linear"; "up", a transposed convolution that doubles the edge; "down", a convolution that halves it. Both have
    windows of 4 by 4, stride 2 and one point of margin."""
    weight: npt.NDArray[np.float32]
    """(out, in) linear; (in, out, 4, 4) up; (out, in, 4, 4) down."""
    bias: npt.NDArray[np.float32]
    """(out,)"""
    bend: str = "none"
    """"relu", "tanh" or "none"."""

    @property
    def inputs(self) -> int:
        """Numbers in (linear) or channels in."""
        return self.weight.shape[0 if self.kind == "up" else 1]

    def facts(self) -> dict[str, Any]:
        """All but the weights, for JSON."""
        return {"kind": self.kind, "in": self.inputs, "out": len(self.bias), "bend": self.bend}


def folded(modules: Iterable[nn.Module]) -> list[Layer]:
    """The layers of some modules in their order; ValueError names one that has no plain form."""
    layers: list[Layer] = []
    for part in modules:
        if isinstance(part, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
            layers.append(_plain(part))
        elif isinstance(part, nn.BatchNorm2d):
            layers[-1] = _with_norm(layers[-1], part)
        elif type(part) in _BENDS:
            layers[-1] = replace(layers[-1], bend=_BENDS[type(part)])
        elif not isinstance(part, nn.Flatten):
            raise ValueError(f"a page cannot run {part}")
    return layers


def packed(layers: Sequence[Layer]) -> str:
    """The weights and biases of some layers, one after the other, as base64 of little-endian half floats."""
    halves = [array.astype("<f2").tobytes() for layer in layers for array in (layer.weight, layer.bias)]
    return b64encode(b"".join(halves)).decode()


def weight_count(layers: Sequence[Layer]) -> int:
    """Weights and biases."""
    return sum(layer.weight.size + layer.bias.size for layer in layers)


def _plain(part: nn.Linear | nn.Conv2d | nn.ConvTranspose2d) -> Layer:
    weight = part.weight.detach().cpu().numpy()
    if isinstance(part, nn.Linear):
        kind, outputs = "linear", part.out_features
    else:
        if (part.kernel_size, part.stride, part.padding) != ((4, 4), (2, 2), (1, 1)):
            raise ValueError(f"a page cannot run {part}: only windows of 4 with stride 2 and margin 1")
        kind, outputs = ("up" if isinstance(part, nn.ConvTranspose2d) else "down"), part.out_channels
    bias = np.zeros(outputs, np.float32) if part.bias is None else part.bias.detach().cpu().numpy()
    return Layer(kind, weight, bias)


def _with_norm(layer: Layer, norm: nn.BatchNorm2d) -> Layer:
    assert norm.running_mean is not None and norm.running_var is not None
    scale = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach().cpu().numpy()
    shift = norm.bias.detach().cpu().numpy() - norm.running_mean.cpu().numpy() * scale
    points = len(layer.bias) // len(scale)  # a linear layer before a norm feeds all points of each channel
    scale, shift = np.repeat(scale, points), np.repeat(shift, points)
    spread = (1, -1, 1, 1) if layer.kind == "up" else (-1, *[1] * (layer.weight.ndim - 1))
    return replace(layer, weight=layer.weight * scale.reshape(spread), bias=layer.bias * scale + shift)
