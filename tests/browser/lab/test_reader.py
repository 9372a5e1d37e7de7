"""What readers of the Lab hear, are told, press, save and print, each in their own way."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types

from tests.browser.conftest import OpenPage, until
from tests.browser.lab.bench import LAB, SMALL, press, said, step


def test_voice_does_not_chatter(open_page: OpenPage) -> None:
    """While it plays nothing is said aloud; at rest one sentence is, and only the status says it."""
    page = open_page(SMALL)
    spoken = page.locator("[data-is=spoken]")
    press(page, "play")
    until(page, f"{LAB}.step > 30", seconds=20)
    assert spoken.inner_text() == "" and spoken.get_attribute("role") == "status"
    press(page, "play")
    until(page, "document.querySelector('[data-is=spoken]').textContent !== ''")
    assert spoken.inner_text() == said(page, "line")
    assert page.locator("[data-is=line]").get_attribute("role") is None


LISTEN = """window.heard = []; window.ended = 0; localStorage.setItem("imagine.sound", "%s");
const { start, stop } = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (...when) { window.heard.push(this); return start.apply(this, when) };
OscillatorNode.prototype.stop = function (...when) { window.ended++; return stop.apply(this, when) };"""


def test_no_sound_when_sound_is_off(open_page: OpenPage) -> None:
    """With the site's sound off, playing and looking back make none."""
    page = open_page(SMALL, before=LISTEN % "off")
    press(page, "play")
    until(page, f"{LAB}.step > 20", seconds=20)
    press(page, "play")
    page.locator(".lab-range").focus()
    page.keyboard.press("Home")
    assert page.evaluate("window.heard.length") == 0


def test_gap_is_heard_as_in_chapter_04(open_page: OpenPage) -> None:
    """Playing sounds two voices that beat as often as the gap says; at rest, or switched off, they fall silent."""
    page = open_page(SMALL, before=LISTEN % "on")
    assert page.evaluate("window.heard.length") == 0
    press(page, "play")
    until(page, "window.heard.length === 2", seconds=20)
    apart = page.evaluate("[GapTone.apart(1, 0.02), GapTone.apart(0.02, 0.02), GapTone.apart(0.51, 0.02)]")
    assert apart == pytest.approx([24, 0, 24 * 0.5**0.75])
    press(page, "play")
    until(page, "window.ended === 2", seconds=10)
    press(page, "play")
    until(page, "window.heard.length === 4", seconds=20)
    page.evaluate("essay.choose({ sound: false })")
    until(page, "window.ended === 4", seconds=10)
    press(page, "play")


def test_lab_without_audio_still_plays(open_page: OpenPage) -> None:
    """Where the browser has no audio it trains in silence and nothing breaks."""
    page = open_page(SMALL, before="delete window.AudioContext")
    press(page, "play")
    until(page, f"{LAB}.step > 10", seconds=20)
    press(page, "play")


def test_pause_everything_pauses_it(open_page: OpenPage) -> None:
    """The bar's one button for stopping whatever moves stops the Lab, too."""
    page = open_page(SMALL)
    press(page, "play")
    page.get_by_role("button", name="Pause everything").click()
    assert page.evaluate(f"{LAB}.playing") is False


def test_reduced_motion_has_few_pictures(open_page: OpenPage) -> None:
    """With less motion wanted nothing plays by itself, and played it draws at most twice a second; steps answer."""
    page = open_page(SMALL, reduced_motion="reduce")
    page.wait_for_timeout(300)
    assert step(page) == 0
    drawn = page.evaluate(
        f"""() => new Promise((done) => {{ let count = 0; const {{ draw }} = Stage;
        Stage.draw = (...given) => {{ count++; draw(...given) }};
        {LAB}.play(); setTimeout(() => done(count), 1500) }})"""
    )
    assert drawn <= 4
    page.evaluate(f"{LAB}.pause()")
    here = step(page)
    press(page, "step")
    assert step(page) == here + 1


def test_keyboard_alone_is_enough(open_page: OpenPage) -> None:
    """Tab, arrows, Space and Enter choose a world, set a setting, play, pause and look back."""
    page = open_page(SMALL)
    page.locator("[name=lab-data]").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{LAB}.setup.data") == "hills"
    page.locator("[data-do=play]").focus()
    page.keyboard.press("Enter")
    until(page, f"{LAB}.step > 5", seconds=20)
    page.keyboard.press("Space")
    assert page.evaluate(f"{LAB}.playing") is False
    order = []
    page.locator("[name=lab-data]:checked").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        order.append(page.evaluate(
            """() => { const e = document.activeElement; const { do: does, set, show, count } = e.dataset;
            return e.closest("gan-lab") ? does ?? set ?? show ?? count ?? e.className : "" }"""
        ))  # fmt: skip
    stops = ("play", "step", "originals", "compare", "stop", "loss", "average", "defaults")
    places = [order.index(name) for name in stops]
    assert places == sorted(places)
    assert order[-1] == ""  # no trap


