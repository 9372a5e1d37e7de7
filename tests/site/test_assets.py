"""The theme's files are joined in an order that holds."""

from __future__ import annotations

from pathlib import Path

from pipeline.site.assets import paper, scripts, shortened, style_sheet, theme_files
from pipeline.site.templates import THEME


def test_style_sheets_keep_their_order(tmp_path: Path) -> None:
    """Tokens, faces and base first, print last, the others by name."""
    for name in ("zebra", "print", "base", "tokens", "apple", "fonts"):
        (tmp_path / f"{name}.css").write_text(f"{name}{{}}\n")
    assert style_sheet(tmp_path).split() == ["tokens{}", "fonts{}", "base{}", "apple{}", "zebra{}", "print{}"]


def test_shortened_drops_comments_only() -> None:
    """Rules stay as they are."""
    assert shortened("/* a\n b */\na {\n  b: c; /* d */\n}\n\n") == "a {\nb: c;\n}\n"


def test_settings_run_apart_from_the_other_scripts(tmp_path: Path) -> None:
    """What must run before the first paint is not among the deferred."""
    for name in ("settings", "b", "a"):
        (tmp_path / f"{name}.js").write_text(f"{name};")
    assert scripts(tmp_path) == "a;\nb;"


def test_theme_names_its_paper_and_its_faces() -> None:
    """The colours of the page and the files of the faces are found in the theme as it stands."""
    assert set(paper(THEME)) == {"light", "dark"}
    faces = [name for name in theme_files(THEME) if name.endswith(".woff2")]
    assert "styles/fonts/literata-text.woff2" in faces
