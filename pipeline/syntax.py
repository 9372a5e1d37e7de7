"""The project's sources as a graph of definitions: what each one's code is, and which names it uses.

Read from the syntax trees alone; nothing is imported or run. Comments, docstrings, annotations and
positions do not count, for they do not change what the code does (a dataclass keeps its field names).
Not seen: ``getattr`` by a computed string, and module state that other code changes at run time.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Definition:
    """One name at the top level of a module, with all statements that bind it."""

    digest: str
    """Hash of the statements' syntax trees."""
    uses: tuple[str, ...]
    """Dotted names, as full paths: "pipeline.gan.losses.r1", "torch.nn.Linear"."""


@dataclass(eq=False)
class Module:
    """A source file, parsed."""

    name: str
    path: Path
    tree: ast.Module = field(repr=False)

    @cached_property
    def statements(self) -> dict[str, list[ast.stmt]]:
        """Top-level name -> the statements that bind it; "" -> those that bind none (they run on import)."""
        found: dict[str, list[ast.stmt]] = {}
        for statement in _top_level(self.tree.body):
            for name in _bound_by(statement) or [""]:
                found.setdefault(name, []).append(statement)
        return found

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name -> full dotted name, from the imports at the top level."""
        return _imports(_top_level(self.tree.body, imports=True), self.name, self.path.name == "__init__.py")

    @cache  # noqa: B019 - modules live as long as the process
    def definition(self, name: str) -> Definition | None:
        """The definition of a top-level name; None where the module has none."""
        if name not in self.statements:
            return None
        return self.definition_of(self.statements[name])

    def definition_of(self, nodes: list[ast.stmt] | list[ast.expr]) -> Definition:
        """What some nodes of this module are and use (a lambda, say, that has no name)."""
        stripped = [_strip(ast.parse(ast.unparse(node)).body[0]) for node in nodes]
        digest = hashlib.sha256("\n".join(ast.dump(node) for node in stripped).encode()).hexdigest()
        finder = _Uses(self)
        for node in stripped:
            finder.visit(node)
        return Definition(digest[:16], tuple(sorted(finder.found)))

    def lambdas_at(self, line: int) -> list[ast.expr]:
        """The lambdas that begin on a line."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.Lambda) and node.lineno == line]


@cache
def module(name: str) -> Module | None:
    """The module of that dotted name, if it is part of this project or of its tests."""
    if name.partition(".")[0] not in ("pipeline", "tests"):
        return None
    path = PROJECT.joinpath(*name.split(".")).with_suffix(".py")
    if not path.exists():
        path = path.with_suffix("") / "__init__.py"
    if not path.exists():
        return None
    return Module(name, path, ast.parse(path.read_bytes(), str(path)))


def _top_level(body: list[ast.stmt], imports: bool = False) -> Iterator[ast.stmt]:
    """The statements of a body and of the ``if`` and ``try`` blocks in it; imports only, or all else."""
    for statement in body:
        if isinstance(statement, ast.If | ast.Try):
            if not (isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test)):
                yield from _top_level(statement.body, imports)
                for handler in getattr(statement, "handlers", []):
                    yield from _top_level(handler.body, imports)
            yield from _top_level(statement.orelse, imports)
        elif isinstance(statement, ast.Import | ast.ImportFrom) == imports and not _is_docstring(statement):
            yield statement


