"""The critic who was too good: a forger held still, and what still reaches it while its critics train on.

After Arjovsky and Bottou, "Towards Principled Methods for Training GANs" (2017), figure 2: the forger plays an ordinary
duel for some rounds and is then frozen; fresh critics are trained against it, and the length of the gradient at the
forger's parameters is measured along the way. Two critics learn side by side: one by cross-entropy, through which both
the saturating and the non-saturating loss are measured, and one Wasserstein critic with gradient penalty. Accuracy is
that of the first on 2,000 held-out originals and as many forgeries from noise that it never learnt from.

The forger is frozen at three ages, each a duel of its own: ``newborn`` before its first round, ``young`` after 25
rounds, ``older`` after 100. Where forgeries lie among originals no critic becomes certain, so on this plane, unlike on
the pictures of that paper, the effect is that of the newborn; it is shown, by the seed in the middle of its falls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from pipeline.gan import draws, losses, measures, penalties, pulls, worlds
from pipeline.gan.frozen import Critics, bring_up, pull
from pipeline.gan.networks import Forger, alone
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Recording, Series
from pipeline.sounding import gestures, tones
from pipeline.sounding.clock import Clock, slots
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas
    from pipeline.game import Deal, Game

# The world and the players


def real(recipe: Recipe) -> worlds.Gaussians:
    """Eight islands on a ring."""
    return worlds.ring(8, 1.0, 0.05)


def players(recipe: Recipe, age: int) -> tuple[Forger, Critics]:
    """A forger that has played ``age`` rounds and is now frozen, and two critics who start anew."""
    forger = Forger(recipe.seeds, (recipe.latent_size, 64, 64, 2))
    bring_up(forger, real(recipe), recipe, age)
    return forger, Critics(recipe.seeds)


# The game: only the critics learn

RECIPE = Recipe(
    steps=1000,
    batch_size=256,
    latent_size=2,
    learning_rates=(0.0, 1e-3),  # the forger stands still
    betas=(0.0, 0.9),
    penalty=10.0,  # Gulrajani's lambda, on the Wasserstein critic alone
    seeds=(0, 1, 2, 3, 4),
    shown=4,
    clock=0.3,  # near a logarithm of the step: each tenfold takes twice as long as the one before
)


def train_on(game: Game, deal: Deal) -> Mapping[str, Tensor]:
    """One update of both critics on the same points: cross-entropy for one, Wasserstein with penalty for the other."""
    critics, recipe = game.detective, game.recipe
    assert isinstance(critics, Critics)
    with torch.no_grad():
        forged = game.forger(deal.noise[0])
    originals = deal.real[0].data
    judged = losses.cross_entropy(critics.judge(originals), critics.judge(forged))
    surveyed = losses.wasserstein_critic(critics.surveyor(originals), critics.surveyor(forged))
    share = draws.uniform(draws.generators(recipe.seeds, "between", deal.step), recipe.batch_size, 1).to(forged)
    fine = penalties.gradient_penalty(critics.surveyor, originals, forged, share)
    game.update(critics, game.turns()[1], (judged + surveyed + recipe.penalty * fine).sum())
    return {"detective_loss": judged.detach(), "distance": -surveyed.detach()}


# What to keep

JUDGED = 2_000
"""Held-out originals, and as many forgeries, behind the accuracy and each gradient."""
DRAWN = 300
"""Of these, the first so many are in the film."""
EDGE, CELLS = 1.5, 48
"""The square [-EDGE, EDGE]^2 that is seen, and the points along each side at which the critics are asked."""
LOSSES: Mapping[str, tuple[str, losses.Loss]] = {
    "saturating": ("judge", losses.saturating),
    "nonsaturating": ("judge", losses.non_saturating),
    "wasserstein": ("surveyor", losses.wasserstein_forger),
}
"""Loss -> the critic it is measured through, and its formula."""


def observe(look: Look) -> Observation:
    """The three gradients at the forger, the judge's accuracy, and both critics' landscapes."""
    critics = look.detective
    assert isinstance(critics, Critics)
    held_out, noise = look.held_out(JUDGED).data, look.noise(JUDGED)
    forged = look.forger(noise)
    on_real, on_forged = (critics.judge(points).sigmoid().cpu().numpy() for points in (held_out, forged))
    curves = {name: pull(look.forger, getattr(critics, critic), loss, noise) for name, (critic, loss) in LOSSES.items()}
    side = torch.linspace(-EDGE, EDGE, CELLS)
    plane = torch.stack(torch.meshgrid(side, side, indexing="xy"), -1).reshape(1, -1, 2).to(look.device)
    belief, height = (
        alone(critic, look.shown)(plane).reshape(CELLS, CELLS).cpu().numpy()
        for critic in (critics.judge, critics.surveyor)
    )
    frames = {
        "belief": (1 / (1 + np.exp(-belief.astype(np.float64)))).astype(np.float16),
        "height": height.astype(np.float16),
    }
    curves["accuracy"] = measures.accuracy(on_real, on_forged)
    points = {"real": held_out, "forged": forged}
    return Observation(
        frames, curves, {name: p[look.shown, :DRAWN].cpu().numpy().astype(np.float32) for name, p in points.items()}
    )


# What to count

AGES = {"newborn": 0, "young": 25, "older": 100}
"""Duel -> rounds that its forger has played before it is frozen."""
SHOWN = "newborn"
"""The age that is shown and heard."""


def series(name: str, age: str = SHOWN) -> Callable[[Recordings], Series]:
    """A curve of one age, as a Series."""
    return lambda recordings: recordings[age].series(name)


def remains(recording: Recording) -> np.ndarray:
    """What share of its peak is left of the saturating gradient at the end, (seeds,)."""
    return pulls.remains(recording.curves["saturating"][1])


def since_peak(recording: Recording, name: str) -> list[np.ndarray]:
    """A curve from the step on at which the saturating gradient is at its peak, seed by seed."""
    return pulls.since_peak(recording.curves["saturating"][1], recording.curves[name][1])


def peaks(recording: Recording) -> np.ndarray:
    """The critic's step at which the saturating gradient is longest, (seeds,)."""
    steps, gradients = recording.curves["saturating"]
    return np.asarray(steps[gradients.argmax(1)])


