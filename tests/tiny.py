"""The smallest real study, for tests of the build: one hill, forty rounds, one film of a second with its sound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from pipeline.gan import worlds
from pipeline.gan.losses import CLASSIC
from pipeline.gan.networks import Detective, Forger
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

RECIPE = Recipe(
    steps=40, batch_size=32, latent_size=1, learning_rates=(0.01, 0.02), seeds=(0, 1), frames=10, penalty=0.1
)


def real(recipe: Recipe) -> worlds.Gaussians:
    """Numbers near nought."""
    return worlds.hills((0.0,), 0.5)


def players(recipe: Recipe) -> tuple[Forger, Detective]:
    """Two small networks; the forger starts to the right."""
    return Forger(recipe.seeds, (recipe.latent_size, 8, 1), start=3.0), Detective(recipe.seeds, (1, 8, 1), gain=2.0)


def observe(look: Look) -> Observation:
    """Where the forgeries lie."""
    forged = look.forger(look.noise(200)).detach().numpy()  # (runs, 200, 1)
    return Observation(frames={"forged": forged[look.shown, :, 0]}, curves={"distance": np.abs(forged.mean((1, 2)))})


def draw(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """The forgeries on a line."""
    pane = canvas.pane(x=(-2, 5), y=(0, 1), box=(0.1, 0.1, 0.8, 0.8))
    rug = pane.rug("forged", 0.2)

    def update(moment: float) -> None:
        rug.set(recordings["hill"].frame("forged", moment))

    return update


def play(recordings: Recordings) -> np.ndarray:
    """A tone of one second."""
    wave = 0.2 * np.sin(2 * np.pi * 330 * np.arange(48_000) / 48_000)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def distance(recordings: Recordings) -> Series:
    """How far the forged mean is from the true one."""
    return recordings["hill"].series("distance")


STUDIES = {
    "hill": Study(
        "hill",
        duels={"hill": Duel(RECIPE, real, players, CLASSIC, observe, data="hill")},
        figures=(Figure("line", draw, duel="hill", seconds=1.0, fps=10, size=(320, 180), sound="tone"),),
        sounds=(Sound("tone", play, seconds=1.0, tones={"low": ("real", 330.0)}),),
        values=(Value("distance", distance, series=True),),
        claims=(Claim("comes_nearer", lambda recordings: distance(recordings).lowest, "<=", 2.9),),
    )
}
