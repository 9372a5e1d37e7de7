"""The back matter's lists: glossary and bibliography with their ways back, and the colophon's runs.

It decides what is printed; the words of the pages stand in their templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from pipeline.essay.model import DataSet, Reference
from pipeline.essay.rendering import render_inline
from pipeline.site.edition import Edition
from pipeline.site.provenance import Provenance
from pipeline.site.views import Card, Link


@dataclass(frozen=True)
class TermEntry:
    """A term and the chapters that use it."""

    key: str
    term: str
    definition: Markup
    chapters: tuple[Card, ...]


@dataclass(frozen=True)
class SourceEntry:
    """A source, and where each chapter that cites it does so first."""

    reference: Reference
    places: tuple[Link, ...]


@dataclass(frozen=True)
class DataEntry:
    """A data set; its source is a page of the web, or a file of this project that draws it."""

    data: DataSet
    web: bool


@dataclass(frozen=True)
class StudyEntry:
    """A study, its runs and claims."""

    name: str
    about: str
    made: Provenance


LIKE_THE_LAB = ("detectives_eye", "training_dance", "mode_collapse")
"""Studies whose films show what the Lab trains: points on a line or in the plane."""


def like_the_lab(edition: Edition) -> tuple[Card, ...]:
    """The chapters where such a film can be seen without training anything."""
    return tuple(card for card in edition.book.chapters if card.films and set(LIKE_THE_LAB) & set(card.runs))


def glossary(edition: Edition) -> dict[str, Any]:
    """The terms in alphabetical order."""
    essay = edition.essay
    return {
        "entries": [
            TermEntry(
                term.key,
                term.term,
                render_inline(term.definition, essay, edition.results),
                tuple(edition.cards[slug] for slug, page in edition.rendered.items() if term.key in page.terms),
            )
            for term in essay.glossary.values()
        ]
    }


def bibliography(edition: Edition) -> dict[str, Any]:
    """What some chapter cites, alphabetically."""
    return {
        "entries": [
            SourceEntry(
                reference,
                tuple(
                    _cited(reference.key, slug, edition)
                    for slug, page in edition.rendered.items()
                    if reference.key in page.cited
                ),
            )
            for reference in edition.essay.bibliography
        ]
    }


def _cited(key: str, slug: str, edition: Edition) -> Link:
    """The first citation in a chapter; the chapter itself where the citation has no place of its own."""
    card, anchor = edition.cards[slug], f"cite-{key}"
    here = f' id="{escape(anchor)}"' in edition.rendered[slug].html
    return Link(f"{card.number} {card.title}", f"{card.address}#{anchor}" if here else card.address)


def colophon(edition: Edition) -> dict[str, Any]:
    """Every run that stands behind the pages, with its claims and files; and the data sets they learned from."""
    essay, results = edition.essay, edition.results
    entries = [StudyEntry(name, _about(edition, name), made) for name, made in edition.made.items()]
    used = dict.fromkeys(run.data for run in results.runs if run.data)
    sets = [essay.data[key] for key in used if key in essay.data]
    data = [DataEntry(one, one.source.startswith(("http://", "https://"))) for one in sets]
    return {"studies": entries, "data": data}


def _about(edition: Edition, study: str) -> str:
    words = edition.essay.words.get(study)
    return words.about if words else ""
