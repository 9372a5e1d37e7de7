"""A quiz on a page: its sheet, its data script, its answers; and an export that is none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import SiteBroken
from pipeline.essay.model import Placement
from pipeline.results import Results
from pipeline.site.places import Spot, place
from pipeline.site.quiz import quiz_of
from tests.site import folio

PLACEMENT = Placement("quiz", "tiles/quiz", "Six pairs.", "A game.", 7)
FACTS = {
    "size": 32,
    "columns": 2,
    "rounds": [{"step": 1100 * (k + 1), "pairs": [[0.7, 0.3, 0.15], [0.9999, 0.001, 0.2]]} for k in range(6)],
}


def results(folder: Path, **files: bytes) -> Results:
    """The folio's, with an export "tiles/quiz" of these files."""
    made = folio.results(folder / "store")
    paths = {name.replace("_", "."): folder / name for name in files}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return replace(made, exports={**made.exports, "tiles/quiz": paths})


def test_quiz_brings_sheet_and_data(tmp_path: Path) -> None:
    """The page gets the sheet as a picture and the facts as one call in a script of their own."""
    made = results(tmp_path, quiz_json=json.dumps(FACTS).encode(), sheet_png=b"png")
    placed = place(Spot(PLACEMENT, "0.1", folio.essay(tmp_path / "content"), made), "00.md")
    assert placed.scripts == ("data/tiles-quiz.js",)
    script = placed.files["data/tiles-quiz.js"]
    assert isinstance(script, bytes)
    assert script.startswith(b'QuizGame.deal("tiles/quiz", {"size":32,')
    assert placed.files["images/tiles-quiz.png"] == tmp_path / "sheet_png"
    assert placed.html.count('href="images/tiles-quiz.png" width="2" height="18"') == 4  # in tiles
    assert placed.html.count('href="images/tiles-quiz.png" width="64" height="576"') == 12  # in points


def test_answers_name_the_original_and_the_beliefs_beside_it(tmp_path: Path) -> None:
    """Each answer is the first pair of its round; letters and beliefs go with the tile, wherever it stands."""
    made = results(tmp_path, quiz_json=json.dumps(FACTS).encode(), sheet_png=b"png")
    quiz = quiz_of(PLACEMENT, "0.1", folio.essay(tmp_path / "content"), made)
    assert [answer.step for answer in quiz.answers[:2]] == ["1,100", "2,200"]
    assert {answer.original for answer in quiz.answers} == {"A", "B"}
    for k, answer in enumerate(quiz.answers):
        for tile in answer.tiles:
            assert tile.belief == ("70\u00a0%" if tile.original else "30\u00a0%")
            assert tile.y == (3 * k + (0 if tile.original else 1)) * 32
        assert answer.error == "15"


def test_export_that_is_no_quiz_is_named_with_its_line(tmp_path: Path) -> None:
    """An export without facts cannot be played, and the fault says where it was asked for."""
    spot = Spot(PLACEMENT, "0.1", folio.essay(tmp_path / "content"), results(tmp_path, sheet_png=b"png"))
    with pytest.raises(
        SiteBroken, match=r'^00\.md:7: the export "tiles/quiz" holds no quiz \(quiz\.json, sheet\.png\)'
    ):
        place(spot, "00.md")
