"""A soundtrack as files."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pipeline.recording import Recording
from pipeline.sounding import clip, master, melodies
from pipeline.sounding.score import Score
from pipeline.sounding.tones import RATE
from pipeline.study import Recordings, Sound, Study
from tests.sounding import runs

STUDY = Study("invented", {})


def recordings() -> Recordings:
    """One recorded duel with a quality."""
    on = runs.clock()
    quality = runs.rising(on)
    curves = {"quality": (quality.steps, quality.values[None])}
    return {"duel": Recording("invented", "duel", on.recipe, quality.steps, {}, curves)}


def play_quality(heard: Recordings) -> Score:
    """As a study would."""
    return melodies.hiss_to_tone(runs.clock(), heard["duel"].series("quality"))


SOUND = Sound("rise", play_quality, 8.0, {"low": ("forger", 275.0), "fork": ("real", 440.0)})


def test_files_are_a_wav_of_the_films_length_and_its_facts() -> None:
    """8 s are 384,000 samples at -20 LUFS, and the facts hold loudness, tones and what each sound stands for."""
    files = clip.play(STUDY, SOUND, recordings(), 8.0)
    facts = json.loads(files["sound.json"])
    assert len(master.from_wav(files["sound.wav"])) == 8 * RATE
    assert facts["lufs"] == pytest.approx(-20.0, abs=0.05)
    assert facts["peak"] <= -1.5
    assert facts["tones"]["low"]["hz"] == 275.0
    assert facts["tones"]["low"]["harmonics"][:3] == [1.0, 0.0, 0.4]
    assert facts["captions"][0]["value"] == "quality"
    assert facts["captions"][0]["mean_of"]["most"] >= 3


def test_same_recordings_give_the_same_bytes() -> None:
    """Played twice, the files are equal byte for byte."""
    assert clip.play(STUDY, SOUND, recordings(), 8.0) == clip.play(STUDY, SOUND, recordings(), 8.0)


def test_raw_samples_are_mastered_too() -> None:
    """A study may hand over samples of its own making."""
    samples = np.random.default_rng(5).normal(0, 0.1, (RATE, 2)).astype(np.float32)
    files = clip.play(STUDY, Sound("noise", lambda heard: samples), {}, 1.0)
    assert json.loads(files["sound.json"])["lufs"] == pytest.approx(-20.0, abs=0.05)


def test_sound_of_another_length_than_its_film_is_refused() -> None:
    """The message names study, sound and both lengths."""
    with pytest.raises(ValueError, match=r"invented/rise: .* shape \(384000, 2\), its film needs \(576000, 2\)"):
        clip.play(STUDY, SOUND, recordings(), 12.0)
