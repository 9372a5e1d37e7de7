"""A map on its page: its words and marker before any script, its networks beside it, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import Problems, SiteBroken
from pipeline.essay.model import Placement
from pipeline.site.maps import LatentMap, map_of
from pipeline.site.places import Spot, place
from tests.site import island

PLACEMENT = Placement("map", "island/map", "Twenty-five blots.", "Blots that <em>never</em> were.", 7)


def made(tmp_path: Path, **changes: object) -> LatentMap:
    """The map of the island."""
    return map_of(PLACEMENT, "5.1", island.essay(tmp_path / "content"), island.results(tmp_path / "store", **changes))


def test_map_says_what_is_at_its_start(tmp_path: Path) -> None:
    """Address, words and certainty of the first place are printed; all words at once are right with .9 times .8."""
    found = made(tmp_path)
    assert (found.address, found.called, found.sure) == ("+1.00, 0.00", "middle-aged, smiling", "72\u00a0%")
    assert found.corners == ("old, frowning", "old, smiling", "young, frowning", "young, smiling")


def test_map_marker_stands_in_the_middle_of_its_cell(tmp_path: Path) -> None:
    """One standard deviation right of the middle of five is the fourth cell: 70 per cent across, half way up."""
    found = made(tmp_path)
    assert (found.percent(1.0), found.percent(0.0), found.percent(-2.0)) == (70.0, 50.0, 10.0)
    assert (found.cell.x, found.cell.y, found.cell.edge) == (48, 32, 16)


def test_map_networks_wait_beside_the_page(tmp_path: Path) -> None:
    """The networks are a file of the site that the page does not load at once."""
    essay, results = island.essay(tmp_path / "content"), island.results(tmp_path / "store")
    placed = place(Spot(PLACEMENT, "5.1", essay, results), "05.md")
    assert placed.scripts == ()
    script = placed.files["data/island-map.js"]
    assert isinstance(script, bytes) and script.startswith(b'LatentMap.ship("island/map", {') and script.isascii()
    assert 'data-script="data/island-map.js"' in placed.html and "Blots that <em>never</em> were." in placed.html
    assert "style=" not in placed.html


def test_map_of_another_export_is_refused(tmp_path: Path) -> None:
    """An export without sheet, facts or weights is named with the chapter's line."""
    essay, results = island.essay(tmp_path / "content"), island.results(tmp_path / "store")
    results.exports["island/map"] = {}  # type: ignore[index]
    with pytest.raises(SiteBroken, match=r'05\.md:7: the export "island/map" holds no map: map\.json, sheet\.webp'):
        place(Spot(PLACEMENT, "5.1", essay, results), "05.md")


def test_map_wants_a_name_for_all_that_its_reader_says(tmp_path: Path) -> None:
    """A reader of four names and words for three do not go together."""
    with pytest.raises(SiteBroken, match='has 3 names for "age", and its reader 4'):
        made(tmp_path, names=4)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("map:island/mep", 'no export "mep" in study island. Did you mean "map"?'),
        ("map:island/other", 'no words for the map "other"'),
        ("map:iland/map", 'no study "iland". Did you mean "island"?'),
    ],
)
def test_map_that_is_missing_is_found_before_training(tmp_path: Path, address: str, told: str) -> None:
    """A map without export, or of an export that is no map, is a problem at its line when the essay is read."""
    with pytest.raises(Problems) as caught:
        island.essay(tmp_path, chapter=island.CHAPTER.replace("map:island/map", address))
    assert told in str(caught.value) and "05-island.md:9" in str(caught.value)


def test_map_words_ask_for_numbers_that_exist(tmp_path: Path) -> None:
    """A number in the words of a way is checked like any other."""
    with pytest.raises(Problems, match="no value"):
        island.essay(tmp_path, words=island.WORDS.replace("words: Found too.", 'words: "{{ island.nothing }}"'))
