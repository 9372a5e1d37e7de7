"""Data sets: split once and for all, with nothing in both parts."""

from __future__ import annotations

import numpy as np

from pipeline.gan import datasets


def test_digits_hold_out_a_hundred_of_each_class() -> None:
    """Both parts have all ten classes in equal numbers."""
    split = datasets.digits()
    assert split.train_labels is not None and split.held_out_labels is not None
    assert np.bincount(split.train_labels).tolist() == [400] * 10
    assert np.bincount(split.held_out_labels).tolist() == [100] * 10
    assert split.train.shape == (4000, 28, 28) and split.train.min() == -1 and split.train.max() == 1


def test_no_held_out_picture_is_in_the_training_part() -> None:
    """Players never see what they are measured against."""
    for split in (datasets.digits(), datasets.tiles()):
        known = {image.tobytes() for image in split.train}
        assert not any(image.tobytes() in known for image in split.held_out)


def test_packing_is_undone_to_within_a_shade() -> None:
    """A byte keeps a pixel to within 1/255, and the ends exactly."""
    images = np.linspace(-1, 1, 784, dtype=np.float32).reshape(1, 28, 28)
    back = datasets.unpack(datasets.pack(images))
    assert np.abs(back - images).max() <= 1 / 255 + 1e-6
    assert back.min() == -1 and back.max() == 1
