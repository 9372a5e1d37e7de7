"""Sounds that follow no run's clock."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.sounding import gestures, hearing, master, tones
from pipeline.sounding.score import Score


def heard(score: Score) -> list[hearing.Heard]:
    """Every meaning of a score, heard back from its mastered clip in mono."""
    mono = master.mastered(score.render()).mean(axis=1)
    return [hearing.hear(mono, meaning) for meaning in score.meanings]


def test_right_goes_up_on_the_fork_and_wrong_down_on_the_reed() -> None:
    """440 to 660 in one voice, 440 to 330 in the other, 0.15 s apart, 0.9 s in all."""
    right, wrong = gestures.answer(True), gestures.answer(False)
    assert [(note.onset, note.hz, note.role) for note in right.notes] == [(0.0, 440.0, "real"), (0.15, 660.0, "real")]
    assert [(note.onset, note.hz, note.role) for note in wrong.notes] == [
        (0.0, 440.0, "forger"),
        (0.15, 330.0, "forger"),
    ]
    assert len(right.render()) == len(wrong.render()) == round(0.9 * tones.RATE)


def test_walk_is_heard_across() -> None:
    """Pitch follows the way across an octave to each side of 550 Hz, whatever the brightness does."""
    angle = np.linspace(0, 2 * np.pi, 81)
    found = heard(gestures.walk(np.sin(angle), np.cos(angle), 8.0))[0]
    assert found.pearson > 0.99


def test_walk_is_brighter_further_up() -> None:
    """The centre of gravity of the spectrum rises from bottom to top."""
    score = gestures.walk(np.zeros(81), np.linspace(-1, 1, 81), 6.0)
    mono = score.render().mean(axis=1)
    centres = []
    for piece in np.array_split(mono, 6):
        spectrum = np.abs(np.fft.rfft(piece)) ** 2
        centres.append(float(np.sum(spectrum * np.arange(len(spectrum))) / np.sum(spectrum)))
    assert np.all(np.diff(centres) > 0)


def test_noise_clears_into_the_chord() -> None:
    """Breath follows what noise is left, and at the end the struck chord stands."""
    left = np.linspace(1, 0, 20)
    score = gestures.cleared(left, np.repeat(1 - left[:, None], 4, axis=1), every=0.16)
    assert heard(score)[0].pearson > 0.95
    assert [float(voice.hz[0]) for voice in score.held] == list(gestures.CHORD)
    assert score.held[0].gain[0] == pytest.approx(0.0, abs=0.05)
    assert {note.hz for note in gestures.struck((1, 1, 0, 1), 2.0).notes} == {440.0, 550.0, 880.0}


def test_one_is_struck_where_many_take_their_first_step() -> None:
    """Breath stands full through the lead; half a slot after it the chord is struck and the first step is heard."""
    left = np.linspace(1, 0, 11)
    score = gestures.one_or_many(left, np.zeros((11, 4)), np.array([1, 1, 0, 0.25]), every=0.2, lead=0.5, seconds=4.0)
    assert score.seconds == pytest.approx(4.0)
    assert [note.hz for note in score.notes] == [440.0, 550.0, 880.0]
    assert [note.onset for note in score.notes] == pytest.approx([0.6, 0.6, 0.6])
    assert score.notes[2].gain / score.notes[0].gain == pytest.approx(0.5)
    means = score.meanings[0].means
    assert means.values.tolist() == pytest.approx([1, 1, 1, *left[1:]])
    assert means.starts[:4].tolist() == pytest.approx([0, 0.2, 0.4, 0.6])


def test_loss_that_fell_is_a_falling_pair() -> None:
    """One round: the detective's pair falls with its loss, then the forger's with its own."""
    notes = gestures.one_round((0.9, 0.8), (0.7, 0.6)).notes
    pairs = [(notes[3], notes[4]), (notes[5], notes[6])]
    assert [(first.role, first.hz > second.hz) for first, second in pairs] == [("detective", True), ("forger", True)]


def test_gradient_is_the_loudness_of_its_voice() -> None:
    """Three voices of fixed pitch, each as loud as its gradient: one fades, one grows, one stays."""
    x = np.linspace(0, 1, 12)
    shares = {"saturating": np.exp(-5 * x), "other": 0.3 + 0.7 * x, "wasserstein": 1 - 0.5 * x}
    voices = (("forger", 440.0, -0.55), ("forger", 550.0, 0.0), ("wasserstein", 660.0, 0.55))
    score = gestures.arpeggio(shares, voices)
    assert all(found.pearson > 0.95 and found.order > 0.9 for found in heard(score))


def test_failed_remedies_are_silent() -> None:
    """A gap of 1 has no note in any bar and none in the closing chord; half closed is the least that stays."""
    gaps = np.array([[1.0, 0.9, 0.5], [1.0, 0.6, 0.1]])
    notes = gestures.ensemble(gaps).notes
    assert tones.EIGHT[0] not in {note.hz for note in notes}
    assert [note.hz for note in notes if note.onset >= 2.0] == [tones.EIGHT[2]]


def test_ladders_climb_in_slots_of_their_own() -> None:
    """Each rung is the next note from 330 Hz, in the next slot of its climber; a rung never reached is not heard."""
    reached = {"forger": np.array([0.0, 0.5, np.nan]), "detective": np.array([0.0, 3.0, 5.0])}
    notes = gestures.ladders(reached, 8.0).notes
    forger = [note for note in notes if note.role == "forger"]
    detective = [note for note in notes if note.role == "detective"]
    assert [note.hz for note in forger] == pytest.approx([330.0, 220 * 5 / 3])
    assert len(detective) == 3
    assert all(round(note.onset / 0.12) % 2 == 0 for note in forger)
    assert all(round(note.onset / 0.12) % 2 == 1 for note in detective)


def test_flat_sheet_is_one_note() -> None:
    """An evenly stretched sheet repeats home; an uneven one leaps, and the leaps are heard."""
    assert {note.hz for note in gestures.across_sheet(np.full((2, 8), 3.0), np.linspace(-1, 1, 8)).notes} == {440.0}
    uneven = np.exp(np.random.default_rng(3).normal(0, 0.6, (4, 8)))
    found = heard(gestures.across_sheet(uneven, np.linspace(-1, 1, 8)))[0]
    assert found.pearson > 0.95
