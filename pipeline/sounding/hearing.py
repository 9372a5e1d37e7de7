"""The guards of the soundtracks: is it as loud as promised, and can what it means be heard out of it?

``guard`` takes the bytes that ship (a wav, or a film with its AAC) and the facts beside them and says
what was measured and what is wrong. A meaning is heard back by pipeline.sounding.listening from the
raw clip, after AAC, and through a telephone (mono, 300-8000 Hz), and correlated with the measured
numbers themselves, not with what the score asked for. It knows no study and no score's writer.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np

from pipeline.drawing.encode import AAC
from pipeline.sounding import listening, master
from pipeline.sounding.score import Meaning
from pipeline.sounding.tones import RATE, VOICES

Array = np.ndarray

WAYS = ("raw", "aac", "phone")
"""How a meaning is listened to: as mastered, after AAC at 96 kbit/s, and that through a telephone's band."""

NOTICEABLE = {"pitch": 0.02, "partial": 0.02, "loudness": 0.05, "hiss": 0.05, "beats": 0.02}
"""The least difference that should be heard in the right order, as a share of the whole range of a clip."""


@dataclass(frozen=True)
class Levels:
    """What any clip must keep, whatever it means."""

    lufs: float
    """Integrated loudness."""
    momentary: float
    """Loudest 0.4 s, LUFS: an average hides a startle."""
    peak: float
    """True peak, dBTP."""
    clipped: int
    """Samples at full scale."""
    clicks: float
    """Highest sample of what lies above 10 kHz, dBFS: where edges are cut, it shows here."""
    low: float
    """Share of the energy under 150 Hz."""
    high: float
    """Share above 6 kHz."""
    middle: float
    """Share within 220-2000 Hz, or to 4000 Hz where there is breath."""
    mono: float
    """What folding to mono costs, LU."""


def levels(samples: Array, breath: bool = False) -> Levels:
    """The levels of (samples, 2) at 48 kHz; ``breath`` where noise to 4 kHz is part of the sound."""
    spectrum = np.sum(np.abs(np.fft.rfft(samples, axis=0)) ** 2, axis=1)
    hz = np.fft.rfftfreq(len(samples), 1 / RATE)
    total = float(spectrum.sum()) or 1.0
    folded = np.repeat(samples.mean(axis=1, keepdims=True), 2, axis=1)
    lufs = master.integrated(samples)
    return Levels(
        lufs=lufs,
        momentary=_momentary(samples),
        peak=master.true_peak(samples),
        clipped=int(np.sum(np.abs(samples) >= 32767 / 32768)),
        clicks=_decibels(np.max(np.abs(band(samples, 10_000.0, RATE / 2)), initial=0.0)),
        low=float(spectrum[hz < 150].sum()) / total,
        high=float(spectrum[hz > 6000].sum()) / total,
        middle=float(spectrum[(hz >= 220) & (hz <= (4000 if breath else 2000))].sum()) / total,
        mono=master.integrated(folded) - lufs,
    )


def level_faults(found: Levels) -> list[str]:
    """What of the levels is out of bounds, in words with the bound."""
    rules = (
        (abs(found.lufs - master.LOUDNESS) <= 0.5, f"{found.lufs:.2f} LUFS, not within 0.5 of {master.LOUDNESS:g}"),
        (found.momentary <= -14.5, f"0.4 s are as loud as {found.momentary:.1f} LUFS, more than -14.5"),
        (found.peak <= master.CEILING, f"true peak {found.peak:.2f} dBTP, over {master.CEILING:g}"),
        (found.clipped == 0, f"{found.clipped} samples clipped"),
        (found.clicks <= -55.0, f"{found.clicks:.1f} dBFS above 10 kHz, over -55: something clicks"),
        (found.low <= 0.001, f"{found.low:.2%} of the energy under 150 Hz, over 0.1 %"),
        (found.high <= 0.002, f"{found.high:.2%} of the energy above 6 kHz, over 0.2 %"),
        (found.middle >= 0.8, f"{found.middle:.0%} of the energy in the middle, under 80 %"),
        (found.mono >= -2.0, f"mono is {-found.mono:.1f} LU quieter, more than 2"),
    )
    return [words for holds, words in rules if not holds]


