"""The ear itself, on sounds whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.sounding import listening, tones
from pipeline.sounding.score import Note, Score
from pipeline.sounding.tones import EIGHT, RATE, VOICES

SLOT = (np.array([0.1]), np.array([0.3]))


@pytest.mark.parametrize("role", ["real", "forger", "detective"])
@pytest.mark.parametrize("hz", [275.0, 440.0, 931.7, 1320.0])
def test_pitch_of_any_voice_is_heard_to_three_cents(role: str, hz: float) -> None:
    """Told the timbre, the ear finds the pitch to 3 cents, without octave errors; blind, to 10."""
    sound = tones.wave(VOICES[role], np.full(RATE // 2, hz), struck=True)
    told = listening.pitches(sound, *SLOT, VOICES[role].harmonics)[0]
    blind = listening.blind_pitches(sound, *SLOT)[0]
    assert abs(1200 * np.log2(told / hz)) < 3
    assert abs(1200 * np.log2(blind / hz)) < 10


def test_silence_and_noise_have_no_pitch() -> None:
    """Where nothing speaks, nothing is heard: NaN, not a guess."""
    noise = np.random.default_rng(1).normal(0, 0.1, RATE // 2)
    for sound in (np.zeros(RATE // 2), noise):
        assert np.isnan(listening.pitches(sound, *SLOT, VOICES["forger"].harmonics)[0])
        assert np.isnan(listening.blind_pitches(sound, *SLOT)[0])


def test_loudness_follows_the_amplitude() -> None:
    """Half the height is half the loudness, also beside another voice."""
    sine = tones.wave(VOICES["real"], np.full(RATE // 2, 440.0), struck=False)
    other = 0.5 * tones.wave(VOICES["forger"], np.full(RATE // 2, 550.0), struck=False)
    loud, soft = (listening.loudness(a * sine + other, *SLOT, 440.0)[0] for a in (1.0, 0.5))
    assert loud / soft == pytest.approx(2.0, rel=0.03)


def test_breath_is_heard_under_a_tone() -> None:
    """Twice the noise is twice the breath, whatever tone stands in it."""
    noise = np.random.default_rng(2).normal(0, 0.02, RATE // 2)
    tone = tones.wave(VOICES["forger"], np.full(RATE // 2, 440.0), struck=False)
    one, two = (listening.breath(a * noise + tone, *SLOT)[0] for a in (1.0, 2.0))
    assert two / one == pytest.approx(2.0, rel=0.15)


@pytest.mark.parametrize("rate", [2.0, 7.0, 23.0])
def test_beats_are_counted(rate: float) -> None:
    """Two sines so many Hz apart beat as often a second."""
    t = np.arange(4 * RATE) / RATE
    sound = np.sin(2 * np.pi * 440 * t) + np.sin(2 * np.pi * (440 + rate) * t)
    starts = np.array([1.0, 1.5, 2.0])
    assert listening.beats(sound, starts, starts + 0.5) == pytest.approx(np.full(3, rate), rel=0.06)


def test_steady_tone_has_no_beats() -> None:
    """Without a second voice nothing is counted."""
    sound = np.sin(2 * np.pi * 440 * np.arange(2 * RATE) / RATE)
    assert np.isnan(listening.beats(sound, np.array([0.5]), np.array([1.5]))).all()


@pytest.mark.parametrize("modes", [(), (2,), (0, 4), (0, 1, 2, 3, 4, 5, 6, 7)])
def test_different_notes_of_a_bar_are_counted(modes: tuple[int, ...]) -> None:
    """A bar of eight slots that runs through so many of the Eight is heard as so many notes."""
    slots = [modes[k % len(modes)] for k in range(8)] if modes else []
    notes = [Note(0.125 * k, 0.105, EIGHT[m], "forger") for k, m in enumerate(slots)]
    sound = Score(1.2, tuple(notes)).render().mean(axis=1)
    assert listening.different_notes(sound, 0.0, 1.0) == len(modes)
