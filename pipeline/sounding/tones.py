"""The voices of the essay and the rules that turn a number into a pitch.

A voice is a role (who speaks), a spectrum, two edges and a side; a rule is a pure function from a
measured number to Hz. Home is 440 Hz, a tuning fork: real data, a draw, D = 1/2. Nothing that means
something lies below 275 Hz, since a phone's speaker stops there (measured: pitch was lost at 220 Hz).
It knows no recording, no timeline and no file.

Sources: just intonation after Partch, Genesis of a Music (1949), ch. 4; the additive tones and their
constant-power pan are textbook (Smith, Spectral Audio Signal Processing, 2011; Roads 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Array = np.ndarray

RATE = 48_000
"""Samples a second of all sound here."""
HOME = 440.0
"""Hz of the tuning fork."""
LOWEST, HIGHEST = 275.0, 1760.0
"""Hz between which pitch carries meaning."""
FADE = (4500.0, 6000.0)
"""Hz between which partials fade out: higher ones only hiss."""
PENTATONIC = (1.0, 9 / 8, 5 / 4, 3 / 2, 5 / 3)
"""Just major pentatonic, as ratios to home."""
EIGHT = tuple(HOME * r for r in (1.0, 9 / 8, 5 / 4, 3 / 2, 5 / 3, 2.0, 9 / 4, 5 / 2))
"""Hz of the eight notes that name eight things (modes, remedies)."""


@dataclass(frozen=True)
class Voice:
    """How a role sounds."""

    harmonics: tuple[float, ...]
    """Amplitudes of the partials 1, 2, 3, ...; the page makes its PeriodicWave from the same numbers."""
    attack: float
    """Seconds of the raised-cosine edge at the start of a note."""
    release: float
    """Seconds of the edge at its end, inside the note's duration."""
    pan: float
    """Where it stands, -1 left to 1 right."""
    decay: float | None = None
    """Seconds in which a struck note falls by 60 dB; None for a voice that is blown."""
    damping: float = 0.0
    """Partial h decays 1 + damping (h - 1) times as fast as the first."""


VOICES: dict[str, Voice] = {
    # Real data: a tuning fork, nearly pure, in the middle.
    "real": Voice((1.0, 0.10, 0.02), 0.05, 0.30, 0.0, decay=3.5),
    # The forger: a reed, odd partials only, left.
    "forger": Voice((1.0, 0.0, 0.40, 0.0, 0.16, 0.0, 0.06), 0.035, 0.20, -0.55),
    # The detective: a pluck, all partials, right. The first leads, or trackers and ears hear the octave.
    "detective": Voice((1.0, 0.62, 0.50, 0.42, 0.34, 0.26, 0.18, 0.10), 0.006, 0.10, 0.55, 1.3, 0.25),
    # The Wasserstein critic: hollow and steady, right.
    "wasserstein": Voice((0.8, 0.9, 0.45, 0.35, 0.2, 0.1), 0.06, 0.20, 0.55),
    # The two ends of a colour, for the map: cross-faded at one phase.
    "dark": Voice((1.0, 0.12, 0.05), 0.05, 0.20, 0.0),
    "bright": Voice((0.5, 0.7, 0.75, 0.6, 0.5, 0.4, 0.32, 0.25, 0.2, 0.15), 0.05, 0.20, 0.0),
}
"""The palette, by role. "air" is the noise of not knowing and has no pitch (see score.Air)."""


# Rules: a measured number in, Hz out. Each takes numbers or arrays.


def loss_pitch(loss: Array | float) -> Array:
    """440 * 2^(L / ln 2 - 1), held within 275-1760 Hz: ln 2, a draw, is home; each ln 2 more an octave."""
    return np.asarray(np.clip(HOME * 2.0 ** (np.asarray(loss, dtype=float) / np.log(2) - 1), LOWEST, HIGHEST))


def wide_loss_pitch(loss: Array | float) -> Array:
    """440 (L / ln 2)^(1/2), held within 275-1760 Hz: ln 2 is home, each fourfold loss an octave.

    For duels in which a loss runs far from the draw: the rule above would hold at its highest note.
    """
    ratio = np.maximum(np.asarray(loss, dtype=float), 0.0) / np.log(2)
    return np.asarray(np.clip(HOME * np.sqrt(ratio), LOWEST, HIGHEST))


def share_pitch(share: Array | float) -> Array:
    """275 * 4^u for a share u in [0, 1]: none is 275 Hz, all is 1100 Hz, two octaves up."""
    return np.asarray(LOWEST * 4.0 ** np.clip(np.asarray(share, dtype=float), 0.0, 1.0))


def accuracy_pitch(accuracy: Array | float) -> Array:
    """440 * 3^(2 a - 1), held above 275 Hz: a coin flip is home, all right is a twelfth above."""
    return np.maximum(HOME * 3.0 ** (2 * np.asarray(accuracy, dtype=float) - 1), LOWEST)


