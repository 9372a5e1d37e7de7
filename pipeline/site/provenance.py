"""How a figure was made: the facts of its run, its claims as measured, the seeds that were not shown.

Everything is taken from the results and the words of the study; nothing is decided in the template.
It knows no film and no cursor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.essay.filters import formatted
from pipeline.essay.model import DataSet, StudyWords
from pipeline.results import Results, RunFacts
from pipeline.site.lottery import Ticket, tickets

_LINK_ORDER = ("recording.npz", "curves.csv", "weights.npz")
HEAVIEST_DOWNLOAD = 750_000
"""Bytes. A heavier file is not published: the page gives its size, and the command makes it again."""


@dataclass(frozen=True)
class Download:
    """A file of the run that the reader may take home."""

    kind: str
    """Its name in the store, such as "curves.csv"; its words stand in the template."""
    path: str
    """Relative to the root of the site."""
    size: str
    published: bool = True
    """False when it is too heavy for the site, HEAVIEST_DOWNLOAD."""


@dataclass(frozen=True)
class Run:
    """One training run, as printed."""

    study: str
    duel: str
    name: str
    recipe: str
    seed: int
    """The seed shown."""
    seeds: int
    """How many were trained."""
    data: DataSet | None
    """None where the data are drawn from a formula."""
    steps: str
    seconds: str
    machine: str
    versions: tuple[str, ...]
    recording: str
    """First twelve digits of the hash, in groups of four."""
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class Measured:
    """A claim and what this build measured."""

    words: str
    measured: str
    met: bool


@dataclass(frozen=True)
class Provenance:
    """The fold-out under a figure."""

    runs: tuple[Run, ...]
    """The run whose steps the scrubber counts, then the study's others."""
    claims: tuple[Measured, ...]
    command: str
    count: str
    """How many seeds, in words: "Six"."""
    lottery: str
    """The author's words for the strip of seeds."""
    tickets: tuple[Ticket, ...]
    files: Mapping[str, Path]
    """Path in the site -> file in the store, for every download."""


def provenance(
    study: str, figure: str, duel: str, results: Results, words: StudyWords, data: Mapping[str, DataSet]
) -> Provenance:
    """The facts of one figure, the run of its duel first."""
    facts = sorted((r for r in results.runs if r.study == study), key=lambda r: r.duel != duel)
    files = {d.path: run.files[d.kind] for run in facts for d in _downloads(run) if d.published}
    seeds = tickets(facts[0], figure, results, words) if facts else ()
    return Provenance(
        runs=tuple(_run(run, words, data) for run in facts),
        claims=_claims(results, words),
        command=f"make figure FIGURE={study}/{figure}",
        count=formatted(len(seeds), "words").capitalize(),
        lottery=words.lottery.words if words.lottery else "",
        tickets=seeds,
        files=files,
    )


def _run(run: RunFacts, words: StudyWords, data: Mapping[str, DataSet]) -> Run:
    duel = words.duels.get(run.duel)
    stop = run.recipe.get("stop")
    steps = run.recipe["steps"] if stop is None else min(stop, run.recipe["steps"])
    return Run(
        study=run.study,
        duel=run.duel,
        name=duel.name if duel else run.duel,
        recipe=duel.recipe if duel else "",
        seed=run.recipe["shown"],
        seeds=len(run.recipe["seeds"]),
        data=data.get(run.data),
        steps=formatted(steps, "count"),
        seconds=formatted(run.seconds, "seconds"),
        machine=run.machine,
        versions=tuple(f"{name} {version}" for name, version in run.versions.items()),
        recording=" ".join(run.recording[i : i + 4] for i in range(0, 12, 4)).strip(),
        downloads=_downloads(run),
    )


def _downloads(run: RunFacts) -> tuple[Download, ...]:
    sizes = {kind: run.files[kind].stat().st_size for kind in _LINK_ORDER if kind in run.files}
    return tuple(
        Download(kind, f"data/{run.study}-{run.duel}-{kind}", formatted(size, "bytes"), size <= HEAVIEST_DOWNLOAD)
        for kind, size in sizes.items()
    )


def _claims(results: Results, words: StudyWords) -> tuple[Measured, ...]:
    return tuple(
        Measured(
            words.claims.get(claim.name, claim.name).replace("{bound}", _short(claim.bound)),
            _short(claim.measured),
            claim.met,
        )
        for claim in results.claims
        if claim.study == words.study
    )


def _short(value: float) -> str:
    """Three significant digits without the noughts at their end: a bound reads as its author wrote it."""
    return formatted(value) if abs(value) >= 1000 else f"{value:.3g}".replace("-", "\u2212")
