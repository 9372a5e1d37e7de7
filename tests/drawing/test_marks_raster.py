"""Fields and sheets against arithmetic: the ramp's colours, the contours' places, the ink's share."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.drawing.canvas import Canvas
from pipeline.drawing.marks_raster import enlarge, ramp, resample
from pipeline.drawing.style import mix, palette

LIGHT = palette("light")


def test_ramp_ends_and_middle_are_tokens() -> None:
    """D = 0, 1/2 and 1 have the three field colours themselves."""
    for theme in ("light", "dark"):
        colours = ramp(palette(theme), 1001)
        for i, token in ((0, "field-fake"), (500, "field-half"), (1000, "field-real")):
            assert tuple(colours[i, :3]) == palette(theme)[token]


def test_ramp_follows_the_power() -> None:
    """D = .75 lies .5 ** .7 of the way from the middle to the real end."""
    colours = ramp(LIGHT, 1001)
    assert np.abs(colours[750, :3].astype(int) - mix(LIGHT["field-half"], LIGHT["field-real"], 0.5**0.7)).max() <= 1


def test_field_shows_its_values_where_they_are() -> None:
    """Row 0 of the values is the lowest y: a field that believes above and doubts below is blue on top."""
    canvas = Canvas(LIGHT, 160, 90)
    canvas.pane().field().set(np.repeat([[0.0], [0.0], [1.0], [1.0]], 6, axis=1))
    picture = canvas.frame()
    assert tuple(picture[2, 80, :3]) == LIGHT["field-real"]
    assert tuple(picture[-3, 80, :3]) == LIGHT["field-fake"]


def test_field_has_gold_at_one_half() -> None:
    """Where D runs evenly from 0 at the left to 1 at the right, a gold line 7 wide stands in the middle."""
    canvas = Canvas(LIGHT, 160, 90)
    canvas.pane().field().set(np.tile(np.linspace(0, 1, 17), (9, 1)))
    row = canvas.frame()[45, :, :3]
    gold = (row == LIGHT["gold"]).all(axis=1).nonzero()[0]
    assert len(gold) in (6, 7)
    assert gold.mean() == pytest.approx(79.5, abs=0.6)
    assert tuple(row[gold[0] - 2]) == LIGHT["plate"]


def test_field_refuses_a_list() -> None:
    """A field needs two dimensions, and the error gives the shape it got."""
    with pytest.raises(ValueError, match=r"\(4,\)"):
        Canvas(LIGHT, 160, 90).pane().field().set([0.1, 0.2, 0.3, 0.4])


def test_sheet_prints_ink_by_value() -> None:
    """+1 is full ink, -1 bare plate and 0 half of each, picture by picture from the upper left."""
    canvas = Canvas(LIGHT, 160, 40)
    images = np.stack([np.full((8, 8), v) for v in (1.0, 0.0, -1.0)])
    canvas.pane().sheet("print-forged", rows=1, columns=4, smooth=False).set(images)
    row = canvas.frame()[20, :, :3]
    assert tuple(row[20]) == LIGHT["print-forged"]
    assert np.abs(row[60].astype(int) - mix(LIGHT["plate"], LIGHT["print-forged"], 0.5)).max() <= 1
    assert tuple(row[100]) == LIGHT["plate"]
    assert tuple(row[140]) == LIGHT["plate"]


def test_sheet_leaves_gaps_and_stays_in_the_middle() -> None:
    """Two 10-pixel pictures at four times their size with a gap of 20 cover 40, leave 20, cover 40."""
    canvas = Canvas(LIGHT, 120, 40)
    canvas.pane().sheet("print-real", rows=1, columns=2, gap=20, smooth=False).set(np.ones((2, 10, 10)))
    inked = (canvas.frame()[20, :, :3] == LIGHT["print-real"]).all(axis=1).nonzero()[0]
    assert inked.tolist() == [*range(10, 50), *range(70, 110)]


def test_sheet_refuses_more_than_it_holds() -> None:
    """Three pictures do not fit a sheet of two."""
    with pytest.raises(ValueError, match="1 x 2 sheet"):
        Canvas(LIGHT).pane().sheet("print-real", rows=1, columns=2).set(np.zeros((3, 4, 4)))


def test_enlarge_keeps_even_tones_and_the_mean() -> None:
    """An even picture stays even at any size, and a step keeps its two tones away from the edge."""
    assert np.abs(enlarge(np.zeros((1, 5, 5)), 33, 33, smooth=True).astype(int) - 128).max() <= 1
    step = np.where(np.arange(8) < 4, -1.0, 1.0)[None, None, :].repeat(8, axis=1)
    large = enlarge(step, 64, 64, smooth=True)[0]
    assert (large[:, :16] == 0).all()
    assert (large[:, -16:] == 255).all()


def test_resample_keeps_the_ends() -> None:
    """The first and last values stand at the first and last pixels, and a slope stays a slope."""
    line = resample(np.tile(np.linspace(0, 1, 5, dtype=np.float32), (3, 1)), 101, 9, smooth=False)[4]
    assert line[50] == pytest.approx(0.5, abs=1e-6)
    assert np.allclose(np.diff(line), 1 / 101, atol=1e-4)
