"""How many modes a forger finds, by the literature's protocol, beside the figures of the PacGAN paper.

Of 2,500 forged points, one within three standard deviations of the centre nearest to it is of high quality, and a
mode that has at least one such point is covered (Srivastava et al., "VEEGAN", 2017, section 5.1). The worlds are
theirs: a ring of eight Gaussians, radius 1, standard deviation .01, and a grid of 25, spacing 2, standard deviation
.05. One stray point covers a mode, so a stricter count stands beside: modes with at least a tenth of their share.

The duels are played by ``pipeline.training.record`` as any study's are, five seeds side by side. Each leaves its
counts, and a checkpoint on the way, in build/benchmarks: what was killed goes on where it was.
The published figures are those of Lin et al., "PacGAN: The power of two samples in generative adversarial networks"
(2018), table 1, means of ten trials; their networks, their rounds and their losses were other than ours.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline.gan import measures, worlds
from pipeline.gan.losses import CLASSIC
from pipeline.gan.networks import Detective, Forger
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Recording
from pipeline.study import Duel, Recipe
from pipeline.syntax import PROJECT
from pipeline.training import record

SAMPLES = 2_500
FAIR = 0.1
"""Of 1 / modes: the share of all points from which the stricter count counts a mode."""
SCALE = 1 / 8**0.5
"""The grid is learnt at this scale, with its corners at 2 from the middle: networks start out used to numbers about 1.
Coverage is counted in standard deviations and knows no scale."""
WORLDS = {"ring": worlds.ring(8, 1.0, 0.01), "grid": worlds.grid(5, 2.0, 0.05, SCALE)}
PUBLISHED: dict[str, dict[str, tuple[float, float | None]]] = {
    "GAN": {"ring": (6.3, 0.982), "grid": (17.3, None)},
    "PacGAN2": {"ring": (7.9, 0.956), "grid": (23.8, None)},
    "PacGAN4": {"grid": (24.8, 0.936)},
}
"""Mean modes covered and mean share of high-quality points, by method and world; None is not set here."""
RECIPE = Recipe(
    steps=6000,
    batch_size=512,
    latent_size=4,
    learning_rates=(1e-3, 2e-3),
    schedule="cosine",
    penalty=0.001,
    average=0.995,
    seeds=tuple(range(10)),
    frames=2,
)
HIDDEN = (128, 128, 128)
"""Neurons by layer, of both players."""
GAIN = 8.0
"""Of the detective's first layer: the modes are very fine detail."""
TOGETHER = 5
"""Seeds side by side in one run."""


@dataclass(frozen=True)
class Counts:
    """What was counted of a world at the end, one number a seed."""

    modes: tuple[int, ...]
    quality: tuple[float, ...]
    """Share of high-quality points."""
    fair: tuple[int, ...]
    """Modes that have at least ``FAIR`` of their share."""
    seconds: float
    """Of processor time; of a resumed run, since it was resumed."""


def duel_of(world: worlds.Gaussians, recipe: Recipe) -> Duel:
    """The same duel in either world."""
    return Duel(recipe, lambda _: world, players, CLASSIC, observe)


def players(recipe: Recipe) -> tuple[Forger, Detective]:
    """Two of equal size, and the detective's first layer raised."""
    forger = Forger(recipe.seeds, (recipe.latent_size, *HIDDEN, 2))
    return forger, Detective(recipe.seeds, (2, *HIDDEN, 1), gain=GAIN)


def observe(look: Look) -> Observation:
    """At the end, every seed's counts."""
    if not look.last:
        return Observation()
    assert isinstance(look.world, worlds.Gaussians)
    points = look.forger(look.noise(SAMPLES)).cpu().numpy()  # (seeds, SAMPLES, 2)
    return Observation(curves=count(points, look.world))


def count(points: np.ndarray, world: worlds.Gaussians) -> dict[str, np.ndarray]:
    """Points (seeds, n, 2) -> modes covered, share of high quality, and modes with their share, (seeds,) each."""
    shares = measures.mode_shares(points, np.array(world.centres), world.sd)  # (seeds, modes)
    fair = (shares >= FAIR / len(world.centres)).sum(-1)
    return {"modes": (shares > 0).sum(-1), "quality": shares.sum(-1), "fair": fair}


