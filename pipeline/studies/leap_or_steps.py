"""Leap or steps: the same eight islands learned by a duel, and by a network that learns to take noise away.

Both start from noise. The forger needs one evaluation of its network for a sample, the other one for each of its T
steps: the film counts these evaluations, and no training. ``speed_ratio`` is exact, not timed: multiply-adds for
one sample, counted from the shapes of the trained weights (biases and activations left out).

Counted as in the literature (Srivastava et al., "VEEGAN", 2017, section 5.1): of 2,500 samples, an island is covered
when at least one lies within three standard deviations of its centre. Pure noise would pass that test too, so the
share ashore and the emptiest island's share stand beside it. ``fewer``: the same trained network in longer strides.

Sources: Goodfellow et al. (2014); R1 from Mescheder et al. (2018); Ho et al., "Denoising Diffusion Probabilistic
Models" (2020).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.gan import diffusion, islands, measures
from pipeline.gan.diffusion import Denoiser, Nobody
from pipeline.gan.losses import CLASSIC
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Recording, Series
from pipeline.sounding import gestures
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The players

STEPS = 50
"""Steps from data to noise, and back."""


def diffusion_players(recipe: Recipe) -> tuple[Denoiser, Nobody]:
    """One network as large as the forger, and nobody to play against."""
    return Denoiser(recipe.seeds, STEPS, gain=8.0), Nobody()


GAN = replace(islands.RECIPE, frames=2)  # the film shows no training: only the end is looked at
DIFFUSION = Recipe(
    steps=4000,
    batch_size=256,
    latent_size=2,  # the noise is a point of the plane, like the data
    learning_rates=(3e-3, 0.0),
    betas=(0.9, 0.999),
    schedule="cosine",
    average=0.99,
    seeds=(0, 1, 2, 3, 4),
    frames=2,
)

# What to keep

SAMPLES = 2_500
DRAWN = 600  # of these, the first so many are in the film
FEWER = (1, 2, 5, 10, 25)
"""Other numbers of strides in which the trained network is asked to go the whole way."""


def observe_gan(look: Look) -> Observation:
    """At the end: where the noise points stand (two of their numbers), and where one evaluation takes them."""
    if not look.last:
        return Observation()
    noise = look.noise(SAMPLES)
    path = np.stack([noise[..., :2].cpu().numpy(), look.forger(noise).cpu().numpy()])  # (2, seeds, SAMPLES, 2)
    held_out = look.held_out(DRAWN).data[look.shown].cpu().numpy()
    return Observation(constants=along(path, look.shown) | {"centres": islands.centres(), "real": held_out})


def observe_diffusion(look: Look) -> Observation:
    """At the end: every point after every evaluation, how much noise is left, and how fewer strides fare."""
    if not look.last:
        return Observation()
    denoiser = look.forger
    assert isinstance(denoiser, Denoiser)
    noise, seeds = look.noise(SAMPLES), look.recipe.seeds
    path = diffusion.clear(denoiser, noise, seeds).cpu().numpy()  # (STEPS + 1, seeds, SAMPLES, 2)
    ends = [diffusion.clear(denoiser, noise, seeds, strides)[-1].cpu().numpy() for strides in FEWER]
    shares = measures.mode_shares(np.stack(ends), islands.centres(), islands.SD)  # (fewer, seeds, MODES)
    left = np.sqrt(1 - diffusion.kept(STEPS).numpy())[::-1]
    return Observation(constants=along(path, look.shown) | {"left": left, "fewer": shares})


def along(path: np.ndarray, shown: int) -> dict[str, np.ndarray]:
    """Of (evaluations + 1, seeds, SAMPLES, 2): the shown points, and every seed's share at every mode."""
    shares = measures.mode_shares(path, islands.centres(), islands.SD)  # (evaluations + 1, seeds, MODES)
    return {"path": path[:, shown, :DRAWN].astype(np.float16), "shares": shares}


# What to see

REACH = 1.7
"""Half the width of the world shown; the outskirts of the noise lie beyond."""
FOLLOWED = 3  # points whose way is drawn: the first three


