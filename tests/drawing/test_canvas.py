"""The canvas: what it keeps, what it repaints, and where panes lie."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.drawing.canvas import Canvas
from pipeline.drawing.style import palette
from pipeline.errors import EssayError

LIGHT = palette("light")


def scene(canvas: Canvas, at: float) -> None:
    """A still area and line under a moving one."""
    pane = canvas.pane(x=(0, 10), y=(0, 10))
    pane.area("forged").set([0, 10], [5, 5])
    pane.line("real").set([0, 10], [2, 8])
    pane.line("gold").set([0, 10], [at, at])


def changed(canvas: Canvas) -> bool:
    """Whether a canvas says so; asked anew each time."""
    return canvas.changed


def test_canvas_repaints_as_if_from_nothing() -> None:
    """However often marks were set before, the picture is that of a canvas which saw only the last state."""
    canvas = Canvas(LIGHT, 160, 90)
    pane = canvas.pane(x=(0, 10), y=(0, 10))
    pane.area("forged").set([0, 10], [5, 5])
    still = pane.line("real").set([0, 10], [8, 2])
    moving = pane.line("gold")
    for y in (1, 2, 3):
        moving.set([0, 10], [y, y])
        canvas.frame()
    still.set([0, 10], [2, 8])  # one that had been still
    moving.set([0, 10], [7, 7])
    fresh = Canvas(LIGHT, 160, 90)
    scene(fresh, 7)
    assert np.array_equal(canvas.frame(), fresh.frame())


def test_canvas_knows_when_nothing_changed() -> None:
    """Setting a mark to what it was is no change, and hiding a hidden one neither."""
    canvas = Canvas(LIGHT, 160, 90)
    line = canvas.pane().line("real").set([0, 1], [0, 1])
    never = canvas.pane().points("real")
    assert changed(canvas)
    canvas.frame()
    line.set([0, 1], [0, 1])
    never.hide()
    assert not changed(canvas)
    line.set([0, 1], [0, 0.5])
    assert changed(canvas)


def test_canvas_paints_in_the_order_of_making() -> None:
    """A mark made later lies above, whichever is set last."""
    canvas = Canvas(LIGHT, 160, 90)
    below, above = canvas.pane().line("real", width=20), canvas.pane().line("fake", width=20)
    above.set([0, 1], [0.5, 0.5])
    below.set([0, 1], [0.5, 0.5])
    assert tuple(canvas.frame()[45, 80, :3]) == LIGHT["fake"]


def test_canvas_mark_does_not_share_the_callers_array() -> None:
    """An array that is reused for the next frame is still noticed as a change."""
    canvas = Canvas(LIGHT, 160, 90)
    values = np.array([0.0, 1.0])
    line = canvas.pane().line("real").set([0, 1], values)
    canvas.frame()
    values[1] = 0.5
    line.set([0, 1], values)
    assert changed(canvas)


def test_canvas_panes_cut_what_sticks_out() -> None:
    """A line through the left pane leaves the right one bare."""
    canvas = Canvas(LIGHT, 160, 90)
    canvas.pane(x=(0, 1), box=(0, 0, 0.5, 1)).line("real", width=20).set([0, 5], [0.5, 0.5])
    row = canvas.frame()[45, :, :3]
    assert (row[:80] == LIGHT["real"]).all(axis=1)[11:].all()
    assert (row[80:] == LIGHT["plate"]).all()


def test_canvas_equal_units_widen_the_range_with_room() -> None:
    """In a pane twice as wide as high, equal units keep y and show twice as much of x, evenly on both sides."""
    canvas = Canvas(LIGHT, 200, 100)
    view = canvas.pane(x=(-1, 1), y=(-1, 1), equal=True).view
    assert view.x == (-2.0, 2.0)
    assert view.y == (-1.0, 1.0)
    assert view.scale == (50.0, 50.0)


def test_canvas_box_counts_from_the_top() -> None:
    """A box (left, top, width, height) of shares lies there in the picture."""
    canvas = Canvas(LIGHT, 100, 100)
    canvas.pane(box=(0.2, 0.1, 0.5, 0.3)).area("ink", alpha=1.0).set([0, 1], [1, 1])
    rows, columns = (canvas.frame()[:, :, :3] == LIGHT["ink"]).all(axis=2).nonzero()
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (10, 39, 20, 69)


def test_canvas_draft_is_marked_and_only_that() -> None:
    """A draft bears a pale word across its middle; a full film bears none."""
    full, draft = Canvas(LIGHT, 640, 360), Canvas(LIGHT, 640, 360, draft=True)
    assert (full.frame()[:, :, :3] == LIGHT["plate"]).all()
    marked = (draft.frame()[:, :, :3] != LIGHT["plate"]).any(axis=2)
    assert 0.03 < marked.mean() < 0.2
    assert np.abs(draft.frame()[:, :, :3].astype(int) - LIGHT["plate"]).max() < 40


def test_canvas_draft_does_not_darken_with_time() -> None:
    """The word is laid on each frame once, not on top of itself."""
    canvas = Canvas(LIGHT, 160, 90, draft=True)
    line = canvas.pane().line("real")
    pictures = []
    for y in (0.1, 0.2, 0.3, 0.2, 0.1):
        line.set([0, 1], [y, y])
        pictures.append(canvas.frame().copy())
    assert np.array_equal(pictures[0], pictures[-1])


def test_canvas_lies_on_the_ground_asked_for() -> None:
    """A film that lies on the page has the page's colour beneath its marks."""
    canvas = Canvas(LIGHT, 16, 16)
    canvas.ground("paper")
    assert (canvas.frame()[:, :, :3] == LIGHT["paper"]).all()


def test_canvas_refuses_an_unknown_role() -> None:
    """A role that is no token is named, with the nearest."""
    with pytest.raises(EssayError, match=r'no colour token "forgd"\. Did you mean "forged"'):
        Canvas(LIGHT).pane().line("forgd")
