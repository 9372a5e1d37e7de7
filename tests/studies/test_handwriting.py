"""Handwriting: both duels for two rounds, and how sheets, legibility, arithmetic and nearness are counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from pipeline.gan import datasets
from pipeline.recording import Recording
from pipeline.sounding import clip, hearing
from pipeline.sounding.score import Score
from pipeline.studies import handwriting
from tests.studies.few_steps import drawn, measured, recorded

STUDY = handwriting.STUDY


@pytest.fixture(scope="module")
def recordings() -> Iterator[dict[str, Recording]]:
    """Two rounds of each, with few pictures judged."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(handwriting, "JUDGED", 40)
        changed.setattr(handwriting, "READ", 20)
        yield recorded(STUDY, steps=2)


def test_a_leap_is_one_sheet_and_clearing_is_fifty(recordings: dict[str, Recording]) -> None:
    """Twenty digits after one evaluation, and twenty after each of fifty, which begin as noise over all greys."""
    leap, steps = recordings["leap"].constants, recordings["steps"].constants
    assert leap["sheet"].shape == (20, 28, 28) and leap["noise"].shape == (20, recordings["leap"].recipe.latent_size)
    assert steps["path"].shape == (51, 20, 28, 28) and steps["read_along"].shape == (51,)
    outside = np.isin(steps["path"][0], (0, 255)).mean()  # of N(0, 1) a third lies beyond the greys
    assert outside == pytest.approx(0.317, abs=0.02)


def test_pictures_are_judged_alike(recordings: dict[str, Recording]) -> None:
    """Either is read, laid beside held-out digits and measured against its nearest originals; both have one floor."""
    for recording in recordings.values():
        found = recording.constants
        assert found["read"].shape == (10,) and found["nearest"].shape == (40,)
        assert found["nearest_held_out"].shape == (1000,) and found["distance"] > found["originals"] > 0
    assert recordings["leap"].constants["originals"] == recordings["steps"].constants["originals"]


def test_arithmetic_is_per_picture(recordings: dict[str, Recording]) -> None:
    """Fifty evaluations cost fifty times one, and the ratio is that of the two totals."""
    steps, leap = (handwriting.cost(recordings, duel) for duel in ("steps", "leap"))
    one = {duel: float(recording.constants["cost"]) for duel, recording in recordings.items()}
    assert steps == 50 * one["steps"] and leap == one["leap"]
    assert handwriting.speed_ratio(recordings) == steps / leap > 50


def test_nearness_compares_with_held_out_digits(recordings: dict[str, Recording]) -> None:
    """By hand: medians 3 against 2."""
    constants = {"nearest": np.array([1.0, 3.0, 5.0]), "nearest_held_out": np.array([2.0, 2.0, 4.0])}
    assert handwriting.nearness("leap")({"leap": replace(recordings["leap"], constants=constants)}) == 1.5


def test_a_noise_vector_is_shown_as_patches() -> None:
    """Each number is a patch of its own, row by row, and what is beyond black and white is black or white."""
    noise = np.linspace(-1.5, 1.5, 16)[None]
    (square,) = handwriting.as_squares(noise)
    assert square.shape == (28, 28)
    assert square[3::7, 3::7].ravel() == pytest.approx(np.clip(noise[0], -1, 1))
    assert (square[:7, :7] == square[0, 0]).all()


def test_no_noise_is_left_at_the_end(recordings: dict[str, Recording]) -> None:
    """It falls from 1 to 0, slowly at first and by the same angle each time."""
    left = handwriting.noise_left(recordings).values
    assert (left[0], left[-1]) == (1.0, 0.0)
    assert np.diff(np.arcsin(left)) == pytest.approx(np.full(50, -np.pi / 100), abs=1e-6)


def test_every_value_and_the_film_are_made(recordings: dict[str, Recording]) -> None:
    """All values and claims can be measured; the film moves in both themes."""
    measured(STUDY, recordings)
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()


def legible(recordings: dict[str, Recording]) -> dict[str, Recording]:
    """The same, as if all could be read: at once on the left, and on the right as the noise thins."""
    along = 0.1 + 0.9 * (1 - handwriting.noise_left(recordings).values)
    leap = dict(recordings["leap"].constants) | {"read": np.ones(10)}
    steps = dict(recordings["steps"].constants) | {"read_along": along}
    return {
        "leap": replace(recordings["leap"], constants=leap),
        "steps": replace(recordings["steps"], constants=steps),
    }


def test_strike_and_clearing_keep_the_films_time(recordings: dict[str, Recording]) -> None:
    """The chord is struck on the frame of the first evaluation; film and sound end together."""
    figure = STUDY.figures[0]
    score = handwriting.play_hands(legible(recordings))
    assert isinstance(score, Score) and score.seconds == pytest.approx(figure.seconds)
    onset = score.notes[0].onset
    before, after = (round(50 * figure.moment((onset + d) / figure.seconds)) for d in (-0.02, 0.02))
    assert (before, after) == (0, 1)


def test_the_clearing_is_heard_under_the_strike(recordings: dict[str, Recording]) -> None:
    """The noise that is left is recovered from the sound, raw, coded and by telephone, and all levels are kept."""
    files = clip.play(STUDY, STUDY.sounds[0], legible(recordings), STUDY.figures[0].seconds)
    assert hearing.guard(files["sound.wav"], json.loads(files["sound.json"]))["faults"] == []


def test_digits_of_the_sheets_are_not_originals(recordings: dict[str, Recording]) -> None:
    """Nothing on either sheet is a training digit to the byte."""
    originals = {image.tobytes() for image in datasets.pack(datasets.digits().train)}
    made = [*recordings["leap"].constants["sheet"], *recordings["steps"].constants["path"][-1]]
    assert not any(image.tobytes() in originals for image in made)
