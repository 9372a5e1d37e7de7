"""The verbs of every driver, and what they share: where an element is, and what its key is called."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any, Protocol

FIND = Path(__file__).parents[2] / "find-browser"
KEYS = {
    "Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "End": "\ue010", "Home": "\ue011",
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
}  # fmt: skip
"""WebDriver's signs for keys that print nothing."""
PLACE = """async ([selector, across, down]) => {
    const element = document.querySelector(selector);
    const seen = element.getBoundingClientRect();
    if (seen.top < 60 || seen.bottom > innerHeight) {
        element.scrollIntoView({ block: "center", behavior: "instant" });
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left + across * width, top + down * height, left, top, width, height] }"""


class Driver(Protocol):
    """A browser with one window."""

    name: str

    def open(self, url: str, width: int = 1200, height: int = 900, scripts: bool = True) -> None:
        """Load a page in a window of so many px, anew even where only its fragment differs; wait for its end."""

    def evaluate(self, function: str, argument: object = None) -> Any:
        """What a function of the page gives for the argument, through JSON; a promise is awaited."""

    def click(self, selector: str, across: float = 0.5, down: float = 0.5) -> None:
        """Press the pointer on the first such element, at this share of its width and height."""

    def press(self, *keys: str) -> None:
        """Press keys where the focus is: letters, " ", or the names of KEYS."""

    def picture(self, selector: str) -> bytes:
        """PNG of the first such element, as it is on the screen."""

    def close(self) -> None:
        """Leave nothing running."""


def find(browser: str) -> str:
    """The path of a program, installed where that can be done."""
    return subprocess.run([FIND, browser], capture_output=True, text=True, check=True).stdout.strip()


def wrapped(function: str, argument: object) -> str:
    """An expression that calls the function and gives a promise of JSON."""
    return f"(async () => JSON.stringify(await ({function})({json.dumps(argument)})))()"


def until(driver: Driver, truth: str, argument: object = None, seconds: float = 10.0) -> None:
    """Wait until a function of the page gives something true."""
    end = time.monotonic() + seconds
    while not driver.evaluate(truth, argument):
        assert time.monotonic() < end, f"{driver.name}: never came true: {truth}"
        time.sleep(0.03)


def stop(process: subprocess.Popen[Any]) -> None:
    """End a process that a driver started, and wait for it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def quiet_environment(**more: str) -> dict[str, str]:
    """This process's environment for a browser, with ``more``."""
    return {**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1", "NO_AT_BRIDGE": "1", **more}
