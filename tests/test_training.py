"""Training: the same recipe gives the same recording, whole, in part, or interrupted and resumed."""

from __future__ import annotations

import signal
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from pipeline import training
from pipeline.gan import worlds
from pipeline.recording import Recording
from pipeline.study import Recipe
from tests.test_game import RECIPE, duel, played


def quiet(step: int, steps: int) -> None:
    """No progress is shown."""


def test_two_runs_of_a_recipe_are_equal_bit_for_bit() -> None:
    """Every file of the recording is the same."""
    assert played(replace(RECIPE, average=0.9)).to_files() == played(replace(RECIPE, average=0.9)).to_files()


def test_a_draft_is_a_prefix() -> None:
    """What a draft records is the beginning of what the full run records, schedule and all."""
    full, draft = replace(RECIPE, schedule="cosine"), replace(RECIPE, schedule="cosine", stop=5)
    whole, part = played(full), played(draft)
    kept = len(part.frame_steps)
    assert part.frame_steps[-1] <= 5
    assert (whole.frame_steps[: kept - 1] == part.frame_steps[: kept - 1]).all()
    same = [i for i, step in enumerate(part.frame_steps) if step in whole.frame_steps]
    assert same
    for i in same:
        j = int(np.searchsorted(whole.frame_steps, part.frame_steps[i]))
        assert (whole.frames["points"][j] == part.frames["points"][i]).all()
    costs = part.curves["forger_loss"][1]
    assert costs.shape == (2, 5) and (whole.curves["forger_loss"][1][:, :5] == costs).all()


def test_looking_changes_nothing() -> None:
    """A run looked at four times and one looked at twelve times end with the same weights."""
    seldom, often = played(), played(replace(RECIPE, frames=13))
    assert len(often.frame_steps) == 13 > len(seldom.frame_steps)
    assert all((seldom.weights[name] == often.weights[name]).all() for name in seldom.weights)


def test_a_killed_run_goes_on_as_if_nothing_had_happened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after step 9 and started again, it resumes at step 8 and records the same bytes."""
    monkeypatch.setattr(training, "CHECKPOINT_EVERY", 4)
    recipe = replace(RECIPE, average=0.9, critic_steps=2, penalty_every=3, schedule="cosine")
    steps: list[int] = []

    def power_cut(step: int, _: int) -> None:
        if step == 9:
            raise OSError("no power")

    with pytest.raises(OSError):
        training.record(duel(recipe), "small", "duel", recipe, power_cut, tmp_path)
    resumed = training.record(duel(recipe), "small", "duel", recipe, lambda step, _: steps.append(step), tmp_path)
    assert steps == [9, 10, 11, 12]
    assert resumed.to_files() == played(recipe).to_files()


def test_another_recipe_does_not_resume_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkpoint of another step size is left alone."""
    monkeypatch.setattr(training, "CHECKPOINT_EVERY", 4)
    training.record(duel(RECIPE), "small", "duel", RECIPE, quiet, tmp_path)
    changed = replace(RECIPE, learning_rates=(1e-3, 1e-2))
    resumed = training.record(duel(changed), "small", "duel", changed, quiet, tmp_path)
    assert resumed.to_files() == played(changed).to_files()


def test_an_interrupt_stays_one() -> None:
    """Ctrl-C reaches the caller as KeyboardInterrupt, and the next one still will."""
    before = signal.getsignal(signal.SIGINT)

    def ctrl_c(step: int, _: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        training.record(duel(), "small", "duel", RECIPE, ctrl_c)
    assert signal.getsignal(signal.SIGINT) is before


def test_progress_counts_to_the_last_step() -> None:
    """It is told each step of a draft, out of the draft's own last."""
    seen: list[tuple[int, int]] = []
    recipe = replace(RECIPE, stop=3)
    training.record(duel(recipe), "small", "duel", recipe, lambda *told: seen.append(told))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_recording_holds_frames_curves_and_both_players() -> None:
    """Frames of the shown seed at the frame steps, curves of all seeds, weights of one run, and back from its files."""
    recording = Recording.from_files(played(replace(RECIPE, shown=1)).to_files())
    assert recording.frame_steps.tolist() == [0, 4, 8, 12]
    assert recording.frames["points"].shape == (4, 3, 2) and recording.curves["reach"][1].shape == (2, 4)
    assert recording.weights["forger.layers.0.weight"].shape == (2, 8)
    assert recording.weights["detective.layers.1.bias"].shape == (1,)
    assert recording.series("reach").last == recording.curves["reach"][1][1, -1]


def test_a_deal_is_a_function_of_seed_and_step() -> None:
    """The deal of step 7 is the same whether or not those before were dealt, for any company of seeds."""
    recipe = replace(RECIPE, critic_steps=2)
    third = list(training.Rounds(worlds.ring(), recipe))[7]
    alone = training.Rounds(worlds.ring(), replace(recipe, seeds=(1,), shown=1), start=7).deal(7)
    assert len(third.real) == 2 and len(third.noise) == 3
    assert all(torch.equal(a.data[1:], b.data) for a, b in zip(third.real, alone.real, strict=True))
    assert all(torch.equal(a[1:], b) for a, b in zip(third.noise, alone.noise, strict=True))


def test_threads_are_left_as_they_were() -> None:
    """A run computes on one thread and gives the others back."""
    before = torch.get_num_threads()
    played(Recipe(steps=1, batch_size=2, latent_size=2, learning_rates=(1e-3, 1e-3)))
    assert torch.get_num_threads() == before
