"""Players side by side: each is its own, however many stand beside it."""

from __future__ import annotations

import torch
from torch import nn

from pipeline.gan.networks import Detective, Forger, alone, blend, state_of_run


def test_a_run_is_the_same_in_any_company() -> None:
    """Seed 5 beside seed 2 starts with the same weights, and forges the same, as seed 5 by itself."""
    noise = torch.randn(2, 9, 3)
    both, single = Forger((2, 5), (3, 8, 2)), Forger((5,), (3, 8, 2))
    torch.testing.assert_close(both(noise)[1:], single(noise[1:]))
    torch.testing.assert_close(alone(both, 1)(noise[1:]), single(noise[1:]))


def test_a_layer_multiplies_as_a_linear_layer_does() -> None:
    """One run equals torch's own Linear and LeakyReLU with the same numbers."""
    detective = Detective((0,), (2, 6, 1), gain=3.0)
    state = dict(state_of_run(detective, 0))
    torch.nn.init.normal_(detective.layers[-1].weight)  # type: ignore[arg-type]
    points = torch.randn(1, 4, 2)
    hidden = nn.functional.leaky_relu(points[0] @ state["layers.0.weight"] + state["layers.0.bias"], 0.2)
    torch.testing.assert_close(detective(points)[0], (hidden @ state["layers.1.weight"]).squeeze(-1))


def test_a_detective_begins_at_one_half() -> None:
    """Before the first lesson D says exactly 1/2 to everything."""
    detective = Detective((0, 1), (2, 8, 8, 1), gain=4.0)
    assert (detective(torch.randn(2, 5, 2)).sigmoid() == 0.5).all()


def test_a_packed_detective_judges_pairs() -> None:
    """With two together, ten points get five verdicts."""
    assert Detective((0,), (2, 8, 1), together=2)(torch.randn(1, 10, 2)).shape == (1, 5)


def test_a_forger_starts_where_it_is_put() -> None:
    """With its last weights at nothing, all it makes is its start."""
    forger = Forger((0,), (2, 8, 1), spread=0.0, start=3.5)
    assert (forger(torch.randn(1, 6, 2)) == 3.5).all()


def test_blend_moves_parameters_and_buffers_and_copies_counters() -> None:
    """A decay of .75 leaves 3/4 of the old mean; whole-number buffers are taken over."""
    mean, player = nn.BatchNorm1d(2), nn.BatchNorm1d(2)
    with torch.no_grad():
        player.weight.fill_(5.0)
        player.running_mean.fill_(8.0)  # type: ignore[union-attr]
        player.num_batches_tracked.fill_(7)  # type: ignore[union-attr]
    blend(mean, player, 0.75)
    assert mean.weight.tolist() == [2.0, 2.0] and mean.running_mean.tolist() == [2.0, 2.0]  # type: ignore[union-attr]
    assert mean.num_batches_tracked.item() == 7  # type: ignore[union-attr]
