"""The plan: the essay and the catalogue, joined into jobs. Nothing here runs or reads a job.

    train ─> measure                       one train for each duel of each study used
      ├────> draw (light, dark) ─┐
      ├────> play ───────────────┴> mux    where a figure has a sound
      └────> export

A job's key is made when its inputs are known, since it holds the hashes of their *content*: a training
that comes out as before leaves everything after it as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.catalogue import Catalogue, Code, StudyEntry
from pipeline.drawing.style import read_palette
from pipeline.fingerprint import digest, version
from pipeline.results import THEMES
from pipeline.stages import STAGES
from pipeline.study import Pace

if TYPE_CHECKING:
    from pipeline.essay.model import Essay

__all__ = ["Catalogue", "Job", "Plan", "colour_hashes", "plan_jobs"]


PALETTE = "pipeline.drawing.style.TOKENS"
"""Code that reaches this name reads the theme's colours."""


@dataclass(frozen=True)
class Job:
    """One piece of work: a stage, applied to a part of a study."""

    id: str
    """"draw/training_dance/dance/light": stage, study, name, theme."""
    stage: str
    study: str
    name: str
    """Duel, figure or export; "" for the whole study."""
    parameters: Mapping[str, Any]
    code: Code
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Input's name, as the stage knows it -> the job that makes it."""

    def ingredients(self, outputs: Mapping[str, str], device: str) -> dict[str, Any]:
        """All that the key is made of; ``outputs`` maps job -> hash of its content."""
        versions = {name: version(name) for name in self.code.libraries}
        return {
            "stage": self.stage,
            "study": self.study,
            "name": self.name,
            "code": dict(self.code.definitions),
            "constants": dict(self.code.constants),
            "parameters": dict(self.parameters),
            "inputs": {name: outputs[job] for name, job in sorted(self.inputs.items())},
            "versions": versions,
            "device": device if STAGES[self.stage].on_device else "any",
        }

    def key(self, outputs: Mapping[str, str], device: str) -> str:
        """Name of the job's artefact."""
        return digest(self.ingredients(outputs, device))


@dataclass(frozen=True)
class Plan:
    """Everything that a state of the essay needs made."""

    pace: Pace
    jobs: Mapping[str, Job]
    """Id -> job; inputs stand before what uses them."""

    def needed_for(self, study: str, figure: str = "") -> Plan:
        """The plan of one study, or of one figure of it with the study's measures, and all that they need."""
        media = [job for job in self.jobs.values() if job.study == study and job.stage in ("draw", "play", "mux")]
        pending = [job.id for job in media if not figure or job.name == figure]
        whole = ("measure",) if figure else ("measure", "export")
        pending += [job.id for job in self.jobs.values() if job.study == study and job.stage in whole]
        kept: set[str] = set()
        while pending:
            job_id = pending.pop()
            if job_id not in kept:
                kept.add(job_id)
                pending += self.jobs[job_id].inputs.values()
        return Plan(self.pace, {name: job for name, job in self.jobs.items() if name in kept})

    def to_json(self) -> dict[str, Any]:
        """Plain dicts and lists."""
        return asdict(self)

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Plan:
        """The inverse of ``to_json``."""
        jobs = {}
        for name, job in facts["jobs"].items():
            code = job["code"]
            libraries = Code(code["definitions"], code["constants"], tuple(code["libraries"]))
            jobs[name] = Job(**{**job, "code": libraries})
        return cls(facts["pace"], jobs)


def plan_jobs(essay: Essay, catalogue: Catalogue, pace: Pace, tokens: Mapping[str, str]) -> Plan:
    """The jobs of all studies that the essay uses; ``tokens`` maps theme -> hash of its colours."""
    jobs: dict[str, Job] = {}
    for name in essay.studies:
        entry = catalogue.studies[name]
        for job in _jobs_of(entry, essay.recipe.get(name, {}), pace, tokens):
            jobs[job.id] = job
    return Plan(pace, jobs)


def _jobs_of(
    entry: StudyEntry, changes: Mapping[str, Mapping[str, Any]], pace: Pace, tokens: Mapping[str, str]
) -> list[Job]:
    """All jobs of one study, in order of need."""
    study, code = entry.name, entry.code
    recordings = {duel: f"train/{study}/{duel}" for duel in entry.duels}
    jobs = []
    for duel, recipe in entry.duels.items():
        asked = recipe.with_changes(changes.get(duel, {})).at(pace)
        parameters = {"recipe": asdict(asked)}
        jobs.append(Job(recordings[duel], "train", study, duel, parameters, code[f"train/{duel}"]))
    jobs.append(Job(f"measure/{study}", "measure", study, "", {}, code["measure/"], recordings))
    for figure in entry.figures.values():
        place = f"{study}/{figure.name}"
        if figure.sound:
            sound = Job(
                f"play/{place}", "play", study, figure.name, {"seconds": figure.seconds}, code[f"play/{figure.name}"],
                recordings,
            )  # fmt: skip
            jobs.append(sound)
        for theme in THEMES:
            look = {"theme": theme, "draft": pace == "draft", "colours": tokens[theme]}
            drawing = code[f"draw/{figure.name}"]
            film = Job(f"draw/{place}/{theme}", "draw", study, figure.name, look, drawing, recordings)
            jobs.append(film)
            if figure.sound:
                inputs = {"film": film.id, "sound": sound.id}
                jobs.append(
                    Job(f"mux/{place}/{theme}", "mux", study, figure.name, {}, code[f"mux/{figure.name}"], inputs)
                )
    for export in entry.exports:
        prints = code[f"export/{export}"]
        colours = {"colours": dict(tokens)} if PALETTE in prints.definitions else {}
        jobs.append(Job(f"export/{study}/{export}", "export", study, export, colours, prints, recordings))
    return jobs


def colour_hashes(tokens_css: Path) -> dict[str, str]:
    """Theme -> hash of the colours that films see: a dark colour changed redraws the dark films only."""
    css = tokens_css.read_text(encoding="utf-8")
    return {theme: digest(dict(read_palette(css, theme).colours), 16) for theme in THEMES}
