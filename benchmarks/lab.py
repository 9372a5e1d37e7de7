"""The Lab's first settings, seed by seed: how many islands of the ring they find, and how many rounds a second.

The page's own scripts, run by Node as a browser would run them, drawn pictures left out. A start is said to succeed
when all eight islands have one of 2,500 forged points within three standard deviations of their centre after as many
rounds as the page stops at; the share of points so near to an island stands beside it.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pipeline.site.assets import LAB
from pipeline.site.templates import THEME

SEEDS = tuple(range(10))
_PROGRAM = """
const setup = defaultSetup();
const rows = SEEDS.map((seed) => {
  const duel = new Duel(recipeOf(setup.sides[0], seed), WORLDS[setup.data]);
  const gauge = new Gauge(duel.world, seed), lens = new Lens(duel, seed);
  const begun = process.cpuUsage().user;
  for (let step = 0; step < setup.stop; step++) duel.step();
  const seconds = (process.cpuUsage().user - begun) / 1e6;
  lens.turn(duel.mean, duel.detective.numbers);
  const points = lens.forge(COUNTED);
  return { seed, ...gauge.ashore(points), gap: gauge.gap(points), floor: gauge.floor, rounds: setup.stop, seconds };
});
console.log(JSON.stringify(rows));
"""


@dataclass(frozen=True)
class Start:
    """A run of the first settings from one seed."""

    seed: int
    covered: int
    """Islands, of eight."""
    share: float
    """Of 2,500 forged points, those within three standard deviations of an island."""
    gap: float
    """Bits, as the page counts them."""
    floor: float
    rounds: int
    seconds: float
    """Of processor time."""


def starts(seeds: tuple[int, ...] = SEEDS, folder: Path = THEME / "lab") -> list[Start]:
    """Every seed's run, by Node."""
    core = "\n".join((folder / f"{name}.js").read_text("utf-8") for name in LAB[: LAB.index("palette")])
    program = f"{core}\nconst SEEDS = {json.dumps(seeds)};{_PROGRAM}"
    done = subprocess.run(["node"], input=program, capture_output=True, text=True, check=True)
    return [Start(**row) for row in json.loads(done.stdout)]


def main() -> None:
    """Prints a row for each seed, and the means."""
    found = starts()
    for one in found:
        print(f"seed {one.seed}: {one.covered} of 8 islands, {one.share:.1%} ashore, gap {one.gap:.3f} bits "
              f"(floor {one.floor:.3f}), {one.rounds / one.seconds:.0f} rounds a second")  # fmt: skip
    whole = sum(one.covered == 8 for one in found)
    ashore = statistics.median(one.share for one in found)
    pace = statistics.median(one.rounds / one.seconds for one in found)
    print(f"{whole} of {len(found)} seeds find all eight; median {ashore:.1%} ashore, {pace:.0f} rounds a second")


if __name__ == "__main__":
    main()
