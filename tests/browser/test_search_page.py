"""Search from a folder: by keyboard alone, by link, from Contents, without an index, without scripts."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, awake, until


def hits(page: Page) -> list[str]:
    """The titles and places of what was found."""
    return [hit.inner_text() for hit in page.locator(".search-hits a").all()]


def search(page: Page, words: str) -> None:
    """Type, and wait for an answer."""
    page.locator("search-page input").fill(words)
    until(page, "document.querySelector('.search-count').textContent !== ''")


def test_search_finds_marks_and_leads(open_page: OpenPage) -> None:
    """A word is found at its section, marked, counted; the keyboard walks to the hit and opens it."""
    page = open_page("search.html")
    assert page.evaluate("document.activeElement.id") == "search-words"
    search(page, "HILL")
    assert page.locator(".search-count").inner_text().split()[1] in ("place", "places")
    assert {mark.inner_text().lower() for mark in page.locator("mark").all()} == {"hill"}
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement === document.querySelector('.search-hits a')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "search.html" not in url)


def test_search_asks_for_every_word(open_page: OpenPage) -> None:
    """A second word narrows; an unknown one leaves nothing and says so; odd signs are no patterns."""
    page = open_page("search.html")
    search(page, "hill")
    many = len(hits(page))
    search(page, "hill zzzz")
    assert hits(page) == []
    assert "Nothing found" in page.locator(".search-count").inner_text()
    search(page, "hill (.*")
    assert len(hits(page)) == many


def test_search_can_be_linked(open_page: OpenPage) -> None:
    """The words stand in the address, and an address with words shows their hits."""
    page = open_page("search.html#q=hill")
    until(page, "document.querySelectorAll('.search-hits a').length > 0")
    page.locator("search-page input").fill("walk")
    assert page.evaluate("location.hash") == "#q=walk"


def test_contents_lead_to_search(open_page: OpenPage) -> None:
    """A word in Contents and Enter open the search page with it."""
    page = open_page("glossary.html")
    page.get_by_role("button", name="Contents").click()
    page.locator("search-box input").fill("hill & walk")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html#q=hill*")
    awake(page)
    assert page.locator("search-page input").input_value() == "hill & walk"


def test_missing_index_is_said(open_page: OpenPage, site: Path, tmp_path: Path, faults: list[str]) -> None:
    """Where the index does not load, the page says so and what to do."""
    for name in ("search.html", "scripts", "styles"):
        (tmp_path / name).symlink_to(site / name)
    page = open_page("search.html", folder=tmp_path)
    page.locator("search-page input").fill("hill")
    until(page, "document.querySelector('.search-count').textContent.includes('could not be loaded')")
    faults.clear()


def test_without_scripts_search_is_the_browsers_own(open_page: OpenPage) -> None:
    """The field is not shown; a link to the whole essay on one page is."""
    page = open_page("search.html", java_script_enabled=False)
    assert not page.locator("search-page").is_visible()
    assert page.locator('.without-script a[href="print.html"]').is_visible()
