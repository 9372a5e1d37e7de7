"""A small but real site, built once, and a real Chromium that opens it from its folder (file://).

``open_page`` gives a page on which every error of the console, every failed or foreign request and every
breach of the page's own security policy is a failure of the test that opened it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from pipeline.essay import read
from pipeline.site.pages import build_site
from tests.browser import hill
from tests.browser.drivers.driver import find

HERE = Path(__file__).parent
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    store, out = tmp_path_factory.mktemp("store"), tmp_path_factory.mktemp("built") / "site"
    build_site(read(HERE / "book", hill.catalogue()), hill.results(store), out)
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    program = find("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def faults() -> list[str]:
    """What went wrong on the pages of this test; a test that provokes something clears it."""
    return []


@pytest.fixture
def open_page(site: Path, browser: Browser, faults: list[str]) -> Iterator[OpenPage]:
    """open_page("01-the-hill.html#climb", width=, height=, before=script, folder=, **context options) -> Page."""
    contexts = []

    def opened(
        address: str, width: int = 1440, height: int = 1000, before: str = "", folder: Path = site, **options: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        if before:
            page.add_init_script(before)
        page.on(
            "console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: None if _own(request.url) else faults.append(f"asked for {request.url}"))
        if options.get("java_script_enabled", True):
            page.goto, page.reload = _awaited(page, page.goto), _awaited(page, page.reload)  # type: ignore[method-assign]
        page.goto(f"file://{folder}/{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def _own(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:"))


def awake(page: Page) -> None:
    """Wait until the page's scripts have come, as they do after its first paint; the page for paper has none."""
    page.evaluate("() => typeof essay === 'undefined' || essay.awake.then(() => true)")


def _awaited(page: Page, go: Callable[..., Any]) -> Callable[..., Any]:
    """A way to a page that ends when it is awake."""

    def gone(*where: Any, **options: Any) -> Any:
        answer = go(*where, **options)
        awake(page)
        return answer

    return gone


def cursor(page: Page, figure: str = "climb") -> dict[str, Any]:
    """Where the cursor of a figure stands, and what its video does."""
    state: dict[str, Any] = page.evaluate(
        """id => { const { cursor } = document.getElementById(id); const { video } = cursor;
        return { frame: cursor.index, step: cursor.step, playing: cursor.playing, muted: video.muted,
                 time: video.currentTime, rate: video.playbackRate,
                 source: video.currentSrc || video.src, loaded: video.readyState > 0 } }""",
        figure,
    )
    return state


def until(page: Page, truth: str, argument: object = None, seconds: float = 5.0) -> None:
    """Wait until an expression or function of the page is true; Playwright's way is eval, which the policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(truth, argument):
        assert time.monotonic() < end, f"never came true: {truth}"
        page.wait_for_timeout(20)


def rest(page: Page, figure: str = "climb") -> None:
    """Wait until the video stands at the cursor's frame, no seek is in flight and the picture has been painted."""
    until(
        page,
        """id => {
        const { video, index, data } = document.getElementById(id).cursor;
        return video.readyState > 1 && !video.seeking && Math.abs(video.currentTime * data.fps - index - 0.5) < 0.1
        }""",
        figure,
    )
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def frame_on_screen(page: Page, figure: str = "climb") -> int:
    """The number that the picture itself carries, read from the pixels on the screen once they rest.

    A busy machine paints late: the picture is read until it agrees with the cursor, for twenty seconds at most;
    then it is what it is. A browser without a screen may also not compose a picture that arrives while nothing else
    on the page changes; a screen would, sixty times a second. So between two readings the page is moved by a point.
    """
    rest(page, figure)
    end = time.monotonic() + 20
    while (number := _number(page.locator(f"#{figure} .film-stage"))) != cursor(page, figure)["frame"]:
        if time.monotonic() > end:
            break
        page.evaluate(
            """() => new Promise(done => {
            window.scrollBy(0, 1);
            requestAnimationFrame(() => { window.scrollBy(0, -1); requestAnimationFrame(done); }) })"""
        )
        page.wait_for_timeout(50)
    return number


def _number(stage: Locator) -> int:
    picture = np.asarray(Image.open(BytesIO(stage.screenshot())).convert("L"))
    row = picture[int(picture.shape[0] * 0.95)]
    blocks = [row[int((bit + 0.5) * len(row) / hill.BITS)] > 128 for bit in range(hill.BITS)]
    return sum(1 << bit for bit, light in enumerate(blocks) if light)
