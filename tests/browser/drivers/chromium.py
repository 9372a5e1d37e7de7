"""Chromium by Playwright, on the browser that the other tests opened."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Browser, Error

from tests.browser.drivers.driver import PLACE, wrapped


class Chromium:
    """A window of an open Chromium."""

    name = "chromium"

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts = {scripts: browser.new_context(java_script_enabled=scripts) for scripts in (True, False)}
        self._page = self._contexts[True].new_page()

    def open(self, url: str, width: int = 1200, height: int = 900, scripts: bool = True) -> None:
        """As Driver.open."""
        self._page.close()
        self._page = self._contexts[scripts].new_page()
        self._page.set_viewport_size({"width": width, "height": height})
        self._page.goto(url)

    def evaluate(self, function: str, argument: object = None) -> Any:
        """As Driver.evaluate; a question lost to a change of page is asked again of the page that comes."""
        try:
            answer = self._page.evaluate(wrapped(function, argument))
        except Error as error:
            if "Execution context was destroyed" not in error.message:
                raise
            self._page.wait_for_load_state()
            answer = self._page.evaluate(wrapped(function, argument))
        return None if answer is None else json.loads(answer)

    def click(self, selector: str, across: float = 0.5, down: float = 0.5) -> None:
        """As Driver.click."""
        x, y, *_ = self.evaluate(PLACE, [selector, across, down])
        self._page.mouse.click(x, y)

    def press(self, *keys: str) -> None:
        """As Driver.press."""
        for key in keys:
            self._page.keyboard.press(key)

    def picture(self, selector: str) -> bytes:
        """As Driver.picture."""
        return self._page.locator(selector).first.screenshot()

    def close(self) -> None:
        """As Driver.close; the browser itself is not ours."""
        for context in self._contexts.values():
            context.close()
