"""From what the jobs made to Results: the one place that knows which file of which artefact holds what.

Everything is read from small JSON files beside the media, so pages are built without numpy.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.catalogue import Catalogue
from pipeline.plan import Job, Plan
from pipeline.results import THEMES, ClaimFacts, FilmFacts, Results, RunFacts, SeriesFacts
from pipeline.store import Artefact

Made = Mapping[str, Artefact]
"""Job -> what it made."""


def gather(plan: Plan, made: Made, catalogue: Catalogue, reused: frozenset[str] = frozenset()) -> Results:
    """The results of a plan's jobs; ``reused`` are the jobs that did not run in this build."""
    values: dict[str, float | SeriesFacts] = {}
    claims: list[ClaimFacts] = []
    exports: dict[str, Mapping[str, Path]] = {}
    runs = []
    for job in plan.jobs.values():
        artefact = made[job.id]
        if job.stage == "train":
            runs.append(_run(job, made, catalogue, job.id in reused))
        elif job.stage == "measure":
            facts = json.loads(artefact.files["facts.json"].read_bytes())
            values |= {f"{job.study}.{name}": _value(value) for name, value in facts["values"].items()}
            claims += [_claim(job.study, claim) for claim in facts["claims"]]
        elif job.stage == "export":
            exports[f"{job.study}/{job.name}"] = artefact.files
    return Results(tuple(runs), values, tuple(claims), _films(plan, made), exports)


def _claim(study: str, claim: Mapping[str, Any]) -> ClaimFacts:
    return ClaimFacts(study=study, **{**claim, "measured": _nan(claim["measured"])})


def _run(job: Job, made: Made, catalogue: Catalogue, reused: bool) -> RunFacts:
    artefact = made[job.id]
    measures = made.get(f"measure/{job.study}")
    curves = {"curves.csv": measures.files[f"{job.name}.curves.csv"]} if measures else {}
    return RunFacts(
        study=job.study,
        duel=job.name,
        recipe=job.parameters["recipe"],
        seconds=artefact.seconds,
        machine=str(artefact.manifest["machine"]),
        versions=artefact.manifest["versions"],
        recording=artefact.output,
        reused=reused,
        size=artefact.size,
        files={**artefact.files, **curves},
        data=catalogue.studies[job.study].data.get(job.name, ""),
    )


def _films(plan: Plan, made: Made) -> dict[str, FilmFacts]:
    films = {}
    for job in plan.jobs.values():
        if job.stage != "draw" or job.parameters["theme"] != THEMES[0]:
            continue
        place = f"{job.study}/{job.name}"
        drawn = {theme: made[f"draw/{place}/{theme}"] for theme in THEMES}
        final = {theme: made.get(f"mux/{place}/{theme}", drawn[theme]) for theme in THEMES}
        sound = made.get(f"play/{place}")
        facts = json.loads(drawn[THEMES[0]].files["film.json"].read_bytes())
        films[place] = FilmFacts(
            study=job.study,
            figure=job.name,
            duel=facts["duel"],
            seconds=facts["seconds"],
            fps=facts["fps"],
            loop=facts["loop"],
            steps=tuple(facts["steps"]),
            last_step=facts["last_step"],
            clock=facts["clock"],
            poster_frame=facts["poster_frame"],
            films={theme: artefact.files["film.mp4"] for theme, artefact in final.items()},
            posters={theme: artefact.files["poster.webp"] for theme, artefact in drawn.items()},
            sound=json.loads(sound.files["sound.json"].read_bytes()) if sound else None,
            size=sum(artefact.files["film.mp4"].stat().st_size for artefact in final.values()),
        )
    return films


def _value(value: Any) -> float | SeriesFacts:
    if isinstance(value, dict):
        return SeriesFacts(
            steps=tuple(value["steps"]),
            **{name: tuple(_nan(v) for v in value.get(name, ())) for name in ("values", "low", "high", "ends")},
            way_steps=tuple(value.get("way_steps", ())),
            ways=tuple(tuple(_nan(v) for v in way) for way in value.get("ways", ())),
        )
    return _nan(value)


def _nan(value: float | None) -> float:
    return math.nan if value is None else value
