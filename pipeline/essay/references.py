"""references.bib: sources as BibTeX, read entry by entry by pybtex, so that a broken one does not hide the others."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.essay.faults import Fault, Ledger
from pipeline.essay.model import Reference

if TYPE_CHECKING:
    from pybtex.database import Entry

_ENTRY = re.compile(r"^@[ \t]*(\w+)", re.MULTILINE)
_VENUES = ("journal", "booktitle", "school", "institution", "publisher", "howpublished")


def read_references(ledger: Ledger, path: Path) -> dict[str, Reference]:
    """Every readable entry by key; an essay without sources needs no file."""
    if not path.exists():
        return {}
    sheet = ledger.read(path)
    if sheet is None:
        return {}
    found: dict[str, Reference] = {}
    starts = [match.start() for match in _ENTRY.finditer(sheet.text)]
    kinds = [match[1].lower() for match in _ENTRY.finditer(sheet.text)]
    chunks = [sheet.text[a:b] for a, b in pairwise([*starts, len(sheet.text)])]
    macros = "".join(chunk for kind, chunk in zip(kinds, chunks, strict=True) if kind == "string")
    for start, kind, chunk in zip(starts, kinds, chunks, strict=True):
        if kind in ("comment", "preamble", "string"):
            continue
        line = sheet.line_of(start)
        with sheet.at(line):
            entry = _entry(macros, chunk, line)
            if entry.key in found:
                raise Fault(f'the source "{entry.key}" stands here twice.')
            found[entry.key] = entry
    return found


def distinct(references: Mapping[str, Reference], cited: Iterable[str]) -> dict[str, Reference]:
    """The references, with a letter after the year where two cited ones would read the same."""
    by_label: dict[str, list[str]] = {}
    for key in sorted(set(cited), key=lambda key: references[key].title):
        by_label.setdefault(references[key].label, []).append(key)
    changed = dict(references)
    for keys in by_label.values():
        for letter, key in zip("abcdefghijklmnopqrstuvwxyz", keys if len(keys) > 1 else (), strict=False):
            entry = references[key]
            changed[key] = replace(entry, label=entry.label + letter, year=entry.year + letter)
    return changed


@functools.lru_cache(maxsize=1024)
def _entry(macros: str, chunk: str, line: int) -> Reference:
    import pybtex.errors
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    try:
        with pybtex.errors.capture() as caught:
            entries: Mapping[str, Any] = parse_string(macros + chunk, "bibtex").entries
            if caught:
                raise caught[0]
            if len(entries) != 1:
                raise Fault("BibTeX: this entry cannot be read.")
            ((key, entry),) = entries.items()
            return _reference(key, entry, line)
    except PybtexError as error:
        down = max(0, getattr(error, "lineno", 0) or 0) - macros.count("\n") - 1
        raise Fault(f"BibTeX: {str(error).split(': ', 1)[-1].strip()}.", down=max(0, down)) from None
    except (ValueError, RecursionError, IndexError, KeyError) as error:
        raise Fault(f"BibTeX: {error}.") from None


def _reference(key: str, entry: Entry, line: int) -> Reference:
    fields = {name.lower(): _plain(value) for name, value in entry.fields.items() if name.lower() not in ("url", "doi")}
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    last = [_plain(" ".join([*person.prelast_names, *person.last_names])) for person in people]
    first = [_plain(" ".join([*person.first_names, *person.middle_names])) for person in people]
    names = [f"{given} {family}".strip() for given, family in zip(first, last, strict=True)]
    for name, missing in (("author", not people), ("title", not fields.get("title")), ("year", not fields.get("year"))):
        if missing:
            raise Fault(f'the source "{key}" has no {name}.')
    url = str(entry.fields.get("url", "")).strip()
    if doi := str(entry.fields.get("doi", "")).strip():
        url = doi if doi.startswith("http") else f"https://doi.org/{doi}"
    if url and not re.match(r"https?://[^\s<>\"]+$", url):
        raise Fault(f'the source "{key}" has the address "{url}".', "An address begins with https://.")
    short = last[0] if len(last) == 1 else f"{last[0]} and {last[1]}" if len(last) == 2 else f"{last[0]} et al."
    venue = next((fields[name] for name in _VENUES if fields.get(name)), "")
    year = fields["year"]
    return Reference(key, f"{short} {year}", tuple(names), year, fields["title"], venue, url, line)


def _plain(latex: str) -> str:
    """A field without its LaTeX: accents set, braces gone."""
    from pybtex.richtext import Text

    return " ".join(str(Text.from_latex(latex)).replace("\u00a0", " ").split())
