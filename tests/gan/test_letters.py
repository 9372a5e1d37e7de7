"""Letters do what their dials say; the typefaces are those that were chosen, under a licence that lies beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.gan import letters
from pipeline.gan.letters import HEIGHT, SIZE, STYLES, TYPEFACES, Dials, set_type, turn_dials


def a(typeface: str, weight: float, quirk: float = 0.5) -> np.ndarray:
    """One letter, (32, 32), 1 is ink."""
    index = [face.name for face in TYPEFACES].index(typeface)
    return (set_type(Dials(np.array([index]), np.array([weight]), np.array([quirk])))[0] + 1) / 2


def test_letters_repeat_with_their_seed() -> None:
    """The same seed sets the same letters, another seed others; all are pictures in [-1, 1]."""
    few = set_type(turn_dials(5, seed=7))
    assert np.array_equal(few, set_type(turn_dials(5, seed=7)))
    assert not np.array_equal(few, set_type(turn_dials(5, seed=8)))
    assert few.shape == (5, SIZE, SIZE) and np.abs(few).max() <= 1


@pytest.mark.parametrize("face", TYPEFACES, ids=lambda face: face.name)
def test_weight_is_ink(face: letters.Typeface) -> None:
    """In every typeface the heavier letter has more ink, and the black one nearly twice that of the light one."""
    low, high = ((weight - letters.LIGHT) / (letters.BLACK - letters.LIGHT) * 2 - 1 for weight in face.weights)
    ink = [a(face.name, weight).sum() for weight in np.linspace(low, high, 5)]
    assert (np.diff(ink) > 0).all() and ink[-1] > 1.8 * ink[0]


@pytest.mark.parametrize("face", TYPEFACES, ids=lambda face: face.name)
def test_every_letter_is_as_tall_and_stands_in_the_middle(face: letters.Typeface) -> None:
    """Ink covers HEIGHT rows, four above and four below bare, as much paper at the left as at the right, none lost."""
    for weight in (-0.5, 0.5):
        ink = a(face.name, weight)
        rows, columns = (np.flatnonzero(ink.max(axis=axis) > 0.02) for axis in (1, 0))
        bare = (SIZE - HEIGHT) // 2
        assert (rows[0], rows[-1]) == (bare, SIZE - 1 - bare)
        assert columns[0] > 0 and columns[-1] < SIZE - 1 and abs(columns[0] - (SIZE - 1 - columns[-1])) <= 1


def test_styles_are_even_and_weights_stay_within_each_typeface() -> None:
    """A third of the letters is of each style, every typeface occurs, and none is asked for a weight it lacks."""
    dials = turn_dials(6000, seed=1)
    weight, style = dials.table().T
    assert [np.mean(style == dial) for dial in (-1, 0, 1)] == pytest.approx([1 / 3] * 3, abs=0.03)
    assert set(dials.typeface) == set(range(len(TYPEFACES))) and abs(np.corrcoef(weight, style)[0, 1]) < 0.05
    for index, face in enumerate(TYPEFACES):
        asked = letters.LIGHT + (weight[dials.typeface == index] + 1) / 2 * (letters.BLACK - letters.LIGHT)
        assert face.weights[0] - 0.1 <= asked.min() and asked.max() <= face.weights[1] + 0.1


def test_serifs_have_a_foot_and_sans_have_none() -> None:
    """Serifs and slab serifs reach two columns further right at the foot than half way up, sans a column at most."""

    def foot(style: str) -> float:
        found = [a(face.name, 0.0) for face in TYPEFACES if face.style == style]
        return float(np.mean([_right_of_stem(ink) for ink in found]))

    assert foot("serif") > 2 and foot("slab") > 2 and foot("sans") < 1.5
    assert {face.style for face in TYPEFACES} == set(STYLES)


def _right_of_stem(ink: np.ndarray) -> float:
    """Columns by which the foot reaches further right than the stem does half way up."""
    ends = [np.flatnonzero(ink[row] > 0.5)[-1] for row in (SIZE // 2 - 2, SIZE - (SIZE - HEIGHT) // 2 - 2)]
    return float(ends[1] - ends[0])


def test_another_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A typeface whose file is not the one that was learnt from is named, with both checks."""
    with pytest.raises(ValueError, match=r"literata\.ttf is not the file that was learnt from: [0-9a-f]{16}, not 0000"):
        letters._opened(replace(TYPEFACES[0], check="0000"))


@pytest.mark.parametrize("face", TYPEFACES, ids=lambda face: face.name)
def test_every_typeface_lies_beside_its_licence(face: letters.Typeface) -> None:
    """The Open Font License with the holder of the copyright; no name is reserved, so that the cut may keep it."""
    licence = (letters._FOLDER / "licences" / f"{face.name}.txt").read_text(encoding="utf-8")
    assert licence.lstrip().startswith("Copyright") and "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "with reserved font name" not in licence.lower()
    assert face.name in (letters._FOLDER / "README.md").read_text(encoding="utf-8")
