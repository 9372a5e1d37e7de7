"""When something is missing: a picture, a film's data, scripts, storage, sound. A readable page, and a word of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.conftest import OpenPage, cursor, until

CHAPTER, QUIZ = "01-the-hill.html", "02-the-valley.html"
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage", "indexedDB"])
    Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError") } });"""
NO_SOUND = "for (const name of ['AudioContext', 'webkitAudioContext']) delete window[name];"


def without(site: Path, folder: Path, pattern: str) -> Path:
    """A copy of the site in which the files of a pattern are missing."""
    copy = folder / "site"
    shutil.copytree(site, copy)
    missing = list(copy.glob(pattern))
    assert missing
    for path in missing:
        path.unlink()
    return copy


def test_missing_picture_leaves_its_words(open_page: OpenPage, site: Path, tmp_path: Path, faults: list[str]) -> None:
    """Where a poster did not arrive its description stands in its place, at its size, and the film still plays."""
    page = open_page(CHAPTER, folder=without(site, tmp_path, "posters/*"))
    poster = page.locator("#climb .film-poster")
    poster.scroll_into_view_if_needed()
    until(page, "document.querySelector('#climb .film-poster').complete")
    assert poster.evaluate("image => image.naturalWidth") == 0
    assert poster.get_attribute("alt")
    box = page.locator("#climb .film-stage").bounding_box()
    assert box and box["height"] == pytest.approx(box["width"] * 9 / 16, abs=2)
    page.locator("#climb .film-play").click()
    until(page, "document.getElementById('climb').cursor.index > 2")
    faults.clear()


def test_missing_film_is_said(open_page: OpenPage, site: Path, tmp_path: Path, faults: list[str]) -> None:
    """Where the film did not arrive the note says so, and the numbers follow the cursor."""
    page = open_page(CHAPTER, folder=without(site, tmp_path, "films/hill-climb-*"))
    page.locator("#climb .film-play").click()
    page.locator("#climb .film-note").get_by_text("cannot play the film").wait_for()
    page.locator("#climb .scrub-range").fill("20")
    assert cursor(page)["frame"] == 20
    faults.clear()


def test_missing_data_of_a_film_is_said(open_page: OpenPage, site: Path, tmp_path: Path, faults: list[str]) -> None:
    """Where a film's numbers did not arrive its note says what to do; picture, words and the other film are there."""
    page = open_page(CHAPTER, folder=without(site, tmp_path, "data/hill-climb.js"))
    page.locator("#climb .film-note").get_by_text("did not arrive").wait_for()
    assert page.locator("#climb .film-poster").is_visible()
    assert "The walker is high" in page.locator("#climb .film-line").inner_text()
    assert not page.locator("#climb .film-controls").is_visible()
    page.locator("#descent .film-play").click()
    until(page, "document.getElementById('descent').cursor.index > 2")
    faults.clear()


def test_missing_scripts_leave_the_page_without_scripts(
    open_page: OpenPage, site: Path, tmp_path: Path, faults: list[str]
) -> None:
    """Where the shared scripts did not arrive the page is the one without scripts: the quiz is its answer sheet."""
    page = open_page(QUIZ, folder=without(site, tmp_path, "scripts/book.js"))
    until(page, "!document.documentElement.classList.contains('scripted')")
    assert page.locator(".quiz-paper").is_visible()
    assert not page.locator(".quiz-table").is_visible()
    assert not page.locator("theme-switch").is_visible()
    faults.clear()


@pytest.mark.parametrize("name", ["index.html", CHAPTER, QUIZ, "03-the-desk.html", "search.html"])
def test_pages_live_without_storage_and_sound(open_page: OpenPage, name: str) -> None:
    """Where storage is forbidden and there is no sound, every page opens and its switches answer, without a fault."""
    page = open_page(name, before=NO_STORAGE + NO_SOUND)
    page.locator("theme-switch button").first.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.locator("sound-switch button").first.click()
    assert page.evaluate("essay.choices.sound") is False


def test_quiz_is_played_without_storage_and_sound(open_page: OpenPage) -> None:
    """A round can be answered, and the next one comes."""
    page = open_page(QUIZ, before=NO_STORAGE + NO_SOUND)
    page.locator(".quiz-tile").first.click()
    page.locator(".quiz-next").click()
    assert " ".join(page.locator(".quiz-title").inner_text().split()) == "Round 2 of 6"
