"""The study session with a reader's hands: a timer that keeps its word, and a box that loses none of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Dialog, Page

from tests.browser.conftest import OpenPage, awake, until

PAGE = "03-the-desk.html"
KEY = "imagine.session.study.text"
FORBIDDEN = (
    """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });"""
)
FULL = """Storage.prototype.setItem = function () { throw new DOMException("full", "QuotaExceededError"); };"""
FILLS = """const set = Storage.prototype.setItem; window.room = 20;
Storage.prototype.setItem = function (key, text) {
    if (text.length > room) throw new DOMException("full", "QuotaExceededError");
    set.call(this, key, text); };"""


def write(page: Page, text: str) -> None:
    """Type at the end of the box."""
    page.locator(".session-text").press("Control+End")
    page.keyboard.insert_text(text)


def kept(page: Page, text: str) -> None:
    """Wait, less than a second, until storage holds just this."""
    until(page, f"text => (localStorage.getItem('{KEY}') ?? '') === text", text, seconds=0.95)


def said(page: Page, part: str) -> str:
    """What stands in a part of the session, its spaces all alike."""
    return " ".join((page.locator(f".session-{part}").first.text_content() or "").split())


def timed(open_page: OpenPage, **options: str) -> Page:
    """The page, with a clock that the test moves."""
    page = open_page(PAGE, **options)
    page.clock.install(time=0)
    page.reload()
    return page


# ---- the box ------------------------------------------------------------------------------------------------------


def test_text_is_saved_as_typed_and_survives_a_reload(open_page: OpenPage) -> None:
    """Within a second of typing the text is on the reader's machine; after a reload it stands there, counted."""
    page = open_page(PAGE)
    assert said(page, "count") == "0 words"
    write(page, "The detective's fine; don't blur: 2,500 words, said D.\n\nÜber-Fälscher")
    assert said(page, "count") == "10 words"
    kept(page, page.locator(".session-text").input_value())
    assert said(page, "kept") == "Saved on this machine."
    page.reload()
    assert page.locator(".session-text").input_value().endswith("Über-Fälscher")
    assert (said(page, "count"), said(page, "kept")) == ("10 words", "Saved on this machine.")


def test_last_letters_are_saved_when_the_page_is_left(open_page: OpenPage) -> None:
    """What was typed just before leaving, sooner than any timer, is kept all the same."""
    page = open_page(PAGE)
    page.evaluate("window.setTimeout = () => 1; 0")  # the timer never comes
    write(page, "in a hurry")
    page.reload()
    assert page.locator(".session-text").input_value() == "in a hurry"


def test_text_is_downloaded_under_its_question(open_page: OpenPage, tmp_path: Path) -> None:
    """The file is Markdown: the question as its heading, then the text, letter by letter."""
    page = open_page(PAGE)
    write(page, "First *this*,\n\nthen that.")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download as .md").click()
    assert caught.value.suggested_filename == "the-first-step.md"
    caught.value.save_as(tmp_path / "text.md")
    text = (tmp_path / "text.md").read_text(encoding="utf-8")
    assert text == "# Why were GANs the first step to deepfakes and to AI art?\n\nFirst *this*,\n\nthen that.\n"


def test_clearing_asks_and_escape_keeps_the_text(open_page: OpenPage) -> None:
    """By keyboard alone: the question takes the focus, Escape and "Keep it" change nothing and give the focus back."""
    page = open_page(PAGE)
    write(page, "one two three")
    clear = page.locator(".session-clear")
    for refuse in ("Escape", "Enter"):
        clear.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Clear your text of 3 words? It cannot be brought back.")
        assert dialog.is_visible()
        assert page.evaluate("document.activeElement.textContent") == "Keep it"
        page.keyboard.press(refuse)
        assert not dialog.is_visible()
        assert clear.evaluate("button => button === document.activeElement")
        assert page.locator(".session-text").input_value() == "one two three"


