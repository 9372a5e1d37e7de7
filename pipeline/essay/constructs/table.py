"""Lines beginning with ``: `` right under a table: its caption, which the Markdown tree hangs into the table.

Where they begin with ``: {sortable}`` the reader may sort the table by any of its columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pipeline.essay.text import Node, Text

if TYPE_CHECKING:
    from pipeline.essay.page import Page

SORTABLE = "{sortable}"


@dataclass(frozen=True)
class TableWords(Node):
    """The words under a table."""

    block: ClassVar[bool] = True
    words: Text
    sortable: bool = False

    def texts(self) -> tuple[Text, ...]:
        """The caption."""
        return (self.words,)

    def html(self, page: Page) -> str:
        """The words alone; the table around them is the tree's."""
        return page.inline(self.words)
