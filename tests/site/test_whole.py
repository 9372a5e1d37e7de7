"""The one page for paper holds every chapter, and leads to itself wherever it can."""

from __future__ import annotations

from pipeline.site.ornament import Published
from pipeline.site.reading import read
from tests.site.conftest import text


def test_whole_holds_every_chapter_term_and_source(site: Published) -> None:
    """Chapters in their order, then glossary and bibliography, under one h1."""
    headings = read(text(site, "print.html")).headings
    assert [words for level, words in headings if level == 2] == [
        "Chapter 00: First", "Chapter 04: Second & last", "Glossary", "Bibliography",
    ]  # fmt: skip
    assert [words for level, words in headings if level == 1] == ["Folio"]


def test_links_between_chapters_become_links_within(site: Published) -> None:
    """A term and a source lead to their entries at the end of the same page."""
    page = text(site, "print.html").partition('<article id="c00"')[2]
    assert 'href="#term-loss"' in page
    assert 'href="#source-ada"' in page
    assert 'id="term-loss"' in page


def test_ids_of_chapters_are_told_apart(site: Published) -> None:
    """A figure's id has its chapter's number before it, and none stands twice."""
    ids = read(text(site, "print.html")).ids
    assert "c04-hills" in ids
    assert len(ids) == len(set(ids))


def test_whole_loads_no_script_but_its_faces_and_shows_posters(site: Published) -> None:
    """Nothing moves: figures are what they are without scripts; how they were made is in the colophon."""
    page = text(site, "print.html")
    assert [path for path in read(page).fetches if path.endswith((".js", ".mp4"))] == ["scripts/faces.js"]
    assert "posters/dance-hills-light.webp" in page
    assert "how-made" not in page
    assert '<details class="fold" open>' in page
