"""The theme's files as the site publishes them: its style sheets, two scripts, the faces.

Names are stable and the content depends on the theme alone, so the same theme gives the same bytes.
The faces travel inside style sheets: those that a page opens with in sheets that it waits for, so that no
line breaks twice; the others in sheets of their own at its end. (A font file beside the page would also
be refused by Firefox when the page is opened from a folder.) What a page waits for is cut into sheets of
one size, below 30 kB each: a new line carries no more in its first two round trips. It knows no page.
"""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

from pipeline.site.ornament import Published

_FIRST = ("tokens", "base")
"""Style sheets that others build on; then all others by name; print has the last word."""

_AT_ONCE = ("settings.js", "faces.js", "after-paint.js")
"""Run before the first paint, so that neither theme nor faces flash; all others after it. Published as one."""

_APART = ("search-page.js", "faces.js")
"""Loaded by the one page that needs it: search.html; print.html, which has no other."""

BOOK = "styles/book.css"
LAB = (
    "random", "worlds", "network", "losses", "duel", "gap", "history", "address", "points", "lens",
    "palette", "stage", "curves", "gap-tone", "tiles", "board", "bench", "clock", "panel", "speech", "track",
    "share", "lab",
)  # fmt: skip
"""The Lab's scripts in the order in which they need each other: first what knows no page, then the page."""

_TYPES = re.compile(r"(?<![\w\"'`/])/\*\*.*?\*/ ?", re.DOTALL)

FACES = {
    "styles/face-text.css": ("literata-text",),
    "styles/face-display.css": ("literata-display", "literata-question"),
    BOOK: ("hanken-grotesk",),
    "styles/face-italic.css": ("literata-italic",),
    "styles/face-code.css": ("jetbrains-mono",),
    "styles/face-formulas.css": ("stix-two-math",),
}
"""Style sheet -> the faces inside it. Those that are in none stay files, fetched where one of their letters occurs."""

STYLES = ("styles/face-text.css", "styles/face-display.css", BOOK)
SCRIPTS = ("scripts/book.js",)


def theme_files(theme: Path) -> Published:
    """All that every page shares, by path in the site."""
    files: dict[str, bytes | Path] = {
        "scripts/book.js": scripts(theme / "scripts").encode(),
        "scripts/settings.js": "\n".join(_script(theme / "scripts" / name) for name in _AT_ONCE).encode(),
        **{f"scripts/{name}": _script(theme / "scripts" / name).encode() for name in _APART},
    }
    files["scripts/lab.js"] = lab(theme / "lab").encode()
    files["styles/lab.css"] = shortened((theme / "lab" / "lab.css").read_text(encoding="utf-8")).encode()
    files |= sheets(theme)
    return files


def lab(folder: Path) -> str:
    """The Lab's script, which one page loads; its descriptions of types, a third of it, stay at home."""
    whole = "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in LAB)
    return "".join(f"{line.rstrip()}\n" for line in _TYPES.sub("", whole).splitlines() if line.strip())


def sheets(theme: Path) -> Published:
    """The style sheets, with the faces inside them, and the files of those faces that stay files."""
    rules = shortened((theme / "styles" / "fonts.css").read_text(encoding="utf-8"))
    found = re.finditer(r'@font-face \{[^}]*url\("fonts/([\w-]+)\.woff2"\)[^}]*\}\n', rules)
    blocks = {match[1]: match[0] for match in found}
    files: dict[str, str] = {}
    for sheet, names in FACES.items():
        inside = [_inside(blocks.pop(name), theme / "fonts" / f"{name}.woff2") for name in names]
        files[sheet] = "".join(inside)
    files[BOOK] += "".join(blocks.values()) + style_sheet(theme / "styles")
    return {name: text.encode() for name, text in files.items()} | {
        f"styles/fonts/{name}.woff2": theme / "fonts" / f"{name}.woff2" for name in blocks
    }


