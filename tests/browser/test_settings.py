"""Choices of the whole site: theme, sound, volume; remembered, shared, and not needed."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage, cursor, until

PAGE = "01-the-hill.html"
NO_STORAGE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
)


def test_sound_switch_mutes_every_film(open_page: OpenPage) -> None:
    """The switch under a film and the one in the bar are one, and a film is mute while it is off."""
    page = open_page(PAGE)
    assert not cursor(page)["muted"]
    page.locator("#climb sound-switch button").click()
    assert cursor(page)["muted"]
    assert cursor(page, "descent")["muted"]
    in_the_bar = page.get_by_role("switch", name="Sound off")
    assert in_the_bar.count() == 2
    assert in_the_bar.first.get_attribute("aria-checked") == "false"
    in_the_bar.first.click()
    assert not cursor(page)["muted"]


def test_sound_is_in_the_film_and_nowhere_else(open_page: OpenPage) -> None:
    """The film with a soundtrack decodes audio, and no script takes the video's sound into its own hands."""
    page = open_page(PAGE, before="delete AudioContext.prototype.createMediaElementSource")
    page.locator("#climb .film-play").click()
    until(page, "document.querySelector('#climb video').webkitAudioDecodedByteCount > 0")


def test_silent_figure_offers_no_sound_switch(open_page: OpenPage) -> None:
    """A figure without a soundtrack has neither switch nor tones."""
    page = open_page(PAGE)
    assert page.locator("#descent sound-switch").count() == page.locator("#descent tone-button").count() == 0


def test_choices_are_remembered_on_the_next_page(open_page: OpenPage) -> None:
    """Theme, sound and volume hold on other pages."""
    page = open_page(PAGE)
    page.evaluate("essay.choose({ theme: 'dark', sound: false, volume: 0.25 })")
    page.goto(page.url.replace(PAGE, "02-the-valley.html"))
    assert page.evaluate("[essay.choices.theme, essay.choices.sound, essay.choices.volume]") == ["dark", False, 0.25]
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_theme_switch_goes_round(open_page: OpenPage) -> None:
    """The switch goes from the system's theme to light, to dark and back, and the page follows."""
    page = open_page(PAGE, color_scheme="dark")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    button = page.locator("theme-switch button")
    shades = [page.evaluate(paper)]
    for _ in range(3):
        button.click()
        shades.append(page.evaluate(paper))
    dark, light = shades[0], shades[1]
    assert dark != light
    assert shades == [dark, light, dark, dark]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_poster_follows_the_chosen_theme(open_page: OpenPage, theme: str) -> None:
    """A reader's own theme outweighs the system's for the posters, too."""
    page = open_page(PAGE, color_scheme="light" if theme == "dark" else "dark")
    page.evaluate(f"essay.choose({{ theme: '{theme}' }})")
    until(page, f"document.querySelector('#climb .film-poster').currentSrc.includes('climb-{theme}')")


def test_without_storage_choices_last_as_long_as_the_page(open_page: OpenPage) -> None:
    """Where storage is forbidden everything works and nothing is remembered."""
    page = open_page(PAGE, before=NO_STORAGE)
    page.locator("theme-switch button").click()
    page.locator("#climb sound-switch button").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert cursor(page)["muted"]
    page.reload()
    assert not cursor(page)["muted"]


def test_nonsense_in_storage_is_passed_over(open_page: OpenPage) -> None:
    """A theme or volume that nobody could have chosen leaves the defaults."""
    page = open_page(PAGE)
    page.evaluate(
        "for (const [k, v] of [['theme', 'pink'], ['volume', 'NaN'], ['sound', '?']]) localStorage['imagine.' + k] = v"
    )
    page.reload()
    assert page.evaluate("[essay.choices.theme, essay.choices.sound, essay.choices.volume]") == ["system", True, 0.7]
