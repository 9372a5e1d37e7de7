"""The theme's files are joined in an order that holds."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.site.assets import (
    FACES,
    STYLES,
    by_theme,
    early_faces,
    early_poster,
    late_styles,
    scripts,
    shortened,
    style_sheet,
    theme_files,
    uncommented,
)  # fmt: skip
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
    """What must run before the first paint is not among those that come after it."""
    for name in ("settings", "b", "a"):
        (tmp_path / f"{name}.js").write_text(f"{name};")
    assert scripts(tmp_path) == "a;\n\nb;\n"


def test_theme_names_its_paper() -> None:
    """The colours of the page are found in the theme as it stands."""
    assert set(by_theme(THEME, "paper")) == {"light", "dark"}


def test_faces_travel_inside_style_sheets() -> None:
    """Every face is within a sheet, but for the rarer letters, which stay files that their rules name."""
    files = theme_files(THEME)
    for sheet, names in FACES.items():
        content = files[sheet]
        assert isinstance(content, bytes)
        assert content.count(b"data:font/woff2;base64,") == len(names)
    loose = [name for name in files if name.endswith(".woff2")]
    assert len(loose) == 6 and all(name.endswith(("-western.woff2", "-extended.woff2")) for name in loose)
    book = files["styles/book.css"]
    assert isinstance(book, bytes)
    for name in loose:
        assert f'url("{name.removeprefix("styles/")}")'.encode() in book


def test_sheets_that_a_page_waits_for_are_small() -> None:
    """None of them is larger, compressed, than a new line carries in two round trips: 10 and 20 packets."""
    files = theme_files(THEME)
    for sheet in STYLES:
        content = files[sheet]
        assert isinstance(content, bytes)
        assert len(gzip.compress(content)) < 30 * 1400, sheet


def test_uncommented_drops_whole_lines_only() -> None:
    """A comment beside code stays, and so does what only looks like one."""
    script = '// a\n/** b\n * c */\nlet d = "//e"; // f\n\n  // g\nh /* i */ + j;\n/** k */ l;\n/* m */\n'
    assert uncommented(script) == 'let d = "//e"; // f\nh /* i */ + j;\n/** k */ l;\n'


@pytest.mark.parametrize("path", sorted((THEME / "scripts").glob("*.js")), ids=lambda path: path.name)
def test_no_script_has_text_over_several_lines(path: Path) -> None:
    """Backquotes close on the line that opens them, so that no line of text can be taken for a comment."""
    assert [line for line in path.read_text("utf-8").splitlines() if line.count("`") % 2] == []


def test_face_of_the_first_lines_is_waited_for() -> None:
    """Emphasis in the first lines brings the italic at once; further down it may come late. Tags are no lines."""
    assert early_faces("<p>a <em>b</em></p>") == ("styles/face-italic.css",)
    assert early_faces("<p>a</p>" * 100 + "<em>b</em>") == ("styles/face-italic.css",)
    assert early_faces("<p>a</p>" * 1000 + "<em>b</em>") == ()


def test_poster_of_the_first_screen_is_fetched_at_once() -> None:
    """A poster at the head of a page does not wait for the layout; one further down does."""
    poster = '<img class="film-poster" src="a.webp" loading="lazy" alt="">'
    assert early_poster(f"<p>{poster}</p>{poster}").count('loading="lazy"') == 1
    assert early_poster("<p>a</p>" * 1000 + poster).count('loading="lazy"') == 1


def test_late_faces_follow_the_content() -> None:
    """Formulas bring the face for formulas, code the one for code, and plain words none."""
    assert late_styles('<p><math display="block"></p>') == ("styles/face-formulas.css",)
    assert late_styles("<pre>a</pre><em>b</em>") == ("styles/face-italic.css", "styles/face-code.css")
    assert late_styles("<pre>a</pre><em>b</em>", ("styles/face-italic.css",)) == ("styles/face-code.css",)
    assert late_styles("<p>mathematics, code, emphasis</p>") == ()
