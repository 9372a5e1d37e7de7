"""Handwriting: the digits in one leap, by the forger of other chapters, and in fifty steps out of noise.

Both learn from the same 4,000 digits and are told which numeral to write; both are judged alike at the end, on 1,000
pictures each: by the reader that takes no part (``gan.digits``), by Frechet's distance between its features of them
and of the held-out digits, and by the distance to the nearest training digit. ``originals_distance`` is that of 1,000
training digits. What a picture costs is counted, not timed: multiply-adds of one evaluation, times the evaluations.

It takes more than the usual two minutes and a half of one core, since two networks learn handwriting here and a
thousand pictures clear in fifty evaluations each.

Sources: Goodfellow et al., "Generative Adversarial Nets" (2014); Ho et al., "Denoising Diffusion Probabilistic Models"
(2020); Salimans and Ho, "Progressive Distillation" (2022).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from pipeline.gan import arithmetic, clearing, datasets, digits, measures
from pipeline.gan.clearing import Clearer
from pipeline.gan.diffusion import Nobody
from pipeline.gan.losses import CLASSIC
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.sounding import gestures
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The players: the forger with its detective (``gan.digits``), and one network alone

STRIDES = 50
"""Evaluations from noise to picture."""


def clearing_players(recipe: Recipe) -> tuple[Clearer, Nobody]:
    """One network that takes noise away, and nobody to play against."""
    return Clearer(datasets.DIGIT_SIZE, classes=digits.CLASSES), Nobody()


LEAP = replace(digits.RECIPE, frames=2)  # the film shows no training: only the end is looked at
STEPS = Recipe(
    steps=1500,
    batch_size=32,
    latent_size=datasets.DIGIT_SIZE**2,  # the noise is a picture, like the data
    learning_rates=(2e-3, 0.0),
    betas=(0.9, 0.99),
    schedule="cosine",
    average=0.99,
    frames=2,
)

# What to keep

ROWS, COLUMNS = 4, 5
"""Of either sheet: the numerals by turns. They are the first of those that are judged."""
JUDGED = 1_000
"""Pictures judged of either, as many of each numeral and as many as there are held-out digits."""
READ = 500
"""Of the pictures that clear, the first so many are read after every step."""


def observe_leap(look: Look) -> Observation:
    """At the end: the first noise vectors, what is made of them, and how a thousand are judged."""
    if not look.last:
        return Observation()
    made, asked = digits.forge(look, JUDGED)
    noise = look.noise(JUDGED, "judged noise")[: ROWS * COLUMNS]
    cost = arithmetic.multiply_adds(look.forger, noise[:1], asked[:1].to(look.device))
    shown = {"noise": noise.cpu().numpy(), "sheet": printed(made), "cost": np.asarray(cost)}
    return Observation(constants=shown | judge(made, asked))


def observe_steps(look: Look) -> Observation:
    """At the end: a sheet after every evaluation, how much of others can be read, and how a thousand are judged."""
    if not look.last:
        return Observation()
    start = look.noise(JUDGED, "judged noise").view(JUDGED, 1, datasets.DIGIT_SIZE, -1)
    asked = torch.arange(JUDGED) % digits.CLASSES
    path, read = [], []
    for made in clearing.clear(look.forger, start, asked.to(look.device), STRIDES, look.recipe.seeds):
        path.append(printed(made.cpu()))
        read.append(digits.right(made[:READ].cpu(), asked[:READ]).mean())
    angle, first = torch.zeros(1, device=look.device), asked[:1].to(look.device)
    cost = arithmetic.multiply_adds(look.forger, start[:1], angle, first)
    shown = {"path": np.stack(path), "read_along": np.array(read), "cost": np.asarray(cost)}
    return Observation(constants=shown | judge(made.cpu(), asked))


def printed(made: Tensor) -> np.ndarray:
    """The first of the pictures as bytes, (ROWS * COLUMNS, height, width)."""
    return datasets.pack(made[: ROWS * COLUMNS, 0].numpy())


def judge(made: Tensor, asked: Tensor) -> dict[str, np.ndarray]:
    """The reader's verdict by numeral, Frechet's distances, and how far each picture is from its nearest original."""
    split = datasets.digits()
    flat = split.train.reshape(len(split.train), -1)
    return {
        "read": digits.right_by_numeral(made, asked),
        "distance": np.asarray(digits.distance(made)),
        "originals": np.asarray(digits.distance_of_originals(JUDGED // digits.CLASSES)),
        "nearest": measures.nearest(made.reshape(len(made), -1).numpy(), flat)[1],
        "nearest_held_out": measures.nearest(split.held_out.reshape(len(split.held_out), -1), flat)[1],
    }


# What to see


def draw_hands(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """Two sheets of twenty: on the left noise vectors, then at once digits; on the right noise that clears."""
    leap, path = recordings["leap"].constants, recordings["steps"].constants["path"]
    left, right = (
        canvas.pane(box=(edge, 0.09, 0.45, 0.88)).sheet("print-forged", rows=ROWS, columns=COLUMNS, gap=8)
        for edge in (0.02, 0.53)
    )
    vectors, sheet = as_squares(leap["noise"]), datasets.unpack(leap["sheet"])

    def update(moment: float) -> None:
        evaluations = round(STRIDES * moment)
        left.set(sheet if evaluations else vectors)
        right.set(datasets.unpack(path[evaluations]))

    return update


def as_squares(noise: np.ndarray) -> np.ndarray:
    """Noise vectors (n, latent) as pictures of as many patches, in four rows, grey as noise pixels are: (n, 28, 28)."""
    side, patches = datasets.DIGIT_SIZE, noise.reshape(len(noise), 4, -1)
    return np.clip(patches.repeat(side // 4, 1).repeat(side // patches.shape[2], 2), -1, 1)


# What to hear

EVERY = 0.16  # seconds for which the film shows one evaluation
LEAD = 6.5 * EVERY
"""Seconds of noise before the clock starts; the first evaluation shows half of ``EVERY`` later."""
SECONDS = 12.0


def play_hands(recordings: Recordings) -> Score:
    """One strike at the leap, as loud as can be read of its sheet; breath that thins into the same chord."""
    along = np.repeat(form(read_along(recordings).values)[:, None], len(gestures.CHORD), 1)
    leap = np.full(len(gestures.CHORD), form(constant("leap", "read")(recordings)))
    return gestures.one_or_many(noise_left(recordings).values, along, leap, EVERY, LEAD, SECONDS)


def form(read: np.ndarray | float) -> np.ndarray:
    """What can be read, above chance: 0 where the reader can but guess, 1 where it reads all."""
    return np.clip((np.asarray(read) - 1 / digits.CLASSES) / (1 - 1 / digits.CLASSES), 0, 1)


# What to count and to claim


def constant(duel: str, name: str) -> Callable[[Recordings], float]:
    """What was measured once, at the end; the mean over the numerals where there is one for each."""
    return lambda recordings: float(np.mean(recordings[duel].constants[name]))


def read_along(recordings: Recordings) -> Series:
    """The share of pictures in which the reader finds the numeral asked for, after each evaluation."""
    return Series(np.arange(STRIDES + 1), recordings["steps"].constants["read_along"])


def noise_left(recordings: Recordings) -> Series:
    """sin(a) after each evaluation: the standard deviation of the noise in a picture, 1 at first and 0 at the end."""
    return Series(np.arange(STRIDES + 1), np.sin(clearing.QUARTER * (1 - np.arange(STRIDES + 1) / STRIDES)))


def cost(recordings: Recordings, duel: str) -> float:
    """Multiply-adds for one picture: of one evaluation, times the evaluations."""
    return float(recordings[duel].constants["cost"]) * {"leap": 1, "steps": STRIDES}[duel]


def speed_ratio(recordings: Recordings) -> float:
    """How many times as much arithmetic a picture costs in steps as in one leap."""
    return cost(recordings, "steps") / cost(recordings, "leap")


def nearness(duel: str) -> Callable[[Recordings], float]:
    """Median distance of a picture to its nearest original, over that of a held-out digit: 0 for a copyist."""

    def measure(recordings: Recordings) -> float:
        found = recordings[duel].constants
        return float(np.median(found["nearest"]) / np.median(found["nearest_held_out"]))

    return measure


def likeness_ratio(recordings: Recordings) -> float:
    """How many times as far from held-out digits those of the steps are as those of the leap, by Frechet's distance."""
    return constant("steps", "distance")(recordings) / constant("leap", "distance")(recordings)


