"""The Lab in a real browser: play, step, look back, compare, and what its reader hears and is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, until


@pytest.fixture
def open_page(open_page: OpenPage) -> OpenPage:
    """The same, awake: the Lab's first run comes to be in pieces."""

    def opened(address: str, **options: Any) -> Page:
        page = open_page(address, **options)
        if options.get("java_script_enabled", True):
            page.locator("gan-lab.ready").wait_for(state="attached")
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return page

    return opened


LAB = "document.querySelector('gan-lab')"
SMALL = "lab.html#lab?hidden=8&batch=32"
"""A quick one: these tests are not about learning."""


def press(page: Page, does: str) -> None:
    """A button of the Lab, by what it does."""
    page.locator(f"gan-lab [data-do={does}]").click()


def step(page: Page) -> int:
    """Rounds played."""
    return int(page.evaluate(f"{LAB}.step"))


def said(page: Page, name: str, side: str = "") -> str:
    """A part that shows something."""
    within = f"[data-side={side}] " if side else ""
    return page.locator(f"gan-lab {within}[data-is={name}]").first.inner_text()


def numbers(page: Page, bench: int = 0) -> list[float]:
    """The forger's own numbers, which tell two runs apart."""
    return list(page.evaluate(f"Array.from({LAB}.benches[{bench}].duel.forger.numbers)"))


def picture(page: Page, bench: int = 0) -> str:
    """The plane as it is drawn."""
    return str(page.evaluate(f"{LAB}.benches[{bench}].plane.toDataURL()"))


def test_default_plays_and_the_gap_falls(open_page: OpenPage) -> None:
    """Nothing moves until Play; then the first settings train, and after a hundred rounds the gap is smaller."""
    page = open_page("lab.html")
    page.wait_for_timeout(400)
    assert step(page) == 0 and said(page, "step") == "0"
    first = page.evaluate(f"{LAB}.benches[0].latest.gap")
    press(page, "play")
    assert said(page, "play") == "Pause"
    until(page, f"{LAB}.step >= 100", seconds=40)
    press(page, "play")
    here = step(page)
    page.wait_for_timeout(200)
    assert step(page) == here and said(page, "play") == "Play"
    gap = page.evaluate(f"{LAB}.benches[0].latest.gap")
    assert 0 < gap < first - 0.05
    assert said(page, "line").startswith(f"Round {here:,}: a gap of ")
    assert page.locator(".lab-plane").first.get_attribute("aria-label") == f"The plane. {said(page, 'line')}"


def test_one_round_and_a_hundred(open_page: OpenPage) -> None:
    """Each press of One round plays one, 100 rounds a hundred; the numbers and the picture follow."""
    page = open_page(SMALL)
    before = picture(page)
    press(page, "step")
    press(page, "step")
    assert (step(page), said(page, "step")) == (2, "2")
    press(page, "hundred")
    assert (step(page), said(page, "step")) == (102, "102")
    assert picture(page) != before
    press(page, "restart")
    assert step(page) == 0 and picture(page) == before


def test_it_stops_where_it_is_asked(open_page: OpenPage) -> None:
    """Play ends at the given round and says so; pressed again, it goes on."""
    page = open_page(SMALL)
    page.get_by_label("Stop at round").fill("25")
    page.keyboard.press("Tab")
    assert "stop=25" in page.evaluate("location.hash")
    press(page, "play")
    until(page, f"!{LAB}.playing", seconds=20)
    assert step(page) == 25
    assert said(page, "line").startswith("Stopped at round 25, as asked; Play goes on. Round 25:")
    press(page, "play")
    until(page, f"{LAB}.step > 30", seconds=20)
    press(page, "play")


