"""How the reading of an essay collects what is wrong, file by file, instead of stopping at the first.

A ``Fault`` is raised where a rule is broken and knows no file; a ``Sheet`` is one file being read,
which turns faults into Problems with their line; the ``Ledger`` holds those of all files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import Problem, Problems

_WIDTH = 110
"""Characters of a line that are shown with a problem."""


class Fault(Exception):
    """A broken rule: what is wrong, and what would do."""

    def __init__(self, message: str, remedy: str = "", caret: tuple[str, int] | None = None, down: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.caret = caret
        """A stretch of the line, and the character of it to point at."""
        self.down = down
        """How many lines below the construct's first line the fault lies."""


class Ledger:
    """All problems of one reading."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, path: Path) -> Sheet | None:
        """The file's text as a sheet; None, and a problem, where it is missing or is no UTF-8 text."""
        try:
            return Sheet(self, path, path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            self.add(Problem(shown(path), 0, "the file is missing."))
        except UnicodeDecodeError as error:
            self.add(
                Problem(shown(path), 0, f"the file is not UTF-8 text (byte {error.start}).", remedy="Save it as UTF-8.")
            )
        except OSError as error:
            self.add(Problem(shown(path), 0, f"the file cannot be read: {error.strerror}."))
        return None

    def add(self, problem: Problem) -> None:
        """Notes a problem."""
        self.problems.append(problem)

    def close(self) -> None:
        """Raises all that was noted, if anything was."""
        if self.problems:
            raise Problems(self.problems)


class Sheet:
    """One file under the reader's eyes."""

    def __init__(self, ledger: Ledger, path: Path, text: str) -> None:
        self.ledger = ledger
        self.path = path
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.lines = self.text.split("\n")

    def add(self, line: int, message: str, remedy: str = "", caret: tuple[str, int] | None = None) -> None:
        """Notes a problem at a 1-based line; 0 means the whole file. The caret points at a stretch of the line."""
        excerpt = self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""
        excerpt = _excerpt(excerpt, caret, re.search(r'"([^"]+)"', message))
        self.ledger.add(Problem(shown(self.path), line, message, excerpt, remedy))

    @contextmanager
    def at(self, line: int) -> Iterator[None]:
        """Notes a Fault raised within, at a line, and goes on."""
        try:
            yield
        except Fault as fault:
            self.note(line, fault)

    def note(self, line: int, fault: Fault) -> None:
        """Notes a Fault of a construct that begins on a line."""
        self.add(line + fault.down, fault.message, fault.remedy, fault.caret)

    def line_of(self, offset: int) -> int:
        """The 1-based line of a character offset."""
        return self.text.count("\n", 0, offset) + 1


def _excerpt(line: str, caret: tuple[str, int] | None, named: re.Match[str] | None) -> str:
    """The line; a long one cut to the neighbourhood of the caret or of the name that the message quotes."""
    text, offset = caret if caret else (named[1] if named else "", 0)
    found = line.find(text.strip()) if text.strip() else -1
    column = found + offset - (len(text) - len(text.lstrip())) if found >= 0 else -1
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    cut = ("..." if start else "") + line[start : start + _WIDTH] + ("..." if len(line) > start + _WIDTH else "")
    if caret is None or column < 0:
        return cut
    return f"{cut}\n    {' ' * (column - start + (3 if start else 0))}^"


def shown(path: Path) -> Path:
    """The path as the author would type it: relative to the working folder where it lies below."""
    try:
        return Path(os.path.relpath(path)) if path.resolve().is_relative_to(Path.cwd()) else path
    except (OSError, ValueError):
        return path
