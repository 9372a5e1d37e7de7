"""A small reader of digits: it judges forgeries, and lends its inner features to Frechet's distance.

Two layers of convolution and two of weights, trained for a few seconds on the training digits only. It says which
digit a picture shows; it takes no part in any duel.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class DigitReader(nn.Module):
    """Pictures (batch, 1, 28, 28) in [-1, 1] to ten logits."""

    def __init__(self) -> None:
        super().__init__()
        self.eye = nn.Sequential(
            nn.Conv2d(1, 16, 5, 2, 2), nn.ReLU(), nn.Conv2d(16, 32, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 32, 3, 1, 1), nn.ReLU(), nn.Flatten(), nn.Linear(32 * 7 * 7, 64), nn.ReLU(),
        )  # fmt: skip
        self.head = nn.Linear(64, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Logits (batch, 10)."""
        return self.head(self.eye(images))

    def features(self, images: Tensor) -> Tensor:
        """What it sees before it decides, (batch, 64)."""
        return self.eye(images)


def train_reader(images: Tensor, labels: Tensor, *, seed: int = 0, epochs: int = 8, batch: int = 64) -> DigitReader:
    """A reader trained on images (n, 1, 28, 28) and labels (n,); leaves the global random state as it was."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        reader = DigitReader()
    draw = torch.Generator().manual_seed(seed)
    adam = torch.optim.Adam(reader.parameters(), lr=2e-3)
    steps = epochs * (len(images) // batch)
    rate = torch.optim.lr_scheduler.OneCycleLR(adam, max_lr=4e-3, total_steps=steps)
    for _ in range(steps):
        chosen = torch.randint(len(images), (batch,), generator=draw)
        # A digit moved by up to two pixels is the same digit: that is worth more than more epochs.
        right, down = torch.randint(-2, 3, (2,), generator=draw).tolist()
        shifted = images[chosen].roll((down, right), dims=(2, 3))
        loss = F.cross_entropy(reader(shifted), labels[chosen])
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        rate.step()
    return reader.eval()


@torch.no_grad()
def read(reader: DigitReader, images: Tensor) -> tuple[Tensor, Tensor]:
    """What the reader sees in images (n, 1, 28, 28): features (n, 64) and probabilities (n, 10)."""
    seen = reader.features(images)
    return seen, F.softmax(reader.head(seen), dim=1)
