"""A page's HTML as a leaf of the EPUB: well-formed XHTML, without what only a browser could bring to life.

Kept are the words, tables, formulas, notes and pictures; controls, scripts, films and fold-outs are not. What a page
draws as a mask inked by its theme (a tile of the quiz, a map's sheet) becomes a picture of its own. It knows the
pages' own markup and the standard: EPUB 3.3 and, for what a checker's schema asks of formulas, MathML 3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from justhtml import JustHTML

_DROPPED = {
    "button", "input", "select", "textarea", "label", "dialog", "canvas", "video", "audio", "noscript", "script",
    "source", "template", "object", "iframe",
}  # fmt: skip
_DROPPED_CLASSES = {
    "needs-script", "how-made", "icon", "gauge", "only-dark", "film-labels", "film-legend", "film-spoken", "film-note",
    "map-cursor", "map-face", "map-note", "map-spoken", "map-legend", "map-corners", "session-printed", "quiz-spoken",
}  # fmt: skip
_RENAMED = {"details": "div", "summary": "p"}
_VOID = {"br", "hr", "img", "wbr", "col"}
_ROLES = {"doc-noteref": "noteref", "doc-footnote": "footnote", "doc-backlink": "backlink"}
"""A role of the pages, and the same as an epub:type."""
_KEPT = {
    "id", "class", "href", "src", "alt", "title", "value", "scope", "colspan", "rowspan", "aria-label",
    "aria-labelledby", "lang", "dir",
}  # fmt: skip
_NAMESPACES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
_STYLED = ("displaystyle", "scriptlevel")
"""Attributes that MathML 3 knows on <mstyle> only."""


@dataclass(frozen=True)
class Plate:
    """A picture that a leaf shows."""

    source: str
    """Path in the site."""
    box: tuple[int, int, int] | None = None
    """Left, top and edge of a square of a mask, to be inked; None for a whole picture in its own colours."""
    masked: bool = False
    """Whether the whole of a mask is to be inked."""

    @property
    def name(self) -> str:
        """Path in the EPUB."""
        stem = PurePosixPath(self.source).stem
        if self.box:
            return f"images/{stem}-{self.box[0]}-{self.box[1]}.png"
        return f"images/{stem}.png" if self.masked else f"images/{stem}.jpg"


@dataclass(frozen=True)
class Leaf:
    """A converted page."""

    xhtml: str
    plates: tuple[Plate, ...]
    ids: frozenset[str]

    @property
    def properties(self) -> str:
        """What its item in the manifest must declare."""
        return " ".join(name for name, sign in (("mathml", "<math"), ("svg", "<svg")) if sign in self.xhtml)


@lru_cache(maxsize=256)
def leaf(html: str) -> Leaf:
    """The XHTML of a page's content; addresses of pages are still those of the site."""
    tree = JustHTML(html, fragment=True, sanitize=False)
    plates: dict[Plate, None] = {}
    ids: set[str] = set()
    xhtml = "".join(_printed(child, plates, ids) for child in tree.root.children or ())
    return Leaf(xhtml, tuple(plates), frozenset(ids))


def linked(xhtml: str, target: Callable[[str, str], str]) -> str:
    """The XHTML with every link within the book led to ``target(page, anchor)``; where that is "", its words alone."""

    def lead(match: re.Match[str]) -> str:
        before, address, after, words = match.groups()
        if re.match(r"https?:|mailto:", address):
            return match[0]
        page, _, anchor = address.partition("#")
        found = target(page, anchor.partition("?")[0])
        return f'<a{before} href="{found}"{after}>{words}</a>' if found else f"<span>{words}</span>"

    return re.sub(
        r'<a((?: [\w:-]+="[^"]*")*) href="([^"]*)"((?: [\w:-]+="[^"]*")*)>(.*?)</a>', lead, xhtml, flags=re.DOTALL
    )


def _printed(node: Any, plates: dict[Plate, None], ids: set[str]) -> str:
    if node.name == "#text":
        return escape(node.data or "")
    if node.name.startswith("#"):
        return ""
    attributes = {name: value or "" for name, value in (node.attrs or {}).items()}
    classes = set(attributes.get("class", "").split())
    if node.name in _DROPPED or classes & _DROPPED_CLASSES or ("unseen" in classes and node.name != "caption"):
        return ""
    if plate := _plate(node, attributes, classes):
        plates[plate] = None
        words = attributes.get("alt", attributes.get("aria-label", ""))
        return f"<img src={quoteattr(plate.name)} alt={quoteattr(words)}/>"
    if node.name in _NAMESPACES:
        return _foreign(node, attributes, outermost=True)
    inner = "".join(_printed(child, plates, ids) for child in node.children or ())
    if node.name == "picture":
        return inner
    if "seek" in classes:
        return f"<span>{inner}</span>"
    if not inner.strip() and node.name in ("div", "p", "ul", "ol", "dl", "span"):
        return ""
    name = "div" if "-" in node.name else _RENAMED.get(node.name, node.name)
    kept = dict(_attributes(node.name, attributes))
    if "id" in kept:
        ids.add(kept["id"])
    start = name + "".join(f" {key}={quoteattr(value)}" for key, value in kept.items())
    return f"<{start}/>" if name in _VOID else f"<{start}>{inner}</{name}>"


def _attributes(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in attributes.items():
        if key == "role" and value in _ROLES:
            yield "epub:type", _ROLES[value]
        named = key != "aria-label" or name not in ("div", "section")  # only what has a role may be named
        if (key in _KEPT and named) or (key == "role" and value.startswith("doc-")):
            yield key, value


def _plate(node: Any, attributes: Mapping[str, str], classes: set[str]) -> Plate | None:
    """The picture that stands for an element, if it is one: an <img>, or a mask inked by the theme."""
    if node.name == "img":
        return Plate(attributes["src"])
    if node.name == "svg" and classes & {"tile-print", "map-sheet"}:
        image = next(_named(node, "image"))
        found = dict(image.attrs)
        if "map-sheet" in classes:
            return Plate(found["href"], masked=True)
        edge = int(attributes["viewBox"].split()[2])
        return Plate(found["href"], (-int(found.get("x", 0)), -int(found.get("y", 0)), edge))
    return None


def _named(node: Any, name: str) -> Iterator[Any]:
    for child in node.children or ():
        if child.name == name:
            yield child
        if not child.name.startswith("#"):
            yield from _named(child, name)


def _foreign(node: Any, attributes: Mapping[str, str], outermost: bool = False) -> str:
    """An element of SVG or MathML."""
    if node.name == "#text":
        return escape(node.data or "")
    if node.name.startswith("#"):
        return ""
    dropped = ("class", "focusable", "tabindex", *(_STYLED if node.name not in ("math", "mstyle") else ()))
    kept = {key: value for key, value in attributes.items() if key not in dropped}
    if outermost:
        kept["xmlns"] = _NAMESPACES[node.name]
        if node.name == "svg":
            kept["class"] = attributes.get("class", "")
    inner = "".join(_foreign(child, getattr(child, "attrs", None) or {}) for child in node.children or ())
    start = node.name + "".join(f" {key}={quoteattr(value or '')}" for key, value in kept.items())
    printed = f"<{start}>{inner}</{node.name}>"
    styled = {key: attributes[key] for key in _STYLED if key in attributes and key in dropped}
    if styled:
        around = "".join(f" {key}={quoteattr(value)}" for key, value in styled.items())
        return f"<mstyle{around}>{printed}</mstyle>"
    return printed
