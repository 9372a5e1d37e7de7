"""Faces: a forger of drawn portraits, and the map of its noise on which a reader walks.

The originals come from known dials (``gan.faces``), so that what a search finds in the forger's noise can be checked.
How the map is found, named, walked and shipped is told in ``noise_map``. Age and smile are of equal strength, so the
search turns what it finds until it is as independent as it can be.

Sources: Radford et al., "DCGAN" (2016), of which the players are small ones; lazy R1 as in Karras et al., "StyleGAN2"
(2020), section 3.1; Haerkoenen et al., "GANSpace" (2020).
"""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from pipeline import noise_map
from pipeline.gan import datasets, latent, pictures
from pipeline.gan.faces import SIZE
from pipeline.gan.images import ImageDetective, ImageForger, start_small
from pipeline.gan.losses import CLASSIC
from pipeline.noise_map import SECONDS, STRIDES
from pipeline.study import Claim, Duel, Export, Figure, Recipe, Sound, Study, Value

RECIPE = Recipe(
    steps=900,
    batch_size=32,
    latent_size=8,  # with 2 the edges of the map are torn, and much is never forged
    learning_rates=(1e-3, 1e-3),
    betas=(0.5, 0.99),
    schedule="late_linear",
    penalty=0.5,
    penalty_every=4,
    average=0.99,
    frames=24,
)


def players(recipe: Recipe) -> tuple[ImageForger, ImageDetective]:
    """62,000 weights against 72,000."""
    forger = ImageForger(recipe.latent_size, channels=(64, 32, 16), start=SIZE // 8)
    noise_map.give_the_middle_a_picture(forger)
    detective = ImageDetective(SIZE, channels=(24, 48, 64), norm=True)
    start_small(forger)
    start_small(detective)
    return forger, detective


DIALS = ("age", "smile")
"""Up the map, and across."""


def tables() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Age and smile of the portraits to learn from, and of those held out."""
    known, held_out = datasets.face_dials()
    return known.table(), held_out.table()


ORIGINALS = noise_map.Originals(datasets.faces, tables)
observe = partial(noise_map.observe, ORIGINALS, latent.find_directions)
draw_walk, play_walk = partial(noise_map.draw_walk, "faces"), partial(noise_map.play_walk, "faces")
age, smile = partial(noise_map.correlation, "faces", 0), partial(noise_map.correlation, "faces", 1)
neighbour_ratio = partial(noise_map.neighbour_ratio, "faces")

STUDY = Study(
    name="faces",
    duels={"faces": Duel(RECIPE, lambda recipe: pictures.faces(), players, CLASSIC, observe, data="faces")},
    figures=(Figure("walk", draw_walk, "faces", SECONDS, poster=0.09, sound="walk", places=STRIDES),),
    sounds=(Sound("walk", play_walk, SECONDS, noise_map.TONES),),
    values=(
        Value("age_correlation", age),
        Value("smile_correlation", smile),
        Value("crosstalk", partial(noise_map.crosstalk, "faces")),
        Value("neighbour_ratio", neighbour_ratio),
        Value("held_out", lambda recordings: float(recordings["faces"].constants["held_out"])),
        Value("reader_right", partial(noise_map.reader_right, "faces")),
        Value("weights", partial(noise_map.weights, "faces", SIZE, players)),
        Value("across", partial(noise_map.along_walk, "faces", "places", 0), series=True),
        Value("up", partial(noise_map.along_walk, "faces", "places", 1), series=True),
        Value("age", partial(noise_map.along_walk, "faces", "walk_read", 0), series=True),
        Value("smile", partial(noise_map.along_walk, "faces", "walk_read", 1), series=True),
    ),
    claims=(
        Claim("age_found", age, ">=", 0.9),
        Claim("smile_found", smile, ">=", 0.85),
        Claim("strongest_is_age", partial(noise_map.goes_with, "faces", 0, 0), ">=", 0.9),
        Claim("neighbours_alike", neighbour_ratio, "<=", 0.3),
    ),
    exports=(Export("map", partial(noise_map.ship, "faces", DIALS, SIZE, players)),),
)  # fmt: skip