def test_theme_changes_the_picture(open_page: OpenPage) -> None:
    """Another theme draws the plane in its own colours, at once."""
    page = open_page(SMALL, color_scheme="light")
    corner = f"""(() => {{ const copy = new OffscreenCanvas(9, 9).getContext("2d", {{ willReadFrequently: true }});
        copy.drawImage({LAB}.benches[0].plane, 0, 0, 9, 9); return copy.getImageData(1, 1, 1, 1).data[0] }})()"""
    assert page.evaluate(corner) > 200
    page.evaluate("essay.choose({ theme: 'dark' })")
    assert page.evaluate(corner) < 90


def test_tables_can_be_saved(open_page: OpenPage, tmp_path: Path) -> None:
    """Points and numbers are saved as tables that say what they hold."""
    page = open_page(SMALL)
    press(page, "hundred")
    for does, name, head in (
        ("save-points", "lab-points.csv", "x,y,kind,side,round"),
        ("save-numbers", "lab-numbers.csv", "side,round,gap_bits,floor_bits,islands,ashore,forger_loss,detective_loss"),
    ):
        with page.expect_download() as caught:
            press(page, does)
        assert caught.value.suggested_filename == name
        caught.value.save_as(tmp_path / name)
        rows = (tmp_path / name).read_text("utf-8").splitlines()
        assert rows[0] == head
        measured = page.evaluate(f"{LAB}.benches[0].history.gaps.length")
        assert len(rows) == 1 + (640 if does == "save-points" else measured)
        assert rows[-1].split(",")[4 if does == "save-points" else 1] == "100"


def test_link_is_copied_or_said_where_it_stands(open_page: OpenPage) -> None:
    """Copy link gives the whole address; where copying is forbidden, it says where to find it."""
    page = open_page("lab.html", before="""
        Object.defineProperty(navigator, "clipboard", { value: {
        writeText: (text) => { window.copied = text; return window.refuse ? Promise.reject() : Promise.resolve() } }
        })""")
    press(page, "link")
    until(page, "document.querySelector('[data-is=note]').textContent.startsWith('The link is copied')")
    copied = page.evaluate("window.copied")
    assert copied.endswith(page.evaluate("location.hash")) and "#lab?data=ring&seed=0&stop=3000&loss=" in copied
    page.evaluate("window.refuse = true")
    press(page, "link")
    until(page, "document.querySelector('[data-is=note]').textContent.includes('address bar')")


def test_lab_without_scripts_says_what_it_is(open_page: OpenPage) -> None:
    """Without scripts no control is shown; a paragraph says what this is, and the words below stay."""
    page = open_page("lab.html", java_script_enabled=False)
    assert not page.locator("gan-lab").is_visible()
    assert "trains two networks by a script" in page.locator(".lab-still").inner_text()
    assert page.get_by_role("heading", name="What you see and hear").is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_in_any_state(open_page: OpenPage, width: int, theme: str) -> None:
    """No rule is broken with everything open: two duels, slow motion, a board, problems told; it fits."""
    page = open_page(SMALL, width=width, color_scheme=theme)
    press(page, "compare")
    press(page, "hundred")
    press(page, "slow")
    press(page, "step")
    page.get_by_role("radio", name="Your own").check()
    page.locator("#lab-text").fill("a,1\nb,2")
    press(page, "paste")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 1440])
def test_targets_are_large_enough(open_page: OpenPage, width: int) -> None:
    """Every control of the Lab is at least 44 px in both directions."""
    page = open_page(SMALL, width=width)
    press(page, "compare")
    page.get_by_role("radio", name="Your own").check()
    small = page.evaluate(
        """() => [...document.querySelectorAll(["button", "select", ".lab-number", ".lab-check", ".lab-radio",
            ".lab-tile", ".lab-file", ".lab-range"].map((name) => `gan-lab ${name}`).join())]
        .filter((e) => e.checkVisibility()).map((e) => [e.className, e.getBoundingClientRect()])
        .filter(([, r]) => r.width < 43.5 || r.height < 43.5).map(([name, r]) => `${name} ${r.width}x${r.height}`)"""
    )
    assert small == []


def test_page_weighs_little(site: Path) -> None:
    """The Lab's own script is loaded by its page alone."""
    pages = [path.name for path in site.glob("*.html") if "scripts/lab.js" in path.read_text("utf-8")]
    assert pages == ["lab.html"]
