"""Small posters of a part's plates."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

from pipeline.site.thumbnails import HEIGHT, WIDTH, pair

INK, PLATE = {"light": "#102030", "dark": "#f0e0d0"}, {"light": "#ffffff", "dark": "#000000"}


def test_quiz_shows_a_pair_of_its_last_round_in_one_ink(tmp_path: Path) -> None:
    """Two rounds of 4-point tiles: the plate has the second round's original left and its forgery right, alike in
    colour, and each theme its own."""
    sheet = np.zeros((2 * 3 * 4, 8), np.uint8)
    sheet[12:16, :4] = 255  # the last round's original, all ink; its forgery stays bare
    (tmp_path / "sheet.png").write_bytes(_png(sheet))
    (tmp_path / "quiz.json").write_text(json.dumps({"size": 4, "columns": 2, "rounds": [{}, {}]}))
    export = {name: tmp_path / name for name in ("sheet.png", "quiz.json")}
    paths, files = pair("tiles/quiz", export, INK, PLATE)
    assert paths == {theme: f"posters/tiles-quiz-{theme}-small.webp" for theme in INK}
    for theme, path in paths.items():
        content = files[path]
        assert isinstance(content, bytes)
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.size == (WIDTH, HEIGHT)
            seen = np.asarray(picture.convert("RGB")).astype(int)
        for x, colour in ((WIDTH // 4, INK[theme]), (WIDTH * 3 // 4, PLATE[theme]), (8, PLATE[theme])):
            wanted = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
            assert np.abs(seen[HEIGHT // 2, x] - wanted).max() <= 6


def _png(values: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, "PNG")
    return buffer.getvalue()
