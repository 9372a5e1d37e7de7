"""The world of pictures draws what it should from where it should."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from pipeline.gan import draws
from pipeline.gan.datasets import Split
from pipeline.gan.pictures import Pictures


def world() -> Pictures:
    """Three dark training pictures of class 0 to 2, two light held-out ones of class 3 and 4."""
    dark, light = np.full((3, 4, 4), -1, np.float32), np.full((2, 4, 4), 1, np.float32)
    return Pictures(Split(dark, light, np.arange(3), np.arange(3, 5)))


def test_pictures_draw_each_part_for_its_purpose() -> None:
    """Training draws come from the training part, measures from the held-out one, each with its own labels."""
    dice = draws.generators((0,), "real")
    train, held_out = world().sample(9, dice), world().held_out(9, dice)
    assert train.data.shape == (9, 1, 4, 4) and train.pictures
    assert bool((train.data == -1).all()) and bool((held_out.data == 1).all())
    assert train.labels is not None and int(train.labels.max()) < 3
    assert held_out.labels is not None and int(held_out.labels.min()) >= 3


def test_pictures_repeat_with_their_dice() -> None:
    """The same generator deals the same batch."""
    one, two = (world().sample(9, draws.generators((5,), "real", 7)) for _ in range(2))
    assert one.labels is not None and two.labels is not None and torch.equal(one.labels, two.labels)


def test_pictures_refuse_two_runs_at_once() -> None:
    """Image networks have no runs axis, and the message says what to do."""
    with pytest.raises(ValueError, match="one seed"):
        world().sample(4, draws.generators((0, 1), "real"))
