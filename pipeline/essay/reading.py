"""content/ -> Essay: the order, the sources, the words and every chapter, with all problems at once.

Nothing is trained, drawn or rendered here; a name that does not exist is found before any work is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.catalogue import Catalogue
from pipeline.errors import Problem
from pipeline.essay.constructs.citation import Citation
from pipeline.essay.constructs.figure import Figure
from pipeline.essay.constructs.note import NoteMark
from pipeline.essay.faults import Fault, Ledger, Sheet, shown
from pipeline.essay.front import Changes, Opened, changes, check_studies, open_chapter
from pipeline.essay.glossary import read_glossary
from pipeline.essay.model import Chapter, Essay, Part, Placement, StudyWords, Term
from pipeline.essay.names import Names, known_study
from pipeline.essay.outline import Outline, line_with, read_outline
from pipeline.essay.page import terms_by_name
from pipeline.essay.references import distinct, read_references
from pipeline.essay.scanning import Scanned, scan, scan_words
from pipeline.essay.words import read_data, read_words
from pipeline.essay.yamls import line_of

WORDS_A_MINUTE = 220
MINUTES_A_FIGURE = 0.5


@dataclass(frozen=True)
class _Draft:
    """A chapter opened and scanned, its names not yet checked."""

    slug: str
    sheet: Sheet
    opened: Opened
    scanned: Scanned
    recipe: Changes


def read(content: Path, catalogue: Catalogue) -> Essay:
    """The essay as written; raises Problems with everything that is wrong in it."""
    ledger = Ledger()
    outline = read_outline(ledger, content)
    if outline is None:
        ledger.close()
        raise AssertionError("an essay without an outline has a problem")
    references = read_references(ledger, content / "references.bib")
    glossary = read_glossary(ledger, content / "glossary.md")
    data = read_data(ledger, content / "data.yaml")
    drafts = [draft for slug in outline.slugs if (draft := _draft(ledger, content, slug, catalogue)) is not None]
    _check_recipes_agree(drafts)
    names = Names(
        catalogue,
        content,
        references,
        terms_by_name(glossary),
        {slug.partition("-")[2]: slug for slug in outline.slugs},
    )
    names.words = _read_all_words(ledger, outline, drafts, names)
    _check_outline(outline, names)
    _check_glossary(ledger, content, glossary, names)
    if data is not None:  # a file that cannot be read lacks everything: one fault is enough
        _check_data(outline, drafts, names, data)
    chapters = {draft.slug: _chapter(draft, names) for draft in drafts}
    ledger.close()
    parts = tuple(
        Part(part.slug, part.title, part.subtitle, tuple(chapters[slug] for slug in part.chapters))
        for part in outline.parts
    )
    cited = [key for chapter in chapters.values() for key in chapter.cited]
    return Essay(
        **_cover(outline), parts=parts, words=names.words, data=data or {}, glossary=glossary,
        references=distinct(references, cited), content=content,
    )  # fmt: skip


def _cover(outline: Outline) -> dict[str, Any]:
    return {**outline.texts, "authors": outline.authors}


def _draft(ledger: Ledger, content: Path, slug: str, catalogue: Catalogue) -> _Draft | None:
    path = content / "chapters" / f"{slug}.md"
    sheet = ledger.read(path) if path.is_file() else None  # a missing file is the outline's problem
    if sheet is None:
        return None
    opened = open_chapter(sheet)
    check_studies(sheet, opened, catalogue)
    scanned = scan(opened.source, opened.first_line)
    for line, fault in scanned.faults:
        sheet.note(line, fault)
    return _Draft(slug, sheet, opened, scanned, changes(sheet, opened, catalogue))


def _check_recipes_agree(drafts: list[_Draft]) -> None:
    """A study is trained once, so only one chapter may change its recipe."""
    changed: dict[str, str] = {}
    for draft in drafts:
        for study in draft.recipe:
            if study in changed:
                message = f'the recipe of "{study}" is already changed in {changed[study]}.md.'
                draft.sheet.add(line_of(draft.opened.lines, ("recipe", study)), message, "Change it in one chapter.")
            changed.setdefault(study, draft.slug)


def _read_all_words(ledger: Ledger, outline: Outline, drafts: list[_Draft], names: Names) -> dict[str, StudyWords]:
    used = {study: None for draft in drafts if draft.opened.front for study in draft.opened.front.studies}
    for study in dict.fromkeys([*used, outline.texts["ornament"]]):
        if study in names.catalogue.studies:
            used[study] = None
    found = {}
    for study in used:
        if study in names.catalogue.studies and (words := read_words(ledger, names, names.catalogue.studies[study])):
            found[study] = words
    return found


def _check_outline(outline: Outline, names: Names) -> None:
    sheet = outline.sheet
    ornament = outline.texts["ornament"]
    if ornament and ornament not in names.catalogue.studies:
        remedy = known_study(ornament, names.catalogue)
        sheet.add(line_with(sheet, r"^\s*ornament\b"), f'no study "{ornament}".', remedy)
    for key in ("lead", "made"):
        _check_words(sheet, outline.texts[key], line_with(sheet, rf"^\s*{key}\b"), names)


def _check_glossary(ledger: Ledger, content: Path, glossary: dict[str, Term], names: Names) -> None:
    sheet = ledger.read(content / "glossary.md") if glossary else None
    for term in glossary.values() if sheet else ():
        if sheet:
            _check_words(sheet, term.definition, term.line + 1, names)


def _check_words(sheet: Sheet, source: str, line: int, names: Names) -> None:
    """Words outside the chapters: all their names must exist, too."""
    scanned = scan_words(source, line)
    for at, fault in scanned.faults:
        sheet.note(at, fault)
    for node in scanned.text.walk():
        with sheet.at(node.line):
            node.check(names)


def _check_data(outline: Outline, drafts: list[_Draft], names: Names, data: Any) -> None:
    """Every data set that a used study trains on must be described, with its licence."""
    for study in dict.fromkeys([*names.words, *([outline.texts["ornament"]] if outline.texts["ornament"] else [])]):
        entry = names.catalogue.studies.get(study)
        for duel, key in (entry.data if entry else {}).items():
            if key and key not in data:
                outline.sheet.ledger.add(_data_problem(names.content, study, duel, key))


def _data_problem(content: Path, study: str, duel: str, key: str) -> Problem:
    message = f'the data set "{key}" of {study} ({duel}) is not described.'
    return Problem(
        shown(content / "data.yaml"), 0, message, remedy=f'Add "{key}:" with name, about, licence and source.'
    )


def _chapter(draft: _Draft, shared: Names) -> Chapter:
    """The chapter, every name in it checked."""
    sheet, opened, scanned = draft.sheet, draft.opened, draft.scanned
    names = Names(
        shared.catalogue, shared.content, shared.references, shared.terms, shared.chapters, shared.words,
        _recipes(shared.catalogue, draft.recipe), frozenset(scanned.notes),
    )  # fmt: skip
    nodes = [*scanned.text.walk(), *(node for _, words in scanned.notes.values() for node in words.walk())]
    placements = _placements(sheet, nodes, names)
    for node in nodes:
        with sheet.at(node.line):
            node.check(names)
    front = opened.front
    for key in ("title", "question"):
        _check_words(sheet, getattr(front, key) if front else "", line_of(opened.lines, (key,)), names)
    called = {node.id for node in nodes if isinstance(node, NoteMark)}
    for name, (line, _) in scanned.notes.items():
        if name not in called:
            sheet.add(line, f'the note "{name}" is never called.', f"Write [^{name}] where it belongs.")
    if front is not None and not scanned.faults:  # what could not be read may be the use
        _check_use(sheet, opened, names, nodes)
    words = scanned.text.count() + sum(words.count() for _, words in scanned.notes.values())
    cited = dict.fromkeys(source.key for node in nodes if isinstance(node, Citation) for source in node.sources)
    minutes = words / WORDS_A_MINUTE + MINUTES_A_FIGURE * len(placements)
    return Chapter(
        slug=draft.slug, number=draft.slug.partition("-")[0], title=front.title if front else "",
        question=front.question if front else "", studies=front.studies if front else (), recipe=draft.recipe,
        source=opened.source, first_line=opened.first_line, placements=placements, cited=tuple(cited),
        path=sheet.path, words=words, minutes=max(1, round(minutes)),
    )  # fmt: skip


def _recipes(catalogue: Catalogue, recipe: Changes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for study, duels in recipe.items():
        own = catalogue.studies[study].duels
        found[study] = {name: duel.with_changes(duels.get(name, {})) for name, duel in own.items()}
    return found


def _placements(sheet: Sheet, nodes: list[Any], names: Names) -> tuple[Placement, ...]:
    """The chapter's figures; their last names are ids on the page, so each must be its own."""
    found = []
    for node in nodes:
        if isinstance(node, Figure):
            placement = node.placement
            found.append(placement)
            with sheet.at(placement.line):
                if placement.kind != "image" and placement.item in names.figures:
                    raise Fault(f'the name "{placement.item}" is placed twice in this chapter.')
            if placement.kind != "image":
                names.figures[placement.item] = placement
    return tuple(found)


def _check_use(sheet: Sheet, opened: Opened, names: Names, nodes: list[Any]) -> None:
    """What the front matter declares is what the chapter uses."""
    declared = opened.front.studies if opened.front else ()
    for number, study in enumerate(declared):
        if study in names.catalogue.studies and study not in names.used:
            line = line_of(opened.lines, ("studies", number))
            sheet.add(
                line, f'the study "{study}" is declared but not used.', "Use a value or a figure of it, or take it out."
            )
    for study in names.used:
        if study not in declared:
            line = _first_use(nodes, study, sheet, opened)
            sheet.add(line, f'the study "{study}" is used but not declared.', "Add it to studies: in the front matter.")


def _first_use(nodes: list[Any], study: str, sheet: Sheet, opened: Opened) -> int:
    """The line on which a study's name first stands in the prose."""
    for number, line in enumerate(sheet.lines[opened.first_line - 1 :], start=opened.first_line):
        if f"{study}." in line or f"{study}/" in line:
            return number
    return line_of(opened.lines, ("studies",))
