r"""Reads the LaTeX that a chapter prints and works it out in numbers, so that the print itself can be held to account.

The reader knows sums, products, fractions, powers, logarithms, norms, function calls, and operators: means over equally
likely cases (``\mathbb{E}``), sums, least and greatest over listed ones, slopes (``\nabla``). What a name stands for is
told by the caller, under the LaTeX in which it is printed; a derivative ``\frac{\partial L}{\partial a}`` is one such
name. It knows no chapter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Names = Mapping[str, Any]
"""Printed name -> number, array or function; an operator -> its cases, each a Names of its own, or what it makes of a
meaning and the names around it."""
Meaning = Callable[[Names], Any]

_TOKEN = re.compile(r"\\\\|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\S")
_SILENT = {"&", r"\,", r"\!", r"\;", r"\quad", r"\qquad", r"\bigl", r"\bigr", r"\left", r"\right"}
_NEW_LINE = "\\\\"
_SAME = {r"\lVert": r"\|", r"\rVert": r"\|"}
_CLOSING = {"(": ")", "[": "]", "{": "}", r"\|": r"\|", r"\lvert": r"\rvert"}
_OPERATORS: Mapping[str, Callable[[list[Any]], Any]] = {
    r"\mathbb{E}": lambda found: np.mean(found, axis=0), r"\sum": sum, r"\min": min, r"\max": max, r"\nabla": list,
}  # fmt: skip
_EQUAL = {"=", r"\approx"}
_ENDS = {"+", "-", "=", ",", ")", "]", "}", r"\approx", r"\|", r"\rvert", ""}


def tokens(latex: str) -> list[str]:
    """The signs that mean something."""
    bare = re.sub(r"\\(begin|end)\{aligned\}", "", latex)
    return [_SAME.get(sign, sign) for sign in _TOKEN.findall(bare) if sign not in _SILENT | {_NEW_LINE}]


def plain(latex: str) -> str:
    """LaTeX without what only spaces it: how names are compared."""
    return "".join(tokens(latex))


def equations(latex: str) -> list[list[str]]:
    """Each equation as its sides, between the signs of equality.

    A line with such a sign within it is an equation of its own; any other goes on with the one before.
    """
    whole: list[list[str]] = []
    for line in latex.split(_NEW_LINE):
        signs = tokens(line)
        if not whole or set(signs[1:]) & _EQUAL:
            whole.append([])
        whole[-1] += signs
    return [[side.removesuffix(",").strip() for side in _sides(signs)] for signs in whole]


def _sides(signs: list[str]) -> list[str]:
    """Parted at the signs of equality that stand in no bracket."""
    found, depth = [""], 0
    for sign in signs:
        depth += (sign in "([{") - (sign in ")]}")
        if sign in _EQUAL and depth == 0:
            found.append("")
        else:
            found[-1] += sign + " "
    return [side.strip() for side in found]


def value(latex: str, names: Names) -> Any:
    """The number, or array, that an expression comes to."""
    known = {plain(name): meaning for name, meaning in names.items()}
    reader = _Reader(tokens(latex), known)
    meaning = reader.sum()
    if reader.next != "":
        raise ValueError(f"{latex}: cannot read on at {' '.join(reader.left)!r}")
    with np.errstate(divide="ignore", invalid="ignore"):  # what is no number agrees with none
        return _number(meaning(known), known)


def _number(found: Any, names: Names) -> Any:
    """A function printed without its argument is meant at the x that is being averaged over."""
    return found(names["x"]) if callable(found) else found


def _times(one: Any, other: Any) -> Any:
    return one @ other if np.ndim(one) and np.ndim(other) else one * other


class _Reader:
    """A walk along the tokens; each method reads one kind of phrase and gives its meaning."""

    def __init__(self, signs: list[str], names: Names) -> None:
        self.left = list(signs)
        self.names = names

    @property
    def next(self) -> str:
        return self.left[0] if self.left else ""

    def take(self, wanted: str = "") -> str:
        if wanted and self.next != wanted:
            raise ValueError(f"expected {wanted!r} before {' '.join(self.left)!r}")
        return self.left.pop(0)

    def sum(self) -> Meaning:
        """Terms with signs between them."""
        parts: list[tuple[int, Meaning]] = []
        while not parts or self.next in ("+", "-"):
            sign = 1
            while self.next in ("+", "-"):
                sign = -sign if self.take() == "-" else sign
            parts.append((sign, self.product()))
        if len(parts) == 1 and parts[0][0] == 1:
            return parts[0][1]
        return lambda names: sum(sign * _number(part(names), names) for sign, part in parts)

    def product(self) -> Meaning:
        """Factors side by side, or below a slash."""
        first, *more = [(False, self.factor())]
        while self.next not in _ENDS:
            below = self.next == "/"
            if below:
                self.take()
            more.append((below, self.factor()))
        if not more:
            return first[1]

        def meaning(names: Names) -> Any:
            result = _number(first[1](names), names)
            for below, factor in more:
                other = _number(factor(names), names)
                result = result / other if below else _times(result, other)
            return result

        return meaning

    def factor(self) -> Meaning:
        """One thing, perhaps raised to a power."""
        base = self.thing()
        if self.next != "^":
            return base
        self.take()
        power = float(self.script())
        return lambda names: _number(base(names), names) ** power

    def thing(self) -> Meaning:
        """A number, a bracket, a fraction, an operator or a name."""
        if self.next in _CLOSING:
            return self.bracket()
        sign = self.take()
        if sign[0].isdigit():
            return lambda names: float(sign)
        if sign in (r"\frac", r"\tfrac"):
            return self.fraction()
        if sign in (r"\log", r"\ln"):
            return self.logarithm()
        if sign == r"\det":
            table = self.factor()
            return lambda names: np.linalg.det(table(names))
        name = sign
        if sign in (r"\operatorname", r"\text", r"\mathbb", r"\mathrm"):
            name += self.group()
        return self.named(name)

    def bracket(self) -> Meaning:
        opening = self.take()
        inner = self.sum()
        self.take(_CLOSING[opening])
        if opening == r"\|":
            return lambda names: np.linalg.norm(_number(inner(names), names))
        if opening == r"\lvert":
            return lambda names: np.abs(_number(inner(names), names))
        return inner

    def fraction(self) -> Meaning:
        """A ratio; with \\partial in it, one name."""
        before = list(self.left)
        above, below = self.group(), self.group()
        if r"\partial" in above:
            return lambda names: names[r"\frac" + above + below]
        self.left = before
        top, bottom = self.bracket(), self.bracket()
        return lambda names: _number(top(names), names) / _number(bottom(names), names)

    def logarithm(self) -> Meaning:
        """Of all factors that follow; natural where no base stands."""
        base = 0.0
        if self.next == "_":
            self.take()
            base = float(self.script())
        inner = self.product()
        return lambda names: np.log(_number(inner(names), names)) / (np.log(base) if base else 1.0)

    def named(self, name: str) -> Meaning:
        """A name with its indices, and what it is applied to."""
        while self.next == "_" or (self.next == "^" and self.belongs(name)):
            name += self.take() + self.script(braced=True)
        if operator := next((each for each in _OPERATORS if name.startswith(each)), ""):
            return self.over_cases(name, operator)
        if self.next == "(" and callable(self.names.get(name)):
            given = self.arguments()
            return lambda names: names[name](*(each(names) for each in given))
        return lambda names: names[name]

    def belongs(self, name: str) -> bool:
        """Whether a raised sign is a part of the name, and no power."""
        return any(known.startswith(name + "^") for known in self.names) and not self.left[1].isdigit()

    def over_cases(self, name: str, operator: str) -> Meaning:
        """A mean of what stands in the bracket, a sum or slope of all factors, the least or greatest of all terms."""
        mean, extreme = operator == r"\mathbb{E}", operator in (r"\min", r"\max")
        body = self.factor() if mean else self.sum() if extreme else self.product()

        def meaning(names: Names) -> Any:
            cases = names[name]
            if callable(cases):
                return cases(lambda inside: _number(body(inside), inside), names)
            inside = [{**names, **{plain(key): each for key, each in case.items()}} for case in cases]
            return _OPERATORS[operator]([_number(body(case), case) for case in inside])

        return meaning

    def arguments(self) -> list[Meaning]:
        self.take("(")
        given = [self.sum()]
        while self.next == ",":
            self.take()
            given.append(self.sum())
        self.take(")")
        return given

    def group(self) -> str:
        """A group in braces as it stands."""
        depth, found = 0, ""
        while not found or depth:
            depth += (self.next == "{") - (self.next == "}")
            found += self.take()
        return found

    def script(self, *, braced: bool = False) -> str:
        """What is raised or lowered: one sign, or a group."""
        found = self.group() if self.next == "{" else self.take()
        return found if braced or found[0] != "{" else found[1:-1]
