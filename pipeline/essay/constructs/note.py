"""``[^1]`` in the prose and ``[^1]: words`` on a line of its own: notes beside the text.

The mark is a link to the note and the note's number a link back. The note itself is printed after
the block that calls it (see sidenotes), so a stylesheet can move it into the margin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pipeline.essay.constructs import Construct
from pipeline.essay.faults import Fault
from pipeline.essay.text import Node, Scan, Text

if TYPE_CHECKING:
    from pipeline.essay.names import Names
    from pipeline.essay.page import Page

NOTE_ID = r"[\w-]+"
DEFINITION = re.compile(rf"\[\^({NOTE_ID})\]:[ \t]*")


@dataclass(frozen=True)
class NoteMark(Node):
    """Where a note is called."""

    id: str

    def check(self, names: Names) -> None:
        """The note must be written somewhere in the chapter."""
        if self.id not in names.notes:
            raise Fault(f'no note "{self.id}" in this chapter.', f"Write it on a line of its own: [^{self.id}]: words.")

    def html(self, page: Page) -> str:
        """The number, raised; the first call is where the note leads back to."""
        number, first = page.call_note(self.id)
        anchor = f' id="note-mark-{number}"' if first else ""
        return f'<sup class="note-mark"{anchor}><a href="#note-{number}" role="doc-noteref">{number}</a></sup>'

    def plain(self, page: Page) -> str:
        """Nothing: a number in the midst of a plain sentence would mislead."""
        return ""


@dataclass(frozen=True)
class SideNote(Node):
    """The note, set after the block that first calls it."""

    block: ClassVar[bool] = True
    number: int
    words: Text

    def texts(self) -> tuple[Text, ...]:
        """The note."""
        return (self.words,)

    def html(self, page: Page) -> str:
        """An aside of the document, with the way back."""
        back = f'<a class="note-number" href="#note-mark-{self.number}" role="doc-backlink">{self.number}</a>'
        words = page.inline(self.words)
        return f'<aside class="sidenote" id="note-{self.number}" role="doc-footnote"><p>{back} {words}</p></aside>'


def _read(match: re.Match[str], line: int, scan: Scan) -> NoteMark:
    return NoteMark(line, match[1])


NOTE = Construct(
    "[^",
    re.compile(rf"\[\^({NOTE_ID})\]"),
    _read,
    ('"[^" opens no note.', "Write [^name] with letters, digits and hyphens."),
)
