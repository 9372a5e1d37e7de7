"""How much a network multiplies: an exact count from the shapes of its layers, where a clock would time a machine."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn


@torch.no_grad()
def multiply_adds(network: nn.Module, *inputs: Tensor) -> int:
    """Multiplications by weights, each with its addition, in one evaluation of a network on the given inputs.

    Layers of weights and convolutions count, a weight once for every place where it is used; norms, biases and bends,
    which are few beside them, do not.
    """
    counts: list[int] = []
    hooks = [
        part.register_forward_hook(_counting(counts))
        for part in network.modules()
        if isinstance(part, nn.Linear | nn.Conv2d | nn.ConvTranspose2d)
    ]
    network(*inputs)
    for hook in hooks:
        hook.remove()
    return sum(counts)


def _counting(counts: list[int]) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
    def note(part: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        weights = part.weight
        assert isinstance(weights, Tensor)
        # A convolution uses its weights at each place of what it makes, its transpose at each place of what it is
        # given, a layer of weights once; and all of them for every picture.
        over = inputs[0] if isinstance(part, nn.ConvTranspose2d) else output
        places = len(over) if isinstance(part, nn.Linear) else len(over) * over.shape[2] * over.shape[3]
        counts.append(places * weights.numel())

    return note
