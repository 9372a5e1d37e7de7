"""From noise to form: a cloud of points that becomes a heart, and a sheet of static that becomes handwriting.

Quality is 1 - JS / JS0 on held-out data: JS is the Jensen-Shannon divergence between two histograms of 20,000 points
on 40 x 40 cells, one forged, one real points never trained on; JS0 is that of the untrained forger. The
``quality_ceiling`` is what a perfect forger would score, two handfuls of real points against each
other. Of the seeds not shown quality is measured at every tenth look; between, the last one stands.

The digits are judged at the end by a reader that takes no part in the duel (``gan.digits``): the share of 1,000
forgeries in which it finds the asked-for digit, and Frechet's distance between its features of 4,000 forgeries
and of the held-out digits. ``digits_distance_real`` is that distance for the training digits themselves.

Sources: Goodfellow et al., "Generative Adversarial Nets" (2014); R1 from Mescheder et al. (2018).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.gan import datasets, digits, measures, worlds
from pipeline.gan.losses import CLASSIC
from pipeline.gan.networks import Detective, Forger, alone
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.sounding import melodies, tones
from pipeline.sounding.clock import Clock
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The shape: its world and its players


def shape_world(recipe: Recipe) -> worlds.Heart:
    """Points spread evenly over a heart."""
    return worlds.Heart()


def shape_players(recipe: Recipe) -> tuple[Forger, Detective]:
    """A detective wider than the forger and with a raised first layer, for the cleft and the tip are fine detail."""
    forger = Forger(recipe.seeds, (recipe.latent_size, 96, 96, 96, 2))
    return forger, Detective(recipe.seeds, (2, 128, 128, 128, 1), gain=5.0)


SHAPE = Recipe(
    steps=1500,
    batch_size=128,
    latent_size=4,
    learning_rates=(5e-4, 2e-3),
    betas=(0.5, 0.99),
    critic_steps=3,
    schedule="cosine",
    penalty=0.0005,
    penalty_every=3,
    average=0.98,
    seeds=(0, 1, 2),
)

# What to keep of the shape

SAMPLES = 20_000
"""Forged points, and as many held-out ones, behind one quality."""
DRAWN = 1_000
"""Of these, the first so many are in the film."""
CELLS = 40
"""Cells along each side of the square [-1.25, 1.25]^2; what lies outside counts in the outermost."""
EDGE = 1.25


def observe_shape(look: Look) -> Observation:
    """Forged points and their divergence from held-out ones, in bits."""
    row = slice(look.shown, look.shown + 1)
    noise, held_out = look.noise(SAMPLES), look.held_out(SAMPLES).data.cpu().numpy()
    real = counts(held_out[row])
    points = alone(look.forger, look.shown)(noise[row]).cpu().numpy()  # (1, SAMPLES, 2)
    frames = {
        "points": points[0, :DRAWN].astype(np.float16),
        "divergence": measures.jensen_shannon(counts(points), real)[0],
    }
    if not look.every(10):
        return Observation(frames)
    everyone = counts(look.forger(noise).cpu().numpy())
    curves = {"divergence": measures.jensen_shannon(everyone, counts(held_out))}
    second = counts(look.held_out(SAMPLES, "held out again").data.cpu().numpy()[row])
    constants = {
        "real": held_out[look.shown, :DRAWN],
        "floor": measures.jensen_shannon(second, real)[0],
    }
    return Observation(frames, curves, constants)


def counts(points: np.ndarray) -> np.ndarray:
    """(runs, n, 2) -> how many in each cell, (runs, CELLS * CELLS)."""
    return measures.histogram_2d(points, -EDGE, EDGE, CELLS)


# The digits: the duel that other chapters look at too

DIGITS = replace(digits.RECIPE, frames=160)

# What to keep of the digits

ROWS = 4
"""Of the sheet: each row is one noise vector, asked for every numeral in turn."""
READ = 1_000
"""Forgeries handed to the reader, as many of each numeral."""
COMPARED = 4_000
"""Forgeries behind Frechet's distance, as many as there are training digits."""


def observe_digits(look: Look) -> Observation:
    """The sheet; and at the end, what the reader makes of the forgeries."""
    constants = {"noise": look.noise(ROWS)[0].cpu().numpy()} | (judge_digits(look) if look.last else {})
    return Observation({"sheet": digits.sheet(look, ROWS)}, constants=constants)


def judge_digits(look: Look) -> dict[str, np.ndarray]:
    """The reader's verdict on forgeries, by numeral, and on held-out digits; and how far the two lie apart."""
    forged, asked = digits.forge(look, COMPARED)
    return {
        "read": digits.right_by_numeral(forged[:READ], asked[:READ]),
        "reader_accuracy": np.asarray(digits.accuracy()),
        "distance": np.asarray(digits.distance(forged)),
        "distance_real": np.asarray(digits.distance_of_originals()),
    }


