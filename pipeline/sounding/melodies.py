"""Melodies that follow a training run: a measured curve in, a score out, on the clock of the film.

Each function is one way of hearing a run, named by what is heard; its docstring is what the legend
beside the film has to say. Every pitch is a rule of pipeline.sounding.tones applied to the plain mean
of the steps that the note stands for, and every score says in its ``meanings`` what can be heard back.
It knows no study: which curve is whose is for the caller to say.

After McGookin and Brewster 2004 (two voices at once are told apart by timbre and by a stagger),
Neuhoff 2002 (pitch and loudness bend each other, so that only one of them moves, or both the same
way) and arXiv 2508.06872 (marks at equal steps of value show a slope best).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.recording import Series
from pipeline.sounding import tones
from pipeline.sounding.clock import CONTROL, Clock, Means, slots, smoothed
from pipeline.sounding.score import Air, Held, Meaning, Note, Score
from pipeline.sounding.tones import EIGHT, HOME

ATTACK, RELEASE = 0.4, 1.2
"""Seconds in which a last chord swells and dies away."""
Array = np.ndarray
Rule = Callable[[Array], Array]


def hiss_to_tone(clock: Clock, quality: Series) -> Score:
    """Hiss is ignorance; the tone rises with quality; a bell for every tenth.

    ``quality`` in [0, 1]. Pitch and loudness both rise: the one place where both move, the same way.
    """
    curve, means = clock.held(quality)
    curve = np.clip(curve, 0.0, 1.0)
    tone = Held("forger", tones.share_pitch(curve), 0.5 * curve**0.6)
    pitch = Meaning("quality", "forger", "pitch", means, tones.share_pitch(means.values))
    hiss = Meaning("quality", "air", "hiss", means, _ignorance(means.values))
    return Score(clock.seconds, held=(tone,), meanings=(pitch, hiss)) + breath(clock, curve) + bells(clock, quality)


def breath(clock: Clock, curve: Array, gain: float = 0.42, power: float = 1.5) -> Score:
    """Breath is what is not known yet: gain (1 - q)^power for a control curve q in [0, 1]."""
    return Score(clock.seconds, airs=(Air(gain * (1 - np.clip(curve, 0.0, 1.0)) ** power),))


def bells(clock: Clock, quality: Series, gain: float = 0.4) -> Score:
    """A bell for every tenth that is reached for the first time, at the pitch of that tenth."""
    notes = [
        Note(float(onset), 0.9, float(tones.share_pitch(0.1 * (k + 1))), "real", gain)
        for k, onset in enumerate(clock.tenths(quality))
        if onset < clock.seconds - 0.2
    ]
    return Score(clock.seconds, tuple(notes))


def beating(clock: Clock, gap: Series, confidence: Series, floor: float) -> Score:
    """Beats are the gap: they slow as the hills meet. The soft voice on the right is the detective's confidence.

    A fork of 440 Hz and a reed of 440 Hz + tones.beat_rate(gap, floor), nearly in one place, since
    beats need both in each ear; and the detective, softly, by tones.confidence_pitch.
    """
    gap_curve, means = clock.held(gap)
    sure_curve, sure = clock.held(confidence, smooth=0.3)
    on = np.ones_like(gap_curve)
    held = (
        Held("real", HOME * on, 0.5 * on, pan=0.12),
        Held("forger", HOME + tones.beat_rate(gap_curve, floor), 0.5 * on, pan=-0.12),
        Held("detective", tones.confidence_pitch(sure_curve), 0.2 * on),
    )
    meanings = (
        Meaning("gap", "forger", "beats", means, tones.beat_rate(means.values, floor)),
        Meaning("confidence", "detective", "partial", sure, tones.confidence_pitch(sure.values)),
    )
    return Score(clock.seconds, held=held, meanings=meanings)


def verdicts(clock: Clock, accuracy: Series, every: float = 0.2) -> Score:
    """High: the detective tells them apart. Home: a coin flip.

    A pluck each ``every`` seconds, snapped to the scale; a note that repeats sinks to 45 % of its
    loudness. Each tenth slot is left to the fork at 440 Hz: a reference needs its own place in time.
    """
    means = clock.means(accuracy, *slots(clock.seconds, every))
    hz = tones.snap(tones.accuracy_pitch(means.values))
    speaks = np.arange(len(hz)) % 10 != 9
    notes, gain, before = [], 1.0, 0.0
    for onset, pitch, own in zip(means.starts, hz, speaks, strict=True):
        if not own:
            notes.append(Note(float(onset), every, HOME, "real", 0.8))
            continue
        gain = max(0.45, 0.85 * gain) if pitch == before else 1.0
        before = pitch
        notes.append(Note(float(onset), every, float(pitch), "detective", gain))
    return Score(clock.seconds, tuple(notes), meanings=(_pitched("accuracy", "detective", means, hz, speaks),))


@dataclass(frozen=True)
class Part:
    """One of two voices that take turns."""

    value: str
    """Name of the series, for the meanings."""
    series: Series
    rule: Rule
    role: str
    lag: float
    """Seconds after the beat at which it speaks."""


def duet(
    clock: Clock, parts: Sequence[Part], beat: float, chords: tuple[Array, Array] | None = None, to_end: bool = False
) -> Score:
    """Left the forger, right the detective, by turns; where they cross, a chord.

    Each note stands for the steps from its onset to the next one of its voice. Beats whose last note would stand for
    steps beyond the end are left out, or, ``to_end``, played for the steps that are there. Voices never overlap:
    heard at once in one ear, the one is taken for the other. ``chords`` are (seconds, pitches in Hz) of
    crossings: a beat that holds one becomes the chord (1, 3/2, 2) on its first pitch, and is no note.
    """
    count = len(slots(clock.seconds, beat, 0.0 if to_end else max(part.lag for part in parts))[0])
    crossed = _first_in_beats(chords, beat, count)
    notes = [
        Note(k * beat, 0.96 * beat, float(hz * ratio), "real", 0.5)
        for k, hz in crossed.items()
        for ratio in (1.0, 1.5, 2.0)
    ]
    free = np.array([k not in crossed for k in range(count)], dtype=bool)
    meanings, lags = [], sorted(part.lag for part in parts) + [beat]
    for part in parts:
        starts = part.lag + beat * np.arange(count)
        means = clock.means(part.series, starts, starts + beat)
        hz = part.rule(means.values)
        room = lags[lags.index(part.lag) + 1] - part.lag
        notes += [Note(float(t), room, float(f), part.role) for t, f in zip(starts[free], hz[free], strict=True)]
        heard = Means(starts, starts + room, means.values, means.counts)
        meanings.append(_pitched(part.value, part.role, heard, hz, free))
    return Score(clock.seconds, tuple(sorted(notes, key=lambda n: n.onset)), meanings=tuple(meanings))


def two_losses(clock: Clock, forger: Series, detective_term: Series, beat: float = 0.5, lag: float = 0.25) -> Score:
    """Left the forger's loss, right the detective's; where they cross, a chord; the fork's pitch is a draw.

    Losses in nats per term (half of the detective's total), by tones.loss_pitch.
    """
    moments, values = clock.crossings(forger, detective_term)
    parts = (
        Part("forger_loss", forger, tones.loss_pitch, "forger", 0.0),
        Part("detective_loss", detective_term, tones.loss_pitch, "detective", lag),
    )
    return duet(clock, parts, beat, (moments, tones.loss_pitch(values)))


def mirrored(clock: Clock, value: Series, beat: float = 0.6, lag: float = 0.3) -> Score:
    """One rises exactly as the other falls: the same number V, heard from both sides.

    The forger's is -V, what it has when the detective has V.
    """
    other = Series(value.steps, -value.values)
    parts = (
        Part("forger_value", other, lambda v: tones.mirrored_pitch(-v, -1.0), "forger", 0.0),
        Part("detective_value", value, lambda v: tones.mirrored_pitch(v, 1.0), "detective", lag),
    )
    return duet(clock, parts, beat)


def whole_duel(
    clock: Clock, quality: Series, forger: Series, detective_term: Series, close: float = 5.0,
    rule: Rule = tones.loss_pitch,
) -> Score:
    """Everything heard so far, in a minute: breath, the two losses, a bell for every tenth; last a chord.

    The run takes all but the last ``close`` seconds of the clock's time; the chord is held in them. ``rule`` gives
    the losses their pitch.
    """
    run = Clock(clock.recipe, clock.seconds - close)
    curve, _ = run.held(quality)
    parts = (
        Part("forger_loss", forger, rule, "forger", 0.0),
        Part("detective_loss", detective_term, rule, "detective", 0.5),
    )
    points = np.arange(round(clock.seconds * CONTROL) + 1) / CONTROL
    swell = np.clip((points - run.seconds) / ATTACK, 0, 1) * np.clip((clock.seconds - points) / RELEASE, 0, 1)
    gain = 0.5 * np.sin(np.pi / 2 * swell) ** 2
    chord = tuple(Held("real", np.full(len(points), hz), gain) for hz in (330.0, 440.0, 550.0, 660.0))
    # Bells so soft that they never hide the note they fall on.
    score = duet(run, parts, 1.0, to_end=True) + breath(run, curve, 0.22, 1.3) + bells(run, quality, 0.15)
    return score + Score(clock.seconds, held=chord)


@dataclass(frozen=True)
class Side:
    """One of two runs that take bars by turns."""

    value: str
    """Name of what is counted, for the meanings."""
    clock: Clock
    frame_steps: Array
    """(F,) steps."""
    shares: Array
    """(F, 8): the share of all samples that hit each mode; 0 where none does."""
    pan: float


def bars_by_turns(sides: Sequence[Side], bar: float = 1.0) -> Score:
    """As many different notes as modes; breath is samples that missed.

    Each bar belongs to one side and to one frame: the one with the most hits of those shown during the
    bar (the same rule for every side, so that a run wandering between modes is not heard as silent by
    chance). Eight slots step through the covered modes, each its own of the Eight.
    """
    seconds = sides[0].clock.seconds
    score = Score(seconds)
    for turn, side in enumerate(sides):
        starts = np.arange(turn * bar, seconds - bar + 1e-6, len(sides) * bar)
        frames = np.array([best_frame(side, t, t + bar) for t in starts], dtype=int)
        notes = [n for t, f in zip(starts, frames, strict=True) for n in _bar(float(t), bar, side.shares[f], side.pan)]
        covered = np.sum(side.shares[frames] > 0, axis=1)
        hits = np.sum(side.shares[frames], axis=1)
        ones = np.ones(len(starts), dtype=int)
        counted = Means(starts, starts + bar, covered.astype(float), ones)
        meaning = Meaning(side.value, "forger", "notes", counted, covered.astype(float))
        missed = Air(_in_bars(0.28 * (1 - hits), starts, bar, seconds), side.pan)
        score += Score(seconds, tuple(notes), airs=(missed,), meanings=(meaning,))
    return score


def best_frame(side: Side, start: float, end: float) -> int:
    """The frame with the most hits among those shown in [start, end) seconds; the earliest of equals."""
    times = side.clock.times(side.frame_steps)
    low = max(int(np.searchsorted(times, start + 1e-9, side="right")) - 1, 0)
    high = max(int(np.searchsorted(times, end - 1e-9, side="left")), low + 1)
    return low + int(np.argmax(np.sum(side.shares[low:high], axis=1)))


def _bar(onset: float, bar: float, shares: Array, pan: float) -> list[Note]:
    modes = np.flatnonzero(shares > 0)
    if not len(modes):
        return []
    even = np.sqrt(shares[modes] / shares[modes].sum() * len(modes))  # 1 where all modes weigh the same
    loud = np.clip(even, 0.65, 1.3)
    slot = bar / 8
    played = [(k, k % len(modes)) for k in range(8)]
    return [
        Note(onset + k * slot, 0.84 * slot, EIGHT[modes[m]], "forger", float(loud[m]), pan) for k, m in played
    ]


def _in_bars(gains: Array, starts: Array, bar: float, seconds: float) -> Array:
    moments = np.arange(round(seconds * CONTROL) + 1) / CONTROL
    index = np.clip(np.searchsorted(starts, moments + 1e-9, side="right") - 1, 0, len(starts) - 1)
    inside = (moments >= starts[index]) & (moments < starts[index] + bar)
    return smoothed(np.where(inside, gains[index], 0.0), 0.06)


def _ignorance(quality: Array) -> Array:
    return np.asarray(0.42 * (1 - np.clip(quality, 0.0, 1.0)) ** 1.5)


def _pitched(value: str, role: str, means: Means, hz: Array, chosen: Array) -> Meaning:
    return Meaning(value, role, "pitch", means[chosen], hz[chosen])


def _first_in_beats(chords: tuple[Array, Array] | None, beat: float, count: int) -> dict[int, float]:
    found: dict[int, float] = {}
    for moment, hz in zip(*chords, strict=True) if chords is not None else ():
        if moment < count * beat:
            found.setdefault(int(moment / beat), float(hz))
    return found
