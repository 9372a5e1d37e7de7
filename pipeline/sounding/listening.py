"""An ear without eyes: pitch, beats, breath and different notes, measured in audio alone.

Each function takes mono samples at 48 kHz and slots (seconds) and is told at most the timbre it should
listen for, never the pitch. These are what the guards measure the soundtracks with.

Sources: de Cheveigne and Kawahara 2002 (YIN: the blind pitch); Hermes 1988 (sums over partials: the
pitch of a known timbre); spectral flatness after Johnston 1988.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.sounding.tones import EIGHT, RATE

Array = np.ndarray

LOW, HIGH = 230.0, 1900.0
"""Hz between which pitch is looked for."""
CLEAR = 0.2
"""Share of a slot's energy that a voice must account for."""
_CENTS = 4.0
_POINTS = 1 << 15


def pitches(
    mono: Array,
    starts: Array,
    ends: Array,
    harmonics: Sequence[float],
    around: tuple[float, float] = (LOW, HIGH),
    clear: float = CLEAR,
) -> Array:
    """Hz in each slot of the loudest voice with such partials, looked for within ``around``. ``(n,)``.

    For each candidate the spectrum's magnitudes at its partials are weighed by the timbre's own: by
    Cauchy-Schwarz nothing scores as high as the right pitch of the right timbre. Where that voice
    would account for less than ``clear`` of the energy, nothing is heard (NaN): guessing is no hearing.
    """
    low, high = around
    candidates = low * 2.0 ** (np.arange(int(1200 * np.log2(high / low) / _CENTS) + 1) * _CENTS / 1200)
    bins = np.arange(_POINTS // 2 + 1)
    scale = _POINTS / RATE
    found = np.full(len(starts), np.nan)
    for i, piece in enumerate(_pieces(mono, starts, ends)):
        if not _heard(piece):
            continue
        magnitude = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), _POINTS))
        score = np.zeros(len(candidates))
        for h, weight in enumerate(harmonics, start=1):
            if weight:
                score += weight * np.interp(h * candidates * scale, bins, magnitude, right=0.0)
        top = int(np.argmax(score))
        # A Hann window spreads a partial of height a over a^2 * 1.5 points / length of energy.
        own = score[top] ** 2 / float(np.sum(np.square(harmonics))) * 1.5 * _POINTS / len(piece)
        if own < clear * float(np.sum(magnitude**2)):
            continue
        found[i] = candidates[top] * 2.0 ** (_summit(score, top) * _CENTS / 1200)
    return found


def blind_pitches(mono: Array, starts: Array, ends: Array) -> Array:
    """Hz in each slot by YIN, which knows no timbre; NaN in silence or noise. ``(n,)``."""
    found = np.full(len(starts), np.nan)
    for i, piece in enumerate(_pieces(mono, starts, ends)):
        if _heard(piece):
            found[i] = _yin(piece)
    return found


def loudness(mono: Array, starts: Array, ends: Array, hz: float) -> Array:
    """Amplitude at a known pitch in each slot, ``(n,)``: of the first partial alone, since others' may meet above."""
    found = np.zeros(len(starts))
    for i, piece in enumerate(_pieces(mono, starts, ends)):
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), _POINTS)) / max(len(piece), 1)
        found[i] = spectrum[round(hz * _POINTS / RATE)]
    return found


def breath(mono: Array, starts: Array, ends: Array) -> Array:
    """Amplitude of the noise floor between 600 and 3500 Hz in each slot, whatever tones stand in it, ``(n,)``.

    The median magnitude: partials are few and narrow, noise is everywhere.
    """
    hz = np.fft.rfftfreq(8192, 1 / RATE)
    band = (hz > 600) & (hz < 3500)
    found = np.zeros(len(starts))
    for i, piece in enumerate(_pieces(mono, starts, ends)):
        window = np.blackman(len(piece))
        found[i] = np.median(np.abs(np.fft.rfft(piece * window, 8192))[band]) / np.sqrt(np.sum(window**2) + 1e-12)
    return found


