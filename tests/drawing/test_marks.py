"""Each mark against arithmetic: which pixels it covers, and in which colour."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.drawing import marks
from pipeline.drawing.canvas import Canvas, Pane
from pipeline.drawing.style import RGB, mix, palette

LIGHT = palette("light")
PLATE = LIGHT["plate"]


def pane(width: int = 200, height: int = 100) -> tuple[Canvas, Pane]:
    """A pane whose data are its pixels, y up."""
    canvas = Canvas(LIGHT, width, height)
    return canvas, canvas.pane(x=(0, width), y=(0, height))


def is_colour(picture: np.ndarray, colour: RGB) -> np.ndarray:
    """Where a picture (h, w, 4) has exactly this colour."""
    return np.asarray((picture[:, :, :3] == colour).all(axis=2))


def test_line_covers_its_width() -> None:
    """A level line 4 pixels wide at y = 50 fills rows 48 to 51 from the top in its colour, and no other row."""
    canvas, one = pane()
    one.line("real", width=4).set([0, 200], [50, 50])
    full = is_colour(canvas.frame(), LIGHT["real"])
    assert full[48:52, 5:-5].all()
    assert is_colour(canvas.frame(), PLATE)[:48].all()
    assert is_colour(canvas.frame(), PLATE)[52:].all()


@pytest.mark.parametrize(("role", "width"), [("real", 5), ("gold", 7)])
def test_line_has_the_width_of_its_role(role: str, width: int) -> None:
    """Lines are 5 pixels wide, the detective's 7: the ink over a column adds up to that."""
    canvas, one = pane()
    one.line(role).set([0, 200], [50.5, 50.5])
    column = canvas.frame()[:, 100, :3].astype(float)
    ink = (PLATE - column).sum() / (np.array(PLATE, dtype=float) - LIGHT[role]).sum()
    assert ink == pytest.approx(width, abs=0.05)


def test_line_of_belief_clears_its_surroundings() -> None:
    """The detective's line, 7 wide, wears a halo of the plate's colour that makes it 12."""
    canvas, one = pane()
    one.area("ink", alpha=1.0).set([0, 200], [100, 100])
    one.line("gold").set([0, 200], [50, 50])
    column = canvas.frame()[:, 100, :3]
    dark = (column == LIGHT["ink"]).all(axis=1)
    assert dark[:44].all()
    assert dark[56:].all()
    assert not dark[44:56].any()
    assert (column[45] == PLATE).all()


def test_line_forged_is_dashed_five_to_one_point_six() -> None:
    """Of a forged line 5 / 6.6 is drawn."""
    canvas, one = pane(width=660)
    one.line("forged").set([0, 660], [50, 50])
    row = canvas.frame()[50, :, :3].astype(float)
    drawn = (PLATE - row).sum() / ((np.array(PLATE, dtype=float) - LIGHT["forged"]).sum() * 660)
    assert drawn == pytest.approx(5 / 6.6, abs=0.01)


def test_line_lifts_the_pen_at_nan() -> None:
    """What is not a number is not drawn, and nothing bridges it."""
    canvas, one = pane()
    one.line("real").set([0, 80, 100, 120, 200], [50, 50, np.nan, 50, 50])
    assert is_colour(canvas.frame(), PLATE)[50, 85:115].all()
    assert is_colour(canvas.frame(), LIGHT["real"])[50, 20:70].all()


def test_line_says_when_lengths_differ() -> None:
    """x and y of different lengths are an error with both shapes."""
    _, one = pane()
    with pytest.raises(ValueError, match=r"\(3,\) and y \(2,\)"):
        one.line("real").set([1, 2, 3], [1, 2])


def test_area_is_a_tint_of_sixteen_percent() -> None:
    """Under a curve lies 16 % of the role's colour; above it the plate is bare."""
    canvas, one = pane()
    one.area("real").set([0, 200], [40, 40])
    picture = canvas.frame()
    assert np.abs(picture[70, 100, :3].astype(int) - mix(PLATE, LIGHT["real"], 0.16)).max() <= 1
    assert is_colour(picture, PLATE)[:59].all()


def test_area_forged_is_hatched_at_its_share_and_angle() -> None:
    """Hatching covers width * sqrt 2 / spacing of a row, and moves one pixel right for each pixel up."""
    canvas, one = pane(width=680)
    one.area("forged").set([0, 680], [100, 100])
    picture = canvas.frame()[:, :, :3].astype(float)
    tint, line = picture.max(axis=(0, 1)), LIGHT["forged"]
    row = picture[50]
    ink = (tint - row).sum() / ((tint - line).sum() * 680)
    assert ink == pytest.approx(marks.HATCH * marks.HATCH_WIDTH * 2**0.5 / marks.HATCH_SPACING, rel=0.08)
    assert np.abs(picture[50, 100:500] - picture[40, 110:510]).max() <= 2


