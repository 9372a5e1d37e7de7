"""The theme's files are joined in an order that holds."""

from __future__ import annotations

from pathlib import Path

from pipeline.site.assets import FACES, by_theme, late_styles, scripts, shortened, style_sheet, theme_files
from pipeline.site.templates import THEME


def test_style_sheets_keep_their_order(tmp_path: Path) -> None:
    """Tokens and base first, print last, the others by name."""
    for name in ("zebra", "print", "base", "tokens", "apple"):
        (tmp_path / f"{name}.css").write_text(f"{name}{{}}\n")
    assert style_sheet(tmp_path).split() == ["tokens{}", "base{}", "apple{}", "zebra{}", "print{}"]


def test_shortened_drops_comments_only() -> None:
    """Rules stay as they are."""
    assert shortened("/* a\n b */\na {\n  b: c; /* d */\n}\n\n") == "a {\nb: c;\n}\n"


def test_settings_run_apart_from_the_other_scripts(tmp_path: Path) -> None:
    """What must run before the first paint is not among the deferred."""
    for name in ("settings", "b", "a"):
        (tmp_path / f"{name}.js").write_text(f"{name};")
    assert scripts(tmp_path) == "a;\nb;"


def test_theme_names_its_paper() -> None:
    """The colours of the page are found in the theme as it stands."""
    assert set(by_theme(THEME, "paper")) == {"light", "dark"}


def test_faces_travel_inside_style_sheets() -> None:
    """Every face is within a sheet, but for the extended letters, which stay a file that its rule names."""
    files = theme_files(THEME)
    for sheet, names in FACES.items():
        content = files[sheet]
        assert isinstance(content, bytes)
        assert content.count(b"data:font/woff2;base64,") == len(names)
        assert b'url("fonts/' not in content
    assert [name for name in files if name.endswith(".woff2")] == ["styles/fonts/literata-text-extended.woff2"]
    book = files["styles/book.css"]
    assert isinstance(book, bytes)
    assert b'url("fonts/literata-text-extended.woff2")' in book


def test_late_faces_follow_the_content() -> None:
    """Formulas bring the face for formulas, code the one for code, and plain words none."""
    assert late_styles('<p><math display="block"></p>') == ["styles/face-formulas.css"]
    assert late_styles("<pre>a</pre><em>b</em>") == ["styles/face-italic.css", "styles/face-code.css"]
    assert late_styles("<p>mathematics, code, emphasis</p>") == []