def test_cleared_text_is_gone_from_the_machine(open_page: OpenPage) -> None:
    """After "Clear it" the box is empty, storage holds nothing of it, and the focus is in the box."""
    page = open_page(PAGE)
    write(page, "one two three")
    kept(page, "one two three")
    page.locator(".session-clear").click()
    page.get_by_role("button", name="Clear it").click()
    kept(page, "")
    assert page.evaluate("document.activeElement.id") == "study-text"
    page.reload()
    assert page.locator(".session-text").input_value() == ""


@pytest.mark.parametrize(("broken", "words"), [(FORBIDDEN, "keeps nothing for this page"), (FULL, "storage is full")])
def test_storage_forbidden_or_full_is_said_before_a_word_is_typed(open_page: OpenPage, broken: str, words: str) -> None:
    """The box says at once that it cannot save, offers the download, and leaving asks until there is a file."""
    page = open_page(PAGE, before=broken)
    assert words in said(page, "warning")
    assert page.locator(".session-warning").get_attribute("role") == "alert"
    rescue = page.get_by_role("button", name="Download your text now")
    assert rescue.is_visible()
    write(page, "not to be lost")
    assert said(page, "kept") == "Not saved."
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.evaluate("window.leaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true })); 0")
    assert page.evaluate("leaving()") is True
    with page.expect_download():
        rescue.click()
    assert page.evaluate("leaving()") is False
    write(page, ", this neither")
    page.reload()
    assert asked == ["beforeunload"]


def test_storage_that_fills_up_is_said_and_forgiven(open_page: OpenPage) -> None:
    """When room runs out the box says so and keeps the text; when there is room again, all of it is saved."""
    page = open_page(PAGE, before=FILLS)
    write(page, "short")
    kept(page, "short")
    write(page, ", and then much too long")
    until(page, "document.querySelector('.session-warning').textContent.includes('full')")
    assert page.locator(".session-text").input_value() == "short, and then much too long"
    page.evaluate("window.room = 1000")
    write(page, ".")
    kept(page, "short, and then much too long.")
    assert said(page, "warning") == ""


def second(page: Page) -> Page:
    """The same page in another tab."""
    other = page.context.new_page()
    other.goto(page.url)
    awake(other)
    return other


def test_second_tab_is_followed_and_it_is_said(open_page: OpenPage) -> None:
    """A tab with nothing of its own shows what another wrote, and says so."""
    page = open_page(PAGE)
    other = second(page)
    write(other, "written over there")
    until(page, "document.querySelector('.session-text').value === 'written over there'")
    assert "changed in another tab" in said(page, "warning")
    write(page, ", and on")
    kept(page, "written over there, and on")


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        ("Keep both, one below the other", "mine\n\n---\n\ntheirs"),
        ("Keep only this one", "mine"),
        ("Take only the other", "theirs"),
    ],
)
def test_two_tabs_with_two_texts_let_the_reader_choose(open_page: OpenPage, choice: str, text: str) -> None:
    """Neither text overwrites the other; the reader keeps both or one, and both tabs then show it."""
    page = open_page(PAGE)
    page.evaluate("window.setTimeout = () => 1; 0")  # not saved before the other tab is
    write(page, "mine")
    other = second(page)
    write(other, "theirs")
    kept(other, "theirs")
    until(page, "document.querySelector('writing-box').dataset.state === 'torn'")
    assert page.locator(".session-text").input_value() == "mine"
    assert "Another tab has saved a different text, of 1 word." in said(page, "warning")
    page.get_by_role("button", name=choice).click()
    kept(page, text)
    assert page.locator(".session-text").input_value() == text
    until(other, "text => document.querySelector('.session-text').value === text", text)


def test_two_texts_are_both_there_after_a_reload(open_page: OpenPage) -> None:
    """Whoever leaves before choosing finds both texts again, what was typed meanwhile too."""
    page = open_page(PAGE)
    page.evaluate("window.setTimeout = () => 1; 0")
    write(page, "mine")
    other = second(page)
    write(other, "theirs")
    kept(other, "theirs")
    until(page, "document.querySelector('writing-box').dataset.state === 'torn'")
    write(page, ", longer")
    page.reload()
    assert page.locator(".session-text").input_value() == "mine, longer"
    page.get_by_role("button", name="Keep both").click()
    kept(page, "mine, longer\n\n---\n\ntheirs")
    page.reload()
    assert said(page, "warning") == ""


