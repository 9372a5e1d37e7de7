"""The cost of carrying, by hand, against all pairings there are, and on a line against sorting."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from pipeline.gan import transport


def test_a_heap_moved_by_so_much_costs_so_much() -> None:
    """All points three to the right and four up: five each, in whatever order they stand."""
    heap = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]])
    assert transport.cost(heap, heap[::-1] + [3.0, 4.0]) == pytest.approx(5.0)
    assert transport.cost(heap, heap[::-1]) == 0.0


def test_no_pairing_is_cheaper() -> None:
    """Of all 120 pairings of two heaps of five it is the cheapest."""
    first, second = np.random.default_rng(0).normal(size=(2, 5, 2))
    pairings = (second[list(order)] for order in itertools.permutations(range(5)))
    assert transport.cost(first, second) == pytest.approx(
        min(np.linalg.norm(first - paired, axis=1).mean() for paired in pairings)
    )


def test_on_a_line_it_is_the_area_between_the_distributions() -> None:
    """Against scipy's integral of the difference of cumulative distributions."""
    first, second = np.random.default_rng(1).normal(size=(2, 40, 1))
    assert transport.cost(first, second) == pytest.approx(stats.wasserstein_distance(first[:, 0], second[:, 0]))
