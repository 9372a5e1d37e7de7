"""The palette: what the style sheet says is what films are painted with."""

from __future__ import annotations

import pytest

from pipeline.drawing.style import TOKENS, mix, palette, read_palette
from pipeline.errors import EssayError

CSS = """
:root {
  --real: light-dark(#123e78, #A9C4F3); /* disc */
  /* --old: light-dark(#000000, #ffffff); */
  --space-1: 4px;
  --print-real:light-dark( #0f3466 , #6f95d8 ) ;
}
"""


def test_style_reads_both_themes_of_a_token() -> None:
    """The first colour is the light one, the second the dark one, in either case of digits."""
    assert read_palette(CSS, "light")["real"] == (0x12, 0x3E, 0x78)
    assert read_palette(CSS, "dark")["real"] == (0xA9, 0xC4, 0xF3)
    assert read_palette(CSS, "dark")["print-real"] == (0x6F, 0x95, 0xD8)


def test_style_ignores_comments_and_lengths() -> None:
    """Only colours are taken, and none that is commented out."""
    assert [name for name, _ in read_palette(CSS, "light").colours] == ["real", "print-real"]


def test_style_names_the_nearest_token() -> None:
    """An unknown token is an error that names it and the one that was probably meant."""
    with pytest.raises(EssayError, match=r'no colour token "reel". Did you mean "real"\?'):
        read_palette(CSS, "light")["reel"]


def test_style_refuses_an_unknown_theme() -> None:
    """There are two themes, and the error says so."""
    with pytest.raises(EssayError, match=r'no theme "dim"'):
        read_palette(CSS, "dim")


def test_style_refuses_a_sheet_without_colours() -> None:
    """A style sheet that yields no colour is an error, not an empty palette."""
    with pytest.raises(EssayError, match="no colours"):
        read_palette(":root { --space-1: 4px; }", "light")


def test_style_has_every_role_in_both_themes() -> None:
    """The book's own sheet defines each colour that a film may ask for, light and dark apart."""
    roles = ["plate", "paper", "ink", "ink-2", "edge", "hair", "grid", "copper", "real", "forged", "fake", "gold"]
    roles += ["ideal", "print-real", "print-forged", "field-fake", "field-half", "field-real"]
    for role in roles:
        assert palette("light")[role] != palette("dark")[role]


def test_style_is_read_from_the_theme() -> None:
    """Films and pages share one file, which lies in the theme."""
    assert TOKENS.parts[-3:] == ("theme", "styles", "tokens.css")


def test_style_mixes_by_share() -> None:
    """A quarter of white over black is a quarter of 255, rounded."""
    assert mix((0, 0, 0), (255, 255, 255), 0.25) == (64, 64, 64)
