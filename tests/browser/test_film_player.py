"""The player with a reader's hands: mouse, keyboard, and the picture on the screen as the witness."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser import hill
from tests.browser.conftest import OpenPage, cursor, frame_on_screen, rest, until

PAGE = "01-the-hill.html"


def scrub(page, frame: int, figure: str = "climb") -> None:  # type: ignore[no-untyped-def]
    """Drag the scrubber to a frame."""
    page.locator(f"#{figure} .scrub-range").fill(str(frame))


def test_film_is_not_fetched_before_it_is_asked_for(open_page: OpenPage) -> None:
    """A page that is only read fetches no film and plays nothing, and its numbers are those of the poster."""
    asked: list[str] = []
    page = open_page("index.html")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url.replace("index.html", PAGE))
    page.wait_for_timeout(300)
    assert not [url for url in asked if "/hill-" in url and url.endswith(".mp4")]  # the cover's own loop may still come
    assert cursor(page) | {"playing": False, "loaded": False, "frame": hill.POSTER} == cursor(page)
    assert page.locator("#climb .readout [data-step]").inner_text() == f"{hill.STEPS[hill.POSTER]:,}"


def test_play_runs_from_the_start_and_pause_holds(open_page: OpenPage) -> None:
    """Play on an untouched figure starts at step 0, the cursor follows the film, and Pause keeps its frame."""
    page = open_page(PAGE)
    button = page.locator("#climb .film-play")
    button.click()
    until(page, "document.getElementById('climb').cursor.index > 5")
    assert button.inner_text().strip() == "Pause"
    assert cursor(page)["frame"] < hill.POSTER
    button.click()
    rest(page)
    held = cursor(page)
    page.wait_for_timeout(200)
    assert cursor(page) == held
    assert not held["playing"]
    assert frame_on_screen(page) == held["frame"]


def test_film_that_ends_rests_on_its_last_frame_and_plays_again(open_page: OpenPage) -> None:
    """At its end the cursor stands on the last step, and Play begins anew."""
    page = open_page(PAGE)
    scrub(page, hill.FRAMES - 4)
    page.locator("#climb .film-play").click()
    until(page, f"document.getElementById('climb').cursor.step === {hill.RECIPE.steps}")
    until(page, "!document.getElementById('climb').cursor.playing")
    page.locator("#climb .film-play").click()
    until(page, "document.getElementById('climb').cursor.playing")
    assert cursor(page)["frame"] < hill.FRAMES // 2


@pytest.mark.parametrize("frame", [0, 1, 37, 64, hill.FRAMES - 1])
def test_scrubber_shows_exactly_the_frame_asked_for(open_page: OpenPage, frame: int) -> None:
    """The picture on the screen, the number beside it and the link all stand at the frame of the scrubber."""
    page = open_page(PAGE)
    scrub(page, frame)
    assert frame_on_screen(page) == frame
    assert page.locator("#climb .readout [data-step]").inner_text() == f"{hill.STEPS[frame]:,}"
    assert page.locator("#climb .film-link").get_attribute("href") == f"#climb?step={hill.STEPS[frame]}"
    spoken = page.locator("#climb .scrub-range").get_attribute("aria-valuetext")
    assert spoken is not None and spoken.startswith(f"step {hill.STEPS[frame]:,}. ")


def test_scrubber_drawn_quickly_ends_where_it_was_left(
    open_page: OpenPage, record_property: pytest.FixtureRequest
) -> None:
    """Of forty wishes in a row the last one is shown, and its latency is noted."""
    page = open_page(PAGE)
    scrub(page, 3)
    rest(page)
    milliseconds = page.evaluate(
        """async () => {
        const player = document.getElementById("climb"), range = player.querySelector(".scrub-range");
        for (let i = 0; i <= 40; i++) { range.value = i * 2; range.dispatchEvent(new Event("input")); }
        const since = performance.now();
        const { video } = player.cursor;
        while (video.seeking || Math.abs(video.currentTime * 25 - 80.5) > 0.01)
            await new Promise(done => video.addEventListener("seeked", done, { once: true }));
        return performance.now() - since }"""
    )
    record_property("scrub_ms", milliseconds)  # type: ignore[operator]
    print(f"a burst of wishes is answered after {milliseconds:.0f} ms")
    assert frame_on_screen(page) == 80


def test_step_buttons_count_from_the_wish(open_page: OpenPage) -> None:
    """Five quick presses of Step forward go five steps on, though the picture of the first is not there yet."""
    page = open_page(PAGE)
    scrub(page, 40)
    page.evaluate("for (let i = 0; i < 5; i++) document.querySelector('#climb .film-forward').click()")
    assert cursor(page)["frame"] == 45
    assert frame_on_screen(page) == 45
    page.locator("#climb .film-back").click()
    assert frame_on_screen(page) == 44


def test_step_never_stays_on_the_same_step(open_page: OpenPage) -> None:
    """Where several frames show one step, Step forward goes to the next step, not to the next frame."""
    page = open_page(PAGE)
    page.locator("#climb .film-restart").click()
    seen = [cursor(page)["step"]]
    for _ in range(4):
        page.locator("#climb .film-forward").click()
        seen.append(cursor(page)["step"])
    assert seen == sorted(set(hill.STEPS))[:5]


def test_speed_changes_the_film(open_page: OpenPage) -> None:
    """The chosen speed is that of the video, and stays so when the film is loaded afterwards."""
    page = open_page(PAGE)
    page.locator("#climb .film-speed").select_option("0.5")
    page.locator("#climb .film-play").click()
    until(page, "document.getElementById('climb').cursor.index > 2")
    assert cursor(page)["rate"] == 0.5


def test_keys_work_where_the_figure_has_the_focus(open_page: OpenPage) -> None:
    """Home, End, arrows and space move the film from its stage; the page does not scroll under them."""
    page = open_page(PAGE)
    page.locator("#climb .film-stage").focus()
    before = page.evaluate("scrollY")
    page.keyboard.press("End")
    assert cursor(page)["step"] == hill.RECIPE.steps
    page.keyboard.press("ArrowLeft")
    assert frame_on_screen(page) == hill.FRAMES - 2
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert cursor(page)["step"] == sorted(set(hill.STEPS))[1]
    page.keyboard.press(" ")
    until(page, "document.getElementById('climb').cursor.playing")
    page.keyboard.press(" ")
    until(page, "!document.getElementById('climb').cursor.playing")
    assert page.evaluate("scrollY") == before


def test_keys_of_a_control_stay_its_own(open_page: OpenPage) -> None:
    """Space on the Step button steps once and does not play; arrows on the scrubber move it by one frame."""
    page = open_page(PAGE)
    scrub(page, 50)
    page.locator("#climb .film-forward").focus()
    page.keyboard.press(" ")
    assert cursor(page)["frame"] == 51
    assert not cursor(page)["playing"]
    page.locator("#climb .scrub-range").focus()
    page.keyboard.press("ArrowRight")
    assert cursor(page)["frame"] == 52


def test_every_control_can_be_reached_and_seen_by_keyboard(open_page: OpenPage) -> None:
    """Tab goes through the player's controls in the order of the eye, each with a ring to see, and out again."""
    page = open_page(PAGE)
    page.locator("#climb .film-stage").focus()
    names = []
    for _ in range(9):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(
            """() => { const a = document.activeElement, b = a.closest(".scrub-track") ?? a;
            const name = a.getAttribute("aria-label") || a.innerText.trim().split("\\n")[0];
            return [name, getComputedStyle(b).outlineStyle] }"""
        )
        assert ring != "none", name
        names.append(name)
    assert names[:4] == ["Moment of the run", "Restart", "Step back", "Play"]
    assert "Sound on" in names
    assert "Full screen" in names
    assert names[-1].startswith("Link to step")


