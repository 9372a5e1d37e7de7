"""Python-Markdown as these pages use it, and the return of the constructs into its HTML.

Left out of Markdown: raw HTML, images, links, code (all constructs of their own, read before), setext
headings and indented code (an indented line is a continued one). Added: fold-outs, tables, typographic
quotes and dashes. What is done to the tree (ids, captions, notes) stands in ``tree``.
"""

from __future__ import annotations

import functools
import re
import threading
from html import escape, unescape

from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension

from pipeline.essay.folds import FoldExtension
from pipeline.essay.page import Page
from pipeline.essay.text import MARK, Node, Text
from pipeline.essay.tree import Tree, TreeExtension

_QUOTES = {
    "left-single-quote": "\u2018", "right-single-quote": "\u2019", "left-double-quote": "\u201c",
    "right-double-quote": "\u201d", "ellipsis": "\u2026", "ndash": "\u2013", "mdash": "\u2014",
}  # fmt: skip
_NO_INLINES = (
    "backtick", "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref", "html",
)  # fmt: skip
_NO_BLOCKS = ("code", "setextheader", "reference")
_ONLY_BLOCKS = ("indent", "hashheader", "hr", "olist", "ulist", "quote")
"""Left out as well where a run of words is read."""
_EASY = re.compile(r"(?:[\w ,;:()\u00a0-\u203a\u2212\ue000\ue001]|-(?!-)|\.(?!\.))*")
"""Words in which Markdown would change nothing."""
_SPACES = re.compile(r"[ \n]+")
_TAGS = re.compile(r"<[^>]*>")
_PARAGRAPH_MARK = re.compile(f'<p(?: class="lead")?>\\s*({MARK.pattern})\\s*</p>|{MARK.pattern}')
_LOCK = threading.Lock()
"""A Markdown object is not to be used by two threads at once."""


@functools.cache
def _markdown(*, blocks: bool) -> Markdown:
    """A configured Markdown; without blocks it reads one run of words."""
    made = Markdown(extensions=[SmartyExtension(substitutions=_QUOTES)], output_format="html")
    made.ESCAPED_CHARS = [*made.ESCAPED_CHARS, "$", "<", ":", "|", "?", "^", "@", '"', "'", "&"]
    made.preprocessors.deregister("html_block")
    for name in _NO_INLINES:
        made.inlinePatterns.deregister(name)
    for name in _NO_BLOCKS + (() if blocks else _ONLY_BLOCKS):
        made.parser.blockprocessors.deregister(name)
    if blocks:
        made.registerExtensions([TableExtension(use_align_attribute=True), FoldExtension(), TreeExtension()], {})
    return made


def inline_html(text: Text, page: Page) -> str:
    """A run of words as HTML, without a paragraph around it."""
    return _filled(_inline(text.marked), text.nodes, page)


def plain_text(text: Text, page: Page) -> str:
    """A run of words as plain text."""
    return _plain(_inline(text.marked), text.nodes, page)


def chapter_html(text: Text, notes: dict[str, Text], page: Page) -> tuple[str, str, Tree]:
    """A chapter's prose as HTML and as plain text, and the tree with its sections and notes."""
    with _LOCK:
        made = _markdown(blocks=True)
        made.reset()
        tree = Tree(text.nodes, notes, page)
        made.treeprocessors["essay"].tree = tree
        html = made.convert(text.marked)
    nodes = tuple(tree.nodes)
    return _filled(html, nodes, page), _plain(html, nodes, page), tree


def _inline(marked: str) -> str:
    words = " ".join(marked.split())
    if _EASY.fullmatch(words):
        return escape(words, quote=False)
    with _LOCK:
        made = _markdown(blocks=False)
        made.reset()
        html: str = made.convert(words)
    return html.removeprefix("<p>").removesuffix("</p>")


def _filled(html: str, nodes: tuple[Node, ...], page: Page) -> str:
    """The HTML with its constructs back in place; those that are blocks lose the paragraph around them."""

    def fill(match: re.Match[str]) -> str:
        if match[1] is None:
            return nodes[int(match[3])].html(page)
        node = nodes[int(match[2])]
        inner = node.html(page)
        return inner if node.block else match[0].replace(match[1], inner)

    return _PARAGRAPH_MARK.sub(fill, html)


def _plain(html: str, nodes: tuple[Node, ...], page: Page) -> str:
    text = unescape(_TAGS.sub("", re.sub(r"</(?:p|h\d|li|td|th|summary)>|<br>", " ", html)))
    return _SPACES.sub(" ", MARK.sub(lambda match: nodes[int(match[1])].plain(page), text)).strip(" ")
