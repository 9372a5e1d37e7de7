"""The page being rendered: what its constructs ask for, and what they leave behind."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.errors import Problem
from pipeline.essay import values
from pipeline.essay.expressions import Expression
from pipeline.essay.faults import shown
from pipeline.essay.model import Chapter, Essay, Placement, Reference, Term
from pipeline.essay.text import Text
from pipeline.results import Results

Place = Callable[[Placement], str]


class Page:
    """One chapter (or one run of words) on its way to HTML."""

    def __init__(
        self, results: Results, essay: Essay | None = None, chapter: Chapter | None = None, place: Place | None = None,
        own: str = "", path: Path = Path(),
    ) -> None:  # fmt: skip
        self.results = results
        self.essay = essay
        self.chapter = chapter
        self.own = own
        self.path = chapter.path if chapter else path
        self._place = place
        self.numbers: dict[str, int] = {}
        """Note -> its number, in order of first call."""
        self.terms: dict[str, None] = {}
        self.unmeasured: list[Problem] = []
        self._called: set[str] = set()
        self._cited: set[str] = set()

    def inline(self, text: Text) -> str:
        """Prose within a construct, as HTML without a paragraph around it."""
        from pipeline.essay.markup import inline_html

        return inline_html(text, self)

    def plain(self, text: Text) -> str:
        """Prose as plain text."""
        from pipeline.essay.markup import plain_text

        return plain_text(text, self)

    def plain_words(self, source: str) -> str:
        """Source text as plain text."""
        from pipeline.essay.scanning import scan_words

        return self.plain(scan_words(source).text)

    def measure(self, expression: Expression, line: int) -> float:
        """The number asked for; NaN is noted as unmeasured."""
        number = values.measure(expression, self.results, self.own)
        if not math.isfinite(number):
            message, remedy = values.why_unmeasured(expression, self.results, self.own)
            self.unmeasured.append(Problem(shown(self.path), line, message, remedy=remedy))
        return number

    def reference(self, key: str) -> Reference:
        """An entry of the bibliography."""
        return self._essay.references[key]

    def term(self, name: str) -> Term:
        """A term of the glossary, by any of its names."""
        return terms_by_name(self._essay.glossary)[name.casefold()]

    def first_use(self, key: str) -> bool:
        """Whether a term is met for the first time on this page."""
        first = key not in self.terms
        self.terms[key] = None
        return first

    def first_citation(self, key: str) -> bool:
        """Whether a source is cited for the first time in this chapter; elsewhere no citation is the first."""
        first = self.chapter is not None and key not in self._cited
        self._cited.add(key)
        return first

    def chapter_named(self, name: str) -> Chapter:
        """A chapter, by its slug without the number."""
        return next(chapter for chapter in self._essay.chapters if chapter.name == name)

    def figure_named(self, figure: str) -> str:
        """ "study/figure" of a figure of this chapter."""
        item = figure.rpartition("/")[2]
        placements = self.chapter.placements if self.chapter else ()
        return next(placement.name for placement in placements if placement.item == item)

    def call_note(self, name: str) -> tuple[int, bool]:
        """The note's number, and whether this is its first call."""
        number = self.numbers.setdefault(name, len(self.numbers) + 1)
        first = name not in self._called
        self._called.add(name)
        return number, first

    def place(self, placement: Placement) -> str:
        """A figure's HTML, made by the site."""
        return self._place(placement) if self._place else ""

    @property
    def _essay(self) -> Essay:
        if self.essay is None:
            raise ValueError("these words need an essay to look their names up in")
        return self.essay


def terms_by_name(glossary: Mapping[str, Term]) -> dict[str, Term]:
    """The terms by heading, id and other names, all in lower case."""
    return {
        name.casefold(): term for term in glossary.values() for name in (term.key, term.term, *term.aliases)
    }  # fmt: skip
