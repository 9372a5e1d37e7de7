"""The one symbol table of the essay: every name that prose may use, and what is said when it is unknown."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.catalogue import Catalogue, StudyEntry
from pipeline.errors import did_you_mean
from pipeline.essay.faults import Fault
from pipeline.essay.model import Placement, Reference, StudyWords, Term
from pipeline.study import Recipe

STUDIES = Path(__file__).resolve().parents[1] / "studies"
"""Where a study's file lies."""


def known_study(name: str, catalogue: Catalogue) -> str:
    """The remedy for an unknown study: its entry in the registry where its file is there, else the nearest name."""
    if name.isidentifier() and not name.startswith("_") and (STUDIES / f"{name}.py").is_file():
        return f"pipeline/studies/{name}.py exists: name it in pipeline/studies/__init__.py."
    return did_you_mean(name, list(catalogue.studies))


@dataclass
class Names:
    """What exists, for one chapter or one file of words; it gathers which studies are used."""

    catalogue: Catalogue
    content: Path
    references: Mapping[str, Reference] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    """By heading, id and other names, all in lower case."""
    chapters: Mapping[str, str] = field(default_factory=dict)
    """Name without number -> slug."""
    words: Mapping[str, StudyWords] = field(default_factory=dict)
    recipes: Mapping[str, Mapping[str, Recipe]] = field(default_factory=dict)
    """Study -> duel -> the recipe as this chapter changes it; the catalogue's where it does not."""
    notes: frozenset[str] = frozenset()
    own: str = ""
    """The study whose names may be used bare; "" for none."""
    figures: dict[str, Placement] = field(default_factory=dict)
    """The figures of this chapter, by their last name."""
    used: dict[str, None] = field(default_factory=dict)
    """The studies used so far."""

    def use(self, study: str) -> None:
        """Notes that a study is used."""
        self.used[study] = None

    def study(self, name: str) -> StudyEntry:
        """The study of that name."""
        if name not in self.catalogue.studies:
            raise Fault(f'no study "{name}".', known_study(name, self.catalogue))
        return self.catalogue.studies[name]

    def place(self, placement: Placement) -> None:
        """Fault unless what a figure shows exists and, for a film or a still, has words."""
        if placement.kind == "image":
            if not (self.content / placement.name).is_file():
                raise Fault(f'no image file "{placement.name}" in content/.', self._images(placement.name))
            return
        if placement.kind == "session":
            if not re.fullmatch(r"[a-z][a-z0-9-]*", placement.name):
                raise Fault(f'"{placement.name}" cannot name a session.', "Write session:name; it belongs to no study.")
            return
        if not placement.study:
            if placement.kind != "lab" or not placement.name:
                raise Fault(
                    f'"{placement.kind}:{placement.name}" names no study.', f"Write {placement.kind}:study/name."
                )
            return
        study = self.study(placement.study)
        self.use(study.name)
        kind, known = {
            "film": ("film", tuple(study.figures)),
            "still": ("film", tuple(study.figures)),
            "sound": ("sound", tuple(study.sounds)),
        }.get(placement.kind, ("export", study.exports))
        if placement.item not in known:
            raise Fault(f'no {kind} "{placement.item}" in study {study.name}.', did_you_mean(placement.item, known))
        if placement.kind in ("film", "still", "map"):
            self._check_words(study.name, placement.item, "map" if placement.kind == "map" else "figure")

    def _check_words(self, study: str, name: str, kind: str) -> None:
        """What has a file of words that is broken is not reported again here."""
        words = self.words.get(study)
        if words and name not in (words.maps if kind == "map" else words.figures):
            raise Fault(f'no words for the {kind} "{name}".', f"Write them in {words.path}.")

    def _images(self, name: str) -> str:
        endings = (".png", ".jpg", ".jpeg", ".webp", ".svg", ".avif", ".gif")
        found = [str(p.relative_to(self.content)) for p in sorted(self.content.rglob("*")) if p.suffix in endings]
        return did_you_mean(name, found)

    def last_step(self, figure: str) -> int:
        """The last step of the run that a figure of this chapter shows."""
        placement = self.figures.get(figure.rpartition("/")[2])
        if placement is None or ("/" in figure and figure != placement.name):
            raise Fault(f'no figure "{figure}" in this chapter.', did_you_mean(figure, list(self.figures)))
        study = self.catalogue.studies.get(placement.study)
        entry = study.figures.get(placement.item) if study else None
        if placement.kind in ("film", "still") and (study is None or entry is None):
            return sys.maxsize  # that the figure does not exist is said where it is placed
        if study is None or entry is None:
            raise Fault(f'the figure "{figure}" has no steps.')
        return self.recipes.get(study.name, study.duels).get(entry.duel, study.duels[entry.duel]).steps
