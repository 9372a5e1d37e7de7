"""Code, in a line between backticks and in blocks between fences; nothing in it is anything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, ClassVar

from pipeline.essay.constructs import Construct
from pipeline.essay.faults import Fault
from pipeline.essay.text import Node, Scan

if TYPE_CHECKING:
    from pipeline.essay.names import Names
    from pipeline.essay.page import Page


@dataclass(frozen=True)
class Code(Node):
    """Code within a line."""

    code: str

    def html(self, page: Page) -> str:
        """<code>."""
        return f"<code>{escape(self.code)}</code>"

    def plain(self, page: Page) -> str:
        """The code."""
        return self.code


@dataclass(frozen=True)
class CodeBlock(Node):
    """Lines of code in a language that pygments knows, or in none."""

    block: ClassVar[bool] = True
    code: str
    language: str

    def check(self, names: Names) -> None:
        """The language must be known."""
        if self.language:
            from pygments.lexers import find_lexer_class_by_name
            from pygments.util import ClassNotFound

            try:
                find_lexer_class_by_name(self.language)
            except ClassNotFound:
                raise Fault(f'no language "{self.language}".', "Leave it out for plain text.") from None

    def html(self, page: Page) -> str:
        """<pre> with pygments' classes; it may be scrolled, so it can take the focus."""
        body = escape(self.code)
        if self.language:
            from pygments import highlight
            from pygments.formatters.html import HtmlFormatter
            from pygments.lexers import get_lexer_by_name

            body = highlight(self.code, get_lexer_by_name(self.language), HtmlFormatter(nowrap=True))
        return f'<pre class="code" tabindex="0"><code>{body.rstrip()}</code></pre>'

    def plain(self, page: Page) -> str:
        """Nothing: code is not what one searches for."""
        return ""


def _read(match: re.Match[str], line: int, scan: Scan) -> Code:
    code = match[2]
    if code.startswith(" ") and code.endswith(" ") and code.strip():
        code = code[1:-1]  # the spaces that let code begin or end with a backtick
    return Code(line, " ".join(code.split("\n")))


CODE = Construct("`", re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL), _read)