def test_hatching_stays_while_the_area_moves() -> None:
    """The lines of the hatching belong to the picture: a curve that rises does not shift them."""
    canvas, one = pane()
    area = one.area("forged").set([0, 200], [60, 60])
    before = canvas.frame()[60:95].copy()
    area.set([0, 200], [90, 90])
    assert np.abs(canvas.frame()[60:95].astype(int) - before).max() <= 2


@pytest.mark.parametrize(("role", "size", "pixels"), [("real", 20, 314), ("forged", 20, 400)])
def test_points_keep_their_size_within_the_outline(role: str, size: float, pixels: int) -> None:
    """A disc covers pi r^2 and a diamond its side squared; the outline adds to that and takes nothing."""
    canvas, one = pane()
    one.area("ink", alpha=1.0).set([0, 200], [100, 100])
    one.points(role, size=size).set([[100, 50]])
    picture = canvas.frame()
    full = is_colour(picture, LIGHT[role]).sum()
    assert pixels * 0.85 <= full <= pixels * 1.02
    assert (~is_colour(picture, LIGHT["ink"])).sum() > pixels


def test_points_fake_are_crosses() -> None:
    """A cross has ink at its centre and corners, and none between its arms."""
    canvas, one = pane()
    one.points("fake", size=40).set([[100, 50]])
    full = is_colour(canvas.frame(), LIGHT["fake"])
    assert full[50, 100]
    assert all(full[50 + dy, 100 + dx] for dx in (-14, 14) for dy in (-14, 14))
    assert not any(full[50 + dy, 100 + dx] for dx, dy in ((0, 15), (15, 0), (0, -15), (-15, 0)))


def test_points_may_be_none() -> None:
    """An empty cloud draws nothing."""
    canvas, one = pane()
    one.points("real").set(np.zeros((0, 2)))
    assert is_colour(canvas.frame(), PLATE).all()


def test_rug_ticks_are_upright() -> None:
    """A tick is 18 pixels high and 2.5 wide, centred on its row."""
    canvas, one = pane()
    one.rug("real", y=50).set([100])
    picture = canvas.frame()[:, :, :3].astype(float)
    ink = (PLATE - picture).sum(axis=2) / (np.array(PLATE, dtype=float) - LIGHT["real"]).sum()
    assert ink.sum() == pytest.approx(2.5 * 18, rel=0.03)
    assert (ink.sum(axis=1) > 0.1).nonzero()[0].tolist() == list(range(41, 59))


def test_rings_fill_those_that_are_covered() -> None:
    """Both circles have their edge; only the covered one is tinted."""
    canvas, one = pane()
    one.rings("real", radius=30, width=4).set([[50, 50], [150, 50]], [True, False])
    picture = canvas.frame()
    assert is_colour(picture, PLATE)[50, 150]
    assert np.abs(picture[50, 50, :3].astype(int) - mix(PLATE, LIGHT["real"], marks.FILL)).max() <= 1
    assert is_colour(picture, LIGHT["real"])[50, [20, 79, 120, 179]].all()


def test_bars_rise_and_hang_from_zero() -> None:
    """Of two bars, +20 stands above the zero line and -20 hangs below it."""
    canvas = Canvas(LIGHT, 200, 100)
    canvas.pane(x=(0, 1), y=(-50, 50)).bars("gold", share=0.5).set([20, -20])
    full = is_colour(canvas.frame(), LIGHT["gold"])
    assert full[30:50, 25:75].all()
    assert full[50:70, 125:175].all()
    assert full.sum() == 2 * 50 * 20


def test_grid_lies_at_multiples_of_its_step() -> None:
    """Grid lines 2 pixels wide stand at each multiple of the step within the range."""
    canvas, one = pane()
    one.grid((50, 0))
    columns = is_colour(canvas.frame(), LIGHT["grid"])[50].nonzero()[0]
    assert columns.tolist() == [0, 49, 50, 99, 100, 149, 150, 199]


def test_mark_hides_until_set_again() -> None:
    """A hidden mark leaves the picture as if it had never been there."""
    canvas, one = pane()
    line = one.line("real").set([0, 200], [50, 50])
    canvas.frame()
    line.hide()
    assert canvas.changed
    assert is_colour(canvas.frame(), PLATE).all()
