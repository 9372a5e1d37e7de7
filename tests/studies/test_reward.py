"""The critic as reward, for a few steps, and what it counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from pipeline.recording import Recording, Series
from pipeline.studies import reward
from tests.studies.few_steps import drawn, measured, recorded

STUDY = reward.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Four steps of each duel."""
    return recorded(STUDY)


def test_twins_begin_alike(recordings: dict[str, Recording]) -> None:
    """In each task both ways start from the same gap and the same chances, and both have moved after four rounds."""
    for task in reward.TASKS:
        slope, score = (recordings[f"{task}_{way}"] for way in ("slope", "score"))
        assert np.array_equal(slope.curves["gap"][1][:, 0], score.curves["gap"][1][:, 0])
        assert np.array_equal(slope.frames["chances"][0], score.frames["chances"][0])
        for twin in (slope, score):
            assert np.ptp(twin.frames["chances"][0].astype(float)) < 1e-6
            assert np.ptp(twin.frames["chances"][-1].astype(float)) > 1e-4


def test_twins_meet_the_same_critic_in_the_first_round(recordings: dict[str, Recording]) -> None:
    """The first round costs both critics the same, and the first forgeries earn one half, or nearly."""
    for task in reward.TASKS:
        slope, score = (recordings[f"{task}_{way}"].curves for way in ("slope", "score"))
        assert slope["detective_loss"][1][:, 0] == pytest.approx(score["detective_loss"][1][:, 0])
        assert slope["forger_loss"][1][:, 0] == pytest.approx(score["forger_loss"][1][:, 0])
        assert slope["forger_loss"][1][:, 0] == pytest.approx(-0.5, abs=0.01)


def test_gap_of_a_coin_by_hand(recordings: dict[str, Recording]) -> None:
    """The first gap of the prints is that between a coin and the chance of ink, averaged over the cells."""
    p = reward.prints.Prints(4).chances.double()
    middle = (p + 0.5) / 2

    def entropy(q: torch.Tensor) -> torch.Tensor:
        return -(q * q.log2() + (1 - q) * (1 - q).log2())

    expected = float((entropy(middle) - entropy(p) / 2 - 0.5).mean())
    assert recordings["small_score"].curves["gap"][1][:, 0] == pytest.approx(expected, rel=1e-5)


def test_every_name_can_be_measured(recordings: dict[str, Recording]) -> None:
    """After four rounds nothing has arrived, and no claim that needs an arrival holds."""
    found = measured(STUDY, recordings)
    assert found["claim all_arrive"] == 0
    assert np.isnan(found["claim slope_is_worth"])  # type: ignore[arg-type]
    series = found["verdicts"]
    assert isinstance(series, Series) and series.last == 4 * reward.PRINTS.batch_size
    assert found["dot_choices"] == 2 and found["sheet_choices"] == 256


def test_verdicts_are_counted_seed_by_seed() -> None:
    """A gap of 1, 0.4, 0.1 has half closed at the second look and nine tenths at the third; one that stays, never."""
    slope = invented([[1.0, 0.4, 0.1], [1.0, 0.1, 0.05]])
    score = invented([[1.0, 0.9, 0.1], [1.0, 0.9, 0.8]])
    assert reward.needed(slope, 0.5).tolist() == [160.0, 160.0]
    assert reward.needed(slope, 0.9).tolist() == [320.0, 160.0]
    assert np.isnan(reward.needed(score, 0.9)).tolist() == [False, True]
    both = {"sheet_slope": slope, "sheet_score": score}
    assert reward.ratios(both, "sheet")[0] == 1.0
    assert reward.ends(both, "sheet") == pytest.approx([1.0, 16.0])


def test_worth_grows_by_the_least_quotient() -> None:
    """Ratios of 1, 2 and 2 over three prints grow by 1 at least."""
    made = {}
    for task, steps in (("small", 10), ("middle", 20), ("sheet", 20)):
        for way, arrives in (("slope", 10), ("score", steps)):
            gaps = [[1.0, 0.05 if arrives == 10 else 0.5, 0.05]] * 2
            made[f"{task}_{way}"] = invented(gaps)
    assert reward.least_growth(made) == 1.0


def test_every_moment_can_be_drawn(recordings: dict[str, Recording]) -> None:
    """The film moves between its first and last moment, in both themes."""
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()
    assert reward.slope_is_there(recordings) == 1.0


def test_a_rung_sounds_when_it_is_drawn() -> None:
    """Each note follows the moment at which its mark is set, by less than two slots and a role's turn."""
    falling = np.maximum(1 - 0.95 * np.linspace(0, 1.5, 201), 0.05)
    gaps = np.stack([falling, falling])
    made = {f"sheet_{way}": invented(gaps, np.arange(201) * 2) for way in reward.WAYS}
    recipe = made["sheet_score"].recipe
    score = reward.play_ladders(made)
    for way, role in reward.VOICES.items():
        marks = [reward.SECONDS * recipe.moment_at(step) for step in reward.climbed(made, way)]
        onsets = [note.onset for note in score.notes if note.role == role]
        assert len(onsets) == 9
        assert all(0 <= onset - mark <= 0.36 for onset, mark in zip(onsets, marks, strict=True))


def invented(gaps: object, steps: np.ndarray | None = None) -> Recording:
    """Two seeds of the largest print, looked at before the run and at steps 10 and 20, or at others."""
    recipe = replace(reward.PRINTS, seeds=(0, 1), shown=0)
    at = np.array([0, 10, 20]) if steps is None else steps
    return Recording("reward", "sheet_slope", recipe, at, {}, {"gap": (at, np.array(gaps))})
