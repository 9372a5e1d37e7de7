"""essay.toml: what stands on the cover, and the order of the chapters.

The only place where order is written. It checks the file and that each chapter's file exists, is
listed once and is not forgotten; it opens no chapter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import did_you_mean
from pipeline.essay.faults import Ledger, Sheet

_TEXTS = {
    "title": None,
    "subtitle": "",
    "lead": "",
    "made": "",
    "licence": "",
    "language": "en",
    "base_url": "",
    "published": "",
    "ornament": "",
}
"""Top-level texts and what they are where the author is silent; None must be written."""
_LISTS = ("authors", "part")
_PART_KEYS = ("slug", "title", "subtitle", "chapters")
_SLUG = re.compile(r"\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")
_PART_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
"""As in BCP 47: a language, then script, region and variants."""
_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


@dataclass(frozen=True)
class PartOutline:
    """A part, its chapters by slug."""

    slug: str
    title: str
    subtitle: str
    chapters: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """essay.toml."""

    texts: dict[str, str]
    authors: tuple[str, ...]
    parts: tuple[PartOutline, ...]
    sheet: Sheet

    @property
    def slugs(self) -> tuple[str, ...]:
        """All chapters in order, once each."""
        return tuple(dict.fromkeys(slug for part in self.parts for slug in part.chapters))


def read_outline(ledger: Ledger, content: Path) -> Outline | None:
    """The outline; None where the file is missing or is no TOML."""
    sheet = ledger.read(content / "essay.toml")
    if sheet is None:
        return None
    try:
        data = tomllib.loads(sheet.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+)", str(error))
        what = re.sub(r" \(at .*\)$", "", str(error))
        sheet.add(int(found[1]) if found else len(sheet.lines), f"TOML cannot be read: {what[:1].lower()}{what[1:]}.")
        return None
    return Outline(_texts(sheet, data), _strings(sheet, data, "authors"), tuple(_parts(sheet, data, content)), sheet)


def line_with(sheet: Sheet, pattern: str) -> int:
    """The first line that matches; 0 where none does."""
    for number, line in enumerate(sheet.lines, start=1):
        if re.search(pattern, line):
            return number
    return 0


def _texts(sheet: Sheet, data: dict[str, Any]) -> dict[str, str]:
    known = (*_TEXTS, *_LISTS)
    for key in data:
        if key not in known:
            sheet.add(
                line_with(sheet, rf"^\s*\[*\s*{re.escape(key)}\b"), f'unknown key "{key}".', did_you_mean(key, known)
            )
    texts: dict[str, str] = {}
    for key, default in _TEXTS.items():
        value = data.get(key, default)
        if value is None:
            sheet.add(0, f'"{key}" is missing.')
        elif not isinstance(value, str):
            sheet.add(line_with(sheet, rf"^\s*{key}\b"), f'"{key}" must be text.', "Put it in quotes.")
        texts[key] = value.strip() if isinstance(value, str) else ""
    _check_texts(sheet, {key: text for key, text in texts.items() if isinstance(data.get(key), str)})
    return texts


def _check_texts(sheet: Sheet, written: dict[str, str]) -> None:
    """What the author wrote must be a title, a day, a language and an address where it is used as one."""
    for key, text in written.items():
        place = line_with(sheet, rf"^\s*{key}\b")
        match key:
            case "title" if not text:
                sheet.add(place, '"title" is empty.', "Write the title of the essay.")
            case "published" if text and not _is_day(text):
                sheet.add(place, f'"published" is no day: "{text}".', "Write year, month and day: 2026-11-30.")
            case "language" if not _LANGUAGE.fullmatch(text):
                sheet.add(place, f'"language" is no language tag: "{text}".', 'Write one such as "en" or "pt-BR".')
            case "base_url" if text and not _ADDRESS.fullmatch(text):
                remedy = 'Begin with https:// or http://, as in "https://example.org/essay/".'
                sheet.add(place, f'"base_url" is no address: "{text}".', remedy)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _strings(sheet: Sheet, data: dict[str, Any], key: str) -> tuple[str, ...]:
    values = data.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        sheet.add(line_with(sheet, rf"^\s*{key}\b"), f'"{key}" must be a list of texts.')
        return ()
    return tuple(values)


def _parts(sheet: Sheet, data: dict[str, Any], content: Path) -> Iterator[PartOutline]:
    tables = data.get("part", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        sheet.add(line_with(sheet, r"^\s*\[*part\b"), "parts are written as [[part]].")
        return
    if not tables:
        sheet.add(0, "the essay has no part.", "Add [[part]] with a title and chapters.")
    listed: set[str] = set()
    slugs: set[str] = set()
    for number, table in enumerate(tables, start=1):
        for key in table:
            if key not in _PART_KEYS:
                sheet.add(
                    line_with(sheet, rf"^\s*{re.escape(key)}\b"),
                    f'unknown key "{key}" in a part.',
                    did_you_mean(key, _PART_KEYS),
                )
        slug, title, subtitle = (_text(sheet, table, key) for key in ("slug", "title", "subtitle"))
        if not title:
            sheet.add(line_with(sheet, r"^\s*\[\[part"), f'part {number} has no "title".')
        slug = slug or f"part-{number}"
        if slug in slugs or not _PART_SLUG.fullmatch(slug):
            sheet.add(
                line_with(sheet, rf'^\s*slug.*"{re.escape(slug)}"'), f'"{slug}" is no good name for a part\'s page.'
            )
        slugs.add(slug)
        chapters = _strings(sheet, table, "chapters")
        _check_listed(sheet, chapters, listed, content)
        yield PartOutline(slug, title, subtitle, chapters)
    _check_forgotten(sheet, listed, content)


def _text(sheet: Sheet, table: dict[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        sheet.add(line_with(sheet, rf"^\s*{key}\b"), f'"{key}" must be text.', "Put it in quotes.")
        return ""
    return value


def _check_listed(sheet: Sheet, chapters: tuple[str, ...], listed: set[str], content: Path) -> None:
    """Each chapter has a number, a file, and one place."""
    files = [path.stem for path in sorted((content / "chapters").glob("*.md"))]
    for slug in chapters:
        lines = [n for n, line in enumerate(sheet.lines, start=1) if f'"{slug}"' in line or f"'{slug}'" in line]
        line = lines[0] if lines else 0
        if slug in listed:
            sheet.add(lines[-1] if lines else 0, f'chapter "{slug}" is listed twice.')
        elif not _SLUG.fullmatch(slug):
            sheet.add(
                line, f'"{slug}" is no name of a chapter.', 'Write a number and words, such as "04-the-training-dance".'
            )
        elif slug not in files:
            sheet.add(line, f"no file chapters/{slug}.md.", did_you_mean(slug, files))
        listed.add(slug)


def _check_forgotten(sheet: Sheet, listed: set[str], content: Path) -> None:
    """A chapter's file that no part lists would silently not be published."""
    for path in sorted((content / "chapters").glob("*.md")):
        if path.stem not in listed:
            sheet.add(0, f"chapters/{path.name} is not listed.", f'Add "{path.stem}" to the chapters of a part.')