def test_words_and_numbers_follow_the_cursor(open_page: OpenPage) -> None:
    """Numbers, bars and the line of words change with the cursor, by the author's own tests."""
    page = open_page(PAGE)
    scrub(page, 5)
    line = page.locator("#climb .film-line-words")
    assert line.inner_text().startswith("The walker is low")
    low = float(page.locator("#climb [data-readout=height] .gauge-fill").get_attribute("width") or 0)
    scrub(page, 95)
    assert line.inner_text().startswith("The walker is high")
    assert float(page.locator("#climb [data-readout=height] .gauge-fill").get_attribute("width") or 0) > low


def test_live_region_speaks_only_when_the_cursor_rests(open_page: OpenPage) -> None:
    """Nothing is announced on arrival or while the film plays; a pause announces the line once."""
    page = open_page(PAGE)
    spoken = page.locator("#climb .film-spoken")
    page.wait_for_timeout(800)
    assert spoken.inner_text() == ""
    page.locator("#climb .film-play").click()
    page.wait_for_timeout(1000)
    assert spoken.inner_text() == ""
    page.locator("#climb .film-play").click()
    page.wait_for_timeout(800)
    assert spoken.inner_text().startswith(f"Step {cursor(page)['step']}. The walker")


def test_one_film_pauses_the_other_and_pause_everything_all(open_page: OpenPage) -> None:
    """Starting a second film pauses the first; Pause everything stops it and leaves the focus in the text."""
    page = open_page(PAGE)
    page.locator("#climb .film-play").click()
    until(page, "document.getElementById('climb').cursor.index > 2")
    page.locator("#descent .film-play").click()
    until(page, "document.getElementById('descent').cursor.playing")
    until(page, "!document.getElementById('climb').cursor.playing")
    page.locator("pause-all button").click()
    until(page, "!document.getElementById('descent').cursor.playing")
    assert not page.locator("pause-all button").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_theme_swaps_the_film_and_keeps_the_step(open_page: OpenPage) -> None:
    """A change of theme shows the other film at the same frame, playing on if it played."""
    page = open_page(PAGE, color_scheme="light")
    scrub(page, 33)
    assert frame_on_screen(page) == 33
    assert "climb-light" in cursor(page)["source"]
    page.emulate_media(color_scheme="dark")
    until(page, "document.getElementById('climb').cursor.video.currentSrc.includes('climb-dark')")
    assert frame_on_screen(page) == 33
    assert cursor(page)["step"] == hill.STEPS[33]
    page.locator("#climb .film-play").click()
    until(page, "document.getElementById('climb').cursor.index > 38")
    page.emulate_media(color_scheme="light")
    until(page, "document.getElementById('climb').cursor.video.currentSrc.includes('climb-light')")
    until(page, "document.getElementById('climb').cursor.index > 45")
    assert cursor(page)["playing"]


