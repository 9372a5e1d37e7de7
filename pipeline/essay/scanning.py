"""From a chapter's source to marked prose: every construct found, with its line, before Markdown runs.

First by lines, into blocks (fences, formulas, figures, notes, words under tables); then along each
block, by the characters that constructs open with. The same source is scanned once.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from pipeline.essay.constructs import Construct, code, figure, link, mathematics, note, term, value
from pipeline.essay.constructs.citation import CITATIONS
from pipeline.essay.constructs.table import SORTABLE, TableWords
from pipeline.essay.faults import Fault
from pipeline.essay.strays import block_stray, stray, surplus_cells, unprintable
from pipeline.essay.text import Node, Text, mark

CONSTRUCTS: tuple[Construct, ...] = (
    code.CODE, mathematics.FORMULA, value.VALUE, note.NOTE, *CITATIONS, term.TERM, link.ROLE, link.LINK,
)  # fmt: skip
_STOPS = re.compile(r"[\\`$\[{!<&]")
_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})[ \t]*([\w+#.-]*)[ \t]*")
_RULE = re.compile(r"(?=.*-)(?=.*\|)[ |:-]+")
"""The line under a table's heads."""


@dataclass(frozen=True)
class Scanned:
    """A chapter's prose with its constructs taken out."""

    text: Text
    notes: dict[str, tuple[int, Text]] = field(default_factory=dict)
    """Id -> (line, words) of each note's definition."""
    faults: tuple[tuple[int, Fault], ...] = ()
    """What could not be read, with its line."""


@functools.lru_cache(maxsize=256)
def scan(source: str, first_line: int = 1) -> Scanned:
    """A chapter's prose, whose first line is ``first_line`` of its file."""
    scanner = _Scanner()
    scanner.faults += unprintable(source, first_line)
    scanner.blocks(source.expandtabs(4).split("\n"), first_line)
    return Scanned(Text("\n".join(scanner.out), tuple(scanner.nodes)), scanner.notes, tuple(scanner.faults))


@functools.lru_cache(maxsize=2048)
def scan_words(source: str, first_line: int = 1) -> Scanned:
    """A few words: a caption, a title, a definition; no blocks."""
    faults = unprintable(source, first_line)
    return Scanned(_inline(source, first_line, faults), {}, tuple(faults))


def _inline(source: str, line: int, faults: list[tuple[int, Fault]]) -> Text:
    nodes: list[Node] = []
    marked = _along(source, line, nodes, faults)
    return Text(marked, tuple(nodes))


def _along(source: str, line: int, nodes: list[Node], faults: list[tuple[int, Fault]]) -> str:
    """The text with marks in place of its inline constructs, which are added to ``nodes``."""
    out: list[str] = []
    done = 0
    at = 0
    while stop := _STOPS.search(source, at):
        at = stop.start()
        here = line + source.count("\n", 0, at)
        node, end = _construct(source, at, here, faults)
        if node is not None:
            out += [source[done:at], mark(len(nodes))]
            nodes.append(node)
            done = end
        at = end
    return "".join(out) + source[done:]


def _construct(source: str, at: int, line: int, faults: list[tuple[int, Fault]]) -> tuple[Node | None, int]:
    """The construct that begins here and where it ends; else None and where to look on."""
    if source[at] == "\\":
        return None, at + 2

    def within(words: str, first: int) -> Text:
        return _inline(words, first, faults)

    for construct in CONSTRUCTS:
        if not source.startswith(construct.opening, at):
            continue
        match = construct.pattern.match(source, at)
        if match is None and construct.unread is None:
            continue
        try:
            if match is None:
                raise Fault(*(construct.unread or ("",)))
            return construct.read(match, line, within), match.end()
        except Fault as fault:
            faults.append((line, fault))
            return None, match.end() if match else at + len(construct.opening)
    wrong, end = stray(source, at)
    if wrong is not None:
        faults.append((line, wrong))
    return None, end


