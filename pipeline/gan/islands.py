"""The ring of eight islands, and the pair of players that reaches them all: shared by the chapters that count modes.

A mode's standard deviation is small beside its distance to the next: what lies between is nowhere. How islands are
counted is said in ``gan.measures``. Sources: Goodfellow et al. (2014); R1 from Mescheder et al. (2018).
"""

from __future__ import annotations

import numpy as np

from pipeline.gan import worlds
from pipeline.gan.networks import Detective, Forger
from pipeline.study import Recipe

MODES = 8
SD = 0.05
"""Standard deviation of each mode; their centres lie on a circle of radius 1."""


def world(recipe: Recipe) -> worlds.Gaussians:
    """Eight islands on a ring."""
    return worlds.ring(MODES, 1.0, SD)


def centres() -> np.ndarray:
    """(MODES, 2)"""
    return np.array(worlds.ring(MODES, 1.0, SD).centres)


def players(recipe: Recipe) -> tuple[Forger, Detective]:
    """Three hidden layers each; the detective's first layer is raised, so that it sees islands this small."""
    forger = Forger(recipe.seeds, (recipe.latent_size, 64, 64, 64, 2))
    return forger, Detective(recipe.seeds, (2, 64, 64, 64, 1), gain=6.0)


RECIPE = Recipe(
    steps=3000,
    batch_size=256,
    latent_size=4,
    learning_rates=(1e-3, 3e-3),
    schedule="cosine",
    last_rate=0.01,
    penalty=0.003,
    average=0.99,
    seeds=(0, 1, 2, 3, 4),
)
"""With which all five seeds reach all islands."""
