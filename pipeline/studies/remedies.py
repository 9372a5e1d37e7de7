"""Keeping the players even: one trap, and nine handicaps laid upon the detective, each over the same five seeds.

Originals lie on a thin circle; the forger starts 2.2 from its middle, so that nothing touches; the detective is eager,
three updates a round. The forger learns by plain gradient descent: Adam would give a dying gradient strides as long as
any other's and hide what is studied. Each remedy is the plain pair with what its name says changed. The gap is the
Jensen-Shannon divergence in bits of 10,000 held-out originals and as many forgeries on 40 x 40 cells, 0.15 wide.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.gan import losses, measures, worlds
from pipeline.gan.handicaps import Bounded, Fine, Handicap, between, head_start, on_both, on_originals, play_handicapped
from pipeline.gan.networks import Detective, Forger
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.sounding import gestures, tones
from pipeline.sounding.clock import Clock, slots
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The world


def real(recipe: Recipe) -> worlds.Gaussians:
    """A thin circle: 64 islands so close that they run together."""
    return worlds.ring(64, 1.0, 0.05)


AWAY = 2.2
"""How far from the circle's middle the forger starts."""


# The game, and what is changed in it

PLAIN = Recipe(
    steps=1500,
    batch_size=128,
    latent_size=2,
    learning_rates=(0.3, 5e-3),  # the forger's is of plain descent, the detective's of Adam
    betas=(0.0, 0.9),
    critic_steps=3,
    schedule="cosine",
    last_rate=0.05,
    seeds=(0, 1, 2, 3, 4),
    frames=150,
)
HEAD = 300
"""Lessons that an eager detective has before the first round."""
MINIMAX = losses.Losses(losses.saturating, losses.cross_entropy)


@dataclass(frozen=True)
class Remedy:
    """The plain pair with something changed."""

    losses: losses.Losses = MINIMAX
    handicap: Handicap = field(default_factory=Handicap)
    changes: dict[str, Any] = field(default_factory=dict)
    """Fields of the recipe."""
    bounded: float = 0.0
    """The steepest slope that the detective can have; 0 is no bound."""
    head: int = HEAD
    """Lessons of the detective before the first round."""


def players(recipe: Recipe, remedy: Remedy) -> tuple[Forger, Detective]:
    """Two hidden layers each; the detective has had its head start."""
    sizes, bound = (2, 32, 32, 1), remedy.bounded
    forger = Forger(recipe.seeds, (recipe.latent_size, 32, 32, 2), start=AWAY / math.sqrt(2))
    detective = Bounded(recipe.seeds, sizes, steepest=bound) if bound else Detective(recipe.seeds, sizes, gain=2.0)
    head_start(recipe, real(recipe), remedy.losses, remedy.handicap, forger, detective, remedy.head)
    return forger, detective


REMEDIES = {
    "plain": Remedy(),
    "nonsaturating": Remedy(losses.CLASSIC),
    "fewer": Remedy(changes={"critic_steps": 1}, head=0),
    "rates": Remedy(changes={"learning_rates": (0.3, 5e-4)}),
    "modest": Remedy(losses.Losses(losses.saturating, losses.smoothed)),
    "fog": Remedy(handicap=Handicap(fog=(1.0, 0.05))),
    "tax": Remedy(handicap=Handicap(on_originals), changes={"penalty": 0.5}),
    "bounded": Remedy(bounded=6.0),
    "wasserstein": Remedy(
        losses.Losses(losses.wasserstein_forger, losses.wasserstein_critic), Handicap(between), {"penalty": 2.0}
    ),
    "pairs": Remedy(losses.RELATIVISTIC, Handicap(on_both), {"penalty": 0.2}),
}

# What to keep

SAMPLES, CELLS, EDGE = 10_000, 40, 3.0
DRAWN = 200
FAR = 1_000.0


def observe(look: Look) -> Observation:
    """Forged points, and the gap of every seed at each fifth look."""
    noise = look.noise(SAMPLES)
    if not look.every(5):
        forged = flown(look.forger(noise[:, :DRAWN]).cpu().numpy())
        return Observation({"forged": forged[look.shown].astype(np.float16)})
    forged, originals = flown(look.forger(noise).cpu().numpy()), look.held_out(SAMPLES).data.cpu().numpy()
    p, q = (measures.histogram_2d(points, -EDGE, EDGE, CELLS) for points in (originals, forged))
    return Observation(
        {"forged": forged[look.shown, :DRAWN].astype(np.float16)},
        {"gap": measures.jensen_shannon(p, q)},
        {"real": originals[look.shown, :DRAWN].astype(np.float16)},
    )


def flown(points: np.ndarray) -> np.ndarray:
    """The points, those of a forger that has flown off to infinity being merely out of sight."""
    return np.clip(np.nan_to_num(points, nan=FAR), -FAR, FAR)


DUELS = {
    name: Duel(
        replace(PLAIN, **remedy.changes),
        real,
        partial(players, remedy=remedy),
        remedy.losses,
        observe,
        round=partial(play_handicapped, handicap=remedy.handicap),
        data="circle",
    )
    for name, remedy in REMEDIES.items()
}