def summary(duel: str) -> tuple[Value, ...]:
    """A column of the table."""
    return (
        Value(f"{duel}_read", constant(duel, "read")),
        Value(f"{duel}_distance", constant(duel, "distance")),
        Value(f"{duel}_nearness", nearness(duel)),
        Value(f"{duel}_cost", lambda recordings: cost(recordings, duel)),
    )


STUDY = Study(
    name="handwriting",
    duels={
        "leap": Duel(LEAP, digits.world, digits.players, CLASSIC, observe_leap, data="digits"),
        "steps": Duel(
            STEPS, digits.world, clearing_players, None, observe_steps, clearing.teach_clearer, data="digits"
        ),
    },
    figures=(
        Figure(
            "hands",
            draw_hands,
            "steps",
            SECONDS,
            size=(960, 540),  # noise weighs; a digit has 28 pixels
            poster=0.6,
            sound="chords",
            places=STRIDES,
            lead=LEAD,
            hold=SECONDS - LEAD - STRIDES * EVERY,
        ),
    ),
    sounds=(Sound("chords", play_hands, SECONDS),),
    values=(
        Value("read_along", read_along, series=True),
        Value("noise_left", noise_left, series=True),
        Value("steps", lambda recordings: float(STRIDES)),
        Value("judged", lambda recordings: float(JUDGED)),
        Value("watched", lambda recordings: float(READ)),
        Value("speed_ratio", speed_ratio),
        Value("originals_distance", constant("leap", "originals")),
        *(value for duel in ("leap", "steps") for value in summary(duel)),
    ),
    claims=(
        Claim("leap_read", constant("leap", "read"), ">=", 0.95),
        Claim("leap_distance", constant("leap", "distance"), "<=", 12),  # of 1,000: a perfect forger has 4.8, not 2.6
        Claim("steps_read", constant("steps", "read"), ">=", 0.7),
        Claim("steps_distance", constant("steps", "distance"), "<=", 25),
        Claim("leap_is_closer", likeness_ratio, ">=", 1.25),
        Claim("leap_copies_nothing", nearness("leap"), ">=", 0.95),
        Claim("steps_copy_nothing", nearness("steps"), ">=", 0.95),
        Claim("leap_is_cheaper", speed_ratio, ">=", 100),
    ),
)
