"""The table of contents of the program: from content to a published folder, step by step.

    content ──read──> Essay ──plan──> jobs ──workshop──> artefacts ──gather──> Results ──> pages ──> build/site

``build`` reads as that list. Heavy modules are imported by the step that needs them, so that a build
with nothing to do imports next to nothing, and a changed sentence imports neither torch nor matplotlib.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ClaimsFailed, EssayError
from pipeline.fingerprint import digest
from pipeline.house import House
from pipeline.plan import Catalogue, Plan, colour_hashes, plan_jobs
from pipeline.publishing import current, publish, published_from, recover, write_stamp
from pipeline.store import Artefact, Store
from pipeline.study import Pace

if TYPE_CHECKING:
    from pipeline.essay.model import Essay
    from pipeline.results import Results
    from pipeline.workshop import Outcome


def build(house: House, pace: Pace = "full", afresh: bool = False) -> None:
    """Bring the published folder up to date with content, theme and pipeline, doing only what is not done."""
    began = time.perf_counter()
    store, place, sources = Store(house.store), house.place(pace), house.sources()
    recover(place)
    stamp = None if afresh else current(place, sources, store)
    if stamp is not None:
        say(f"Nothing to do: {place}/index.html is up to date ({len(stamp.plan.jobs)} jobs, "
            f"{time.perf_counter() - began:.2f} s).")  # fmt: skip
        return
    catalogue = read_catalogue(house)
    essay = read_essay(house, catalogue)
    plan = plan_jobs(essay, catalogue, pace, colour_hashes(house.tokens))
    outcomes = run_jobs(house, plan, store, afresh)
    made = {job: outcome.artefact for job, outcome in outcomes.items()}
    reused = frozenset(job for job, outcome in outcomes.items() if outcome.reused)
    results = gather_results(plan, made, catalogue, reused)
    check_claims(results, essay, pace)
    publish_pages(house, pace, essay, plan, results, outcomes, began)
    if house.sources() == sources:  # else something was edited meanwhile: the next build shall look again
        write_stamp(place, sources, plan, made)
    say(f"Open {place}/index.html ({time.perf_counter() - began:.1f} s).")


def read_catalogue(house: House) -> Catalogue:
    """What the studies offer; from the store if the pipeline's sources are as they were, without importing a study."""
    from pipeline.worker import code_hash

    now = code_hash(house.studies)
    if _loaded_from.setdefault(house.studies, now) != now:  # a preview runs for hours; Python loads a module once
        raise EssayError("The pipeline's code has changed since this program started. Start it again.")
    kept = house.store / "catalogue" / f"{digest([now, house.lock_hash()])}.json"
    try:
        return Catalogue.from_json(json.loads(kept.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    from pipeline.catalogue import catalogue_of
    from pipeline.registry import import_studies
    from pipeline.stages import code_of_study

    studies = import_studies(house.studies)
    catalogue = catalogue_of(studies.values(), {name: code_of_study(study) for name, study in studies.items()})
    if code_hash(house.studies) != now:
        raise EssayError("The pipeline's code changed while it was read. Build again.")
    kept.parent.mkdir(parents=True, exist_ok=True)
    for old in kept.parent.glob("*.json"):
        old.unlink(missing_ok=True)
    beside = kept.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(catalogue.to_json()), encoding="utf-8")
    os.replace(beside, kept)
    return Catalogue.from_json(catalogue.to_json())


_loaded_from: dict[str, str] = {}
"""Module of studies -> hash of the sources when this process first looked."""


def read_essay(house: House, catalogue: Catalogue) -> Essay:
    """The content, with every name in it checked against the catalogue."""
    from pipeline.essay import read

    return read(house.content, catalogue)


def run_jobs(house: House, plan: Plan, store: Store, afresh: bool = False) -> Mapping[str, Outcome]:
    """Every job's outcome, from the store or from a worker."""
    from pipeline.crew import hire_from_environment
    from pipeline.display import display_for
    from pipeline.workshop import Workshop

    store.clean()
    shop = Workshop(
        store, plan, display_for(sys.stdout), house.logs, hire_from_environment(), studies=house.studies, afresh=afresh
    )
    try:
        return shop.run()
    finally:
        for sentence in store.damage:
            say(f"Damaged: {sentence}")


def gather_results(plan: Plan, made: Mapping[str, Artefact], catalogue: Catalogue, reused: frozenset[str]) -> Results:
    """Values, claims, films and exports of the jobs."""
    from pipeline.gathering import gather

    return gather(plan, made, catalogue, reused)


def check_claims(results: Results, essay: Essay, pace: Pace) -> None:
    """ClaimsFailed when the prose would say what the runs do not bear out; in a draft, a warning."""
    from pipeline.report import failed_claims

    complaint = failed_claims(results, essay, pace)
    if complaint and pace == "draft":
        say(f"Warning: {complaint}")
    elif complaint:
        raise ClaimsFailed(f"{complaint}\nThe site was not touched.")


def publish_pages(
    house: House, pace: Pace, essay: Essay, plan: Plan, results: Results, outcomes: Mapping[str, Outcome], began: float
) -> None:
    """Pages and report, built aside, checked, and swapped in."""
    from pipeline.report import report
    from pipeline.site.pages import build_site

    def write(out: Path) -> None:
        base_url = house.base_url or essay.base_url
        build_site(essay, steady(results), out, base_url=base_url, tolerant=pace == "draft")
        about = {
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(time.perf_counter() - began, 1),
            "python": sys.version.split()[0],
        }
        (out / "report.json").write_bytes(report(plan, results, essay, outcomes, about))

    publish(house.place(pace), write)


def steady(results: Results) -> Results:
    """The results without what tells of this build only, so that the same runs give the same pages."""
    return replace(results, runs=tuple(replace(run, reused=True) for run in results.runs))


@dataclass(frozen=True)
class Rebuilt:
    """What a preview shows."""

    essay: Essay
    stale: tuple[str, ...]
    """Jobs whose last good result stands in, until a build has run."""


def rebuild_pages(house: House, pace: Pace = "full") -> Rebuilt:
    """The pages alone, at once, into build/preview: runs no job, and imports neither torch nor matplotlib.

    (Unless the pipeline changed since the last build: then the studies are read once.) Where a job's result
    is missing, its last good one stands in; EssayError where there never was one.
    """
    from pipeline.estimates import latest
    from pipeline.site.pages import build_site

    store = Store(house.store)
    catalogue = read_catalogue(house)
    essay = read_essay(house, catalogue)
    plan = plan_jobs(essay, catalogue, pace, colour_hashes(house.tokens))
    made, missing = standing(plan, store)
    last = latest(store) if missing else {}
    for job in missing:
        if job not in last:
            raise EssayError(f'"{job}" was never made. Run "make {"draft" if pace == "draft" else "build"}" once.')
        made[job] = last[job]
    results = gather_results(plan, made, catalogue, frozenset(made))
    build_site(essay, steady(results), house.preview, base_url="", tolerant=True)
    return Rebuilt(essay, tuple(missing))


def standing(plan: Plan, store: Store) -> tuple[dict[str, Artefact], list[str]]:
    """What the store has of a plan, and the jobs it lacks (with all that hang on them)."""
    from pipeline.fingerprint import device

    made: dict[str, Artefact] = {}
    missing: list[str] = []
    for job in plan.jobs.values():
        found = None
        if all(needed in made for needed in job.inputs.values()):
            outputs = {needed: made[needed].output for needed in job.inputs.values()}
            found = store.find(job.stage, job.key(outputs, device()), thorough=False)
        if found is None:
            missing.append(job.id)
        else:
            made[job.id] = found
    return made, missing


def check(house: House) -> None:
    """The checks that every build makes, on the folder as it lies there; SiteBroken with all faults."""
    from pipeline.site.checks import check_site

    place = house.place("full")
    if not (place / "index.html").is_file():
        raise EssayError(f"There is no site at {place}. Run make build first.")
    checked = check_site({path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()})
    say(f"{len(checked.weights)} pages checked, {checked.site / 1e6:.1f} MB in all: no fault.")


def sweep(house: House) -> None:
    """Remove from the store what neither the site nor the draft, as published, is made from."""
    store, keep = Store(house.store), set()
    for pace in PACES:
        keep |= {(artefact.stage, artefact.key) for artefact in published_from(house.place(pace), store)}
    if not keep:
        raise EssayError("Nothing is published yet, so nothing is known to be needed. Run make build first.")
    count, freed = store.sweep(keep)
    say(f"Removed {count} artefacts, {freed / 1e6:.1f} MB; kept {len(keep)}.")


PACES: tuple[Pace, ...] = ("full", "draft")


def say(line: str) -> None:
    """A line for the person at the keyboard."""
    print(line, flush=True)
