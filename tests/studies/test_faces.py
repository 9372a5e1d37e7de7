"""The faces: a few steps of the duel, and all that is made of the forger at the end."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from pipeline import noise_map
from pipeline.gan import datasets, dialreader, latent
from pipeline.gan.faces import portray
from pipeline.recording import Recording, Series
from pipeline.studies import faces
from pipeline.study import Study
from tests.studies.few_steps import drawn, measured, recorded

STUDY = faces.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Three steps of the duel; a small search, a short lesson for the reader and few portraits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dialreader, "STEPS", 10)
        patch.setattr(noise_map, "SEARCHED", 60)
        known = datasets.face_dials()[0].part(0, 100), datasets.face_dials()[1].part(0, 40)
        split = datasets.Split(*(portray(dials) for dials in known))
        few = noise_map.Originals(lambda: split, lambda: (known[0].table(), known[1].table()))
        patch.setattr(datasets, "faces", lambda: split)
        return recorded(of(few), steps=3, frames=2)


def of(originals: noise_map.Originals) -> Study:
    """The study, its map found with fewer originals."""
    duel = replace(STUDY.duels["faces"], observe=partial(noise_map.observe, originals, latent.find_directions))
    return replace(STUDY, duels={"faces": duel})


def test_everything_is_measured_and_drawn(recordings: dict[str, Recording]) -> None:
    """Correlations and ratio are shares, the walk a series of every stride, and the film moves in both themes."""
    found = measured(STUDY, recordings)
    for name in ("age_correlation", "smile_correlation", "crosstalk", "reader_right"):
        assert 0 <= float(found[name]) <= 1  # type: ignore[arg-type]
    assert float(found["neighbour_ratio"]) > 0  # type: ignore[arg-type]
    across = found["across"]
    assert (
        isinstance(across, Series)
        and across.steps[-1] == noise_map.STRIDES
        and across.highest == pytest.approx(2, abs=0.01)
    )
    for first, middle, _ in drawn(STUDY, recordings):
        assert (first != middle).any()


def test_middle_of_the_map_is_a_picture(recordings: dict[str, Recording]) -> None:
    """The stem has a bias for each point: at the address of noughts an untrained forger is not one flat grey."""
    forger, _ = faces.players(faces.RECIPE)
    assert forger.stem.bias is not None and forger.stem.bias.shape == (64 * 6 * 6,)
    assert recordings["faces"].weights["forger.stem.bias"].any()


def test_map_ships_the_forger_that_was_recorded(recordings: dict[str, Recording]) -> None:
    """The export holds sheet, facts and weights; folded, the forger has as many numbers as the value says."""
    export = STUDY.exports[0].make(recordings)
    facts = json.loads(export["map.json"])
    assert set(export) == {"map.json", "sheet.webp", "weights.txt"}
    assert facts["weights"] == measured(STUDY, recordings)["weights"] == 62_001
    assert len(export["weights.txt"]) < 250_000
    assert facts["said"]["age"][0] in range(3) and len(facts["plane"][0]) == 8
    assert export == STUDY.exports[0].make(recordings)


def test_walk_is_heard_where_it_is(recordings: dict[str, Recording]) -> None:
    """The score's pitch is an octave up at the right edge and an octave down at the left."""
    pitch = noise_map.play_walk("faces", recordings).meanings[0].asked
    assert pitch.max() == pytest.approx(1100, rel=0.01) and pitch.min() == pytest.approx(275, rel=0.01)


def test_axes_are_the_directions_found(recordings: dict[str, Recording]) -> None:
    """Across and up have length 1, and the sheet's places are theirs."""
    plane = recordings["faces"].constants["plane"]
    assert np.linalg.norm(plane, axis=1) == pytest.approx(1, rel=1e-5)
    assert latent.addresses(plane, np.array([[0.0, 0.0]])) == pytest.approx(0)
