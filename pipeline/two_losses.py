"""The two losses of a duel: what is drawn, heard and counted of them, for any study that plays the classic game.

They are those of the round that begins at a step, as the optimisers met them; the detective's is shown per
verdict, half of its total, so that ln 2 is a draw for both. Each point of a strong line is the plain mean of
the steps of a quarter of a second of film, from one at the beginning to about a hundred at the end. A crossing is one
of the strong lines: the raw ones cross hundreds of times. It knows no study.

Source: Goodfellow et al., "Generative Adversarial Nets" (2014), equation 1 and section 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from pipeline.recording import Recording, Series
from pipeline.sounding import melodies, tones
from pipeline.sounding.clock import Clock, slots
from pipeline.sounding.score import Score

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# What to count

SECONDS = 12.0
"""Of both films and their soundtracks."""
BEAT = 0.5
"""Seconds in which each of the two voices has its note."""
SLOT = BEAT / 2
"""Seconds of film behind one point of a strong line."""


def forger_loss(recording: Recording) -> Series:
    """-E log D(G(z)) in nats, at every step."""
    return recording.series("forger_loss")


def detective_loss(recording: Recording) -> Series:
    """Half of -E log D(x) - E log(1 - D(G(z))): nats per verdict, at every step."""
    total = recording.series("detective_loss")
    return Series(total.steps, total.values / 2, every_run(total) / 2)


def strong_lines(recording: Recording) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both losses as drawn strong: (moments in [0, 1] at which each slot ends (n,), forger's, detective's (seeds, n)).

    Slots within which no step falls, the first ones, give no point.
    """
    clock = Clock(recording.recipe, SECONDS)
    starts, ends = slots(SECONDS, SLOT)
    steps = recording.curves["forger_loss"][0]
    lines = []
    for name, share in (("forger_loss", 1.0), ("detective_loss", 0.5)):
        means = [clock.means(Series(steps, run * share), starts, ends) for run in recording.curves[name][1]]
        lines.append(np.stack([m.values[m.counts > 0] for m in means]))
    return ends[means[0].counts > 0] / SECONDS, lines[0], lines[1]


def meetings(recording: Recording, run: int) -> tuple[np.ndarray, np.ndarray]:
    """Crossings of the strong lines of a run: (indices of the points that complete them, the losses where they met)."""
    _, forger, detective = strong_lines(recording)
    apart = forger[run] - detective[run]
    after = np.flatnonzero(np.sign(apart[1:]) * np.sign(apart[:-1]) < 0) + 1
    share = apart[after - 1] / (apart[after - 1] - apart[after])
    return after, forger[run, after - 1] + share * (forger[run, after] - forger[run, after - 1])


def crossings(recording: Recording) -> Series:
    """How often the strong lines have crossed, known at the end of each slot."""
    moments, forger, _ = strong_lines(recording)
    runs = np.zeros(forger.shape)
    for run in range(len(runs)):
        runs[run, meetings(recording, run)[0]] = 1
    runs = np.concatenate([np.zeros((len(runs), 1)), runs.cumsum(1)], 1)
    steps = np.array([0, *(recording.recipe.step_at(moment) for moment in moments)])
    return Series(steps, runs[recording.shown], runs)


def crossings_at_end(recording: Recording) -> np.ndarray:
    """How often in all, (seeds,)."""
    return every_run(crossings(recording))[:, -1]


def totals_at_end(recording: Recording) -> np.ndarray:
    """The detective's total loss, averaged over the last tenth of the steps, (seeds,), nats."""
    totals = recording.curves["detective_loss"][1]
    return np.asarray(totals[:, -max(1, totals.shape[1] // 10) :].mean(1))


def errors(recording: Recording) -> np.ndarray:
    """How far that is from ln 4, as a share of it, (seeds,)."""
    return np.asarray(np.abs(totals_at_end(recording) / math.log(4) - 1))


def every_run(series: Series) -> np.ndarray:
    """The values of every seed, (seeds, T), also where there is only one."""
    return series.values[None] if series.runs is None else series.runs


# What to see

LENS = 0.27
"""Nats above and below ln 2 that the lower half of the film of losses magnifies."""


def draw_losses(recording: Recording, canvas: Canvas) -> Callable[[float], None]:
    """Above the whole of both losses, below the strip about ln 2 magnified, with the crossings; time is film time."""
    curves, draw = (forger_loss(recording), detective_loss(recording)), math.log(2)
    raw_x = np.array([recording.recipe.moment_at(step) for step in curves[0].steps])
    ends, *lines = strong_lines(recording)
    after, met = meetings(recording, recording.shown)
    top = 1.06 * max(curve.highest for curve in curves)
    whole = canvas.pane(x=(-0.012, 1.03), y=(-0.04 * top, top), box=(0, 0, 1, 0.47))
    lens = canvas.pane(x=(-0.012, 1.03), y=(draw - LENS, draw + LENS), box=(0, 0.49, 1, 0.51))
    whole.area("ideal", hatch=False, alpha=0.14).set([-1, 2], [draw + LENS] * 2, draw - LENS)
    parts = []
    for pane in (whole, lens):
        pane.axis_line(y=draw, role="ideal", width=3.5, dash="dot")
        thin = [pane.line(role, width=1.1, dash="solid", halo=False) for role in ("forged", "gold")]
        strong = [pane.line(role) for role in ("forged", "gold")]
        parts.append((thin, strong))
    met_here = lens.points("ink", shape="disc", size=17)
    heads = [whole.points("forged", size=13), whole.points("gold", size=14)]

    def update(moment: float) -> None:
        recorded = max(int(np.searchsorted(raw_x, moment, side="right")), 1)
        drawn = int(np.searchsorted(ends, moment + 1e-9, side="right"))
        for thin, strong in parts:
            for curve, raw, line, means in zip(curves, thin, strong, lines, strict=True):
                raw.set(raw_x[:recorded], curve.values[:recorded])
                line.set(ends[:drawn] - SLOT / SECONDS / 2, means[recording.shown, :drawn])
        for head, curve in zip(heads, curves, strict=True):
            head.set([[raw_x[recorded - 1], curve.values[recorded - 1]]])
        met_here.set(np.column_stack([ends[after] - SLOT / SECONDS, met])[after < drawn])

    return update


# What to hear


def play_losses(recording: Recording) -> Score:
    """The two losses by turns; a chord where the strong lines cross, but never two in a row."""
    clock = Clock(recording.recipe, SECONDS)
    parts = (
        melodies.Part("forger_loss", forger_loss(recording), tones.loss_pitch, "forger", 0.0),
        melodies.Part("detective_loss", detective_loss(recording), tones.loss_pitch, "detective", SLOT),
    )
    after, met = meetings(recording, recording.shown)
    moments = strong_lines(recording)[0][after] * SECONDS
    apart = spread_out(moments, BEAT)
    return melodies.duet(clock, parts, BEAT, (moments[apart], tones.loss_pitch(met[apart])))


def spread_out(moments: np.ndarray, beat: float) -> np.ndarray:
    """Which of some seconds become chords, (n,) bool: one a beat at most, and none in the beat after a chord."""
    chosen, last = np.zeros(len(moments), bool), -2
    for i, moment in enumerate(moments):
        this = int(moment / beat)
        if this - last >= 2:
            chosen[i], last = True, this
    return chosen
