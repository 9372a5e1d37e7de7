"""``{{ study.value.first | bits }}``: a number read from the run, with its name and raw value beside it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pipeline.essay import values
from pipeline.essay.constructs import Construct
from pipeline.essay.expressions import Expression, parse
from pipeline.essay.text import Node, Scan

if TYPE_CHECKING:
    from pipeline.essay.names import Names
    from pipeline.essay.page import Page


@dataclass(frozen=True)
class Value(Node):
    """A number of the results."""

    expression: Expression

    def check(self, names: Names) -> None:
        """The study, the value and what is asked of it must exist."""
        if self.expression.names[0] in names.catalogue.studies:
            names.use(self.expression.names[0])  # a mistyped value still is a use of its study
        names.use(values.check(self.expression, names.catalogue, names.own))

    def html(self, page: Page) -> str:
        """<data> with the raw number for machines and its name for the curious."""
        number = page.measure(self.expression, self.line)
        state = "" if math.isfinite(number) else " unmeasured"
        raw = f"{number:.6g}" if math.isfinite(number) else ""
        title = escape(self.expression.source)
        return f'<data class="value{state}" value="{raw}" title="{title}">{self.expression.printed(number)}</data>'

    def plain(self, page: Page) -> str:
        """The number as printed."""
        return self.expression.printed(page.measure(self.expression, self.line))


def _read(match: re.Match[str], line: int, scan: Scan) -> Value:
    return Value(line, parse(match[1].strip()))


VALUE = Construct(
    "{{", re.compile(r"\{\{(.*?)\}\}", re.DOTALL), _read, ('"{{" is never closed.', "Write {{ study.value | filter }}.")
)
