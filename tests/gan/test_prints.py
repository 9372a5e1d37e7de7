"""Prints and dots: the heart's area by a second route, and samples against their chances."""

from __future__ import annotations

import pytest
import torch

from pipeline.gan import draws
from pipeline.gan.prints import Dots, Prints, coverage
from pipeline.gan.worlds import Heart


def test_cells_cover_the_hearts_area() -> None:
    """The cells' shares add up to the area of the outline by the shoelace formula, on any grid."""
    a = Heart().outline()
    b = a.roll(-1, 0)
    area = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum().abs() / 2)
    for side in (4, 8, 16):
        assert float(coverage(side).sum()) * (2 / side) ** 2 == pytest.approx(area, rel=0.01)


def test_heart_stands_upright_and_is_its_own_mirror() -> None:
    """Its highest row is notched and its lowest has the tip, in the middle; left and right are the same."""
    cells = coverage(16).reshape(16, 16)
    torch.testing.assert_close(cells, cells.flip(1))
    touched = cells[cells.sum(1) > 0]
    assert touched[0].argmax() not in (7, 8) and touched[0, 7] == 0
    assert touched[-1].argmax() in (7, 8)


def test_prints_are_inked_by_chance() -> None:
    """Each cell's share of ink over many prints is its chance, and run k depends on its own dice alone."""
    world = Prints(8)
    data = world.sample(20_000, draws.generators((0, 1), "test")).data
    assert set(data.unique().tolist()) == {0.0, 1.0}
    torch.testing.assert_close(data.mean(1), world.chances.expand(2, -1), atol=0.02, rtol=0)
    torch.testing.assert_close(world.sample(20_000, draws.generators((1,), "test")).data[0], data[1])
    torch.testing.assert_close(world.table().sum(-1), torch.ones(64))


def test_dots_fall_within_the_heart() -> None:
    """Each dot has one row and one column, and cells turn up as often as the heart covers them."""
    world = Dots(16)
    data = world.sample(40_000, draws.generators((0, 1), "test")).data
    rows, columns = data.split(16, -1)
    assert (rows.sum(-1) == 1).all() and (columns.sum(-1) == 1).all()
    cells = rows.argmax(-1) * 16 + columns.argmax(-1)
    for run in cells:
        torch.testing.assert_close(torch.bincount(run, minlength=256) / 40_000, world.chances, atol=0.002, rtol=0)
    assert float(world.table().sum()) == pytest.approx(1.0)
