"""Prose in two layers: Markdown, and in it numbered marks for everything that is this essay's own.

A chapter's ``{{ values }}``, formulas, citations, figures and so on are taken out before Markdown sees
the text, each as a Node that knows its line; a mark in the text (two characters of Unicode's private
use around a number) holds its place. So a pipe in a value cannot cut a table's cell, an underscore in
a formula cannot begin emphasis, and every fault has its line. It knows no construct in particular.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pipeline.essay.names import Names
    from pipeline.essay.page import Page

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
WORD = re.compile(r"[^\W_]+(?:['\u2019.,-][^\W_]+)*")


@dataclass(frozen=True)
class Node:
    """One construct of the prose."""

    line: int
    """Of the chapter's file, 1-based."""
    block: ClassVar[bool] = False
    """Whether it stands by itself, outside any paragraph."""

    def texts(self) -> tuple[Text, ...]:
        """The prose within it: a caption, the words of a link."""
        return ()

    def count(self) -> int:
        """How many words a reader reads in it; a value or a formula counts as one."""
        return sum(text.count() for text in self.texts()) or 1

    def check(self, names: Names) -> None:
        """Raises a Fault if a name in it is unknown."""

    def html(self, page: Page) -> str:
        """What stands on the page."""
        raise NotImplementedError

    def plain(self, page: Page) -> str:
        """What stands in alt texts, titles and the search index."""
        return " ".join(page.plain(text) for text in self.texts())


@dataclass(frozen=True)
class Text:
    """Prose with its constructs taken out."""

    marked: str
    """Markdown with a mark for each node."""
    nodes: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        """Every node, in reading order, those within others too."""
        for node in self.nodes:
            yield node
            for text in node.texts():
                yield from text.walk()

    def count(self) -> int:
        """How many words a reader reads."""
        return len(WORD.findall(MARK.sub(" ", self.marked))) + sum(node.count() for node in self.nodes)


Scan = Callable[[str, int], Text]
"""Takes the constructs out of a run of prose that begins on a line."""


def mark(index: int) -> str:
    """The mark of the node at an index."""
    return f"{OPEN}{index}{CLOSE}"
