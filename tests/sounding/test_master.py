"""The last hand."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.sounding import hearing, master
from pipeline.sounding.tones import RATE


def tone(hz: float, seconds: float = 3.0, height: float = 0.2) -> np.ndarray:
    """A stereo sine."""
    return np.repeat(height * np.sin(2 * np.pi * hz / RATE * np.arange(round(seconds * RATE)))[:, None], 2, axis=1)


@pytest.mark.parametrize("height", [0.003, 0.2, 3.0])
def test_any_level_comes_out_at_minus_twenty(height: float) -> None:
    """However loud the score, the clip is at -20 LUFS and under the ceiling."""
    done = master.mastered(tone(600.0, height=height))
    assert master.integrated(done) == pytest.approx(-20.0, abs=0.05)
    assert master.true_peak(done) <= -1.5


def test_ceiling_wins_over_loudness() -> None:
    """A single click in silence cannot be made loud: it stays under the ceiling."""
    click = np.zeros((2 * RATE, 2))
    click[RATE : RATE + 20] = 1.0
    done = master.mastered(click)
    assert master.true_peak(done) == pytest.approx(-1.5, abs=0.1)
    assert master.integrated(done) < -20.5


def test_true_peak_sees_between_the_samples() -> None:
    """A sine sampled at 45 degrees has peaks 3 dB over its samples."""
    samples = np.repeat(np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4)[:, None], 2, axis=1)
    assert np.abs(samples).max() == pytest.approx(np.sqrt(0.5))
    assert master.true_peak(samples[1000:-1000]) == pytest.approx(0.0, abs=0.6)


def test_what_a_phone_cannot_say_is_taken_out() -> None:
    """60 Hz and 12 kHz go, 600 Hz stays."""
    done = master.mastered(tone(60.0) + tone(600.0) + tone(12_000.0))
    spectrum = np.abs(np.fft.rfft(done[:, 0]))
    at = {hz: spectrum[round(hz * len(done) / RATE)] for hz in (60, 600, 12_000)}
    assert at[60] < 0.05 * at[600]
    assert at[12_000] < 0.05 * at[600]


def test_clip_begins_and_ends_in_silence() -> None:
    """Both ends are faded."""
    done = np.abs(master.mastered(tone(600.0)))
    assert done[:20].max() < 0.01
    assert done[-200:].max() < 0.01


def test_silence_stays_silence() -> None:
    """Nothing is not made loud."""
    assert not master.mastered(np.zeros((RATE, 2))).any()


def test_wav_keeps_the_samples() -> None:
    """To wav and back costs half a step of 16 bits."""
    sound = master.mastered(tone(600.0))
    assert np.abs(master.from_wav(master.to_wav(sound)) - sound).max() <= 0.51 / 32767


def test_wav_refuses_to_clip() -> None:
    """A sample past full scale is an error, not a crackle."""
    with pytest.raises(ValueError, match="would clip"):
        master.to_wav(np.full((10, 2), 1.2))


def test_coded_sound_is_as_loud_as_promised_and_in_time() -> None:
    """AAC keeps -20 LUFS within .5 and moves nothing by a sample."""
    sound = master.mastered(tone(600.0) * (np.arange(3 * RATE)[:, None] % 12_000 < 6_000))
    coded = hearing.encoded(sound)
    assert master.integrated(coded) == pytest.approx(-20.0, abs=0.5)
    offsets = [float(np.sum(coded[50:-50] * np.roll(sound, k, axis=0)[50:-50])) for k in range(-8, 9)]
    assert int(np.argmax(offsets)) == 8
