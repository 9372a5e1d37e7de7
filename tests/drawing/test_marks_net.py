"""A net whose threads thin as they are stretched."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.drawing import marks_net
from pipeline.drawing.canvas import Canvas
from pipeline.drawing.style import palette

LEVEL = np.array([[[0.1, 0.5], [0.5, 0.5], [0.9, 0.5]]])  # one thread of two pieces


def laid_on(canvas: Canvas) -> marks_net.Net:
    """A net over the whole of a canvas, six pixels wide where it has all its ink."""
    return canvas.add(marks_net.Net(canvas.palette, canvas.pane().view, "forged", 6.0))


def darkness(ink: list[float]) -> tuple[float, float]:
    """How much ink lies on the left and on the right half of a picture of that thread."""
    canvas = Canvas(palette("light"), 200, 100)
    bare = canvas.frame().astype(float).copy()
    canvas = Canvas(palette("light"), 200, 100)
    laid_on(canvas).set(LEVEL, np.array([ink]))
    laid = np.abs(canvas.frame().astype(float) - bare)[..., :3].sum(-1)
    return float(laid[:, :95].sum()), float(laid[:, 105:].sum())


def test_ink_is_width_times_opacity() -> None:
    """A piece with a quarter of the ink leaves a quarter of the darkness, to within a class."""
    full, quarter = darkness([1.0, 0.25])
    assert quarter / full == pytest.approx(0.25, abs=0.07)


def test_faintest_thread_is_still_seen() -> None:
    """However far it is stretched a piece leaves a trace, and none has more than all its ink."""
    full, faint = darkness([5.0, 1e-9])
    assert full == pytest.approx(darkness([1.0, 1.0])[0], rel=0.01) and 0 < faint < 0.15 * full


def test_classes_divide_the_ink_evenly_in_its_logarithm() -> None:
    """Full ink is the last class, the faintest the first, and a class stands for its own ink."""
    assert marks_net.strength_class(np.array([1.0, marks_net.FAINTEST, 0.0])).tolist() == [marks_net.CLASSES - 1, 0, 0]
    for level in range(marks_net.CLASSES):
        assert marks_net.strength_class(np.array([marks_net.class_ink(level)])) == level


def test_crossing_threads_of_one_strength_do_not_darken() -> None:
    """Where two threads of one class cross, the picture is no darker than either."""
    canvas = Canvas(palette("light"), 200, 200)
    both = np.array([[[0.1, 0.5], [0.9, 0.5]], [[0.5, 0.1], [0.5, 0.9]]])
    laid_on(canvas).set(both, np.array([[0.3], [0.3]]))
    picture = canvas.frame()
    assert np.abs(picture[100, 100].astype(int) - picture[100, 60]).max() <= 2


def test_ink_must_fit_its_threads() -> None:
    """A thread of three points has two pieces; other shapes are an error that shows both."""
    with pytest.raises(ValueError, match=r"\(1, 3, 2\) with \(1, 3\)"):
        laid_on(Canvas(palette("light"), 200, 100)).set(LEVEL, np.ones((1, 3)))
