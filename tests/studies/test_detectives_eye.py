"""The detective's eye, for a few steps, and what it counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.recording import Recording, Series
from pipeline.studies import detectives_eye as eye
from tests.studies.few_steps import drawn, measured, recorded

STUDY = eye.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Four steps of the duel."""
    return recorded(STUDY)


def test_it_begins_with_a_blank_plane(recordings: dict[str, Recording]) -> None:
    """At step 0 D is one half everywhere: half of the verdicts are right, and each costs ln 2."""
    found = measured(STUDY, recordings)
    assert (recordings["eye"].frames["field"][0] == 0.5).all()
    for name in ("real_detected", "fake_detected", "accuracy"):
        series = found[name]
        assert isinstance(series, Series) and series.first == 0.5
        assert series.runs is not None and len(series.runs) == len(eye.RECIPE.seeds)
    detective = found["detective_loss"]
    assert isinstance(detective, Series)
    assert detective.steps.tolist() == [0, 1, 2, 3]


def test_the_field_covers_what_the_film_shows() -> None:
    """The plane asked of D is as wide to high as the film, to within a pixel, and its points lie as far apart."""
    width, height = np.ptp(eye.ACROSS), np.ptp(eye.UP)
    assert width / height == pytest.approx(1280 / 720, abs=1 / 720)
    assert width / (eye.COLUMNS - 1) == pytest.approx(height / (eye.ROWS - 1), rel=0.01)


def test_the_forger_starts_beside_the_heart(recordings: dict[str, Recording]) -> None:
    """No forged point lies among the originals at first, so that telling them apart is easy."""
    forged, originals = recordings["eye"].frames["forged"][0].astype(float), recordings["eye"].constants["real"]
    assert np.linalg.norm(forged[:, None] - originals[None], axis=2).min() > 0.3


def test_the_first_clump_is_looked_up_where_it_lay() -> None:
    """On a field of 0 on the left and 1 on the right, a clump with one of its four points on the right scores 1/4."""
    field = np.zeros((1, eye.ROWS, eye.COLUMNS))
    field[:, :, eye.COLUMNS // 2 :] = 1
    clump = np.array([[[-1.0, -1.0], [-0.9, 0.5], [-2.5, 9.0], [1.0, -1.0]]])  # the third lies outside the film
    recording = replace(invented({}), frames={"field": field, "forged": clump}, frame_steps=np.array([0]))
    assert eye.first_clump({"eye": recording}).values.tolist() == [0.25]


def test_accuracy_is_the_mean_of_both_shares() -> None:
    """Nine of ten originals and seven of ten forgeries: eight of ten verdicts."""
    given = {"real_detected": np.array([[0.5, 0.9]]), "fake_detected": np.array([[0.5, 0.7]])}
    recordings = {"eye": invented({name: (np.array([0, 100]), runs) for name, runs in given.items()})}
    assert eye.accuracy(recordings).values.tolist() == pytest.approx([0.5, 0.8])
    assert eye.sharpest(recordings) == pytest.approx(0.8)
    assert eye.off_balance(recordings) == pytest.approx(0.3)


def test_every_moment_can_be_drawn(recordings: dict[str, Recording]) -> None:
    """Both films move between their first and last moment, in both themes; the poster is a moment of the film."""
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()
    assert 0 <= eye.on_the_way(recordings) <= 1


def invented(curves: dict[str, tuple[np.ndarray, np.ndarray]]) -> Recording:
    """A recording of one seed with these curves and no frames."""
    recipe = replace(eye.RECIPE, seeds=(0,), shown=0)
    return Recording("detectives_eye", "eye", recipe, np.array(recipe.frame_steps()), {}, curves)
