"""The index for the search page: every section of every chapter, every term and every source, as plain words.

It is a classic script, so that a page opened from a folder may load it, and it is loaded only when a reader
searches. How hits are found and weighed is the page's own affair (theme/scripts/search-page.js).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from pipeline.essay.model import Rendered
from pipeline.essay.rendering import render_plain
from pipeline.site.edition import Edition
from pipeline.site.views import BACK, LAB

INDEX = "data/search.js"
LAB_WORDS = """Train a GAN yourself, live in the page: a small forger and a small detective on points in the
plane. Choose a ring, hills, a grid, a spiral, a heart, or draw and paste points of your own; choose the loss, the
gradient penalty, the learning rates, the sizes, the seed. Play, step, slow motion, look back, compare two duels, copy
a link."""
"""What the Lab is found by; its page holds more controls than sentences."""


@dataclass(frozen=True)
class Passage:
    """What a hit leads to."""

    address: str
    place: str
    """What it is part of: a chapter's number and title, or a page of the back matter."""
    title: str
    """A section's title; "" for what stands before a chapter's first section."""
    text: str


def index(edition: Edition) -> bytes:
    """The script that hands the index to the search page."""
    rows = json.dumps([astuple(passage) for passage in passages(edition)], ensure_ascii=False, separators=(",", ":"))
    return f"essay.passages = {rows};\n".encode()


def passages(edition: Edition) -> Iterator[Passage]:
    """All that can be found, in reading order."""
    essay, results = edition.essay, edition.results
    for slug, rendered in edition.rendered.items():
        card = edition.cards[slug]
        place = f"{card.number} {card.title}"
        for anchor, title, text in sections(rendered):
            address = f"{card.address}#{anchor}" if anchor else card.address
            yield Passage(address, place, title, text if title else f"{card.question} {text}")
    yield Passage(LAB.address, "", LAB.title, LAB_WORDS.replace("\n", " "))
    glossary, sources, _ = BACK
    for link in (glossary, sources):
        if link is glossary:
            for term in essay.glossary.values():
                yield Passage(term.address, link.title, term.term, render_plain(term.definition, essay, results))
        else:
            for one in essay.bibliography:
                words = f"{', '.join(one.authors)} ({one.year}). {one.venue}"
                yield Passage(one.address, link.title, one.title, words)


def sections(rendered: Rendered) -> Iterator[tuple[str, str, str]]:
    """A chapter's text, cut where its headings stand: anchor, title, words. The first piece has neither."""
    anchor = title = ""
    start = at = 0
    for section in rendered.sections:
        place = _heading(rendered.text, section.title, at)
        if place < 0:
            continue
        yield anchor, title, rendered.text[start:place].strip()
        anchor, title = section.id, section.title
        start = at = place + len(section.title)
    yield anchor, title, rendered.text[start:].strip()


def _heading(text: str, title: str, after: int) -> int:
    """Where a title stands as a heading: at the end of a sentence and before a new one; else where it stands at all."""
    found = re.compile(rf"(?<=[.?!:)\]”’…] ){re.escape(title)}(?= [\WA-Z0-9])").search(text, after)
    return found.start() if found else text.find(title, after)
