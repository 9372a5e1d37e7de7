"""From a duel to its recording: Lightning runs the rounds, a Recorder keeps what is to be seen.

Every random number is a function of seed, purpose and step (``gan.draws``), the algorithms are
deterministic and one thread computes, so a recipe gives the same recording bit for bit on one machine; a draft is
a prefix of the full run; and a run that was killed goes on from its last checkpoint as if it had not been.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytorch_lightning as lightning
import torch
from torch.utils.data import DataLoader, IterableDataset

from pipeline.game import Deal, Game
from pipeline.gan import draws
from pipeline.gan.networks import state_of_run
from pipeline.gan.observing import Look, Observation
from pipeline.gan.worlds import World
from pipeline.recording import Files, Recording
from pipeline.study import Duel, Recipe

Progress = Callable[[int, int], None]
"""progress(step, steps), called after each round."""

CHECKPOINT_EVERY = 250
"""Rounds between checkpoints: what an interrupted run may lose."""


def train(study: str, duel: str, recipe: Recipe, progress: Progress, scratch: Path | None = None) -> Files:
    """Train a duel of a study and give its recording as files; ``scratch`` is a folder to resume from."""
    from pipeline.studies import STUDIES  # here, so that a worker loads the studies only when it trains

    return record(STUDIES[study].duels[duel], study, duel, recipe, progress, scratch).to_files()


def record(
    duel: Duel, study_name: str, duel_name: str, recipe: Recipe, progress: Progress, scratch: Path | None = None
) -> Recording:
    """Play all rounds of a recipe and record them."""
    lightning.seed_everything(recipe.shown, verbose=False)  # for networks with PyTorch's own initialisation
    world: World = duel.real(recipe)
    game = Game(duel, recipe)
    recorder = Recorder(duel, world, recipe, progress, scratch)
    start = 0 if scratch is None else _played_before(scratch, recipe)
    with _one_thread(), _quiet(), _interrupts():
        trainer = lightning.Trainer(
            accelerator="auto",
            devices=1,
            max_epochs=1,
            deterministic=True,
            logger=False,
            enable_checkpointing=False,
            enable_progress_bar=False,
            enable_model_summary=False,
            num_sanity_val_steps=0,
            callbacks=[recorder],
        )
        rounds = DataLoader(Rounds(world, recipe, start), batch_size=None)
        trainer.fit(game, rounds, ckpt_path=_place(scratch) if scratch and start else None, weights_only=True)
    return recorder.recording(study_name, duel_name, game)


class Rounds(IterableDataset[Deal]):
    """The deals of a run, whole batches, from a step on."""

    def __init__(self, world: World, recipe: Recipe, start: int = 0) -> None:
        super().__init__()
        self.world, self.recipe, self.start = world, recipe, start

    def __iter__(self) -> Iterator[Deal]:
        for step in range(self.start, self.recipe.last_step):
            yield self.deal(step)

    def deal(self, step: int) -> Deal:
        """What the round at a step is dealt."""
        recipe = self.recipe
        dice = draws.generators(recipe.seeds, "real", step)
        real = tuple(self.world.sample(recipe.batch_size, dice) for _ in range(recipe.critic_steps))
        dice = draws.generators(recipe.seeds, "noise", step)
        shape = (recipe.batch_size, recipe.latent_size)
        noise = [draws.normal(dice, *shape) for _ in range(recipe.critic_steps + 1)]
        return Deal(step, real, tuple(z[0] if real[0].pictures else z for z in noise))


class Recorder(lightning.Callback):
    """Looks at the frame steps, and notes what every round cost."""

    def __init__(self, duel: Duel, world: World, recipe: Recipe, progress: Progress, scratch: Path | None) -> None:
        self.duel, self.world, self.recipe, self.progress, self.scratch = duel, world, recipe, progress, scratch
        self.due = {step: index for index, step in enumerate(recipe.frame_steps())}
        self.frames: dict[str, list[np.ndarray]] = {}
        self.constants: dict[str, np.ndarray] = {}
        self.curves: dict[str, list[tuple[int, torch.Tensor]]] = {}
        self.memory: dict[str, Any] = {}
        self.played = 0

    def on_train_start(self, trainer: lightning.Trainer, pl_module: lightning.LightningModule) -> None:
        """The look before the first round, unless the run is resumed."""
        if not self.frames and not self.curves:
            self._look(pl_module, 0)

    def on_train_batch_end(
        self, trainer: lightning.Trainer, pl_module: lightning.LightningModule, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Note the costs of the round, look if a frame is due, save if a checkpoint is."""
        assert isinstance(pl_module, Game) and isinstance(batch, Deal)
        for name, cost in pl_module.curves.items():
            self.curves.setdefault(name, []).append((batch.step, cost))
        self.played = batch.step + 1
        self._look(pl_module, self.played)
        if self.scratch is not None and self.played % CHECKPOINT_EVERY == 0 and self.played < self.recipe.last_step:
            self._save(trainer, self.scratch)
        self.progress(self.played, self.recipe.last_step)

    def _look(self, game: lightning.LightningModule, step: int) -> None:
        if step not in self.due:
            return
        assert isinstance(game, Game)
        look = Look(
            step, self.due[step], step == self.recipe.last_step, game.shown_forger, game.detective, self.recipe,
            self.world, self.memory,
        )  # fmt: skip
        game.eval()
        with torch.no_grad():
            seen: Observation = self.duel.observe(look)
        game.train()
        for name, frame in seen.frames.items():
            self.frames.setdefault(name, []).append(np.asarray(frame))
        for name, values in seen.curves.items():
            self.curves.setdefault(name, []).append((step, torch.as_tensor(np.asarray(values, np.float64).reshape(-1))))
        for name, constant in seen.constants.items():
            self.constants.setdefault(name, np.asarray(constant))

    def recording(self, study: str, duel: str, game: Game) -> Recording:
        """All that was kept, with the players' weights at the end."""
        steps = [step for step in self.due if step <= self.recipe.last_step]
        run = self.recipe.seeds.index(self.recipe.shown)
        players = {"forger": game.shown_forger, "detective": game.detective}
        return Recording(
            study=study,
            duel=duel,
            recipe=self.recipe,
            frame_steps=np.array(sorted(steps), dtype=np.int64),
            frames={name: np.stack(kept) for name, kept in self.frames.items()},
            curves={name: _curve(kept) for name, kept in self.curves.items()},
            weights={
                f"{who}.{name}": tensor.detach().cpu().numpy()
                for who, player in players.items()
                for name, tensor in state_of_run(player, run)
            },
            constants=dict(self.constants),
        )

    def state_dict(self) -> dict[str, Any]:
        """What was kept so far, as tensors: a checkpoint holds the recording's first part too."""
        return {
            "frames": {name: torch.from_numpy(np.stack(kept)) for name, kept in self.frames.items()},
            "constants": {name: torch.from_numpy(np.array(kept)) for name, kept in self.constants.items()},
            "curves": {
                name: ([step for step, _ in kept], torch.stack([values.cpu() for _, values in kept]))
                for name, kept in self.curves.items()
            },
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """The inverse of ``state_dict``."""
        self.frames = {name: list(kept.numpy()) for name, kept in state_dict["frames"].items()}
        self.constants = {name: kept.numpy() for name, kept in state_dict["constants"].items()}
        self.curves = {
            name: list(zip(steps, values, strict=True)) for name, (steps, values) in state_dict["curves"].items()
        }

    def on_save_checkpoint(
        self, trainer: lightning.Trainer, pl_module: lightning.LightningModule, checkpoint: dict[str, Any]
    ) -> None:
        """Mark a checkpoint with its recipe and step, so that no other recipe resumes from it."""
        assert isinstance(pl_module, Game)
        checkpoint["recipe"] = repr(self.recipe)
        checkpoint["step"] = self.played

    def _save(self, trainer: lightning.Trainer, scratch: Path) -> None:
        part = _place(scratch).with_suffix(".part")
        trainer.save_checkpoint(part)
        os.replace(part, _place(scratch))  # a kill leaves the old checkpoint or the new one, never half of one


def _curve(kept: list[tuple[int, torch.Tensor]]) -> tuple[np.ndarray, np.ndarray]:
    """Steps (T,) and values (seeds, T)."""
    steps = np.array([step for step, _ in kept], dtype=np.int64)
    return steps, torch.stack([values.cpu() for _, values in kept], -1).numpy()


def _place(scratch: Path) -> Path:
    return scratch / "duel.ckpt"


def _played_before(scratch: Path, recipe: Recipe) -> int:
    """Rounds that a checkpoint in ``scratch`` holds, if it is of this very recipe; else 0."""
    if not _place(scratch).exists():
        return 0
    checkpoint = torch.load(_place(scratch), weights_only=True, map_location="cpu")
    return int(checkpoint["step"]) if checkpoint.get("recipe") == repr(recipe) else 0


@contextmanager
def _one_thread() -> Iterator[None]:
    """Sums split over threads are added in another order; and the other cores have runs of their own."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def _quiet() -> Iterator[None]:
    """Lightning's banners, and its advice on loaders, which hand out whole batches on purpose."""
    logger = logging.getLogger("pytorch_lightning")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            for message in ("does not have many workers", "available but not used", "LeafSpec"):
                warnings.filterwarnings("ignore", message=f".*{message}.*")
            yield
    finally:
        logger.setLevel(level)


@contextmanager
def _interrupts() -> Iterator[None]:
    """Ctrl-C stays Ctrl-C: Lightning turns it into an exit and leaves the signal ignored."""
    main = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    except SystemExit as exit_of_lightning:
        raise KeyboardInterrupt from exit_of_lightning
    finally:
        if main:
            signal.signal(signal.SIGINT, before)
