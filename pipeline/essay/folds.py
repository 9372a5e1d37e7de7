"""``??? "title"`` and lines indented by four spaces: a part of the chapter that the reader unfolds."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import ClassVar

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension


class FoldProcessor(BlockProcessor):  # type: ignore[misc]  # Markdown ships no types
    """Reads a fold-out's first line, and then every indented block after it."""

    START: ClassVar[re.Pattern[str]] = re.compile(r'(?:^|\n)\?\?\? +"(.+)" *(?:\n|$)')

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether a fold-out begins in the block, or the block goes on with one."""
        return bool(self.START.search(block)) or (block.startswith(" " * 4) and self._open(parent) is not None)

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Makes the <details>, or adds to the one that stands last."""
        block = blocks.pop(0)
        match = self.START.search(block)
        if match:
            if before := block[: match.start()].strip():
                self.parser.parseBlocks(parent, [before])
            fold = etree.SubElement(parent, "details", {"class": "fold"})
            etree.SubElement(fold, "summary").text = match[1]
            block = block[match.end() :]
        else:
            fold = self._open(parent) or parent
        inside, after = self.detab(block)
        if inside.strip():
            self.parser.parseBlocks(fold, [inside])
        if after.strip():
            blocks.insert(0, after)

    def _open(self, parent: etree.Element) -> etree.Element | None:
        """The fold-out that the last block began or went on with."""
        last = self.lastChild(parent)
        return last if last is not None and last.tag == "details" else None


class FoldExtension(Extension):  # type: ignore[misc]
    """Adds fold-outs to a Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Reads them before indentation is taken for a list's."""
        md.parser.blockprocessors.register(FoldProcessor(md.parser), "fold", 95)
