"""Two aims, one number: the value of the game from both sides along a run, and the two forms of the forger's loss.

The run is played in the second form, as nearly all are; the value is measured beside it, on 2,000 held-out originals
and as many forgeries. Each side's is computed from its own loss, in single precision: that they mirror is measured,
not drawn. A slope is per verdict and in logits; a pull is the gradient that arrives at a forged point through the
detective. The worst moment is the look at which forgeries are believed least.

Sources: Goodfellow et al., "Generative Adversarial Nets" (2014), equation 1 and section 3; R1 from Mescheder et al.
(2018).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import torch

from pipeline.gan import blame, losses, worlds
from pipeline.gan.networks import Detective, Forger
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.sounding import melodies, tones
from pipeline.sounding.clock import Clock
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value
from pipeline.two_losses import SECONDS, every_run

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# The world and the players


def real(recipe: Recipe) -> worlds.Gaussians:
    """Numbers that fall near minus one or near plus one."""
    return worlds.hills((-1.0, 1.0), 0.4)


def players(recipe: Recipe) -> tuple[Forger, Detective]:
    """A forger that starts far to the right of all originals, a detective that starts at one half everywhere."""
    forger = Forger(recipe.seeds, (recipe.latent_size, 32, 32, 1), start=4.0)
    return forger, Detective(recipe.seeds, (1, 32, 32, 1), gain=4.0)


RECIPE = Recipe(
    steps=1500,
    batch_size=256,
    latent_size=2,
    learning_rates=(1e-3, 4e-3),  # a forger slow enough to be caught for a while
    critic_steps=2,
    schedule="cosine",
    penalty=0.03,
    seeds=(0, 1, 2, 3, 4),
    shown=0,
    frames=250,
    clock=0.35,  # the forger is at its worst by step 20
)

# What to keep

JUDGED = 2_000
"""Held-out originals, and as many forgeries, behind every number."""
DRAWN = 60
"""Of these forgeries, the first so many sit on the two curves."""


def observe(look: Look) -> Observation:
    """The value from both sides, both forms, their slopes and their pulls, of every seed; some logits to be drawn."""
    forged = look.forger(look.noise(JUDGED))
    on_real, on_forged = look.detective(look.held_out(JUDGED).data), look.detective(forged)  # (runs, JUDGED)
    measured = {
        "gain": -losses.cross_entropy(on_real, on_forged),
        "price": losses.saturating_value(on_real, on_forged),
        "non_saturating": losses.non_saturating(on_real, on_forged),
        "belief": on_forged.sigmoid().mean(-1),
        "saturating_slope": -losses.saturating_slope(on_forged).mean(-1),
        "non_saturating_slope": -losses.non_saturating_slope(on_forged).mean(-1),
    }
    for form in (losses.saturating, losses.non_saturating):
        pulls = blame.pull(look.detective, forged, form) * JUDGED  # of single verdicts
        measured[f"{form.__name__}_pull"] = pulls.norm(dim=-1).mean(-1)
    frames = {"logits": on_forged[look.shown, :DRAWN].cpu().numpy().astype(np.float16)}
    return Observation(frames, {name: each.cpu().numpy() for name, each in measured.items()})


# What to count


def curve(name: str) -> Callable[[Recordings], Series]:
    """A curve of the duel, as a Series."""
    return lambda recordings: recordings["aims"].series(name)


def mirror_error(recordings: Recordings) -> float:
    """How far the two sides are from adding up to a draw for both, at most, over all looks and seeds; nats."""
    gain, price = (recordings["aims"].curves[name][1] for name in ("gain", "price"))
    for_detective, for_forger = gain + math.log(4), -(price + math.log(4))
    return float(np.abs(for_detective + for_forger).max())


def worst(recordings: Recordings) -> np.ndarray:
    """The look at which each seed's forgeries are believed least, (seeds,)."""
    return np.asarray(recordings["aims"].curves["belief"][1].argmin(1))


