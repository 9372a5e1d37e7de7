"""What is done to a chapter's tree once Markdown has read it.

Headings get ids, tables their captions and scopes, the first paragraph its class, and each note is set
after the block that first calls it: ``<div class="noted">`` holds the block and its asides, so that a
stylesheet can put them side by side.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Iterator

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from pipeline.essay.constructs.note import NoteMark, SideNote
from pipeline.essay.constructs.table import TableWords
from pipeline.essay.page import Page
from pipeline.essay.text import MARK, Node, Text, mark

_STASHED = re.compile("\x02wzxhzdk:(\\d+)\x03|\x02(\\d+)\x03")
"""Python-Markdown's own marks: something stored, or the code of an escaped character."""


class Tree:
    """One chapter's nodes and what its tree gives."""

    def __init__(self, nodes: tuple[Node, ...], notes: dict[str, Text], page: Page) -> None:
        self.nodes = list(nodes)
        self.notes = notes
        self.page = page
        self.printed: list[SideNote] = []
        self.ids: set[str] = {figure.item for figure in page.chapter.placements} if page.chapter else set()

    def id_for(self, title: str) -> str:
        """An id made of a title's letters, not used before on this page."""
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-") or "section"
        name, number = base, 1
        while name in self.ids:
            number += 1
            name = f"{base}-{number}"
        self.ids.add(name)
        return name

    def called_in(self, element: etree.Element) -> Iterator[str]:
        """The notes called within an element, in reading order."""
        for match in MARK.finditer("".join(element.itertext())):
            node = self.nodes[int(match[1])]
            if isinstance(node, NoteMark):
                yield node.id
            for text in node.texts():
                yield from (inner.id for inner in text.walk() if isinstance(inner, NoteMark))

    def new_notes(self, element: etree.Element) -> list[SideNote]:
        """The notes that are called here for the first time."""
        found = []
        for name in dict.fromkeys(self.called_in(element)):
            if name not in self.page.numbers and name in self.notes:
                self.page.numbers[name] = len(self.page.numbers) + 1
                words = self.notes[name]
                found.append(SideNote(0, self.page.numbers[name], words))
        self.printed += found
        return found


class TreeWork(Treeprocessor):  # type: ignore[misc]  # Markdown ships no types
    """Runs after the inline patterns and the typographer, before the tree is written out."""

    tree: Tree

    def run(self, root: etree.Element) -> None:
        """Does all of it, in one walk."""
        self._lead(root)
        for element in list(root.iter()):
            if re.fullmatch(r"h[2-6]", element.tag):
                element.set("id", self.tree.id_for(MARK.sub(" ", self._flat(element))))
            for child in list(element):
                if child.tag == "table":
                    self._table(element, child)
        for position, block in reversed(list(enumerate(self._with_notes(root)))):
            root[position] = block

    def _lead(self, root: etree.Element) -> None:
        """The first paragraph, where the chapter begins with one."""
        if len(root) and root[0].tag == "p" and not self._is_block(root[0]):
            root[0].set("class", "lead")

    def _is_block(self, paragraph: etree.Element) -> bool:
        only = MARK.fullmatch("".join(paragraph.itertext()).strip())
        return only is not None and self.tree.nodes[int(only[1])].block

    def _with_notes(self, root: etree.Element) -> Iterator[etree.Element]:
        for block in root:
            notes = self.tree.new_notes(block)
            if not notes:
                yield block
                continue
            noted = etree.Element("div", {"class": "noted"})
            noted.tail, block.tail = block.tail, None
            noted.append(block)
            for note in notes:
                etree.SubElement(noted, "p").text = mark(len(self.tree.nodes))
                self.tree.nodes.append(note)
            yield noted

    def _table(self, parent: etree.Element, table: etree.Element) -> None:
        """Scopes for the heads, labels for rows that stack on a phone, the caption, and a frame that may scroll."""
        place = list(parent).index(table)
        frame = etree.Element("div", {"class": "table"})
        frame.tail, table.tail = table.tail, None
        parent[place] = frame
        frame.append(table)
        heads = [self._words(head) for head in table.iterfind("thead/tr/th")]
        for head in table.iterfind("thead/tr/th"):
            head.set("scope", "col")
        for row in table.iterfind("tbody/tr"):
            for column, cell in enumerate(row):
                if column == 0:
                    cell.tag = "th"
                    cell.set("scope", "row")
                elif column < len(heads) and heads[column]:
                    cell.set("data-label", heads[column])
        for cell in (*table.iter("th"), *table.iter("td")):
            if align := cell.attrib.pop("align", None):
                cell.set("class", f"align-{align}")
        self._caption(parent, place, table)

    def _caption(self, parent: etree.Element, place: int, table: etree.Element) -> None:
        """The words that stand right under the table, moved into it."""
        below = parent[place + 1] if place + 1 < len(parent) else None
        only = MARK.fullmatch("".join(below.itertext()).strip()) if below is not None and below.tag == "p" else None
        words = self.tree.nodes[int(only[1])] if only else None
        if below is not None and only and isinstance(words, TableWords):
            parent.remove(below)
            caption = etree.Element("caption")
            caption.text = only[0]
            table.insert(0, caption)
            if words.sortable:
                parent[place].tag = "sort-table"

    def _words(self, element: etree.Element) -> str:
        """An element's words as plain text."""
        return MARK.sub(lambda match: self.tree.nodes[int(match[1])].plain(self.tree.page), self._flat(element)).strip()

    def _flat(self, element: etree.Element) -> str:
        """An element's text with Markdown's own marks resolved."""
        stored = self.md.htmlStash.rawHtmlBlocks

        def resolve(match: re.Match[str]) -> str:
            return str(stored[int(match[1])]) if match[1] else chr(int(match[2]))

        return _STASHED.sub(resolve, "".join(element.itertext()))


class TreeExtension(Extension):  # type: ignore[misc]
    """Adds the work on the tree to a Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        """After the typographer (6), before escaped characters return (0)."""
        md.treeprocessors.register(TreeWork(md), "essay", 3)
