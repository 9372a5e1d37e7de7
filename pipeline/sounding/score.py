"""A score: notes, held voices and air on a timeline, and what they mean; and its rendering.

Writing a score is pure arithmetic on measured numbers and costs nothing; ``render`` turns it into
samples. The ``meanings`` are what a listener, human or machine, should be able to hear back out of
the sound: pipeline.sounding.hearing checks them against the rendered and encoded audio. It knows no
recording: whoever writes a score has looked the numbers up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import numpy as np
from scipy import fft

from pipeline.sounding import tones
from pipeline.sounding.clock import CONTROL, Means
from pipeline.sounding.tones import RATE, VOICES

Array = np.ndarray


@dataclass(frozen=True)
class Note:
    """One note of one voice."""

    onset: float
    """Seconds."""
    seconds: float
    """How long it sounds, its edges within."""
    hz: float
    role: str
    gain: float = 1.0
    pan: float | None = None
    """None: where the voice stands."""

    def __post_init__(self) -> None:
        if not (np.isfinite(self.hz) and 20 <= self.hz <= 20_000 and self.seconds > 0 and self.gain >= 0):
            raise ValueError(f"no such note: {self}")


@dataclass(frozen=True)
class Held:
    """One voice that sounds throughout, steered by curves of CONTROL points a second."""

    role: str
    hz: Array
    gain: Array
    """(points,), 0 where it is silent."""
    pan: float | None = None


@dataclass(frozen=True)
class Air:
    """Breath: what is not known. Noise of 500-4000 Hz, another in each ear."""

    gain: Array
    """(points,) at CONTROL."""
    pan: float = 0.0


@dataclass(frozen=True)
class Meaning:
    """What can be heard back: in each slot, this voice stands for this number."""

    value: str
    """The series that is heard, e.g. "quality"."""
    role: str
    """The voice; "air" for breath; anything else for voices that speak as one, heard without a timbre."""
    heard_as: Literal["pitch", "partial", "beats", "hiss", "loudness", "notes"]
    """By what: the pitch of the role's voice; that of its first partial, amid louder voices; the beats
    around 440 Hz; the noise; the level at ``hz``; or the number of different notes in the slot. Pitch
    and loudness rise with the value."""
    means: Means
    asked: Array
    """(n,) what the sound was told: Hz for pitch, beats a second for beats, gain for hiss and loudness,
    a count for notes."""
    hz: float | None = None
    """The fixed pitch of a voice whose loudness has the meaning."""

    def facts(self) -> dict[str, Any]:
        """JSON-able, rounded to what matters: milliseconds and 6 digits."""
        return {
            "value": self.value,
            "role": self.role,
            "heard_as": self.heard_as,
            "hz": self.hz,
            "starts": [round(float(x), 3) for x in self.means.starts],
            "ends": [round(float(x), 3) for x in self.means.ends],
            "values": [float(f"{x:.6g}") for x in self.means.values],
            "asked": [float(f"{x:.6g}") for x in self.asked],
            "counts": [int(x) for x in self.means.counts],
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Meaning:
        """The inverse of ``facts``."""
        starts, ends, values = (np.array(facts[name], dtype=float) for name in ("starts", "ends", "values"))
        means = Means(starts, ends, values, np.array(facts["counts"], dtype=int))
        asked = np.array(facts["asked"], dtype=float)
        return cls(facts["value"], facts["role"], facts["heard_as"], means, asked, facts["hz"])


@dataclass(frozen=True)
class Score:
    """A soundtrack before it sounds. ``a + b`` sounds both together."""

    seconds: float
    notes: tuple[Note, ...] = ()
    held: tuple[Held, ...] = ()
    airs: tuple[Air, ...] = ()
    meanings: tuple[Meaning, ...] = field(default=())

    def __add__(self, other: Score) -> Score:
        return Score(
            max(self.seconds, other.seconds),
            self.notes + other.notes,
            self.held + other.held,
            self.airs + other.airs,
            self.meanings + other.meanings,
        )

    def render(self) -> Array:
        """(samples, 2) float32 at RATE, notes in the room, not yet mastered; the same score gives the same samples."""
        length = round(self.seconds * RATE)
        dry = np.zeros((length, 2))
        for note in self.notes:
            start = round(note.onset * RATE)
            sound = _note(note)[: max(length - start, 0)]
            dry[start : start + len(sound)] += sound
        heard = _room(dry)
        # Held voices are dry: a room answers each pitch with a loudness and a side of its own, which would seem to mean
        # something in a voice that glides. So is the breath: a room would only smear what is already diffuse.
        for voice in self.held:
            heard += _held(voice, length)
        for i, air in enumerate(self.airs):
            heard += _air(air, length, i)
        return heard.astype(np.float32)


def _note(note: Note) -> Array:
    voice = VOICES[note.role]
    samples = max(round(note.seconds * RATE), 2)
    mono = _struck(note.role, note.hz, samples) * (note.gain * float(tones.level(note.hz)))
    return tones.placed(np.asarray(mono), voice.pan if note.pan is None else note.pan)


@cache
def _struck(role: str, hz: float, samples: int) -> Array:
    # Repeated notes (a scale, a repeated home) are made once.
    voice = VOICES[role]
    sound = tones.wave(voice, np.full(samples, hz), struck=True)
    return np.asarray(sound * tones.edges(samples, voice.attack, voice.release))


def _held(held: Held, length: int) -> Array:
    voice = VOICES[held.role]
    hz = _per_sample(held.hz, length)
    mono = tones.wave(voice, hz, struck=False) * _per_sample(held.gain, length) * tones.level(hz)
    return tones.placed(mono, voice.pan if held.pan is None else held.pan)


def _air(air: Air, length: int, index: int) -> Array:
    # A one-pole low-pass at 900 Hz within the band 500-4000 Hz: breath, not hiss; each ear has its own.
    spectrum = fft.rfft(np.random.default_rng([440, index]).standard_normal((2, length), dtype=np.float32))
    hz = fft.rfftfreq(length, 1 / RATE)
    breath = (_band(hz, 500.0, 4000.0) / np.sqrt(1 + (hz / 900.0) ** 2)).astype(np.float32)
    noise = fft.irfft(spectrum * breath, length).T
    noise /= np.sqrt(np.mean(noise**2))
    side = tones.placed(np.ones(1), air.pan) * np.sqrt(2)
    return np.asarray(0.5 * noise * side * _per_sample(air.gain, length)[:, None])


def _per_sample(curve: Array, length: int) -> Array:
    return np.asarray(np.interp(np.arange(length) / RATE, np.arange(len(curve)) / CONTROL, curve))


def _room(dry: Array, wet: float = 0.16) -> Array:
    """The dry sound with the room's answer mixed in."""
    room = _impulse()
    length = fft.next_fast_len(len(dry) + len(room), real=True)
    left_right = fft.rfft(dry.T.astype(np.float32), length) * fft.rfft(room.T.astype(np.float32), length)
    return np.asarray(dry + wet * fft.irfft(left_right, length).T[: len(dry)])


@cache
def _impulse(decay: float = 0.8, late: float = 0.012) -> Array:
    """The room: noise that falls by 60 dB in ``decay`` s, 250-3500 Hz, ``late`` s after the sound; unit energy."""
    seconds = np.arange(round(decay * RATE)) / RATE
    noise = np.random.default_rng(440).standard_normal((len(seconds), 2)) * 10 ** (-3 * seconds / decay)[:, None]
    hz = fft.rfftfreq(len(seconds), 1 / RATE)[:, None]
    noise = fft.irfft(fft.rfft(noise, axis=0) * _band(hz, 250.0, 3500.0), len(seconds), axis=0)
    noise = np.concatenate([np.zeros((round(late * RATE), 2)), noise])
    return np.asarray(noise / np.sqrt(np.sum(noise**2, axis=0)))


def _band(hz: Array, low: float, high: float) -> Array:
    """Zero-phase magnitude of a fourth-order band between two corners (Hz)."""
    safe = np.maximum(hz, 1e-3)
    return np.asarray(1 / np.sqrt((1 + (low / safe) ** 8) * (1 + (safe / high) ** 8)))