# What to see


def draw_form(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """The cloud over the real points on the left, the sheet on the right, and between them one noise vector.

    The bars are the noise of the sheet's first square; they never change.
    """
    shape, writing = recordings["shape"], recordings["digits"]
    cloud = canvas.pane(x=(-1.1, 1.1), y=(-1.1, 1.05), box=(0.01, 0.07, 0.51, 0.92), equal=True)
    cloud.points("real", size=3.5).set(shape.constants["real"])
    points = cloud.points("forged", size=5.5)
    noise = writing.constants["noise"]
    canvas.pane(x=(0, len(noise)), y=(-3, 3), box=(0.54, 0.12, 0.06, 0.09)).bars("ink-2").set(noise)
    page = canvas.pane(box=(0.62, 0.085, 0.365, 0.89))
    sheet = page.sheet("print-forged", rows=2 * ROWS, columns=digits.CLASSES // 2, gap=4)
    # Ten columns would be small in a film of this shape: 0 to 4 stand above, 5 to 9 below.
    order = np.arange(ROWS * digits.CLASSES).reshape(ROWS, 2, digits.CLASSES // 2).transpose(1, 0, 2).ravel()

    def update(moment: float) -> None:
        points.set(shape.frame("points", moment))
        sheet.set(datasets.unpack(writing.frame("sheet", moment)[order]))

    return update


# What to hear

SECONDS = 12.0
"""Of the film and its soundtrack."""


def play_form(recordings: Recordings) -> Score:
    """Hiss that gives way to a tone, both by the quality of the shape; a bell for each tenth."""
    return melodies.hiss_to_tone(Clock(recordings["shape"].recipe, SECONDS), quality(recordings))


# What to count and to claim


def quality(recordings: Recordings) -> Series:
    """1 - JS / JS0: of the shown seed at every look, of the others as last measured."""
    shape = recordings["shape"]
    steps, measured = shape.curves["divergence"]
    runs = measured[:, np.searchsorted(steps, shape.frame_steps, side="right") - 1]
    runs[shape.shown] = shape.frames["divergence"]
    runs = measures.quality(runs, runs[:, :1])
    return Series(shape.frame_steps, runs[shape.shown], runs)


def quality_ceiling(recordings: Recordings) -> float:
    """The quality of a perfect forger at this many samples."""
    shape = recordings["shape"]
    return float(measures.quality(shape.constants["floor"], shape.frames["divergence"][0]))


def digits_constant(name: str) -> Callable[[Recordings], float]:
    """What was measured once of the digits; the mean over the numerals where there is one for each."""
    return lambda recordings: float(np.mean(recordings["digits"].constants[name]))


def digits_worst(recordings: Recordings) -> float:
    """The share read as asked of the numeral that fares worst."""
    return float(recordings["digits"].constants["read"].min())


STUDY = Study(
    name="noise_to_form",
    duels={
        "shape": Duel(SHAPE, shape_world, shape_players, CLASSIC, observe_shape, data="heart"),
        "digits": Duel(DIGITS, digits.world, digits.players, CLASSIC, observe_digits, data="digits"),
    },
    figures=(Figure("form", draw_form, duel="shape", seconds=SECONDS, sound="rise"),),
    sounds=(
        Sound(
            "rise",
            play_form,
            SECONDS,
            {
                "none": ("forger", float(tones.share_pitch(0.0))),
                "half": ("forger", float(tones.share_pitch(0.5))),
                "all": ("forger", float(tones.share_pitch(1.0))),
                "bell": ("real", float(tones.share_pitch(0.5))),
            },
        ),
    ),
    values=(
        Value("quality", quality, series=True),
        Value("quality_ceiling", quality_ceiling),
        Value("shape_steps", lambda recordings: float(recordings["shape"].recipe.steps)),
        Value("digits_steps", lambda recordings: float(recordings["digits"].recipe.steps)),
        Value("digits_read", digits_constant("read")),
        Value("digits_worst", digits_worst),
        Value("reader_accuracy", digits_constant("reader_accuracy")),
        Value("digits_distance", digits_constant("distance")),
        Value("digits_distance_real", digits_constant("distance_real")),
    ),
    claims=(
        Claim("quality_starts", lambda recordings: quality(recordings).first, "<=", 0.1),
        Claim("quality_ends", lambda recordings: quality(recordings).last, ">=", 0.9),
        Claim("digits_read", digits_constant("read"), ">=", 0.95),
        Claim("digits_worst", digits_worst, ">=", 0.85),
        Claim("digits_distance", digits_constant("distance"), "<=", 10),
    ),
)
