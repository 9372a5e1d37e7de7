"""Words in square brackets: ``[originals]{real}``, ``[at step 300](seek:dance@300)``, ``[words](https://...)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pipeline.errors import did_you_mean
from pipeline.essay.constructs import BRACKETED, Construct
from pipeline.essay.faults import Fault
from pipeline.essay.text import Node, Scan, Text

if TYPE_CHECKING:
    from pipeline.essay.names import Names
    from pipeline.essay.page import Page

ROLES = ("real", "forged", "fake", "gold", "ideal")
"""Who a word speaks of; each has a colour and a shape of its own."""


@dataclass(frozen=True)
class Worded(Node):
    """A construct around words."""

    words: Text

    def texts(self) -> tuple[Text, ...]:
        """The words."""
        return (self.words,)


@dataclass(frozen=True)
class Role(Worded):
    """Words in the colour and shape of a role."""

    role: str

    def check(self, names: Names) -> None:
        """The role must be one of the few."""
        if self.role not in ROLES:
            raise Fault(f'no role "{self.role}".', did_you_mean(self.role, ROLES))

    def html(self, page: Page) -> str:
        """A span; colour and shape are the stylesheet's."""
        return f'<span class="role role-{escape(self.role)}">{page.inline(self.words)}</span>'


@dataclass(frozen=True)
class Seek(Worded):
    """Words that move a figure's cursor."""

    figure: str
    step: int

    def check(self, names: Names) -> None:
        """The figure must stand in this chapter and its run must reach the step."""
        last = names.last_step(self.figure)
        if self.step > last:
            raise Fault(f'step {self.step:,} lies beyond the run of "{self.figure}".', f"Its last step is {last:,}.")

    def html(self, page: Page) -> str:
        """A link to the figure that says at which step."""
        name = page.figure_named(self.figure)
        item = escape(name.rpartition("/")[2])
        return f'<a class="seek" href="#{item}" data-seek="{item}@{self.step}">{page.inline(self.words)}</a>'


@dataclass(frozen=True)
class Link(Worded):
    """A link to anywhere else."""

    target: str

    def html(self, page: Page) -> str:
        """An ordinary link."""
        return f'<a href="{escape(self.target)}">{page.inline(self.words)}</a>'


def _role(match: re.Match[str], line: int, scan: Scan) -> Role:
    return Role(line, scan(match[1], line), match[2])


def _link(match: re.Match[str], line: int, scan: Scan) -> Node:
    target = match[2]
    words = scan(match[1], line)
    scheme, colon, rest = target.partition(":")
    if not words.marked.strip():
        raise Fault("a link without words.", "Write [words](address).")
    if scheme == "seek":
        found = re.fullmatch(r"([\w/-]+)@(\d{1,12})", rest)
        if not found:
            raise Fault(f'"{target}" is no moment of a figure.', "Write seek:figure@step, such as seek:dance@300.")
        return Seek(line, words, found[1], int(found[2]))
    if colon and "/" not in scheme and "#" not in scheme and scheme.lower() not in ("https", "http", "mailto"):
        raise Fault(f'a link cannot lead to "{target}".', "Write https:, mailto:, seek: or the name of a page.")
    return Link(line, words, target)


ROLE = Construct("[", re.compile(BRACKETED + r"\{([\w-]+)\}"), _role)
LINK = Construct("[", re.compile(BRACKETED + r"\(\s*<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?\s*\)"), _link)
