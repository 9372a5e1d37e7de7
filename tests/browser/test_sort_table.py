"""A table sorted by pointer, by keyboard, by the choice of a narrow screen; and as it was written without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage

PAGE = "01-the-hill.html"
WRITTEN = ["climb", "amble", "descent", "rest"]


def rows(page: Page) -> list[str]:
    """The heads of the rows, from the top."""
    return [head.inner_text() for head in page.locator("sort-table tbody th").all()]


def said(page: Page) -> str:
    """What was announced last."""
    return page.locator(".sort-status").text_content() or ""


def test_head_sorts_up_down_and_back(open_page: OpenPage) -> None:
    """A press sorts by the measured number, another turns it round, a third restores; each is said once."""
    page = open_page(PAGE)
    assert rows(page) == WRITTEN and said(page) == ""
    head = page.get_by_role("button", name="Height")
    head.click()
    assert rows(page) == ["descent", "climb", "amble", "rest"]
    assert said(page) == "Sorted by Height, smallest first."
    assert page.locator("sort-table [aria-sort]").evaluate("head => [head.innerText.trim(), head.ariaSort]") == [
        "Height", "ascending",
    ]  # fmt: skip
    head.click()
    assert rows(page) == ["amble", "climb", "descent", "rest"]
    assert said(page) == "Sorted by Height, largest first."
    head.click()
    assert rows(page) == WRITTEN
    assert page.locator("sort-table [aria-sort]").count() == 0
    assert said(page) == "In the order in which it was written."


def test_words_are_sorted_by_the_alphabet(open_page: OpenPage) -> None:
    """A column of words goes from A to Z, by keyboard alone, and the focus stays on its head."""
    page = open_page(PAGE)
    page.get_by_role("button", name="Walk", exact=True).focus()
    page.keyboard.press("Enter")
    assert rows(page) == ["amble", "climb", "descent", "rest"]
    assert said(page) == "Sorted by Walk, from A to Z."
    assert page.evaluate("document.activeElement.innerText.trim()") == "Walk"
    page.keyboard.press("Tab")
    page.keyboard.press(" ")
    assert page.locator("sort-table [aria-sort]").inner_text().strip() == "Height"


def test_narrow_screen_offers_a_choice(open_page: OpenPage) -> None:
    """Where rows stack the heads are out of reach, and a labelled choice does the same."""
    page = open_page(PAGE, width=320)
    assert not page.locator(".sort-head").first.is_visible()
    choice = page.get_by_label("Sorted by")
    choice.select_option("Height, largest first")
    assert rows(page)[0] == "amble"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    choice.select_option("nothing: as written")
    assert rows(page) == WRITTEN


@pytest.mark.parametrize("scripts", [True, False])
def test_table_is_a_table(open_page: OpenPage, scripts: bool) -> None:
    """With and without scripts it has its caption and its heads; without, no button that would do nothing."""
    page = open_page(PAGE, java_script_enabled=scripts)
    assert page.locator("sort-table caption").inner_text().startswith("Four walks")
    assert page.locator("sort-table thead th").count() == 2
    assert page.locator("sort-table button").count() == (2 if scripts else 0)
    assert rows(page) == WRITTEN


def test_paper_shows_no_arrows(open_page: OpenPage) -> None:
    """Printed, the choice and the arrows are gone."""
    page = open_page(PAGE)
    page.emulate_media(media="print")
    assert not page.locator(".sort-choice").is_visible()
    arrow = page.locator(".sort-head").first.evaluate("head => getComputedStyle(head, '::after').content")
    assert arrow == "none"
