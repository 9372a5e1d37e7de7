"""From essay and results to the published folder: the table of contents of the site's making.

    essay, results ──compose──> path -> content ──check──> (or SiteBroken, nothing written) ──write──> folder

Every page is made in memory and checked before the first byte is written, so a broken page never
replaces a good one. The same inputs give the same bytes. It knows no training and no drawing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from pipeline.errors import Problems
from pipeline.essay.model import Chapter, Essay
from pipeline.essay.unreached import unreached
from pipeline.results import Results
from pipeline.site import announcing, assets, back, searching, views
from pipeline.site.budgets import site_weight
from pipeline.site.checks import Checked, check_site
from pipeline.site.edition import Edition, edition_of
from pipeline.site.epub.binding import bound
from pipeline.site.ornament import Published
from pipeline.site.templates import THEME, page
from pipeline.site.whole import whole
from pipeline.site.writing import write

Sheets = Iterator[tuple[str, str]]
"""Pages: address and HTML."""


def build_site(
    essay: Essay, results: Results, out: Path, *, base_url: str = "", tolerant: bool = False
) -> list[Path]:
    """Sets the whole site into ``out`` and returns its pages; nothing is written when a check fails.

    Raises SiteBroken with the faults of the pages, and Problems when a sentence asks for a number that the runs
    do not give (a step that was never reached, say). ``tolerant``, for drafts and previews, says so and goes on
    with a dash in its place.
    """
    edition = edition_of(essay, results, base_url or essay.base_url)
    unmeasured = [problem for rendered in edition.rendered.values() for problem in rendered.unmeasured]
    unmeasured += unreached(essay, results)
    if unmeasured and not tolerant:
        raise Problems(unmeasured)
    for problem in unmeasured:
        print(f"Warning: {problem}", file=sys.stderr)
    files = _set(edition)
    checked = check_site(files)
    written = write(files, out)
    ebook = site_weight({edition.book.epub: files[edition.book.epub]})
    print(f"{_weights(checked)}; the e-book {ebook / 1e6:.1f} MB", file=sys.stderr)
    return [path for path in written if path.suffix == ".html"]


def compose(essay: Essay, results: Results, *, base_url: str = "") -> Published:
    """The whole site in memory: path -> content, or the file to copy."""
    return _set(edition_of(essay, results, base_url))


def _set(edition: Edition) -> Published:
    files: dict[str, bytes | Path] = dict(assets.theme_files(THEME))
    files |= edition.files
    files[searching.INDEX] = searching.index(edition)
    for pages in (_cover, _parts, _chapters, _lab, _back_matter, _ways, _lost):
        files |= {address: html.encode() for address, html in pages(edition)}
    files[edition.book.epub] = bound(edition)
    addresses = [address for address in files if address.endswith(".html")]
    return files | announcing.notices(edition.book, edition.base_url, addresses)


def _cover(edition: Edition) -> Sheets:
    sheet = edition.sheet("index.html", "", edition.book.subtitle, kind="website", part="cover")
    yield sheet.address, page("cover", book=edition.book, sheet=sheet, wall=edition.wall)


def _parts(edition: Edition) -> Sheets:
    for part in edition.book.parts:
        sheet = edition.sheet(part.address, part.title, part.subtitle, late=edition.ornament.part, part="part")
        yield sheet.address, page("part", book=edition.book, sheet=sheet, part=part)


def _chapters(edition: Edition) -> Sheets:
    chapters = edition.essay.chapters
    for index, chapter in enumerate(chapters):
        yield chapter.address, _chapter(edition, chapter, chapters[:index][-1:], chapters[index + 1 :][:1])


def _chapter(edition: Edition, chapter: Chapter, before: tuple[Chapter, ...], after: tuple[Chapter, ...]) -> str:
    card, rendered = edition.cards[chapter.slug], edition.rendered[chapter.slug]
    relations = tuple(views.Link(c.title, c.address, "prev") for c in before)
    relations += tuple(views.Link(c.title, c.address, "next") for c in after)
    scripts = dict.fromkeys(script for placed in edition.placed[chapter.slug] for script in placed.scripts)
    sheet = edition.sheet(
        chapter.address,
        f"{card.number} {card.title}",
        card.question,
        styles=tuple(filter(None, [edition.ornament.bands.get(chapter.number)])),
        faces=assets.early_faces(rendered.html),
        scripts=tuple(scripts),
        relations=relations,
        part="chapter",
    )
    return page(
        "chapter",
        book=edition.book,
        sheet=sheet,
        chapter=card,
        html=Markup(assets.early_poster(str(rendered.html))),
        squares=views.squares(edition.book, chapter.number),
        sources=[edition.essay.references[key] for key in rendered.cited],
        previous=[edition.cards[c.slug] for c in before],
        next=[edition.cards[c.slug] for c in after],
    )


def _lab(edition: Edition) -> Sheets:
    """The page on which readers train a duel of their own."""
    described = "Train a small forger and a small detective in your own browser: choose, draw, play, compare."
    styles, scripts = ("styles/lab.css", *edition.ornament.mark), ("scripts/lab.js",)
    sheet = edition.sheet(
        views.LAB.address, views.LAB.title, described, part="lab", styles=styles, scripts=scripts
    )  # fmt: skip
    yield sheet.address, page("lab", book=edition.book, sheet=sheet, chapters=back.like_the_lab(edition))


def _back_matter(edition: Edition) -> Sheets:
    described = {
        "glossary": "The terms of the essay, each in a sentence or two.",
        "bibliography": "What the chapters lean on, and where.",
        "colophon": "How every picture, sound and number was made, and how to make it again.",
    }
    entries = {"glossary": back.glossary, "bibliography": back.bibliography, "colophon": back.colophon}
    for link in views.BACK:
        name = link.address.removesuffix(".html")
        faces = (assets.ITALIC,) if name == "bibliography" else ()  # its first screen is full of titles
        sheet = edition.sheet(link.address, link.title, described[name], faces=faces, part="back")
        yield sheet.address, page(name, book=edition.book, sheet=sheet, **entries[name](edition))


def _ways(edition: Edition) -> Sheets:
    """The search page, and the whole essay on one page."""
    search, print_ = views.WAYS
    described = "Every sentence, term and source of the essay, found within its own folder."
    sheet = edition.sheet(search.address, search.title, described, part="back", scripts=("scripts/search-page.js",))
    yield sheet.address, page("search", book=edition.book, sheet=sheet, index=searching.INDEX)
    described = "The whole essay on one page, to print or to read without films."
    faces = (assets.ITALIC,)
    sheet = edition.sheet(print_.address, print_.title, described, faces=faces, part="whole", scripted=False)
    yield sheet.address, page("print", book=edition.book, sheet=sheet, whole=whole(edition))


def _lost(edition: Edition) -> Sheets:
    sheet = edition.sheet("404.html", "There is no such page", edition.book.subtitle, part="back")
    yield sheet.address, page("404", book=edition.book, sheet=sheet)


def _weights(checked: Checked) -> str:
    heavy = max((one for one in checked.weights if one.page != "print.html"), key=lambda weight: weight.total)
    return (
        f"{len(checked.weights)} pages, {checked.site / 1e6:.1f} MB; before play the heaviest is {heavy.page} with "
        f"{heavy.total / 1000:.0f} kB ({heavy.script / 1000:.0f} script, {heavy.fonts / 1000:.0f} faces)"
    )
