"""The connection: a few rounds, how nearness is counted, and that film and sound end together."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from pipeline.gan import datasets
from pipeline.recording import Recording
from pipeline.sounding import clip, hearing
from pipeline.sounding.clock import CONTROL
from pipeline.sounding.score import Score
from pipeline.studies import connection
from tests.sounding import runs
from tests.studies.few_steps import drawn, measured, recorded

STUDY = connection.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Three rounds."""
    return recorded(STUDY, steps=3)


def test_sheet_reader_and_neighbours_are_recorded(recordings: dict[str, Recording]) -> None:
    """Fifty squares a frame, a reader's verdict, and three pairs of ten pictures with all distances."""
    duel = recordings["duel"]
    assert duel.frames["sheet"].shape[1:] == (50, 28, 28) and duel.frames["sheet"].dtype == np.uint8
    assert duel.curves["read"][1].min() >= 0 and duel.curves["read"][1].max() < 0.5
    for name in ("forged", "held_out", "closest"):
        assert duel.constants[name].shape == (2, 10, 28, 28)
    assert duel.constants["distance"].shape == duel.constants["held_distance"].shape == (1000,)


def test_the_originals_beside_are_real(recordings: dict[str, Recording]) -> None:
    """Each picture in a lower row is one of the training digits, and no held-out digit is."""
    originals = {image.tobytes() for image in datasets.pack(datasets.digits().train)}
    for name in ("forged", "held_out", "closest"):
        above, below = recordings["duel"].constants[name]
        assert all(image.tobytes() in originals for image in below)
        assert not any(image.tobytes() in originals for image in above)


def test_a_copyist_would_be_found_out() -> None:
    """Training digits handed in as forgeries lie at distance nought, at themselves."""
    train = datasets.digits().train
    index, distance = connection.nearest(train[:50], train)
    assert distance == pytest.approx(np.zeros(50), abs=1e-3)
    assert np.array_equal(train[index], train[:50])


def test_ratios_compare_with_held_out_digits(recordings: dict[str, Recording]) -> None:
    """By hand: medians 3 against 2, closest calls 1 against 2, and one forgery in three among the closest twentieth."""
    constants = {"distance": np.array([1.0, 3.0, 5.0]), "held_distance": np.array([2.0, 2.0, 4.0])}
    counted = {"duel": replace(recordings["duel"], constants=constants)}
    assert connection.distance_ratio(counted) == 1.5
    assert connection.closest_ratio(counted) == 0.5
    assert connection.share_closer(counted) == pytest.approx(1 / 3)


def test_form_is_reading_above_chance(recordings: dict[str, Recording]) -> None:
    """A tenth read by chance is no form, all read is form 1, and less than chance is none either."""
    curves = dict(recordings["duel"].curves) | {"read": (np.arange(3), np.array([[0.05, 0.1, 1.0]]))}
    form = connection.form({"duel": replace(recordings["duel"], curves=curves)})
    assert form.values == pytest.approx([0, 0, 1])


def test_every_value_and_figure_is_made(recordings: dict[str, Recording]) -> None:
    """All values and claims can be measured; the film moves, the still does not."""
    measured(STUDY, recordings)
    moves = [bool((first != last).any()) for first, _, last in drawn(STUDY, recordings)]
    assert moves == [True, True, False, False]


def test_the_chord_stands_under_the_last_form(recordings: dict[str, Recording]) -> None:
    """The run takes all but the last five seconds, of the film as of its sound."""
    figure = STUDY.figures[0]
    assert figure.moment(1 - connection.CLOSE / connection.SECONDS) == pytest.approx(1.0)
    score = connection.play_duel(recordings)
    assert isinstance(score, Score) and score.seconds == figure.seconds
    begins = [np.flatnonzero(voice.gain)[0] / CONTROL for voice in score.held]
    assert len(begins) == 4
    assert begins == pytest.approx([connection.SECONDS - connection.CLOSE] * 4, abs=2 / CONTROL)


def test_both_losses_are_heard_through_the_minute(recordings: dict[str, Recording]) -> None:
    """Each loss is recovered from the sound, raw, coded and by telephone, though bells ring and breath blows."""
    recipe = STUDY.duels["duel"].recipe
    on = runs.clock(recipe.steps, recipe.clock)
    forger, term = runs.losses(on)
    read = runs.rising(on)
    curves = {
        "forger_loss": (forger.steps, 2 * forger.values[None]),
        "detective_loss": (term.steps, 2 * term.values[None]),
        "read": (read.steps, 0.1 + 0.9 * read.values[None]),
    }
    heard = {"duel": replace(recordings["duel"], recipe=recipe, curves=curves)}
    files = clip.play(STUDY, STUDY.sounds[0], heard, connection.SECONDS)
    assert hearing.guard(files["sound.wav"], json.loads(files["sound.json"]))["faults"] == []
