"""The bending sheet: both duels for a few steps; what the net, the heard thread and the page are made of."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.gan import sheet
from pipeline.recording import Recording, Series
from pipeline.studies import bending_sheet
from tests.studies.few_steps import drawn, measured, recorded

STUDY = bending_sheet.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Four steps of each duel."""
    return recorded(STUDY)


def test_sheet_begins_flat(recordings: dict[str, Recording]) -> None:
    """The first net is the square [-1, 1]^2 but for a few hundredths, stretched alike over water and on land."""
    first = sheet.unpack(recordings["sheet"].frames["net"][0])
    square = 2 * bending_sheet.NET - 1
    shifted = first - (first - square).mean((0, 1))
    assert np.abs(shifted - square).max() < 0.25
    assert recordings["sheet"].curves["ratio"][1][:, 0] == pytest.approx(np.ones(5), abs=0.2)


def test_every_value_and_claim_is_measured(recordings: dict[str, Recording]) -> None:
    """Water is a share in every seed, the page is 144 cells, and the pictures move as training goes."""
    found = measured(STUDY, recordings)
    water = found["water"]
    assert isinstance(water, Series) and water.runs is not None and water.runs.shape[0] == found["seeds"] == 5
    assert (water.runs >= 0).all() and (water.runs <= 1).all()
    assert found["cells"] == 144 and found["pixels"] == 784
    assert recordings["digits"].constants["shares"].shape == (10,)
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()


def test_every_cell_of_the_page_is_read(recordings: dict[str, Recording]) -> None:
    """Each cell has a picture of 28 by 28 and the reader's probability of its first choice, never under a tenth."""
    frames = recordings["digits"].frames
    assert frames["page"].shape[1:] == (144, 28, 28) and frames["first"].shape[1:] == (144,)
    assert frames["first"].min() >= 0.0999 and frames["first"].max() <= 1


def test_heard_thread_of_a_flat_sheet_is_one_note(recordings: dict[str, Recording]) -> None:
    """Laid flat on [-1, 1]^2, all eight parts are twice their length; with one part pulled out only that one rises."""
    flat = sheet.pack(2 * bending_sheet.NET - 1)
    pulled = 2 * bending_sheet.NET - 1
    every = (pulled.shape[1] - 1) // bending_sheet.PLACES
    pulled[bending_sheet.HEARD, every + 1 :, 0] += 1.0
    nets = np.stack([flat, sheet.pack(pulled)])
    parts = bending_sheet.heard({"sheet": with_nets(recordings["sheet"], nets)})
    assert parts[0] == pytest.approx(np.full(8, 2.0), abs=0.01)
    assert parts[1, 1] > 5 and np.delete(parts[1], 1) == pytest.approx(np.full(7, 2.0), abs=0.01)


def with_nets(recording: Recording, nets: np.ndarray) -> Recording:
    """The recording with other nets in its first looks."""
    frames = {**recording.frames, "net": nets}
    return Recording(
        recording.study, recording.duel, recording.recipe, recording.frame_steps[: len(nets)], frames, recording.curves
    )
