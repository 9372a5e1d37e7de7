"""A study for a few steps: every duel trained, every figure drawn, every value and claim measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.drawing.canvas import Canvas
from pipeline.drawing.style import palette
from pipeline.recording import Recording, Series
from pipeline.study import Study
from pipeline.training import record


def recorded(study: Study, steps: int = 4, frames: int = 3) -> dict[str, Recording]:
    """Every duel for so many steps of its own recipe, brought back from its files."""
    recordings = {}
    for name, duel in study.duels.items():
        recipe = replace(duel.recipe, steps=steps, frames=frames)
        files = record(duel, study.name, name, recipe, lambda step, total: None).to_files()
        recordings[name] = Recording.from_files(files)
    return recordings


def drawn(study: Study, recordings: dict[str, Recording]) -> list[list[np.ndarray]]:
    """For each figure its picture at the beginning, the middle and the end, in both themes."""
    pictures = []
    for figure in study.figures:
        for theme in ("light", "dark"):
            canvas = Canvas(palette(theme))
            update = figure.draw(recordings, canvas)
            moments = []
            for moment in (0.0, 0.5, 1.0):
                update(moment)
                moments.append(canvas.frame().copy())
            pictures.append(moments)
    return pictures


def measured(study: Study, recordings: dict[str, Recording]) -> dict[str, float | Series]:
    """Every value by name, and every claim's measure as "claim name"; each of the kind it is declared as."""
    found: dict[str, float | Series] = {}
    for value in study.values:
        found[value.name] = value.measure(recordings)
        assert isinstance(found[value.name], Series) == value.series, value.name
    for claim in study.claims:
        found[f"claim {claim.name}"] = float(claim.measure(recordings))
    return found
