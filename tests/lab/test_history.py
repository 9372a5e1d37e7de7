"""What a run leaves behind stays small and in order, however long it trains."""

from __future__ import annotations

import numpy as np
import pytest

from tests.lab.core import told

RUN = """const run = (count) => { const history = new Chronicle();
    for (let step = 0; step <= count; step++) {
        if (step) history.losses.add({ forger: step, detective: -step });
        if (!history.isDue(step)) continue;
        history.keep({ step, gap: 1 / (step + 1), covered: 0, share: 0, forger: [], detective: [] }) }
    return { moments: history.moments.map((m) => m.step), gaps: history.gaps.map((g) => g.step),
        each: history.losses.each, losses: history.losses.points.map((p) => p.forger) } };"""


@pytest.mark.parametrize("count", [0, 1, 30, 3000, 100_000])
def test_moments_grow_apart_and_stay_few(count: int) -> None:
    """Every step at first, then ever further apart; never more than there is room for; the first is kept."""
    said = told(RUN + f"return run({count})")
    moments = np.array(said["moments"])
    apart = np.diff(moments)
    assert len(moments) <= 301
    assert moments[0] == 0 and (apart > 0).all()
    assert (apart[:20] == 1).all()
    assert count - moments[-1] <= max(1, 0.1 * count)
    assert len(said["gaps"]) <= 4001


def test_gap_is_measured_at_least_every_25_rounds() -> None:
    """Between two measurements lie at most 25 rounds of three thousand."""
    assert np.diff(told(RUN + "return run(3000)")["gaps"]).max() == 25


@pytest.mark.parametrize("count", [10, 599, 600, 5000])
def test_losses_are_plain_means_of_their_steps(count: int) -> None:
    """A point is the mean of exactly the rounds it stands for, and all points stand for equally many."""
    said = told(RUN + f"return run({count})")
    each = said["each"]
    assert len(said["losses"]) == count // each and len(said["losses"]) < 600
    means = np.arange(1, count // each * each + 1).reshape(-1, each).mean(1)
    assert np.allclose(said["losses"], means)
