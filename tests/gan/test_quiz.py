"""Pairs for real or fake: who is dealt in which round, and how a detective judges one picture."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from pipeline.gan import quiz
from pipeline.gan.images import ImageDetective
from pipeline.gan.tiles import draw_tiles, symmetry_error

PAIRS = 2


def albums(steps: tuple[int, ...], count: int = 12) -> dict[int, np.ndarray]:
    """Tiles of which each step has its own, more and more regular from the first address to the last."""
    found = {}
    for step in steps:
        tiles = draw_tiles(count, seed=step)
        noise = np.random.default_rng(step).normal(size=tiles.shape)
        torn = tiles + noise * np.linspace(0.9, 0, count)[:, None, None]
        found[step] = np.clip(torn, -1, 1).astype(np.float32)
    return found


def test_rounds_take_forgeries_as_they_come_and_none_twice() -> None:
    """Round k takes the k-th pairs of the k-th album, and no tile is dealt in two rounds."""
    kept = albums((10, 20))
    dealt = quiz.rounds(kept, draw_tiles(8, seed=0), early=2, pairs=PAIRS)
    assert [step for step, _ in dealt] == [10, 20, 20]
    assert np.array_equal(dealt[0][1], kept[10][:2])
    assert np.array_equal(dealt[1][1], kept[20][2:4])
    everyone = np.concatenate([tiles for _, tiles in dealt])
    assert len(np.unique(everyone.reshape(len(everyone), -1), axis=0)) == 3 * PAIRS


def test_last_round_is_the_most_regular() -> None:
    """Of the addresses not dealt before, the last round has those of the lowest symmetry error."""
    kept = albums((10,))
    *_, (_, last) = quiz.rounds(kept, draw_tiles(8, seed=0) * 0.1, early=1, pairs=PAIRS)
    errors = np.sort(symmetry_error(kept[10][PAIRS:]))
    assert np.sort(symmetry_error(last)) == pytest.approx(errors[:PAIRS])


def test_last_round_leaves_pale_tiles_to_the_end() -> None:
    """A tile without contrast is regular, too, but no match for an original."""
    kept = albums((10,))
    kept[10][5] *= 0.01
    *_, (_, last) = quiz.rounds(kept, draw_tiles(8, seed=0) * 0.5, early=1, pairs=PAIRS)
    assert last.std(axis=(1, 2)).min() > 0.1


def test_draft_with_one_album_fills_all_rounds() -> None:
    """Where a run stopped early, its last album serves the rounds that have none."""
    dealt = quiz.rounds(albums((10,), count=20), draw_tiles(8, seed=0), early=5, pairs=PAIRS)
    assert [len(tiles) for _, tiles in dealt] == [PAIRS] * 6


def test_picture_is_judged_on_its_own_merits() -> None:
    """What else is judged in the same call changes nothing, also for a detective that looks at its group."""
    torch.manual_seed(0)
    detective = ImageDetective(32, channels=(4, 8, 8), deviation=True).eval()
    pictures, company = draw_tiles(5, seed=4), draw_tiles(7, seed=5)
    together = quiz.alone(detective, pictures, company)
    one_by_one = [quiz.alone(detective, picture[None], company)[0] for picture in pictures]
    assert together == pytest.approx(one_by_one, abs=1e-6)
    with pytest.raises(ValueError, match="company of 7, not 3"):
        quiz.alone(detective, pictures, company[:3])


def test_sheet_and_facts_speak_of_the_same_tiles() -> None:
    """Three rows a round: originals, forgeries, faults; each original is met in one round only."""
    mean = nn.Sequential(nn.Flatten(), nn.AvgPool1d(1024), nn.Flatten(0))
    dealt = [(7, albums((7,))[7][:PAIRS]), (9, albums((9,))[9][:PAIRS])]
    originals = draw_tiles(4, seed=1)
    rows, facts = quiz.laid_out(dealt, originals, mean, draw_tiles(7, seed=2))
    assert rows.shape == (6, PAIRS, 32, 32)
    assert rows.min() >= 0
    assert rows.max() <= 1
    assert np.allclose(rows[[0, 3]].reshape(-1, 32, 32) * 2 - 1, originals, atol=1e-6)
    assert [fact["step"] for fact in facts] == [7, 9]
    real, forged, error = facts[1]["pairs"][1]
    assert real == pytest.approx(1 / (1 + np.exp(-originals[3].mean())), abs=1e-3)
    assert forged == pytest.approx(1 / (1 + np.exp(-dealt[1][1][1].mean())), abs=1e-3)
    assert error == pytest.approx(symmetry_error(dealt[1][1])[1], abs=1e-3)
