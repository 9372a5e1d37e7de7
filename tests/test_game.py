"""The game: whose weights a turn moves, what a round costs, and that runs side by side do not touch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor

from pipeline import training
from pipeline.game import Deal, Game, rate_share
from pipeline.gan import worlds
from pipeline.gan.losses import CLASSIC, RELATIVISTIC
from pipeline.gan.networks import Detective, Forger
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Recording
from pipeline.study import Duel, Recipe

RECIPE = Recipe(
    steps=12, batch_size=16, latent_size=2, learning_rates=(1e-2, 1e-2), penalty=0.1, seeds=(0, 1), frames=4, clock=1.0
)


def players(recipe: Recipe) -> tuple[Forger, Detective]:
    """As small as players can be and still bend."""
    return Forger(recipe.seeds, (2, 8, 2)), Detective(recipe.seeds, (2, 8, 1), gain=2.0)


def duel(recipe: Recipe = RECIPE, **changes: Any) -> Duel:
    """A small ring, looked at by where the first forged points lie."""
    return replace(Duel(recipe, lambda recipe: worlds.ring(), players, CLASSIC, look_at_points), **changes)


def look_at_points(look: Look) -> Observation:
    """Three points of the shown seed, and the mean distance from the origin of each seed's."""
    points = look.forger(look.noise(3))
    return Observation({"points": points[look.shown].numpy()}, {"reach": points.norm(dim=-1).mean(-1).numpy()})


def played(recipe: Recipe = RECIPE, **changes: Any) -> Recording:
    """The small duel, recorded."""
    return training.record(duel(recipe, **changes), "small", "duel", recipe, lambda step, steps: None)


def test_the_first_round_costs_what_a_draw_costs() -> None:
    """A detective that starts at one half pays ln 4 in its first lesson."""
    recording = played()
    steps, costs = recording.curves["detective_loss"]
    assert steps.tolist() == list(range(12)) and costs.shape == (2, 12)
    assert costs[:, 0] == pytest.approx(math.log(4))


def test_a_seed_is_the_same_in_any_company() -> None:
    """Seed 1 beside seed 0 is trained to the same weights as seed 1 alone, up to rounding."""
    beside = played(replace(RECIPE, shown=1))
    alone = played(replace(RECIPE, seeds=(1,), shown=1))
    for name, weights in alone.weights.items():
        assert beside.weights[name] == pytest.approx(weights, abs=1e-5), name


def test_each_turn_moves_its_own_player() -> None:
    """With a step size of nothing a player stays as it was, while the other learns."""
    before = played(replace(RECIPE, stop=0)).weights
    for still, moving, rates in (("forger", "detective", (0.0, 1e-2)), ("detective", "forger", (1e-2, 0.0))):
        # against a detective that is one half everywhere no forger can learn, so it is given a slope
        after = played(replace(RECIPE, learning_rates=rates), players=_leaning).weights
        start = played(replace(RECIPE, stop=0), players=_leaning).weights
        assert before.keys() == after.keys()
        assert all((after[n] == start[n]).all() for n in after if n.startswith(still))
        assert any((after[n] != start[n]).any() for n in after if n.startswith(moving))


def test_the_running_mean_is_what_is_shown() -> None:
    """With a decay near 1 the shown forger hardly leaves its start, and without one it does."""
    start, mean, itself = played(replace(RECIPE, stop=0)), played(replace(RECIPE, average=0.999)), played()
    name = "forger.layers.1.bias"
    assert mean.weights[name] == pytest.approx(start.weights[name], abs=2e-3)
    assert abs(itself.weights[name] - start.weights[name]).max() > 0.02


def test_a_lazy_penalty_weighs_as_much_more() -> None:
    """Taken at every third update with one update a round, it moves the detective in rounds 0, 3, 6, 9 only."""
    seen: list[bool] = []

    def note(real: Tensor, forged: Tensor, on_real: Tensor, on_forged: Tensor) -> Tensor:
        seen.append(real.requires_grad and forged.requires_grad)
        return on_real.mean(-1) * 0

    played(replace(RECIPE, penalty_every=3), losses=replace(CLASSIC, penalty=note))
    assert seen == [True] * 4


def test_relativistic_players_are_shown_pairs() -> None:
    """The relativistic game plays through, and its first lesson costs ln 2."""
    assert played(losses=RELATIVISTIC).curves["detective_loss"][1][:, 0] == pytest.approx(math.log(2))


def test_a_study_may_play_its_own_rounds() -> None:
    """A round of its own replaces the usual one, and its costs become the curves."""

    def imitate(game: Game, deal: Deal) -> Mapping[str, Tensor]:
        forger_turn, _ = game.turns()
        distance = (game.forger(deal.noise[-1]) - deal.real[-1].data).square().sum(-1).mean(-1)
        game.update(game.forger, forger_turn, distance.sum())
        return {"distance": distance.detach()}

    recording = played(round=imitate)
    assert set(recording.curves) == {"reach", "distance"}
    distance = recording.curves["distance"][1]
    assert (distance[:, -1] < distance[:, 0]).all()


def test_schedules_end_where_the_recipe_says() -> None:
    """Cosine: 1, half way between, last rate; late linear: 1 until half time, then straight down."""
    cosine = replace(RECIPE, steps=100, schedule="cosine", last_rate=0.2)
    assert [rate_share(cosine, s) for s in (0, 50, 100)] == pytest.approx([1.0, 0.6, 0.2])
    late = replace(RECIPE, steps=100, schedule="late_linear")
    assert [rate_share(late, s) for s in (0, 50, 75, 100)] == pytest.approx([1.0, 1.0, 0.5, 0.0])
    assert rate_share(RECIPE, 7) == 1.0


def _leaning(recipe: Recipe) -> tuple[Forger, Detective]:
    forger, detective = players(recipe)
    torch.nn.init.ones_(detective.layers[-1].weight)  # type: ignore[arg-type]
    return forger, detective