def test_text_cleared_in_another_tab_is_not_lost_here(open_page: OpenPage) -> None:
    """What still stands in this tab stays until the reader has chosen."""
    page = open_page(PAGE)
    write(page, "dear words")
    kept(page, "dear words")
    other = second(page)
    other.locator(".session-clear").click()
    other.get_by_role("button", name="Clear it").click()
    until(page, "document.querySelector('writing-box').dataset.state === 'torn'")
    assert "cleared in another tab" in said(page, "warning")
    write(other, "new")
    until(page, "document.querySelector('.session-warning').textContent.includes('1 word')")
    assert page.locator(".session-text").input_value() == "dear words"
    page.get_by_role("button", name="Keep only this one").click()
    kept(page, "dear words")


# ---- the timer ----------------------------------------------------------------------------------------------------


def test_timer_goes_through_both_tasks(open_page: OpenPage) -> None:
    """Twenty minutes to read, a tone, twenty to write, a lower tone; the ear is told at 10, 5 and 1 minutes only."""
    page = timed(open_page)
    page.evaluate("window.tones = []; Chimes.play = how => void tones.push(how); 0")
    page.evaluate(
        """() => { window.spoken = []; new MutationObserver(() => spoken.push(document.querySelector(
        ".session-spoken").textContent)).observe(document.querySelector(".session-spoken"), { childList: true }) }"""
    )
    assert said(page, "words") == "20 minutes left to read, not started"
    page.get_by_role("button", name="Start", exact=True).click()
    page.clock.run_for("00:08")
    assert said(page, "clock") == "19:52"
    assert said(page, "words") == "19 minutes and 52 seconds left to read"
    page.clock.run_for("19:52")
    assert page.locator("[aria-current=step]").get_attribute("data-to") == "write"
    assert page.evaluate("tones") == ["turn"]
    page.clock.run_for("20:00")
    assert page.evaluate("tones") == ["turn", "end"]
    assert said(page, "words") == "The session is over"
    assert page.evaluate("spoken") == [
        "20 minutes to read.", "10 minutes left to read.", "5 minutes left to read.", "1 minute left to read.",
        "Time to write: 20 minutes.", "10 minutes left to write.", "5 minutes left to write.",
        "1 minute left to write.", "The session is over. Your text stays here.",
    ]  # fmt: skip


def test_timer_is_right_after_a_sleep(open_page: OpenPage) -> None:
    """A tab that slept for 25 minutes wakes in the fifth minute of writing."""
    page = timed(open_page)
    page.locator(".session-go").click()
    page.clock.fast_forward("25:00")
    assert said(page, "words") == "15 minutes left to write"


def test_pause_holds_and_continue_goes_on(open_page: OpenPage) -> None:
    """Paused, an hour takes nothing away; continued, time goes on from there."""
    page = timed(open_page)
    go = page.locator(".session-go")
    go.click()
    page.clock.run_for("05:00")
    go.click()
    assert said(page, "spoken") == "Paused, with 15 minutes left."
    page.clock.run_for("01:00:00")
    assert said(page, "words") == "15 minutes left to read, paused"
    assert " ".join(go.inner_text().split()) == "Continue"
    go.click()
    page.clock.run_for("01:00")
    assert said(page, "words") == "14 minutes left to read"


def test_skip_and_start_over(open_page: OpenPage) -> None:
    """Skip goes to writing and runs on, then to the end; Start over stands at the beginning."""
    page = timed(open_page)
    page.locator(".session-go").click()
    page.get_by_role("button", name="Skip to writing").click()
    page.clock.run_for("01:00")
    assert said(page, "words") == "19 minutes left to write"
    page.get_by_role("button", name="Finish now").click()
    assert said(page, "words") == "The session is over"
    assert page.get_by_role("button", name="Finish now").get_attribute("aria-disabled") == "true"
    page.get_by_role("button", name="Start over").click()
    assert said(page, "words") == "20 minutes left to read, not started"


