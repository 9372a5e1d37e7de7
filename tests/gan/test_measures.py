"""Each measure against a value worked by hand and, where there is one, a second route to the same number."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy import integrate, linalg, stats

from pipeline.gan import measures, worlds


def test_js_of_strangers_is_one_bit_and_of_twins_none() -> None:
    """Nothing in common is 1 bit, the same is 0, and half in common is .3113 as worked by hand."""
    assert measures.jensen_shannon(np.array([1.0, 0]), np.array([0, 1.0])) == 1.0
    assert measures.jensen_shannon(np.array([3.0, 5]), np.array([6.0, 10])) == 0.0
    # H(3/4, 1/4) - H(1, 0) / 2 - H(1/2, 1/2) / 2 = .8113 - 0 - .5
    assert measures.jensen_shannon(np.array([2.0, 0]), np.array([1.0, 1])) == pytest.approx(0.3113, abs=1e-4)


def test_js_agrees_with_its_integral() -> None:
    """On fine bins it is 1/2 E log2 2D* + 1/2 E log2 2(1 - D*), integrated numerically."""
    p, q = stats.norm(-1, 0.5).pdf, stats.norm(0.2, 0.8).pdf

    def integrand(x: float) -> float:
        mean = (p(x) + q(x)) / 2
        return float(0.5 * p(x) * np.log2(p(x) / mean) + 0.5 * q(x) * np.log2(q(x) / mean))

    expected, _ = integrate.quad(integrand, -5, 5)
    x = np.linspace(-5, 5, 20001)
    assert measures.jensen_shannon(p(x), q(x)) == pytest.approx(expected, abs=1e-6)


def test_histogram_counts_every_point_of_every_run() -> None:
    """A point on an edge belongs to the bin above it, and one beyond the edges to the end bin."""
    points = np.array([[-9.0, 0.0, 0.5, 1.0], [2.0, 2.0, 9.0, -1.0]])
    assert measures.histogram(points, np.array([-1.0, 0, 1, 2])).tolist() == [[1, 2, 1], [1, 0, 3]]


def test_histogram_2d_puts_rows_upward_and_forgives_no_stray() -> None:
    """On a 2 x 2 grid, cell 1 is lower right and 2 upper left; a stray counts in the nearest cell."""
    points = np.array([[[0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [7.0, 7.0]]])
    assert measures.histogram_2d(points, 0, 1, 2).tolist() == [[1, 1, 1, 1]]


def test_a_mode_is_hit_within_three_sd() -> None:
    """Of four points, one at 2.9 sd hits, one at 3.1 sd misses: shares 1/2 and 1/4."""
    centres = np.array([[0.0, 0], [10.0, 0]])
    points = np.array([[0.0, 0], [0.29, 0], [0.31, 0], [10, 0.1]])
    assert measures.mode_shares(points, centres, 0.1).tolist() == [0.5, 0.25]


def test_real_data_covers_its_own_ring() -> None:
    """Of real points 98.9 % = 1 - exp(-9/2) lie within 3 sd, evenly over the eight modes."""
    ring = worlds.ring()
    points = ring.sample(50_000, (torch.Generator().manual_seed(0),)).data[0].numpy()
    shares = measures.mode_shares(points, np.array(ring.centres), ring.sd)
    assert shares.sum() == pytest.approx(1 - np.exp(-4.5), abs=0.002)
    assert shares == pytest.approx([1 / 8] * 8, abs=0.006)


def test_ideal_detective_is_the_share_of_originals() -> None:
    """Three of four are original: .75; nothing there at all: no answer."""
    ideal = measures.ideal_detective(np.array([0.3, 1.0, 0.0]), np.array([0.1, 0.0, 0.0]))
    assert ideal[:2].tolist() == pytest.approx([0.75, 1.0]) and np.isnan(ideal[2])


def test_the_value_at_the_best_detective_is_the_gap_less_ln_4() -> None:
    """V(D*, G) = -ln 4 + 2 JSD in nats: 0 for strangers, -ln 4 for twins, -.9548 for half in common, as by hand."""
    assert measures.value_at_best(np.array([1.0, 0]), np.array([0, 1.0])) == 0.0
    assert measures.value_at_best(np.array([3.0, 5]), np.array([6.0, 10])) == pytest.approx(-np.log(4))
    # D* is 2/3 and 0 on the two cells: ln(2/3) + 1/2 ln(1/3) + 1/2 ln 1
    assert measures.value_at_best(np.array([2.0, 0]), np.array([1.0, 1])) == pytest.approx(-0.9548, abs=1e-4)
    dice = np.random.default_rng(3)
    p, q = dice.integers(0, 5, (4, 50)), dice.integers(0, 5, (4, 50))
    expected = -np.log(4) + 2 * np.log(2) * measures.jensen_shannon(p, q)
    assert measures.value_at_best(p, q) == pytest.approx(expected)


def test_no_other_detective_has_a_higher_value() -> None:
    """Among all constant shares on a cell of densities a and b, a ln D + b ln(1 - D) is highest at D* = a / (a + b)."""
    shares = np.linspace(0.001, 0.999, 999)
    for a, b in ((0.3, 0.1), (0.2, 0.2), (0.05, 0.6)):
        values = a * np.log(shares) + b * np.log(1 - shares)
        ideal = measures.ideal_detective(np.array([a]), np.array([b]))[0]
        assert shares[values.argmax()] == pytest.approx(ideal, abs=1e-3)


def test_confidence_and_accuracy_of_a_coin_are_one_half() -> None:
    """A coin scores .5 in both; beliefs .9 and .2 give confidence .85 and accuracy 1."""
    coin = np.full((2, 4), 0.5)
    assert measures.confidence(coin, coin).tolist() == [0.5, 0.5]
    assert measures.accuracy(coin, coin).tolist() == [0.5, 0.5]
    assert measures.confidence(np.array([0.9]), np.array([0.2])) == pytest.approx(0.85)
    assert measures.accuracy(np.array([0.9]), np.array([0.2])) == 1.0


def test_two_sample_test_knows_apart_from_alike() -> None:
    """Two far clouds score 0, two halves of one cloud nearly 1."""
    dice = np.random.default_rng(0)
    cloud = dice.normal(size=(1200, 2))
    assert measures.two_sample(cloud[:600], cloud[600:] + 50) == 0.0
    assert measures.two_sample(cloud[:600], cloud[600:]) > 0.9


def test_frechet_in_one_dimension_is_known() -> None:
    """For Gaussians on a line it is (m1 - m2)^2 + (s1 - s2)^2."""
    one, two = np.array([[-1.0], [1.0]]), np.array([[1.0], [7.0]])  # means 0 and 4, sds sqrt 2 and 3 sqrt 2
    assert measures.frechet(one, two) == pytest.approx(16 + 8)


def test_frechet_agrees_with_the_matrix_root() -> None:
    """In five dimensions it equals the formula with scipy's matrix square root."""
    dice = np.random.default_rng(1)
    one, two = dice.normal(size=(400, 5)), dice.normal(size=(300, 5)) @ dice.normal(size=(5, 5)) + 1
    s1, s2 = np.cov(one.T), np.cov(two.T)
    root = np.trace(linalg.sqrtm(s1 @ s2)).real
    expected = np.square(one.mean(0) - two.mean(0)).sum() + np.trace(s1) + np.trace(s2) - 2 * root
    assert measures.frechet(one, two) == pytest.approx(expected, rel=1e-6)


