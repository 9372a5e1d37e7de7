"""A term's card: by pointer, by keyboard, gone by Escape; a link with a title without scripts."""

from __future__ import annotations

from tests.browser.conftest import OpenPage, until

CHAPTER = "01-the-hill.html"
SHOWN = "document.querySelector('.term-card')?.matches(':popover-open') ?? false"


def test_card_shows_on_focus_and_goes_by_escape(open_page: OpenPage) -> None:
    """Focus shows the definition, described to screen readers; Escape hides it and keeps the focus."""
    page = open_page(CHAPTER)
    term = page.locator("a.term").first
    means = term.get_attribute("data-means")
    page.keyboard.press("Tab")
    term.focus()
    until(page, SHOWN)
    assert page.locator(".term-card").inner_text() == means
    assert term.get_attribute("aria-describedby") == "term-card"
    page.keyboard.press("Escape")
    assert not page.evaluate(SHOWN)
    assert term.get_attribute("aria-describedby") is None
    assert term.evaluate("term => term === document.activeElement")


def test_card_stays_under_the_pointer_and_on_the_screen(open_page: OpenPage) -> None:
    """The pointer may move onto the card; the card lies within the screen at 320 px; leaving hides it."""
    page = open_page(CHAPTER, width=320)
    page.locator("a.term").first.hover()
    until(page, SHOWN)
    box = page.locator(".term-card").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    page.locator(".term-card").hover()
    page.wait_for_timeout(300)
    assert page.evaluate(SHOWN)
    page.mouse.move(1, 1)
    until(page, f"!({SHOWN})")


def test_without_scripts_a_term_is_a_link_with_its_meaning(open_page: OpenPage) -> None:
    """Its title tells the meaning, its address leads to the glossary."""
    term = open_page(CHAPTER, java_script_enabled=False).locator("a.term").first
    assert term.get_attribute("title")
    assert (term.get_attribute("href") or "").startswith("glossary.html#")