def draw_leap(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """Two rings of islands: on the left one leap, on the right fifty steps, with the ways of three points."""
    updates = [_draw_way(recordings, canvas, duel, left) for duel, left in (("gan", 0.0), ("diffusion", 0.5))]
    # Points beyond the edge of their half are out of sight: a line says where that edge is.
    canvas.pane(x=(0, 1), y=(0, 1), box=(0.0, 0.0, 1.0, 1.0)).axis_line(x=0.5, role="grid")

    def update(moment: float) -> None:
        for each in updates:
            each(round(STEPS * moment))

    return update


def _draw_way(recordings: Recordings, canvas: Canvas, duel: str, left: float) -> Callable[[int], None]:
    """One half of the picture; what it returns takes the number of evaluations so far."""
    path = recordings[duel].constants["path"].astype(np.float64)  # (evaluations + 1, DRAWN, 2)
    pane = canvas.pane(x=(-REACH, REACH), y=(-REACH, REACH), box=(left, 0.0, 0.5, 1.0), equal=True)
    pane.points("hair", shape="disc", size=5).set(recordings["gan"].constants["real"])
    pane.rings("real", 3 * islands.SD).set(islands.centres())
    points = pane.points("forged", size=6.5)
    ways = pane.line("ink-2", width=2.0, dash="solid")
    followed = pane.points("forged", size=15)

    def update(evaluations: int) -> None:
        now = min(evaluations, len(path) - 1)
        ways.set(*_strokes(path[: now + 1, :FOLLOWED]))
        points.set(path[now, FOLLOWED:])
        followed.set(path[now, :FOLLOWED])

    return update


def _strokes(path: np.ndarray) -> np.ndarray:
    """(steps, points, 2) as one line with the pen lifted between points: x and y, (2, points * (steps + 1))."""
    lifted = np.concatenate([path, np.full((1, *path.shape[1:]), np.nan)])
    return lifted.transpose(2, 1, 0).reshape(2, -1)


# What to hear

EVERY = 0.16  # seconds for which the film shows one evaluation
LEAD = 6.5 * EVERY
"""Seconds of noise before the clock starts; the first evaluation shows half of ``EVERY`` later."""
SECONDS = 12.0
HOLD = SECONDS - LEAD - STEPS * EVERY


def play_leap(recordings: Recordings) -> Score:
    """One strike at the leap; breath that thins with the noise that is left, into the same chord.

    Each of the four notes stands for two neighbouring islands, as loud as points are there.
    """
    left, along = recordings["diffusion"].constants["left"], chord(recordings["diffusion"])
    return gestures.one_or_many(left, along, chord(recordings["gan"])[-1], EVERY, LEAD, SECONDS)


def chord(recording: Recording) -> np.ndarray:
    """(evaluations + 1, 4) in [0, 1]: of the points that belong on two neighbouring islands, how many are there."""
    shares = recording.constants["shares"][:, recording.shown]  # (evaluations + 1, MODES)
    return np.asarray(np.minimum(1.0, shares.reshape(len(shares), 4, -1).sum(-1) * 4))


# What to count and to claim


def hits(duel: str) -> Callable[[Recordings], Series]:
    """The share of points ashore after each evaluation, of every seed; the leap is over after the first."""

    def measure(recordings: Recordings) -> Series:
        recording = recordings[duel]
        shares = recording.constants["shares"].sum(-1)  # (evaluations + 1, seeds)
        runs = shares[np.minimum(np.arange(STEPS + 1), len(shares) - 1)].T
        return Series(np.arange(STEPS + 1), runs[recording.shown], runs)

    return measure


def noise_left(recordings: Recordings) -> Series:
    """The standard deviation of the noise in a point after each evaluation: 1 at first, 0 at the end."""
    return Series(np.arange(STEPS + 1), recordings["diffusion"].constants["left"].astype(np.float64))


def multiply_adds(recording: Recording) -> int:
    """Multiplications, each with its addition, in one evaluation of the network that makes samples: one a weight."""
    return sum(w.size for name, w in recording.weights.items() if name.startswith("forger.") and w.ndim == 2)


def cost(recording: Recording) -> int:
    """Multiply-adds for one sample: of one evaluation, times the evaluations."""
    return multiply_adds(recording) * (len(recording.constants["path"]) - 1)


def speed_ratio(recordings: Recordings) -> float:
    """How many times as much arithmetic a sample costs in ``STEPS`` steps as in one leap."""
    return cost(recordings["diffusion"]) / cost(recordings["gan"])


def ends(recordings: Recordings, duel: str) -> np.ndarray:
    """(seeds, MODES): the shares of the islands at the end."""
    return np.asarray(recordings[duel].constants["shares"][-1])


def full(recordings: Recordings, duel: str) -> float:
    """How many seeds cover every island."""
    return float((ends(recordings, duel) > 0).all(-1).sum())


def ashore(recordings: Recordings, duel: str) -> float:
    """The median over the seeds of the share of points on any island."""
    return float(np.median(ends(recordings, duel).sum(-1)))


def summary(duel: str) -> tuple[Value, ...]:
    """A column of the table: over the seeds, coverage, hits and the emptiest island's part of an even share."""
    return (
        Value(f"{duel}_modes", lambda recordings: float(np.median((ends(recordings, duel) > 0).sum(-1)))),
        Value(f"{duel}_full", lambda recordings: full(recordings, duel)),
        Value(f"{duel}_median_hits", lambda recordings: ashore(recordings, duel)),
        Value(f"{duel}_worst_hits", lambda recordings: float(ends(recordings, duel).sum(-1).min())),
        Value(f"{duel}_emptiest", lambda recordings: float(np.median(ends(recordings, duel).min(-1) * islands.MODES))),
        Value(f"{duel}_cost", lambda recordings: float(cost(recordings[duel]))),
    )


def in_fewer(index: int) -> Callable[[Recordings], float]:
    """Median share ashore when the trained network takes ``FEWER[index]`` strides."""
    return lambda recordings: float(np.median(recordings["diffusion"].constants["fewer"][index].sum(-1)))


STUDY = Study(
    name="leap_or_steps",
    duels={
        "gan": Duel(GAN, islands.world, islands.players, CLASSIC, observe_gan, data="ring"),
        "diffusion": Duel(
            DIFFUSION, islands.world, diffusion_players, None, observe_diffusion, diffusion.teach_denoiser, data="ring"
        ),
    },
    figures=(
        Figure("leap", draw_leap, "diffusion", SECONDS, poster=0.8, sound="chords", places=STEPS, lead=LEAD, hold=HOLD),
    ),
    sounds=(
        Sound("chords", play_leap, SECONDS, {"low": ("real", gestures.CHORD[0]), "high": ("real", gestures.CHORD[3])}),
    ),
    values=(
        Value("gan_hits", hits("gan"), series=True),
        Value("diffusion_hits", hits("diffusion"), series=True),
        Value("noise_left", noise_left, series=True),
        Value("seeds", lambda recordings: float(len(recordings["gan"].recipe.seeds))),
        Value("steps", lambda recordings: float(STEPS)),
        Value("speed_ratio", speed_ratio),
        *(value for duel in ("gan", "diffusion") for value in summary(duel)),
        *(Value(f"hits_in_{strides}", in_fewer(i)) for i, strides in enumerate(FEWER)),
    ),
    claims=(
        Claim("gan_covers", lambda recordings: full(recordings, "gan"), ">=", 4),
        Claim("diffusion_covers", lambda recordings: full(recordings, "diffusion"), ">=", 4),
        Claim("gan_lands", lambda recordings: ashore(recordings, "gan"), ">=", 0.9),
        Claim("diffusion_lands", lambda recordings: ashore(recordings, "diffusion"), ">=", 0.9),
        Claim("leap_is_cheaper", speed_ratio, ">=", STEPS),
    ),
)
