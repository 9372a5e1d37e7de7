"""From a checked essay and its results to HTML: a chapter, a run of words, or plain text.

Pure functions. What a figure looks like is asked of ``place``; what a page looks like around the
chapter is the site's. A value that the results do not hold is printed as a dash and listed in
``Rendered.unmeasured``: whether that stops the build is for the build to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from pipeline.essay.expressions import parse
from pipeline.essay.model import Chapter, Essay, Note, Rendered, Section
from pipeline.essay.page import Page, Place
from pipeline.essay.scanning import scan, scan_words
from pipeline.results import Results

_HEADING = re.compile(r'<h([2-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_VALUE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def render(chapter: Chapter, essay: Essay, results: Results, place: Place) -> Rendered:
    """The chapter as HTML; each figure is ``place``'s, given its placement with alt and caption filled in."""
    from pipeline.essay.markup import chapter_html  # imported late: a build that changes nothing never needs Markdown

    scanned = scan(chapter.source, chapter.first_line)
    page = Page(results, essay, chapter, place)
    html, text, tree = chapter_html(scanned.text, {name: words for name, (_, words) in scanned.notes.items()}, page)
    return Rendered(
        title=page.plain_words(chapter.title),
        question=page.plain_words(chapter.question),
        html=Markup(html),
        sections=tuple(Section(match[2], _without_tags(match[3]), int(match[1])) for match in _HEADING.finditer(html)),
        words=chapter.words,
        minutes=chapter.minutes,
        notes=tuple(Note(note.number, Markup(page.inline(note.words))) for note in tree.printed),
        cited=chapter.cited,
        terms=tuple(page.terms),
        text=text,
        mathematics="<math" in html,
        unmeasured=tuple(sorted(set(page.unmeasured))),
    )


def render_inline(source: str, essay: Essay, results: Results, own: str = "") -> Markup:
    """A run of words (a lead, a definition, a licence) as HTML without a paragraph around it."""
    return Markup(Page(results, essay, own=own).inline(scan_words(source).text))


def render_plain(source: str, essay: Essay, results: Results, own: str = "") -> str:
    """A run of words as plain text, for titles and attributes."""
    return Page(results, essay, own=own).plain(scan_words(source).text)


def fill(source: str, results: Results, own: str = "", path: Path = Path()) -> str:
    """A figure's words with their inline values filled in, as plain text; ``own`` is the figure's study."""
    page = Page(results, own=own, path=path)
    return _VALUE.sub(lambda match: _printed(match[1], page), " ".join(source.split()))


def fill_moment(source: str, numbers: Mapping[str, float]) -> str:
    """A caption line filled from the numbers at the cursor: series by name, and "step"."""

    def printed(match: re.Match[str]) -> str:
        expression = parse(match[1].strip())
        return expression.printed(numbers.get(expression.names[0], float("nan")))

    return _VALUE.sub(printed, " ".join(source.split()))


def _printed(source: str, page: Page) -> str:
    expression = parse(source.strip())
    return expression.printed(page.measure(expression, 0))


def _without_tags(html: str) -> str:
    return Markup(re.sub(r"<sup.*?</sup>", "", html)).striptags()
