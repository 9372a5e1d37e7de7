"""The cover's wall: the one thing that moves unasked."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, until

MOVES = "(() => { const v = document.querySelector('cover-loop video'); return !v.paused && v.currentTime > 0.1 })()"
VIDEO = "document.querySelector('cover-loop video')"


def button(page: Page) -> str:
    """What the button under the wall offers."""
    return page.locator(".cover-pause").inner_text().strip()


def test_cover_moves_silently_and_can_be_paused(open_page: OpenPage) -> None:
    """The wall moves when the page has loaded, without sound, and stays paused once the reader has paused it."""
    page = open_page("index.html")
    until(page, MOVES)
    assert page.evaluate(f"{VIDEO}.muted && {VIDEO}.loop")
    assert button(page) == "Pause"
    page.locator(".cover-pause").click()
    until(page, f"{VIDEO}.paused")
    page.evaluate("scrollTo(0, 5000)")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(300)
    assert page.evaluate(f"{VIDEO}.paused")
    assert button(page) == "Play"


def test_cover_stays_still_where_less_motion_is_wanted(open_page: OpenPage) -> None:
    """Under reduced motion nothing is fetched and nothing moves until the reader presses Play."""
    page = open_page("index.html", reduced_motion="reduce")
    page.wait_for_timeout(500)
    assert page.evaluate(f"{VIDEO}.paused && {VIDEO}.readyState === 0")
    assert page.locator("cover-loop img").is_visible()
    page.locator(".cover-pause").click()
    until(page, MOVES)


def test_pause_everything_stops_the_cover(open_page: OpenPage) -> None:
    """The bar's button counts the wall among what moves."""
    page = open_page("index.html")
    until(page, MOVES)
    page.locator("pause-all button").click()
    until(page, f"{VIDEO}.paused")
    assert not page.locator("pause-all button").is_visible()


def test_cover_follows_the_theme(open_page: OpenPage) -> None:
    """A change of theme shows the wall in the other ink, and it moves on."""
    page = open_page("index.html", color_scheme="light")
    until(page, MOVES)
    page.emulate_media(color_scheme="dark")
    until(page, f"{VIDEO}.currentSrc.includes('dark')")
    until(page, MOVES)


def test_cover_without_scripts_is_a_picture(open_page: OpenPage) -> None:
    """Without scripts the wall is its poster, and offers no button that would do nothing."""
    page = open_page("index.html", java_script_enabled=False)
    assert page.locator("cover-loop img").is_visible()
    assert not page.locator(".cover-pause").is_visible()
