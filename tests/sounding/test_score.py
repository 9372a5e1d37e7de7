"""From notes to samples."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pipeline.sounding import listening, tones
from pipeline.sounding.clock import CONTROL, Means
from pipeline.sounding.score import Air, Held, Meaning, Note, Score
from pipeline.sounding.tones import RATE


def test_render_has_the_length_asked_for_and_silence_before_the_first_note() -> None:
    """A score of 2 s is 96,000 stereo samples, silent until its note at 1 s."""
    sound = Score(2.0, (Note(1.0, 0.5, 440.0, "real"),)).render()
    assert sound.shape == (2 * RATE, 2)
    assert sound.dtype == np.float32
    assert not np.abs(sound[: RATE - 1]).max() > 1e-6
    assert np.abs(sound[RATE:]).max() > 0.1


def test_same_score_gives_the_same_samples() -> None:
    """Nothing is left to chance, neither room nor breath."""
    points = np.full(CONTROL + 1, 0.5)
    score = Score(1.0, (Note(0.0, 0.5, 440.0, "forger"),), (Held("real", 440 * points, points),), (Air(points),))
    assert np.array_equal(score.render(), score.render())


def test_note_that_runs_over_the_end_is_cut_there() -> None:
    """The end of the film is the end of the sound."""
    assert len(Score(0.5, (Note(0.4, 1.0, 440.0, "real"),)).render()) == RATE // 2


def test_held_voice_follows_its_curve() -> None:
    """A glide from 330 to 660 Hz is heard where the curve is."""
    curve = np.linspace(330, 660, 2 * CONTROL + 1)
    sound = Score(2.0, held=(Held("forger", curve, np.full(len(curve), 0.5)),)).render()
    heard = listening.blind_pitches(sound.mean(axis=1), np.array([0.45, 0.95, 1.45]), np.array([0.55, 1.05, 1.55]))
    assert heard == pytest.approx(330 + 330 * np.array([0.25, 0.5, 0.75]), rel=0.006)


def test_voices_stand_at_their_sides() -> None:
    """The forger is louder on the left, the detective on the right."""
    for role, side in (("forger", 0), ("detective", 1)):
        power = np.sum(Score(0.5, (Note(0.0, 0.4, 440.0, role),)).render() ** 2, axis=0)
        assert power[side] > 4 * power[1 - side]


def test_breath_differs_between_the_ears() -> None:
    """Breath is wide: its two channels are not the same noise."""
    sound = Score(1.0, airs=(Air(np.ones(CONTROL + 1)),)).render()
    assert abs(np.corrcoef(sound.T)[0, 1]) < 0.05


def test_impossible_note_is_refused() -> None:
    """A pitch that is no number is named where the note is written, not heard as silence."""
    with pytest.raises(ValueError, match="no such note"):
        Note(0.0, 1.0, float("nan"), "real")


def test_sum_of_scores_sounds_both() -> None:
    """a + b lasts as long as the longer and holds all notes."""
    both = Score(1.0, (Note(0.0, 0.5, 440.0, "real"),)) + Score(2.0, (Note(1.0, 0.5, 550.0, "forger"),))
    assert both.seconds == 2.0
    assert [note.hz for note in both.notes] == [440.0, 550.0]


def test_meaning_survives_json() -> None:
    """A meaning written as facts and read back is the same."""
    means = Means(np.array([0.0, 0.5]), np.array([0.5, 1.0]), np.array([0.25, 1.0]), np.array([3, 0]))
    meaning = Meaning("gap", "forger", "loudness", means, np.array([0.25, 1.0]), 440.0)
    again = Meaning.from_facts(json.loads(json.dumps(meaning.facts())))
    assert again.facts() == meaning.facts()


def test_held_voice_that_glides_keeps_its_level_and_its_side() -> None:
    """Of constant gain over two and a half octaves, it stays within 1 dB on both sides, once its pitch's own level is
    taken off: no room gives it a loudness of its own."""
    points = 10 * CONTROL + 1
    hz = 275.0 * 2 ** np.linspace(0, 2.5, points)
    sound = Score(10.0, held=(Held("real", hz, np.full(points, 0.3), 0.0),)).render()
    slots = sound[RATE // 2 : -RATE // 2].reshape(-1, RATE // 4, 2)
    middle = hz[CONTROL // 2 : -CONTROL // 2][: len(slots) * CONTROL // 4].reshape(-1, CONTROL // 4).mean(1)
    decibels = 20 * np.log10(np.sqrt((slots**2).mean(1)) / tones.level(middle)[:, None])
    assert np.ptp(decibels) < 1.0