def test_numbers_are_held_within_their_limits(open_page: OpenPage) -> None:
    """A seed or a stop beyond its limits is held at them, and what is no number changes nothing."""
    page = open_page(SMALL)
    for typed, held in (("123456", "9999"), ("-5", "0"), ("", "0"), ("7", "7")):
        page.get_by_label("Seed", exact=True).fill(typed)
        page.keyboard.press("Tab")
        assert page.get_by_label("Seed", exact=True).input_value() == held
    press(page, "next-seed")
    assert page.get_by_label("Seed", exact=True).input_value() == "8"


def test_one_can_look_back(open_page: OpenPage) -> None:
    """The slider leads to earlier rounds, their picture and numbers; nothing is lost, and Play goes on from now."""
    page = open_page(SMALL)
    first = picture(page)
    assert page.locator(".lab-range").is_disabled()
    press(page, "hundred")
    now, last = numbers(page), picture(page)
    page.locator(".lab-range").focus()
    page.keyboard.press("Home")
    assert said(page, "step") == "0" and picture(page) == first
    assert said(page, "when") == "Round 0 of 100" and "Play goes on from round 100" in said(page, "line")
    page.keyboard.press("ArrowRight")
    assert said(page, "step") == "1" and page.locator(".lab-range").get_attribute("aria-valuetext") == "Round 1 of 100"
    assert numbers(page) == now
    page.keyboard.press("End")
    assert said(page, "step") == "100" and picture(page) == last
    page.keyboard.press("Home")
    press(page, "step")
    assert step(page) == 101 and said(page, "step") == "101"


def test_looking_back_stops_the_play(open_page: OpenPage) -> None:
    """Whoever looks back while it plays finds it resting."""
    page = open_page(SMALL)
    press(page, "play")
    until(page, "!document.querySelector('.lab-range').disabled", seconds=20)
    page.locator(".lab-range").focus()
    page.keyboard.press("Home")
    assert page.evaluate(f"{LAB}.playing") is False and said(page, "step") == "0"


def test_same_address_plays_the_same_run(open_page: OpenPage) -> None:
    """What is chosen stands in the address; whoever opens it has the choices, and after as many rounds the numbers."""
    page = open_page(SMALL)
    assert page.evaluate("location.hash") == "#lab?hidden=8&batch=32"
    page.get_by_label("Spiral").check()
    page.get_by_label("Loss", exact=True).select_option("least-squares")
    press(page, "next-seed")
    address = page.evaluate("location.hash")
    assert address.startswith("#lab?data=spiral&seed=1&stop=3000&loss=least-squares&penalty=r1")
    press(page, "hundred")
    other = open_page("lab.html" + address)
    assert other.get_by_label("Spiral").is_checked()
    assert other.get_by_label("Loss", exact=True).input_value() == "least-squares"
    assert other.get_by_label("Neurons in each").input_value() == "8"
    press(other, "hundred")
    assert numbers(other) == numbers(page)


def test_playing_is_the_same_run_as_stepping(open_page: OpenPage) -> None:
    """Slices of frames or rounds at once, drawn or not: at the same round the same numbers."""
    page = open_page(SMALL + "&stop=60")
    press(page, "play")
    until(page, f"!{LAB}.playing", seconds=20)
    played = numbers(page)
    press(page, "restart")
    for _ in range(60):
        page.evaluate(f"{LAB}.clock.rounds(1)")
    assert numbers(page) == played


def test_broken_address_is_said_quietly(open_page: OpenPage) -> None:
    """A bad address opens with the first settings and names what there is not, in a status of its own."""
    page = open_page("lab.html#lab?data=moon&loss=hinge&seed=x&hidden=8")
    assert page.get_by_label("Ring").is_checked()
    note = page.locator("[data-is=note]")
    assert "data moon; loss hinge; seed x" in note.inner_text() and note.get_attribute("role") == "status"
    page.get_by_label("Heart").check()
    assert note.inner_text() == ""


