"""The connection: the forger of digits once more, from first noise to last form, and whether it copies.

A reader that takes no part in the duel (``gan.digits``) says all along how much of the sheet can be read:
``read`` is the share of 500 forgeries in which it finds the numeral that was asked for, and ``form`` the same above
chance, (read - 1/10) / (1 - 1/10), never below 0; both at every third look, the last one standing between. At the end
1,000 forgeries, as many of each numeral, are laid beside all training digits: the nearest is that with the smallest
sum of squared differences over the pixels. The same is done with the 1,000 held-out digits, for comparison.

Sources: Goodfellow et al., "Generative Adversarial Nets" (2014).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.gan import datasets, digits, measures
from pipeline.gan.losses import CLASSIC
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.sounding import melodies, tones
from pipeline.sounding.clock import Clock
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The duel

RECIPE = replace(digits.RECIPE, frames=120, clock=0.6)

# What to keep

ROWS = 5
"""Of the sheet: each row is one noise vector, asked for every numeral in turn."""
READ = 500
"""Forgeries that the reader is shown along the way, as many of each numeral."""
JUDGED = 1_000
"""Forgeries laid beside the training digits at the end, as many of each numeral."""


def observe(look: Look) -> Observation:
    """The sheet, and what the reader makes of others; at the end, the nearest originals."""
    curves = {"read": np.array([digits.right(*digits.forge(look, READ)).mean()])} if look.every(3) else {}
    return Observation({"sheet": digits.sheet(look, ROWS)}, curves, beyond(look) if look.last else {})


def beyond(look: Look) -> dict[str, np.ndarray]:
    """Forgeries and held-out digits with their nearest training digits: some to see, all distances to count.

    To see: of each numeral the first forgery, the first held-out digit, and the forgery closest to an original.
    """
    split = datasets.digits()
    assert split.held_out_labels is not None
    images, asked = digits.forge(look, JUDGED)
    forged = images[:, 0].numpy()
    index, distance = nearest(forged, split.train)
    held_index, held_distance = nearest(split.held_out, split.train)
    first = [int(np.argmax(split.held_out_labels == digit)) for digit in range(digits.CLASSES)]
    named = asked.numpy()
    closest = [int(np.argmin(np.where(named == digit, distance, np.inf))) for digit in range(digits.CLASSES)]
    return {
        "distance": distance,
        "held_distance": held_distance,
        "read_last": np.asarray(digits.right(images, asked).mean()),
        "forged": pairs(forged[: digits.CLASSES], split.train[index[: digits.CLASSES]]),
        "closest": pairs(forged[closest], split.train[index[closest]]),
        "held_out": pairs(split.held_out[first], split.train[held_index[first]]),
    }


def nearest(images: datasets.Images, originals: datasets.Images) -> tuple[np.ndarray, np.ndarray]:
    """For each of (n, height, width) the index of its nearest among (m, height, width), and the distance."""
    return measures.nearest(images.reshape(len(images), -1), originals.reshape(len(originals), -1))


def pairs(above: datasets.Images, below: datasets.Images) -> np.ndarray:
    """Two rows of pictures as bytes, (2, n, height, width)."""
    return datasets.pack(np.stack([above, below]))


# What to see


def draw_duel(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """The sheet, as large as it fits."""
    recording = recordings["duel"]
    sheet = canvas.pane(box=(0.02, 0.03, 0.96, 0.94)).sheet("print-forged", rows=ROWS, columns=digits.CLASSES, gap=8)

    def update(moment: float) -> None:
        sheet.set(datasets.unpack(recording.frame("sheet", moment)))

    return update


def draw_neighbours(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """Three pairs of rows, each picture over its nearest original: forgeries, held-out digits, the closest calls."""
    constants = recordings["duel"].constants
    for block, (name, ink) in enumerate((("forged", "forged"), ("held_out", "real"), ("closest", "forged"))):
        for row, role in enumerate((f"print-{ink}", "print-real")):
            box = (0.04, 0.025 + 0.33 * block + 0.145 * row, 0.92, 0.14)
            sheet = canvas.pane(box=box).sheet(role, rows=1, columns=digits.CLASSES, gap=14)
            sheet.set(datasets.unpack(constants[name][row]))
    return lambda moment: None


# What to hear

SECONDS = 60.0
"""Of the closing film: the training, then the last form."""
CLOSE = 5.0
"""Of these, under the closing chord."""


def play_duel(recordings: Recordings) -> Score:
    """Breath that thins as the sheet becomes legible, both losses by turns, a bell for each tenth; last a chord."""
    recording, term = recordings["duel"], loss_per_verdict(recordings)
    forger, clock = recording.series("forger_loss"), Clock(recording.recipe, SECONDS)
    return melodies.whole_duel(clock, form(recordings), forger, term, CLOSE, tones.wide_loss_pitch)


# What to count and to claim


def form(recordings: Recordings) -> Series:
    """How much of the sheet can be read, above chance: 0 where the reader can but guess, 1 where it reads all."""
    read = recordings["duel"].series("read")
    return Series(read.steps, np.maximum(0.0, (read.values - 1 / digits.CLASSES) / (1 - 1 / digits.CLASSES)))


def loss_per_verdict(recordings: Recordings) -> Series:
    """Half of the detective's total, in nats: ln 2 at a draw, as for the forger."""
    total = recordings["duel"].series("detective_loss")
    return Series(total.steps, total.values / 2)


