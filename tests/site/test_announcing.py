"""What machines are told is well formed, true, and full only where full addresses are known."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree
from pathlib import Path

import pytest

from pipeline.site.ornament import Published
from pipeline.site.pages import compose
from tests.site import folio
from tests.site.conftest import text

BASE = "https://example.org/book/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The small book, published on a day at an address, under a licence."""
    folder = tmp_path_factory.mktemp("published")
    toml = 'published = "2026-11-30"\nlicence = "CC BY 4.0"\n' + folio.CONTENT["essay.toml"]
    return compose(folio.essay(folder / "c", essay=toml), folio.results(folder / "s"), base_url=BASE)


def test_without_an_address_there_is_neither_map_nor_feed(site: Published) -> None:
    """Both need full addresses; robots.txt does not, and shuts nobody out."""
    assert text(site, "robots.txt") == "User-agent: *\nAllow: /\n"
    assert "sitemap.xml" not in site
    assert "feed.xml" not in site
    assert "atom+xml" not in text(site, "index.html")


def test_map_lists_every_page_worth_a_visit(published: Published) -> None:
    """All pages with their full addresses but the one for lost readers; robots.txt says where the map is."""
    tree = etree.fromstring(text(published, "sitemap.xml"))
    places = [place.text for place in tree.iter() if place.tag.endswith("loc")]
    assert BASE in places
    assert f"{BASE}04-second.html" in places
    assert f"{BASE}404.html" not in places
    assert f"Sitemap: {BASE}sitemap.xml" in text(published, "robots.txt")


def test_feed_is_valid_and_dated_by_the_essay(published: Published) -> None:
    """Atom's required elements stand once in the feed and in every entry, with the essay's own day."""
    feed = etree.fromstring(text(published, "feed.xml"))
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["00 First", "04 Second & last"]
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1, name
        assert one.findtext(f"{ATOM}updated") == "2026-11-30T00:00:00Z"
    assert len({one.findtext(f"{ATOM}id") for one in (feed, *entries)}) == 3
    assert feed.find(f"{ATOM}author") is not None
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        None: BASE, "self": f"{BASE}feed.xml",
    }  # fmt: skip
    assert 'type="application/atom+xml"' in text(published, "index.html")


def test_linked_data_says_what_a_page_is(published: Published) -> None:
    """A chapter is part of the book, with its licence, day and picture."""
    said = _linked(text(published, "04-second.html"))
    assert said["@type"] == "Chapter"
    assert said["isPartOf"] == {"@type": "Book", "name": "Folio", "url": BASE}
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["datePublished"] == "2026-11-30"
    assert said["url"] == f"{BASE}04-second.html"
    assert _linked(text(published, "index.html"))["@type"] == "Book"


def test_linked_data_cannot_be_broken_out_of(tmp_path: Path) -> None:
    """A title with markup stays within its block of data."""
    toml = folio.CONTENT["essay.toml"].replace('title = "Folio"', "title = '</script><b>&'")
    page = text(compose(folio.essay(tmp_path / "c", essay=toml), folio.results(tmp_path / "s")), "index.html")
    assert _linked(page)["name"] == "</script><b>&"
    assert "<b>&" not in page


def test_licence_is_a_link_on_every_page(published: Published) -> None:
    """Text and films name their licence, as a relation machines understand, too."""
    for page in ("index.html", "04-second.html", "colophon.html"):
        html = text(published, page)
        assert re.search(r'<a href="https://creativecommons[^"]*" rel="license[^"]*">CC BY 4.0</a>', html)
        assert '<link rel="license" href="https://creativecommons' in html


def _linked(page: str) -> dict[str, object]:
    said: dict[str, object] = json.loads(page.partition('ld+json">')[2].partition("</script>")[0])
    return said
