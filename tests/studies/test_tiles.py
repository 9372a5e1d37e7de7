"""The tiles, for a few steps: what is recorded, what the quiz is dealt from, what is counted."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
import torch
from PIL import Image

from pipeline.drawing.canvas import Canvas
from pipeline.drawing.style import palette
from pipeline.recording import Recording
from pipeline.studies import tiles
from tests.studies.few_steps import measured, recorded


@pytest.fixture(scope="module")
def run() -> dict[str, Recording]:
    """Four steps."""
    return recorded(tiles.STUDY)


def test_everything_is_measured(run: dict[str, Recording]) -> None:
    """Every value is of its kind; four steps leave nothing symmetric, and everyone sees it."""
    found = measured(tiles.STUDY, run)
    assert found["symmetry_real"] == 0
    assert found["told_apart_early"] == found["claim told_apart_early"] > 0.95
    assert found["detective_picks"] > 0.95
    assert found["tiles_judged"] == 4 * 2 * 32
    assert found["album_error"].last == pytest.approx(1, abs=0.1)  # type: ignore[union-attr]
    assert found["regular_error"] < found["album_error"].last  # type: ignore[union-attr,operator]


def test_wall_is_drawn(run: dict[str, Recording]) -> None:
    """The wall is full of tiles from its first frame to its last."""
    figure = tiles.STUDY.figures[0]
    canvas = Canvas(palette("light"), *figure.size)
    update = figure.draw(run, canvas)
    for moment in (0.0, 0.5, 1.0):
        update(moment)
        assert canvas.frame()[..., :3].std() > 10


def test_quiz_has_sixty_pairs_in_six_rounds(run: dict[str, Recording]) -> None:
    """Six rounds of at least ten pairs, and a sheet that has room for all of them; within 120 kB."""
    files = tiles.print_quiz(run)
    facts = json.loads(files["quiz.json"])
    assert len(facts["rounds"]) == 6
    assert sum(len(played["pairs"]) for played in facts["rounds"]) >= 60
    assert Image.open(io.BytesIO(files["sheet.png"])).size == (12 * 32, 6 * 3 * 32)
    assert sum(map(len, files.values())) <= 120_000
    for played in facts["rounds"]:
        assert np.array(played["pairs"])[:, :2].min() >= 0
        assert np.array(played["pairs"])[:, :2].max() <= 1


def test_quiz_shows_the_same_detective_as_the_run(run: dict[str, Recording]) -> None:
    """The detective brought back from the recording believes of an album what it believed at the end of the run."""
    recording, last = run["tiles"], max(tiles.album_steps(run["tiles"].recipe))
    detective = tiles.detective_of(recording)
    album = tiles.albums(recording)[last]
    again = tiles.datasets.pack(album)  # kept as bytes: beliefs differ by what that loses
    with torch.no_grad():
        beliefs = torch.sigmoid(detective(torch.from_numpy(tiles.datasets.unpack(again)).unsqueeze(1))).numpy()
    assert beliefs == pytest.approx(recording.constants[f"album_belief/{last}"], abs=0.02)
