"""Definitions and their uses, read from syntax trees."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pipeline.syntax import Module, module


def read(source: str, name: str = "pipeline.made_up", path: str = "made_up.py") -> Module:
    """A module from its source."""
    return Module(name, Path(path), ast.parse(source))


def uses(source: str, name: str = "f") -> tuple[str, ...]:
    """What a definition in a source uses."""
    definition = read(source).definition(name)
    assert definition is not None
    return definition.uses


def digest(source: str, name: str = "f") -> str:
    """Hash of a definition in a source."""
    definition = read(source).definition(name)
    assert definition is not None
    return definition.digest


@pytest.mark.parametrize(
    "other",
    [
        "def f(x):\n    # why\n    return x + 1",
        'def f(x):\n    """What it does."""\n    return x + 1',
        "def f(x: int) -> int:\n    return x + 1",
        "\n\n\ndef f(x):\n\n    return (x + 1)",
    ],
)
def test_syntax_does_not_count_what_does_nothing(other: str) -> None:
    """Comments, docstrings, annotations and blank lines leave the hash as it is."""
    assert digest("def f(x):\n    return x + 1") == digest(other)


@pytest.mark.parametrize(
    "other", ["def f(x):\n    return x + 2", "def f(x, y=1):\n    return x + 1", "def f(y):\n    return y + 1"]
)
def test_syntax_counts_what_does_something(other: str) -> None:
    """Another constant, argument or name is another hash."""
    assert digest("def f(x):\n    return x + 1") != digest(other)


def test_syntax_keeps_the_names_of_fields() -> None:
    """A dataclass with another field is another class, though its annotations do not count."""
    one = digest("class f:\n    a: int = 1\n    b: int")
    assert one == digest("class f:\n    a: float = 1\n    b: str")
    assert one != digest("class f:\n    a: int = 1\n    c: int")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from pipeline.gan.losses import r1\ndef f(x): return r1(x)", ("pipeline.gan.losses.r1",)),
        ("from pipeline.gan import losses as L\ndef f(x): return L.r1(x)", ("pipeline.gan.losses.r1",)),
        ("import pipeline.gan.losses\ndef f(x): return pipeline.gan.losses.r1(x)", ("pipeline.gan.losses.r1",)),
        ("from .gan.losses import r1\ndef f(x): return r1(x)", ("pipeline.gan.losses.r1",)),
        ("def f(x):\n    from pipeline.gan.losses import r1\n    return r1(x)", ("pipeline.gan.losses.r1",)),
        ("import torch.nn as nn\ndef f(x): return nn.functional.relu(x)", ("torch.nn.functional.relu",)),
        ("g = 1\ndef f(x): return g", ("pipeline.made_up.g",)),
        ("g = 1\ndef f(g): return g", ()),
        ("g = 1\ndef f(x):\n    g = x\n    return g", ()),
        ("g = 1\ndef f(x): return [g for g in x]", ()),
        ("g = 1\ndef f(x): return lambda y: y + g", ("pipeline.made_up.g",)),
        ("g = 1\ndef f(x=g): return x", ("pipeline.made_up.g",)),
        ("def g(h): return h\n@g\ndef f(x): return x", ("pipeline.made_up.g",)),
        ("class g: pass\nclass f(g):\n    def m(self): return h\nh = 1", ("pipeline.made_up.g", "pipeline.made_up.h")),
        ("from importlib.util import find_spec\ndef f(): return find_spec('mlxtend')",
         ("importlib.util.find_spec", "mlxtend")),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import X\ndef f(x: X): return x", ()),
    ],
)  # fmt: skip
def test_syntax_finds_what_a_definition_uses(source: str, expected: tuple[str, ...]) -> None:
    """Names are followed through imports of every form, and what is local to the definition is left out."""
    assert uses(source) == expected


def test_syntax_counts_every_statement_that_binds_a_name() -> None:
    """A list that is added to, or a table that gets an entry, is another value."""
    assert digest("f = [1]") != digest("f = [1]\nf += [2]")
    assert digest("f = {}") != digest("f = {}\nf['a'] = 1")


def test_syntax_knows_no_modules_but_the_projects_own() -> None:
    """Third parties are names; modules of the project are sources."""
    assert module("torch.nn") is None
    assert module("pipeline.no_such_module") is None
    found = module("pipeline.study")
    assert found is not None
    assert "Recipe" in found.statements
