"""The duel of the digits once more, without their names, and with a forger whose addresses are a plane.

All that such a forger can make lies on one page (``gan.sheet``). Data, detective and reader are those of
``gan.digits``. The reader takes no part in the duel; it is *sure* of a picture where it gives its first choice a
probability of ``SURE`` or more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from pipeline.gan import classifier, datasets, digits, pictures, sheet
from pipeline.gan.images import ImageDetective, ImageForger, start_bold, start_small
from pipeline.gan.sheet_forgers import PlaneForger
from pipeline.study import Recipe

Floats = npt.NDArray[np.floating]

# The world and the players

WAVES, PITCH = 16, 5.0
"""Waves over the square, and how short they are: shorter ones give each numeral more and smaller countries."""
RECIPE = Recipe(
    steps=1300,
    batch_size=32,
    latent_size=2,
    learning_rates=(1e-3, 2e-3),
    betas=(0.5, 0.99),
    schedule="late_linear",
    penalty=0.05,
    penalty_every=8,
    average=0.99,
)


def world(recipe: Recipe) -> pictures.Pictures:
    """4,000 handwritten digits, without their names."""
    return pictures.Pictures(replace(datasets.digits(), train_labels=None, held_out_labels=None))


def players(recipe: Recipe) -> tuple[PlaneForger, ImageDetective]:
    """The usual players, told nothing; the forger's addresses are two numbers."""
    body = ImageForger(WAVES, channels=(64, 32), start=7)
    detective = ImageDetective(datasets.DIGIT_SIZE, channels=(32, 64), norm=True)
    start_small(body)
    start_small(detective)
    start_bold(body, gain=6.0)
    return PlaneForger(recipe.shown, WAVES, PITCH, body), detective


# The page

SURE = 0.9


def read_page(forger: Callable[[Tensor], Tensor], rows: int, columns: int) -> tuple[Floats, Floats]:
    """Pictures (cells, height, width) at the middles of the cells, and the reader's probabilities (cells, 10)."""
    noise = torch.from_numpy(sheet.addresses(sheet.lattice(rows, columns)).astype(np.float32))
    made = torch.cat([forger(part).cpu() for part in noise.split(360)])
    return made[:, 0].numpy(), classifier.read(digits.reader(), made)[1].numpy()


def shares(chances: Floats) -> Floats:
    """The share of cells (cells, 10) read as each numeral by a reader that is sure, (10,)."""
    read, sure = chances.argmax(1), chances.max(1) >= SURE
    return np.array([(sure & (read == digit)).mean() for digit in range(digits.CLASSES)])


def neighbours(page: Floats, chances: Floats, columns: int) -> tuple[float, float]:
    """Median distance of pictures side by side or one above the other: of the same numeral, and of different ones.

    Distances are between all pixels, sqrt(sum (x - y)^2); NaN where there are no such neighbours.
    """
    grid = page.reshape(len(page) // columns, columns, -1)
    named = chances.argmax(1).reshape(grid.shape[:2])
    apart = [np.linalg.norm(np.diff(grid, axis=axis), axis=-1).ravel() for axis in (0, 1)]
    differ = np.concatenate([(np.diff(named, axis=axis) != 0).ravel() for axis in (0, 1)])
    both = np.concatenate(apart)
    return _median(both[~differ]), _median(both[differ])


def _median(values: Floats) -> float:
    return float(np.median(values)) if len(values) else float("nan")
