"""The essay as frozen values: parts, chapters, the words of figures, and what rendering gives.

What stands here is what the author wrote, read and checked but not yet filled with numbers. Words
that may carry inline values (``{{ study.value | filter }}``) are kept as source text and say so;
``pipeline.essay.rendering`` fills them from the Results. It knows no template and no page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup

from pipeline.errors import Problem
from pipeline.essay.wording import (
    DataSet,
    DuelWords,
    FigureWords,
    Key,
    Label,
    Legend,
    Line,
    Lottery,
    MapWords,
    Readout,
    StudyWords,
    Track,
)

__all__ = [
    "Chapter", "DataSet", "DuelWords", "Essay", "FigureWords", "Key", "Label", "Legend", "Line", "Lottery", "MapWords",
    "Note", "Part", "Placement", "PlacementKind", "Readout", "Reference", "Rendered", "Section", "StudyWords", "Term",
    "Track",
]  # fmt: skip

PlacementKind = Literal["film", "sound", "still", "quiz", "map", "lab", "table", "session", "image"]


@dataclass(frozen=True)
class Placement:
    """A figure in the prose: ``![alt](film:study/figure)`` and the caption after it.

    In ``Chapter.placements`` alt and caption are source text. When ``render`` hands a placement to
    the page, alt is plain text and caption is HTML, both with their numbers filled in.
    """

    kind: PlacementKind
    name: str
    """"study/figure"; for an image, its path below content/."""
    alt: str
    caption: str
    line: int
    """Line of the chapter's file, 1-based."""

    @property
    def study(self) -> str:
        """The study it shows; "" for an image, a session, or a lab without one."""
        return self.name.partition("/")[0] if self.kind != "image" and "/" in self.name else ""

    @property
    def item(self) -> str:
        """The figure, sound or export within its study; also the id of the figure on its page."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True)
class Chapter:
    """One page of the essay."""

    slug: str
    """File name without ".md", such as "04-the-training-dance"."""
    number: str
    """"04", the prefix of the slug."""
    title: str
    """Source text: may carry inline values."""
    question: str
    """Source text: may carry inline values."""
    studies: tuple[str, ...]
    recipe: Mapping[str, Mapping[str, Mapping[str, Any]]]
    """Overrides: study -> duel -> field -> value, checked against Recipe; {} where the study's own recipe holds."""
    source: str
    """The Markdown below the front matter."""
    first_line: int
    """Line of the file on which ``source`` begins, 1-based."""
    placements: tuple[Placement, ...]
    cited: tuple[str, ...]
    """Keys of references.bib, in order of first citation."""
    path: Path
    words: int
    minutes: int
    """Reading time at 220 words a minute and half a minute for each figure; at least 1."""

    @property
    def name(self) -> str:
        """The slug without its number, as cross-references write it."""
        return self.slug.partition("-")[2]

    @property
    def address(self) -> str:
        """The file of its page, beside all other pages."""
        return f"{self.slug}.html"


@dataclass(frozen=True)
class Part:
    """A part of the essay, with a page of its own."""

    slug: str
    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]

    @property
    def address(self) -> str:
        """The file of its page."""
        return f"{self.slug}.html"

    @property
    def minutes(self) -> int:
        """Reading time of its chapters."""
        return sum(chapter.minutes for chapter in self.chapters)


@dataclass(frozen=True)
class Term:
    """An entry of the glossary."""

    key: str
    """Its anchor on the glossary page."""
    term: str
    definition: str
    """Markdown source."""
    line: int
    aliases: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where a chapter's first use links to."""
        return f"glossary.html#{self.key}"


@dataclass(frozen=True)
class Reference:
    """An entry of the bibliography, ready to print."""

    key: str
    label: str
    """"Goodfellow et al. 2014", as it stands in the prose."""
    authors: tuple[str, ...]
    """Full names in reading order: "Ian J. Goodfellow"."""
    year: str
    title: str
    venue: str
    url: str
    """DOI address, else the url field; "" where there is neither."""
    line: int

    @property
    def address(self) -> str:
        """Where a citation links to."""
        return f"bibliography.html#{self.key}"


@dataclass(frozen=True)
class Essay:
    """Everything the author wrote, checked against the catalogue."""

    title: str
    subtitle: str
    lead: str
    """Source text: the cover's paragraph."""
    made: str
    """Source text: the cover's line on how it was made."""
    authors: tuple[str, ...]
    licence: str
    language: str
    base_url: str
    published: str
    """The day on which it was published, as 2026-11-30; "" before."""
    ornament: str
    """The study whose tiles print the cover and the bands; "" for none."""
    parts: tuple[Part, ...]
    words: Mapping[str, StudyWords]
    """Study -> the words of its figures and claims."""
    data: Mapping[str, DataSet]
    glossary: Mapping[str, Term]
    """Key -> term, in alphabetical order."""
    references: Mapping[str, Reference]
    """Every readable entry of references.bib; ``cited`` says which are printed."""
    content: Path

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters in reading order."""
        return tuple(chapter for part in self.parts for chapter in part.chapters)

    @property
    def studies(self) -> tuple[str, ...]:
        """Every study that must be trained, in order of first use; the ornament comes last."""
        used = dict.fromkeys(study for chapter in self.chapters for study in chapter.studies)
        return tuple(used | ({self.ornament: None} if self.ornament else {}))

    @property
    def recipe(self) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
        """All chapters' overrides: study -> duel -> field -> value."""
        return {study: duels for chapter in self.chapters for study, duels in chapter.recipe.items()}

    @property
    def cited(self) -> tuple[Reference, ...]:
        """The references that some chapter cites, in order of first citation."""
        keys = dict.fromkeys(key for chapter in self.chapters for key in chapter.cited)
        return tuple(self.references[key] for key in keys)

    @property
    def bibliography(self) -> tuple[Reference, ...]:
        """The references that some chapter cites, alphabetically."""
        return tuple(sorted(self.cited, key=lambda entry: (entry.label.casefold(), entry.title)))


@dataclass(frozen=True)
class Section:
    """A heading of a chapter, for contents and links."""

    id: str
    title: str
    """Plain text."""
    level: int


@dataclass(frozen=True)
class Note:
    """A footnote as printed beside the text."""

    number: int
    html: Markup


@dataclass(frozen=True)
class Rendered:
    """A chapter as HTML fragments and plain text."""

    title: str
    """Plain text, with numbers filled in."""
    question: str
    """Plain text, with numbers filled in."""
    html: Markup
    sections: tuple[Section, ...]
    words: int
    minutes: int
    notes: tuple[Note, ...]
    cited: tuple[str, ...]
    terms: tuple[str, ...]
    """Keys of the glossary terms it links."""
    text: str
    """The prose and captions as plain text, for search."""
    mathematics: bool
    """Whether it has a formula (the page then loads the face for formulas)."""
    unmeasured: tuple[Problem, ...]
    """Inline values the results do not hold, or that never came true; printed as a dash."""
