"""Values, series and claims as files, and back as results."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from pipeline.errors import EssayError
from pipeline.measuring import WAY, curves_csv, measure, series_facts
from pipeline.recording import Recording, Series
from pipeline.study import Claim, Recipe, Study, Value

RECIPE = Recipe(steps=4, batch_size=1, latent_size=1, learning_rates=(0.1, 0.1), seeds=(5, 6), shown=6)
STEPS = np.array([0, 2, 4])
RUNS = np.array([[1.0, 2.0, 3.0], [0.5, 0.25, 1 / 3]])
CURVES = {"gap": (STEPS, RUNS), "loss": (np.array([1]), np.array([[7.0], [8.0]]))}
RECORDING = Recording("s", "d", RECIPE, STEPS, {}, CURVES)


def facts(study: Study) -> dict[str, object]:
    """facts.json of a study."""
    made: dict[str, object] = json.loads(measure(study, {"d": RECORDING})["facts.json"])
    return made


def test_measuring_series_tells_the_shown_run_and_the_span_of_all() -> None:
    """Values are of the shown seed, low and high over all, ends one for each."""
    assert series_facts(RECORDING.series("gap")) == {
        "steps": [0, 2, 4],
        "values": [0.5, 0.25, 0.3333333],
        "low": [0.5, 0.25, 0.3333333],
        "high": [1.0, 2.0, 3.0],
        "ends": [3.0, 0.3333333],
        "way_steps": [0, 2, 4],
        "ways": [[1.0, 2.0, 3.0], [0.5, 0.25, 0.3333333]],
    }


def test_measuring_ways_are_a_few_points_from_first_to_last() -> None:
    """Of a long series each seed keeps WAY points, the first and the last among them, in order."""
    steps = np.arange(1000)
    ways = series_facts(Series(steps, steps / 1.0, np.stack([steps, -steps]) / 1.0))
    assert len(ways["way_steps"]) == WAY
    assert (ways["way_steps"][0], ways["way_steps"][-1]) == (0, 999)
    assert ways["ways"][1] == [-float(step) for step in ways["way_steps"]]


def test_measuring_series_of_one_run_has_no_span() -> None:
    """Where one seed was trained there is nothing to compare."""
    assert set(series_facts(Series(STEPS, RUNS[0]))) == {"steps", "values"}


def test_measuring_claims_hold_or_not() -> None:
    """A claim is met on the right side of its bound, the bound itself included; not a number never is."""
    claims = (
        Claim("met", lambda r: 0.5, "<=", 0.5),
        Claim("unmet", lambda r: 0.6, "<=", 0.5),
        Claim("never", lambda r: math.nan, ">=", 0.5),
    )
    made = facts(Study("s", {}, claims=claims))["claims"]
    assert [(c["name"], c["measured"], c["met"]) for c in made] == [  # type: ignore[index, attr-defined]
        ("met", 0.5, True), ("unmet", 0.6, False), ("never", None, False),
    ]  # fmt: skip


def test_measuring_value_must_be_what_the_study_says() -> None:
    """A number declared as a series was checked as one in the chapters: an error that says so."""
    with pytest.raises(EssayError, match=r"s\.gap is declared as a Series, but measures a number"):
        facts(Study("s", {}, values=(Value("gap", lambda r: 1.0, series=True),)))


def test_measuring_csv_has_a_row_a_step_and_a_column_a_seed() -> None:
    """Curves measured at other steps leave cells empty."""
    assert curves_csv(RECORDING).decode().splitlines() == [
        "step,gap seed 5,gap seed 6,loss seed 5,loss seed 6",
        "0,1,0.5,,",
        "1,,,7,8",
        "2,2,0.25,,",
        "4,3,0.3333333,,",
    ]


def test_measuring_same_recording_gives_same_bytes() -> None:
    """Two measurements are equal bit for bit."""
    study = Study("s", {}, values=(Value("gap", lambda r: r["d"].series("gap"), series=True),))
    assert measure(study, {"d": RECORDING}) == measure(study, {"d": RECORDING})
