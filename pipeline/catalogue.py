"""What the studies offer, as plain data: the names an essay may use, and the code behind each job.

Made once from the STUDIES (which import torch), kept in the store under the hash of the pipeline's
sources, and read back by every later build. So chapters are checked, and keys of jobs computed,
without importing a study. It knows no essay and no store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.study import Recipe, Study


@dataclass(frozen=True)
class FigureEntry:
    """A film that a chapter may place as ``film:study/name``."""

    name: str
    duel: str
    """The duel whose steps the scrubber counts."""
    seconds: float
    fps: int
    sound: str | None
    """Name of the soundtrack; None is a silent film."""
    loop: bool


@dataclass(frozen=True)
class SoundEntry:
    """A soundtrack and its reference tones."""

    name: str
    seconds: float
    tones: Mapping[str, tuple[str, float]]
    """Tone name -> (role of the voice, Hz)."""


@dataclass(frozen=True)
class ClaimEntry:
    """A claim and its bound; its words stand in content/figures/."""

    name: str
    holds: str
    """"<=" or ">="."""
    bound: float


@dataclass(frozen=True)
class Code:
    """The code that one job runs: what its key takes from the sources."""

    definitions: Mapping[str, str]
    """"pipeline.gan.losses.r1" -> hash of its syntax tree, for all that the job reaches."""
    constants: Mapping[str, Any]
    """Values bound in objects rather than in code: fields of the Figure, arguments of a partial."""
    libraries: tuple[str, ...]
    """Distributions (not modules) whose names that code uses: "torch", "numpy", "mlxtend"."""


@dataclass(frozen=True)
class StudyEntry:
    """All the names of one study."""

    name: str
    duels: Mapping[str, Recipe]
    """Duel -> its own recipe, before any author's override."""
    data: Mapping[str, str] = field(default_factory=dict)
    """Duel -> key of its data set in content/data.yaml; "" where the data are drawn from a formula."""
    figures: Mapping[str, FigureEntry] = field(default_factory=dict)
    sounds: Mapping[str, SoundEntry] = field(default_factory=dict)
    values: Mapping[str, bool] = field(default_factory=dict)
    """Value -> True where it is a Series (of which .first, .at(step), ... may be asked)."""
    claims: Mapping[str, ClaimEntry] = field(default_factory=dict)
    exports: tuple[str, ...] = ()
    code: Mapping[str, Code] = field(default_factory=dict)
    """Job within the study, such as "train/dance" or "draw/dance" -> its code."""


@dataclass(frozen=True)
class Catalogue:
    """Every study, by name."""

    studies: Mapping[str, StudyEntry]

    def to_json(self) -> dict[str, Any]:
        """Plain dicts and lists; ``from_json`` is the inverse."""
        return asdict(self)

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Catalogue:
        """The catalogue as it was before ``to_json``, also after a way through a file."""
        return cls({name: _study_entry(entry) for name, entry in facts["studies"].items()})


def catalogue_of(studies: Iterable[Study], code: Mapping[str, Mapping[str, Code]] | None = None) -> Catalogue:
    """The catalogue of some studies; ``code`` maps study -> job -> Code (see pipeline.fingerprint)."""
    return Catalogue({study.name: _entry_of(study, (code or {}).get(study.name, {})) for study in studies})


def _entry_of(study: Study, code: Mapping[str, Code]) -> StudyEntry:
    return StudyEntry(
        name=study.name,
        duels={name: duel.recipe for name, duel in study.duels.items()},
        data={name: duel.data for name, duel in study.duels.items()},
        figures={f.name: FigureEntry(f.name, f.duel, f.seconds, f.fps, f.sound, f.loop) for f in study.figures},
        sounds={s.name: SoundEntry(s.name, s.seconds, dict(s.tones)) for s in study.sounds},
        values={value.name: value.series for value in study.values},
        claims={claim.name: ClaimEntry(claim.name, claim.holds, claim.bound) for claim in study.claims},
        exports=tuple(export.name for export in study.exports),
        code=code,
    )


def _study_entry(facts: Mapping[str, Any]) -> StudyEntry:
    return StudyEntry(
        name=facts["name"],
        duels={name: recipe_from(fields) for name, fields in facts["duels"].items()},
        data=facts["data"],
        figures={name: FigureEntry(**entry) for name, entry in facts["figures"].items()},
        sounds={
            name: SoundEntry(s["name"], s["seconds"], {tone: (role, hz) for tone, (role, hz) in s["tones"].items()})
            for name, s in facts["sounds"].items()
        },
        values=facts["values"],
        claims={name: ClaimEntry(**entry) for name, entry in facts["claims"].items()},
        exports=tuple(facts["exports"]),
        code={
            job: Code(code["definitions"], code["constants"], tuple(code["libraries"]))
            for job, code in facts["code"].items()
        },
    )


def recipe_from(fields: Mapping[str, Any]) -> Recipe:
    """A Recipe from JSON, where tuples have become lists."""
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return Recipe(**plain)
