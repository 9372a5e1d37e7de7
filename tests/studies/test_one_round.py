"""One round, for a few steps, and what it counts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipeline import round_at_a_glance as glance
from pipeline.recording import Recording, Series
from pipeline.sounding import hearing
from pipeline.studies import one_round
from tests.studies.few_steps import drawn, measured, recorded

STUDY = one_round.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Four rounds of the duel, of which the last is taken apart."""
    return recorded(STUDY)


def test_the_round_is_that_of_the_training(recordings: dict[str, Recording]) -> None:
    """Losses worked out by hand from the verdicts that were kept are those that the players were corrected by."""
    kept, curves = recordings["round"].constants, recordings["round"].curves
    on_real, on_forged = (glance.probability(kept[f"on_{heap}_before"]) for heap in ("real", "forged"))
    total = -(np.log(on_real).mean(1) + np.log(1 - on_forged).mean(1))
    assert curves["detective_loss"][1][:, 3] == pytest.approx(total, rel=1e-5)
    offered, moved = (glance.probability(kept[name]) for name in ("on_offered", "on_moved"))
    assert curves["forger_loss"][1][:, 3] == pytest.approx(-np.log(offered).mean(1), rel=1e-5)
    assert curves["forger_after"][1][:, 3] == pytest.approx(-np.log(moved).mean(1), rel=1e-5)


def test_it_begins_with_a_draw(recordings: dict[str, Recording]) -> None:
    """Before the first round the detective gives one half to everything, so its loss is ln 4 in each seed."""
    assert recordings["round"].curves["detective_loss"][1][:, 0] == pytest.approx(math.log(4), abs=1e-6)


def test_numbers_change_in_the_phase_of_their_update(recordings: dict[str, Recording]) -> None:
    """The detective's loss changes when it is corrected and the forger's in the last phase; nothing else moves them."""
    found = measured(STUDY, recordings)
    for name, phase in (("detective_loss", glance.CORRECT_D), ("forger_loss", glance.CORRECT_G)):
        series = found[name]
        assert isinstance(series, Series) and len(series.values) == glance.PHASES
        assert np.flatnonzero(np.diff(series.values)).tolist() == [phase - 1]


def test_the_forger_feels_the_corrected_detective(recordings: dict[str, Recording]) -> None:
    """Blame is taken with new noise: no forged point of the forger's turn is one that taught the detective."""
    kept = recordings["round"].constants
    assert not np.isin(kept["offered"], kept["forged"]).any()


def test_the_field_is_as_wide_to_high_as_its_pane() -> None:
    """A unit across is as long as a unit up, to a pixel, and the points of the field lie as far apart both ways."""
    width, height = (high - low for low, high in (glance.ACROSS, glance.UP))
    assert width / height == pytest.approx(1280 * (1 - glance.SIDE) / 720, abs=1 / 720)
    assert width / (glance.COLUMNS - 1) == pytest.approx(height / (glance.ROWS - 1), rel=0.01)


def test_every_phase_can_be_drawn(recordings: dict[str, Recording]) -> None:
    """The film moves between its first and last moment, in both themes."""
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()


def test_the_pairs_are_heard_at_the_pitch_of_their_losses(recordings: dict[str, Recording]) -> None:
    """Every note of either player is within 15 cents of its loss, and the score is as long as its film."""
    score = one_round.play_round(recordings)
    assert score.seconds == glance.SECONDS
    mono = score.render().mean(axis=1)
    assert len(score.meanings) == 2
    for meaning in score.meanings:
        assert np.abs(hearing.pitch_errors(mono, meaning)).max() < 15
