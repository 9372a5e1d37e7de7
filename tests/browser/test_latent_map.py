"""The map in a real browser, opened from its folder: pointer, keys, sliders, tone, and all that may be missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Page

from pipeline.site.pages import build_site
from tests.browser.conftest import OpenPage, until
from tests.site import island

PAGE = "05-island.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one map."""
    made = tmp_path_factory.mktemp("island")
    build_site(island.essay(made / "content"), island.results(made / "store"), made / "site")
    return made / "site"


def opened(open_page: OpenPage, folder: Path, **options: Any) -> Page:
    """The page, its networks arrived."""
    page = open_page(PAGE, folder=folder, **options)
    page.locator("latent-map").first.scroll_into_view_if_needed()
    page.locator("latent-map.live").first.wait_for()
    return page


def standing(page: Page) -> list[float]:
    """Across and up, of the marker; the sliders say the same."""
    place, sliders = page.evaluate(
        """() => { const map = document.querySelector("latent-map");
        return [[map.place.across, map.place.up], [...map.querySelectorAll("input")].map((s) => Number(s.value))] }"""
    )
    assert np.allclose(place, sliders, atol=0.026)
    return [float(number) for number in place]


def drawn_where_it_stands(page: Page) -> bool:
    """Whether the page's forger draws what torch draws at the marker, to within .01."""
    picture = page.evaluate(
        """() => { const { forger, place, shipped } = document.querySelector("latent-map");
        const [along, upward] = shipped.plane;
        const noise = along.map((one, i) => one * place.across + upward[i] * place.up);
        return Array.from(forger.run(Float32Array.from(noise))) }"""
    )
    right = island.drawn(np.array([standing(page)]))[0].ravel()
    return bool(np.abs(np.array(picture) - right).max() < 0.01)


def test_arrow_keys_walk_and_home_returns(open_page: OpenPage, folder: Path) -> None:
    """Arrows move by a tenth, with shift by a half; Home is the middle; the edge holds; the address follows."""
    page = opened(open_page, folder)
    assert standing(page) == [1.0, 0.0] and drawn_where_it_stands(page)
    page.locator(".map-stage").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    assert standing(page) == [0.9, 0.6] and drawn_where_it_stands(page)
    assert page.locator("[data-is=address]").inner_text() == "+0.90, +0.60"
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    assert standing(page) == [2.0, 0.6]
    page.keyboard.press("Home")
    assert standing(page) == [0.0, 0.0]


def test_pointer_drags_the_marker(open_page: OpenPage, folder: Path) -> None:
    """Pressed at a cell's middle the marker stands there; it follows until it is let go, and no longer."""
    page = opened(open_page, folder)
    box = page.locator(".map-stage").bounding_box()
    assert box is not None

    def at(column: float, row: float) -> tuple[float, float]:
        return box["x"] + (column + 0.5) / 5 * box["width"], box["y"] + (row + 0.5) / 5 * box["height"]

    page.mouse.move(*at(0, 0))
    page.mouse.down()
    assert standing(page) == pytest.approx([-2, 2], abs=0.02)
    page.mouse.move(*at(1, 3), steps=3)
    assert standing(page) == pytest.approx([-1, -1], abs=0.02)
    page.mouse.move(*at(9, 9))
    assert standing(page) == [2.0, -2.0]
    page.mouse.up()
    page.mouse.move(*at(2, 2))
    assert standing(page) == [2.0, -2.0]
    assert drawn_where_it_stands(page)


def test_lost_touch_leaves_the_marker_where_it_was(open_page: OpenPage, folder: Path) -> None:
    """A touch that the system takes away ends the drag: what the finger does afterwards moves nothing."""
    page = opened(open_page, folder)
    page.evaluate(
        """() => { const stage = document.querySelector(".map-stage");
        const { left, top, width, height } = stage.getBoundingClientRect();
        const send = (kind, x, y) => stage.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerId: 7,
            pointerType: "touch", button: 0, clientX: left + x * width, clientY: top + y * height }));
        const captured = new Set();
        stage.setPointerCapture = (id) => captured.add(id);
        stage.hasPointerCapture = (id) => captured.has(id);
        send("pointerdown", 0.5, 0.5);
        captured.clear();
        send("pointercancel", 0.5, 0.5);
        send("pointermove", 0.9, 0.9); }"""
    )
    assert standing(page) == pytest.approx([0, 0], abs=0.01)
    assert page.locator(".map-stage.held").count() == 0


def test_sliders_move_one_way_each(open_page: OpenPage, folder: Path) -> None:
    """Each labelled native slider moves its own way only, and says its place aloud."""
    page = opened(open_page, folder)
    across, up = page.get_by_label("Across: smile"), page.get_by_label("Up: age")
    across.focus()
    page.keyboard.press("ArrowLeft")
    assert standing(page) == pytest.approx([0.95, 0.0])
    up.fill("-1.5")
    assert standing(page) == pytest.approx([0.95, -1.5])
    assert up.get_attribute("aria-valuetext") == "\u22121.50"


def test_sliders_follow_pointer_and_keys(open_page: OpenPage, folder: Path) -> None:
    """Both sliders stand where the marker does after a drag and after a key, and their values are read out alike."""
    page = opened(open_page, folder)
    box = page.locator(".map-stage").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.1 * box["height"])
    assert standing(page) == pytest.approx([-1, 2], abs=0.02)
    page.locator(".map-stage").focus()
    page.keyboard.press("ArrowDown")
    across, up = page.get_by_label("Across: smile"), page.get_by_label("Up: age")
    assert float(up.input_value()) == pytest.approx(1.9) and float(across.input_value()) == pytest.approx(-1, abs=0.02)
    assert up.get_attribute("aria-valuetext") == page.locator("[data-is=address]").inner_text().split(", ")[1]


