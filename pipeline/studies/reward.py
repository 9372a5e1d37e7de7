"""The critic as reward: the same forger taught by the critic's slope and by its score alone.

Forgers are tables of chances. One throws a single dot on 256 cells; the others ink a whole print, of 16, 64 or 256
cells, and get one verdict for all of it. Each task is learnt twice, by the slope (straight through, the usual round)
and by the score (REINFORCE), from the same dice, with the same critic's recipe, steps and aim, the mean of D(x). The
gap is exact: the Jensen-Shannon divergence between both tables of chances, averaged over the cells of a print, and no
sample. A verdict is one forgery judged in the forger's own turn; the critic's lessons are as many for both and are not
counted.

The ratio of both counts is no constant of nature. On 256 cells it stayed between 5 and 8 in trials with a forger's
learning rate of .1, with log D as reward and with a fifth of the penalty. But it falls with the prints in a round: with
4 it was 2, 4 and 10 on 16, 64 and 256 cells, with 16 it is as recorded here, with 64 it was 1.2, 1.6 and 3; the last of
these is ``crowd``. On 1,024 cells and 16 prints a round the score alone had hardly begun after 1,200 rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.gan import losses, measures, policy, prints
from pipeline.gan.networks import Detective
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Recording, Series
from pipeline.sounding import gestures
from pipeline.sounding.clock import Clock
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The worlds and the players


def real(recipe: Recipe, side: int, whole: bool) -> prints.Prints | prints.Dots:
    """A heart on side x side cells: whole prints of it, or single dots."""
    return prints.Prints(side) if whole else prints.Dots(side)


def players(recipe: Recipe, side: int, whole: bool) -> tuple[policy.Sheet | policy.Dot, Detective]:
    """A chance for each cell, and a critic of whole prints; or for each row and column, and a critic of both."""
    forger = policy.Sheet(recipe.seeds, side**2) if whole else policy.Dot(recipe.seeds, side)
    return forger, Detective(recipe.seeds, (side**2 if whole else 2 * side, 64, 64, 1))


# The game: one aim, two ways to learn

PRINTS = Recipe(
    steps=400,
    batch_size=16,
    latent_size=256,
    learning_rates=(3e-2, 5e-3),
    betas=(0.5, 0.99),
    penalty=0.5,  # on 256 cells an unfined critic runs away
    seeds=(0, 1, 2, 3, 4),
    shown=4,  # the middle one by the score
    clock=0.35,  # between a root and a logarithm: in the first rounds nothing is to be seen
)
DOTS = replace(PRINTS, steps=500, batch_size=256, latent_size=32, learning_rates=(1e-2, 5e-3), penalty=0.0)
AIM = losses.Losses(policy.unrewarded, losses.cross_entropy)

# What to keep


def observe(look: Look) -> Observation:
    """The gap of every seed, and the shown forger's chances."""
    truth = look.world.table().numpy()  # type: ignore[attr-defined]
    table = look.forger.table().cpu().numpy().astype(np.float64)  # type: ignore[operator]
    gap = measures.jensen_shannon(np.broadcast_to(truth, table.shape).astype(np.float64), table).mean(-1)
    kept = (slice(None), 1) if truth.shape[1] == 2 else 0  # of a print the chance of ink, of a dot that of each cell
    return Observation({"chances": table[look.shown][kept].astype(np.float16)}, {"gap": gap}, {"chances": truth[kept]})


SIDES = {"small": 4, "middle": 8, "sheet": 16}
"""Prints by name -> cells along a side."""
SIDE = 16
"""Of the grid on which dots fall, and of the largest print."""
TASKS: Mapping[str, tuple[Recipe, int, bool]] = {
    "dot": (DOTS, SIDE, False),
    **{name: (replace(PRINTS, latent_size=side**2), side, True) for name, side in SIDES.items()},
    "crowd": (replace(PRINTS, steps=200, batch_size=64), SIDE, True),
}
"""Task -> recipe, cells along a side, whole prints or single dots."""
WAYS: Mapping[str, Any] = {"slope": None, "score": policy.play_for_score}
"""Way to learn -> its round; None is the usual one, in which the critic's gradient passes into the forger."""
DUELS = {
    f"{task}_{way}": Duel(
        recipe, partial(real, side=side, whole=whole), partial(players, side=side, whole=whole), AIM, observe,
        round=play, data="prints" if whole else "dots",
    )
    for task, (recipe, side, whole) in TASKS.items()
    for way, play in WAYS.items()
}  # fmt: skip


def choices(task: str) -> float:
    """What a forger chooses under one verdict: ink or none for each cell; or a row and a column."""
    _, side, whole = TASKS[task]
    return float(side**2 if whole else 2)


# What to count

HALF, MOST = 0.5, 0.9
"""Shares of the gap that are closed."""


