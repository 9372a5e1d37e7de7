"""The tiles reach the pages as masks inside style sheets."""

from __future__ import annotations

from pathlib import Path

from pipeline.site.ornament import ornament
from tests.site import folio


def test_bands_and_tiles_become_style_sheets(tmp_path: Path) -> None:
    """Each band is a sheet of its own, with the mark; all tiles are one; and nothing in them is fetched."""
    made = ornament(folio.ornament(tmp_path))
    assert dict(made.bands) == {"00": "styles/band-00.css", "04": "styles/band-04.css"}
    sheet = made.files["styles/band-04.css"]
    tiles = made.files["styles/tiles.css"]
    assert isinstance(sheet, bytes)
    assert isinstance(tiles, bytes)
    for name in (b"band-image", b"mark-final", b"mark-early"):
        assert b":root{--" + name + b':url("data:image/png;base64,' in sheet
    assert b"mark" not in tiles
    assert b".tile-04{" in tiles


def test_chapters_past_the_last_print_wear_it_again(tmp_path: Path) -> None:
    """A chapter after the last band and tile has both once more; one before it that was never printed has none."""
    made = ornament(folio.ornament(tmp_path), ["00", "03", "04", "05", "16"])
    assert dict(made.bands) == {"00": "styles/band-00.css"} | dict.fromkeys(("04", "05", "16"), "styles/band-04.css")
    tiles = made.files["styles/tiles.css"]
    assert isinstance(tiles, bytes)
    for number, own in ((b"00", b"00"), (b"04", b"04"), (b"05", b"04"), (b"16", b"04")):
        assert b".tile-" + number + b"{--tile-image:var(--tile-" + own + b")}" in tiles
    assert b".tile-03" not in tiles
    assert tiles.count(b"data:image") == 2


def test_mark_gives_icons(tmp_path: Path) -> None:
    """The mark stands in the tab and on the home screen."""
    assert [(icon.rel, icon.sizes) for icon in ornament(folio.ornament(tmp_path)).icons] == [
        ("icon", "32x32"),
        ("apple-touch-icon", "180x180"),
    ]


def test_no_export_no_ornament() -> None:
    """An essay without tiles has no sheets and no icons."""
    made = ornament({})
    assert not made.files
    assert [*made.tiles, *made.mark, *made.part, *made.icons] == []
