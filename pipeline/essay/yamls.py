"""YAML with line numbers: read into a dataclass by pydantic, every fault at the line that holds it.

It knows the shape it is asked for and nothing of what the fields mean.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import yaml

from pipeline.errors import did_you_mean
from pipeline.essay.faults import Sheet

Shape = TypeVar("Shape")
Location = tuple[int | str, ...]
Lines = dict[Location, int]
"""Path of keys and positions -> 1-based line on which that value (or, for a mapping's entry, its key) stands."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(sheet: Sheet, shape: type[Shape], text: str, first_line: int = 1) -> tuple[Shape | None, Lines]:
    """The text as ``shape``, and where its parts stand; None, with problems noted, where it does not fit."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            lines = dict(_lines(node, (), first_line, sheet)) if node is not None else {}
            data = loader.construct_document(node) if node is not None else {}
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).split("\n")[0]
        sheet.add((mark.line if mark else 0) + first_line, f"YAML cannot be read: {what}.")
        return None, {}
    if not isinstance(data, dict):
        sheet.add(first_line, "here stand keys and values.", 'Write "key: value" on lines of their own.')
        return None, lines
    return _fitted(sheet, shape, data, lines, first_line), lines


def _lines(
    node: yaml.Node, place: Location, first: int, sheet: Sheet, depth: int = 0
) -> Iterator[tuple[Location, int]]:
    """Where each key and item stands; a key written twice is noted as a problem."""
    if depth > 20:
        raise ValueError("nested too deeply")
    if isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield (*place, position), item.start_mark.line + first
            yield from _lines(item, (*place, position), first, sheet, depth + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            line = key.start_mark.line + first
            if name in seen:
                sheet.add(line, f'"{name}" stands here twice.')
            seen.add(name)
            yield (*place, name), line
            yield from _lines(value, (*place, name), first, sheet, depth + 1)


def line_of(lines: Lines, place: Location, default: int = 1) -> int:
    """The line of a place, or of the nearest place that holds it."""
    while place:
        if place in lines:
            return lines[place]
        place = place[:-1]
    return default


@functools.lru_cache
def _adapter(shape: Any) -> Any:
    from pydantic import TypeAdapter  # imported late: pages without YAML should not wait for it

    return TypeAdapter(shape)


def _fitted(sheet: Sheet, shape: type[Shape], data: dict[str, Any], lines: Lines, first_line: int) -> Shape | None:
    from pydantic import ValidationError

    try:
        # By way of JSON: strict about types (no "6000" for 6000), yet lists may fill tuples.
        adapter = _adapter(shape)  # type: ignore[arg-type]  # every class can be hashed
        fitted: Shape = adapter.validate_json(json.dumps(data, default=str), strict=True)
        return fitted
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=True):
            place = fault["loc"]
            message, remedy = _words(fault, shape)
            sheet.add(line_of(lines, place, first_line), message, remedy)
    except (ValueError, TypeError, RecursionError):
        sheet.add(first_line, "these keys and values cannot be read.")
    return None


def _words(fault: Mapping[str, Any], shape: type[Any]) -> tuple[str, str]:
    """A pydantic fault as message and remedy."""
    place: Location = fault["loc"]
    name = ".".join(str(step) for step in place)
    match fault["type"]:
        case "missing" | "missing_argument":
            return f'"{name}" is missing.', ""
        case "unexpected_keyword_argument" | "extra_forbidden" | "unexpected_property":
            return f'unknown key "{name}".', did_you_mean(str(place[-1]), _fields(shape, place[:-1]))
        case "string_type":
            return f'"{name}" must be text, not {json.dumps(fault["input"])}.', "Put it in quotes."
        case _:
            given = json.dumps(fault.get("input"), default=str)[:60]
            return f'"{name}" is {given}: {fault["msg"][:1].lower()}{fault["msg"][1:]}.', ""


def _fields(shape: Any, place: Location) -> list[str]:
    """Names of the keys that a place in the shape may have."""
    for step in place:
        shape = _bare(shape)
        if dataclasses.is_dataclass(shape) and isinstance(shape, type):
            shape = typing.get_type_hints(shape).get(str(step), Any)
        else:  # a mapping or a sequence: what it holds is its last argument that is a type
            held = [kind for kind in typing.get_args(shape) if kind is not Ellipsis]
            shape = held[-1] if held else Any
    shape = _bare(shape)
    return [field.name for field in dataclasses.fields(shape)] if dataclasses.is_dataclass(shape) else []


def _bare(shape: Any) -> Any:
    """X of ``X | None``."""
    if typing.get_origin(shape) is types.UnionType:
        return next(kind for kind in typing.get_args(shape) if kind is not type(None))
    return shape
