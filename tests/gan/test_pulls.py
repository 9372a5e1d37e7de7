"""How a pull rises and dies."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.gan import pulls

PULLS = np.array([[1.0, 4.0, 2.0, 1.0], [5.0, 4.0, 3.0, 0.5]])


def test_what_remains_is_a_share_of_the_own_peak() -> None:
    """A quarter of four, a tenth of five."""
    assert pulls.remains(PULLS) == pytest.approx([0.25, 0.1])


def test_curve_is_cut_at_the_peak_of_its_own_seed() -> None:
    """The first seed's peak is its second look, the second's its first."""
    cut = pulls.since_peak(PULLS, np.arange(8.0).reshape(2, 4))
    assert [row.tolist() for row in cut] == [[1, 2, 3], [4, 5, 6, 7]]


def test_settled_is_after_the_last_fall() -> None:
    """A look at the bound that is followed by one below it settles nothing."""
    shares = np.array([[0.5, 0.99, 0.9, 0.99], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 0.5]])
    assert pulls.settled(shares, 0.99).tolist() == [3, 0, 3]