def cover(name: str, recipe: Recipe, root: Path) -> Counts:
    """Train all seeds of a recipe in a world, and count; ``root`` is a folder to resume from."""
    found = [_part(name, part, root) for part in parts(recipe)]
    modes, quality, fair = (
        tuple(value for one in found for value in getattr(one, field)) for field in ("modes", "quality", "fair")
    )
    return Counts(modes, quality, fair, sum(one.seconds for one in found))


def parts(recipe: Recipe) -> Iterator[Recipe]:
    """The recipe in runs of ``TOGETHER`` seeds; a seed gives the same whatever runs beside it."""
    for first in range(0, len(recipe.seeds), TOGETHER):
        seeds = recipe.seeds[first : first + TOGETHER]
        yield replace(recipe, seeds=seeds, shown=seeds[0])


def _part(name: str, recipe: Recipe, root: Path) -> Counts:
    world = WORLDS[name]
    key = hashlib.blake2b(repr((world, recipe, HIDDEN, GAIN)).encode(), digest_size=6).hexdigest()
    scratch = root / f"{name}-{key}"
    kept = scratch / "counts.json"
    if kept.exists():
        return _read(kept)
    scratch.mkdir(parents=True, exist_ok=True)
    began = time.process_time()

    def tell(step: int, steps: int) -> None:
        if step % max(1, steps // 10) == 0:
            took = time.process_time() - began
            print(f"  {name}, seeds {recipe.seeds}: round {step} of {steps}, {took:.0f} s", file=sys.stderr, flush=True)

    made = record(duel_of(world, recipe), "coverage", name, recipe, tell, scratch)
    counts = counted(made, time.process_time() - began)
    kept.with_suffix(".part").write_text(json.dumps(counts.__dict__))
    os.replace(kept.with_suffix(".part"), kept)
    return counts


def counted(made: Recording, seconds: float) -> Counts:
    """What a recording says of its end."""
    modes, quality, fair = (made.curves[field][1][:, -1].tolist() for field in ("modes", "quality", "fair"))
    return Counts(tuple(int(m) for m in modes), tuple(quality), tuple(int(f) for f in fair), seconds)


def _read(kept: Path) -> Counts:
    found = json.loads(kept.read_text())
    return Counts(tuple(found["modes"]), tuple(found["quality"]), tuple(found["fair"]), float(found["seconds"]))


def table(ours: Mapping[str, Counts]) -> str:
    """Ours beside the published: mean modes and share of high-quality points; then our seeds one by one."""
    lines = [f"  {'':10} {'ring of 8':>22} {'grid of 25':>22}"]
    for method, figures in PUBLISHED.items():
        cells = [figures.get(name) for name in WORLDS]
        lines.append(f"  {method:10} " + " ".join(f"{_cell(cell):>22}" for cell in cells))
    lines.append(f"  {'ours':10} " + " ".join(f"{_own(ours[name]):>22}" for name in WORLDS))
    for name, counts in ours.items():
        strict = f"{np.mean(counts.fair):.1f} with at least a tenth of their share"
        seeds = " ".join(str(modes) for modes in counts.modes)
        lines.append(f"  {name}, seed by seed: {seeds}; {strict}; {counts.seconds:.0f} s of processor time")
    return "\n".join(lines)


def _cell(figure: tuple[float, float | None] | None) -> str:
    if figure is None:
        return "-"
    modes, quality = figure
    return f"{modes:.1f} modes" + ("" if quality is None else f", {quality:.1%}")


def _own(counts: Counts) -> str:
    return _cell((float(np.mean(counts.modes)), float(np.mean(counts.quality))))


def main() -> int:
    """Both worlds, ring first, and the table; gives the exit status."""
    root = PROJECT / "build" / "benchmarks"
    print(f"Modes covered, and high-quality points, of {SAMPLES:,}; means of {len(RECIPE.seeds)} seeds")
    print(table({name: cover(name, RECIPE, root) for name in WORLDS}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