def test_link_on_the_page_sets_the_lab(open_page: OpenPage) -> None:
    """An invitation below opens its two duels, without loading the page again."""
    page = open_page("lab.html")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="The glasses off.").click()
    until(page, f"{LAB}.benches.length === 2")
    assert page.evaluate("window.stayed")
    assert page.get_by_label("Spiral").is_checked()
    assert said(page, "differs", "b") == "detective’s glasses none"
    assert said(page, "differs", "a") == "detective’s glasses × 4"
    assert page.evaluate("document.activeElement.dataset.do") == "play"
    top = page.evaluate(f"{LAB}.getBoundingClientRect().top")
    assert 0 <= top < 120
    page.evaluate("location.hash = 'text'")  # another place of the page is no setting
    page.wait_for_timeout(100)
    assert page.evaluate(f"{LAB}.benches.length") == 2


def test_every_invitation_can_be_read(open_page: OpenPage) -> None:
    """No link on the page asks for what there is not."""
    page = open_page("lab.html")
    problems = page.evaluate(
        """() => [...document.querySelectorAll('main a[href^="#lab?"]')]
        .flatMap((link) => setupOf(link.getAttribute("href").slice(1)).problems)"""
    )
    assert page.locator('main a[href^="#lab?"]').count() >= 4 and problems == []


def test_form_offers_what_an_address_may_ask(open_page: OpenPage) -> None:
    """Each choice of the form is one of the address's, in words, and none is missing; so are the worlds."""
    page = open_page("lab.html")
    offered, known = page.evaluate(
        """() => [Object.fromEntries([...document.querySelectorAll("[data-set]")]
            .map((select) => [select.dataset.set, [...select.options].map((o) => o.value).sort()])),
        Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, values.slice().sort()]))]"""
    )
    assert offered == known
    worlds, there = page.evaluate(
        "() => [[...document.querySelectorAll('[name=lab-data]')].map((r) => r.value), Object.keys(WORLDS)]"
    )
    assert sorted(worlds) == sorted([*there, "own"])


def test_two_duels_side_by_side(open_page: OpenPage) -> None:
    """B begins as a copy of A, number for number, in the same round; a setting of B changes B alone."""
    page = open_page(SMALL)
    press(page, "compare")
    assert page.locator("[data-side=b]").is_visible() and said(page, "differs", "b") == "the same settings"
    press(page, "hundred")
    assert numbers(page, 0) == numbers(page, 1)
    alone = numbers(page)
    page.get_by_label("Fine on steep opinions").select_option("none")
    assert said(page, "differs", "b") == "fine on steep opinions none"
    assert said(page, "differs", "a") == "fine on steep opinions R1, at the originals"
    press(page, "hundred")
    assert numbers(page, 0) == alone != numbers(page, 1)
    assert page.evaluate("location.hash").endswith("&b=penalty:none")
    press(page, "play")
    until(page, f"{LAB}.step > 110", seconds=20)
    press(page, "play")
    assert page.evaluate(f"{LAB}.benches[0].step === {LAB}.benches[1].step")
    page.locator(".lab-which").get_by_label("A").check()
    assert page.get_by_label("Fine on steep opinions").input_value() == "r1"
    press(page, "compare")
    assert not page.locator("[data-side=b]").is_visible() and page.evaluate(f"{LAB}.benches.length") == 1


def test_slow_motion_names_each_phase(open_page: OpenPage) -> None:
    """Phase by phase, each marked and worded, seven make a round; the run is the one of full speed."""
    page = open_page(SMALL)
    press(page, "hundred")
    press(page, "slow")
    assert page.locator("[data-do=hundred]").is_disabled()
    seen = []
    for _ in range(7):
        press(page, "step")
        item = page.locator(".lab-phases [aria-current=step]")
        assert item.count() == 1
        seen.append(item.get_attribute("data-phase"))
        assert said(page, "line").startswith(item.locator("b").inner_text())
    assert seen == ["noise", "forge", "judge", "blame", "detective", "again", "forger"]
    assert step(page) == 101
    press(page, "step")
    press(page, "slow")  # in the midst of a round: it is played to its end
    assert step(page) == 102 and not page.locator(".lab-phases").is_visible()
    slow = numbers(page)
    press(page, "restart")
    page.evaluate(f"{LAB}.clock.rounds(102)")
    assert numbers(page) == slow


