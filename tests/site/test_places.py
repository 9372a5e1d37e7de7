"""Figures take their places, and a kind without a part is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SiteBroken
from pipeline.essay.model import Placement
from pipeline.site.places import Spot, place
from tests.site import folio


def spot(tmp_path: Path, kind: str, name: str) -> Spot:
    """A figure on a page."""
    placement = Placement(kind, name, "Hills & dales.", "They <em>meet</em>.", 7)  # type: ignore[arg-type]
    return Spot(placement, "4.1", folio.essay(tmp_path / "content"), folio.results(tmp_path / "store"))


def test_film_brings_its_files_and_data(tmp_path: Path) -> None:
    """A film's player comes with films, posters and a data script."""
    placed = place(spot(tmp_path, "film", "dance/hills"), "04.md")
    assert placed.scripts == ("data/dance-hills.js",)
    assert {"films/dance-hills-light.mp4", "posters/dance-hills-dark.webp"} <= set(placed.files)
    assert 'id="hills"' in placed.html


def test_still_shows_both_posters(tmp_path: Path) -> None:
    """A still is the film's poster in each theme, with its alt text and caption."""
    placed = place(spot(tmp_path, "still", "dance/hills"), "04.md")
    assert placed.html.count('alt="Hills &amp; dales."') == 2
    assert "They <em>meet</em>." in placed.html
    assert len(placed.files) == 2


def test_image_is_copied_from_content(tmp_path: Path) -> None:
    """A picture of the author's goes to images/."""
    placed = place(spot(tmp_path, "image", "pictures/a.png"), "04.md")
    assert placed.files == {"images/a.png": tmp_path / "content" / "pictures/a.png"}


def test_session_brings_tasks_and_nothing_else(tmp_path: Path) -> None:
    """A study session is HTML alone: its tasks, its caption, a box of its own name."""
    placed = place(spot(tmp_path, "session", "study"), "15.md")
    assert (placed.files, placed.scripts) == ({}, ())
    assert placed.html.count("<li ") == 2
    assert 'id="study-text"' in placed.html
    assert "They <em>meet</em>." in placed.html


def test_unknown_kind_names_its_line(tmp_path: Path) -> None:
    """A kind that no part shows is an error with file and line."""
    with pytest.raises(SiteBroken, match=r'04\.md:7: no page part shows a "sound"'):
        place(spot(tmp_path, "sound", "dance/hills"), "04.md")


def test_door_leads_into_the_lab(tmp_path: Path) -> None:
    """A lab is a link into the Lab with its settings in the address, under the words of the chapter."""
    placed = place(spot(tmp_path, "lab", "hasty"), "06.md")
    assert 'href="lab.html#lab?data=ring&amp;penalty=none&amp;forger=0.01' in placed.html
    assert "Hills &amp; dales." in placed.html and "They <em>meet</em>." in placed.html
    assert (placed.files, placed.scripts) == ({}, ())


def test_unknown_settings_of_the_lab_are_named(tmp_path: Path) -> None:
    """A door into a room that there is not is an error, with the nearest that there is."""
    with pytest.raises(SiteBroken, match=r'06\.md:7: the Lab has no settings "hast". Did you mean "hasty"'):
        place(spot(tmp_path, "lab", "hast"), "06.md")
