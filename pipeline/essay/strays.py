"""Characters that would do harm, or not what the author thinks, where they stand in prose.

HTML is refused (Markdown says what the pages can show), as are images within a line, unknown entities
and the control characters that no keyboard types.
"""

from __future__ import annotations

import re
from html.entities import html5

from pipeline.errors import did_you_mean
from pipeline.essay.faults import Fault

_AUTOLINK = re.compile(r"<(https?://[^<>\s]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>?|<[!?]")
_HEADING = re.compile(r"(#{1,6})")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")
FOLD = re.compile(r'\?\?\? +"(.+)" *')
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w*);")


def stray(source: str, at: int) -> tuple[Fault | None, int]:
    """What is wrong with the characters here, if anything, and where to look on."""
    sign = source[at]
    if sign == "<":
        if autolink := _AUTOLINK.match(source, at):
            return None, autolink.end()
        if tag := _TAG.match(source, at):
            if tag[0].startswith("</") and f"<{tag[0][2:-1]}" in source[:at]:
                return None, tag.end()  # its beginning is the problem
            remedy = r"Say it in Markdown, or write \< for the sign itself."
            return Fault(f'HTML cannot stand in the prose: "{tag[0][:40]}".', remedy), tag.end()
    elif sign == "&":
        entity = _ENTITY.match(source, at)
        if entity and not entity[1].startswith("#") and f"{entity[1]};" not in html5:
            names = [name.rstrip(";") for name in html5]
            return Fault(f'no character is called "&{entity[1]};".', did_you_mean(entity[1], names)), entity.end()
    elif source.startswith("![", at):
        return Fault("an image within a line.", r"Begin a paragraph with it, or write \! for the sign."), at + 2
    return None, at + 1


def block_stray(line: str, level: int) -> tuple[Fault | None, int]:
    """What is wrong with how a line of prose begins, and the level of the last heading, this line counted."""
    text = line.lstrip(" >")
    if heading := _HEADING.match(text):
        depth = len(heading[1])
        if depth == 1:
            return Fault(
                "a heading of the first level.", "The title stands in the front matter; sections begin with ##."
            ), level
        if depth > level + 1:
            return Fault(
                f"a heading of level {depth} under one of level {level}.", f"Begin it with {'#' * (level + 1)}."
            ), depth
        return None, depth
    if text.startswith("???") and not FOLD.fullmatch(text):
        return Fault(
            "a fold-out without a title.", 'Write ??? "title", and indent what it holds by four spaces.'
        ), level
    if text.startswith(": "):
        return Fault("words that stand under no formula and no table.", r"Write \: for the sign itself."), level
    return None, level


def unprintable(source: str, first_line: int) -> list[tuple[int, Fault]]:
    """Characters that no page can show, each with its line."""
    return [
        (
            first_line + source.count("\n", 0, found.start()),
            Fault(f"the character U+{ord(found[0]):04X} cannot be printed.", "Delete it."),
        )
        for found in _UNPRINTABLE.finditer(source)
    ]


def surplus_cells(table: str, first_line: int) -> list[tuple[int, Fault]]:
    """Rows with more cells than the table has heads: Markdown would drop what is too many without a word."""
    counts = [len(re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))) for row in table.split("\n")]
    return [
        (
            first_line + number,
            Fault(f"a row of {count} cells under {counts[0]} heads.", r"Write \| for the sign itself."),
        )
        for number, count in enumerate(counts)
        if count > counts[0]
    ]