def test_slow_motion_plays_by_itself(open_page: OpenPage) -> None:
    """Played in slow motion, the phases follow each other, and Pause holds the one that is shown."""
    page = open_page(SMALL)
    press(page, "slow")
    page.evaluate("Clock.PHASE = 120")
    press(page, "play")
    until(page, "document.querySelector('[data-phase=judge]').hasAttribute('aria-current')", seconds=10)
    press(page, "play")
    held = page.locator(".lab-phases [aria-current=step]").get_attribute("data-phase")
    page.wait_for_timeout(400)
    assert page.locator(".lab-phases [aria-current=step]").get_attribute("data-phase") == held
    assert step(page) == 0


@pytest.mark.parametrize(
    ("loss", "marks"),
    [("non-saturating", ["0, surely forged", "½", "1, surely real"]), ("least-squares", ["score 0", "½", "score 1"]),
     ("wasserstein", ["marks less", "middle of both means", "more"])],
)  # fmt: skip
def test_scale_says_what_it_is(open_page: OpenPage, loss: str, marks: list[str]) -> None:
    """Only a probability is called sure; scores are scores, and a critic's marks have a middle and no one half."""
    page = open_page(f"{SMALL}&loss={loss}")
    press(page, "hundred")
    for name, words in zip(("low", "middle", "high"), marks, strict=True):
        assert words in said(page, name)


def test_unbounded_critic_is_said_to_be_one(open_page: OpenPage) -> None:
    """A Wasserstein critic without a fine has no bounds, and the page says so; its large numbers stay readable."""
    page = open_page(f"{SMALL}&loss=wasserstein&penalty=none")
    assert said(page, "losses-note") == "Without a fine nothing bounds a critic’s marks."
    assert page.get_by_label("Size of the fine").is_disabled()
    told = page.evaluate("[0, -0.5, 0.034, 123.4, -858050.85].map(amount)")
    assert told == ["0.000", "−0.50", "0.034", "123", "−858,051"]


def test_views_can_be_left_out(open_page: OpenPage) -> None:
    """Each of the four views changes the picture when it is taken away or added."""
    page = open_page(SMALL)
    press(page, "hundred")
    seen = [picture(page)]
    for name in ("originals", "forgeries", "field"):
        page.locator(f"[data-show={name}]").uncheck()
        seen.append(picture(page))
    page.locator("[data-show=forgeries]").check()
    seen.append(picture(page))
    page.get_by_label("the pull on each forgery").check()
    seen.append(picture(page))
    assert len(set(seen)) == len(seen)


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


def told(page: Page) -> list[str]:
    """What is said under the box for pasted points."""
    return page.locator(".lab-problems li").all_inner_texts()


def board(page: Page) -> list[list[float]]:
    """Points on the board."""
    return [[float(value) for value in point] for point in page.evaluate(f"{LAB}.board.points")]


def opened_board(open_page: OpenPage, **options: Any) -> Page:
    """A page with its board open; the ring still trains."""
    page = open_page(SMALL, **options)
    page.get_by_role("radio", name="Your own").check()
    assert page.locator(".lab-own").is_visible() and page.evaluate(f"{LAB}.setup.data") == "ring"
    return page


