"""The training dance: two hills on a line, where both players can be seen whole.

The gap is the Jensen-Shannon divergence in bits between the true shares of 160 bins, 0.1 wide, and a histogram of
20,000 forged numbers; a perfect forger would still score ``gap_floor``. The hills are drawn as kernel
densities of a width of 0.08, the real ones through the same lens, and the ideal detective is computed
from these two. Of the seeds not shown the gap is measured at every sixth look only: between, the last one stands.

Sources: Goodfellow et al., "Generative Adversarial Nets" (2014), proposition 1 and figure 1; R1 from
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

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The world

SD = 0.4
"""Standard deviation of each hill; they stand at -1 and 1."""


def real(recipe: Recipe) -> worlds.Gaussians:
    """Numbers that fall near minus one or near plus one."""
    return worlds.hills((-1.0, 1.0), SD)


# The players


def players(recipe: Recipe) -> tuple[Forger, Detective]:
    """A forger that starts far to the right of all originals, a detective that starts at one half everywhere."""
    forger = Forger(recipe.seeds, (recipe.latent_size, 32, 32, 1), start=4.0)
    return forger, Detective(recipe.seeds, (1, 32, 32, 1), gain=4.0)


RECIPE = Recipe(
    steps=3000,
    batch_size=384,
    latent_size=2,
    learning_rates=(2e-3, 6e-3),  # the detective learns faster, or the hills circle each other
    critic_steps=2,
    schedule="cosine",
    penalty=0.03,
    average=0.99,
    seeds=(0, 1, 2, 3, 4, 5),
    shown=0,
    clock=0.6,
)

# What to keep

SAMPLES = 20_000
"""Forged numbers behind a gap."""
EDGES = np.linspace(-8, 8, 161)
GRID = np.linspace(-4, 6, 251)
LENS = 0.08
"""Width of the kernel through which both hills are drawn."""
RUG = 120
JUDGED = 2_000
"""Held-out originals, and as many forgeries, behind the detective's confidence."""


def observe(look: Look) -> Observation:
    """Both hills, D and the ideal D, a few samples of each, the gap and the detective's confidence."""
    forger, detective = alone(look.forger, look.shown), alone(look.detective, look.shown)
    truth = np.diff(worlds.hills((-1.0, 1.0), SD).share_below(torch.from_numpy(EDGES)).numpy())
    forged = forger(look.noise(SAMPLES)[look.shown : look.shown + 1])[0, :, 0].cpu().numpy()  # (SAMPLES,)
    gap = measures.jensen_shannon(measures.histogram(forged[None], EDGES), truth)[0]

    density = measures.smooth_density(forged, GRID, LENS)
    lens = worlds.hills((-1.0, 1.0), math.hypot(SD, LENS)).density(torch.from_numpy(GRID)[:, None]).numpy()
    grid = torch.from_numpy(GRID).float().reshape(1, -1, 1).to(look.device)
    frames = {
        "forged": density.astype(np.float16),
        "belief": detective(grid).sigmoid()[0].cpu().numpy().astype(np.float16),
        "ideal": np.where(lens + density > 2e-3, measures.ideal_detective(lens, density), np.nan).astype(np.float16),
        "rug": forged[:RUG].astype(np.float16),
        "gap": gap,
    }
    held_out = look.held_out(JUDGED).data
    constants = {"grid": GRID, "real": lens, "rug": held_out[look.shown, :RUG, 0].cpu().numpy()}
    if look.index == 0:
        counts = measures.histogram(look.held_out(SAMPLES).data[..., 0].cpu().numpy(), EDGES)
        constants["gap_floor"] = measures.jensen_shannon(counts, truth).mean()

    on_real = look.detective(held_out).sigmoid().cpu().numpy()
    on_forged = look.detective(look.forger(look.noise(JUDGED))).sigmoid().cpu().numpy()
    curves = {
        "confidence": measures.confidence(on_real, on_forged),
        "half_distance": np.abs(np.concatenate([on_real, on_forged], -1) - 0.5).mean(-1),
    }
    if look.every(6):
        everyone = look.forger(look.noise(SAMPLES))[..., 0].cpu().numpy()
        curves["gap"] = measures.jensen_shannon(measures.histogram(everyone, EDGES), truth)
    return Observation(frames, curves, constants)


# What to see

HEIGHT = 1.6
"""Of a hill on the detective's scale from 0 to 1: a density of 0.5 reaches 0.8."""


