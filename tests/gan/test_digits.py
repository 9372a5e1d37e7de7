"""The digits' duel: who plays it, what is laid on a sheet, and how a reader judges it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from pipeline.gan import datasets, digits
from pipeline.gan.observing import Look

RECIPE = replace(digits.RECIPE, steps=1)


@pytest.fixture(scope="module")
def look() -> Look:
    """At an untrained pair."""
    torch.manual_seed(0)
    forger, detective = digits.players(RECIPE)
    return Look(0, 0, False, forger.eval(), detective.eval(), RECIPE, digits.world(RECIPE))


@pytest.fixture(scope="module")
def held_out() -> tuple[torch.Tensor, torch.Tensor]:
    """The held-out digits (1000, 1, 28, 28) and their names."""
    split = datasets.digits()
    assert split.held_out_labels is not None
    return torch.from_numpy(split.held_out).unsqueeze(1), torch.from_numpy(split.held_out_labels)


@torch.no_grad()
def test_a_column_of_the_sheet_is_a_numeral_and_a_row_a_noise_vector(look: Look) -> None:
    """Square r, c is what the forger makes of noise vector r when asked for c."""
    sheet = digits.sheet(look, rows=3)
    assert sheet.shape == (30, 28, 28) and sheet.dtype == np.uint8
    single = look.forger(look.noise(3)[2:3], torch.tensor([7]))[0, 0].numpy()
    assert datasets.unpack(sheet[27]) == pytest.approx(single, abs=1 / 127)


@torch.no_grad()
def test_every_numeral_is_forged_as_often(look: Look) -> None:
    """Numerals are asked for by turns, and more forgeries begin with the same ones."""
    few, asked = digits.forge(look, 20)
    assert torch.bincount(asked).tolist() == [2] * 10
    more, _ = digits.forge(look, 40)
    assert torch.allclose(few[:10], more[:10], atol=1e-6)


def test_right_counts_by_numeral(held_out: tuple[torch.Tensor, torch.Tensor]) -> None:
    """The mean over even numerals is the accuracy, and a numeral whose name is swapped for another scores nothing."""
    images, names = held_out
    shares = digits.right_by_numeral(images, names)
    assert shares.shape == (10,) and shares.mean() == pytest.approx(digits.accuracy()) and shares.min() > 0.9
    assert digits.right_by_numeral(images, (names + 1) % 10).max() < 0.1


def test_distance_is_none_to_oneself_and_grows_with_ruin(held_out: tuple[torch.Tensor, torch.Tensor]) -> None:
    """Held-out digits are at nought from themselves, unseen ones near, fewer of these less so, and others far."""
    images, names = held_out
    assert digits.distance(images) == pytest.approx(0.0, abs=1e-3)
    floor = digits.distance_of_originals()
    assert 1.0 < floor < 5.0 and floor < digits.distance_of_originals(50) < 3 * floor
    assert digits.distance(images.flip(3)) > 3 * floor
    assert digits.distance(images[names < 5]) > 3 * floor
