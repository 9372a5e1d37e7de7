"""Binds the EPUB: leaves in their order, plates, contents and package, in one file (EPUB 3.3, OCF 3.3).

    edition ──leaf by leaf──> XHTML and plates ──links led──> documents ──package, contents──> one zip

The same essay gives the same bytes: the zip bears no hour, and the date of change is the essay's own, or none that
means anything. Words stand in theme/templates/epub. It knows neither films nor browser.
"""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.site.assets import light, shortened
from pipeline.site.back import bibliography, colophon, glossary
from pipeline.site.edition import Edition
from pipeline.site.epub.leaves import Leaf, Plate, leaf, linked
from pipeline.site.epub.plates import cover, print_of
from pipeline.site.templates import THEME, environment

_UNDATED = "2000-01-01"
"""EPUB asks for a date of change; an essay that has no date of its own gets this one."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_COVER = "images/cover.jpg"
_KINDS = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".jpg": "image/jpeg", ".png": "image/png"}
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


@dataclass(frozen=True)
class Item:
    """A file of the EPUB, as the package's manifest lists it."""

    path: str
    properties: str = ""

    @property
    def id(self) -> str:
        """Its name in the manifest."""
        return "i-" + re.sub(r"[^\w-]", "-", self.path)

    @property
    def kind(self) -> str:
        """Its media type."""
        return _KINDS[Path(self.path).suffix]


def bound(edition: Edition) -> bytes:
    """The whole EPUB."""
    leaves = dict(_leaves(edition))
    plates = dict.fromkeys(plate for one in leaves.values() for plate in one.plates if plate.name != _COVER)
    pictures = {plate.name: _picture(plate, edition) for plate in plates}
    card = edition.files[edition.social["index.html"]]
    wall = edition.wall and edition.files[edition.wall.poster]
    assert isinstance(card, bytes)  # cards are made by every build
    pictures[_COVER] = cover(card, wall if isinstance(wall, Path) else None)
    documents = {path: _document(path, leaves, edition) for path in leaves}
    items = [Item("nav.xhtml", "nav"), Item("book.css"), *(Item(p, leaves[p].properties) for p in documents)]
    items += [Item(name, "cover-image" if name == _COVER else "") for name in pictures]
    spine = [Item(path) for path in ("cover.xhtml", "title.xhtml", "nav.xhtml")]
    spine += [Item(path) for path in documents if path not in ("cover.xhtml", "title.xhtml")]
    book = edition.book
    package = _set(
        "package.opf", book=book, items=items, spine=spine, identifier=_identifier(edition),
        modified=f"{book.published or _UNDATED}T00:00:00Z", mathematics=any("mathml" in i.properties for i in items),
    )  # fmt: skip
    texts = {"package.opf": package, "nav.xhtml": _set("nav.xhtml", book=book, page=_page_name), **documents}
    texts["book.css"] = shortened((THEME / "templates" / "epub" / "book.css").read_text(encoding="utf-8"))
    return _zipped({"META-INF/container.xml": _CONTAINER.encode(), **_below("EPUB", texts, pictures)})


def _leaves(edition: Edition) -> Iterator[tuple[str, Leaf]]:
    """Path -> leaf, in reading order."""
    book = edition.book
    slugs = {edition.cards[chapter.slug].address: chapter.slug for chapter in edition.essay.chapters}
    yield "cover.xhtml", leaf(_set("cover.html", book=book))
    yield "title.xhtml", leaf(_set("title.html", book=book))
    for part in book.parts:
        yield _page_name(part.address), leaf(_set("part.html", part=part))
        for card in part.chapters:
            rendered = edition.rendered[slugs[card.address]]
            sources = [edition.essay.references[key] for key in rendered.cited]
            html = _set("chapter.html", chapter=card, html=rendered.html, sources=sources)
            yield _page_name(card.address), leaf(html)
    for name, entries in (("glossary", glossary), ("bibliography", bibliography), ("colophon", colophon)):
        yield f"{name}.xhtml", leaf(_set(f"{name}.html", book=book, **entries(edition)))


def _document(path: str, leaves: dict[str, Leaf], edition: Edition) -> str:
    """A whole XHTML document; a link whose place is not in the book becomes its words."""

    def target(page: str, anchor: str) -> str:
        there = _page_name(page) if page else path
        if there not in leaves:
            return ""
        if anchor and anchor not in leaves[there].ids:
            return there if there != path else ""
        return f"{'' if there == path else there}#{anchor}" if anchor else there

    inner = linked(leaves[path].xhtml, target)
    heading = re.search(r"<h1\b[^>]*>(.*?)</h1>", inner, re.DOTALL)
    title = Markup(heading[1]).striptags() if heading else ""
    kind = path.removesuffix(".xhtml")
    return _set("document.xhtml", book=edition.book, inner=Markup(inner), title=title, kind=kind)


def _page_name(address: str) -> str:
    return f"{address.removesuffix('.html')}.xhtml"


def _picture(plate: Plate, edition: Edition) -> bytes:
    return print_of(plate, edition.files[plate.source], light(THEME, "print-forged"), light(THEME, "plate"))


def _identifier(edition: Edition) -> str:
    """Where the essay stands, if that is known; else a name made from its title and authors."""
    words = edition.base_url or "\n".join((edition.book.title, *edition.book.authors))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, words)}"


def _set(template: str, **values: Any) -> str:
    return environment().get_template(f"epub/{template}").render(**values)


def _below(folder: str, texts: dict[str, str], pictures: dict[str, bytes]) -> dict[str, bytes]:
    found = {name: text.encode() for name, text in texts.items()} | pictures
    return {f"{folder}/{name}": content for name, content in found.items()}


def _zipped(files: dict[str, bytes]) -> bytes:
    """The container: its kind first, as it is, then everything else, pictures as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {"mimetype": b"application/epub+zip", **files}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            packed = name.endswith((".xhtml", ".opf", ".css", ".xml"))
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(entry, content)
    return buffer.getvalue()
