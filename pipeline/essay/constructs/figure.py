"""``![alt](film:study/figure)`` at the start of a paragraph: a figure; the rest of the paragraph is its caption.

What a film, a quiz or a map looks like on the page is the site's: it is asked to place it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, ClassVar, get_args

from markupsafe import Markup

from pipeline.errors import did_you_mean
from pipeline.essay.constructs import BRACKETED
from pipeline.essay.faults import Fault
from pipeline.essay.model import Placement, PlacementKind
from pipeline.essay.text import Node, Scan, Text

if TYPE_CHECKING:
    from pipeline.essay.names import Names
    from pipeline.essay.page import Page

KINDS: tuple[str, ...] = tuple(kind for kind in get_args(PlacementKind) if kind != "image")
PATTERN = re.compile("!" + BRACKETED + r"\(\s*([^\s()]*)\s*\)[ \t]*", re.DOTALL)


@dataclass(frozen=True)
class Figure(Node):
    """A figure in its place."""

    block: ClassVar[bool] = True
    placement: Placement
    alt: Text
    caption: Text

    def texts(self) -> tuple[Text, ...]:
        """The alt text and the caption."""
        return (self.alt, self.caption)

    def count(self) -> int:
        """Only the caption is read."""
        return self.caption.count()

    def check(self, names: Names) -> None:
        """What it shows must exist, and must have words."""
        names.place(self.placement)

    def html(self, page: Page) -> str:
        """Whatever the site puts there."""
        alt = unescape(page.plain(self.alt))
        return page.place(replace(self.placement, alt=alt, caption=Markup(page.inline(self.caption))))

    def plain(self, page: Page) -> str:
        """The caption."""
        return page.plain(self.caption)


def read_figure(block: str, line: int, scan: Scan) -> Figure:
    """The figure that a paragraph beginning with ``![`` is."""
    match = PATTERN.match(block)
    if match is None:
        raise Fault('"![" opens no figure.', "Write ![what is seen](film:study/figure), then the caption.")
    alt, target = " ".join(match[1].split()), match[2]
    below = line + block.count("\n", 0, match.end())
    caption = block[match.end() :].strip()
    if block[match.end() :].startswith("\n"):
        below += 1
    if not alt:
        raise Fault(
            "an image without alt text.", "Say in the square brackets what is seen, for those who cannot see it."
        )
    kind, colon, name = target.partition(":")
    if not colon:
        kind, name = "image", target
        path = PurePosixPath(name)
        if not name or path.is_absolute() or ".." in path.parts:
            raise Fault(f'"{name}" is no file below content/.')
    elif kind not in KINDS:
        raise Fault(f'no kind of figure "{kind}".', did_you_mean(kind, KINDS))
    placement = Placement(kind, name, alt, caption, line)  # type: ignore[arg-type]  # kind is one of KINDS
    return Figure(line, placement, scan(alt, line), scan(caption, below))
