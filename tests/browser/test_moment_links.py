"""Addresses of moments, and words of the prose that move a film."""

from __future__ import annotations

import pytest

from tests.browser import hill
from tests.browser.conftest import OpenPage, cursor, frame_on_screen, until

PAGE = "01-the-hill.html"


def test_moment_address_opens_the_figure_at_its_step(open_page: OpenPage) -> None:
    """An address with a step shows that figure, in view, at that step."""
    step = hill.STEPS[70]
    page = open_page(f"{PAGE}#descent?step={step}")
    until(page, f"document.getElementById('descent').cursor?.step === {step}")
    assert frame_on_screen(page, "descent") == 70
    assert page.locator("#descent .film-stage").bounding_box()["y"] < 1000  # type: ignore[index]


def test_step_without_a_frame_opens_the_nearest_one(open_page: OpenPage) -> None:
    """A step between two recorded ones opens the nearer of them."""
    between = next(step for step in range(500, 600) if step not in hill.STEPS)
    page = open_page(f"{PAGE}#climb?step={between}")
    until(page, "document.getElementById('climb').cursor?.video.readyState > 0")
    assert cursor(page)["step"] == min(hill.STEPS, key=lambda step: abs(step - between))


@pytest.mark.parametrize("moment", ["abc", "-1", "99999", "", "1e3", "%E2%98%83", "300&x=1"])
def test_broken_moment_opens_the_default_and_says_so(open_page: OpenPage, moment: str) -> None:
    """A step that does not exist leaves the figure as it is, with a quiet note."""
    page = open_page(f"{PAGE}#climb?step={moment}")
    page.locator("#climb .film-note").get_by_text("does not have").wait_for()
    assert cursor(page)["frame"] == hill.POSTER
    assert not cursor(page)["loaded"]


@pytest.mark.parametrize("fragment", ["#text?step=3", "#%", "#climb", "#nowhere"])
def test_address_of_no_moment_is_left_alone(open_page: OpenPage, fragment: str) -> None:
    """An address that names no player, or no step, changes nothing and raises nothing."""
    page = open_page(PAGE + fragment)
    until(page, "document.getElementById('climb').cursor")
    assert cursor(page)["frame"] == hill.POSTER
    page.wait_for_timeout(200)
    assert page.locator(".address-note").count() == 0


@pytest.mark.parametrize("fragment", ["#nowhere?step=3", "#?step=3", "#<img>?step=1", "#climb%20?step=4"])
def test_address_of_no_figure_opens_the_page_and_says_so(open_page: OpenPage, fragment: str) -> None:
    """Where the figure of an address is not on the page, one quiet line says so, and a right address takes it away."""
    page = open_page(PAGE + fragment)
    note = page.locator(".address-note")
    note.get_by_text("not on this page").wait_for()
    assert (note.count(), note.get_attribute("role")) == (1, "status")
    assert cursor(page)["frame"] == hill.POSTER
    page.evaluate("location.hash = '#climb?step=0'")
    until(page, "document.getElementById('climb').cursor.step === 0")
    assert note.count() == 0


def test_words_of_the_prose_move_the_film(open_page: OpenPage) -> None:
    """A link "at step 300" moves the cursor there, brings the film into view and plays nothing."""
    page = open_page(PAGE, height=500)
    page.locator("a[data-seek]").first.click()
    assert abs(cursor(page)["step"] - 300) <= 10
    assert not cursor(page)["playing"]
    box = page.locator("#climb .film-stage").bounding_box()
    assert box
    assert 0 <= box["y"] < 250


def test_link_to_a_moment_is_copied_and_stands_in_the_address(open_page: OpenPage) -> None:
    """Link to step puts this very moment into the clipboard and into the address bar, and says so."""
    page = open_page(PAGE, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#climb .scrub-range").fill("70")
    page.locator("#climb .film-link").click()
    page.locator("#climb .film-note").get_by_text("copied").wait_for()
    assert page.url.endswith(f"#climb?step={hill.STEPS[70]}")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_link_is_in_the_address_where_the_clipboard_is_closed(open_page: OpenPage) -> None:
    """Where copying is refused the note says that the link stands in the address bar."""
    page = open_page(PAGE, before="navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.locator("#climb .film-link").click()
    page.locator("#climb .film-note").get_by_text("in the address bar").wait_for()
    assert "#climb?step=" in page.url


def test_back_leads_to_the_words_again(open_page: OpenPage) -> None:
    """A reader who followed words to a figure comes back to them, place and focus, by the browser's Back."""
    page = open_page(PAGE)
    link = page.locator("a[data-seek]").first
    link.scroll_into_view_if_needed()
    link.focus()
    page.keyboard.press("Enter")
    page.go_back()
    until(page, "document.activeElement.matches('a[data-seek]')")
