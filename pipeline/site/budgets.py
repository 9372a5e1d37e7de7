"""What a page weighs before anything plays, and what the whole site may weigh.

Weighed as a browser would fetch it: the page, its style sheets (the faces inside them), scripts and data
scripts compressed, the pictures it shows at once as they are.
It knows no content, only files by path.
"""

from __future__ import annotations

import gzip
import re
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.site.ornament import Published

PAGE = 300_000
"""Bytes of a page before play."""
WHOLE = 1_500_000
"""Of the one page that holds every chapter."""
SCRIPT = 60_000
"""Of which scripts."""
EPUB = 600_000
"""Bytes of the e-book for each chapter: it holds every poster, and people send it by mail."""
CHAPTER = 5_000_000
"""Bytes of the whole folder for each chapter: two films of one theme each, posters, the run's files."""

_COMPRESSED = (".html", ".css", ".js", ".svg", ".json", ".txt", ".csv")


@dataclass(frozen=True)
class Weight:
    """Bytes of one page before play, as they cross the wire."""

    page: str
    total: int
    script: int
    fonts: int

    @property
    def over(self) -> tuple[str, ...]:
        """What is too heavy, in words; empty when nothing is."""
        told = []
        most = WHOLE if self.page == "print.html" else PAGE
        if self.total > most:
            told.append(f"{self.page}: {self.total:,} bytes before play, and {most:,} is the most")
        if self.script > SCRIPT:
            told.append(f"{self.page}: {self.script:,} bytes of script, and {SCRIPT:,} is the most")
        return tuple(told)


def weigh(page: str, files: Published, fetched: Iterable[str]) -> Weight:
    """The weight of a page that fetches these paths at once (its style sheets, scripts and pictures)."""
    sizes = {path: _size(path, files) for path in sorted(set(fetched)) if path in files}
    fonts = sum(_faces(files[path]) for path in sizes if path.endswith(".css"))
    script = sum(size for path, size in sizes.items() if path.endswith(".js"))
    return Weight(page, _size(page, files) + sum(sizes.values()), script, fonts)


def most_for_site(files: Published) -> int:
    """Bytes that a folder with these chapters may weigh; a small essay has room for three."""
    return CHAPTER * max(_chapters(files), 3)


def epub_faults(files: Published) -> list[str]:
    """What is too heavy about the e-book, in words; a small essay has room for three chapters."""
    most = EPUB * max(_chapters(files), 3)
    sizes = {path: site_weight({path: content}) for path, content in files.items() if path.endswith(".epub")}
    return [f"{path}: {size:,} bytes, and {most:,} is the most" for path, size in sizes.items() if size > most]


def _chapters(files: Published) -> int:
    return sum(1 for path in files if re.fullmatch(r"\d\d-[^/]*\.html", path))


def site_weight(files: Published) -> int:
    """Bytes of the whole folder."""
    return sum(path.stat().st_size if isinstance(path, Path) else len(path) for path in files.values())


def _size(path: str, files: Published) -> int:
    content = files.get(path)
    if content is None:
        return 0
    if not path.endswith(_COMPRESSED):
        return content.stat().st_size if isinstance(content, Path) else len(content)
    data = content.read_bytes() if isinstance(content, Path) else content
    return _compressed(data)


def _faces(sheet: bytes | Path) -> int:
    """Bytes of the faces that travel inside a style sheet."""
    found = re.findall(rb"data:font/woff2;base64,([\w+/=]+)", sheet if isinstance(sheet, bytes) else sheet.read_bytes())
    return sum(len(b64decode(face)) for face in found)


@lru_cache(maxsize=1024)
def _compressed(data: bytes) -> int:
    """What is shared is weighed once, and in the preview only what changed is weighed again."""
    return len(gzip.compress(data, compresslevel=6, mtime=0))
