"""Mode coverage: what counts as covered, and that nothing is trained twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import coverage
from pipeline import training
from pipeline.gan import draws

TINY = replace(coverage.RECIPE, steps=4, batch_size=16, seeds=(0, 1, 2))


def test_a_point_within_three_standard_deviations_covers_its_mode() -> None:
    """One stray point covers a mode, one further off does not, and the stricter count wants a tenth of a share."""
    ring = coverage.WORLDS["ring"]
    first, second = np.array(ring.centres[0]), np.array(ring.centres[1])
    points = np.tile(first, (100, 1))
    points[0] = second + [2.9 * ring.sd, 0]
    points[1] = second + [3.1 * ring.sd, 0]
    found = coverage.count(points[None], ring)
    assert found["modes"] == [2] and found["quality"] == pytest.approx(0.99)
    assert found["fair"] == [1]  # a tenth of an eighth is 1.25 %


@pytest.mark.parametrize("name", ["ring", "grid"])
def test_real_points_cover_every_mode(name: str) -> None:
    """A perfect forger gets them all, evenly, and 1 - exp(-9/2) = 98.9 % of its points are of high quality."""
    world = coverage.WORLDS[name]
    points = world.sample(coverage.SAMPLES, draws.generators((0, 1), "real")).data.numpy()
    found = coverage.count(points, world)
    assert (found["modes"] == len(world.centres)).all() and (found["fair"] == len(world.centres)).all()
    assert found["quality"] == pytest.approx(0.989, abs=0.01)


def test_what_was_counted_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeds are split over runs, every one is counted, and a second call only reads."""
    monkeypatch.setattr(coverage, "TOGETHER", 2)
    counts = coverage.cover("grid", TINY, tmp_path)
    assert len(counts.modes) == len(counts.quality) == len(counts.fair) == 3
    monkeypatch.setattr(coverage, "record", None)
    assert coverage.cover("grid", TINY, tmp_path) == counts


def test_a_killed_benchmark_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off after its last checkpoint, it counts what it would have counted."""
    monkeypatch.setattr(training, "CHECKPOINT_EVERY", 2)
    whole = coverage.cover("ring", TINY, tmp_path / "whole")
    play = training.record
    started: list[int] = []

    def cut(*asked: object) -> object:
        *rest, _, scratch = asked

        def power(step: int, steps: int) -> None:
            started.append(step)
            if len(started) == 3:
                raise OSError("no power")

        return play(*rest, power, scratch)  # type: ignore[arg-type]

    monkeypatch.setattr(coverage, "record", cut)
    with pytest.raises(OSError, match="no power"):
        coverage.cover("ring", TINY, tmp_path / "cut")
    again = coverage.cover("ring", TINY, tmp_path / "cut")
    assert started == [1, 2, 3, 3, 4]
    assert (again.modes, again.quality, again.fair) == (whole.modes, whole.quality, whole.fair)


def test_the_table_sets_ours_beside_the_published() -> None:
    """Means over the seeds in the last row; what the paper does not give is a dash."""
    counts = coverage.Counts((8, 8), (0.9, 0.94), (8, 8), 1.0)
    lines = coverage.table({"ring": counts, "grid": replace(counts, modes=(25, 24))}).splitlines()
    assert "6.3 modes, 98.2%" in lines[1] and "17.3 modes" in lines[1]
    assert lines[3].split()[:2] == ["PacGAN4", "-"]
    assert "8.0 modes, 92.0%" in lines[4] and "24.5 modes" in lines[4]
    assert lines[6].startswith("  grid, seed by seed: 25 24;")
