"""The whole essay on one page, for paper: every chapter with its posters, captions and notes, every address in full.

Made from the chapters as they are set: their ids get the chapter's number before them, links between chapters
become links within the page, headings move down a step, fold-outs stand open. The page loads no script, so each
figure is what it is without one: a film its poster and its words, the quiz its answer sheet, the map its print.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.essay.model import Reference
from pipeline.site.back import TermEntry, glossary
from pipeline.site.edition import Edition
from pipeline.site.views import Card

_POINTING = re.compile(r'\b(id|for|aria-labelledby|aria-describedby|aria-controls|popovertarget)="([^"]+)"')
_WITHIN = re.compile(r'\bhref="#([^"?]*)[^"]*"')
_MASK = re.compile(r"url\(#([^)]+)\)")
_HEADING = re.compile(r"<(/?)h([2-5])\b")
_MADE = re.compile(r'<details class="fold how-made">.*?</details>', re.DOTALL)
_UNSCRIPTED = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_PAGE = re.compile(r'\bhref="(?:([\w-]+)\.html)(?:#([^"?]*)[^"]*)?"')


@dataclass(frozen=True)
class WholePart:
    """A part and its chapters, each as a card and its prose."""

    number: int
    title: str
    subtitle: str
    chapters: tuple[tuple[str, Card, Markup], ...]
    """Anchor, card, prose."""


@dataclass(frozen=True)
class Whole:
    """All of it."""

    parts: tuple[WholePart, ...]
    terms: tuple[TermEntry, ...]
    sources: tuple[Reference, ...]


def whole(edition: Edition) -> Whole:
    """The essay in reading order, then the terms it uses and the sources it names."""
    numbers = {chapter.slug: f"c{chapter.number}" for chapter in edition.essay.chapters}
    parts = tuple(
        WholePart(
            number, part.title, part.subtitle,
            tuple((numbers[c.slug], edition.cards[c.slug], _prose(c.slug, edition, numbers)) for c in part.chapters),
        )
        for number, part in enumerate(edition.essay.parts, start=1)
    )  # fmt: skip
    terms = tuple(entry for entry in glossary(edition)["entries"] if entry.chapters)
    return Whole(parts, terms, edition.essay.bibliography)


def _prose(slug: str, edition: Edition, numbers: dict[str, str]) -> Markup:
    html = _UNSCRIPTED.sub("", _MADE.sub("", str(edition.rendered[slug].html)))
    html = html.replace('<details class="fold">', '<details class="fold" open>')
    here = numbers[slug]
    html = _POINTING.sub(lambda match: f'{match[1]}="{_all(match[2], here)}"', html)
    html = _WITHIN.sub(lambda match: f'href="#{here}-{match[1]}"', html)
    html = _MASK.sub(lambda match: f"url(#{here}-{match[1]})", html)
    html = _HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) + 1}", html)
    used = {entry.key for entry in edition.essay.glossary.values() if _is_used(entry.key, edition)}
    return Markup(_PAGE.sub(lambda match: _linked(match, numbers, used), html))


def _is_used(key: str, edition: Edition) -> bool:
    return any(key in page.terms for page in edition.rendered.values())


def _all(ids: str, here: str) -> str:
    return " ".join(f"{here}-{one}" for one in ids.split())


def _linked(match: re.Match[str], numbers: dict[str, str], used: set[str]) -> str:
    """A link to another page, as a link within this one where it is here."""
    page, anchor = match[1], match[2]
    if page in numbers:
        return f'href="#{numbers[page]}-{anchor}"' if anchor else f'href="#{numbers[page]}"'
    if page == "glossary" and anchor in used:
        return f'href="#term-{anchor}"'
    if page == "bibliography" and anchor:
        return f'href="#source-{anchor}"'
    return match[0]
