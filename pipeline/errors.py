"""Everything that can go wrong on the way from a chapter to a page, as one tree.

    EssayError                 shown to the person at the keyboard, never with a traceback
    ├── Problems               what is wrong in the content, all of it at once, found before any work
    ├── ClaimsFailed           a measured claim does not hold; names claim, value, bound and recipe
    ├── JobsFailed             one or more jobs raised; each with its study and its log
    ├── DamagedArtefact        a stored file does not match its hash
    ├── ToolMissing            a program the build needs is not installed; says what to install
    └── SiteBroken             the built pages fail a check (links, anchors, alt texts, budgets)

It knows no stage of the pipeline: messages are made where the fault is seen.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


class EssayError(Exception):
    """Base of all errors meant for a person: ``str(error)`` is the whole message."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in the content, with the place and the remedy."""

    path: Path
    """The file, as the author would type it (relative to the working folder)."""
    line: int
    """1-based; 0 when the whole file is meant."""
    message: str
    """Name, value and rule in one sentence."""
    excerpt: str = ""
    """The line itself, shown under the message."""
    remedy: str = ""
    """What would do: "Did you mean ...?", or the names that exist."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        text = f"{place}: {self.message}"
        if self.remedy:
            text += f" {self.remedy}"
        if self.excerpt.strip():
            text += f"\n    {self.excerpt.strip()}"
        return text


class Problems(EssayError):
    """Every fault found in one reading of the content, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        count = len(self.problems)
        heading = f"{count} problem{'s' if count != 1 else ''} in the content:"
        super().__init__("\n".join([heading, *map(str, self.problems)]))


class ClaimsFailed(EssayError):
    """The prose would say what the runs do not bear out."""


class JobsFailed(EssayError):
    """The jobs that could be done are done and kept; these raised."""


class DamagedArtefact(EssayError):
    """A file of the store changed after it was published."""


class ToolMissing(EssayError):
    """A program is missing; the message is the command that installs it."""


class SiteBroken(EssayError):
    """The pages were built but must not be published as they are."""


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """The remedy for an unknown name: the nearest known one, or the few that exist."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f'Did you mean "{near[0]}"?'
    if not known:
        return "None are defined."
    listed = ", ".join(sorted(known)[:12])
    return f"There are: {listed}{', ...' if len(known) > 12 else '.'}"
