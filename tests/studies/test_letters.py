"""The letters: a few steps of the duel, what is kept of them, and what the page is given."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from pipeline import noise_map
from pipeline.gan import datasets, dialreader
from pipeline.gan import letters as type_case
from pipeline.recording import Recording, Series
from pipeline.studies import letters
from tests.studies.few_steps import drawn, measured, recorded

STUDY = letters.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Three steps of the duel; a small search, a short lesson for the reader and few letters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dialreader, "STEPS", 10)
        patch.setattr(noise_map, "SEARCHED", 60)
        patch.setattr(letters, "COMPARED", 20)
        known = type_case.turn_dials(100, seed=1), type_case.turn_dials(40, seed=2)
        split = datasets.Split(*(type_case.set_type(dials) for dials in known))
        few = noise_map.Originals(lambda: split, lambda: (known[0].table(), known[1].table()))
        patch.setattr(letters, "ORIGINALS", few)
        patch.setattr(datasets, "letters", lambda: split)
        patch.setattr(datasets, "letter_dials", lambda: known)
        return recorded(STUDY, steps=3, frames=2)


def test_everything_is_measured_and_drawn(recordings: dict[str, Recording]) -> None:
    """Correlations are shares, ratios positive, the walk a series of every stride; the film moves in both themes."""
    found = measured(STUDY, recordings)
    for name in ("weight_correlation", "style_correlation", "crosstalk", "reader_right"):
        assert 0 <= float(found[name]) <= 1  # type: ignore[arg-type]
    assert min(float(found[name]) for name in ("neighbour_ratio", "nearest_ratio")) > 0  # type: ignore[arg-type]
    assert isinstance(found["style"], Series) and found["style"].steps[-1] == noise_map.STRIDES
    for first, middle, _ in drawn(STUDY, recordings):
        assert (first != middle).any()


def test_originals_handed_in_as_forgeries_are_found_out(recordings: dict[str, Recording]) -> None:
    """By hand: medians 3 against 2 make 1.5; a forger that copies has 0."""
    kept = {"forged_apart": np.array([1.0, 3.0, 9.0]), "typefaces_apart": np.array([2.0, 2.0, 4.0])}
    assert letters.nearest_ratio({"letters": replace(recordings["letters"], constants=kept)}) == 1.5
    copies = kept | {"forged_apart": np.zeros(3)}
    assert letters.nearest_ratio({"letters": replace(recordings["letters"], constants=copies)}) == 0


def test_only_rows_in_the_printers_order_are_counted(recordings: dict[str, Recording]) -> None:
    """Of nine rows, one goes from serif by slab to sans; the others leave out the slab, or run backwards."""
    names = np.zeros((9, 9, 2), dtype=int)
    names[:, :, 1] = [0, 0, 0, 0, 2, 2, 2, 2, 2]
    names[0, :, 1] = [0, 0, 0, 1, 1, 2, 2, 2, 2]
    names[1, :, 1] = names[0, ::-1, 1]
    kept = {"sheet_names": names.reshape(81, 2)}
    assert letters.slab_rows({"letters": replace(recordings["letters"], constants=kept)}) == 1


def test_typefaces_are_compared_with_others_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Held-out letters that are among the originals are not at distance nought: their own typeface is left out."""
    dials = type_case.turn_dials(60, seed=3)
    same = type_case.set_type(dials)
    monkeypatch.setattr(datasets, "letters", lambda: datasets.Split(same, same))
    monkeypatch.setattr(datasets, "letter_dials", lambda: (dials, dials))
    apart = letters.typefaces_apart()
    others = same[dials.typeface != dials.typeface[0]]
    assert apart.min() > 1 and apart[0] == pytest.approx(np.linalg.norm(others - same[0], axis=(1, 2)).min(), rel=1e-4)


def test_map_ships_the_forger_that_was_recorded(recordings: dict[str, Recording]) -> None:
    """The export is the same each time; compressed, its networks are under 250 kB."""
    export = STUDY.exports[0].make(recordings)
    facts = json.loads(export["map.json"])
    assert facts["reads"] == ["weight", "style"] and len(facts["plane"][0]) == 8
    assert facts["weights"] == measured(STUDY, recordings)["weights"]
    assert len(gzip.compress(export["weights.txt"])) < 250_000
    assert export == STUDY.exports[0].make(recordings)
