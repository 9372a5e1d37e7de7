"""Networks for small pictures: a forger of transposed convolutions, a detective of convolutions.

The shape is DCGAN's (Radford 2016, arXiv:1511.06434). The conditional detective projects the label on its
features (Miyato 2018, arXiv:1802.05637, eq. 4); minibatch standard deviation lets it see a batch as a batch
(Karras 2018, arXiv:1710.10196, section 3). Nothing here knows what the pictures show or how a duel is played.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class ImageForger(nn.Module):
    """Noise, and a label where there are classes, to a picture of ``start * 2 ** len(channels)`` pixels a side."""

    def __init__(self, latent: int, channels: Sequence[int], start: int, classes: int = 0) -> None:
        super().__init__()
        self.latent, self.classes, self.start, self.first = latent, classes, start, channels[0]
        self.stem = nn.Linear(latent + classes, start * start * channels[0], bias=False)
        layers: list[nn.Module] = [nn.BatchNorm2d(channels[0]), nn.ReLU()]
        for before, after in zip(channels, channels[1:], strict=False):
            layers += [nn.ConvTranspose2d(before, after, 4, 2, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        self.layers = nn.Sequential(*layers, nn.ConvTranspose2d(channels[-1], 1, 4, 2, 1), nn.Tanh())

    def forward(self, noise: Tensor, labels: Tensor | None = None) -> Tensor:
        """noise (batch, latent), labels (batch,) -> (batch, 1, height, width) in (-1, 1)."""
        if labels is not None:
            # A one-hot label weighs as much as a few noise numbers: without the 2 it drowns among them.
            noise = torch.cat([noise, 2 * F.one_hot(labels, self.classes).to(noise.dtype)], dim=1)
        return self.layers(self.stem(noise).view(-1, self.first, self.start, self.start))


class ImageDetective(nn.Module):
    """A picture, and the label it claims, to one logit: above 0 when it looks real."""

    def __init__(
        self, size: int, channels: Sequence[int], classes: int = 0, *, norm: bool = False, deviation: bool = False
    ) -> None:
        super().__init__()
        self.deviation = deviation
        layers: list[nn.Module] = []
        for index, (before, after) in enumerate(zip((1, *channels), channels, strict=False)):
            layers.append(nn.Conv2d(before, after, 4, 2, 1, bias=not (norm and index)))
            # The first layer stays bare, as in DCGAN: normalised pixels would hide how much ink there is.
            layers += [nn.BatchNorm2d(after)] if norm and index else []
            layers.append(nn.LeakyReLU(0.2))
        self.layers = nn.Sequential(*layers)
        features = (channels[-1] + deviation) * (size // 2 ** len(channels)) ** 2
        self.head = nn.Linear(features, 1)
        self.classes = nn.Embedding(classes, features) if classes else None
        if self.classes is not None:
            nn.init.zeros_(self.classes.weight)  # at N(0, 1), PyTorch's own, random labels would drown the pictures

    def forward(self, images: Tensor, labels: Tensor | None = None) -> Tensor:
        """images (batch, 1, height, width), labels (batch,) int -> logits (batch,)."""
        seen = self.layers(images)
        seen = (with_deviation(seen) if self.deviation else seen).flatten(1)  # (batch, features)
        logits = self.head(seen).squeeze(1)
        if labels is None or self.classes is None:
            return logits
        return logits + (self.classes(labels) * seen).sum(dim=1)


def with_deviation(features: Tensor, group: int = 8) -> Tensor:
    """The features with one more channel: how much groups of pictures differ from one another.

    (batch, channels, h, w) -> (batch, channels + 1, h, w). A forger that repeats itself gives groups with little
    spread, and the detective sees it. The spread is taken as a mean of squares, whose second derivative (the
    gradient penalty needs it) costs less than that of ``var``.
    """
    batch, channels, height, width = features.shape
    size = group if batch % group == 0 else batch
    grouped = features.view(batch // size, size, channels, height, width)
    spread = (grouped - grouped.mean(dim=1, keepdim=True)).square().mean(dim=1)  # (groups, channels, h, w)
    typical = (spread + 1e-8).sqrt().mean(dim=(1, 2, 3))  # (groups,)
    return torch.cat([features, typical.repeat_interleave(size).view(-1, 1, 1, 1).expand(-1, 1, height, width)], dim=1)


@torch.no_grad()
def start_bold(forger: ImageForger, gain: float) -> None:
    """Let an untrained forger print at full contrast: its first noise is ink and ground, not one flat grey.

    The norms measure what passes through them once, before training, since their running means start as if all
    layers gave N(0, 1) (they give far less); ``gain`` then multiplies the last weights.
    """
    norms = [part for part in forger.modules() if isinstance(part, nn.BatchNorm2d)]
    usual = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = None  # a plain mean over what it has seen
    forger(torch.randn(256, forger.latent), torch.arange(256) % forger.classes if forger.classes else None)
    for norm, momentum in zip(norms, usual, strict=True):
        norm.momentum = momentum
    last = forger.layers[-2]
    assert isinstance(last, nn.ConvTranspose2d)
    last.weight.mul_(gain)


def start_small(module: nn.Module) -> None:
    """DCGAN's initialisation: weights N(0, .02), norms N(1, .02), biases 0 (Radford 2016, section 4)."""
    for part in module.modules():
        if isinstance(part, nn.Conv2d | nn.ConvTranspose2d | nn.Linear | nn.Embedding):
            nn.init.normal_(part.weight, 0.0, 0.02)
        elif isinstance(part, nn.BatchNorm2d):
            nn.init.normal_(part.weight, 1.0, 0.02)
        if getattr(part, "bias", None) is not None:
            nn.init.zeros_(part.bias)  # type: ignore[arg-type]
