"""What a job's result depends on, as hashes: the code it reaches, the values it is given, the versions.

    describe(object)   the code and the constants behind a live object: a function, a partial, a dataclass
    closure(names)     every project definition reachable from some names, with its hash
    tree_hash(paths)   files by their content, for the stamps that let a build do nothing quickly

Modification times never count. It knows no stage: which objects make a job is said in pipeline.stages.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
import os
import platform
import types
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline.catalogue import Code
from pipeline.syntax import Definition, module

SILENT = "pipeline.errors"
"""Words for people: they shape no result."""


def digest(value: Any, length: int = 32) -> str:
    """Hexadecimal hash of anything that JSON can hold; the order of keys does not count."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def tree_hash(roots: Iterable[Path], suffixes: tuple[str, ...] = ()) -> str:
    """Hash of all files under some folders (or of single files) by relative name and content."""
    total = hashlib.sha256()
    for root in roots:
        found = [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.is_file())
        for path in found:
            if "__pycache__" in path.parts or (suffixes and path.suffix not in suffixes):
                continue
            name = path.name if path == root else path.relative_to(root).as_posix()
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{root.name}/{name}\0{content}\n".encode())
    return total.hexdigest()[:32]


def code_of(*objects: Any) -> Code:
    """All the code behind some objects, and the constants bound in them."""
    names: set[str] = set()
    loose: dict[str, Definition] = {}
    constants = {str(i): _describe(value, names, loose) for i, value in enumerate(objects)}
    definitions, foreign = closure(names, loose)
    return Code(definitions, constants, distributions_of(foreign))


def closure(names: Iterable[str], loose: Mapping[str, Definition] | None = None) -> tuple[dict[str, str], set[str]]:
    """Project definitions reachable from dotted names -> hash; and the foreign modules they name."""
    found = {name: definition.digest for name, definition in (loose or {}).items()}
    foreign: set[str] = set()
    pending = [*names, *(use for definition in (loose or {}).values() for use in definition.uses)]
    seen: set[str] = set()
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        home, rest = _home_of(name)
        if home is None:
            foreign.add(name)
        if home is None or home.name == SILENT:
            continue
        # A module named without an attribute may be used in any way: all of it counts.
        wanted = [rest[0]] if rest else list(home.statements)
        for top in ["", *wanted]:
            definition = home.definition(top)
            if definition is not None:
                found[f"{home.name}.{top}"] = definition.digest
                pending += definition.uses
            elif top in home.imports:  # re-exported: follow it home
                pending.append(".".join([home.imports[top], *rest[1:]]))
    return dict(sorted(found.items())), foreign


def _home_of(name: str) -> tuple[Any, list[str]]:
    """The longest prefix of a dotted name that is a module of the project, and what is left."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        home = module(".".join(parts[:length]))
        if home is not None:
            return home, parts[length:]
    return None, parts


def _describe(value: Any, names: set[str], loose: dict[str, Definition]) -> Any:
    """The constants in a value, for JSON; the code that it names goes to ``names`` and ``loose``."""
    def again(inner: Any) -> Any:
        return _describe(inner, names, loose)

    if hasattr(value, "__wrapped__"):  # functools.cache and its kin
        return again(value.__wrapped__)
    if isinstance(value, functools.partial):
        return {"partial": again(value.func), "args": again(value.args), "keywords": again(value.keywords)}
    if isinstance(value, types.MethodType):
        return {"method": again(value.__func__), "of": again(value.__self__)}
    if isinstance(value, types.FunctionType):
        return _describe_function(value, names, loose)
    if isinstance(value, type):
        names.add(f"{value.__module__}.{value.__qualname__.partition('.')[0]}")
        return f"{value.__module__}.{value.__qualname__}"
    if isinstance(value, types.BuiltinFunctionType | types.ModuleType):
        names.add(value.__name__ if isinstance(value, types.ModuleType) else f"{value.__module__}.{value.__name__}")
        return value.__name__
    if is_dataclass(value):
        return {"is": again(type(value)), **{f.name: again(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, Mapping):
        return {str(k): again(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [again(v) for v in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if hasattr(value, "tobytes"):  # a numpy array
        return {"array": hashlib.sha256(value.tobytes()).hexdigest()[:16], "shape": list(value.shape)}
    if hasattr(value, "__dict__"):
        return {"is": again(type(value)), **{k: again(v) for k, v in sorted(vars(value).items())}}
    raise TypeError(f"cannot tell when {value!r} changes; give a study plain functions and values")


def _describe_function(function: types.FunctionType, names: set[str], loose: dict[str, Definition]) -> Any:
    top = function.__qualname__.partition(".")[0]
    home = module(function.__module__)
    nameless = function.__qualname__.endswith("<lambda>")
    if nameless and home is not None:
        line = function.__code__.co_firstlineno
        definition = home.definition_of(home.lambdas_at(line))
        loose[f"{function.__module__}.<lambda {definition.digest}>"] = definition
    else:
        names.add(f"{function.__module__}.{top}")
    bound = inspect.getclosurevars(function).nonlocals
    inner = {name: _describe(value, names, loose) for name, value in sorted(bound.items()) if value is not function}
    inner_defaults = [_describe(value, names, loose) for value in function.__defaults__ or ()]
    shown = "<lambda>" if nameless else f"{function.__module__}.{function.__qualname__}"
    return [shown, inner, inner_defaults] if inner or inner_defaults else shown


@functools.cache
def _owners() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


def distributions_of(foreign: Iterable[str]) -> tuple[str, ...]:
    """The installed distributions to which some dotted names belong; the standard library has none."""
    tops = {name.partition(".")[0] for name in foreign}
    return tuple(sorted({owner for top in tops for owner in _owners().get(top, [])}))


@functools.cache
def version(distribution: str) -> str:
    """The installed version, without importing; "none" where it is not installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "none"


def device() -> str:
    """The kind of processor that Lightning's ``accelerator="auto"`` will choose here, without asking torch."""
    if platform.system() == "Darwin" and platform.machine() == "arm64":
        return "mps"
    hidden = os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1")
    if Path("/proc/driver/nvidia/version").exists() and not hidden and "+cpu" not in version("torch"):
        return "cuda"
    return "cpu"


def machine() -> str:
    """Kind of processor and system, never a host name: "Intel Xeon ..., Linux x86_64"."""
    kind = platform.processor() or platform.machine()
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                kind = line.partition(":")[2].strip()
                break
    return f"{kind}, {platform.system()} {platform.machine()}"