@dataclass(frozen=True)
class Heard:
    """How well one meaning was heard in one way of listening."""

    value: str
    role: str
    heard_as: str
    way: str
    pearson: float
    """Between what was heard and the measured numbers; for notes, the share of bars counted right.
    NaN where the numbers never change, so that there is nothing to follow."""
    order: float
    """Share of the pairs of slots heard in the right order less that in the wrong one, of those pairs whose
    difference can be noticed (Goodman and Kruskal's gamma): a rank correlation that does not ask for the
    order of differences nobody hears."""
    slots: int
    """How many slots spoke clearly enough to be used."""


def hear(mono: Array, meaning: Meaning, way: str = "raw") -> Heard:
    """Hear a meaning back from mono samples and compare it with its numbers."""
    heard, wanted, told = _listened(mono, meaning)
    about = (meaning.value, meaning.role, meaning.heard_as, way)
    if meaning.heard_as == "notes":
        right = float(np.mean(heard == wanted))
        return Heard(*about, right, right, len(wanted))
    use = np.isfinite(heard)
    least = NOTICEABLE.get(meaning.heard_as, 0.0)
    # Order is asked of what the rule tells apart: a snapped or clipped pitch has ties of its own.
    rank = order(heard[use], told[use], least * float(np.ptp(told)))
    return Heard(*about, correlation(heard[use], wanted[use]), rank, int(use.sum()))


def pitch_errors(mono: Array, meaning: Meaning) -> Array:
    """Cents between the pitch heard and the pitch asked for, ``(n,)``, NaN in silence."""
    heard = listening.pitches(mono, *_within(meaning), VOICES[meaning.role].harmonics)
    return np.asarray(1200 * np.log2(heard / meaning.asked))


def guard(
    clip: bytes, facts: Mapping[str, Any], ways: Iterable[str] = WAYS, pearson: float = 0.95, in_order: float = 0.9
) -> dict[str, Any]:
    """Measure a soundtrack as it ships: wav bytes, or those of a film (its AAC is decoded).

    ``facts`` are those of sound.json. Returns {"levels": {...}, "heard": [{...}], "faults": [sentence, ...]}.
    """
    wav = clip[:4] == b"RIFF"
    samples = master.from_wav(clip) if wav else decoded(clip)
    meanings = [Meaning.from_facts(m) for m in facts.get("meanings", ())]
    breath = any(m.heard_as in ("hiss", "notes") for m in meanings)
    coded = encoded(samples) if wav and "aac" in ways else samples
    found = levels(coded, breath)
    faults = level_faults(found)
    heard = []
    for way in ways:
        mono = (samples if way == "raw" else coded).mean(axis=1)
        mono = band(mono[:, None], 300.0, 8000.0)[:, 0] if way == "phone" else mono
        heard += [hear(mono, meaning, way) for meaning in meanings]
    faults += [fault for one in heard if (fault := _heard_fault(one, pearson, in_order))]
    return {"levels": vars(found), "heard": [vars(one) for one in heard], "faults": faults}


def encoded(samples: Array) -> Array:
    """What is left of (samples, 2) after the AAC of the films, 96 kbit/s."""
    with tempfile.TemporaryDirectory() as folder:
        wav, coded = Path(folder, "sound.wav"), Path(folder, "sound.m4a")
        wav.write_bytes(master.to_wav(samples))
        _ffmpeg("-i", str(wav), *AAC, str(coded))
        return decoded(coded.read_bytes())[: len(samples)]


def decoded(media: bytes) -> Array:
    """The sound of a film or any audio file, (samples, 2) float32 at 48 kHz."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "media")
        path.write_bytes(media)
        raw = _ffmpeg("-i", str(path), "-vn", "-f", "f32le", "-ac", "2", "-ar", str(RATE), "pipe:1")
    return np.frombuffer(raw, dtype="<f4").reshape(-1, 2)


def band(samples: Array, low: float, high: float) -> Array:
    """What lies between two corners, zero phase, eighth order, ``(samples, channels)``."""
    hz = np.maximum(np.fft.rfftfreq(len(samples), 1 / RATE), 1e-3)[:, None]
    gain = 1 / np.sqrt((1 + (low / hz) ** 16) * (1 + (hz / high) ** 16))
    return np.asarray(np.fft.irfft(np.fft.rfft(samples, axis=0) * gain, len(samples), axis=0))


def correlation(a: Array, b: Array) -> float:
    """Pearson's r; NaN where either never changes or fewer than three points are left."""
    if len(a) < 3 or np.ptp(a) < 1e-9 or np.ptp(b) < 1e-9:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def order(heard: Array, wanted: Array, least: float) -> float:
    """Goodman and Kruskal's gamma over the pairs that differ by more than ``least``; NaN without such pairs."""
    wide = np.triu(np.abs(wanted[:, None] - wanted) > max(least, 1e-9))
    if not wide.any():
        return float("nan")
    agree = np.sign(heard[:, None] - heard)[wide] * np.sign(wanted[:, None] - wanted)[wide]
    return float(agree.mean())


