"""A game of real or fake, dealt from what a run left behind: rounds of forgeries, and how a detective judges one.

Rules only, no choice by eye: forgeries come as they were made, but for the last round, which takes the most regular.
It knows no study, no page and no player.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from pipeline.gan.tiles import asymmetry, symmetry_error

Images = npt.NDArray[np.float32]
GROUP = 8
"""Pictures that a detective with a batch deviation sees together (gan.images.with_deviation)."""


def rounds(albums: Mapping[int, Images], originals: Images, early: int, pairs: int) -> list[tuple[int, Images]]:
    """``early`` rounds and a last one: the step, and ``pairs`` forgeries (pairs, size, size) that no other round shows.

    Round k takes addresses k * pairs and following from the k-th album (the last one where there are fewer), good
    and bad as they come. The last round takes, from the rest of the last album, the most regular ones, those last
    that are paler than three in four originals.
    """
    steps = sorted(albums)
    taken = [steps[min(k, len(steps) - 1)] for k in range(early)]
    found = [(step, albums[step][k * pairs : (k + 1) * pairs]) for k, step in enumerate(taken)]
    rest = albums[steps[-1]][early * pairs :]
    bold = np.quantile(originals.std(axis=(1, 2)), 0.25)
    order = np.lexsort((symmetry_error(rest), rest.std(axis=(1, 2)) < bold))
    return [*found, (steps[-1], rest[order[:pairs]])]


def laid_out(
    dealt: Sequence[tuple[int, Images]], originals: Images, detective: nn.Module, company: Images
) -> tuple[Images, list[dict[str, Any]]]:
    """The sheet's rows of ink, (3 * rounds, pairs, size, size) in [0, 1], and the facts of each round.

    Three rows a round: originals, forgeries, where these break their mirrors. The facts are the step, and for each
    pair the detective's belief in the original and in the forgery, and the forgery's symmetry error.
    """
    rows, facts, first = [], [], 0
    for step, forged in dealt:
        real = originals[first : first + len(forged)]
        first += len(forged)
        broken = 3 * asymmetry(forged) - 0.15  # the slightest faults left out, the others bold
        rows += [(real + 1) / 2, (forged + 1) / 2, np.clip(broken, 0, 1)]
        told = zip(*(alone(detective, t, company) for t in (real, forged)), symmetry_error(forged), strict=True)
        facts.append({"step": step, "pairs": [[round(float(number), 4) for number in pair] for pair in told]})
    return np.stack(rows).astype(np.float32), facts


@torch.no_grad()
def alone(detective: nn.Module, images: Images, company: Images) -> npt.NDArray[np.float32]:
    """The detective's probability that each picture is real, (n,), each judged on its own merits.

    A detective that sees how its group varies gets every picture together with the same GROUP - 1 originals, so that
    none is helped or harmed by its like.
    """
    if len(company) != GROUP - 1:
        raise ValueError(f"a picture is judged in a company of {GROUP - 1}, not {len(company)}")
    groups = np.concatenate([np.concatenate([company, image[None]]) for image in images])
    logits: torch.Tensor = detective(torch.from_numpy(groups).unsqueeze(1))
    return torch.sigmoid(logits[GROUP - 1 :: GROUP]).numpy()
