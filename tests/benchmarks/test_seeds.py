"""Other draws of a study's seeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import seeds
from pipeline.study import Recipe
from tests import tiny


def test_draws_share_no_seed() -> None:
    """Draw k moves all seeds up by k times their number; the shown one keeps its place; draw 0 is the book's own."""
    recipe = Recipe(steps=1, batch_size=1, latent_size=1, learning_rates=(0.1, 0.1), seeds=(0, 1, 2), shown=1)
    assert seeds.moved(recipe, 0) == recipe
    assert (seeds.moved(recipe, 2).seeds, seeds.moved(recipe, 2).shown) == ((6, 7, 8), 7)


def test_unknown_study_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt study is answered with the nearest name, and nothing is played."""
    assert seeds.main(["facse", "1"]) == 2
    assert 'Did you mean "faces"?' in capsys.readouterr().out


def test_draw_is_played_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The claims of a draw are measured from a run of its own seeds, and kept."""
    monkeypatch.setattr(seeds, "KEPT", tmp_path)
    study = tiny.STUDIES["hill"]
    first = seeds.claims_of(study, 1)
    assert [told.name for told in first] == [claim.name for claim in study.claims]
    monkeypatch.setattr(seeds, "record", None)
    assert seeds.claims_of(study, 1) == first
