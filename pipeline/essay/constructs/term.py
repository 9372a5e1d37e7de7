"""``[[gradient]]`` or ``[[noise-vector|noise vector]]``: a term of the glossary; the first use in a chapter is a link.

``[[ch:the-training-dance]]`` or ``[[ch:the-training-dance|words]]``: another chapter, by its title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pipeline.errors import did_you_mean
from pipeline.essay.constructs import Construct
from pipeline.essay.faults import Fault
from pipeline.essay.text import Node, Scan, Text

if TYPE_CHECKING:
    from pipeline.essay.names import Names
    from pipeline.essay.page import Page


@dataclass(frozen=True)
class TermLink(Node):
    """A term of the glossary."""

    name: str
    words: Text | None

    def texts(self) -> tuple[Text, ...]:
        """The words in its place."""
        return (self.words,) if self.words else ()

    def check(self, names: Names) -> None:
        """The term must be in glossary.md, by its heading, its id or another name."""
        if self.name.casefold() not in names.terms:
            raise Fault(f'no term "{self.name}" in glossary.md.', did_you_mean(self.name.casefold(), list(names.terms)))

    def html(self, page: Page) -> str:
        """A link with the definition as its title at the first use, plain words afterwards."""
        term = page.term(self.name)
        words = page.inline(self.words) if self.words else escape(self._spoken(page))
        if not page.first_use(term.key):
            return words
        title = escape(page.plain_words(term.definition))
        return f'<a class="term" href="{escape(term.address)}" title="{title}" role="doc-glossref">{words}</a>'

    def plain(self, page: Page) -> str:
        """The words alone."""
        return page.plain(self.words) if self.words else self._spoken(page)

    def _spoken(self, page: Page) -> str:
        """As written; or, where only the id was written, the heading, small within a sentence."""
        term = page.term(self.name)
        if self.name.casefold() in (name.casefold() for name in (term.term, *term.aliases)):
            return self.name
        return term.term if re.search(r"[A-Z]", term.term[1:]) else term.term[:1].lower() + term.term[1:]


@dataclass(frozen=True)
class ChapterLink(Node):
    """A reference to another chapter."""

    name: str
    anchor: str
    words: Text | None

    def texts(self) -> tuple[Text, ...]:
        """The words in place of its title."""
        return (self.words,) if self.words else ()

    def check(self, names: Names) -> None:
        """The chapter must be listed in essay.toml."""
        if self.name not in names.chapters:
            raise Fault(f'no chapter "{self.name}".', did_you_mean(self.name, list(names.chapters)))

    def html(self, page: Page) -> str:
        """A link to its page."""
        chapter = page.chapter_named(self.name)
        words = page.inline(self.words) if self.words else escape(page.plain_words(chapter.title))
        anchor = f"#{self.anchor}" if self.anchor else ""
        return f'<a class="chapter-link" href="{escape(chapter.address + anchor)}">{words}</a>'

    def plain(self, page: Page) -> str:
        """Its title, or the words."""
        return page.plain(self.words) if self.words else page.plain_words(page.chapter_named(self.name).title)


def _read(match: re.Match[str], line: int, scan: Scan) -> Node:
    name = " ".join(match[1].split())
    words = scan(match[2], line) if match[2] else None
    if name.startswith("ch:"):
        slug, _, anchor = name[3:].partition("#")
        return ChapterLink(line, slug.strip(), anchor, words)
    return TermLink(line, name, words)


TERM = Construct(
    "[[",
    re.compile(r"\[\[([^\[\]|]+)(?:\|((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])+))?\]\]"),
    _read,
    ('"[[" opens no term and no chapter.', r"Write [[term]], [[term|words]] or [[ch:name-of-chapter]]."),
)
