"""The walls of the house: who may import whom, how long a file may be, where words and code live."""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.syntax import PROJECT, _imports

PIPELINE = PROJECT / "pipeline"
MODULES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PIPELINE.rglob("*.py"))
}


@cache
def parsed(name: str) -> ast.Module:
    """A module's tree."""
    return ast.parse(MODULES[name].read_bytes())


def imported(name: str, *, late: bool) -> set[str]:
    """What a module imports, as dotted names; ``late`` includes imports inside functions. Types only never count."""
    found: set[str] = set()
    pending: list[ast.AST] = list(parsed(name).body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            pending += node.orelse
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= set(_imports(iter([node]), name, MODULES[name].name == "__init__.py").values())
        elif late or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            pending += ast.iter_child_nodes(node)
    return found


def home_of(dotted: str) -> str | None:
    """The module of ours that a dotted name belongs to."""
    parts = dotted.split(".")
    return next((m for n in range(len(parts), 0, -1) if (m := ".".join(parts[:n])) in MODULES), None)


def reached(name: str) -> set[str]:
    """Foreign packages that are loaded when a module is, by whatever way through ours."""
    seen, foreign, pending = set(), set(), [name]
    while pending:
        current = pending.pop()
        if current in seen:
            continue
        seen.add(current)
        for dotted in imported(current, late=False):
            home = home_of(dotted)
            if home is None or (home == "pipeline" and dotted.partition(".")[0] != "pipeline"):
                foreign.add(dotted.partition(".")[0])
            else:
                pending.append(home)
    return foreign - set(sys.stdlib_module_names)


def under(package: str) -> list[str]:
    """The modules of a package."""
    return [name for name in MODULES if name == package or name.startswith(f"{package}.")]


@pytest.mark.parametrize("name", under("pipeline.essay") + under("pipeline.site"))
def test_walls_pages_are_made_without_torch_and_matplotlib(name: str) -> None:
    """essay/ and site/ load neither torch nor matplotlib, so that a text edit shows in a blink."""
    assert not reached(name) & {"torch", "pytorch_lightning", "matplotlib"}


@pytest.mark.parametrize("name", under("pipeline.drawing") + under("pipeline.sounding"))
def test_walls_films_and_sounds_are_made_without_torch(name: str) -> None:
    """drawing/ and sounding/ never load torch."""
    assert not reached(name) & {"torch", "pytorch_lightning"}


@pytest.mark.parametrize("name", [n for n in under("pipeline.studies") if n != "pipeline.studies"])
def test_walls_studies_stand_alone(name: str) -> None:
    """A study imports no other study, no Lightning, and nothing of site/."""
    for dotted in imported(name, late=True):
        assert not dotted.startswith(("pipeline.studies.", "pipeline.site", "pytorch_lightning", "pipeline.training"))


@pytest.mark.parametrize("name", [n for n in MODULES if n not in ("pipeline.game", "pipeline.training")])
def test_walls_lightning_lives_in_two_files(name: str) -> None:
    """Only game.py and training.py know Lightning."""
    assert not any(dotted.startswith(("pytorch_lightning", "lightning")) for dotted in imported(name, late=True))


@pytest.mark.parametrize("name", ["pipeline.__main__", "pipeline.build", "pipeline.publishing", "pipeline.house"])
def test_walls_a_build_with_nothing_to_do_loads_nothing(name: str) -> None:
    """The way to "nothing to do" passes no package but our own."""
    assert reached(name) == set()


def test_walls_no_circles() -> None:
    """No module imports, by any way at load time, itself."""
    graph = {
        name: {home for dotted in imported(name, late=False) if (home := home_of(dotted)) and home != name}
        for name in MODULES
    }
    for start in graph:
        for path in _ways(graph, start):
            assert path[-1] != start, " -> ".join(path)


def _ways(graph: dict[str, set[str]], start: str) -> Iterator[list[str]]:
    """A way from a module to each that it reaches (packages' own __init__ left out where they are empty)."""
    pending, seen = [[start]], set()
    while pending:
        way = pending.pop()
        for following in graph[way[-1]]:
            yield [*way, following]
            if following not in seen:
                seen.add(following)
                pending.append([*way, following])


def lines_of(path: Path) -> int:
    """Lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


FILES = [*MODULES.values(), *sorted((PROJECT / "theme" / "scripts").glob("*.js"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_walls_no_file_is_too_long(path: Path) -> None:
    """300 lines are the most."""
    assert lines_of(path) <= 300


def test_walls_most_files_are_short() -> None:
    """Half of the files have no more than about 110 lines."""
    assert statistics.median(map(lines_of, MODULES.values())) <= 130


def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function of the pipeline, with a name for the message."""
    return [
        (f"{name}.{node.name}", node)
        for name in MODULES
        for node in ast.walk(parsed(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_walls_functions_are_short() -> None:
    """No function has 60 lines, and nine of ten have under 25."""
    lengths = {name: node.end_lineno - node.lineno + 1 for name, node in functions() if node.end_lineno}
    assert {name: n for name, n in lengths.items() if n >= 60} == {}
    assert sum(n < 25 for n in lengths.values()) / len(lengths) >= 0.9


def test_walls_functions_say_what_they_give() -> None:
    """Every function has a return type."""
    assert [name for name, node in functions() if node.returns is None] == []


@pytest.mark.parametrize("name", MODULES)
def test_walls_public_names_are_documented(name: str) -> None:
    """A module, and each public function and class at its top level, opens with a docstring."""
    tree = parsed(name)
    assert ast.get_docstring(tree), f"{name} has no docstring"
    public = [
        node for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]  # fmt: skip
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_walls_content_holds_no_code() -> None:
    """In content/ there are words, tables of words, pictures; no Python, no scripts, no styles."""
    kinds = {path.suffix for path in (PROJECT / "content").rglob("*") if path.is_file()}
    assert not kinds & {".py", ".js", ".css", ".html", ".sh"}
