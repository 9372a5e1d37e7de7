"""A world of pictures: batches drawn from the training part of a data set, with their classes if it has any."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import torch

from pipeline.gan import datasets
from pipeline.gan.worlds import Batch


class Pictures:
    """Pictures have one run: a second seed is a second training."""

    def __init__(self, split: datasets.Split) -> None:
        self.split = split

    def sample(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """Of the training part, with replacement: images (batch, 1, height, width) and labels (batch,)."""
        return _draw(self.split.train, self.split.train_labels, batch, dice)

    def held_out(self, batch: int, dice: Sequence[torch.Generator]) -> Batch:
        """Of the part that no player sees."""
        return _draw(self.split.held_out, self.split.held_out_labels, batch, dice)


def _draw(
    images: datasets.Images, labels: datasets.Labels | None, batch: int, dice: Sequence[torch.Generator]
) -> Batch:
    if len(dice) != 1:
        raise ValueError(f"pictures are learnt by one run at a time, not {len(dice)}: give the recipe one seed")
    chosen = torch.randint(len(images), (batch,), generator=dice[0]).numpy()
    drawn = torch.from_numpy(images[chosen]).unsqueeze(1)
    return Batch(drawn, None if labels is None else torch.from_numpy(labels[chosen]))


@lru_cache(maxsize=1)
def digits() -> Pictures:
    """4,000 handwritten digits, with labels."""
    return Pictures(datasets.digits())


@lru_cache(maxsize=1)
def tiles() -> Pictures:
    """6,000 ornamental tiles."""
    return Pictures(datasets.tiles())


@lru_cache(maxsize=1)
def faces() -> Pictures:
    """4,000 drawn portraits, without their dials."""
    return Pictures(datasets.faces())


@lru_cache(maxsize=1)
def letters() -> Pictures:
    """6,400 times the letter a, without typeface or weight."""
    return Pictures(datasets.letters())
