"""Portraits do what their dials say, and nothing else changes them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.gan.faces import SIZE, Dials, portray, turn_dials

PLAIN = Dials(np.zeros(1), np.zeros(1), np.zeros((4, 1)))


def drawn(**dials: float) -> np.ndarray:
    """The plain portrait with some dials turned, (48, 48), 1 is ink."""
    turned = replace(PLAIN, **{name: np.array([value]) for name, value in dials.items()})
    return (portray(turned)[0] + 1) / 2


def test_faces_repeat_with_their_seed() -> None:
    """The same seed gives the same portraits, however many are drawn at once; another seed gives others."""
    few, many = turn_dials(3, seed=7), turn_dials(300, seed=7)
    assert np.array_equal(portray(few), portray(few))
    assert np.allclose(portray(many)[251:260], portray(many.part(251, 260)))
    assert not np.array_equal(portray(few), portray(turn_dials(3, seed=8)))
    assert portray(few).shape == (3, SIZE, SIZE)
    assert np.abs(portray(few)).max() <= 1


def test_age_pales_the_hair() -> None:
    """A young head of hair is solid ink, an old one paper with an outline; the mouth stays as it is."""
    young, old = drawn(age=-1.0), drawn(age=1.0)
    crown = (slice(6, 9), slice(20, 28))
    assert young[crown].mean() > 0.9 and old[crown].mean() < 0.3
    mouth = (slice(35, 38), slice(18, 30))
    assert np.abs(young[mouth] - old[mouth]).max() < 1e-6


def test_smile_raises_the_corners_of_the_mouth() -> None:
    """In a smile the ink of the mouth's ends lies above that of its middle; in a frown below."""

    def height(face: np.ndarray, columns: slice) -> float:
        ink = face[32:44, columns].sum(axis=1)
        return float((ink * np.arange(12)).sum() / ink.sum())  # rows downwards

    for smile, sign in ((0.1, 1), (-1.0, -1)):
        face = drawn(smile=smile)
        ends = (height(face, slice(17, 20)) + height(face, slice(28, 31))) / 2
        assert np.sign(height(face, slice(23, 25)) - ends) == sign


def test_plain_portrait_is_the_same_in_the_mirror_but_for_the_nose() -> None:
    """With all quirks at rest only the nose tells left from right."""
    face = drawn()
    apart = np.abs(face - face[:, ::-1])
    apart[23:34, 19:29] = 0
    assert apart.max() < 1e-5
