"""A newcomer who learns to tell originals from forgeries: how far a duel has come, seen by one who took no part.

Three layers of convolution and two of weights, trained for a second or two on a stated number of pictures and
examined on others. How often it is right says as much of its schooling as of the forgeries: the more it may study,
the less escapes it. So a share of right answers always goes with the size of the lesson.

Source: the two-sample test by classifier of Lopez-Paz and Oquab (2017), arXiv:1610.06545.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

Images = npt.NDArray[np.float32]

PASSES = 8
"""How often the newcomer goes through its lesson."""
BATCH = 64


def newcomer(size: int) -> nn.Module:
    """Pictures (batch, 1, size, size) in [-1, 1] to one logit each, (batch, 1): above 0 for "original"."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 5, 2, 2), nn.ReLU(), nn.Conv2d(16, 32, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 32, 3, 1, 1), nn.ReLU(), nn.Flatten(), nn.Linear(32 * (size // 4) ** 2, 64), nn.ReLU(),
        nn.Linear(64, 1),
    )  # fmt: skip


def taught(originals: Images, forgeries: Images, *, seed: int = 0) -> nn.Module:
    """A newcomer after its lesson, (n, size, size) of each kind; leaves the global random state as it was.

    It learns on the processor, so that the lesson is the same wherever the duel is played.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        pupil = newcomer(originals.shape[-1])
    pictures = _batch(np.concatenate([originals, forgeries]))
    answers = torch.cat([torch.ones(len(originals)), torch.zeros(len(forgeries))])
    draw = torch.Generator().manual_seed(seed)
    steps = max(1, PASSES * len(pictures) // BATCH)
    adam = torch.optim.Adam(pupil.parameters(), lr=2e-3)
    rate = torch.optim.lr_scheduler.OneCycleLR(adam, max_lr=4e-3, total_steps=steps)
    with torch.enable_grad():  # looks are taken without gradients
        for _ in range(steps):
            chosen = torch.randint(len(pictures), (BATCH,), generator=draw)
            loss = F.binary_cross_entropy_with_logits(pupil(pictures[chosen]).squeeze(1), answers[chosen])
            adam.zero_grad(set_to_none=True)
            loss.backward()
            adam.step()
            rate.step()
    return pupil.eval()


@torch.no_grad()
def share_right(pupil: nn.Module, originals: Images, forgeries: Images) -> float:
    """How often the pupil is right, both kinds weighing the same: .5 is a coin, 1 never fooled."""
    found = (pupil(_batch(originals)) > 0).double().mean()
    caught = (pupil(_batch(forgeries)) <= 0).double().mean()
    return float(found + caught) / 2


def _batch(images: Images) -> Tensor:
    return torch.from_numpy(np.asarray(images, dtype=np.float32)).unsqueeze(1)
