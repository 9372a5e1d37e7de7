"""Letters: a forger of the letter a, taught on fifteen typefaces, and the map of its noise from light to bold.

The originals come from known dials (``gan.letters``): the weight that was asked of the typeface, and whether people
call it a serif, a slab serif or a sans. How the map is found, named, walked and shipped is told in ``noise_map``.
Weight is by far the strongest cause, so the search needs no turn: it takes the ways of largest mean change as they are.
How far a forged letter lies from the nearest original is compared with how far typefaces lie from one another.

Sources: Radford et al., "DCGAN" (2016), of which the players are small ones; minibatch standard deviation from Karras
et al. (2018), section 3; lazy R1 as in Karras et al., "StyleGAN2" (2020), section 3.1; Stein (1981) for the search.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from pipeline import noise_map
from pipeline.gan import datasets, latent, letters, measures, pictures
from pipeline.gan.images import ImageDetective, ImageForger
from pipeline.gan.letters import SIZE
from pipeline.gan.losses import CLASSIC
from pipeline.gan.observing import Look, Observation
from pipeline.noise_map import SECONDS, STRIDES
from pipeline.study import Claim, Duel, Export, Figure, Recipe, Recordings, Sound, Study, Value

RECIPE = Recipe(
    steps=1600,
    batch_size=32,
    latent_size=8,  # with 2 the edges of the map are torn, and much is never forged
    learning_rates=(1e-3, 1e-3),
    betas=(0.5, 0.99),
    schedule="late_linear",
    penalty=0.5,
    penalty_every=4,
    average=0.995,
    frames=24,
)


def players(recipe: Recipe) -> tuple[ImageForger, ImageDetective]:
    """77,000 weights against 69,000. A detective without norms takes longer and leaves cleaner edges."""
    forger = ImageForger(recipe.latent_size, channels=(64, 48, 24), start=SIZE // 8)
    noise_map.give_the_middle_a_picture(forger)
    return forger, ImageDetective(SIZE, channels=(24, 48, 64), deviation=True)


# ---- what to keep --------------------------------------------------------------------------------------------------

DIALS = ("weight", "style")
"""Up the map, and across."""
COMPARED = 800
"""Forged letters that are laid beside all originals."""


def tables() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Weight and style of the letters to learn from, and of those held out."""
    known, held_out = datasets.letter_dials()
    return known.table(), held_out.table()


ORIGINALS = noise_map.Originals(datasets.letters, tables)


def observe(look: Look) -> Observation:
    """What every map keeps; at the end also how far forged letters lie from the nearest original."""
    seen = noise_map.observe(ORIGINALS, latent.main_directions, look)
    if not look.last:
        return seen
    forged = noise_map.forge(look, look.noise(COMPARED, "compared noise"))
    originals = datasets.letters().train
    _, apart = measures.nearest(forged.reshape(len(forged), -1), originals.reshape(len(originals), -1))
    return replace(seen, constants={**seen.constants, "forged_apart": apart, "typefaces_apart": typefaces_apart()})


def typefaces_apart() -> npt.NDArray[np.floating]:
    """How far each held-out letter lies from the nearest original of any other typeface, (held out,)."""
    split, (known, held_out) = datasets.letters(), datasets.letter_dials()
    train, others = (some.reshape(len(some), -1) for some in (split.train, split.held_out))
    apart = np.empty(len(others), dtype=np.float32)
    for face in range(len(letters.TYPEFACES)):
        of_face, of_others = held_out.typeface == face, known.typeface != face
        apart[of_face] = measures.nearest(others[of_face], train[of_others])[1]
    return apart


# ---- what to see and hear ------------------------------------------------------------------------------------------

draw_walk, play_walk = partial(noise_map.draw_walk, "letters"), partial(noise_map.play_walk, "letters")

# ---- what to count and claim ---------------------------------------------------------------------------------------

weight, style = partial(noise_map.goes_with, "letters", 0, 0), partial(noise_map.goes_with, "letters", 1, 1)
neighbour_ratio = partial(noise_map.neighbour_ratio, "letters")


def nearest_ratio(recordings: Recordings) -> float:
    """How far a forged letter lies from its nearest original, as a share of how far typefaces lie apart; medians."""
    kept = recordings["letters"].constants
    return float(np.median(kept["forged_apart"]) / np.median(kept["typefaces_apart"]))


def slab_rows(recordings: Recordings) -> float:
    """Rows of the sheet that begin with what the reader calls a serif, end with a sans and pass slab serifs between."""
    rows = recordings["letters"].constants["sheet_names"][:, 1].reshape(noise_map.SIDE, noise_map.SIDE)
    return float(sum(row[0] == 0 and row[-1] == 2 and 1 in row for row in rows))


STUDY = Study(
    name="letters",
    duels={"letters": Duel(RECIPE, lambda recipe: pictures.letters(), players, CLASSIC, observe, data="letters")},
    figures=(Figure("stroll", draw_walk, "letters", SECONDS, poster=0.09, sound="stroll", places=STRIDES),),
    sounds=(Sound("stroll", play_walk, SECONDS, noise_map.TONES),),
    values=(
        Value("typefaces", lambda recordings: float(len(letters.TYPEFACES))),
        Value("weight_correlation", weight),
        Value("style_correlation", style),
        Value("crosstalk", partial(noise_map.crosstalk, "letters")),
        Value("neighbour_ratio", neighbour_ratio),
        Value("nearest_ratio", nearest_ratio),
        Value("slab_rows", slab_rows),
        Value("held_out", lambda recordings: float(recordings["letters"].constants["held_out"])),
        Value("reader_right", partial(noise_map.reader_right, "letters")),
        Value("weights", partial(noise_map.weights, "letters", SIZE, players)),
        Value("across", partial(noise_map.along_walk, "letters", "places", 0), series=True),
        Value("up", partial(noise_map.along_walk, "letters", "places", 1), series=True),
        Value("weight", partial(noise_map.along_walk, "letters", "walk_read", 0), series=True),
        Value("style", partial(noise_map.along_walk, "letters", "walk_read", 1), series=True),
    ),
    claims=(
        Claim("weight_found", weight, ">=", 0.8),
        Claim("style_found", style, ">=", 0.65),
        Claim("neighbours_alike", neighbour_ratio, "<=", 0.33),
        Claim("slab_between", slab_rows, ">=", 6),
        Claim("not_copied", nearest_ratio, ">=", 0.5),
    ),
    exports=(Export("letter_map", partial(noise_map.ship, "letters", DIALS, SIZE, players)),),
)  # fmt: skip