ITALIC = "styles/face-italic.css"
_LATE = {
    ITALIC: re.compile(r"<(em|cite|blockquote)\b|(turn|plate|session)-question\""),
    "styles/face-code.css": re.compile(r"<(code|pre|kbd)\b"),
    "styles/face-formulas.css": re.compile(r"<math\b"),
}


def late_styles(content: str, waited_for: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The sheets of the faces that some content uses besides those its page waits for."""
    return tuple(sheet for sheet, sign in _LATE.items() if sheet not in waited_for and sign.search(content))


_FIRST_LINES = 700
"""Letters of a page's text, about ten lines: what a reader is at while the rest still comes."""
_AT_ITS_HEAD = 1000
"""Characters of which a first screen is sure to show all."""


def early_faces(content: str) -> tuple[str, ...]:
    """The italic, where it stands so early that its coming late would move the first lines while they are read."""
    found = _LATE[ITALIC].search(content)
    return (ITALIC,) if found and len(re.sub(r"<[^>]*>", "", content[: found.start()])) < _FIRST_LINES else ()


def early_poster(content: str) -> str:
    """The content, with a poster that stands at its very head fetched at once, before anything is laid out.

    Any other waits: a page is read from the top, and its faces and its style come over the same line.
    """
    first, rest = content[:_AT_ITS_HEAD], content[_AT_ITS_HEAD:]
    return re.sub(r'(<img class="film-poster"[^>]*) loading="lazy"', r'\1 fetchpriority="high"', first, count=1) + rest


def _inside(rule: str, face: Path) -> str:
    data = b64encode(face.read_bytes()).decode()
    return rule.replace(f'url("fonts/{face.name}")', f'url("data:font/woff2;base64,{data}")')


def style_sheet(folder: Path) -> str:
    """All style sheets but the faces' joined in their order, without comments."""
    found = {path.stem: path for path in sorted(folder.glob("*.css")) if path.stem != "fonts"}
    last = [name for name in found if name not in (*_FIRST, "print")]
    order = [name for name in (*_FIRST, *last, "print") if name in found]
    return "".join(shortened(found[name].read_text(encoding="utf-8")) for name in order)


def shortened(css: str) -> str:
    """A style sheet without comments, empty lines and indents."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "".join(f"{line.strip()}\n" for line in bare.splitlines() if line.strip())


def scripts(folder: Path) -> str:
    """All that come after the first paint, joined by name; each is a classic script that defines one element."""
    own = (*_AT_ONCE, *_APART)
    return "\n".join(_script(path) for path in sorted(folder.glob("*.js")) if path.name not in own)


def _script(path: Path) -> str:
    return uncommented(path.read_text(encoding="utf-8"))


def uncommented(script: str) -> str:
    """A script without the comments that fill whole lines, and without empty lines; what shares a line with code stays.

    Backquoted text over several lines would be read as code: tests/site holds that no script of the theme has any.
    """
    bare = re.sub(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$", "", script, flags=re.DOTALL | re.MULTILINE)
    return "".join(f"{line}\n" for line in bare.splitlines() if line.strip() and not line.lstrip().startswith("//"))


def by_theme(theme: Path, token: str) -> dict[str, str]:
    """A colour in each theme, "#rrggbb", read from the tokens; empty where there is none of that name."""
    found = _token(theme, token)
    return {"light": found[1], "dark": found[2]} if found else {}


def light(theme: Path, token: str) -> str:
    """A colour of the light theme, as "#rrggbb"."""
    found = _token(theme, token)
    if found is None:
        raise ValueError(f'no colour "{token}" in tokens.css')
    return found[1]


def _token(theme: Path, token: str) -> re.Match[str] | None:
    tokens = (theme / "styles" / "tokens.css").read_text(encoding="utf-8")
    return re.search(rf"--{re.escape(token)}:\s*light-dark\((#\w+),\s*(#\w+)\)", tokens)