def test_two_maps_of_a_page_keep_apart(open_page: OpenPage, tmp_path: Path) -> None:
    """Each map has its own networks, sliders and marker: a step on one leaves the other where it was."""
    second = island.WORDS.split("maps:\n")[1].replace("  map:", "  other:", 1).replace("of blots", "of other blots")
    chapter = island.CHAPTER + "\n![Other blots.](map:island/other)\nOther blots.\n"
    results = island.results(tmp_path / "store")
    results.exports["island/other"] = island.export(tmp_path / "other", start=[0.0, -1.0])  # type: ignore[index]
    build_site(island.essay(tmp_path / "content", island.WORDS + second, chapter), results, tmp_path / "site")
    page = opened(open_page, tmp_path / "site")
    page.locator("#other").scroll_into_view_if_needed()
    page.locator("#other.live").wait_for()
    assert page.evaluate(STANDING) == [[1, 0], [0, -1]]
    page.locator("#other .map-stage").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(STANDING) == [[1, 0], [0.1, -1]]
    page.locator("#map").get_by_label("Up: age").fill("1")
    assert page.evaluate(STANDING) == [[1, 1], [0.1, -1]]
    assert page.locator("#other").get_by_label("Up: age").input_value() == "-1"


STANDING = "[...document.querySelectorAll('latent-map')].map((map) => [map.place.across, map.place.up])"


def test_voice_waits_until_the_marker_rests(open_page: OpenPage, folder: Path) -> None:
    """Nothing is said aloud at first nor along the way; at rest one sentence with place and words."""
    page = opened(open_page, folder)
    spoken = page.locator(".map-spoken")
    assert spoken.inner_text() == "" and spoken.get_attribute("aria-live") == "polite"
    page.locator(".map-stage").focus()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    assert spoken.inner_text() == ""
    until(page, "document.querySelector('.map-spoken').textContent !== ''")
    called = page.locator("[data-is=called]").inner_text()
    assert spoken.inner_text() == f"+1.00 across, +0.40 up: {called}."


def test_tone_follows_and_falls_silent(open_page: OpenPage, folder: Path) -> None:
    """A step sounds at 550 * 2^(across / 2) Hz; soon after the last it is gone; with sound off there is none."""
    page = opened(open_page, folder, before=LISTEN)
    page.locator(".map-stage").focus()
    page.evaluate("essay.choose({ sound: false })")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.heard") == []
    page.evaluate("essay.choose({ sound: true })")
    page.keyboard.press("ArrowLeft")
    heard = page.evaluate("window.heard")
    assert len(heard) == 2 and heard == pytest.approx([550 * 2**0.5] * 2, rel=1e-4)
    until(page, "window.silenced === 2")


LISTEN = """window.heard = []; window.silenced = 0;
const { start, stop } = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (...when) { window.heard.push(this);
    Promise.resolve().then(() => window.heard = window.heard.map((one) => one.frequency?.value ?? one));
    return start.apply(this, when) };
OscillatorNode.prototype.stop = function (...when) { window.silenced++; return stop.apply(this, when) };"""


def test_map_without_audio_still_moves(open_page: OpenPage, folder: Path) -> None:
    """Where the browser has no audio the marker moves in silence and nothing breaks."""
    page = opened(open_page, folder, before="delete window.AudioContext")
    page.locator(".map-stage").focus()
    page.keyboard.press("ArrowDown")
    assert standing(page) == [1.0, -0.1]


ASTRAY = """HTMLHeadElement.prototype.append = function (...nodes) { for (const node of nodes) {
    if (/^data/.test(node.getAttribute("src") ?? "")) node.src = "data/nowhere.js";
    this.appendChild(node) } }"""


def test_map_whose_networks_are_lost_shows_the_sheet(open_page: OpenPage, folder: Path, faults: list[str]) -> None:
    """When the networks cannot be loaded a note says so, and the marker picks pictures from the printed sheet."""
    page = open_page(PAGE, folder=folder, before=ASTRAY)
    page.locator("latent-map").scroll_into_view_if_needed()
    until(page, "document.querySelector('.map-note').textContent.includes('could not be loaded')")
    page.locator(".map-stage").focus()
    page.keyboard.press("Home")
    assert page.locator(".map-cell").get_attribute("viewBox") == "32 32 16 16"
    faults.clear()


def test_map_without_scripts_is_complete(open_page: OpenPage, folder: Path) -> None:
    """Without scripts: sheet, marker, the picture beside it, address and words; no control that does nothing."""
    page = open_page(PAGE, folder=folder, java_script_enabled=False)
    assert page.locator(".map-sheet image").count() == 1 and page.locator(".map-cell").is_visible()
    assert page.locator(".map-marker").get_attribute("x") == "70.0%"
    assert page.locator("[data-is=called]").inner_text() == "middle-aged, smiling"
    assert page.locator("latent-map input").first.is_hidden() and page.locator("latent-map canvas").first.is_hidden()


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_map_is_open_to_all(open_page: OpenPage, folder: Path, theme: str, width: int) -> None:
    """Axe finds nothing in either theme, and nothing scrolls sideways."""
    page = opened(open_page, folder, width=width, color_scheme=theme)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
