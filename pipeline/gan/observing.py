"""Between the game and its recording: what an observer may look at, and what it hands back.

An observer is a study's function ``observe(look) -> Observation``. It runs without gradients, with
the players set to evaluate, and draws its own noise and its own real data (purposes "shown noise" and
"held out"), so that looking changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.gan import draws
from pipeline.gan.worlds import Batch, World
from pipeline.study import Recipe


@dataclass(frozen=True)
class Look:
    """One moment of the training, open to inspection."""

    step: int
    """Rounds played so far; 0 is the untrained forger."""
    index: int
    """Number of this look, from 0."""
    last: bool
    """True at the end of the run (also of a draft)."""
    forger: nn.Module
    """The forger shown: the running mean of the trained one where the recipe asks for it."""
    detective: nn.Module
    """The detective as trained so far."""
    recipe: Recipe
    world: World
    memory: dict[str, Tensor | Batch] = field(default_factory=dict)
    """Kept from look to look, so that fixed noise and held-out data are drawn once; never recorded."""

    @property
    def shown(self) -> int:
        """Row of the shown seed among the runs."""
        return self.recipe.seeds.index(self.recipe.shown)

    @property
    def pictures(self) -> bool:
        """Whether the world is one of images, which know no runs axis."""
        return self.held_out(1, "probe").pictures

    @property
    def device(self) -> torch.device:
        """Where the players live."""
        return next(self.forger.parameters()).device

    def every(self, looks: int) -> bool:
        """True at each so-many-th look and at the last: for what is dear to measure."""
        return self.index % looks == 0 or self.last

    def noise(self, samples: int, purpose: str = "shown noise") -> Tensor:
        """The same noise at every look, so that one forged point can be followed.

        (runs, samples, latent) for points, (samples, latent) for images.
        """
        key = f"{purpose}/{samples}"
        if key not in self.memory:
            dice = draws.generators(self.recipe.seeds, purpose)
            noise = draws.normal(dice, samples, self.recipe.latent_size).to(self.device)
            self.memory[key] = noise[0] if self.pictures else noise
        kept = self.memory[key]
        assert isinstance(kept, Tensor)
        return kept

    def held_out(self, samples: int, purpose: str = "held out") -> Batch:
        """Real data that training never drew, the same at every look."""
        key = f"{purpose}/{samples}"
        if key not in self.memory:
            dice = draws.generators(self.recipe.seeds, purpose)
            self.memory[key] = self.world.held_out(samples, dice).to(self.device)
        kept = self.memory[key]
        assert isinstance(kept, Batch)
        return kept


@dataclass(frozen=True)
class Observation:
    """What is kept of one look."""

    frames: Mapping[str, np.ndarray] = field(default_factory=dict)
    """Of the shown seed; the same names and shapes at every look."""
    curves: Mapping[str, np.ndarray] = field(default_factory=dict)
    """(seeds,) each; a name may be left out of a look where it was not measured."""
    constants: Mapping[str, np.ndarray] = field(default_factory=dict)
    """What does not change; the first look's are kept."""