def at_end(series: Series) -> float:
    """The mean over the last tenth of the run: single steps tremble."""
    return float(series.values[-max(1, len(series.values) // 10) :].mean())


def curve(name: str) -> Callable[[Recordings], Series]:
    """What was recorded of the duel along the run."""
    return lambda recordings: recordings["duel"].series(name)


def distance_ratio(recordings: Recordings) -> float:
    """Median distance of a forgery to its nearest original, over that of a held-out digit: 0 for a copyist."""
    constants = recordings["duel"].constants
    return float(np.median(constants["distance"]) / np.median(constants["held_distance"]))


def closest_ratio(recordings: Recordings) -> float:
    """The same of the closest forgery of all, over the closest held-out digit of all."""
    constants = recordings["duel"].constants
    return float(constants["distance"].min() / constants["held_distance"].min())


def share_closer(recordings: Recordings) -> float:
    """The share of forgeries that lie closer to an original than the closest twentieth of held-out digits."""
    constants = recordings["duel"].constants
    return float((constants["distance"] < np.quantile(constants["held_distance"], 0.05)).mean())


STUDY = Study(
    name="connection",
    duels={"duel": Duel(RECIPE, digits.world, digits.players, CLASSIC, observe, data="digits")},
    figures=(
        Figure(
            "duel",
            draw_duel,
            duel="duel",
            seconds=SECONDS,
            fps=10,
            size=(960, 540),  # a minute of static weighs; a digit has 28 pixels
            poster=0.42,
            sound="whole",
            hold=CLOSE,
        ),
        Figure("neighbours", draw_neighbours, duel="duel", seconds=1.0, fps=2),
    ),
    sounds=(
        Sound(
            "whole",
            play_duel,
            SECONDS,
            {
                "draw": ("forger", tones.HOME),
                "sure": ("detective", float(tones.wide_loss_pitch(0.3))),
                "bell": ("real", float(tones.share_pitch(0.5))),
            },
        ),
    ),
    values=(
        Value("read", curve("read"), series=True),
        Value("form", form, series=True),
        Value("forger_loss", curve("forger_loss"), series=True),
        Value("detective_loss", loss_per_verdict, series=True),
        Value("forger_at_end", lambda recordings: at_end(curve("forger_loss")(recordings))),
        Value("detective_at_end", lambda recordings: at_end(loss_per_verdict(recordings))),
        Value("read_last", lambda recordings: float(recordings["duel"].constants["read_last"])),
        Value("judged", lambda recordings: float(JUDGED)),
        Value("distance_ratio", distance_ratio),
        Value("closest_ratio", closest_ratio),
        Value("share_closer", share_closer),
    ),
    claims=(
        Claim("no_copies", distance_ratio, ">=", 1.0),
        Claim("no_single_copy", closest_ratio, ">=", 0.75),
        Claim("legible", lambda recordings: float(recordings["duel"].constants["read_last"]), ">=", 0.95),
        Claim("forger_behind", lambda recordings: at_end(curve("forger_loss")(recordings)), ">=", 0.72),
        Claim("detective_ahead", lambda recordings: at_end(loss_per_verdict(recordings)), "<=", 0.67),
    ),
)
