"""A small reader of pictures made from two dials: it says how far each dial looks turned. It takes no part in any duel.

Three layers of convolution and one of weights, trained for a few seconds on originals whose dials are known. For each
dial it gives a number, by which directions are measured, and the chances of three names, which a page can print.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

DIALS = 2
NAMES = 3
"""Names for each dial, thirds of its range, such as young, middle-aged, old."""
STEPS, BATCH = 500, 64

Floats = npt.NDArray[np.float32]


def new_reader(size: int) -> nn.Sequential:
    """Pictures (batch, 1, size, size) to (batch, 2 + 2 * NAMES): both dials, then the logits of their names."""
    return nn.Sequential(
        nn.Conv2d(1, 8, 4, 2, 1), nn.ReLU(), nn.Conv2d(8, 16, 4, 2, 1), nn.ReLU(),
        nn.Conv2d(16, 16, 4, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(16 * (size // 8) ** 2, DIALS * (1 + NAMES)),
    )  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What a reader says of some pictures."""

    dials: Floats
    """(n, 2): -1 to 1 as on the dials."""
    chances: Floats
    """(n, 2, NAMES): of each name, adding to 1."""


def names_of(dials: Floats) -> npt.NDArray[np.int64]:
    """The name, 0 to NAMES - 1, that belongs to dials (n, 2) in [-1, 1]."""
    return np.clip(np.floor((dials + 1) / 2 * NAMES), 0, NAMES - 1).astype(np.int64)


def train_reader(images: Floats, dials: Floats, *, seed: int = 0) -> nn.Sequential:
    """A reader taught by pictures (n, size, size) and their dials (n, 2); leaves the global random state as it was."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        reader = new_reader(images.shape[-1])
    pictures, right = torch.from_numpy(images).unsqueeze(1), torch.from_numpy(dials)
    names = torch.from_numpy(names_of(dials))
    draw = torch.Generator().manual_seed(seed)
    adam = torch.optim.Adam(reader.parameters(), lr=3e-3)
    rate = torch.optim.lr_scheduler.OneCycleLR(adam, max_lr=6e-3, total_steps=STEPS)
    with torch.enable_grad():  # looks are taken without gradients
        for _ in range(STEPS):
            chosen = torch.randint(len(pictures), (BATCH,), generator=draw)
            said, logits = _parted(reader(pictures[chosen]))
            wrong_names = F.cross_entropy(logits.flatten(0, 1), names[chosen].flatten())
            loss = (said - right[chosen]).square().mean() + wrong_names
            adam.zero_grad(set_to_none=True)
            loss.backward()
            adam.step()
            rate.step()
    return reader.eval()


@torch.no_grad()
def read(reader: nn.Module, images: Floats) -> Reading:
    """What it says of pictures (n, size, size)."""
    said, logits = _parted(reader(torch.from_numpy(images).unsqueeze(1)))
    return Reading(said.numpy(), F.softmax(logits, dim=2).numpy())


def _parted(output: Tensor) -> tuple[Tensor, Tensor]:
    """Dials (n, 2) and logits (n, 2, NAMES)."""
    return output[:, : DIALS], output[:, DIALS :].view(-1, DIALS, NAMES)
