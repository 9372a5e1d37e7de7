r"""``$G(z)$`` in a line, ``$$...$$`` on lines of its own: LaTeX to MathML by math-core, which knows its errors.

A dollar sign opens a formula unless a space follows it, and closes one unless a space stands before it
or a digit after it; a dollar sign of money is written ``\$``.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pipeline.essay.constructs import Construct
from pipeline.essay.faults import Fault
from pipeline.essay.text import Node, Scan, Text

if TYPE_CHECKING:
    from pipeline.essay.page import Page


@dataclass(frozen=True)
class Formula(Node):
    """A formula within a line."""

    latex: str

    def html(self, page: Page) -> str:
        """MathML."""
        return mathml(self.latex, display=False)

    def plain(self, page: Page) -> str:
        """The LaTeX, which screen readers of alt texts and searchers know best."""
        return self.latex


@dataclass(frozen=True)
class BlockFormula(Node):
    """A formula on lines of its own, and what it says in words."""

    block: ClassVar[bool] = True
    latex: str
    words: Text | None

    def texts(self) -> tuple[Text, ...]:
        """The words beneath it."""
        return (self.words,) if self.words else ()

    def html(self, page: Page) -> str:
        """A figure with the words as its caption. What may be scrolled takes the focus: a frame, as <math> must not."""
        formula = f'<div {_SCROLLED}>{mathml(self.latex, display=True)}</div>'
        if self.words is None:
            return f'<div class="formula">{formula}</div>'
        return f'<figure class="formula">{formula}<figcaption>{page.inline(self.words)}</figcaption></figure>'


_SCROLLED = 'class="formula-scroll" tabindex="0" role="group" aria-label="Formula"'


@functools.lru_cache(maxsize=1024)
def mathml(latex: str, *, display: bool) -> str:
    """The formula as <math>; a Fault points at what cannot be read."""
    from math_core import LatexError, LatexToMathML

    if not latex.strip():
        raise Fault("the formula is empty.")
    try:
        return _styled(LatexToMathML(fancy_error=False).convert_with_local_state(latex.rstrip(), displaystyle=display))
    except LatexError as error:
        place, _, what = str(error).partition(": ")
        at = min(int(place), len(latex)) if place.isdigit() else 0
        start = latex.rfind("\n", 0, at) + 1
        row = latex[start:].split("\n")[0]
        what = what.rstrip(".")
        raise Fault(
            f"LaTeX: {what[:1].lower()}{what[1:]}.", caret=(row, at - start), down=latex.count("\n", 0, at)
        ) from None


_STYLE = re.compile(r' style="([^"]*)"')
_CLASSES = {
    "margin-left:-0.16666667em;": "math-back",
    "text-align: right;justify-items: end;padding-right: 0;": "math-right",
    "text-align: left;justify-items: start;padding-left: 0;": "math-left",
    "text-align: left;justify-items: start;padding-right: 0;": "math-case",
    "text-align: left;justify-items: start;padding-right: 0;padding-left:1em;": "math-condition",
}
"""math-core's inline styles, which the pages' security policy forbids, as classes of the stylesheet."""


def _styled(markup: str) -> str:
    """The MathML with classes for styles; a Fault where LaTeX asks for a look of its own."""

    def style(match: re.Match[str]) -> str:
        if match[1] not in _CLASSES:
            raise Fault(f'LaTeX: colours and page-wide layouts ("{match[1]}") cannot stand in a formula.')
        return f' class="{_CLASSES[match[1]]}"'

    return _STYLE.sub(style, markup)


def _read(match: re.Match[str], line: int, scan: Scan) -> Formula:
    mathml(match[1], display=False)
    return Formula(line, match[1])


FORMULA = Construct(
    "$",
    re.compile(r"\$(?![\s$])((?:\\.|[^$\\])*?(?:\\.|[^$\\\s]))\$(?!\d)", re.DOTALL),
    _read,
    ('a "$" that begins or ends no formula.', r"Write \$ for the sign itself; $$ begins a line of its own."),
)
