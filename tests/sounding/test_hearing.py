"""The guards: good clips pass, and each fault they are there for is caught."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pipeline.drawing import encode
from pipeline.sounding import clip, hearing, master
from pipeline.sounding.score import Meaning, Note, Score
from pipeline.sounding.tones import RATE
from pipeline.study import Sound, Study
from tests.sounding import runs
from tests.sounding.test_melodies import MELODIES


def files_of(score: Score) -> tuple[bytes, dict[str, Any]]:
    """(wav, facts) of a score."""
    files = clip.play(Study("invented", {}), Sound("melody", lambda recordings: score), {}, score.seconds)
    return files["sound.wav"], json.loads(files["sound.json"])


@pytest.mark.parametrize("name", MELODIES)
def test_every_melody_passes_its_guards_raw_coded_and_by_telephone(name: str) -> None:
    """Loudness, peaks, clicks, bands and mono hold after AAC, and every meaning is heard back in all three ways."""
    report = hearing.guard(*files_of(MELODIES[name](runs.clock())))
    assert report["faults"] == []
    assert {heard["way"] for heard in report["heard"]} == set(hearing.WAYS)


@pytest.mark.parametrize("name", ["hiss_to_tone", "beating", "two_losses"])
def test_shuffled_numbers_are_not_heard(name: str) -> None:
    """The control: the same clip says nothing about the same numbers in another order."""
    wav, facts = files_of(MELODIES[name](runs.clock()))
    mono = master.from_wav(wav).mean(axis=1)
    meaning = Meaning.from_facts(facts["meanings"][0])
    found = []
    for seed in range(9):
        shuffled = np.random.default_rng(seed).permutation(len(meaning.asked))
        means = replace(meaning.means, values=meaning.means.values[shuffled])
        found.append(hearing.hear(mono, replace(meaning, means=means, asked=meaning.asked[shuffled])).pearson)
    assert np.max(np.abs(found)) < 0.9
    assert np.median(np.abs(found)) < 0.4


def test_wrong_number_of_notes_is_noticed() -> None:
    """A bar that claims one more mode than it plays fails."""
    wav, facts = files_of(MELODIES["bars_by_turns"](runs.clock()))
    for meaning in facts["meanings"]:
        meaning["values"] = [value + 1 for value in meaning["values"]]
    assert len(hearing.guard(wav, facts, ways=("raw",))["faults"]) == 2


def clean() -> np.ndarray:
    """A mastered clip with nothing wrong."""
    return master.mastered(Score(3.0, tuple(Note(k / 2, 0.45, 440.0, "real") for k in range(6))).render())


def test_clean_clip_has_no_fault() -> None:
    """A row of fork notes is within all bounds."""
    assert hearing.level_faults(hearing.levels(clean())) == []


def spoiled(fault: str) -> np.ndarray:
    """The clean clip with one thing wrong."""
    sound = clean().astype(float)
    t = np.arange(len(sound))[:, None] / RATE
    if fault == "LUFS":
        return sound * 0.8
    if fault == "as loud as":
        return np.where((t > 1) & (t < 1.6), 3.0, 0.75) * sound
    if fault == "true peak":
        return sound * 8
    if fault == "clipped":
        return np.clip(sound * 20, -1, 1)
    if fault == "clicks":
        return np.where((t > 1.1) & (t < 1.2), 0.0, sound)
    if fault == "under 150 Hz":
        return sound + 0.02 * np.sin(2 * np.pi * 80 * t)
    if fault == "above 6 kHz":
        return sound + 0.02 * np.sin(2 * np.pi * 7000 * t)
    if fault == "in the middle":
        return sound + 0.2 * np.sin(2 * np.pi * 3000 * t)
    return sound * np.array([1.0, -0.8])  # the channels undo each other in mono


@pytest.mark.parametrize(
    "fault",
    ["LUFS", "as loud as", "true peak", "clipped", "clicks", "under 150 Hz", "above 6 kHz", "in the middle", "mono"],
)
def test_each_fault_is_caught(fault: str) -> None:
    """Each way of spoiling a clip is named by its guard."""
    assert any(fault in words for words in hearing.level_faults(hearing.levels(spoiled(fault))))


def test_order_ignores_differences_nobody_hears() -> None:
    """Noise of a hundredth on a plateau does not spoil the order of a large rise."""
    wanted = np.r_[np.linspace(0, 1, 10), np.ones(100) + np.linspace(0, 0.01, 100)]
    heard = np.r_[np.linspace(0, 1, 10), np.ones(100) + np.linspace(0.01, 0, 100)]
    assert hearing.order(heard, wanted, 0.02) == pytest.approx(1.0, abs=0.02)
    assert hearing.order(-heard, wanted, 0.02) == pytest.approx(-1.0, abs=0.02)


def test_numbers_that_never_change_cannot_be_followed() -> None:
    """A constant has no correlation, and is no fault."""
    assert np.isnan(hearing.correlation(np.ones(5), np.arange(5.0)))


def test_film_is_guarded_as_it_ships() -> None:
    """From the film's own bytes its AAC is decoded, in time with the facts, and its meaning heard."""
    wav, facts = files_of(MELODIES["two_losses"](runs.clock()))
    frames = (np.full((16, 16, 4), 128, np.uint8) for _ in range(40))
    film = encode.join(encode.encode(frames, (16, 16), 5), wav)
    report = hearing.guard(film, facts)
    assert report["faults"] == []
    assert min(heard["pearson"] for heard in report["heard"]) > 0.95
