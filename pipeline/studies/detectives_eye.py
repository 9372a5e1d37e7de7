"""The detective's eye: one duel over a heart, seen twice, as a plane tinted by belief and as two losses.

The forger starts beside the heart, so that at first nothing is easier than to tell the two apart. Verdicts are counted
on 1,000 held-out originals and 1,000 forgeries of the averaged forger; D = 1/2 itself counts half. What the losses
show, sound and count stands in pipeline.two_losses. The ideal detective of the end is computed from two histograms
of 20,000 points on 40 x 40 cells; its ceiling is what it would pay against a second handful of originals.

Sources: Goodfellow et al., "Generative Adversarial Nets" (2014), equation 1, proposition 1 and theorem 1; R1 from
Mescheder et al. (2018).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import torch

from pipeline.gan import measures, worlds
from pipeline.gan.losses import CLASSIC
from pipeline.gan.networks import Detective, Forger, alone
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.sounding import melodies, tones
from pipeline.sounding.clock import Clock
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value
from pipeline.two_losses import (
    SECONDS,
    crossings,
    crossings_at_end,
    detective_loss,
    draw_losses,
    errors,
    every_run,
    forger_loss,
    play_losses,
    totals_at_end,
)

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The world and the players


def real(recipe: Recipe) -> worlds.Heart:
    """Points spread evenly over a heart."""
    return worlds.Heart()


def players(recipe: Recipe) -> tuple[Forger, Detective]:
    """A forger that starts below the heart on the left, and a detective whose raised first layer sees the cleft."""
    forger = Forger(recipe.seeds, (recipe.latent_size, 64, 64, 2), start=-1.0)
    return forger, Detective(recipe.seeds, (2, 64, 64, 1), gain=6.0)


RECIPE = Recipe(
    steps=2000,
    batch_size=128,
    latent_size=4,
    learning_rates=(6e-4, 1.5e-3),  # a detective that learns faster, or the heart stays a blot
    critic_steps=2,
    schedule="cosine",
    penalty=0.001,
    penalty_every=2,
    average=0.9,
    seeds=(0, 1, 2, 3, 4),
    shown=1,
    clock=0.4,  # the detective is at its best by step 10, which even a square root would hurry past
)

# What to keep

JUDGED = 1_000
"""Held-out originals, and as many forgeries, behind a share of right verdicts."""
DRAWN = 320
"""Of these, the first so many are in the film."""
ACROSS, UP = (-2.12, 2.12), (-1.22, 1.165)
"""The part of the plane that is seen, as wide to high as the film."""
ROWS, COLUMNS = 54, 96
"""Points of the plane at which the detective is asked."""
SAMPLES = 20_000
"""Points of either kind in the histograms behind the ideal detective."""
CELLS, EDGE = 40, 1.25
"""Cells along each side of the square [-EDGE, EDGE]^2 of these histograms."""


def observe(look: Look) -> Observation:
    """The field of D and some points; right verdicts of every seed; at the end what an ideal detective would pay."""
    held_out, forged = look.held_out(JUDGED).data, look.forger(look.noise(JUDGED))
    on_real, on_forged = (look.detective(points).sigmoid().cpu().numpy() for points in (held_out, forged))
    x, y = torch.linspace(*ACROSS, COLUMNS), torch.linspace(*UP, ROWS)
    plane = torch.stack(torch.meshgrid(x, y, indexing="xy"), -1).reshape(1, -1, 2).to(look.device)
    field = alone(look.detective, look.shown)(plane).sigmoid().reshape(ROWS, COLUMNS)
    frames = {
        "field": field.cpu().numpy().astype(np.float16),
        "forged": forged[look.shown, :DRAWN].cpu().numpy().astype(np.float16),
        "seen_through": on_forged[look.shown, :DRAWN] < 0.5,
    }
    half = np.full_like(on_real, 0.5)
    curves = {
        "real_detected": 2 * measures.accuracy(on_real, half) - 0.5,
        "fake_detected": 2 * measures.accuracy(half, on_forged) - 0.5,
    }
    if look.last:
        originals = counts(look.held_out(SAMPLES).data)
        curves["ideal_total"] = -measures.value_at_best(originals, counts(look.forger(look.noise(SAMPLES))))
        more = counts(look.held_out(SAMPLES, "held out again").data)
        curves["ideal_ceiling"] = -measures.value_at_best(originals, more)
    return Observation(frames, curves, {"real": held_out[look.shown, :DRAWN].cpu().numpy()})


def counts(points: torch.Tensor) -> np.ndarray:
    """(runs, n, 2) -> how many in each cell, (runs, CELLS * CELLS)."""
    return measures.histogram_2d(points.cpu().numpy(), -EDGE, EDGE, CELLS)


# What to count: the verdicts


def verdicts(name: str) -> Callable[[Recordings], Series]:
    """A curve of the duel, as a Series."""

    def measure(recordings: Recordings) -> Series:
        return recordings["eye"].series(name)

    return measure


def accuracy(recordings: Recordings) -> Series:
    """The share of right verdicts, originals and forgeries weighing the same."""
    eye = recordings["eye"]
    steps, on_real = eye.curves["real_detected"]
    runs = (on_real + eye.curves["fake_detected"][1]) / 2
    return Series(steps, runs[eye.shown], runs)


def sharpest(recordings: Recordings) -> np.ndarray:
    """The best accuracy within the first tenth of the training, (seeds,)."""
    found, recipe = every_run(accuracy(recordings)), recordings["eye"].recipe
    steps = recordings["eye"].curves["real_detected"][0]
    return np.asarray(found[:, steps <= recipe.steps / 10].max(1))


def off_balance(recordings: Recordings) -> np.ndarray:
    """How far from one half accuracy ends, (seeds,)."""
    return np.abs(every_run(accuracy(recordings))[:, -1] - 0.5)


def first_clump(recordings: Recordings) -> Series:
    """D on the forger's very first points, on average, read off the recorded field at its nearest places."""
    eye = recordings["eye"]
    low, span = np.array([ACROSS[0], UP[0]]), np.array([np.ptp(ACROSS), np.ptp(UP)])
    last = np.array([COLUMNS - 1, ROWS - 1])
    places = (eye.frames["forged"][0].astype(np.float64) - low) / span * last
    column, row = np.clip(places.round().astype(int), 0, last).T
    return Series(eye.frame_steps, eye.frames["field"][:, row, column].astype(np.float64).mean(1))


