"""The index holds every sentence at its section, and any words safely."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup

from pipeline.essay.model import Rendered, Section
from pipeline.site.ornament import Published
from pipeline.site.pages import compose
from pipeline.site.searching import sections
from tests.site import folio
from tests.site.conftest import text


def chapter(words: str, *headings: tuple[str, str]) -> Rendered:
    """A rendered chapter of these words and headings."""
    parts = tuple(Section(anchor, title, 2) for anchor, title in headings)
    return Rendered("T", "Q", Markup(""), parts, 1, 1, (), (), (), words, False, ())


def rows(site: Published) -> list[list[str]]:
    """The index as the page gets it."""
    script = text(site, "data/search.js")
    assert script.startswith("essay.passages = ")
    found: list[list[str]] = json.loads(script.removeprefix("essay.passages = ").rstrip(";\n"))
    return found


def test_sections_cut_the_text_at_its_headings() -> None:
    """A title that also stands in a sentence is taken where it is a heading."""
    words = "Mind the gap here. The gap It narrows. A draw Nobody wins."
    cut = list(sections(chapter(words, ("the-gap", "The gap"), ("a-draw", "A draw"))))
    assert cut == [
        ("", "", "Mind the gap here."), ("the-gap", "The gap", "It narrows."), ("a-draw", "A draw", "Nobody wins."),
    ]  # fmt: skip


def test_heading_that_is_not_found_loses_no_words() -> None:
    """Its words stay with the section before."""
    assert list(sections(chapter("All of it.", ("x", "Elsewhere")))) == [("", "", "All of it.")]


def test_chapters_terms_and_sources_are_all_in_the_index(site: Published) -> None:
    """Each leads to its place in the site."""
    found = {address: (place, title, words) for address, place, title, words in rows(site)}
    assert found["00-first.html"] == ("00 First", "", "Why First? A loss, says Ada (Lovelace 1843).")
    assert found["glossary.html#loss"] == ("Glossary", "Loss", "What a player makes small.")
    assert found["bibliography.html#ada"][0] == "Bibliography"
    assert found["04-second.html"][2].endswith("The gap ends at 0.250. They meet.")
    assert found["lab.html"][1] == "The Lab" and "draw and paste points of your own" in found["lab.html"][2]


def test_odd_words_cannot_break_the_script(tmp_path: Path) -> None:
    """Quotes, backslashes and the end of a script are text in the index."""
    odd = folio.FRONT.format(title="Odd", studies="") + 'A "quote", a \\\\ and \\</script> \u2028 here.\n'
    made = compose(folio.essay(tmp_path / "c", **{"00-first": odd}), folio.results(tmp_path / "s"))
    words = next(words for address, _, _, words in rows(made) if address == "00-first.html")
    assert "</script>" in words


def test_index_is_not_fetched_before_it_is_wanted(site: Published) -> None:
    """No page loads it with itself."""
    for page in (name for name in site if name.endswith(".html")):
        assert 'src="data/search.js"' not in text(site, page)
