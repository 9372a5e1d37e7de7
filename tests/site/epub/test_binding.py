"""The EPUB holds the whole essay, well formed, and asks for nothing from outside."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.site.ornament import Published
from pipeline.site.pages import compose
from tests.site import folio

XHTML, OPF = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}"


@pytest.fixture(scope="module")
def book(site: Published) -> zipfile.ZipFile:
    """The small book as an EPUB."""
    content = site["folio.epub"]
    assert isinstance(content, bytes)
    return zipfile.ZipFile(io.BytesIO(content))


def leaves(book: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    """Path -> each XHTML file, read as XML."""
    return {name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")}


def test_kind_comes_first_and_plain(book: zipfile.ZipFile) -> None:
    """A reader finds the kind of the file at byte 38, as OCF asks."""
    first = book.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.read("mimetype") == b"application/epub+zip"


def test_every_file_is_well_formed_and_listed(book: zipfile.ZipFile) -> None:
    """What the manifest lists is there, what is there is listed, and all XML can be read."""
    package = ElementTree.fromstring(book.read("EPUB/package.opf"))
    listed = {item.get("href"): item for item in package.iter(f"{OPF}item")}
    there = {name.removeprefix("EPUB/") for name in book.namelist() if name.startswith("EPUB/")} - {"package.opf"}
    assert set(listed) == there
    ids = [item.get("id") for item in listed.values()]
    assert len(set(ids)) == len(ids)
    assert {ref.get("idref") for ref in package.iter(f"{OPF}itemref")} <= set(ids)
    assert leaves(book)
    ElementTree.fromstring(book.read("META-INF/container.xml"))


def test_every_chapter_is_in_the_contents(book: zipfile.ZipFile) -> None:
    """The table of contents leads to both chapters, and every link to a place that is there."""
    found = leaves(book)
    contents = [link.get("href") for link in found["EPUB/nav.xhtml"].iter(f"{XHTML}a")]
    assert {"00-first.xhtml", "04-second.xhtml"} <= set(contents)
    ids = {name: {element.get("id") for element in leaf.iter()} for name, leaf in found.items()}
    for name, leaf in found.items():
        for link in leaf.iter(f"{XHTML}a"):
            address = link.get("href") or ""
            if not address.startswith("https://"):
                page, _, anchor = address.partition("#")
                assert not anchor or anchor in ids[f"EPUB/{page}" if page else name], address


def test_every_picture_is_described_and_inside(book: zipfile.ZipFile) -> None:
    """Each has an alternative text, and nothing is fetched, run or styled from outside or inline."""
    pictures = [image for leaf in leaves(book).values() for image in leaf.iter(f"{XHTML}img")]
    assert [image.get("src") for image in pictures] == ["images/cover.jpg", "images/dance-hills-light.jpg"]
    for image in pictures:
        assert image.get("alt")
        assert f"EPUB/{image.get('src')}" in book.namelist()
    for name, leaf in leaves(book).items():
        assert not [element.tag for element in leaf.iter() if element.tag.endswith(("}script", "}video", "}button"))]
        assert not re.search(r'src="(?!images/)|\sstyle="|\son[a-z]+="', book.read(name).decode())


def test_cited_source_and_term_stay_linked(book: zipfile.ZipFile) -> None:
    """A citation leads to the bibliography's entry, a term to the glossary's, within the book."""
    first = book.read("EPUB/00-first.xhtml").decode()
    assert 'href="bibliography.xhtml#ada"' in first
    assert 'href="glossary.xhtml#loss"' in first


def test_same_essay_gives_the_same_bytes(site: Published, tmp_path: Path) -> None:
    """Nothing of the hour of the build is in the file."""
    again = compose(folio.essay(tmp_path / "content"), folio.results(tmp_path / "store"))
    assert again["folio.epub"] == site["folio.epub"]


def test_access_is_declared(book: zipfile.ZipFile) -> None:
    """The package says how the book can be read, and in which language."""
    package = book.read("EPUB/package.opf").decode()
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert f'"schema:{name}"' in package
    assert "<dc:language>en</dc:language>" in package
    assert "2000-01-01T00:00:00Z" in package
