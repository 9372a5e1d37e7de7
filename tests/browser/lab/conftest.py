"""A page of the Lab, awake."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage


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
