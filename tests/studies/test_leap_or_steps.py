"""Leap or steps: both duels for a few rounds, and how evaluations, islands and arithmetic are counted."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from pipeline.gan import diffusion
from pipeline.recording import Recording, Series
from pipeline.sounding import clip, hearing
from pipeline.sounding.score import Score
from pipeline.studies import leap_or_steps
from tests.studies.few_steps import drawn, measured, recorded

STUDY = leap_or_steps.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Four rounds of each."""
    return recorded(STUDY)


def test_a_leap_is_one_evaluation_and_clearing_is_fifty(recordings: dict[str, Recording]) -> None:
    """The recorded ways have two places and fifty-one; both start from noise, and no noise is left at the end."""
    assert recordings["gan"].constants["path"].shape == (2, leap_or_steps.DRAWN, 2)
    assert recordings["diffusion"].constants["path"].shape == (51, leap_or_steps.DRAWN, 2)
    for recording in recordings.values():
        start = recording.constants["path"][0].astype(float)
        assert start.std() == pytest.approx(1.0, abs=0.1)
    left = leap_or_steps.noise_left(recordings)
    assert left.first == pytest.approx(1.0, abs=1e-3) and left.last == 0.0 and (np.diff(left.values) < 0).all()


def test_every_value_can_be_measured_and_the_film_moves(recordings: dict[str, Recording]) -> None:
    """All seeds are counted after each evaluation; the film differs from start to end in both themes."""
    found = measured(STUDY, recordings)
    for name in ("gan_hits", "diffusion_hits"):
        series = found[name]
        assert isinstance(series, Series) and series.runs is not None and series.runs.shape == (5, 51)
    hits = found["gan_hits"]
    assert isinstance(hits, Series) and len(set(hits.values[1:].tolist())) == 1
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()


def test_arithmetic_is_counted_from_the_weights(recordings: dict[str, Recording]) -> None:
    """By hand: 4-64-64-64-2 is 8,576 multiply-adds, 10-64-64-64-2 is 8,960, and fifty of these are 52 times as many."""
    assert leap_or_steps.multiply_adds(recordings["gan"]) == 4 * 64 + 2 * 64 * 64 + 64 * 2 == 8576
    assert leap_or_steps.multiply_adds(recordings["diffusion"]) == 10 * 64 + 2 * 64 * 64 + 64 * 2 == 8960
    assert [leap_or_steps.cost(recordings[duel]) for duel in ("gan", "diffusion")] == [8576, 448_000]
    assert leap_or_steps.speed_ratio(recordings) == pytest.approx(50 * 8960 / 8576)


def test_seeds_and_chord_follow_the_shares(recordings: dict[str, Recording]) -> None:
    """A seed with one empty island is not full; a note sounds whole when both of its islands have their even share."""
    shares = np.full((2, 5, 8), 1 / 8)
    shares[1, 2, 3] = 0.0
    constants = dict(recordings["gan"].constants) | {"shares": shares}
    counted = {"gan": replace(recordings["gan"], constants=constants)}
    assert leap_or_steps.full(counted, "gan") == 4
    assert leap_or_steps.chord(counted["gan"]) == pytest.approx(np.ones((2, 4)))


def test_strike_and_clearing_keep_the_films_time(recordings: dict[str, Recording]) -> None:
    """The chord is struck on the frame of the first evaluation, and the breath ends with the fiftieth."""
    figure = STUDY.figures[0]
    ashore = dict(recordings["gan"].constants) | {"shares": np.full((2, 5, 8), 1 / 8)}
    score = leap_or_steps.play_leap(recordings | {"gan": replace(recordings["gan"], constants=ashore)})
    assert isinstance(score, Score) and score.seconds == pytest.approx(figure.seconds)
    onset = score.notes[0].onset
    before, after = (round(50 * figure.moment((onset + d) / figure.seconds)) for d in (-0.02, 0.02))
    assert (before, after) == (0, 1)
    (meaning,) = score.meanings
    last = float(meaning.means.starts[-1])
    assert meaning.means.values[-1] == 0 and round(50 * figure.moment((last + 0.02) / figure.seconds)) == 50


def test_the_clearing_is_heard_under_the_strike(recordings: dict[str, Recording]) -> None:
    """The noise that is left is recovered from the sound, raw, coded and by telephone, and all levels are kept."""
    left = np.sqrt(1 - diffusion.kept(50).numpy())[::-1]
    ashore = np.tile(((1 - left) / 8)[:, None, None], (1, 5, 8))
    shares = {"gan": np.full((2, 5, 8), 1 / 8), "diffusion": ashore}
    heard = {
        duel: replace(recording, constants=dict(recording.constants) | {"shares": shares[duel]})
        for duel, recording in recordings.items()
    }
    files = clip.play(STUDY, STUDY.sounds[0], heard, STUDY.figures[0].seconds)
    assert hearing.guard(files["sound.wav"], json.loads(files["sound.json"]))["faults"] == []
