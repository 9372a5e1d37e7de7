"""What is counted: the values, series and claims of a study, measured from its recordings.

Gives "facts.json", from which prose, read-outs and report take every number, and a CSV of each duel's
curves for readers who want to draw their own. It knows no words: those stand in content/figures/.
"""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

import numpy as np

from pipeline.errors import EssayError
from pipeline.recording import Files, Recording, Series
from pipeline.study import Recordings, Study, Value

WAY = 40
"""Points of a seed's way that pages may draw."""
DIGITS = 7
"""Significant digits kept: what float32 holds."""


def measure(study: Study, recordings: Recordings) -> Files:
    """"facts.json" ({"values": ..., "claims": ...}), and "<duel>.curves.csv" for each duel."""
    values = {value.name: _measured(study, value, recordings) for value in study.values}
    claims = []
    for claim in study.claims:
        measured = float(claim.measure(recordings))
        claims.append(
            {
                "name": claim.name,
                "measured": _plain(measured),
                "holds": claim.holds,
                "bound": claim.bound,
                "met": bool(claim.held_by(measured)),
            }
        )
    files = {"facts.json": json.dumps({"values": values, "claims": claims}).encode()}
    return files | {f"{duel}.curves.csv": curves_csv(recording) for duel, recording in recordings.items()}


def _measured(study: Study, value: Value, recordings: Recordings) -> float | dict[str, Any] | None:
    """A value as JSON; it must be what the study says it is, since names were checked against that."""
    measured = value.measure(recordings)
    if isinstance(measured, Series) != value.series:
        said, got = ("a Series", "a number") if value.series else ("a number", "a Series")
        raise EssayError(f"{study.name}.{value.name} is declared as {said}, but measures {got}; see Value.series")
    return series_facts(measured) if isinstance(measured, Series) else _plain(float(measured))


def series_facts(series: Series) -> dict[str, Any]:
    """A series as plain lists: steps (T), values (T), low, high (T), ends (seeds), ways (seeds, W) at way_steps (W)."""
    facts: dict[str, Any] = {
        "steps": [int(step) for step in series.steps],
        "values": [_plain(v) for v in series.values],
    }
    if series.runs is not None:
        facts["low"] = [_plain(v) for v in np.nanmin(series.runs, axis=0)]
        facts["high"] = [_plain(v) for v in np.nanmax(series.runs, axis=0)]
        facts["ends"] = [_plain(v) for v in series.runs[:, -1]]
        kept = np.unique(np.linspace(0, len(series.steps) - 1, WAY).round().astype(int))
        facts["way_steps"] = [int(step) for step in series.steps[kept]]
        facts["ways"] = [[_plain(v) for v in run] for run in series.runs[:, kept]]
    return facts


def curves_csv(recording: Recording) -> bytes:
    """All curves of a duel in one table: a row a step, a column for each curve and seed; empty where not measured."""
    columns: dict[str, dict[int, float]] = {}
    for name, (steps, values) in sorted(recording.curves.items()):
        for seed, run in zip(recording.recipe.seeds, values, strict=False):
            columns[f"{name} seed {seed}"] = dict(zip(steps.tolist(), run.tolist(), strict=True))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["step", *columns])
    for step in sorted(set().union(*columns.values())) if columns else []:
        table.writerow([step, *(f"{c[step]:.{DIGITS}g}" if step in c else "" for c in columns.values())])
    return text.getvalue().encode()


def _plain(value: float) -> float | None:
    """The value to DIGITS significant digits; None for what JSON has no word for."""
    return float(f"{float(value):.{DIGITS}g}") if math.isfinite(value) else None
