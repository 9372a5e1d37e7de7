"""Puts a made site into its folder: writes what changed, links what is large, removes what is no longer.

A file is written beside its place and renamed into it, so a reader (or the preview server) never meets
half a file. Films are hard links into the store where the disk allows it, copies where it does not.
It knows no page.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipeline.site.ornament import Published


def write(files: Published, out: Path) -> list[Path]:
    """Makes ``out`` hold exactly these files; returns their paths in the order of their names."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in sorted(files.items()):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            _copy(content, path)
        else:
            _write(content, path)
        written.append(path)
    _remove_others(out, set(written))
    return written


def _write(content: bytes, path: Path) -> None:
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    os.replace(beside, path)


def _copy(source: Path, path: Path) -> None:
    if path.is_file() and path.samefile(source):
        return
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    try:
        os.link(source, beside)
    except OSError:  # another disk, or one without hard links
        shutil.copyfile(source, beside)
    os.replace(beside, path)


def _remove_others(out: Path, wanted: set[Path]) -> None:
    for path in sorted(out.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()