def _listened(mono: Array, meaning: Meaning) -> tuple[Array, Array, Array]:
    """Slot by slot: what was heard; what it should be a straight line of (the number, or its rule where that
    bends); and what the rule asked for."""
    starts, ends, values, asked = meaning.means.starts, meaning.means.ends, meaning.means.values, meaning.asked
    harmonics = VOICES[meaning.role].harmonics if meaning.role in VOICES else ()
    if meaning.heard_as == "pitch":
        if not harmonics:
            return np.log2(listening.blind_pitches(mono, *_within(meaning))), values, asked
        return np.log2(listening.pitches(mono, *_within(meaning), harmonics)), values, asked
    if meaning.heard_as == "partial":
        # One partial amid other voices: looked for where the rule can put it, and a semitone beyond.
        around = (float(asked.min()) * 2 ** (-1 / 12), float(asked.max()) * 2 ** (1 / 12))
        return np.log2(listening.pitches(mono, *_within(meaning), (1.0,), around, clear=0.0)), values, asked
    if meaning.heard_as == "loudness":
        return listening.loudness(mono, *_within(meaning), meaning.hz or 0.0), values, asked
    if meaning.heard_as == "hiss":
        return listening.breath(mono, starts, ends), asked, asked
    if meaning.heard_as == "beats":
        # Half a second at a time: in less there is nothing to count.
        group = max(1, round(0.5 / float(ends[0] - starts[0])))
        starts, ends = starts[: len(starts) // group * group : group], ends[group - 1 :: group]
        rate = np.asarray(asked[: len(asked) // group * group].reshape(-1, group).mean(axis=1))
        return listening.beats(mono, starts, ends), rate, rate
    notes = [listening.different_notes(mono, a, b) for a, b in zip(starts, ends, strict=True)]
    return np.array(notes, dtype=float), values, asked


def _within(meaning: Meaning) -> tuple[Array, Array]:
    """The middle of each slot, past the echo of the note before and before the fall of its own."""
    lengths = meaning.means.ends - meaning.means.starts
    return meaning.means.starts + 0.2 * lengths, meaning.means.ends - 0.1 * lengths


def _heard_fault(heard: Heard, pearson: float, in_order: float) -> str:
    name = f"{heard.value} ({heard.role}, {heard.heard_as}, {heard.way})"
    if heard.heard_as == "notes":
        return "" if heard.pearson >= 0.75 else f"{name}: {heard.pearson:.0%} of the bars have as many notes as modes"
    if np.isnan(heard.pearson):
        return ""
    if heard.pearson < pearson or heard.order < in_order:
        return f"{name}: heard with r {heard.pearson:.3f}, order {heard.order:.3f}; wanted {pearson} and {in_order}"
    return ""


def _momentary(samples: Array) -> float:
    """Loudest 0.4 s in LUFS, at steps of 0.1 s (BS.1770 without its gates)."""
    meter = master.meter()
    weighted = samples.astype(float)
    for stage in meter._filters.values():
        weighted = np.stack([stage.apply_filter(weighted[:, k]) for k in range(2)], axis=1)
    power = np.concatenate([[0.0], np.cumsum(np.sum(weighted**2, axis=1))])
    width, hop = round(0.4 * RATE), round(0.1 * RATE)
    if len(samples) <= width:
        return float("-inf")
    first = np.arange(0, len(samples) - width, hop)
    return float(-0.691 + 10 * np.log10(max(float(np.max(power[first + width] - power[first])) / width, 1e-12)))


def _decibels(amplitude: float) -> float:
    return 20 * float(np.log10(max(float(amplitude), 1e-9)))


def _ffmpeg(*arguments: str) -> bytes:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
