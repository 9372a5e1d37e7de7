"""The little language of inline values: ``study.value.first | percent(1)``, and of caption tests: ``gap > 0.9``.

Written in Python's own grammar and read with ``ast``, of which only names, attributes, one call with
literals, filters, and (in tests) comparisons are let through. Nothing is ever executed.

    study.value                      a number
    study.series.first               or .last .lowest .highest
    study.series.at(300)             the value last measured at or before step 300
    study.series.first_step(">=", .9)
    study.recipe.steps               a field of the recipe trained; with several duels study.recipe.duel.steps
    study.claims.name.bound          or .measured
    ... | filter  or  ... | filter(digits)
"""

from __future__ import annotations

import ast
import functools
import math
import operator
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.errors import did_you_mean
from pipeline.essay.faults import Fault
from pipeline.essay.filters import FILTERS, formatted

Literal = float | str


@dataclass(frozen=True)
class Expression:
    """A number asked for by name, and how it is to be printed."""

    source: str
    """As written, without the filter: "training_dance.gap.first"."""
    names: tuple[str, ...]
    """The dotted path."""
    arguments: tuple[Literal, ...] | None
    """Of the call that ends the path; None where nothing is called."""
    filter: str = "number"
    digits: int | None = None

    def printed(self, value: float) -> str:
        """The value as plain text."""
        return formatted(value, self.filter, self.digits)


@functools.lru_cache(maxsize=4096)
def parse(source: str) -> Expression:
    """The expression between the braces; Fault says what is not allowed."""
    with _readable(source):
        return _expression(_tree(source), " ".join(source.partition("|")[0].split()))


def _expression(tree: ast.expr, path: str) -> Expression:
    name, digits = "number", None
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.BitOr):
        name, digits = _filter(tree.right)
        tree = tree.left
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.BitOr):
        raise Fault("a value takes one filter only.")
    arguments = None
    if isinstance(tree, ast.Call):
        if tree.keywords:
            raise Fault(f'"{path}" takes no named arguments.')
        arguments = tuple(_literal(argument) for argument in tree.args)
        tree = tree.func
    return Expression(path, _path(tree), arguments, name, digits)


def _tree(source: str) -> ast.expr:
    text = " ".join(source.split())
    with warnings.catch_warnings(action="ignore"):  # Python's advice on odd literals is not for authors
        return ast.parse(text[:500], mode="eval").body


@contextmanager
def _readable(source: str) -> Iterator[None]:
    """A Fault instead of whatever Python's parser says of text that is no expression."""
    try:
        yield
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        said = " ".join(source.split())[:80]
        raise Fault(f'"{said}" cannot be read.', "Write a name and a filter: study.value | filter.") from None


def _path(tree: ast.expr) -> tuple[str, ...]:
    names: list[str] = []
    while isinstance(tree, ast.Attribute):
        names.append(tree.attr)
        tree = tree.value
    if not isinstance(tree, ast.Name):
        raise Fault(f'"{ast.unparse(tree)}" is not allowed in a value.', "Only names, points and one filter are.")
    return (tree.id, *reversed(names))


def _literal(tree: ast.expr) -> Literal:
    sign = 1.0
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        sign, tree = -1.0, tree.operand
    value = tree.value if isinstance(tree, ast.Constant) else None
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
        return sign * float(value)
    if isinstance(value, str) and sign > 0:
        return value
    raise Fault(f'"{ast.unparse(tree)}" is neither a number nor a quoted text.')


def _filter(tree: ast.expr) -> tuple[str, int | None]:
    arguments: list[Literal] = []
    if isinstance(tree, ast.Call) and not tree.keywords:
        arguments, tree = [_literal(argument) for argument in tree.args], tree.func
    if not isinstance(tree, ast.Name):
        raise Fault(f'"{ast.unparse(tree)}" is no filter.', did_you_mean("", list(FILTERS)))
    known_filter(tree.id)
    if not arguments:
        return tree.id, None
    digits = arguments[0]
    takes_digits = FILTERS[tree.id][1]
    if not takes_digits:
        raise Fault(f'the filter "{tree.id}" takes no argument.')
    if len(arguments) > 1 or isinstance(digits, str) or digits != int(digits) or not 0 <= digits <= 9:
        raise Fault(f'the filter "{tree.id}" takes a number of digits, 0 to 9.')
    return tree.id, int(digits)


def known_filter(name: str) -> None:
    """Fault unless it is a filter."""
    if name not in FILTERS:
        raise Fault(f'no filter "{name}".', did_you_mean(name, list(FILTERS)))


_COMPARISONS: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


@dataclass(frozen=True)
class Test:
    """A condition on the numbers at the cursor."""

    source: str
    names: tuple[str, ...]
    """The names it asks for."""
    holds: Callable[[Mapping[str, float]], bool]
    """Whether it is true of these numbers; a comparison with NaN is false."""


@functools.lru_cache(maxsize=1024)
def parse_test(source: str) -> Test:
    """``gap > 0.9``, ``0.1 < gap <= 0.9``, with ``and``, ``or``, ``not``; "" is always true."""
    if not source.strip():
        return Test("", (), lambda numbers: True)
    with _readable(source):
        tree = _tree(source)
        names = tuple(dict.fromkeys(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)))
        return Test(source, names, _truth(tree))


def _truth(tree: ast.expr) -> Callable[[Mapping[str, float]], bool]:
    if isinstance(tree, ast.BoolOp):
        parts = [_truth(part) for part in tree.values]
        joined = all if isinstance(tree.op, ast.And) else any
        return lambda numbers: joined(part(numbers) for part in parts)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        inner = _truth(tree.operand)
        return lambda numbers: not inner(numbers)
    if isinstance(tree, ast.Compare) and all(type(op) in _COMPARISONS for op in tree.ops):
        terms = [_term(term) for term in (tree.left, *tree.comparators)]
        compare = [_COMPARISONS[type(op)] for op in tree.ops]
        return lambda numbers: all(
            test(left(numbers), right(numbers)) for test, left, right in zip(compare, terms, terms[1:], strict=False)
        )
    raise Fault(f'"{ast.unparse(tree)}" is no test.', "Write one such as: gap > 0.9 and step < 300.")


def _term(tree: ast.expr) -> Callable[[Mapping[str, float]], float]:
    if isinstance(tree, ast.Name):
        name = tree.id
        return lambda numbers: numbers.get(name, math.nan)
    value = _literal(tree)
    if isinstance(value, str):
        raise Fault(f'"{value}" is no number.')
    return lambda numbers: value
