"""A chapter's front matter: title, question, studies, and an author's changes to their recipes."""

from __future__ import annotations

import functools
import json
import math
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from pipeline.catalogue import Catalogue, StudyEntry
from pipeline.errors import did_you_mean
from pipeline.essay.faults import Fault, Sheet
from pipeline.essay.names import known_study
from pipeline.essay.wording import STRICT
from pipeline.essay.yamls import Lines, line_of, read_yaml
from pipeline.study import Recipe

Changes = dict[str, dict[str, dict[str, Any]]]
"""Study -> duel -> field -> value."""

_AT_LEAST = {"steps": 1, "batch_size": 1, "latent_size": 1, "critic_steps": 1, "penalty_every": 1, "frames": 2}


@dataclass(frozen=True)
class Front:
    """What stands between the two lines of three hyphens."""

    title: str
    question: str
    studies: tuple[str, ...] = ()
    recipe: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    __pydantic_config__: ClassVar = STRICT


@dataclass(frozen=True)
class Opened:
    """A chapter's file, parted into front matter and prose."""

    front: Front | None
    """None where it cannot be read; the problems are noted."""
    lines: Lines
    source: str
    first_line: int
    """Line on which the prose begins."""


def open_chapter(sheet: Sheet) -> Opened:
    """Parts a chapter's file and reads its front matter."""
    if sheet.lines[0].rstrip() != "---":
        sheet.add(
            1, "a chapter begins with its front matter.", 'Begin with "---", then title: and question:, then "---".'
        )
        return Opened(None, {}, sheet.text, 1)
    end = next((n for n, line in enumerate(sheet.lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is None:
        sheet.add(1, "the front matter is never closed.", 'End it with a line of "---".')
        return Opened(None, {}, "", 1)
    front, lines = read_yaml(sheet, Front, "\n".join(sheet.lines[1:end]), 2)
    source = "\n".join(sheet.lines[end + 1 :])
    for name in ("title", "question"):
        if front is not None and not getattr(front, name).strip():
            sheet.add(line_of(lines, (name,)), f'"{name}" is empty.')
    return Opened(front, lines, source, end + 2)


def check_studies(sheet: Sheet, opened: Opened, catalogue: Catalogue) -> None:
    """Every declared study must exist, once."""
    studies = opened.front.studies if opened.front else ()
    for number, name in enumerate(studies):
        with sheet.at(line_of(opened.lines, ("studies", number), 1)):
            if name not in catalogue.studies:
                raise Fault(f'no study "{name}".', known_study(name, catalogue))
            if name in studies[:number]:
                raise Fault(f'the study "{name}" stands here twice.')


def changes(sheet: Sheet, opened: Opened, catalogue: Catalogue) -> Changes:
    """The author's changes to recipes, checked: ``study: {field: value}`` or ``study: {duel: {field: value}}``."""
    found: Changes = {}
    for study, given in (opened.front.recipe if opened.front else {}).items():
        with sheet.at(line_of(opened.lines, ("recipe", study))):
            if study not in catalogue.studies:
                raise Fault(f'no study "{study}".', known_study(study, catalogue))
            if opened.front and study not in opened.front.studies:
                raise Fault(
                    f'the recipe of "{study}" is changed, but the study is not declared.', "Add it to studies:."
                )
            found[study] = _of_study(sheet, opened.lines, catalogue.studies[study], given)
    return found


def _of_study(sheet: Sheet, lines: Lines, study: StudyEntry, given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Duel -> its changes; changes written without a duel hold for all."""
    by_duel: dict[str, dict[str, Any]] = {}
    for name, value in given.items():
        inner = isinstance(value, dict) and name in study.duels
        for field_name, new in value.items() if inner else ((name, value),):
            place = ("recipe", study.name, name, *((field_name,) if inner else ()))
            with sheet.at(line_of(lines, place)):
                checked = _checked(field_name, new, () if inner else tuple(study.duels))
                for duel in (name,) if inner else study.duels:
                    by_duel.setdefault(duel, {})[field_name] = checked
    for duel, changed in list(by_duel.items()):
        with sheet.at(line_of(lines, ("recipe", study.name))):
            try:
                study.duels[duel].with_changes(changed)
            except ValueError as error:
                by_duel[duel] = {}
                raise Fault(f"{error}.") from None
    return by_duel


@functools.cache
def _types() -> dict[str, Any]:
    hints = typing.get_type_hints(Recipe)
    return {entry.name: hints[entry.name] for entry in fields(Recipe) if entry.name != "stop"}


@functools.cache
def _adapter(name: str) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(_types()[name])


def _checked(name: str, value: Any, duels: tuple[str, ...]) -> Any:
    """The value as the recipe's field wants it; a Fault says what it should be."""
    if name not in _types():
        raise Fault(f'no recipe field "{name}".', did_you_mean(name, [*_types(), *(duels if len(duels) > 1 else ())]))
    from pydantic import ValidationError

    try:
        fitted = _adapter(name).validate_json(json.dumps(value, default=str), strict=True)
    except (ValidationError, ValueError, TypeError, RecursionError) as error:
        what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else "cannot be read"
        raise Fault(f'"{name}" is {json.dumps(value, default=str)}: {what[:1].lower()}{what[1:]}.') from None
    for number in fitted if isinstance(fitted, tuple) else (fitted,):
        if isinstance(number, int | float) and (not math.isfinite(number) or number < _AT_LEAST.get(name, 0)):
            raise Fault(f'"{name}" is {number}: it must be at least {_AT_LEAST.get(name, 0)}.')
    return fitted
