"""What this essay's prose can say beyond Markdown, one construct a file.

An inline construct has an ``OPENING`` (the characters it begins with), a ``PATTERN`` that reads it
whole, a ``read`` that makes its node, and ``UNREAD``: what is wrong when it opens and cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.essay.text import Node, Scan

BRACKETED = r"\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
"""Words in square brackets, which may hold one more pair."""


@dataclass(frozen=True)
class Construct:
    """How an inline construct is found in the prose."""

    opening: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], int, Scan], Node]
    """The match, its line, and the scanner for the prose within; may raise a Fault."""
    unread: tuple[str, str] | None = None
    """Message and remedy where it opens but does not match; None lets the characters stand as they are."""
