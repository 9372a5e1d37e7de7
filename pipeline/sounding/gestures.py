"""Sounds that follow no run's clock: an answer, a chord struck or cleared, a walk, an ensemble.

Like pipeline.sounding.melodies, each function is one way of hearing something, its docstring what the
legend has to say, and what goes in are plain measured numbers. It knows no study and no recording.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.sounding import tones
from pipeline.sounding.clock import CONTROL, Means, smoothed
from pipeline.sounding.score import Air, Held, Meaning, Note, Score
from pipeline.sounding.tones import EIGHT, HOME

Array = np.ndarray

CHORD = (440.0, 550.0, 660.0, 880.0)
"""Hz of the one chord that a GAN strikes and a diffusion model clears."""
RUNGS = tuple(HOME * ratio for ratio in (3 / 4, 5 / 6, *tones.PENTATONIC, 2.0, 9 / 4, 5 / 2))
"""Hz of the ten rungs of a ladder: the scale from 330 Hz."""


def answer(right: bool) -> Score:
    """Up, a tuning fork: right. Down, a reed: fooled."""
    role, second = ("real", 660.0) if right else ("forger", 330.0)
    return Score(0.9, (Note(0.0, 0.6, HOME, role), Note(0.15, 0.75, second, role)))


def walk(across: Array, up: Array, seconds: float) -> Score:
    """Pitch is across, brightness is up.

    ``across`` and ``up`` in [-1, 1], any number of points along the way: f = 550 * 2^across, and two
    voices locked in phase, dark and bright, cross-faded at constant power by (up + 1) / 2.
    """
    moments = np.linspace(0, 1, round(seconds * CONTROL) + 1)
    x, y = (np.interp(moments, np.linspace(0, 1, len(z)), z) for z in (across, up))
    hz, turn = 550.0 * 2.0**x, np.pi / 4 * (np.clip(y, -1, 1) + 1)
    held = (Held("dark", hz, 0.5 * np.cos(turn)), Held("bright", hz, 0.5 * np.sin(turn)))
    means = _slots(np.arange(len(across) - 1) * seconds / (len(across) - 1), (across[:-1] + across[1:]) / 2, 0.0)
    pitch = Meaning("across", "both", "pitch", means, 550.0 * 2.0**means.values)
    return Score(seconds, held=held, meanings=(pitch,))


def struck(weights: Sequence[float], seconds: float, onset: float = 0.0) -> Score:
    """One strike: the chord at once, each of its notes as strong as its weight in [0, 1]."""
    notes = [Note(onset, seconds, hz, "real", 0.6 * w) for hz, w in zip(CHORD, weights, strict=True) if w > 0]
    return Score(onset + seconds, tuple(notes))


def cleared(noise: Array, shares: Array, every: float, onset: float = 0.0, hold: float = 2.0) -> Score:
    """Many steps out of noise into the same chord.

    ``noise`` (steps,) in [0, 1] is how much is left at each step, heard as breath; ``shares``
    (steps, 4) in [0, 1] how much of each of four things is there, heard as that note's loudness
    (the square root, so that power adds). A step lasts ``every`` seconds; the last is held on.
    """
    seconds = onset + every * len(noise) + hold
    moments = (np.arange(round(seconds * CONTROL) + 1) / CONTROL - onset) / every
    step = np.clip(np.floor(moments + 1e-9).astype(int), 0, len(noise) - 1)
    begun = moments >= 0
    air = Air(smoothed(np.where(begun, 0.42 * noise[step], 0.0), 0.06))
    gains = [smoothed(np.where(begun, 0.5 * np.sqrt(shares[step, k]), 0.0), 0.06) for k in range(len(CHORD))]
    held = [Held("real", np.full(len(g), hz), g) for hz, g in zip(CHORD, gains, strict=True)]
    heard = _slots(onset + every * np.arange(len(noise)), noise, every)
    meaning = Meaning("noise", "air", "hiss", heard, 0.42 * noise)
    return Score(seconds, held=tuple(held), airs=(air,), meanings=(meaning,))


def one_or_many(noise: Array, shares: Array, leap: Array, every: float, lead: float, seconds: float) -> Score:
    """Breath that clears step by step into a chord, and over it, at the first step, the same chord struck at once.

    ``noise`` (steps + 1,) and ``shares`` (steps + 1, 4) as for ``cleared``, the state before the first step included;
    ``leap`` (4,) in [0, 1] is what one step reaches elsewhere. The first step comes half a slot after ``lead``.
    """
    waiting = round(lead / every + 0.5)  # slots before the first step
    step = np.maximum(np.arange(waiting + len(noise) - 1) - waiting + 1, 0)
    gone = cleared(noise[step].astype(np.float64), shares[step], every, hold=seconds - every * len(step))
    onset = every * waiting
    return struck(np.sqrt(leap), seconds - onset, onset) + gone


def one_round(forger: tuple[float, float], detective: tuple[float, float], beat: float = 1.5) -> Score:
    """Forge, compare, D learns, G learns: a falling pair is a loss that fell.

    Losses (before, after) of the update, in nats per term. Each beat has two halves: breath, then the forger's note;
    fork and forger; the detective before and after; the forger before and after.
    """
    low, after = (float(f) for f in tones.loss_pitch(np.array(forger)))
    before_d, after_d = (float(f) for f in tones.loss_pitch(np.array(detective)))
    half = beat / 2
    played = (
        ("forger", low), ("real", HOME), ("forger", low),
        ("detective", before_d), ("detective", after_d), ("forger", low), ("forger", after),
    )  # fmt: skip
    notes = tuple(Note((k + 1) * half, half, hz, role) for k, (role, hz) in enumerate(played))
    points = np.arange(round(4 * beat * CONTROL) + 1) / CONTROL
    breath = Air(smoothed(np.where(points < 0.9 * half, 0.4, 0.0), 0.1))
    meanings = []
    for role, (before, later), last in (("forger", forger, low), ("detective", detective, before_d)):
        own = [note for note in notes if note.role == role]
        values = np.array([before if note.hz == last else later for note in own])
        starts = np.array([note.onset for note in own])
        asked = np.array([note.hz for note in own])
        meanings.append(Meaning(f"{role}_loss", role, "pitch", _slots(starts, values, half), asked))
    return Score(4 * beat, notes, airs=(breath,), meanings=tuple(meanings))


def arpeggio(amplitudes: Mapping[str, Array], voices: Sequence[tuple[str, float, float]], every: float = 0.6) -> Score:
    """Loudness is the gradient: listen for the voice that goes.

    ``amplitudes`` by name, (slots,) in [0, 1]: each gradient as a share of its own peak; ``voices`` in
    the same order: (role, Hz, pan). Pitch never moves, so that loudness is all that does.
    """
    count, lag = len(next(iter(amplitudes.values()))), every / len(amplitudes)
    notes, meanings = [], []
    for k, ((name, loud), (role, hz, pan)) in enumerate(zip(amplitudes.items(), voices, strict=True)):
        starts = every * np.arange(count) + k * lag
        notes += [Note(float(t), lag, hz, role, float(a), pan) for t, a in zip(starts, loud, strict=True)]
        meanings.append(Meaning(name, role, "loudness", _slots(starts, loud, lag), loud, hz))
    # Room for the last fade, which would else be heard as a gradient that goes.
    return Score(every * count + 0.4, tuple(sorted(notes, key=lambda n: n.onset)), meanings=tuple(meanings))


def ensemble(gaps: Array, bar: float = 1.0, silent: float = 0.02, last: float = 0.5, close: float = 2.0) -> Score:
    """Each remedy its own note; the failed fall silent.

    ``gaps`` (bars, up to 8) in [0, 1]: each bar runs through the remedies, each as loud as 1 - gap,
    not at all below ``silent``; at the end those with 1 - gap >= ``last`` stand together as a chord.
    """
    loud = np.where(1 - gaps < silent, 0.0, 1 - gaps)
    slot, pans = bar / 8, np.linspace(-0.7, 0.7, gaps.shape[1])
    notes = [
        Note(b * bar + k * slot, 0.84 * slot, EIGHT[k], "forger", float(loud[b, k]), float(pans[k]))
        for b in range(len(gaps))
        for k in range(gaps.shape[1])
        if loud[b, k] > 0
    ]
    end = len(gaps) * bar
    standing = np.flatnonzero(loud[-1] >= last)
    strength = 0.5 * min(1.0, float(np.sqrt(2 / max(len(standing), 1))))  # many voices together must not startle
    notes += [Note(end, close, EIGHT[k], "forger", strength, float(pans[k])) for k in standing]
    meanings = [
        Meaning(f"remedy {k}", "forger", "loudness",
                _slots(bar * np.arange(len(gaps)) + k * slot, loud[:, k], 0.84 * slot), loud[:, k], EIGHT[k])
        for k in range(gaps.shape[1])
    ]  # fmt: skip
    return Score(end + close, tuple(notes), meanings=tuple(meanings))


def ladders(reached: Mapping[str, Array], seconds: float, slot: float = 0.12) -> Score:
    """The same ladder for each: hear who climbs first.

    ``reached`` by role: seconds at which each further rung is reached (NaN: never), in order. A rung is the next of
    ``RUNGS``; the first role takes the even slots, the second the odd, each note its role's next free slot at or after
    the moment. A note lasts until the next of either, a second at most, so that no two sound at once. A voice that
    does not decay is played softer, or a quick climb would startle.
    """
    climbs, turn = [], slot * len(reached)
    for k, (role, times) in enumerate(reached.items()):
        free = 0
        for rung, t in enumerate(times):
            if np.isfinite(t):
                free = max(free, int(np.ceil((t - k * slot) / turn - 1e-9)))
                climbs.append((turn * free + k * slot, role, rung))
                free += 1
    climbs = sorted(climb for climb in climbs if climb[0] + slot <= seconds + 1e-9)
    onsets = [onset for onset, _, _ in climbs]
    notes = [
        Note(onset, min(1.0, after - onset), RUNGS[rung], role, 0.9 if tones.VOICES[role].decay else 0.5)
        for (onset, role, rung), after in zip(climbs, [*onsets[1:], seconds], strict=True)
    ]
    meanings = []
    for role in reached:
        own = [(note, rung) for note, (_, climber, rung) in zip(notes, climbs, strict=True) if climber == role]
        told = np.array([(n.onset, n.onset + n.seconds, (rung + 1) / len(RUNGS), n.hz) for n, rung in own])
        starts, ends, tenths, hz = told.reshape(-1, 4).T
        meanings.append(Meaning("rungs", role, "pitch", Means(starts, ends, tenths, np.ones(len(own), int)), hz))
    return Score(seconds, tuple(notes), meanings=tuple(meanings))


def across_sheet(stretches: Array, positions: Array, bar: float = 1.2) -> Score:
    """Flat sheet, one note; stretched sheet, leaps.

    ``stretches`` (bars, places) > 0, local stretch of the sheet along a line; ``positions`` (places,) in
    [-1, 1] from left to right, heard as side. Pitch by tones.stretch_pitch against each bar's median.
    """
    bars, places = stretches.shape
    slot = bar / places
    hz = np.stack([tones.stretch_pitch(row, float(np.median(row))) for row in stretches])
    starts = (bar * np.arange(bars)[:, None] + slot * np.arange(places)).ravel()
    pans = np.tile(0.8 * positions, bars)
    notes = [
        Note(float(t), 0.9 * slot, float(f), "forger", 1.0, float(p))
        for t, f, p in zip(starts, hz.ravel(), pans, strict=True)
    ]
    relative = np.log2(stretches / np.median(stretches, axis=1, keepdims=True))
    means = _slots(starts, relative.ravel(), 0.9 * slot)
    return Score(bars * bar, tuple(notes), meanings=(Meaning("stretch", "forger", "pitch", means, hz.ravel()),))


def _slots(starts: Array, values: Array, seconds: float) -> Means:
    """One measurement a slot; slots of 0 seconds last until the next one starts."""
    length = seconds if seconds > 0 else float(starts[1] - starts[0])
    return Means(starts, starts + length, np.asarray(values, dtype=float), np.ones(len(starts), dtype=int))