def draw_dance(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """Both hills, the gold line of D over them, the dotted ideal, and two rows of samples beneath."""
    recording = recordings["dance"]
    x, hill = recording.constants["grid"], recording.constants["real"] * HEIGHT
    pane = canvas.pane(x=(-3.2, 5.2), y=(-0.14, 1.3))
    pane.axis_line(y=1.0, role="hair")
    pane.axis_line(y=0.5, role="ideal", dash="dot")
    pane.area("real").set(x, hill)
    forged_area, forged_line = pane.area("forged"), pane.line("forged")
    pane.line("real").set(x, hill)
    pane.axis_line(y=0.0)
    ideal, belief = pane.line("ideal"), pane.line("gold")
    pane.rug("real", -0.045).set(recording.constants["rug"])
    forged_rug = pane.rug("forged", -0.092)

    def update(moment: float) -> None:
        forged = recording.frame("forged", moment).astype(np.float64) * HEIGHT
        forged_area.set(x, forged)
        forged_line.set(x, forged)
        ideal.set(x, recording.frame("ideal", moment))
        belief.set(x, recording.frame("belief", moment))
        forged_rug.set(recording.frame("rug", moment))

    return update


def half_way(recordings: Recordings) -> float:
    """The moment at which the forged hill first leans on the real ones: a gap of a fifth of a bit."""
    step = gap(recordings).first_step("<=", 0.2)
    return 1.0 if math.isnan(step) else recordings["dance"].recipe.moment_at(step)


# What to hear

SECONDS = 12.0
"""Of the film and its soundtrack."""


def play_dance(recordings: Recordings) -> Score:
    """Fork and reed out of tune by as much as there is gap, above its floor; softly, the detective's confidence."""
    recording = recordings["dance"]
    floor = float(recording.constants["gap_floor"])
    return melodies.beating(Clock(recording.recipe, SECONDS), gap(recordings), recording.series("confidence"), floor)


# What to count and to claim

CLOSE = 0.02
"""Bits: a gap so small counts as closed."""


def gap(recordings: Recordings) -> Series:
    """The gap in bits: of the shown seed at every look, of the others as last measured."""
    recording = recordings["dance"]
    steps, measured = recording.curves["gap"]
    latest = np.searchsorted(steps, recording.frame_steps, side="right") - 1
    runs = measured[:, latest]
    runs[recording.shown] = recording.frames["gap"]
    return Series(recording.frame_steps, recording.frames["gap"], runs)


def _curve(name: str) -> Callable[[Recordings], Series]:
    def measure(recordings: Recordings) -> Series:
        return recordings["dance"].series(name)

    return measure


def seeds_close(recordings: Recordings) -> float:
    """How many seeds end with the gap closed."""
    return float((recordings["dance"].curves["gap"][1][:, -1] <= CLOSE).sum())



STUDY = Study(
    name="training_dance",
    duels={"dance": Duel(RECIPE, real, players, CLASSIC, observe, data="hills")},
    figures=(Figure("dance", draw_dance, duel="dance", seconds=SECONDS, poster=half_way, sound="beats"),),
    sounds=(
        Sound(
            "beats",
            play_dance,
            SECONDS,
            {
                "fork": ("real", tones.HOME),
                "apart": ("forger", tones.HOME + float(tones.beat_rate(1.0, 0.0))),
                "doubt": ("detective", float(tones.confidence_pitch(0.5))),
                "certainty": ("detective", float(tones.confidence_pitch(1.0))),
            },
        ),
    ),
    values=(
        Value("gap", gap, series=True),
        Value("gap_floor", lambda recordings: float(recordings["dance"].constants["gap_floor"])),
        Value("confidence", _curve("confidence"), series=True),
        Value("half_distance", _curve("half_distance"), series=True),
        Value("forger_loss", _curve("forger_loss"), series=True),
        Value("detective_loss", _curve("detective_loss"), series=True),
        Value("seeds", lambda recordings: float(len(recordings["dance"].recipe.seeds))),
        Value("seeds_close", seeds_close),
        Value("close_bound", lambda recordings: CLOSE),
    ),
    claims=(
        Claim("gap_starts", lambda recordings: gap(recordings).first, ">=", 0.9),
        Claim("gap_ends", lambda recordings: gap(recordings).last, "<=", CLOSE),
        Claim("belief_ends", lambda recordings: recordings["dance"].series("half_distance").last, "<=", 0.05),
        Claim("seeds_close", seeds_close, ">=", 5),
    ),
)