def test_captions_stand_ready_for_the_full_screen(open_page: OpenPage) -> None:
    """The lines are captions of the video as well, hidden on the page, shown with native controls in full screen."""
    page = open_page(PAGE)
    state = """() => { const v = document.querySelector("#climb video"), t = v.textTracks[0];
        return [t.mode, t.cues.length > 1, t.cues[0].text.startsWith("The walker is low"), v.controls] }"""
    assert page.evaluate(state) == ["hidden", True, True, False]
    page.locator("#climb .film-full").click()
    until(page, "document.fullscreenElement")
    assert page.evaluate(state) == ["showing", True, True, True]
    page.evaluate("document.exitFullscreen()")
    until(page, "!document.fullscreenElement && !document.querySelector('#climb video').controls")


def test_film_that_cannot_be_played_leaves_numbers_and_says_so(open_page: OpenPage, site: Path, tmp_path: Path) -> None:
    """With a film the browser cannot decode, the numbers still follow the cursor and a quiet note says why."""
    broken = tmp_path / "site"
    shutil.copytree(site, broken)
    for film in broken.glob("films/*"):
        film.write_bytes(b"no film")
    page = open_page(PAGE, folder=broken)
    scrub(page, 20)
    page.locator("#climb .film-note").get_by_text("cannot play the film").wait_for()
    page.locator("#climb .film-forward").click()
    assert page.locator("#climb .readout [data-step]").inner_text() == f"{hill.STEPS[21]:,}"
    assert page.locator("#climb .film-poster").is_visible()