def beat_times(mono: Array, low: float = 400.0, high: float = 520.0) -> Array:
    """Seconds of the swells: where the envelope of the band is highest between two dips."""
    spectrum = np.fft.rfft(mono)
    hz = np.fft.rfftfreq(len(mono), 1 / RATE)
    spectrum[(hz < low) | (hz > high)] = 0.0
    # The analytic signal, thinned to 1 kHz: its magnitude is the envelope.
    full = np.zeros(len(mono), dtype=complex)
    full[: len(spectrum)] = 2 * spectrum
    every = RATE // 1000
    envelope = np.abs(np.fft.ifft(full))[::every]
    swells, up, extreme, place = [], True, envelope[0], 0
    depth = 0.25 * float(np.percentile(envelope, 90))
    for i, level in enumerate(envelope):
        if (level > extreme) == up and level != extreme:
            extreme, place = level, i
        elif abs(level - extreme) > depth:
            if up:
                swells.append(place / 1000)
            up, extreme, place = not up, level, i
    return np.array(swells)


def beats(mono: Array, starts: Array, ends: Array) -> Array:
    """Swells a second in each slot, with fractions; NaN before the first and after the last. ``(n,)``."""
    swells = beat_times(mono)
    if len(swells) < 2:
        return np.full(len(starts), np.nan)
    count = np.arange(len(swells), dtype=float)
    inside = (starts >= swells[0]) & (ends <= swells[-1])
    rate = (np.interp(ends, swells, count) - np.interp(starts, swells, count)) / (ends - starts)
    return np.where(inside, rate, np.nan)


def different_notes(mono: Array, start: float, end: float, places: int = 8) -> int:
    """How many of the Eight are played in a bar of ``places`` slots; silent slots count for none."""
    edges = np.linspace(start, end, places + 1)
    # The middle of a slot: its beginning still holds the last note's echo.
    width = (end - start) / places
    own = slice(round(start * RATE), round(end * RATE))
    loudest = float(np.sqrt(np.mean(mono[own] ** 2)))
    found = set()
    for pitch, piece in zip(
        blind_pitches(mono, edges[:-1] + 0.15 * width, edges[:-1] + 0.85 * width),
        _pieces(mono, edges[:-1] + 0.15 * width, edges[:-1] + 0.85 * width),
        strict=True,
    ):
        if np.isfinite(pitch) and np.sqrt(np.mean(piece**2)) > 0.2 * loudest:
            cents = 1200 * np.abs(np.log2(np.array(EIGHT) / pitch))
            if cents.min() < 60:
                found.add(int(np.argmin(cents)))
    return len(found)


def _pieces(mono: Array, starts: Array, ends: Array) -> list[Array]:
    return [mono[round(float(a) * RATE) : round(float(b) * RATE)] for a, b in zip(starts, ends, strict=True)]


def _heard(piece: Array) -> bool:
    return len(piece) > RATE // 50 and float(np.sqrt(np.mean(piece**2))) > 1e-4


def _yin(piece: Array, threshold: float = 0.2, hopeless: float = 0.6) -> float:
    longest = int(RATE / LOW)
    shortest = int(RATE / HIGH)
    width = len(piece) - longest
    if width < longest // 2:
        return float("nan")
    # d(lag) = sum (x[i] - x[i + lag])^2 from one cross-correlation and running sums of squares.
    length = 1 << int(np.ceil(np.log2(len(piece) + width)))
    cross = np.fft.irfft(np.fft.rfft(piece, length) * np.conj(np.fft.rfft(piece[:width], length)), length)
    squares = np.concatenate([[0.0], np.cumsum(piece.astype(float) ** 2)])
    lags = np.arange(longest + 1)
    difference = squares[width] + squares[lags + width] - squares[lags] - 2 * cross[: longest + 1]
    mean = np.cumsum(difference[1:]) / np.arange(1, longest + 1)
    relative = np.concatenate([[1.0], difference[1:] / np.maximum(mean, 1e-12)])
    dips = [
        lag
        for lag in range(shortest, longest)
        if relative[lag] < threshold and relative[lag] <= relative[lag - 1] and relative[lag] < relative[lag + 1]
    ]
    lag = dips[0] if dips else shortest + int(np.argmin(relative[shortest:longest]))
    if relative[lag] > hopeless:
        return float("nan")
    return float(RATE / (lag + _summit(-difference, lag)))


def _summit(curve: Array, top: int) -> float:
    """Where the parabola through a highest point and its neighbours peaks, in points from it."""
    if not 0 < top < len(curve) - 1:
        return 0.0
    left, middle, right = (float(x) for x in curve[top - 1 : top + 2])
    bend = left - 2 * middle + right
    return 0.5 * (left - right) / bend if bend else 0.0
