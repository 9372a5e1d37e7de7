"""Do a study's claims hold from other seeds, too? python -m benchmarks.seeds faces 1 2 3

A draw k plays every duel of the study with its recipe's seeds moved up by k times their number, so that no two draws
share one; draw 0 is the book's own. What each draw measures of each claim is printed beside the claim's bound, and kept
in build/benchmarks under a key of code, recipe and draw: what was played is not played again. The exit status says
whether all held.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.errors import did_you_mean
from pipeline.measuring import measure
from pipeline.stages import code_of_study
from pipeline.studies import STUDIES
from pipeline.study import Recipe, Study
from pipeline.training import Progress, record

KEPT = Path("build") / "benchmarks"


@dataclass(frozen=True)
class Told:
    """A claim in one draw."""

    name: str
    measured: float | None
    """None where nothing could be measured."""
    holds: str
    """How measured and bound are compared: "<=", say."""
    bound: float
    met: bool

    def __str__(self) -> str:
        seen = "nothing" if self.measured is None else f"{self.measured:.4g}"
        return f"  {'met' if self.met else 'NOT MET':7}  {self.name}: {seen} ({self.holds} {self.bound:g})"


def moved(recipe: Recipe, draw: int) -> Recipe:
    """The recipe with its seeds moved up, the shown one staying where it is among them."""
    away = draw * (max(recipe.seeds) - min(recipe.seeds) + 1)
    return replace(recipe, seeds=tuple(seed + away for seed in recipe.seeds), shown=recipe.shown + away)


def claims_of(study: Study, draw: int) -> list[Told]:
    """What one draw says of the study's claims; each duel is played from its first round."""
    recipes = {name: moved(duel.recipe, draw) for name, duel in study.duels.items()}
    code = {job: repr(code) for job, code in code_of_study(study).items() if job.startswith(("train/", "measure"))}
    asked = json.dumps([code, {name: asdict(recipe) for name, recipe in recipes.items()}], sort_keys=True)
    kept = KEPT / f"seeds-{study.name}-{draw}-{hashlib.sha256(asked.encode()).hexdigest()[:12]}.json"
    if not kept.is_file():
        recordings = {
            name: record(study.duels[name], study.name, name, recipe, _teller(f"{study.name}/{name}, draw {draw}"))
            for name, recipe in recipes.items()
        }
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(".part")
        partial.write_bytes(measure(study, recordings)["facts.json"])
        partial.rename(kept)
    facts = json.loads(kept.read_bytes())
    return [Told(**{field: claim[field] for field in Told.__dataclass_fields__}) for claim in facts["claims"]]


def _teller(words: str, every: float = 20.0) -> Progress:
    """Tells how far a duel is, each so many seconds."""
    last = time.monotonic()

    def told(step: int, steps: int) -> None:
        nonlocal last
        if time.monotonic() - last > every:
            last = time.monotonic()
            print(f"  {words}: step {step:,} of {steps:,}", file=sys.stderr, flush=True)

    return told


def main(arguments: Sequence[str]) -> int:
    """Prints every claim of every draw; gives the exit status."""
    name, *draws = arguments or [""]
    if name not in STUDIES or not all(draw.isdigit() for draw in draws):
        unknown = "" if name in STUDIES else f' There is no study "{name}". {did_you_mean(name, list(STUDIES))}'
        print(f"Say a study, and draws as whole numbers: python -m benchmarks.seeds faces 1 2.{unknown}")
        return 2
    held = True
    for draw in map(int, draws or ["1"]):
        seeds = sorted({seed for duel in STUDIES[name].duels.values() for seed in moved(duel.recipe, draw).seeds})
        print(f"{name}, draw {draw} (seeds {', '.join(map(str, seeds))})", flush=True)
        for told in claims_of(STUDIES[name], draw):
            print(told, flush=True)
            held &= told.met
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
