"""Multiplications are counted right, by hand and by a second route."""

from __future__ import annotations

import torch
from torch import nn

from pipeline.gan import digits
from pipeline.gan.arithmetic import multiply_adds
from pipeline.gan.images import ImageForger


def test_multiply_adds_by_hand() -> None:
    """A layer of weights 3 to 5 takes 15 a picture, a convolution 2 to 4 over 6 by 6 places 8 x 9 x 36."""
    assert multiply_adds(nn.Linear(3, 5), torch.zeros(1, 3)) == 15
    assert multiply_adds(nn.Linear(3, 5), torch.zeros(4, 3)) == 60
    assert multiply_adds(nn.Conv2d(2, 4, 3, padding=1), torch.zeros(1, 2, 6, 6)) == 8 * 9 * 36


def test_a_transpose_costs_what_its_convolution_does() -> None:
    """Up from 7 x 7 to 14 x 14 is the same work as down from 14 x 14 to 7 x 7."""
    up, down = nn.ConvTranspose2d(5, 3, 4, 2, 1), nn.Conv2d(3, 5, 4, 2, 1)
    assert multiply_adds(up, torch.zeros(1, 5, 7, 7)) == multiply_adds(down, torch.zeros(1, 3, 14, 14)) == 15 * 16 * 49


def test_the_forger_of_digits_is_counted_layer_by_layer() -> None:
    """Its stem, its way from 7 x 7 to 14 x 14 and its way to 28 x 28; norms, bends and biases are not counted."""
    latent = digits.RECIPE.latent_size
    forger = ImageForger(latent, channels=(64, 32), start=7, classes=10).eval()
    stem, first, last = (latent + 10) * 7 * 7 * 64, 49 * 64 * 32 * 16, 196 * 32 * 16
    assert multiply_adds(forger, torch.zeros(1, latent), torch.zeros(1, dtype=torch.int64)) == stem + first + last