def _bound_by(statement: ast.stmt) -> list[str]:
    """The top-level names that a statement binds or changes (``x``, ``x.y``, ``x[0]``: all x)."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign | ast.AugAssign | ast.For):
        targets = [statement.target]
    roots = []
    for target in targets:
        while isinstance(target, ast.Attribute | ast.Subscript):
            target = target.value
        roots += [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]
    return roots


def _imports(statements: Iterator[ast.stmt], module_name: str, package: bool) -> dict[str, str]:
    bound: dict[str, str] = {}
    for statement in statements:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                bound[alias.asname or alias.name.partition(".")[0]] = alias.name if alias.asname else (
                    alias.name.partition(".")[0]
                )
        elif isinstance(statement, ast.ImportFrom):
            base = statement.module or ""
            if statement.level:
                parts = module_name.split(".")
                kept = parts[: len(parts) - statement.level + (1 if package else 0)]
                base = ".".join([*kept, *([base] if base else [])])
            for alias in statement.names:
                bound[alias.asname or alias.name] = f"{base}.{alias.name}"
    return bound


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _strip(node: ast.stmt) -> ast.stmt:
    """The node without docstrings and annotations."""
    for part in ast.walk(node):
        body = getattr(part, "body", None)
        if isinstance(body, list):
            part.body = [s for s in body if not _is_docstring(s)] or [ast.Pass()]  # type: ignore[attr-defined]
        if isinstance(part, ast.arg):
            part.annotation = None
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            part.returns = None
        elif isinstance(part, ast.AnnAssign):
            part.annotation = ast.Constant(None)
    return node


class _Uses(ast.NodeVisitor):
    """Collects the full dotted names that a definition reads, leaving out what is local to it."""

    def __init__(self, home: Module) -> None:
        self.home = home
        self.found: set[str] = set()
        self.scopes: list[dict[str, str | None]] = []

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        arguments = node.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        named += [a for a in (arguments.vararg, arguments.kwarg) if a]
        for outside in [*arguments.defaults, *arguments.kw_defaults, *getattr(node, "decorator_list", [])]:
            if outside is not None:
                self.visit(outside)
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
        local: dict[str, str | None] = dict.fromkeys((a.arg for a in named), None)
        local |= _locals(body, self.home)
        self.scopes.append(local)
        for statement in body:
            self.visit(statement)
        self.scopes.pop()

    visit_AsyncFunctionDef = visit_FunctionDef
    visit_Lambda = visit_FunctionDef

    def visit_comprehension_like(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        targets = [name for generator in node.generators for name in ast.walk(generator.target)]
        self.scopes.append({name.id: None for name in targets if isinstance(name, ast.Name)})
        self.generic_visit(node)
        self.scopes.pop()

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_like

    def visit_Attribute(self, node: ast.Attribute) -> None:
        chain, base = [node.attr], node.value
        while isinstance(base, ast.Attribute):
            chain.append(base.attr)
            base = base.value
        if isinstance(base, ast.Name):
            self._use(base.id, chain[::-1])
        else:
            self.visit(base)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._use(node.id, [])

    def visit_Call(self, node: ast.Call) -> None:
        # find_spec("mlxtend"), files("mlxtend"): a package whose data are read counts as used.
        called = ast.unparse(node.func).rpartition(".")[2]
        if called in ("find_spec", "files", "import_module") and node.args and isinstance(node.args[0], ast.Constant):
            self.found.add(str(node.args[0].value))
        self.generic_visit(node)

    def _use(self, name: str, attributes: list[str]) -> None:
        for scope in reversed(self.scopes):
            if name in scope:
                imported = scope[name]
                if imported is not None:
                    self.found.add(".".join([imported, *attributes]))
                return
        if name in self.home.imports:
            self.found.add(".".join([self.home.imports[name], *attributes]))
        elif name in self.home.statements:
            self.found.add(f"{self.home.name}.{name}")


def _locals(body: list[ast.AST], home: Module) -> dict[str, str | None]:
    """Names bound inside a function (not in functions within it); for imports, what they stand for."""
    bound: dict[str, str | None] = {}
    outer: set[str] = set()
    pending = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound[node.name] = None
            continue
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.Global | ast.Nonlocal):
            outer |= set(node.names)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound |= _imports(iter([node]), home.name, home.path.name == "__init__.py")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.setdefault(node.id, None)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound[node.name] = None
        pending += ast.iter_child_nodes(node)
    return {name: path for name, path in bound.items() if name not in outer}