# What to count

CURED, LOST = 0.2, 0.9
"""Bits: a seed that ends at or under the first has succeeded; one that ends at or over the second has not begun."""


def gap(name: str) -> Callable[[Recordings], Series]:
    """The gap of a duel, as a Series."""
    return lambda recordings: recordings[name].series("gap")


def last(recordings: Recordings, name: str) -> np.ndarray:
    """The gap at the end, (seeds,)."""
    return np.asarray(recordings[name].curves["gap"][1][:, -1])


def cured(recordings: Recordings, name: str) -> float:
    """How many seeds of a duel succeed."""
    return float((last(recordings, name) <= CURED).sum())


def remedies_that_cure(recordings: Recordings) -> float:
    """How many remedies succeed in every seed."""
    return float(sum(cured(recordings, name) == len(PLAIN.seeds) for name in REMEDIES if name != "plain"))


TOLD = ("fog", "tax", "pairs", "fewer")
"""Those of which the prose says by name that they succeed."""


def flown_off(name: str) -> Callable[[Recordings], float]:
    """In how many seeds of a duel the forger has flown off to infinity."""
    return lambda recordings: float((~np.isfinite(recordings[name].curves["forger_loss"][1][:, -1])).sum())


def seeds_lost(recordings: Recordings) -> float:
    """How many seeds of the plain pair have not begun."""
    return float((last(recordings, "plain") >= LOST).sum())


FINED: dict[Fine | None, int] = {None: 0, on_originals: 2, between: 2, on_both: 4}
"""What a fine adds to a lesson: evaluations of the detective, counted twice, as slopes are differentiated again."""


def evaluations(name: str) -> int:
    """Networks evaluated, with what goes back through them, in one round: a lesson is one forger and two detectives."""
    remedy = REMEDIES[name]
    lessons = DUELS[name].recipe.critic_steps
    return lessons * (3 + FINED[remedy.handicap.fine]) + 3


def summary(name: str) -> tuple[Value, ...]:
    """A row of the table: the gap's median over the seeds, seeds that succeed, a round's cost by the plain one's."""
    return (
        Value(f"{name}_gap", lambda recordings: float(np.median(last(recordings, name)))),
        Value(f"{name}_cured", lambda recordings: cured(recordings, name)),
        Value(f"{name}_cost", lambda recordings: evaluations(name) / evaluations("plain")),
    )


# What to see

ROWS, COLUMNS = 2, 5
SEEN = (-1.5, 2.3)
"""What each pane shows of the plane, across and at least as much up."""


def draw_grid(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """A pane for each duel, in the order of the table: originals, and the forgeries of the shown seed."""
    panes = []
    for index, name in enumerate(REMEDIES):
        row, column = divmod(index, COLUMNS)
        box = (column / COLUMNS + 0.004, row / ROWS + 0.006, 1 / COLUMNS - 0.008, 1 / ROWS - 0.012)
        pane = canvas.pane(x=SEEN, y=SEEN, box=box, equal=True)
        pane.points("real", size=5).set(recordings[name].constants["real"])
        panes.append((recordings[name], pane.points("forged", size=7)))

    def update(moment: float) -> None:
        for recording, points in panes:
            points.set(recording.frame("forged", moment))

    return update


# What to hear

BARS, CLOSE = 12, 2.0
"""Bars of a second, and the seconds of the chord at the end, during which the picture stays."""
HEARD = tuple(name for name in REMEDIES if name not in ("plain", "fewer"))
"""The eight that have a note."""


def play_grid(recordings: Recordings) -> Score:
    """Each bar runs through eight remedies, each as loud as its gap is closed."""
    bars = slots(float(BARS), 1.0)
    gaps = [Clock(recordings[name].recipe, float(BARS)).means(gap(name)(recordings), *bars).values for name in HEARD]
    return gestures.ensemble(np.stack(gaps, -1), close=CLOSE)


STUDY = Study(
    name="remedies",
    duels=DUELS,
    figures=(Figure("grid", draw_grid, "plain", seconds=BARS + CLOSE, sound="ensemble", hold=CLOSE),),
    sounds=(
        Sound(
            "ensemble",
            play_grid,
            BARS + CLOSE,
            {"first": ("forger", tones.EIGHT[0]), "eighth": ("forger", tones.EIGHT[7])},
        ),
    ),
    values=(
        *(Value(name, gap(name), series=True) for name in REMEDIES),
        *(value for name in REMEDIES for value in summary(name)),
        Value("cured", remedies_that_cure),
        Value("seeds_lost", seeds_lost),
        *(Value(f"{name}_flown", flown_off(name)) for name in ("plain", "rates")),
        Value("seeds", lambda recordings: float(len(PLAIN.seeds))),
        Value("head_start", lambda recordings: float(HEAD)),
    ),
    claims=(
        Claim("plain_is_lost", seeds_lost, ">=", 4),
        Claim("three_remedies", remedies_that_cure, ">=", 3),
        Claim("told_cures", lambda recordings: min(cured(recordings, name) for name in TOLD), ">=", 4),
    ),
)