class _Scanner:
    """The state of a walk down a chapter's lines."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.nodes: list[Node] = []
        self.notes: dict[str, tuple[int, Text]] = {}
        self.faults: list[tuple[int, Fault]] = []
        self.level = 1

    def blocks(self, lines: list[str], first_line: int) -> None:
        """Walks all lines; each block reader says how many lines it took."""
        at = 0
        while at < len(lines):
            at += self._block(lines[at:], first_line + at)

    def _block(self, lines: list[str], line: int) -> int:
        text = lines[0].lstrip()
        if fence := _FENCE.fullmatch(lines[0]):
            return self._fence(lines, line, fence)
        if text.startswith("$$"):
            return self._formula(lines, line)
        if text.startswith("!["):
            return self._figure(lines, line)
        if definition := note.DEFINITION.match(text):
            return self._note(lines, line, definition)
        if not text:
            self.out.append("")
            return 1
        return self._prose(lines, line)

    def _put(self, node: Node, indent: str) -> None:
        """A block's mark, as a paragraph of its own at the indentation it had."""
        self.out += ["", indent + mark(len(self.nodes)), ""]
        self.nodes.append(node)

    def _words(self, source: str, line: int) -> Text:
        return _inline(source, line, self.faults)

    def _fence(self, lines: list[str], line: int, fence: re.Match[str]) -> int:
        indent, ticks = fence[1], fence[2]
        for count, text in enumerate(lines[1:], start=1):
            if text.strip() == ticks:
                body = "\n".join(row.removeprefix(indent) for row in lines[1:count])
                self._put(code.CodeBlock(line, body, fence[3]), indent)
                return count + 1
        self.faults.append((line, Fault(f'the fence "{ticks}" is never closed.')))
        return len(lines)

    def _formula(self, lines: list[str], line: int) -> int:
        indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
        count = 1 if lines[0].count("$$") > 1 else 0
        if not count:
            closed = (n for n, text in enumerate(lines[1:], start=2) if "$$" in text or not text.strip())
            count = next(closed, len(lines))
        block = "\n".join(text.strip() for text in lines[:count])
        match = re.fullmatch(r"\$\$(.*?)\$\$", block, re.DOTALL)
        words, more = self._colon_words(lines[count:], line + count)
        try:
            if match is None:
                raise Fault(
                    '"$$" opens no formula that ends a line with "$$".', "A block formula has its lines to itself."
                )
            mathematics.mathml(match[1], display=True)
            self._put(mathematics.BlockFormula(line, match[1], words), indent)
        except Fault as fault:
            self.faults.append((line, fault))
        return count + more

    def _colon_words(self, lines: list[str], line: int) -> tuple[Text | None, int]:
        """The lines beginning with ": " right after a formula or table, as one run of words."""
        rows: list[str] = []
        for text in lines:
            if not text.lstrip().startswith(": "):
                break
            rows.append(text.lstrip()[2:].strip())
        return (self._words("\n".join(rows), line), len(rows)) if rows else (None, 0)

    def _figure(self, lines: list[str], line: int) -> int:
        count = next((n for n, text in enumerate(lines) if not text.strip()), len(lines))
        indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
        block = "\n".join(text.strip() for text in lines[:count])
        try:
            self._put(figure.read_figure(block, line, self._words), indent)
        except Fault as fault:
            self.faults.append((line, fault))
        return count

    def _note(self, lines: list[str], line: int, definition: re.Match[str]) -> int:
        def ends(text: str) -> bool:
            return not text.strip() or note.DEFINITION.match(text.lstrip()) is not None

        count = next((n for n, text in enumerate(lines) if n and ends(text)), len(lines))
        block = "\n".join(text.strip() for text in lines[:count])
        if definition[1] in self.notes:
            self.faults.append((line, Fault(f'the note "{definition[1]}" is written twice.')))
        self.notes[definition[1]] = (line, self._words(block[definition.end() :], line))
        return count

    def _prose(self, lines: list[str], line: int) -> int:
        """Lines of ordinary Markdown, up to a blank one or to the words under a table."""
        count = 1
        while count < len(lines) and lines[count].strip() and not lines[count].lstrip().startswith((": ", "![", "$$")):
            if _FENCE.fullmatch(lines[count]) or note.DEFINITION.match(lines[count].lstrip()):
                break
            count += 1
        for number, text in enumerate(lines[:count]):
            fault, self.level = block_stray(text, self.level)
            if fault is not None:
                self.faults.append((line + number, fault))
        marked = _along("\n".join(lines[:count]), line, self.nodes, self.faults)
        self.out.append(marked)
        if count > 1 and _RULE.fullmatch(lines[1]):
            self.faults += surplus_cells(marked, line)
            below, sortable = _sortable(lines[count:])
            words, more = self._colon_words(below, line + count)
            if words is not None:
                indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
                self._put(TableWords(line + count, words, sortable), indent)
            return count + more
        return count


def _sortable(below: list[str]) -> tuple[list[str], bool]:
    """The lines under a table without the mark that lets readers sort it, and whether it stood there."""
    first = below[0].lstrip() if below else ""
    if not first.startswith(f": {SORTABLE} "):
        return below, False
    return [below[0].replace(f"{SORTABLE} ", "", 1), *below[1:]], True