def worst_step(recordings: Recordings) -> int:
    """The step of that look in the shown seed."""
    kept = recordings["aims"]
    return int(kept.curves["belief"][0][worst(recordings)[kept.shown]])


def at_worst(name: str) -> Callable[[Recordings], np.ndarray]:
    """A curve at that look, (seeds,)."""

    def measure(recordings: Recordings) -> np.ndarray:
        values = recordings["aims"].curves[name][1]
        return np.asarray(values[np.arange(len(values)), worst(recordings)])

    return measure


def factors(of: str) -> Callable[[Recordings], np.ndarray]:
    """How many times as large the second form's slope or pull is as the first's at the worst moment, (seeds,)."""
    return lambda recordings: at_worst(f"non_saturating_{of}")(recordings) / at_worst(f"saturating_{of}")(recordings)


WINDOW = 30
"""Steps behind each of the means whose rise or fall is counted."""


def together(recordings: Recordings) -> np.ndarray:
    """From one mean of ``WINDOW`` steps to the next, over all seeds: how often both players' losses fell, and rose."""
    curves = recordings["aims"].curves
    signs = []
    for name in ("forger_loss", "detective_loss"):
        runs = curves[name][1]
        windows = runs[:, : runs.shape[1] // WINDOW * WINDOW].reshape(len(runs), -1, WINDOW).mean(2)
        signs.append(np.sign(np.diff(windows)))
    forger, detective = signs
    return np.array([((forger == way) & (detective == way)).mean() for way in (-1, 1)]) if forger.size else np.zeros(2)


def shown(measure: Callable[[Recordings], np.ndarray]) -> Callable[[Recordings], float]:
    """Of a number a seed, that of the shown one."""
    return lambda recordings: float(measure(recordings)[recordings["aims"].shown])


# What to see

SPAN = 1.55
"""Nats above and below -ln 4: the value lies between -ln 4 and 0 for a detective that does no worse than guess."""
LOGITS, NATS = 7.5, 7.0
"""Half of what is seen of the two forms, across and up."""


def draw_mirror(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """On the left the value, as each side's gain, over film time; on the right both forms, with the run on them."""
    kept, draw = recordings["aims"], -math.log(4)
    gain, price = curve("gain")(recordings), curve("price")(recordings)
    x = np.array([kept.recipe.moment_at(step) for step in gain.steps])
    left = canvas.pane(x=(-0.02, 1.04), y=(draw - SPAN, draw + SPAN), box=(0, 0, 0.49, 1))
    left.axis_line(y=0.0, role="hair")
    left.axis_line(y=2 * draw, role="hair")
    left.axis_line(y=draw, role="ideal", width=3.5, dash="dot")
    sides = ((left.line("gold"), gain.values), (left.line("forged"), 2 * draw - price.values))
    heads = [left.points("gold", size=15), left.points("forged", size=13)]

    right = canvas.pane(x=(-LOGITS, LOGITS), y=(-NATS, NATS), box=(0.51, 0, 0.49, 1))
    right.axis_line(x=0.0, y=0.0, role="edge")
    a = torch.linspace(-LOGITS, LOGITS, 300, dtype=torch.float64)
    forms = (losses.saturating, losses.non_saturating)
    for form, role in zip(forms, ("ink-2", "forged"), strict=True):
        right.line(role, width=4.0).set(a.numpy(), _each(form, a))
    points = (right.points("ink", size=9), right.points("forged", size=9))
    means = (right.points("ink", size=18), right.points("forged", size=17))

    def update(moment: float) -> None:
        seen = max(int(np.searchsorted(x, moment + 1e-9, side="right")), 1)
        for (line, values), head in zip(sides, heads, strict=True):
            line.set(x[:seen], values[:seen])
            head.set([[x[seen - 1], values[seen - 1]]])
        logits = torch.from_numpy(kept.frame("logits", moment).astype(np.float64))
        for form, small, large in zip(forms, points, means, strict=True):
            small.set(np.column_stack([logits.numpy(), _each(form, logits)]))
            middle = logits.median().reshape(1)
            large.set(np.column_stack([middle.numpy(), _each(form, middle)]))

    return update


def _each(form: losses.Loss, logits: torch.Tensor) -> np.ndarray:
    """A loss at each logit by itself: the mean over a batch of one."""
    return np.asarray(form(logits[:, None], logits[:, None]).numpy())


def at_worst_moment(recordings: Recordings) -> float:
    """The film's moment at which forgeries are believed least."""
    return recordings["aims"].recipe.moment_at(worst_step(recordings))


# What to hear


def play_mirror(recordings: Recordings) -> Score:
    """The value from both sides, by turns."""
    return melodies.mirrored(Clock(recordings["aims"].recipe, SECONDS), curve("gain")(recordings))


# What to claim

TIMES = 20.0
"""How many times as steep the second form is at least to be where the forger is at its worst: 32 in the weakest of
five seeds, and a processor that rounds otherwise draws another."""


def seeds_steeper(recordings: Recordings) -> float:
    """In how many seeds both slope and pull are so many times larger."""
    return float(((factors("slope")(recordings) >= TIMES) & (factors("pull")(recordings) >= TIMES)).sum())


def farthest_end(recordings: Recordings) -> float:
    """How far from a draw the value ends at most, averaged over the last tenth of the looks, over the seeds; nats."""
    runs = every_run(curve("gain")(recordings))
    return float(np.abs(runs[:, -max(1, runs.shape[1] // 10) :].mean(1) + math.log(4)).max())


STUDY = Study(
    name="two_aims",
    duels={"aims": Duel(RECIPE, real, players, losses.CLASSIC, observe, data="hills")},
    figures=(
        Figure("mirror", draw_mirror, duel="aims", seconds=SECONDS, poster=at_worst_moment, sound="mirrored"),
    ),
    sounds=(
        Sound(
            "mirrored",
            play_mirror,
            SECONDS,
            {
                "draw": ("real", tones.HOME),
                "won": ("detective", float(tones.mirrored_pitch(0.0, 1.0))),
                "lost": ("forger", float(tones.mirrored_pitch(0.0, -1.0))),
            },
        ),
    ),
    values=(
        *(Value(name, curve(name), series=True) for name in ("gain", "price", "non_saturating", "belief")),
        Value("slope_saturating", curve("saturating_slope"), series=True),
        Value("slope_non_saturating", curve("non_saturating_slope"), series=True),
        Value("mirror_error", mirror_error),
        Value("worst_step", lambda recordings: float(worst_step(recordings))),
        Value("belief_lowest", shown(at_worst("belief"))),
        Value("saturating_slope", shown(at_worst("saturating_slope"))),
        Value("nonsaturating_slope", shown(at_worst("non_saturating_slope"))),
        Value("slope_factor", shown(factors("slope"))),
        Value("pull_factor", shown(factors("pull"))),
        Value("pull_factor_least", lambda recordings: float(factors("pull")(recordings).min())),
        Value("pull_factor_most", lambda recordings: float(factors("pull")(recordings).max())),
        Value("drawn", lambda recordings: float(DRAWN)),
        Value("window", lambda recordings: float(WINDOW)),
        Value("both_fell", lambda recordings: float(together(recordings)[0])),
        Value("both_rose", lambda recordings: float(together(recordings)[1])),
        Value("farthest_end", farthest_end),
        Value("seeds", lambda recordings: float(len(recordings["aims"].recipe.seeds))),
    ),
    claims=(
        Claim("mirrored", mirror_error, "<=", 1e-5),
        Claim("believed_least", shown(at_worst("belief")), "<=", 0.03),
        Claim("steeper", shown(factors("slope")), ">=", TIMES),
        Claim("pulled_harder", shown(factors("pull")), ">=", TIMES),
        Claim("seeds_steeper", seeds_steeper, ">=", len(RECIPE.seeds)),
        Claim("ends_in_a_draw", farthest_end, "<=", 0.05),
        Claim("both_can_fall", lambda recordings: float(together(recordings)[0]), ">=", 0.1),
    ),
)