def test_smooth_density_agrees_with_an_exact_kernel_density() -> None:
    """On a fine grid it is scipy's kernel density of the same width, and integrates to one."""
    points = np.random.default_rng(2).normal(size=500)
    grid = np.linspace(-6, 6, 1201)
    density = measures.smooth_density(points, grid, 0.3)
    exact = stats.gaussian_kde(points, bw_method=0.3 / points.std(ddof=1))(grid)
    assert density == pytest.approx(exact, abs=1e-3)
    assert density.sum() * 0.01 == pytest.approx(1.0, abs=1e-6)


def test_nearest_is_the_nearest() -> None:
    """The same as trying every pair, and by hand: (0, 0) is 5 from (3, 4)."""
    dice = np.random.default_rng(0)
    points, originals = dice.standard_normal((7, 3)), dice.standard_normal((11, 3))
    every = np.linalg.norm(points[:, None] - originals, axis=-1)
    index, distance = measures.nearest(points, originals)
    assert np.array_equal(index, every.argmin(1)) and distance == pytest.approx(every.min(1))
    assert measures.nearest(np.zeros((1, 2)), np.array([[3.0, 4.0], [9.0, 9.0]]))[1].tolist() == [5.0]


def test_quality_is_the_share_of_the_first_gap_that_is_closed() -> None:
    """Nothing closed is 0, a quarter left is 3/4, nothing left is 1; bits or nats, all the same."""
    gaps = np.array([0.8, 0.2, 0.0])
    assert measures.quality(gaps, gaps[:1]).tolist() == pytest.approx([0.0, 0.75, 1.0])
    assert measures.quality(gaps * np.log(2), gaps[:1] * np.log(2)) == pytest.approx(measures.quality(gaps, gaps[:1]))


def test_a_forger_that_nobody_answers_goes_where_it_is_believed_most() -> None:
    """Believed 3/4 in one place and 1/4 in the other, it brings the value to ln(3/4) / 2 + ln(1/4) / 2 + ln(1/4)."""
    found = measures.value_at_collapse(np.array([1.0, 1.0]), np.array([0.75, 0.25]))
    assert found == pytest.approx(np.log(3 / 4) / 2 + np.log(1 / 4) / 2 + np.log(1 / 4))
