"""``[@goodfellow2014]``, ``[@a; @b, section 4]``: author and year, linked to the bibliography.

``[-@goodfellow2014]`` gives the year alone, for "Goodfellow and colleagues (2014)".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pipeline.errors import did_you_mean
from pipeline.essay.constructs import Construct
from pipeline.essay.faults import Fault
from pipeline.essay.text import Node, Scan

if TYPE_CHECKING:
    from pipeline.essay.names import Names
    from pipeline.essay.page import Page


@dataclass(frozen=True)
class Cited:
    """One source within a citation."""

    key: str
    year_only: bool
    place: str
    """"section 4"; "" for the whole."""


@dataclass(frozen=True)
class Citation(Node):
    """One or more sources in round brackets."""

    sources: tuple[Cited, ...]

    def check(self, names: Names) -> None:
        """Every key must stand in references.bib."""
        for source in self.sources:
            if source.key not in names.references:
                known = list(names.references)
                raise Fault(f'no source "{source.key}" in references.bib.', did_you_mean(source.key, known))

    def html(self, page: Page) -> str:
        """Links whose titles say what they lead to; to the first of a source the bibliography leads back."""
        return f'<span class="citation">({"; ".join(self._link(source, page) for source in self.sources)})</span>'

    def _link(self, source: Cited, page: Page) -> str:
        entry = page.reference(source.key)
        words = entry.year if source.year_only else entry.label
        stop = "" if entry.title.endswith((".", "?", "!")) else "."
        title = f"{entry.title}{stop} {entry.venue}" if entry.venue else entry.title
        place = f", {escape(source.place)}" if source.place else ""
        anchor = f' id="cite-{escape(source.key)}"' if page.first_citation(source.key) else ""
        link = f'<a class="cite"{anchor} href="{escape(entry.address)}" title="{escape(title)}" role="doc-biblioref">'
        return f"{link}{escape(words)}</a>{place}"

    def plain(self, page: Page) -> str:
        """The same words without links."""
        return f"({'; '.join(page.reference(source.key).label for source in self.sources)})"


_SOURCE = re.compile(r"\s*(-?)@([\w:.+/-]*\w)\s*(?:,\s*(.+?))?\s*", re.DOTALL)


def _read(match: re.Match[str], line: int, scan: Scan) -> Citation:
    sources = []
    for part in match[1].split(";"):
        found = _SOURCE.fullmatch(part)
        if found is None:
            raise Fault(f'"{" ".join(part.split())}" is no citation.', "Write [@key] or [@key, section 4; @other].")
        sources.append(Cited(found[2], bool(found[1]), " ".join((found[3] or "").split())))
    return Citation(line, tuple(sources))


_UNREAD = ("a citation is never closed.", r"Write [@key], or \[@ for the signs themselves.")
_PATTERN = re.compile(r"\[(-?@[^\[\]]*)\]")
CITATIONS = (Construct("[@", _PATTERN, _read, _UNREAD), Construct("[-@", _PATTERN, _read, _UNREAD))