def closed(recording: Recording) -> Series:
    """What share of the first gap is closed."""
    steps, gaps = recording.curves["gap"]
    shares = 1 - gaps / gaps[:, :1]
    return Series(steps, shares[recording.shown], shares)


def needed(recording: Recording, share: float) -> np.ndarray:
    """Verdicts until that share of the gap is first seen closed, (seeds,); NaN where it never is."""
    steps, gaps = recording.curves["gap"]
    met = 1 - gaps / gaps[:, :1] >= share
    return np.where(met.any(1), steps[met.argmax(1)] * float(recording.recipe.batch_size), np.nan)


def of_seeds(
    task: str, way: str, share: float, pick: Callable[..., float] = np.median
) -> Callable[[Recordings], float]:
    """Verdicts to a share of the gap: their median over the seeds, or another pick."""
    return lambda recordings: float(pick(needed(recordings[f"{task}_{way}"], share)))


def ratios(recordings: Recordings, task: str) -> np.ndarray:
    """Verdicts to nine tenths by the score over those by the slope, seed by seed, (seeds,)."""
    return needed(recordings[f"{task}_score"], MOST) / needed(recordings[f"{task}_slope"], MOST)


def ends(recordings: Recordings, task: str) -> np.ndarray:
    """The last gap by the score over the last one by the slope, seed by seed, (seeds,)."""
    score, slope = (recordings[f"{task}_{way}"].curves["gap"][1][:, -1] for way in ("score", "slope"))
    return np.asarray(score / slope)


def least_growth(recordings: Recordings) -> float:
    """How many times as large the median ratio is at least, from each print to the next larger one."""
    found = [float(np.median(ratios(recordings, task))) for task in SIDES]
    return min(after / before for before, after in zip(found, found[1:], strict=False))


def arrivals(recordings: Recordings) -> float:
    """How many runs, of all tasks, ways and seeds, close nine tenths."""
    return float(sum(np.isfinite(needed(recording, MOST)).sum() for recording in recordings.values()))


def rewards(recording: Recording) -> Series:
    """The mean score of a round's forgeries, at every step."""
    steps, losses_of_forger = recording.curves["forger_loss"]
    return Series(steps, -losses_of_forger[recording.shown], -losses_of_forger)


