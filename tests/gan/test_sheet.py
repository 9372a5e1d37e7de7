"""The sheet of addresses: its net, the forger's stretch by second routes, land and water."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.stats import norm
from torch import Tensor

from pipeline.gan import draws, sheet
from pipeline.gan.sheet_forgers import FlatForger

NOISE = draws.normal(draws.generators((0, 1), "test"), 500, 2)  # (2, 500, 2)


def bent(noise: Tensor) -> Tensor:
    """(z1, z2) -> (sinh z1, z2 + z1^2): smooth, one to one, and |det J| = cosh z1."""
    return torch.stack([torch.sinh(noise[..., 0]), noise[..., 1] + noise[..., 0] ** 2], -1)


def test_meshes_hold_equal_shares_of_the_noise() -> None:
    """Threads at Phi^-1((i + 1/2) / n): between two that follow each other lies 1/n of a normal distribution."""
    places = sheet.addresses(sheet.shares(8))
    assert np.diff(norm.cdf(places)) == pytest.approx(np.full(7, 1 / 8))
    assert places == pytest.approx(-places[::-1])


def test_net_is_level_threads_then_upright_ones() -> None:
    """2 n threads, level from the lowest, upright from the left, cut evenly; both kinds meet at the crossings."""
    net = sheet.net(4, 3)
    assert net.shape == (8, 10, 2)
    assert net[0, :, 1] == pytest.approx(np.full(10, 1 / 8)) and net[4, :, 0] == pytest.approx(np.full(10, 1 / 8))
    assert np.diff(net[0, :, 0]) == pytest.approx(np.full(9, 1 / 12))
    assert net[1, ::3][2] == pytest.approx(net[6, ::3][1])


def test_lattice_runs_row_by_row_from_the_upper_left() -> None:
    """A page of 2 by 3 cells has its first middle at (1/6, 3/4) and its last at (5/6, 1/4)."""
    places = sheet.lattice(2, 3)
    assert places[0] == pytest.approx([1 / 6, 3 / 4]) and places[1] == pytest.approx([1 / 2, 3 / 4])
    assert places[-1] == pytest.approx([5 / 6, 1 / 4])


def test_thread_twice_as_long_is_stretched_twofold() -> None:
    """A net drawn at double size is stretched 2 everywhere; one pulled threefold across, 3 along level threads."""
    net = sheet.net(5, 2)
    assert sheet.thread_stretch(2 * net, net) == pytest.approx(np.full((10, 8), 2.0))
    pulled = sheet.thread_stretch(net * [3, 1], net)
    assert pulled[:5] == pytest.approx(np.full((5, 8), 3.0)) and pulled[5:] == pytest.approx(np.ones((5, 8)))


def test_jacobian_agrees_with_finite_differences() -> None:
    """dG_i / dz_j of a forger with random weights, against (G(z + h e_j) - G(z - h e_j)) / 2 h in double precision."""
    forger = FlatForger((0, 1), (16, 16), reach=1.0).double()
    noise, h = NOISE.double(), 1e-6
    found = sheet.jacobian(forger, noise)
    assert found.shape == (2, 500, 2, 2)
    for j, step in enumerate(h * torch.eye(2, dtype=torch.float64)):
        by_steps = (forger(noise + step) - forger(noise - step)) / (2 * h)
        near = (found[..., j] - by_steps).abs().amax(-1) < 1e-6
        assert near.double().mean() > 0.995  # a step may straddle a kink of a rectifier


def test_stretch_of_a_known_map_is_its_determinant() -> None:
    """For (sinh z1, z2 + z1^2) log |det J| = log cosh z1, so that log p_G = log p_z - log cosh z1."""
    expected = sheet.log_noise(NOISE) - torch.cosh(NOISE[..., 0]).log()
    assert sheet.log_density(bent, NOISE).numpy() == pytest.approx(expected.numpy(), abs=1e-4)
    assert sheet.area_stretch(bent, NOISE).log().numpy() == pytest.approx(-expected.numpy(), abs=1e-4)
    assert sheet.log_noise(torch.zeros(1, 2)).item() == pytest.approx(2 * np.log(norm.pdf(0)))


def test_density_agrees_with_a_histogram() -> None:
    """The formula's density at a cell's middle against the share of 1,600,000 forged points in it over its area."""
    points = bent(draws.normal(draws.generators((0,), "count"), 1_600_000, 2))[0].numpy()
    edges = np.linspace(-1, 1, 11)
    counted = np.histogram2d(points[:, 0], points[:, 1], [edges, edges])[0] / len(points) / 0.2**2
    middle = np.stack(np.meshgrid(*[(edges[1:] + edges[:-1]) / 2] * 2, indexing="ij"), -1).reshape(1, -1, 2)
    across = np.arcsinh(middle[..., 0])
    back = torch.from_numpy(np.stack([across, middle[..., 1] - across**2], -1))  # the address of each middle
    formula = sheet.log_density(bent, back).exp().numpy().reshape(10, 10)
    assert formula == pytest.approx(counted, rel=0.08)
    assert formula.sum() == pytest.approx(counted.sum(), rel=0.01)


def test_mean_stretch_is_the_area_of_the_sheet() -> None:
    """A forger that is the flat square of side 2 reach is stretched by its area everywhere, so also on the mean."""
    forger = FlatForger((0, 1), (8,), reach=1.5)
    forger.scale_layer(-1, 0.0, 0.0)
    stretch = sheet.area_stretch(forger, NOISE)
    assert stretch.numpy() == pytest.approx(np.full((2, 500), 9.0), rel=1e-3)


def test_water_is_beyond_three_deviations_of_every_island() -> None:
    """With two islands at 0 and 1 and sd 0.1, (0.29, 0) is on land, (0.31, 0) and (0.5, 0) are not, (0.75, 0) is."""
    points = np.array([[0.29, 0], [0.31, 0], [0.5, 0], [0.75, 0]])
    centres = np.array([[0.0, 0], [1.0, 0]])
    assert sheet.water(points, centres, 0.1).tolist() == [False, True, True, False]


def test_ratio_is_of_medians_run_by_run() -> None:
    """Medians 8 over water and 2 on land give 4; a run that is all land has no ratio."""
    stretch = np.array([[1.0, 2.0, 3.0, 8.0], [1.0, 1.0, 1.0, 1.0]])
    wet = np.array([[False, False, False, True], [False] * 4])
    ratios = sheet.water_over_land(stretch, wet)
    assert ratios[0] == 4 and np.isnan(ratios[1])


def test_packed_points_come_back_to_a_sixteen_thousandth() -> None:
    """Rounded to 1/8192, no point moves by more than half of that; what lies beyond 4 is kept at the edge."""
    points = np.random.default_rng(0).uniform(-2, 2, (50, 2))
    assert np.abs(sheet.unpack(sheet.pack(points)) - points).max() <= sheet.FINEST / 2
    assert sheet.unpack(sheet.pack(np.array([9.0, -9.0]))) == pytest.approx([4, -4], abs=0.01)