@pytest.mark.parametrize("running", [True, False])
def test_timer_survives_a_reload(open_page: OpenPage, running: bool) -> None:
    """A running timer has gone on while the page was away; a paused one has not; neither sounds by itself."""
    page = timed(open_page)
    page.locator(".session-go").click()
    page.clock.run_for("02:00")
    if not running:
        page.locator(".session-go").click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.clock.run_for("03:00")
    page.reload()
    assert said(page, "words") == f"{'15 minutes left to read' if running else '18 minutes left to read, paused'}"


@pytest.mark.parametrize("memory", ["{", "null", '{"task": 7, "left": 5, "end": null}', '{"task": 0, "left": -1}'])
def test_broken_memory_of_the_timer_is_forgotten(open_page: OpenPage, memory: str) -> None:
    """What another hand left in the storage does no harm."""
    page = open_page(PAGE, before=f"localStorage.setItem('imagine.session.study', '{memory}')")
    assert said(page, "words") == "20 minutes left to read, not started"


def test_timer_works_where_storage_is_forbidden(open_page: OpenPage) -> None:
    """Without storage or audio the timer runs all the same."""
    page = timed(open_page, before=FORBIDDEN + "delete window.AudioContext;")
    page.locator(".session-go").click()
    page.clock.run_for("20:01")
    assert said(page, "words") == "19 minutes and 59 seconds left to write"


def test_tones_follow_the_sites_switch(open_page: OpenPage) -> None:
    """At the turn a tuning fork of 330 Hz sounds, and nothing while sound is off."""
    page = timed(open_page)
    page.evaluate("window.heard = []; Tones.play = voice => void heard.push(voice.hz); 0")
    page.locator(".session-go").click()
    page.clock.run_for("20:02")
    assert page.evaluate("heard") == [330]
    page.evaluate("essay.choose({ sound: false })")
    page.clock.run_for("20:02")
    assert page.evaluate("heard") == [330]


# ---- every reader -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_trouble_or_in_the_question(open_page: OpenPage, theme: str) -> None:
    """No rule of axe is broken while the timer runs and storage is full, nor in the dialog."""
    page = open_page(PAGE, before=FULL, color_scheme=theme)
    page.locator(".session-go").click()
    write(page, "words")
    for dialog in (False, True):
        if dialog:
            page.locator(".session-clear").click()
        found = Axe().run(page, options={"preload": False})
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 1440])
def test_everything_fits_and_is_large_enough(open_page: OpenPage, width: int) -> None:
    """In its widest state nothing leaves the screen, and every button is at least 44 px high and wide."""
    page = open_page(PAGE, width=width)
    page.evaluate("document.querySelectorAll('.session-box [hidden]').forEach(part => part.hidden = false)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator("study-session button").filter(visible=True).evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).filter(r => Math.min(r.width, r.height) < 43.5).length"
    )  # fmt: skip
    assert small == 0


def test_without_scripts_the_tasks_are_words(open_page: OpenPage) -> None:
    """Without scripts two tasks and a plain note are there, and no control that would do nothing."""
    page = open_page(PAGE, java_script_enabled=False)
    words = page.locator("study-session").inner_text()
    for part in ("twenty minutes", "Why were GANs the first step", "A clock and a sheet of paper", "What you write"):
        assert part in words, part
    assert page.locator("study-session :is(button, textarea)").filter(visible=True).count() == 0


def test_paper_bears_what_was_written(open_page: OpenPage) -> None:
    """Printed, the session is its tasks and the whole text, without controls."""
    page = open_page(PAGE)
    text = "A long line.\n" * 60
    write(page, text)
    page.emulate_media(media="print")
    printed = page.locator(".session-printed")
    assert printed.is_visible()
    assert printed.text_content() == text
    assert not page.locator(".session-text").is_visible()
    assert page.locator(".session-question").is_visible()