def confidence_pitch(confidence: Array | float) -> Array:
    """660 * 2^(c - 1/2): at one half the fifth above home; surer is sharper."""
    return 1.5 * HOME * 2.0 ** (np.asarray(confidence, dtype=float) - 0.5)


def mirrored_pitch(value: Array | float, side: float) -> Array:
    """440 * 1.25^(side e), e = (V + ln 4) / ln 2: two voices (side +-1) part from home as V leaves -ln 4.

    A third for each ln 2, so that even V = 0, its highest, leaves the lower voice above 275 Hz.
    """
    distance = (np.asarray(value, dtype=float) + np.log(4)) / np.log(2)
    return np.asarray(np.clip(HOME * 1.25 ** (side * distance), LOWEST, HIGHEST))


def stretch_pitch(stretch: Array | float, median: float) -> Array:
    """440 * 2^(0.6 (log2 s - log2 median)), within 275-1320 Hz and snapped: a sheet stretched evenly is one note."""
    hz = HOME * 2.0 ** (0.6 * (np.log2(stretch) - np.log2(median)))
    return snap(np.clip(hz, LOWEST, 1320.0))


def beat_rate(gap: Array | float, floor: float) -> Array:
    """24 ((g - floor) / (1 - floor))^0.75 Hz, 0 at or below the floor.

    24 Hz is the widest: roughness (Sethares 1993; Vassilakis 2001) falls strictly from there to 0 and
    stops rising at 24.6 Hz, so that a smaller gap never sounds rougher.
    """
    above = np.clip((np.asarray(gap, dtype=float) - floor) / (1 - floor), 0.0, 1.0)
    return 24.0 * above**0.75


def snap(hz: Array | float) -> Array:
    """The nearest note of the just major pentatonic on home, in any octave (nearest in cents)."""
    octaves = np.log2(np.asarray(hz, dtype=float) / HOME)
    notes = np.log2(np.array([*PENTATONIC, 2.0]))
    within = octaves - np.floor(octaves)
    nearest = notes[np.argmin(np.abs(within[..., None] - notes), axis=-1)]
    return np.asarray(HOME * 2.0 ** (np.floor(octaves) + nearest))


def level(hz: Array | float) -> Array:
    """(440 / f)^0.3: the gain that keeps 220-1760 Hz within 3.5 LU, so that high is not also loud."""
    return np.asarray((HOME / np.asarray(hz, dtype=float)) ** 0.3)


# Sound: arrays at RATE.


def wave(voice: Voice, hz: Array, *, struck: bool) -> Array:
    """One voice at a gliding pitch: phase-integrated partials of unit energy, ``(samples,) -> (samples,)``.

    A struck note decays where its voice does; a held one never. Partials fade out from 4.5 to 6 kHz.
    """
    # Phase counted in turns and wrapped: exact however long the note, and two voices with the same
    # pitch curve stay locked. Only the wrapped phase goes through the (fast) single precision sine.
    turns = np.concatenate([[0.0], np.cumsum(hz[:-1])]) / RATE
    sound = np.zeros(len(hz))
    for h, amplitude in enumerate(voice.harmonics, start=1):
        if amplitude == 0.0:
            continue
        wrapped = h * turns
        wrapped -= np.floor(wrapped)
        partial = np.sin((2 * np.pi * wrapped).astype(np.float32)) * np.float32(amplitude)
        if h * hz.max() > FADE[0]:
            partial *= _audible(h * hz).astype(np.float32)
        if struck and voice.decay is not None:
            rate = np.log(1000) * (1 + voice.damping * (h - 1)) / voice.decay
            partial *= np.exp(-rate / RATE * np.arange(len(hz), dtype=np.float32))
        sound += partial
    return sound / energy(voice.harmonics)


def energy(harmonics: Sequence[float]) -> float:
    """Root of the summed squares: divided by it, all voices are equally strong."""
    return float(np.sqrt(np.sum(np.square(harmonics))))


def edges(samples: int, attack: float, release: float) -> Array:
    """A raised-cosine envelope ``(samples,)``; in a note too short for both edges they shrink in proportion."""
    seconds = samples / RATE
    shrink = min(1.0, 0.9 * seconds / (attack + release))
    envelope = np.ones(samples)
    rise, fall = round(attack * shrink * RATE), round(release * shrink * RATE)
    envelope[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / rise)
    envelope[samples - fall :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, fall + 1) / fall)
    return envelope


def placed(mono: Array, pan: float) -> Array:
    """Constant-power pan, ``(samples,) -> (samples, 2)``: +-0.55 is a difference of 8.7 dB."""
    angle = np.pi / 4 * (1 + pan)
    return np.asarray(mono[:, None] * np.array([np.cos(angle), np.sin(angle)]))


def _audible(hz: Array) -> Array:
    fade = np.clip((hz - FADE[0]) / (FADE[1] - FADE[0]), 0.0, 1.0)
    return np.asarray(0.5 + 0.5 * np.cos(np.pi * fade))
