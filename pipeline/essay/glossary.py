"""glossary.md: ``## Term | another name {#id}``, and beneath it what it means."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.essay.faults import Ledger, Sheet
from pipeline.essay.model import Term

_HEAD = re.compile(r"##[ \t]+(.+?)(?:[ \t]*\{#([a-z0-9]+(?:-[a-z0-9]+)*)\})?[ \t]*")


def read_glossary(ledger: Ledger, path: Path) -> dict[str, Term]:
    """The terms by key, alphabetically; an essay without a glossary needs no file."""
    if not path.exists():
        return {}
    sheet = ledger.read(path)
    if sheet is None:
        return {}
    found: dict[str, Term] = {}
    taken: dict[str, str] = {}
    for term in _terms(sheet):
        for name in {term.key, term.term.casefold(), *(alias.casefold() for alias in term.aliases)}:
            if name in taken:
                sheet.add(term.line, f'the name "{name}" stands here twice.', f'It already means "{taken[name]}".')
            taken[name] = term.term
        found.setdefault(term.key, term)
    return dict(sorted(found.items(), key=lambda item: item[1].term.casefold()))


def _terms(sheet: Sheet) -> list[Term]:
    terms: list[Term] = []
    heads: list[tuple[int, re.Match[str]]] = []
    for number, line in enumerate(sheet.lines, start=1):
        if match := _HEAD.fullmatch(line):
            heads.append((number, match))
        elif line.startswith("#") and not re.fullmatch(r"#\s+\S.*", line):
            sheet.add(number, "this heading is no term.", "Write ## Term {#term}.")
    ends = [*(number for number, _ in heads[1:]), len(sheet.lines) + 1]
    for (number, head), after in zip(heads, ends, strict=False):  # without heads there is an end to nothing
        names = [" ".join(name.split()) for name in head[1].split("|")]
        definition = "\n".join(sheet.lines[number : after - 1]).strip()
        if not definition:
            sheet.add(number, f'the term "{names[0]}" has no definition.')
        key = head[2] or re.sub(r"[^a-z0-9]+", "-", names[0].lower()).strip("-")
        terms.append(Term(key, names[0], definition, number, tuple(name for name in names[1:] if name)))
    return terms
