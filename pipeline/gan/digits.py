"""The duel of the handwritten digits: its world, its players, its recipe, and a reader to judge what comes out.

Several chapters look at this one duel; each keeps and shows something else of it. Judged forgeries are laid before a
reader that takes no part in any training (``gan.classifier``). Frechet's distance is taken between its features of
forgeries and of the held-out digits, which neither players nor reader have seen.

Sources: Goodfellow et al., "Generative Adversarial Nets" (2014); R1 from Mescheder et al. (2018); the players after
Radford et al., "DCGAN" (2016), told the label as in Miyato and Koyama (2018).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from pipeline.gan import classifier, datasets, measures, pictures
from pipeline.gan.images import ImageDetective, ImageForger, start_bold, start_small
from pipeline.gan.observing import Look
from pipeline.study import Recipe

# The world and the players

CLASSES = 10


def world(recipe: Recipe) -> pictures.Pictures:
    """4,000 handwritten digits, each with its name."""
    return pictures.digits()


def players(recipe: Recipe) -> tuple[ImageForger, ImageDetective]:
    """Both are told which digit is meant; the forger begins with static at full contrast."""
    forger = ImageForger(recipe.latent_size, channels=(64, 32), start=7, classes=CLASSES)
    detective = ImageDetective(datasets.DIGIT_SIZE, channels=(32, 64), classes=CLASSES, norm=True)
    start_small(forger)
    start_small(detective)
    start_bold(forger, gain=6.0)  # the small weights of the last layer would print one flat grey
    return forger, detective


RECIPE = Recipe(
    steps=1400,
    batch_size=32,
    latent_size=16,
    learning_rates=(2e-3, 2e-3),
    betas=(0.5, 0.99),
    schedule="late_linear",
    penalty=0.2,  # 4,000 digits are few enough to be learned by heart: a weaker one leaves a larger distance
    penalty_every=8,
    average=0.99,
)
"""What every chapter trains; how many frames it keeps is its own affair."""

# What the forger makes


def sheet(look: Look, rows: int) -> np.ndarray:
    """Each row is one noise vector, asked for every numeral in turn: bytes, (rows * CLASSES, height, width)."""
    labels = torch.arange(CLASSES, device=look.device).repeat(rows)
    forged = look.forger(look.noise(rows).repeat_interleave(CLASSES, dim=0), labels)
    return datasets.pack(forged[:, 0].cpu().numpy())


def forge(look: Look, count: int) -> tuple[Tensor, Tensor]:
    """So many forgeries (count, 1, height, width) of the numerals by turns, and what was asked for (count,)."""
    asked = torch.arange(count) % CLASSES
    return look.forger(look.noise(count, "judged noise"), asked.to(look.device)).cpu(), asked


# The reader and its verdicts


@lru_cache(maxsize=1)
def reader() -> classifier.DigitReader:
    """Trained on the training digits alone, in a few seconds; the same each time."""
    split = datasets.digits()
    assert split.train_labels is not None
    with torch.enable_grad():
        return classifier.train_reader(_pictures(split.train), torch.from_numpy(split.train_labels))


def right(images: Tensor, asked: Tensor) -> np.ndarray:
    """Of images (n, 1, height, width): whether the reader finds the numeral that was asked for, (n,) bool."""
    return (classifier.read(reader(), images)[1].argmax(1) == asked).numpy()


def right_by_numeral(images: Tensor, asked: Tensor) -> np.ndarray:
    """The share that is read as asked, of each numeral, (CLASSES,)."""
    found, numerals = right(images, asked), asked.numpy()
    return np.array([found[numerals == digit].mean() for digit in range(CLASSES)])


def accuracy() -> float:
    """How often the reader is right about held-out digits."""
    split = datasets.digits()
    assert split.held_out_labels is not None
    return float(right(_pictures(split.held_out), torch.from_numpy(split.held_out_labels)).mean())


def distance(images: Tensor) -> float:
    """Frechet's distance between the reader's features of images (n, 1, height, width) and of the held-out digits."""
    seen, held_out = (classifier.read(reader(), some)[0] for some in (images, _pictures(datasets.digits().held_out)))
    return measures.frechet(seen.numpy(), held_out.numpy())


def distance_of_originals(each: int | None = None) -> float:
    """The same of so many training digits of each numeral, or of all: what a perfect forger would come to."""
    split = datasets.digits()
    chosen = [np.flatnonzero(split.train_labels == digit)[:each] for digit in range(CLASSES)]
    return distance(_pictures(split.train[np.concatenate(chosen)]))


def _pictures(images: datasets.Images) -> Tensor:
    return torch.from_numpy(images).unsqueeze(1)
