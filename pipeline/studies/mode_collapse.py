"""When imagination fails: one world of eight islands, a healthy forger and a collapsed one.

Counted as in the literature (Srivastava et al., "VEEGAN", 2017, section 5.1; Lin et al., "PacGAN", 2018, section 4.1):
of 2,500 forged points, a mode is covered when at least one lies within three standard deviations of its
centre; a point within three of any is of high quality. One stray point is thus enough to cover a mode: the
rule flatters the collapsed forger, and the claims are made under it all the same. Of the seeds not shown
both numbers are measured at every tenth look; between, the last one stands.

A third pair, ``plain``, has equal strides and no help; each remedy is that pair with one thing changed, over the same
five seeds: ``packed`` (the detective sees two samples together), ``quick`` (its strides are four times the forger's),
``penalised`` (R1 of 1; of 0.05 it cures none), ``relativistic`` (relativistic pairing with R1 and R2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.gan import islands, measures
from pipeline.gan.losses import CLASSIC, RELATIVISTIC
from pipeline.gan.networks import Detective, Forger, alone
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.sounding import melodies, tones
from pipeline.sounding.clock import Clock
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The players: one pair that is shared with another chapter (``gan.islands``), and three of this one


def collapsed_players(recipe: Recipe) -> tuple[Forger, Detective]:
    """Two hidden layers each, and a raised first layer here too."""
    return Forger(recipe.seeds, (recipe.latent_size, 64, 64, 2)), Detective(recipe.seeds, (2, 64, 64, 1), gain=4.0)


def plain_players(recipe: Recipe) -> tuple[Forger, Detective]:
    """A detective half as wide as the forger, with ordinary weights: the remedies are tried on these."""
    return Forger(recipe.seeds, (recipe.latent_size, 64, 64, 2)), Detective(recipe.seeds, (2, 32, 32, 1))


def packed_players(recipe: Recipe) -> tuple[Forger, Detective]:
    """The same, but the detective sees two samples at a time."""
    return Forger(recipe.seeds, (recipe.latent_size, 64, 64, 2)), Detective(recipe.seeds, (2, 32, 32, 1), together=2)


HEALTHY = islands.RECIPE
COLLAPSED = Recipe(
    steps=3000,  # as many as the healthy run, so that the film shows both in step
    batch_size=128,
    latent_size=2,
    learning_rates=(5e-3, 2.5e-4),  # the forger outruns its detective, and
    betas=(0.5, 0.9),  # has momentum: without it the same strides do not collapse
    seeds=(0, 1, 2, 3, 4),
    shown=2,
)
PLAIN = Recipe(
    steps=2000,
    batch_size=128,
    latent_size=2,
    learning_rates=(1e-3, 1e-3),
    betas=(0.5, 0.999),
    seeds=(0, 1, 2, 3, 4),
    frames=9,  # the remedies are counted, not shown
)

# What to keep

SAMPLES = 2_500
DRAWN = 700
"""Of these, the first so many are in the film."""


def observe(look: Look) -> Observation:
    """Forged points, their shares mode by mode, and both counts."""
    centres = islands.centres()
    noise = look.noise(SAMPLES)
    points = alone(look.forger, look.shown)(noise[look.shown : look.shown + 1])[0].cpu().numpy()  # (SAMPLES, 2)
    shares = measures.mode_shares(points, centres, islands.SD)  # (MODES,)
    frames = {
        "points": points[:DRAWN].astype(np.float16),
        "shares": shares.astype(np.float32),
        "modes": np.float64((shares > 0).sum()),
        "hits": np.float64(shares.sum()),
    }
    if not look.every(10):
        return Observation(frames)
    everyone = measures.mode_shares(look.forger(noise).cpu().numpy(), centres, islands.SD)  # (seeds, MODES)
    curves = {"modes": (everyone > 0).sum(-1), "hits": everyone.sum(-1)}
    held_out = look.held_out(DRAWN).data[look.shown].cpu().numpy()
    return Observation(frames, curves, {"centres": centres, "real": held_out})


# What to see

REACH = 1.45
"""Half the width of the world shown."""


def draw_modes(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """Two rings of eight circles, three standard deviations wide: healthy on the left, collapsed on the right."""
    updates = [
        _draw_ring(recordings, canvas, duel, left) for duel, left in (("healthy", 0.01), ("collapsed", 0.51))
    ]

    def update(moment: float) -> None:
        for each in updates:
            each(moment)

    return update


def _draw_ring(recordings: Recordings, canvas: Canvas, duel: str, left: float) -> Callable[[float], None]:
    recording = recordings[duel]
    pane = canvas.pane(x=(-REACH, REACH), y=(-REACH, REACH), box=(left, 0.0, 0.48, 1.0), equal=True)
    centres = recording.constants["centres"]
    pane.points("hair", shape="disc", size=5).set(recording.constants["real"])
    rings = pane.rings("real", 3 * islands.SD)
    points = pane.points("forged", size=6)

    def update(moment: float) -> None:
        rings.set(centres, recording.frame("shares", moment) > 0)
        points.set(recording.frame("points", moment))

    return update


# What to hear

SECONDS = 12.0
"""Of the film and its soundtrack: a bar a second, by turns."""


def play_modes(recordings: Recordings) -> Score:
    """The healthy run on the left and the collapsed one on the right, a note for each island covered."""
    return melodies.bars_by_turns([_side(recordings, "healthy", -0.55), _side(recordings, "collapsed", 0.55)])


def _side(recordings: Recordings, duel: str, pan: float) -> melodies.Side:
    recording = recordings[duel]
    clock = Clock(recording.recipe, SECONDS)
    return melodies.Side(f"{duel}_modes", clock, recording.frame_steps, recording.frames["shares"], pan)


# What to count and to claim


def series(duel: str, name: str) -> Callable[[Recordings], Series]:
    """Modes covered, or the share of hits: of the shown seed at every look, of the others as last measured."""

    def measure(recordings: Recordings) -> Series:
        recording = recordings[duel]
        steps, measured = recording.curves[name]
        runs = measured[:, np.searchsorted(steps, recording.frame_steps, side="right") - 1]
        runs[recording.shown] = recording.frames[name]
        return Series(recording.frame_steps, recording.frames[name], runs)

    return measure


def _last(recordings: Recordings, duel: str, name: str) -> np.ndarray:
    return np.asarray(recordings[duel].curves[name][1][:, -1])  # (seeds,)


def healthy_seeds(recordings: Recordings) -> float:
    """How many healthy seeds end on all modes with nine points in ten within one."""
    full, sharp = _last(recordings, "healthy", "modes") == islands.MODES, _last(recordings, "healthy", "hits") >= 0.9
    return float((full & sharp).sum())


def collapsed_seeds(recordings: Recordings) -> float:
    """How many collapsed seeds end on two modes or fewer."""
    return float((_last(recordings, "collapsed", "modes") <= 2).sum())


def summary(duel: str) -> tuple[Value, ...]:
    """A row of the table: median modes and hits over the seeds at the end, and how many seeds cover all modes."""
    return (
        Value(f"{duel}_median_modes", lambda recordings: float(np.median(_last(recordings, duel, "modes")))),
        Value(f"{duel}_median_hits", lambda recordings: float(np.median(_last(recordings, duel, "hits")))),
        Value(f"{duel}_full", lambda recordings: float((_last(recordings, duel, "modes") == islands.MODES).sum())),
    )


def stride_ratio(recordings: Recordings) -> float:
    """How many times as long the collapsed forger's strides are as its detective's."""
    forger, detective = recordings["collapsed"].recipe.learning_rates
    return forger / detective


def quick_lead(recordings: Recordings) -> float:
    """By how much the median hits of the quick detective exceed those of the best other remedy."""
    others = ("packed", "penalised", "relativistic")
    best = max(np.median(_last(recordings, duel, "hits")) for duel in others)
    return float(np.median(_last(recordings, "quick", "hits")) - best)


def remedied(recordings: Recordings) -> float:
    """The fewest runs, over the remedies, that end on all modes."""
    remedies = ("packed", "quick", "penalised", "relativistic")
    return float(min((_last(recordings, duel, "modes") == islands.MODES).sum() for duel in remedies))


HASTY = replace(PLAIN, learning_rates=(1e-3, 4e-3))
FIRM = replace(PLAIN, penalty=1.0)
DUELS = {
    "healthy": Duel(HEALTHY, islands.world, islands.players, CLASSIC, observe, data="ring"),
    "collapsed": Duel(COLLAPSED, islands.world, collapsed_players, CLASSIC, observe, data="ring"),
    "plain": Duel(PLAIN, islands.world, plain_players, CLASSIC, observe, data="ring"),
    "packed": Duel(PLAIN, islands.world, packed_players, CLASSIC, observe, data="ring"),
    "quick": Duel(HASTY, islands.world, plain_players, CLASSIC, observe, data="ring"),
    "penalised": Duel(FIRM, islands.world, plain_players, CLASSIC, observe, data="ring"),
    "relativistic": Duel(FIRM, islands.world, plain_players, RELATIVISTIC, observe, data="ring"),
}

STUDY = Study(
    name="mode_collapse",
    duels=DUELS,
    figures=(Figure("modes", draw_modes, duel="healthy", seconds=SECONDS, sound="bars"),),
    sounds=(
        Sound(
            "bars",
            play_modes,
            SECONDS,
            {
                "first": ("forger", tones.EIGHT[0]),
                "eighth": ("forger", tones.EIGHT[7]),
            },
        ),
    ),
    values=(
        Value("healthy_modes", series("healthy", "modes"), series=True),
        Value("healthy_hits", series("healthy", "hits"), series=True),
        Value("collapsed_modes", series("collapsed", "modes"), series=True),
        Value("collapsed_hits", series("collapsed", "hits"), series=True),
        Value("seeds", lambda recordings: float(len(recordings["healthy"].recipe.seeds))),
        Value("healthy_seeds", healthy_seeds),
        Value("collapsed_stuck", collapsed_seeds),
        Value("stride_ratio", stride_ratio),
        *(value for duel in DUELS for value in summary(duel)),
    ),
    claims=(
        Claim("healthy_covers", lambda recordings: series("healthy", "modes")(recordings).last, ">=", islands.MODES),
        Claim("healthy_seeds", healthy_seeds, ">=", 4),
        Claim("collapsed_ends", lambda recordings: series("collapsed", "modes")(recordings).last, "<=", 2),
        Claim("collapsed_seeds", collapsed_seeds, ">=", 4),
        Claim("remedied", remedied, ">=", 4),
        Claim("quick_lead", quick_lead, ">=", 0.05),
    ),
)