def test_world_is_drawn_by_keyboard(open_page: OpenPage) -> None:
    """Arrows move the brush, Space drops points, Backspace takes them back; then they are trained on, and linked."""
    page = opened_board(open_page)
    page.locator(".lab-board").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    points = board(page)
    assert len(points) == 16 and said(page, "count") == "16 points"
    middle = [sum(point[k] for point in points[8:]) / 8 for k in (0, 1)]
    assert middle == pytest.approx([0.3, 0.1], abs=0.08)
    page.keyboard.press("Space")
    page.keyboard.press("Backspace")
    assert board(page) == points
    press(page, "use")
    assert page.evaluate(f"{LAB}.setup.data") == "own"
    press(page, "hundred")
    other = open_page("lab.html" + page.evaluate("location.hash"))
    assert board(other) == points
    press(other, "hundred")
    assert numbers(other) == numbers(page)


def test_world_is_drawn_by_pointer(open_page: OpenPage) -> None:
    """A stroke leaves points along its way, close together; Undo takes the stroke back, Clear all of them."""
    page = opened_board(open_page)
    page.locator(".lab-board").scroll_into_view_if_needed()
    box = page.locator(".lab-board").bounding_box()
    assert box is not None
    for row in (0.25, 0.75):
        page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + row * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + row * box["height"], steps=3)
        page.mouse.up()
        page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    points = board(page)
    assert len(points) > 60
    assert all(abs(abs(y) - 0.75) < 0.02 for _, y in points)
    press(page, "undo")
    assert all(y > 0 for _, y in board(page)) and len(board(page)) == len(points) // 2
    press(page, "clear")
    assert board(page) == [] and said(page, "count") == "No points yet"
    press(page, "use")
    assert told(page) == ["Two points at least make a world. Draw some, or paste them."]


def test_pasted_points_and_their_problems(open_page: OpenPage) -> None:
    """All wrong lines are told at once and nothing typed is lost; mended, the points lie on the board."""
    page = opened_board(open_page)
    page.locator("#lab-text").fill("0.5,1\nheart,2\n3")
    press(page, "paste")
    assert [line.split(":")[0] for line in told(page)] == ["Line 2", "Line 3"]
    assert page.locator("#lab-text").input_value() == "0.5,1\nheart,2\n3"
    assert page.locator("#lab-text").get_attribute("aria-invalid") == "true" and board(page) == []
    page.locator("#lab-text").fill("x;y\n0,5;1\n-0,5;-1")
    press(page, "paste")
    assert told(page) == [] and page.locator("#lab-text").get_attribute("aria-invalid") == "false"
    assert board(page) == [pytest.approx([0.5, 1], abs=4e-4), pytest.approx([-0.5, -1], abs=4e-4)]
    press(page, "use")
    assert said(page, "line").startswith("A world of 2 points")


def test_file_of_points_is_opened(open_page: OpenPage, tmp_path: Path) -> None:
    """A CSV file is read in the page, its text shown, its points put on the board."""
    page = opened_board(open_page)
    (tmp_path / "mine.csv").write_text("x,y\n10,10\n30,10\n20,30\n", "utf-8")
    page.locator(".lab-file input").set_input_files(tmp_path / "mine.csv")
    until(page, f"{LAB}.board.points.length === 3")
    assert "moved and shrunk" in told(page)[0]
    assert page.locator("#lab-text").input_value().startswith("x,y")


def test_pace_and_frames(open_page: OpenPage, record_property: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """The first settings train while the page goes on drawing; how fast depends on the machine and is printed."""
    page = open_page("lab.html")
    pace = page.evaluate(
        f"""() => new Promise((done) => {{ const lab = {LAB}; const begun = performance.now(); let frames = 0;
        const count = (now) => {{ frames++;
            if (now - begun > 2000) {{ lab.pause(); done({{ rounds: lab.step / 2, frames: frames / 2 }}) }}
            else requestAnimationFrame(count) }};
        lab.play(); requestAnimationFrame(count) }})"""
    )
    record_property("pace", json.dumps(pace))
    with capsys.disabled():
        print(f"\n  the Lab: {pace['rounds']:.0f} rounds and {pace['frames']:.0f} frames a second")
    assert pace["rounds"] > 1 and pace["frames"] > 1
