"""``.at(step)`` in words outside the chapters, once the runs are known: in figures, the glossary and on the cover.

A chapter's own values are noted as its page is rendered (``page``); these words are filled in many places, so they are
looked through here, once, in the files in which they stand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pipeline.errors import Problem
from pipeline.essay import values
from pipeline.essay.expressions import parse
from pipeline.essay.faults import Fault, Ledger, Sheet, shown
from pipeline.essay.model import Essay
from pipeline.results import Results

_VALUE = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)


def unreached(essay: Essay, results: Results) -> tuple[Problem, ...]:
    """Every step asked for outside its series, with its file and line."""
    files = {words.path: study for study, words in essay.words.items()}
    files |= {essay.content / name: "" for name in ("glossary.md", "essay.toml")}
    sheets = ((Ledger().read(path), own) for path, own in files.items() if path.is_file())
    return tuple(problem for sheet, own in sheets if sheet for problem in _in_file(sheet, results, own))


def _in_file(sheet: Sheet, results: Results, own: str) -> Iterator[Problem]:
    for match in _VALUE.finditer(sheet.text):
        try:
            asked = parse(" ".join(match[1].split()))
        except Fault:  # in a comment, say: what is read as words was checked before
            continue
        if asked.names[-1] == "at" and not math.isfinite(values.measure(asked, results, own)):
            line = sheet.line_of(match.start())
            message, remedy = values.why_unmeasured(asked, results, own)
            yield Problem(shown(sheet.path), line, message, sheet.lines[line - 1].strip(), remedy)
