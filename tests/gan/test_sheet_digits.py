"""The page that holds all digits of a forger, and how it is read."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from pipeline.gan import digits, draws, sheet_digits


def halves(rows: int = 4, columns: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """A page of 3s on the left and 7s on the right; each cell a little darker than the one before it."""
    page, chances = np.zeros((rows, columns, 2, 2), np.float32), np.zeros((rows, columns, 10))
    page[:, columns // 2 :] = 1.0
    page[..., 0, 0] += 0.01 * np.arange(columns)
    chances[:, : columns // 2, 3], chances[:, columns // 2 :, 7] = 0.95, 0.85
    return page.reshape(-1, 2, 2), chances.reshape(-1, 10)


def test_only_what_the_reader_is_sure_of_counts() -> None:
    """Half a page of 3s at 0.95 counts as one half; the 7s at 0.85 do not count."""
    shares = sheet_digits.shares(halves()[1])
    assert shares[3] == 0.5 and shares.sum() == 0.5


def test_neighbours_are_compared_by_hand() -> None:
    """Four pixels that each change by 1 lie 2 apart; within a half one above the other lies 0, side by side 0.01."""
    within, between = sheet_digits.neighbours(*halves(), columns=6)
    assert between == pytest.approx(np.sqrt(3 + 1.01**2), rel=1e-4) and within == pytest.approx(0, abs=0.011)


def test_page_without_borders_has_no_distance_across_them() -> None:
    """Where all cells are read alike there are no different neighbours."""
    page, chances = halves()
    assert np.isnan(sheet_digits.neighbours(page, np.ones_like(chances), columns=6)[1])


def test_world_has_no_names_and_players_ask_for_none() -> None:
    """Batches come without labels; two numbers of noise become a picture, a picture one verdict."""
    dice = draws.generators((0,), "test")
    batch = sheet_digits.world(sheet_digits.RECIPE).sample(3, dice)
    assert batch.labels is None and sheet_digits.world(sheet_digits.RECIPE).held_out(3, dice).labels is None
    torch.manual_seed(0)
    forger, detective = sheet_digits.players(sheet_digits.RECIPE)
    forged = forger(draws.normal(dice, 4, 2)[0])
    assert forged.shape == (4, *batch.data.shape[1:]) and detective(forged).shape == (4,)


def test_page_is_read_cell_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cell has its picture and ten probabilities; the upper left one is that of its own address."""
    torch.manual_seed(0)
    forger = sheet_digits.players(sheet_digits.RECIPE)[0].eval()
    reader = torch.nn.Module()
    reader.features = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 8))
    reader.head = torch.nn.Linear(8, 10)
    monkeypatch.setattr(digits, "reader", lambda: reader)
    with torch.no_grad():
        page, chances = sheet_digits.read_page(forger, 2, 3)
        corner = forger(torch.tensor([[-0.96742157, 0.67448975]]))[0, 0].numpy()  # Phi^-1 of 1/6 and of 3/4
    assert page.shape == (6, 28, 28) and chances.sum(1) == pytest.approx(np.ones(6), abs=1e-5)
    assert page[0] == pytest.approx(corner, abs=1e-5)