def settled(recording: Recording) -> np.ndarray:
    """The critic's step from which on its accuracy never falls below ``CERTAIN`` again, (seeds,)."""
    steps, accuracy = recording.curves["accuracy"]
    return np.asarray(steps[pulls.settled(accuracy, CERTAIN)])


def seeds_silenced(recordings: Recordings) -> float:
    """How many seeds of the newborn end with a certain critic and next to nothing of the saturating gradient."""
    newborn = recordings[SHOWN]
    return float(((remains(newborn) <= LEFT) & (newborn.curves["accuracy"][1][:, -1] >= CERTAIN)).sum())


def ranges(recording: Recording) -> np.ndarray:
    """The Wasserstein gradient's largest over its smallest since the saturating one's peak, (seeds,)."""
    return np.array([row.max() / row.min() for row in since_peak(recording, "wasserstein")])


def _shown(count: Callable[[Recording], np.ndarray]) -> Callable[[Recordings], float]:
    """What is counted of every seed, for the one shown."""
    return lambda recordings: float(count(recordings[SHOWN])[recordings[SHOWN].shown])


_left = _shown(remains)


def _part(name: str, chosen: Callable[[np.ndarray], float]) -> Callable[[Recordings], float]:
    """Something of the shown seed's curve since the saturating peak."""
    return lambda recordings: float(chosen(since_peak(recordings[SHOWN], name)[recordings[SHOWN].shown]))


def share_of_peak(name: str) -> Callable[[Recordings], Series]:
    """A gradient of the shown seed as a share of its own peak: what is heard."""
    found = series(name)
    return lambda recordings: Series((own := found(recordings)).steps, own.values / max(own.highest, 1e-12))


def summary(age: str) -> tuple[Value, ...]:
    """A row of the table, medians over the seeds: rounds played, the judge's accuracy, what is left."""
    return (
        Value(f"{age}_rounds", lambda recordings: float(AGES[age])),
        Value(f"{age}_accuracy", lambda recordings: float(np.median(recordings[age].curves["accuracy"][1][:, -1]))),
        Value(f"{age}_left", lambda recordings: float(np.median(remains(recordings[age])))),
    )


# What to see

LOWEST, HIGHEST = -8.0, 2.0
"""Powers of ten between which the gradients are drawn."""


