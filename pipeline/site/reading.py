"""A finished page, read back the way a browser reads it: its ids, links, fetches, pictures, headings.

Reading is the dear part of checking, so a page's facts are kept by its content: in the preview only the
page that changed is read again. It judges nothing but the page's own grammar; checks.py does the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from justhtml import JustHTML

_FETCHING = {"src", "srcset", "poster", "data-light", "data-dark"}
_LATE_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
"""Within <noscript>, mere text to a browser with scripts; theme/scripts/after-paint.js reads it, too."""
_HANDLER = re.compile(r"on[a-z]+")
_EMBEDDED = frozenset({"svg", "math"})
_DATA = ("application/ld+json",)
"""Kinds of <script> that are data: no browser runs them, so the policy does not ask for them (HTML, 4.12.1)."""


@dataclass(frozen=True)
class Reading:
    """What a page holds."""

    language: str
    title: str
    ids: tuple[str, ...]
    """In order, doubles included."""
    links: tuple[str, ...]
    """Addresses of ``<a href>``."""
    fetches: tuple[str, ...]
    """Addresses the page loads or may load: scripts, style sheets, pictures, films."""
    eager: tuple[str, ...]
    """Those of them that it loads at once."""
    pointers: tuple[str, ...]
    """Ids named by aria-labelledby, aria-describedby, aria-controls, for, popovertarget."""
    headings: tuple[tuple[int, str], ...]
    """Level and words."""
    faults: tuple[str, ...]
    """Broken grammar, pictures without alt, inline scripts and styles."""


@lru_cache(maxsize=512)
def read(html: str) -> Reading:
    """The facts of a page."""
    tree = JustHTML(html, collect_errors=True, sanitize=False)
    faults = [f"line {error.line}: broken HTML ({error.code})" for error in tree.errors if _is_fault(error)]
    elements = list(_elements(tree.root))
    ids, links, fetches, eager, pointers, headings = [], [], [], [], [], []
    language = title = ""
    for element in elements:
        name, attributes = element.name, dict(element.attrs or {})
        if name == "html":
            language = attributes.get("lang") or ""
        elif name == "title" and not title:
            title = element.to_text().strip()
        elif re.fullmatch(r"h[1-6]", name):
            headings.append((int(name[1]), " ".join(element.to_text().split())))
        elif name == "a" and attributes.get("href") is not None:
            links.append(attributes["href"])
        ids += [attributes["id"]] if attributes.get("id") else []
        pointers += _pointers(attributes)
        addresses = _fetched(name, attributes)
        fetches += addresses
        eager += _packed(element) or addresses if _at_once(name, attributes) else []
        if name == "noscript":
            sheets = _LATE_SHEET.findall(element.to_text())
            fetches, eager = fetches + sheets, eager + sheets
        faults += _element_faults(name, attributes, element)
    return Reading(
        language,
        title,
        tuple(ids),
        tuple(links),
        tuple(fetches),
        tuple(eager),
        tuple(pointers),
        tuple(headings),
        tuple(faults),
    )


def _elements(root: Any) -> Iterator[Any]:
    stack = [root]
    while stack:
        node = stack.pop()
        if not node.name.startswith("#"):
            yield node
        stack.extend(reversed([child for child in (node.children or ()) if hasattr(child, "attrs")]))


def _is_fault(error: Any) -> bool:
    return bool(error.code)


def _pointers(attributes: dict[str, str | None]) -> list[str]:
    names = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget")
    return [one for name in names for one in (attributes.get(name) or "").split()]


def _fetched(name: str, attributes: dict[str, str | None]) -> list[str]:
    if name == "link":
        rels = (attributes.get("rel") or "").split()
        return [attributes["href"] or ""] if {"stylesheet", "icon", "preload", "manifest"} & set(rels) else []
    found = (attributes.get("data-then") or "").split() if name == "script" else []
    for key in sorted(_FETCHING & set(attributes)):
        value = attributes[key] or ""
        found += [part.split()[0] for part in value.split(",") if part.strip()] if key == "srcset" else [value]
    return found


def _packed(element: Any) -> list[str]:
    """What a browser of today fetches for an <img> in a <picture>: the source that asks for nothing but its kind."""
    parent = element.parent
    if element.name != "img" or parent is None or parent.name != "picture":
        return []
    beside = [dict(child.attrs or {}) for child in parent.children or () if child.name == "source"]
    return [str(source["srcset"]) for source in beside if "media" not in source and "type" in source][:1]


def _at_once(name: str, attributes: dict[str, str | None]) -> bool:
    if name == "img":
        return attributes.get("loading") != "lazy"
    return name in ("script", "link")


def _element_faults(name: str, attributes: dict[str, str | None], element: Any) -> list[str]:
    faults = []
    if name == "img" and attributes.get("alt") is None:
        faults.append(f"a picture without alt text: {attributes.get('src')}")
    if name == "style" or "style" in attributes:
        faults.append(f"an inline style on <{name}>, which the page's own policy forbids")
    if name == "script" and not attributes.get("src") and attributes.get("type") not in _DATA:
        faults.append("an inline script, which the page's own policy forbids")
    if handlers := [key for key in attributes if _HANDLER.fullmatch(key)]:
        faults.append(f"an inline handler {handlers[0]} on <{name}>, which the page's own policy forbids")
    if name in ("a", "button", "summary") and not _named(attributes, element):
        faults.append(f"a <{name}> without words: {attributes.get('href') or attributes.get('class') or ''}")
    if name == "iframe":
        faults.append("an <iframe>")
    if name == "figcaption" and not _captions(element):
        faults.append("a <figcaption> that is neither the first nor the last child of its <figure>")
    if name == "math" and "tabindex" in attributes:
        faults.append("a <math> that takes the focus: its frame may, it must not")
    return faults


def _captions(element: Any) -> bool:
    """Whether a caption stands where HTML lets it: at either end of its figure."""
    parent = element.parent
    beside = [child for child in parent.children or () if not child.name.startswith("#")]
    return parent.name == "figure" and element in (beside[0], beside[-1])


def _named(attributes: dict[str, str | None], element: Any) -> bool:
    if attributes.get("aria-label") or attributes.get("aria-labelledby") or attributes.get("title"):
        return True
    if element.to_text().strip():
        return True
    return any(dict(node.attrs or {}).get("alt") for node in _elements(element) if node.name == "img")
