"""The soundtrack of a figure as files: a mastered wav, and the facts that page and guards use.

Pure: recordings in, files out; the same recordings give the same bytes. It knows no film and no page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from pipeline.recording import Files
from pipeline.sounding import master
from pipeline.sounding.score import Meaning, Score
from pipeline.sounding.tones import RATE, VOICES
from pipeline.study import Recordings, Sound, Study


def play(study: Study, sound: Sound, recordings: Recordings, seconds: float) -> Files:
    """"sound.wav" (48 kHz, 16 bit, stereo, mastered, exactly ``seconds`` long) and "sound.json" (see ``facts``)."""
    played = sound.play(recordings)
    raw = played.render() if isinstance(played, Score) else np.asarray(played)
    wanted = round(seconds * RATE)
    if raw.ndim != 2 or raw.shape[1] != 2 or abs(len(raw) - wanted) > RATE // 20:
        raise ValueError(
            f"{study.name}/{sound.name}: the sound has shape {raw.shape}, its film needs ({wanted}, 2): "
            f"{seconds:g} s at {RATE} Hz"
        )
    samples = master.mastered(np.pad(raw, ((0, max(0, wanted - len(raw))), (0, 0)))[:wanted])
    meanings = played.meanings if isinstance(played, Score) else ()
    about = facts(sound, samples, meanings) | {"study": study.name, "seconds": seconds}
    return {"sound.wav": master.to_wav(samples), "sound.json": json.dumps(about).encode()}


def facts(sound: Sound, samples: np.ndarray, meanings: tuple[Meaning, ...]) -> dict[str, Any]:
    """Name, "lufs", "peak" (dBTP), "tones" by name, "captions" (what each voice is the mean of), "meanings"."""
    return {
        "name": sound.name,
        "lufs": round(master.integrated(samples), 2),
        "peak": round(master.true_peak(samples), 2),
        "tones": {name: tone(role, hz) for name, (role, hz) in sound.tones.items()},
        "captions": [caption(meaning) for meaning in meanings],
        "meanings": [meaning.facts() for meaning in meanings],
    }


def tone(role: str, hz: float) -> dict[str, Any]:
    """A reference tone as the page plays it: a PeriodicWave from ``harmonics`` (partials 1, 2, ...); edges in s."""
    voice = VOICES[role]
    return {
        "role": role,
        "hz": round(float(hz), 2),
        "harmonics": list(voice.harmonics),
        "attack": voice.attack,
        "release": voice.release,
        "decay": voice.decay,
        "pan": voice.pan,
    }


def caption(meaning: Meaning) -> Mapping[str, Any]:
    """Which voice stands for which value, how, in slots of how many seconds, and how many measurements
    each sound is the plain mean of (0: the one before is held on)."""
    counts = meaning.means.counts
    return {
        "value": meaning.value,
        "role": meaning.role,
        "heard_as": meaning.heard_as,
        "slots": len(counts),
        "slot_seconds": round(float(np.median(meaning.means.ends - meaning.means.starts)), 3),
        "mean_of": {"least": int(counts.min()), "median": float(np.median(counts)), "most": int(counts.max())},
    }
