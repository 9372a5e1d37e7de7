"""Looking changes nothing, and sees the same noise each time."""

from __future__ import annotations

import torch

from pipeline.gan import worlds
from pipeline.gan.networks import Detective, Forger
from pipeline.gan.observing import Look
from pipeline.study import Recipe

RECIPE = Recipe(steps=10, batch_size=4, latent_size=3, learning_rates=(1e-3, 1e-3), seeds=(4, 9), shown=9)


def _look(step: int, memory: dict[str, object]) -> Look:
    players = Forger(RECIPE.seeds, (3, 4, 2)), Detective(RECIPE.seeds, (2, 4, 1))
    return Look(step, step, step == 10, *players, RECIPE, worlds.ring(), memory)  # type: ignore[arg-type]


def test_noise_and_held_out_data_stay_the_same() -> None:
    """Two looks with one memory, and two with none in common, see equal noise and equal real data."""
    memory: dict[str, object] = {}
    first, second, fresh = _look(0, memory), _look(5, memory), _look(5, {})
    assert first.noise(6) is second.noise(6)
    assert torch.equal(first.noise(6), fresh.noise(6)) and first.noise(6).shape == (2, 6, 3)
    assert torch.equal(first.held_out(6).data, fresh.held_out(6).data)
    assert not torch.equal(first.held_out(6).data, first.held_out(6, "held out again").data)


def test_dear_measures_are_taken_at_the_last_look_too() -> None:
    """Every fourth look, and the last whatever its number."""
    assert [_look(step, {}).every(4) for step in (0, 3, 4, 10)] == [True, False, True, True]
    assert _look(0, {}).shown == 1