# What to see


def draw_eye(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """The plane in the tint of D, originals, and forgeries: crosses where they are seen through."""
    eye = recordings["eye"]
    pane = canvas.pane(x=ACROSS, y=UP)
    field = pane.field()
    pane.points("real", size=8.5).set(eye.constants["real"])
    believed, caught = pane.points("forged"), pane.points("fake", size=11)

    def update(moment: float) -> None:
        field.set(eye.frame("field", moment))
        forged, seen_through = eye.frame("forged", moment), eye.frame("seen_through", moment)
        believed.set(forged[~seen_through])
        caught.set(forged[seen_through])

    return update


def on_the_way(recordings: Recordings) -> float:
    """The moment at which the detective, after its best, is first wrong in a quarter of cases."""
    found = accuracy(recordings)
    best = int(np.argmax(found.values))
    later = np.flatnonzero(found.values[best:] <= 0.75)
    return recordings["eye"].recipe.moment_at(found.steps[best + later[0]]) if len(later) else 1.0


# What to hear


def play_eye(recordings: Recordings) -> Score:
    """A pluck five times a second, as high as the detective is right."""
    return melodies.verdicts(Clock(recordings["eye"].recipe, SECONDS), accuracy(recordings))


# What to claim

SHARP, FOOLED = 0.9, 0.08
"""The accuracy to be reached early, and how near to one half it is to end."""
DRAWN_GAME = 0.1
"""How near to ln 4, as a share of it, the detective's total is to end."""


def seeds_sharp_then_fooled(recordings: Recordings) -> float:
    """How many seeds are first sharp, then fooled."""
    return float(((sharpest(recordings) >= SHARP) & (off_balance(recordings) <= FOOLED)).sum())


def seeds_cross_and_draw(recordings: Recordings) -> float:
    """How many seeds cross at least once and end in a draw."""
    eye = recordings["eye"]
    return float(((crossings_at_end(eye) >= 1) & (errors(eye) <= DRAWN_GAME)).sum())


def _shown(measured: np.ndarray, recordings: Recordings) -> float:
    return float(measured[recordings["eye"].shown])


STUDY = Study(
    name="detectives_eye",
    duels={"eye": Duel(RECIPE, real, players, CLASSIC, observe, data="heart")},
    figures=(
        Figure("eye", draw_eye, duel="eye", seconds=SECONDS, poster=on_the_way, sound="verdicts"),
        Figure("losses", lambda r, canvas: draw_losses(r["eye"], canvas), duel="eye", seconds=SECONDS, sound="losses"),
    ),
    sounds=(
        Sound(
            "verdicts",
            play_eye,
            SECONDS,
            {"coin": ("real", tones.HOME), "sure": ("detective", float(tones.accuracy_pitch(1.0)))},
        ),
        Sound(
            "losses",
            lambda recordings: play_losses(recordings["eye"]),
            SECONDS,
            {
                "draw": ("real", tones.HOME),
                "beaten": ("forger", float(tones.loss_pitch(2 * math.log(2)))),
                "ahead": ("detective", float(tones.loss_pitch(0.0))),
            },
        ),
    ),
    values=(
        Value("real_detected", verdicts("real_detected"), series=True),
        Value("fake_detected", verdicts("fake_detected"), series=True),
        Value("accuracy", accuracy, series=True),
        Value("first_clump", first_clump, series=True),
        Value("forger_loss", lambda recordings: forger_loss(recordings["eye"]), series=True),
        Value("detective_loss", lambda recordings: detective_loss(recordings["eye"]), series=True),
        Value("crossings", lambda recordings: crossings(recordings["eye"]), series=True),
        Value("crossings_fewest", lambda recordings: float(crossings_at_end(recordings["eye"]).min())),
        Value("crossings_most", lambda recordings: float(crossings_at_end(recordings["eye"]).max())),
        Value("total_at_end", lambda recordings: _shown(totals_at_end(recordings["eye"]), recordings)),
        Value("total_error", lambda recordings: _shown(errors(recordings["eye"]), recordings)),
        Value("ideal_total", lambda recordings: verdicts("ideal_total")(recordings).last),
        Value("ideal_ceiling", lambda recordings: verdicts("ideal_ceiling")(recordings).last),
        Value("seeds_sharp_then_fooled", seeds_sharp_then_fooled),
        Value("samples", lambda recordings: float(SAMPLES)),
        Value("seeds", lambda recordings: float(len(recordings["eye"].recipe.seeds))),
    ),
    claims=(
        Claim("sharp_early", lambda recordings: _shown(sharpest(recordings), recordings), ">=", SHARP),
        Claim("fooled_at_end", lambda recordings: _shown(off_balance(recordings), recordings), "<=", FOOLED),
        Claim("seeds_sharp_then_fooled", seeds_sharp_then_fooled, ">=", 4),
        Claim("lines_cross", lambda recordings: crossings(recordings["eye"]).last, ">=", 1),
        Claim("ends_in_a_draw", lambda recordings: _shown(errors(recordings["eye"]), recordings), "<=", DRAWN_GAME),
        Claim("seeds_cross_and_draw", seeds_cross_and_draw, ">=", len(RECIPE.seeds)),
    ),
)
