"""Diagrams: what is lit, and where the strokes of an arrow lie."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.drawing.canvas import Canvas
from pipeline.drawing.diagram import Diagram, arrows
from pipeline.drawing.style import palette


def test_arrow_goes_from_tail_to_head_and_its_barbs_turn_back() -> None:
    """An arrow of length 1 to the right has barbs of the asked length, 30 degrees off, on both sides."""
    x, y = arrows(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]]), barb=0.2)
    assert (x[0], y[0], x[1], y[1]) == (0.0, 0.0, 1.0, 0.0)
    assert np.isnan(x[2]) and np.isnan(x[6])
    back = 0.2 * np.cos(np.pi / 6)
    assert x[[3, 5]] == pytest.approx([1 - back] * 2)
    assert sorted(y[[3, 5]]) == pytest.approx([-0.1, 0.1])


def test_short_arrow_has_short_barbs() -> None:
    """A head never outgrows its arrow, and an arrow of no length is a dot."""
    x, _ = arrows(np.zeros((2, 2)), np.array([[0.1, 0.0], [0.0, 0.0]]), barb=0.2)
    assert x[3] == pytest.approx(0.1 - 0.04 * np.cos(np.pi / 6))
    assert x[7:12:2].tolist()[0] == 0.0 and not np.isnan(x[10])


def test_only_what_is_named_is_lit() -> None:
    """Lighting a box changes the picture about it and nowhere else; an unknown part is an error naming the known."""
    canvas = Canvas(palette("light"))
    diagram = Diagram(canvas.pane(x=(0, 2), y=(0, 1)))
    diagram.box("left", (0.2, 0.2), (0.8, 0.8))
    diagram.box("right", (1.2, 0.2), (1.8, 0.8))
    diagram.way("between", (0.85, 0.5), (1.15, 0.5))
    diagram.light(())
    pale = canvas.frame().copy()
    diagram.light({"right"})
    changed = (canvas.frame() != pale).any(2)
    assert changed[:, 640:].any() and not changed[:, :740].any()
    with pytest.raises(ValueError, match='no part "up" in the diagram; there are left, right, between'):
        diagram.light({"up"})
