"""What a training run leaves behind: numpy arrays, and the way to look things up in them.

A Recording is complete (everything drawn, heard or claimed is made from it alone) and frozen.
Nothing in it depends on when or how fast it was made, so that two runs of one recipe on one
machine are equal bit for bit; times and versions stand in the manifest beside it.
It knows no torch, no study and no stage.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.study import Recipe

Files = dict[str, bytes]
"""What a stage returns: file name -> content. Stages write nothing themselves."""


@dataclass(frozen=True)
class Series:
    """A number that was measured along the run."""

    steps: np.ndarray
    """(T,) int, rising."""
    values: np.ndarray
    """(T,) float, of the shown run."""
    runs: np.ndarray | None = None
    """(seeds, T) float, of every seed, where several were trained."""

    @property
    def first(self) -> float:
        """The value at the first step."""
        return float(self.values[0])

    @property
    def last(self) -> float:
        """The value at the last step."""
        return float(self.values[-1])

    @property
    def lowest(self) -> float:
        """The smallest value along the run."""
        return float(np.nanmin(self.values))

    @property
    def highest(self) -> float:
        """The largest value along the run."""
        return float(np.nanmax(self.values))

    def at(self, step: float) -> float:
        """The value last measured at or before a step; nothing is interpolated."""
        index = int(np.searchsorted(self.steps, step, side="right")) - 1
        return float(self.values[max(index, 0)])

    def first_step(self, holds: str, bound: float) -> float:
        """The first step at which the value is ``holds`` ("<=" or ">=") the bound; NaN if never."""
        met = self.values <= bound if holds == "<=" else self.values >= bound
        return float(self.steps[int(np.argmax(met))]) if met.any() else float("nan")


@dataclass(frozen=True)
class Recording:
    """One duel, recorded."""

    study: str
    duel: str
    recipe: Recipe
    frame_steps: np.ndarray
    """(F,) int: the steps at which the frames were kept."""
    frames: Mapping[str, np.ndarray]
    """name -> (F, ...): what was seen at these steps, of the shown seed."""
    curves: Mapping[str, tuple[np.ndarray, np.ndarray]]
    """name -> (steps (T,), values (seeds, T)): what was measured, of every seed, each at its own steps."""
    weights: Mapping[str, np.ndarray] = field(default_factory=dict)
    """Parameters of the shown seed's players at the end: "forger.…" (averaged) and "detective.…"."""
    constants: Mapping[str, np.ndarray] = field(default_factory=dict)
    """What does not change along the run: the real sample shown, the grid, the true density."""

    @property
    def shown(self) -> int:
        """Row of the shown seed in the curves."""
        return self.recipe.seeds.index(self.recipe.shown)

    def series(self, name: str) -> Series:
        """A curve, as a Series of the shown seed with all seeds beside it."""
        steps, values = self.curves[name]
        return Series(steps, values[self.shown], values if len(values) > 1 else None)

    def frame(self, name: str, moment: float) -> np.ndarray:
        """What was kept last at or before the film moment in [0, 1]."""
        return np.asarray(self.frames[name][self.frame_index(moment)])

    def frame_index(self, moment: float) -> int:
        """Index into the frames of a film moment in [0, 1]."""
        step = self.recipe.step_at(moment)
        return max(int(np.searchsorted(self.frame_steps, step, side="right")) - 1, 0)

    def to_files(self) -> Files:
        """The recording as two npz files and a json of its names; the same arrays give the same bytes."""
        arrays: dict[str, np.ndarray] = {"frame_steps": self.frame_steps}
        arrays |= {f"frame/{k}": v for k, v in sorted(self.frames.items())}
        arrays |= {f"constant/{k}": v for k, v in sorted(self.constants.items())}
        for name, (steps, values) in sorted(self.curves.items()):
            arrays[f"curve_steps/{name}"] = steps
            arrays[f"curve/{name}"] = values
        facts = {"study": self.study, "duel": self.duel, "recipe": self.recipe.__dict__}
        return {
            "recording.npz": _npz(arrays),
            "weights.npz": _npz(dict(sorted(self.weights.items()))),
            "recording.json": json.dumps(facts, indent=1).encode(),
        }

    @classmethod
    def from_files(cls, files: Mapping[str, bytes]) -> Recording:
        """The inverse of ``to_files``."""
        facts = json.loads(files["recording.json"])
        recipe: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts["recipe"].items()}
        groups: dict[str, dict[str, np.ndarray]] = {"frame": {}, "constant": {}, "curve": {}, "curve_steps": {}}
        frame_steps = np.zeros(0, dtype=np.int64)
        with np.load(io.BytesIO(files["recording.npz"])) as stored:
            for key in stored.files:
                group, _, name = key.partition("/")
                if not name:
                    frame_steps = stored[key]
                else:
                    groups[group][name] = stored[key]
        with np.load(io.BytesIO(files["weights.npz"])) as stored:
            weights = {key: stored[key] for key in stored.files}
        curves = {name: (groups["curve_steps"][name], values) for name, values in groups["curve"].items()}
        return cls(
            facts["study"], facts["duel"], Recipe(**recipe), frame_steps, groups["frame"], curves, weights,
            groups["constant"],
        )


def _npz(arrays: Mapping[str, np.ndarray]) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **{k: np.asarray(v) for k, v in arrays.items()})
    return buffer.getvalue()
