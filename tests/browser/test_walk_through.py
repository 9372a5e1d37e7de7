"""One walk through the pages, taken by three browsers: Chromium, Firefox and WebKit.

The small book is walked through in full; the pages of the essay itself, where they are built, are opened one by
one. Every page carries a witness, put before its first script: it keeps what went wrong, for the test to ask.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from pipeline.site.pages import build_site
from tests.browser import hill
from tests.browser.drivers.chromium import Chromium
from tests.browser.drivers.driver import Driver, until
from tests.browser.drivers.firefox import Firefox
from tests.browser.drivers.webkit import WebKit
from tests.site import island

CHAPTER, QUIZ, DESK, MAP = "01-the-hill.html", "02-the-valley.html", "03-the-desk.html", "05-island.html"
LAB = "lab.html#lab?hidden=8&batch=32"
PAPER = "print.html"
ESSAY = Path(__file__).parents[2] / "build" / "site"
WITNESS = """
window.faults = [];
for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"])
  window.addEventListener(kind, (event) => {
    const { target, message, reason, violatedDirective } = event;
    window.faults.push([kind, target.src ?? "", message ?? reason ?? violatedDirective ?? ""].join(" ")); }, true);
"""
NO_STORAGE = """
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError") } });
"""
CURSOR = """([id]) => { const { cursor } = document.getElementById(id); const { video } = cursor;
    return { frame: cursor.index, step: cursor.step, playing: cursor.playing, muted: video.muted,
             rate: video.playbackRate, source: video.currentSrc.split("/").pop() } }"""
RESTS = """([id]) => { const { video, index, data } = document.getElementById(id).cursor;
    return video.readyState > 1 && !video.seeking && Math.abs(video.currentTime * data.fps - index - 0.5) < 0.1 }"""
OPENED = """async () => { await essay.awake;
    return [...document.querySelectorAll("film-player")].every((player) => player.cursor) }"""
Open = Callable[..., Driver]


def witnessed(site: Path, folder: Path, before: str = "") -> Path:
    """A copy of a site whose pages keep their faults, and run ``before`` before anything else."""
    shutil.copytree(site, folder)
    settings = folder / "scripts" / "settings.js"
    settings.write_text(WITNESS + before + settings.read_text("utf-8"), "utf-8")
    return folder


@pytest.fixture(scope="module")
def book(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small book, and the page of its map beside it."""
    made = tmp_path_factory.mktemp("walk")
    return witnessed(site, made / "book")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one map."""
    made = tmp_path_factory.mktemp("atlas")
    build_site(island.essay(made / "content"), island.results(made / "store"), made / "site")
    return witnessed(made / "site", made / "walked")


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def driver(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Driver]:
    """One window of each browser, for all tests."""
    if request.param == "webkit" and os.environ.get("WEBKIT") == "none":
        pytest.skip("left out by WEBKIT=none")
    makers: dict[str, Callable[[], Driver]] = {
        "chromium": lambda: Chromium(browser), "firefox": Firefox, "webkit": WebKit,
    }  # fmt: skip
    made = makers[request.param]()
    yield made
    made.close()


@pytest.fixture
def walk(driver: Driver, book: Path) -> Iterator[Open]:
    """walk(address, folder=, width=, height=) -> the driver, there; in the end nothing has gone wrong on its page."""
    witnessing = [False]

    def opened(address: str, folder: Path = book, **options: Any) -> Driver:
        driver.open(f"{folder.as_uri()}/{address}", **options)
        witnessing[0] = options.get("scripts", True) and address != PAPER  # it loads no script, so no witness either
        if witnessing[0]:
            until(driver, OPENED)
        return driver

    yield opened
    if witnessing[0]:
        # a walk may end on a page that is still coming
        until(driver, "() => document.readyState === 'complete' && Boolean(window.faults)")
        assert driver.evaluate("() => window.faults") == []
        fetched = driver.evaluate("() => performance.getEntriesByType('resource').map((entry) => entry.name)")
        assert [name for name in fetched if not name.startswith(("file:", "data:", "blob:"))] == []


def cursor(driver: Driver, figure: str = "climb") -> dict[str, Any]:
    """Where the cursor of a figure stands, and what its video does."""
    state: dict[str, Any] = driver.evaluate(CURSOR, [figure])
    return state


def words(driver: Driver, selector: str) -> str:
    """What stands there, its spaces all alike."""
    return " ".join(driver.evaluate("(selector) => document.querySelector(selector).innerText", selector).split())


def on_screen(driver: Driver, figure: str = "climb") -> int:
    """The number that the picture on the screen carries, once it rests and the picture has been painted."""
    until(driver, RESTS, [figure])
    number = -1
    for _ in range(60):
        if number == (wanted := cursor(driver, figure)["frame"]):
            break
        driver.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
        shown = np.asarray(Image.open(BytesIO(driver.picture(f"#{figure} .film-stage"))).convert("L"))
        row = shown[int(shown.shape[0] * 0.95)]
        light = [row[int((bit + 0.5) * len(row) / hill.BITS)] > 128 for bit in range(hill.BITS)]
        number = sum(1 << bit for bit, on in enumerate(light) if on)
    assert number == wanted
    return number


def test_walk_plays_and_pauses(walk: Open) -> None:
    """Play begins at the start, numbers and words follow, Pause holds the frame that the picture shows."""
    driver = walk(CHAPTER)
    driver.click("#climb .film-play")
    until(driver, "() => document.getElementById('climb').cursor.index > 5")
    assert words(driver, "#climb .film-play") == "Pause"
    driver.click("#climb .film-play")
    until(driver, "() => !document.getElementById('climb').cursor.playing")
    held = on_screen(driver)
    assert held < hill.FRAMES - 1
    assert words(driver, "#climb .readout [data-step]") == f"{hill.STEPS[held]:,}"


def test_walk_scrubs_by_pointer_and_steps_from_the_wish(walk: Open) -> None:
    """A press on the scrubber shows that frame; five quick steps are five steps on; the link follows."""
    driver = walk(CHAPTER)
    driver.click("#climb .scrub-range", across=0.4, down=0.7)
    frame = on_screen(driver)
    assert abs(frame - 0.4 * hill.FRAMES) < 4
    driver.evaluate("() => { for (let i = 0; i < 5; i++) document.querySelector('#climb .film-forward').click() }")
    assert on_screen(driver) == frame + 5
    address = "() => document.querySelector('#climb .film-link').getAttribute('href')"
    assert driver.evaluate(address) == f"#climb?step={hill.STEPS[frame + 5]}"


def test_walk_goes_at_the_chosen_speed(walk: Open) -> None:
    """The chosen speed is that of the video."""
    driver = walk(CHAPTER)
    driver.evaluate(
        """() => { const choice = document.querySelector("#climb .film-speed");
        choice.value = "2"; choice.dispatchEvent(new Event("change", { bubbles: true })) }"""
    )
    driver.click("#climb .film-play")
    until(driver, "() => document.getElementById('climb').cursor.index > 3")
    assert cursor(driver)["rate"] == 2


def test_walk_moves_by_keyboard(walk: Open) -> None:
    """End, arrows, Home and space move the film from its stage."""
    driver = walk(CHAPTER)
    driver.evaluate("() => document.querySelector('#climb .film-stage').focus()")
    driver.press("End", "ArrowLeft")
    assert on_screen(driver) == hill.FRAMES - 2
    driver.press("Home", "ArrowRight")
    assert cursor(driver)["step"] == sorted(set(hill.STEPS))[1]
    driver.press(" ")
    until(driver, "() => document.getElementById('climb').cursor.playing")
    driver.press(" ")
    until(driver, "() => !document.getElementById('climb').cursor.playing")


def test_walk_turns_sound_off_everywhere(walk: Open) -> None:
    """The switch under one film silences the other, and both switches say so."""
    driver = walk(CHAPTER)
    assert not cursor(driver)["muted"]
    driver.click("#climb sound-switch button")
    assert cursor(driver)["muted"] and cursor(driver, "descent")["muted"]
    states = "() => [...document.querySelectorAll('sound-switch button')].map((b) => b.getAttribute('aria-checked'))"
    assert driver.evaluate(states) == ["false", "false"]
    driver.click("#climb sound-switch button")


def test_walk_sounds_a_reference_tone(walk: Open) -> None:
    """A press makes a tone, or the page says why not; either way it ends."""
    driver = walk(CHAPTER)
    driver.click("#climb tone-button button")
    told = "() => document.querySelector('tone-button.ringing') || document.querySelector('.tone-note').textContent"
    until(driver, f"() => Boolean(({told})())")
    until(driver, "() => !document.querySelector('tone-button.ringing')")


def test_walk_opens_a_moment_and_follows_the_prose(walk: Open) -> None:
    """An address opens its figure at its step; a word of the prose moves the other figure."""
    step = hill.STEPS[70]
    driver = walk(f"{CHAPTER}#descent?step={step}")
    until(driver, f"() => document.getElementById('descent').cursor.step === {step}")
    assert on_screen(driver, "descent") == 70
    driver.click("a[data-seek]")
    until(driver, "() => Math.abs(document.getElementById('climb').cursor.step - 300) <= 10")
    on_screen(driver)


def test_walk_changes_the_theme_and_keeps_the_step(walk: Open) -> None:
    """The switch shows the other film at the same frame, and the poster in the other ink."""
    driver = walk(CHAPTER)
    driver.click("#climb .scrub-range", across=0.33, down=0.7)
    frame = on_screen(driver)
    for theme in ("light", "dark"):
        driver.click("theme-switch button")
        until(driver, f"() => document.getElementById('climb').cursor.video.currentSrc.includes('{theme}')")
        assert on_screen(driver) == frame
        until(driver, f"() => document.querySelector('#climb .film-poster').currentSrc.includes('climb-{theme}')")
    driver.evaluate("() => essay.choose({ theme: 'system' })")


def test_walk_plays_the_quiz(walk: Open) -> None:
    """Six rounds by keys: the original named each time; the end says so, and Enter begins anew."""
    driver = walk(QUIZ)
    driver.evaluate("() => document.querySelector('.quiz-tile').focus()")
    for k in range(hill.ROUNDS):
        assert words(driver, ".quiz-title") == f"Round {k + 1} of 6"
        y = driver.evaluate("() => document.querySelector('.quiz-tile image').getAttribute('y')")
        driver.press("ab"[-int(y) % 3])
        assert words(driver, ".quiz-title").startswith("Right.")
        driver.press("Enter")
    assert words(driver, ".quiz-title").startswith("You found 6 of 6")
    driver.press("Enter")
    assert words(driver, ".quiz-title") == "Round 1 of 6"


def test_walk_wanders_over_the_map(walk: Open, atlas: Path) -> None:
    """Arrow keys and a press move the marker, and the forger in the page draws what lives there."""
    driver = walk(MAP, folder=atlas)
    driver.evaluate("() => document.querySelector('latent-map').scrollIntoView()")
    until(driver, "() => document.querySelector('latent-map.live')")
    driver.evaluate("() => document.querySelector('.map-stage').focus()")
    place = "() => { const { place } = document.querySelector('latent-map'); return [place.across, place.up] }"
    across, up = driver.evaluate(place)
    driver.press("ArrowLeft", "ArrowUp")
    assert driver.evaluate(place) == pytest.approx([across - 0.1, up + 0.1], abs=1e-6)
    drawn = "() => document.querySelector('.map-live').toDataURL()"
    before = driver.evaluate(drawn)
    driver.click(".map-stage", across=0.25, down=0.25)
    until(driver, f"(before) => ({drawn})() !== before", before)


def test_walk_times_a_session_and_keeps_the_text(walk: Open) -> None:
    """The timer starts, and what was written is there again when the page is opened anew."""
    driver = walk(DESK)
    driver.click(".session-go")
    until(driver, "() => document.querySelector('.session-clock').textContent !== '20:00'")
    driver.evaluate("() => document.querySelector('.session-text').focus()")
    driver.press(*"a word")
    until(driver, "() => document.querySelector('.session-kept').textContent.trim() !== ''")
    driver = walk(DESK)
    until(driver, "() => document.querySelector('.session-text').value === 'a word'")


def test_walk_trains_in_the_lab(walk: Open) -> None:
    """Play trains a duel in the page, round by round, and Pause holds it."""
    driver = walk(LAB)
    until(driver, "() => document.querySelector('gan-lab').matches('.ready')", seconds=30)  # it is hidden until then
    driver.click("gan-lab [data-do=play]")
    until(driver, "() => document.querySelector('gan-lab').step > 3", seconds=30)
    driver.click("gan-lab [data-do=play]")
    step = driver.evaluate("() => document.querySelector('gan-lab').step")
    assert driver.evaluate("() => new Promise((done) => setTimeout(done, 300))") is None
    assert driver.evaluate("() => document.querySelector('gan-lab').step") == step


def test_walk_sorts_a_table(walk: Open) -> None:
    """A press on a head puts the rows in order, and says so."""
    driver = walk(CHAPTER)
    driver.click("sort-table th:nth-child(2) button")
    assert words(driver, "sort-table tbody th") == "descent"
    assert driver.evaluate("() => document.querySelector('.sort-status').textContent").startswith("Sorted by Height")


def test_walk_finds_a_word(walk: Open) -> None:
    """A word is found with its place; arrow and Enter lead there."""
    driver = walk("search.html")
    until(driver, "() => document.activeElement.id === 'search-words'")
    driver.press(*"hill")
    until(driver, "() => document.querySelectorAll('.search-hits a').length > 0")
    driver.press("ArrowDown", "Enter")
    until(driver, "() => !location.href.includes('search.html')")


def test_walk_goes_on_where_storage_is_forbidden(walk: Open, site: Path, tmp_path: Path) -> None:
    """Without storage choices hold on the page, the film plays, and the writing box warns."""
    closed = witnessed(site, tmp_path / "closed", NO_STORAGE)
    driver = walk(CHAPTER, folder=closed)
    driver.click("theme-switch button")
    assert driver.evaluate("() => document.documentElement.dataset.theme") == "light"
    driver.click("#climb .film-play")
    until(driver, "() => document.getElementById('climb').cursor.index > 2")
    driver = walk(DESK, folder=closed)
    until(driver, "() => document.querySelector('.session-box').innerText.match(/keeps nothing for this page/)")


@pytest.mark.parametrize("name", ["index.html", CHAPTER, QUIZ, DESK, "search.html", "colophon.html", PAPER])
def test_walk_fits_a_small_screen(walk: Open, name: str) -> None:
    """On the narrowest screen that the browser gives, 320 px where it can, no page scrolls sideways."""
    driver = walk(name, width=320, height=640)
    driver.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    wide, screen = driver.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= screen


def test_walk_without_scripts(walk: Open, driver: Driver) -> None:
    """Without scripts a chapter is its text and native films; no control stands there that would do nothing."""
    if driver.name == "webkit":
        pytest.skip("WebKit's driver cannot ask a page without scripts")
    walk(CHAPTER, scripts=False)
    shown = """() => [".film-controls", ".scrub", "theme-switch", "film-player video[controls]", "math", ".film-poster"]
        .map((part) => [...document.querySelectorAll(part)].some((e) => e.getClientRects().length > 0))"""
    assert driver.evaluate(shown) == [False, False, False, True, True, True]


def test_walk_visits_every_page_of_the_essay(walk: Open, tmp_path: Path) -> None:
    """Where the essay is built: each page opens without a fault and fits, and its first film plays."""
    if not (ESSAY / "index.html").is_file():
        pytest.skip("the essay is not built: make build")
    essay = witnessed(ESSAY, tmp_path / "essay")
    for page in sorted(essay.glob("*.html")):
        driver = walk(page.name, folder=essay)
        wide, screen = driver.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        assert wide <= screen, page.name
        if driver.evaluate("() => Boolean(document.querySelector('film-player')?.cursor)"):
            driver.click(".film-play")
            until(driver, "() => document.querySelector('film-player').cursor.index > 0")
            until(driver, "() => document.querySelector('film-player').cursor.playing")
        if page.name != PAPER:
            assert driver.evaluate("() => window.faults") == [], page.name
