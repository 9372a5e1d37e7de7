"""What the site tells machines: robots.txt, a map of its pages, a feed of its chapters, and what a page is.

A sitemap and an Atom feed (RFC 4287) need full addresses, so there is neither where it is not known under which
address the site will stand; and the feed's dates are the essay's own, so that a build leaves no trace of its hour.
What a page is follows schema.org, as a block of data that no browser runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from pipeline.site.views import Book, Card, Sheet

FEED = "feed.xml"
_UNLISTED = ("404.html", "print.html")
"""Pages that repeat others, or that nobody should be sent to."""


def notices(book: Book, base: str, addresses: Iterable[str]) -> dict[str, bytes | Path]:
    """The files for machines, for a site of these pages."""
    files: dict[str, bytes | Path] = {"robots.txt": _robots(base).encode()}
    if base:
        files["sitemap.xml"] = _sitemap(base, [one for one in addresses if one not in _UNLISTED]).encode()
    if has_feed(book, base):
        files[FEED] = feed(book, base).encode()
    return files


def has_feed(book: Book, base: str) -> bool:
    """A feed needs to know where the site stands and when the essay was published."""
    return bool(base and book.published)


def full(base: str, address: str) -> str:
    """The full address of a page; where the base is not known, the address as it is."""
    return f"{base.rstrip('/')}/{'' if address == 'index.html' else address}" if base else address


def _robots(base: str) -> str:
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {full(base, 'sitemap.xml')}\n" if base else "")


def _sitemap(base: str, addresses: Iterable[str]) -> str:
    places = "".join(f"<url><loc>{escape(full(base, one))}</loc></url>\n" for one in addresses)
    return f'{_XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'


_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def feed(book: Book, base: str) -> str:
    """The chapters as an Atom feed, each with its question."""
    home, when = full(base, "index.html"), f"{book.published}T00:00:00Z"
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in book.authors)
    entries = "".join(_entry(card, base, when) for card in book.chapters)
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(book.language)}>\n'
        f"<id>{escape(home)}</id>\n<title>{escape(book.title)}</title>\n<subtitle>{escape(book.subtitle)}</subtitle>\n"
        f"<updated>{when}</updated>\n{authors}\n<rights>{escape(book.licence)}</rights>\n"
        f"<link href={quoteattr(home)}/>\n<link rel=\"self\" href={quoteattr(full(base, FEED))}/>\n{entries}</feed>\n"
    )


def _entry(card: Card, base: str, when: str) -> str:
    place = full(base, card.address)
    return (
        f"<entry><id>{escape(place)}</id><title>{escape(f'{card.number} {card.title}')}</title>"
        f"<updated>{when}</updated><published>{when}</published><link href={quoteattr(place)}/>"
        f"<summary>{escape(card.question)}</summary></entry>\n"
    )


def linked_data(sheet: Sheet, book: Book) -> Markup:
    """What a page is, as JSON-LD: the book itself on the cover, else a part of it."""
    about: dict[str, Any] = {"@context": "https://schema.org", **_work(sheet, book)}
    about |= {"inLanguage": book.language, "isAccessibleForFree": True}
    about["author"] = [{"@type": "Organization", "name": name} for name in book.authors]
    known = {"license": book.licence_address, "datePublished": book.published}
    about |= {key: value for key, value in known.items() if value}
    if sheet.base:
        about |= {"url": full(sheet.base, sheet.address), "image": sheet.picture}
    words = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    return Markup(words.replace("<", "\\u003c").replace("&", "\\u0026"))


def _work(sheet: Sheet, book: Book) -> dict[str, Any]:
    if sheet.part == "cover":
        return {"@type": "Book", "name": book.title, "description": book.subtitle}
    kind = {"chapter": "Chapter", "part": "Chapter"}.get(sheet.part, "WebPage")
    whole: dict[str, Any] = {"@type": "Book", "name": book.title}
    if sheet.base:
        whole["url"] = full(sheet.base, "index.html")
    return {"@type": kind, "name": sheet.title, "description": sheet.description, "isPartOf": whole}
