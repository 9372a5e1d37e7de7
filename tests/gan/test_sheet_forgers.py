"""The two forgers whose addresses are a plane."""

from __future__ import annotations

import pytest
import torch

from pipeline.gan import draws
from pipeline.gan.images import ImageForger
from pipeline.gan.sheet_forgers import FlatForger, PlaneForger, centred

NOISE = draws.normal(draws.generators((3, 4), "test"), 2_000, 2)  # (2, 2000, 2)


def test_centred_noise_lies_evenly_on_the_square() -> None:
    """2 Phi(z) - 1 has mean 0 and variance 1/3, as an even distribution on [-1, 1]; z = 0 is its middle."""
    place = centred(NOISE)
    assert place.abs().max() <= 1 and place.mean().item() == pytest.approx(0, abs=0.03)
    assert place.var().item() == pytest.approx(1 / 3, abs=0.02)
    assert centred(torch.zeros(1)).item() == 0


def test_flat_forger_is_its_square_plus_its_network() -> None:
    """With the last layer at nought it is reach (2 Phi(z) - 1); its bias then moves the square as it is."""
    forger = FlatForger((3, 4), (8, 8), reach=0.7)
    forger.scale_layer(-1, 0.0, 0.0)
    assert torch.allclose(forger(NOISE), 0.7 * centred(NOISE))
    torch.nn.init.constant_(forger.layers[-1].bias, 2.0)  # type: ignore[arg-type]
    assert torch.allclose(forger(NOISE), 0.7 * centred(NOISE) + 2)


def test_flat_forger_keeps_its_runs_apart() -> None:
    """A seed's forger is the same whatever runs beside it."""
    both, second = FlatForger((3, 4), (8,), reach=1.0), FlatForger((4,), (8,), reach=1.0)
    assert torch.allclose(both(NOISE)[1:], second(NOISE[1:]))


def test_plane_forger_prints_a_picture_for_each_address() -> None:
    """Two numbers in, a picture in (-1, 1) out; the same address gives the same picture, a near one a near picture."""
    torch.manual_seed(0)
    forger = PlaneForger(0, 12, 4.0, ImageForger(12, channels=(8, 4), start=7)).eval()
    noise = NOISE[0, :5]
    made, again, near = forger(noise), forger(noise), forger(noise + 1e-4)
    assert made.shape == (5, 1, 28, 28) and made.abs().max() < 1
    assert torch.equal(made, again) and (made - near).abs().max() < 0.01


def test_plane_forger_draws_its_waves_from_its_seed() -> None:
    """The waves are fixed by the seed alone, and are no weights: training leaves them as they are."""
    body = ImageForger(6, channels=(8, 4), start=7)
    one, same, other = (PlaneForger(seed, 6, 4.0, body) for seed in (1, 1, 2))
    assert torch.equal(one.numbers, same.numbers) and not torch.equal(one.numbers, other.numbers)
    assert "numbers" not in dict(one.named_parameters())
