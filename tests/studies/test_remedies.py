"""The remedies, for a few steps, and what they count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.game import Game
from pipeline.recording import Recording, Series
from pipeline.studies import remedies
from pipeline.training import Rounds
from tests.studies.few_steps import drawn, measured, recorded

STUDY = remedies.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Two steps of each duel."""
    return recorded(STUDY, steps=2, frames=2)


def test_all_start_alike_and_apart(recordings: dict[str, Recording]) -> None:
    """At step 0 every forger draws the same points, and none of them lies on the circle."""
    found = measured(STUDY, recordings)
    first = [recording.frames["forged"][0] for recording in recordings.values()]
    assert all((points == first[0]).all() for points in first)
    for name in remedies.REMEDIES:
        series = found[name]
        assert isinstance(series, Series) and series.first > 0.99


def test_a_round_costs_what_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plain round evaluates networks as often as forward hooks count; a fine evaluates once more, counted twice."""
    for name, hidden in (("plain", 0), ("fewer", 0), ("tax", 3), ("wasserstein", 3), ("pairs", 6)):
        duel = STUDY.duels[name]
        recipe = replace(duel.recipe, batch_size=4, steps=1, seeds=(0,))
        game = Game(duel, recipe)
        turns = game.configure_optimizers()
        monkeypatch.setattr(game, "turns", lambda turns=turns: turns)
        monkeypatch.setattr(game, "manual_backward", lambda loss, inputs: loss.backward(inputs=inputs))
        calls: list[int] = []
        for player in (game.forger, game.detective):
            player.register_forward_hook(lambda *_, calls=calls: calls.append(1))
        game.play(game, Rounds(remedies.real(recipe), recipe).deal(0))
        assert len(calls) + hidden == remedies.evaluations(name), name


def test_success_is_counted_seed_by_seed() -> None:
    """Of gaps 0.1, 0.2, 0.3 two are successes, and of 1, 0.9, 0.2 two are lost."""
    recipe = replace(remedies.PLAIN, seeds=(0, 1, 2))
    steps = np.array([0, 1])
    made = {
        name: Recording("remedies", name, recipe, steps, {}, {"gap": (steps, np.array([[1, 1, 1], ends]).T)})
        for name, ends in (("tax", [0.1, 0.2, 0.3]), ("plain", [1.0, 0.9, 0.2]))
    }
    assert remedies.cured(made, "tax") == 2
    assert remedies.seeds_lost(made) == 2


def test_every_moment_can_be_drawn(recordings: dict[str, Recording]) -> None:
    """The film moves between its first and last moment, in both themes."""
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()


def test_a_forger_that_flew_off_is_far_away() -> None:
    """What is no number, or too large to keep, counts as a thousand away, and the rest as it is."""
    points = np.array([[np.nan, -np.inf], [0.5, 1e30]])
    assert remedies.flown(points).tolist() == [[1000.0, -1000.0], [0.5, 1000.0]]