def rewards_at_end(recording: Recording) -> np.ndarray:
    """The same, averaged over the last tenth of the rounds, (seeds,)."""
    scores = -recording.curves["forger_loss"][1]
    return np.asarray(scores[:, -max(1, scores.shape[1] // 10) :].mean(1))


def farthest_reward(recordings: Recordings) -> float:
    """How far from one half the reward of any forger of the largest print ends."""
    return max(float(np.abs(rewards_at_end(recordings[f"sheet_{way}"]) - 0.5).max()) for way in WAYS)


def deepest_reward(recordings: Recordings) -> float:
    """The lowest reward by the score on the largest print, in the seed in which it is highest."""
    return float((-recordings["sheet_score"].curves["forger_loss"][1]).min(1).max())


def verdicts(recordings: Recordings) -> Series:
    """Verdicts that each forger of the largest print has heard."""
    steps = recordings["sheet_score"].curves["gap"][0]
    return Series(steps, steps * float(PRINTS.batch_size))


def of_shown(way: str, measure: Callable[[Recording], Series]) -> Callable[[Recordings], Series]:
    """A measure of the largest print, learnt in a way, as a Series."""
    return lambda recordings: measure(recordings[f"sheet_{way}"])


def over(pick: Callable[..., float], measure: Callable[[Recordings], np.ndarray]) -> Callable[[Recordings], float]:
    """Of a number a seed their median, least or greatest."""
    return lambda recordings: float(pick(measure(recordings)))


def summary(task: str) -> tuple[Value, ...]:
    """A row of the table: choices, and medians over the seeds of verdicts to nine tenths and of their ratio."""
    return (
        Value(f"{task}_choices", lambda recordings: choices(task)),
        *(Value(f"{task}_{way}", of_seeds(task, way, MOST)) for way in WAYS),
        Value(f"{task}_ratio", over(np.median, partial(ratios, task=task))),
    )


# What to see

TOP = 0.57
"""Share of the picture's height that the sheets take; the curves have the rest."""
TENTHS = np.arange(1, 10) / 10
"""Shares of the gap at which a note sounds and a mark is set."""


def climbed(recordings: Recordings, way: str) -> np.ndarray:
    """Steps at which the shown forger of the largest print has closed each of these shares, (9,); NaN if never."""
    found = recordings[f"sheet_{way}"]
    return np.array([needed(found, share)[found.shown] for share in TENTHS]) / found.recipe.batch_size


def draw_race(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """Above the chances of ink: by the slope, of the originals, by the score; below what is left of the gap."""
    recipe = recordings["sheet_score"].recipe
    boxes = [(left, 0.02, 0.32, TOP - 0.03) for left in (0.01, 0.34, 0.67)]
    slope, original, score = (
        canvas.pane(box=box).sheet(role, 1, 1, smooth=False)
        for box, role in zip(boxes, ("print-forged", "print-real", "print-forged"), strict=True)
    )
    original.set(2 * recordings["sheet_score"].constants["chances"].reshape(1, SIDE, SIDE) - 1)
    chart = canvas.pane(x=(-0.015, 1.03), y=(-0.05, 1.06), box=(0.0, TOP, 1.0, 1 - TOP))
    chart.grid((0, 0.1))
    for heard in (100, 1000):
        chart.axis_line(x=recipe.moment_at(heard / recipe.batch_size), role="grid")
    lines = {"score": chart.line("ink", dash="dot", width=5.0), "slope": chart.line("forged")}
    tracks = []
    for way, role, sheet in (("score", "ink", score), ("slope", "forged", slope)):
        found, steps = of_shown(way, closed)(recordings), climbed(recordings, way)
        x = np.array([recipe.moment_at(step) for step in found.steps])
        rungs = np.array([(recipe.moment_at(s), 1 - found.at(s)) for s in steps[np.isfinite(steps)]]).reshape(-1, 2)
        marks = chart.points(role, size=11), chart.points(role, size=18)
        tracks.append((way, sheet, x, 1 - found.values, lines[way], rungs, marks))

    def update(moment: float) -> None:
        for way, sheet, x, y, line, rungs, (passed, head) in tracks:
            sheet.set(2 * recordings[f"sheet_{way}"].frame("chances", moment).reshape(1, SIDE, SIDE) - 1)
            seen = max(int(np.searchsorted(x, moment + 1e-9, side="right")), 1)
            line.set(x[:seen], y[:seen])
            passed.set(rungs[rungs[:, 0] <= moment + 1e-9])
            head.set([[x[seen - 1], y[seen - 1]]])

    return update


def slope_is_there(recordings: Recordings) -> float:
    """The film's moment at which the forger with the slope has closed nine tenths."""
    step = climbed(recordings, "slope")[-1]
    return recordings["sheet_slope"].recipe.moment_at(step) if np.isfinite(step) else 1.0


# What to hear

SECONDS = 12.0
VOICES = {"slope": "forger", "score": "detective"}


def play_ladders(recordings: Recordings) -> Score:
    """The same ladder for both, a rung for each further tenth of the gap."""
    clock = Clock(recordings["sheet_score"].recipe, SECONDS)
    reached = {role: clock.times(climbed(recordings, way)) for way, role in VOICES.items()}
    return gestures.ladders(reached, SECONDS)


STUDY = Study(
    name="reward",
    duels=DUELS,
    figures=(Figure("race", draw_race, "sheet_score", seconds=SECONDS, poster=slope_is_there, sound="ladders"),),
    sounds=(
        Sound("ladders", play_ladders, SECONDS, {way: (role, gestures.RUNGS[0]) for way, role in VOICES.items()}),
    ),
    values=(
        Value("verdicts", verdicts, series=True),
        *(Value(f"{way}_closed", of_shown(way, closed), series=True) for way in WAYS),
        *(Value(f"{way}_reward", of_shown(way, rewards), series=True) for way in WAYS),
        Value("score_gap", of_shown("score", lambda recording: recording.series("gap")), series=True),
        *(Value(f"{way}_half", of_seeds("sheet", way, HALF)) for way in WAYS),
        *(Value(f"{way}_least", of_seeds("sheet", way, MOST, np.min)) for way in WAYS),
        *(Value(f"{way}_greatest", of_seeds("sheet", way, MOST, np.max)) for way in WAYS),
        *(value for task in TASKS for value in summary(task)),
        Value("score_reward_at_end", lambda r: float(rewards_at_end(r["sheet_score"])[r["sheet_score"].shown])),
        Value("dot_ends", over(np.median, partial(ends, task="dot"))),
        Value("seeds", lambda recordings: float(len(PRINTS.seeds))),
    ),
    claims=(
        Claim("all_arrive", arrivals, ">=", len(DUELS) * len(PRINTS.seeds)),
        Claim("one_dot_is_a_tie", over(np.max, partial(ratios, task="dot")), "<=", 1.2),
        Claim("one_dot_ends_closer", over(np.max, partial(ends, task="dot")), "<=", 0.95),
        Claim("slope_is_worth", over(np.min, partial(ratios, task="sheet")), ">=", 4),
        Claim("worth_grows", least_growth, ">=", 1.3),
        Claim("crowd_evens_out", over(np.max, partial(ratios, task="crowd")), "<=", 3.8),
        Claim("reward_falls", deepest_reward, "<=", 0.3),
        Claim("reward_returns", farthest_reward, "<=", 0.06),
    ),
)
