"""The last hand on a soundtrack: band, fades, loudness, ceiling; and wav bytes.

Every clip of the essay leaves at -20 LUFS (ITU-R BS.1770-4, by pyloudnorm) with true peaks under
-1.5 dBTP, so that no clip startles after another. It knows no score.
"""

from __future__ import annotations

import io
import wave

import numpy as np
import pyloudnorm
from scipy import fft, signal

from pipeline.sounding.tones import RATE

Array = np.ndarray

LOUDNESS = -20.0
"""LUFS, integrated."""
CEILING = -1.5
"""dBTP."""
LOW, HIGH = 140.0, 6500.0
"""Hz: nothing below can be heard on a phone, nothing above has a meaning."""


def mastered(samples: Array) -> Array:
    """(samples, 2) float -> the same, band-limited, faded at both ends, at LOUDNESS and under CEILING.

    Where both cannot be had (one click in silence), the ceiling is kept and the clip stays quieter;
    the guards of pipeline.sounding.hearing say so. Silence stays silence.
    """
    sound = _faded(_banded(np.asarray(samples, dtype=float)))
    loudness = integrated(sound)
    if not np.isfinite(loudness):
        return np.zeros_like(sound, dtype=np.float32)
    # Fades and gain commute with the measure, so one step lands on the mark.
    sound = sound * 10 ** ((LOUDNESS - loudness) / 20)
    over = true_peak(sound) - CEILING
    if over > 0:
        sound = sound * 10 ** (-over / 20)
    return sound.astype(np.float32)


def integrated(samples: Array) -> float:
    """Integrated loudness in LUFS, gated; -inf for silence. Clips under 0.4 s are padded with silence."""
    padded = np.pad(samples, ((0, max(0, round(0.4 * RATE) - len(samples) + 1)), (0, 0)))
    if not np.any(padded):
        return float("-inf")
    return float(meter().integrated_loudness(padded))


def meter() -> pyloudnorm.Meter:
    """The loudness meter: K-weighting, gates of BS.1770-4."""
    return pyloudnorm.Meter(RATE)


def true_peak(samples: Array) -> float:
    """Highest peak between the samples too (four times oversampled), dBTP; -inf for silence."""
    height = np.abs(samples).max(axis=1, initial=0.0)
    if not height.any():
        return float("-inf")
    # Only where it is loud: between samples of a band this narrow nothing rises by 3 dB.
    block, margin = RATE // 10, 64
    tops = [float(height[i : i + block].max()) for i in range(0, len(height), block)]
    loud = [i * block for i, top in enumerate(tops) if top >= 0.7 * max(tops)]
    pieces = (samples[max(0, i - margin) : i + block + margin] for i in loud)
    return _decibels(max(float(np.abs(signal.resample_poly(p, 4, 1, axis=0)).max()) for p in pieces))


def to_wav(samples: Array) -> bytes:
    """16-bit stereo wav; ValueError where a sample would clip."""
    if np.max(np.abs(samples), initial=0.0) >= 1.0:
        raise ValueError(f"a sample of {np.max(np.abs(samples)):.3f} would clip")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def from_wav(content: bytes) -> Array:
    """The inverse of ``to_wav``: (samples, 2) float32."""
    with wave.open(io.BytesIO(content)) as file:
        if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (2, 2, RATE):
            raise ValueError(f"expected 16-bit stereo at {RATE} Hz, found {file.getparams()}")
        data = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    return (data.reshape(-1, 2) / 32767).astype(np.float32)


def _decibels(amplitude: float) -> float:
    return 20 * float(np.log10(amplitude))


def _banded(samples: Array) -> Array:
    """High-pass LOW, low-pass HIGH: zero phase, 24 and 36 dB an octave."""
    length = fft.next_fast_len(len(samples) + RATE // 10, real=True)  # the end must not wrap into the beginning
    hz = np.maximum(fft.rfftfreq(length, 1 / RATE), 1e-3)
    gain = 1 / np.sqrt((1 + (LOW / hz) ** 8) * (1 + (hz / HIGH) ** 12))
    return np.asarray(fft.irfft(fft.rfft(samples.T, length) * gain, length).T[: len(samples)])


def _faded(samples: Array, rise: float = 0.02, fall: float = 0.35) -> Array:
    up, down = min(round(rise * RATE), len(samples) // 4), min(round(fall * RATE), len(samples) // 2)
    envelope = np.ones(len(samples))
    envelope[:up] = 0.5 - 0.5 * np.cos(np.pi * np.arange(up) / max(up, 1))
    envelope[len(samples) - down :] = 0.5 + 0.5 * np.cos(np.pi * np.arange(1, down + 1) / max(down, 1))
    return samples * envelope[:, None]
