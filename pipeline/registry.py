"""The studies, imported from the module that lists them; a fault in a study's file is said like one in a page.

A fault whose last line of ours stands in a study is its author's to mend: file, line and reason will do. Any other is a
fault of the program, and keeps its traceback. It knows no house and no store.
"""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import EssayError, Problem

if TYPE_CHECKING:
    from pipeline.study import Study

PROJECT = Path(__file__).resolve().parent.parent


def import_studies(module: str, root: Path = PROJECT) -> Mapping[str, Study]:
    """The STUDIES of a module below ``root``; EssayError, with the line itself, for a fault in one of their files."""
    try:
        studies: Mapping[str, Study] = importlib.import_module(module).STUDIES
    except Exception as error:
        problem = _problem(error, module, root)
        if problem is None:
            raise
        raise EssayError(str(problem)) from error
    return studies


def _problem(error: Exception, module: str, root: Path) -> Problem | None:
    """Where a study went wrong; None where the fault lies elsewhere."""
    path, line, said, excerpt = _place(error, root)
    home = root.joinpath(*module.split("."))
    if path is None or not (path.is_relative_to(home) or path == home.with_suffix(".py")):
        return None
    remedy = _remedy(error, module, root)
    message = f"{type(error).__name__}: {said}{'.' if remedy else ''}"
    return Problem(path.relative_to(root), line, message, excerpt, remedy)


def _place(error: Exception, root: Path) -> tuple[Path | None, int, str, str]:
    """(file, line, what is wrong, the line): of a file that cannot be parsed itself, else of our last line that ran."""
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_file():
        return Path(error.filename).resolve(), error.lineno or 0, error.msg, error.text or ""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename).resolve()
        if path.is_relative_to(root) and "site-packages" not in path.parts:
            return path, frame.lineno or 0, str(error), frame.line or ""
    return None, 0, "", ""


def _remedy(error: Exception, module: str, root: Path) -> str:
    """What to do about a registered study that has no file."""
    if not isinstance(error, ModuleNotFoundError) or not (error.name or "").startswith(f"{module}."):
        return ""
    file = Path(*str(error.name).split(".")).with_suffix(".py")
    return f"Write {file}, or take it out of the list." if not (root / file).exists() else ""
