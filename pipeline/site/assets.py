"""The theme's files as the site publishes them: one style sheet, two scripts, the faces.

Names are stable and the content depends on the theme alone, so the same theme gives the same bytes.
Fonts stay files of their own: a browser fetches those that a page uses. It knows no page.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.site.ornament import Published

_FIRST = ("tokens", "fonts", "base")
"""Style sheets that others build on; then all others by name; print has the last word."""

_SETTINGS = "settings.js"
"""Runs before the first paint, so that a chosen theme does not flash; all other scripts wait."""

STYLES = ("styles/book.css",)
SCRIPTS = ("scripts/book.js",)


def theme_files(theme: Path) -> Published:
    """All that every page shares, by path in the site."""
    files: dict[str, bytes | Path] = {
        "styles/book.css": style_sheet(theme / "styles").encode(),
        "scripts/book.js": scripts(theme / "scripts").encode(),
        f"scripts/{_SETTINGS}": (theme / "scripts" / _SETTINGS).read_bytes(),
    }
    for face in sorted((theme / "fonts").glob("*.woff2")):
        files[f"styles/fonts/{face.name}"] = face
    return files


def style_sheet(folder: Path) -> str:
    """All style sheets joined in their order, without comments."""
    sheets = {path.stem: path for path in sorted(folder.glob("*.css"))}
    last = [name for name in sheets if name not in (*_FIRST, "print")]
    order = [name for name in (*_FIRST, *last, "print") if name in sheets]
    return "".join(shortened(sheets[name].read_text(encoding="utf-8")) for name in order)


def shortened(css: str) -> str:
    """A style sheet without comments, empty lines and indents."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "".join(f"{line.strip()}\n" for line in bare.splitlines() if line.strip())


def scripts(folder: Path) -> str:
    """All deferred scripts joined by name; each is a classic script that defines one element."""
    parts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js")) if path.name != _SETTINGS]
    return "\n".join(parts)


def paper(theme: Path) -> dict[str, str]:
    """The colour of the page in each theme, read from the tokens, for the browser's own furniture."""
    tokens = (theme / "styles" / "tokens.css").read_text(encoding="utf-8")
    found = re.search(r"--paper:\s*light-dark\((#\w+),\s*(#\w+)\)", tokens)
    return {"light": found[1], "dark": found[2]} if found else {}