def draw_gradients(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """Three curves over a near-logarithmic clock; at their side the landscapes of judge (above) and surveyor."""
    newborn = recordings[SHOWN]
    chart = canvas.pane(x=(-0.015, 1.015), y=(LOWEST, HIGHEST), box=(0.0, 0.0, 0.69, 1.0))
    chart.grid((0, 1))
    for step in (1, 10, 100):
        chart.axis_line(x=newborn.recipe.moment_at(step), role="grid")
    marks = (
        ("nonsaturating", chart.line("ink", dash="dot", width=5.0)),
        ("wasserstein", chart.line("gold")),
        ("saturating", chart.line("forged")),
    )
    curves = {name: series(name)(recordings) for name, _ in marks}
    planes = [canvas.pane((-EDGE, EDGE), (-EDGE, EDGE), (0.705, top, 0.29, 0.495), equal=True) for top in (0.0, 0.505)]
    landscapes = [pane.field() for pane in planes]
    for pane in planes:
        pane.points("real", size=5).set(newborn.constants["real"])
        pane.points("forged", size=5).set(newborn.constants["forged"])

    def update(moment: float) -> None:
        for name, line in marks:
            curve = curves[name]
            learnt = (curve.steps > 0) & (curve.steps <= newborn.recipe.step_at(moment))  # at 0 all are 0: no logarithm
            moments = [newborn.recipe.moment_at(step) for step in curve.steps[learnt]]
            line.set(moments, np.log10(np.maximum(curve.values[learnt], 10.0 ** (LOWEST - 1))))
        height = newborn.frame("height", moment).astype(np.float64)
        low, span = height.min(), max(float(np.ptp(height)), 1e-6)
        landscapes[0].set(newborn.frame("belief", moment))
        landscapes[1].set((height - low) / span if span > 1e-6 else np.full_like(height, 0.5))

    return update


# What to hear

SLOT, TURNS = 0.6, 20
"""Seconds of an arpeggio, and how many there are."""
TAIL = 0.4
"""Seconds for the last fade; the picture stays."""
VOICES = {
    "saturating": ("forger", tones.HOME, -0.55),
    "nonsaturating": ("forger", 1.25 * tones.HOME, 0.0),
    "wasserstein": ("wasserstein", 1.5 * tones.HOME, 0.55),
}


def play_gradients(recordings: Recordings) -> Score:
    """Three notes by turns, each as loud as its gradient, as a share of its own peak."""
    clock = Clock(recordings[SHOWN].recipe, SLOT * TURNS)
    loud = {}
    for name in VOICES:
        means = clock.means(series(name)(recordings), *slots(SLOT * TURNS, SLOT)).values
        loud[name] = means / means.max()
    return gestures.arpeggio(loud, tuple(VOICES.values()), SLOT)


# What to claim

LEFT = 1 / 30
"""What share of the saturating gradient's peak may be left."""
CERTAIN = 0.99
"""The accuracy of a critic that is called certain."""

STUDY = Study(
    name="vanishing",
    duels={
        name: Duel(RECIPE, real, partial(players, age=age), losses.CLASSIC, observe, round=train_on, data="ring")
        for name, age in AGES.items()
    },
    figures=(Figure("gradients", draw_gradients, SHOWN, seconds=SLOT * TURNS + TAIL, sound="arpeggio", hold=TAIL),),
    sounds=(
        Sound("arpeggio", play_gradients, SLOT * TURNS + TAIL, {name: voice[:2] for name, voice in VOICES.items()}),
    ),
    values=(
        *(Value(name, series(name), series=True) for name in (*LOSSES, "accuracy")),
        *(Value(f"{name}_share", share_of_peak(name), series=True) for name in LOSSES),
        Value("peak_step", _shown(peaks)),
        Value("certain_from", _shown(settled)),
        Value("seeds_early", lambda recordings: float((peaks(recordings[SHOWN]) < settled(recordings[SHOWN])).sum())),
        Value("powers_lost", lambda recordings: float(np.floor(-np.log10(_left(recordings))))),
        Value("least_fall", lambda recordings: float(1 / remains(recordings[SHOWN]).max())),
        Value("nonsaturating_growth", _part("nonsaturating", lambda curve: curve[-1] / curve[0])),
        Value("wasserstein_lowest", _part("wasserstein", np.min)),
        Value("wasserstein_highest", _part("wasserstein", np.max)),
        *(value for age in AGES for value in summary(age)),
        Value("seeds_silenced", seeds_silenced),
        Value("seeds", lambda recordings: float(len(recordings[SHOWN].recipe.seeds))),
    ),
    claims=(
        Claim("critic_certain", lambda recordings: series("accuracy")(recordings).last, ">=", CERTAIN),
        Claim("pull_dies", _left, "<=", LEFT),
        Claim("seeds_silenced", seeds_silenced, ">=", len(RECIPE.seeds)),
        Claim("wasserstein_stays", lambda recordings: float(ranges(recordings[SHOWN]).max()), "<=", 10),
        Claim("nonsaturating_grows", _part("nonsaturating", lambda curve: curve[-1] / curve[0]), ">=", 1),
        Claim("older_is_pulled", lambda recordings: float(remains(recordings["older"]).min()), ">=", 0.2),
    ),
)
