"""Voices and rules."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.sounding import tones
from pipeline.sounding.tones import RATE, VOICES


@pytest.mark.parametrize(
    ("hz", "expected"),
    [
        (tones.loss_pitch(np.log(2)), 440.0),
        (tones.loss_pitch(2 * np.log(2)), 880.0),
        (tones.loss_pitch(0.0), 275.0),  # 220, held at the lowest pitch a phone can say
        (tones.loss_pitch(9.0), 1760.0),
        (tones.share_pitch(0.0), 275.0),
        (tones.share_pitch(0.5), 550.0),
        (tones.share_pitch(1.0), 1100.0),
        (tones.accuracy_pitch(0.5), 440.0),
        (tones.accuracy_pitch(1.0), 1320.0),
        (tones.confidence_pitch(0.5), 660.0),
        (tones.confidence_pitch(1.0), 660.0 * np.sqrt(2)),
        (tones.mirrored_pitch(-np.log(4), 1.0), 440.0),
        (tones.mirrored_pitch(-np.log(4) + np.log(2), 1.0), 550.0),
        (tones.mirrored_pitch(-np.log(4) + np.log(2), -1.0), 352.0),
        (tones.stretch_pitch(4.0, 4.0), 440.0),
        (tones.beat_rate(1.0, 0.1), 24.0),
        (tones.beat_rate(0.05, 0.1), 0.0),
    ],
)
def test_rules_have_the_values_worked_by_hand(hz: np.ndarray, expected: float) -> None:
    """Each rule gives the pitch that its formula gives by hand."""
    assert float(hz) == pytest.approx(expected)


def test_mirrored_voices_are_each_others_reflection() -> None:
    """At any value the two voices lie equally far, in cents, on either side of home."""
    values = np.linspace(-1.8, -1.0, 9)
    product = tones.mirrored_pitch(values, 1.0) * tones.mirrored_pitch(values, -1.0)
    assert product == pytest.approx(np.full(9, 440.0**2))


def test_snap_gives_the_nearest_note_in_any_octave() -> None:
    """Notes of the scale stay; others go to the nearest, also up into the next octave."""
    assert tones.snap(np.array(tones.EIGHT)) == pytest.approx(np.array(tones.EIGHT))
    others = np.array([450.0, 860.0, 230.0, 700.0])
    assert tones.snap(others) == pytest.approx(np.array([440.0, 880.0, 220.0, 2200 / 3]))


def test_every_voice_is_equally_strong() -> None:
    """A second of any voice has the energy of a sine of height 1."""
    for voice in VOICES.values():
        sound = tones.wave(voice, np.full(RATE, 440.0), struck=False)
        assert np.sqrt(np.mean(sound**2)) == pytest.approx(np.sqrt(0.5), rel=0.01)


def test_wave_keeps_its_phase_through_a_glide() -> None:
    """The phase is the integral of the pitch, so that no glide makes a step."""
    sound = tones.wave(VOICES["real"], np.linspace(300, 900, RATE), struck=False)
    assert np.abs(np.diff(sound)).max() < 2 * np.pi * 900 / RATE * 1.3


def test_struck_voice_falls_by_sixty_decibels_in_its_decay() -> None:
    """A fork of a decay of 3.5 s is at a thousandth after 3.5 s."""
    sound = tones.wave(VOICES["real"], np.full(4 * RATE, 440.0), struck=True)
    late = sound[round(3.45 * RATE) : round(3.55 * RATE)]
    assert np.abs(late).max() / np.abs(sound[: RATE // 10]).max() == pytest.approx(1e-3, rel=0.15)


def test_no_partial_sounds_above_six_kilohertz() -> None:
    """The detective at 1760 Hz has partials up to 14 kHz by its spectrum, and none of them sounds."""
    spectrum = np.abs(np.fft.rfft(tones.wave(VOICES["detective"], np.full(RATE, 1760.0), struck=False)))
    assert spectrum[6010:].max() < 1e-3 * spectrum.max()


def test_pan_keeps_the_power_and_parts_the_players() -> None:
    """At any side the power is the same; the players stand 8.7 dB apart."""
    left, right = np.abs(tones.placed(np.ones(1), VOICES["forger"].pan)[0])
    assert left**2 + right**2 == pytest.approx(1.0)
    assert 20 * np.log10(left / right) == pytest.approx(8.7, abs=0.1)


def test_edges_shrink_in_a_short_note() -> None:
    """A note shorter than its edges still begins and ends at nothing and reaches its height between."""
    envelope = tones.edges(round(0.1 * RATE), 0.035, 0.2)
    assert envelope[0] == 0.0
    assert envelope[-1] == pytest.approx(0.0, abs=1e-3)
    assert envelope.max() == 1.0


def roughness(first: tuple[float, ...], second: tuple[float, ...], apart: float) -> float:
    """Sethares 1993, "Local consonance", for two voices on 440 Hz and ``apart`` Hz above."""
    partials = [(440.0 * h, a) for h, a in enumerate(first, 1)]
    partials += [((440.0 + apart) * h, a) for h, a in enumerate(second, 1)]
    total = 0.0
    for i, (f, a) in enumerate(partials):
        for g, b in partials[:i]:
            x = 0.24 / (0.0207 * min(f, g) + 18.96) * abs(f - g)
            total += min(a, b) * (np.exp(-3.51 * x) - np.exp(-5.75 * x))
    return total


def test_smaller_gap_never_sounds_rougher() -> None:
    """Over the whole range of the gap the roughness of fork and reed rises strictly with it."""
    fork, reed = VOICES["real"].harmonics, VOICES["forger"].harmonics
    rough = [roughness(fork, reed, float(tones.beat_rate(gap, 0.0))) for gap in np.linspace(0, 1, 60)]
    assert np.all(np.diff(rough) > 0)
