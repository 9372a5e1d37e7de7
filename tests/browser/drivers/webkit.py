"""WebKit as GTK has it: its MiniBrowser, by WebDriver over HTTP, on a virtual screen.

Source: W3C, WebDriver, https://www.w3.org/TR/webdriver2/
"""

from __future__ import annotations

import base64
import json
import os
import socket
import subprocess
import time
import urllib.request
from io import BytesIO
from typing import Any
from urllib.error import URLError

from PIL import Image

from tests.browser.drivers.driver import KEYS, PLACE, find, quiet_environment, stop, wrapped

CALL = "const done = arguments[arguments.length - 1]; {call}.then(done, error => done('!' + error))"


class WebKit:
    """A MiniBrowser window; where there is no screen, one is made."""

    name = "webkit"

    def __init__(self) -> None:
        program = find("webkit")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._screen, display = _screen()
        # Its own sandbox cannot be built inside another, and no page but ours is opened.
        environment = quiet_environment(DISPLAY=display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS="1")
        self._process = subprocess.Popen(
            [program, f"--port={port}"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._root = f"http://127.0.0.1:{port}"
        self._session = ""
        self._session = f"/session/{self._start()}"

    def open(self, url: str, width: int = 1200, height: int = 900, scripts: bool = True) -> None:
        """As Driver.open; without scripts it cannot be asked anything, and is not used."""
        assert scripts, "WebKit's driver works by scripts"
        self._ask("POST", "/url", {"url": "about:blank"})
        self._ask("POST", "/window/rect", {"width": width, "height": height})
        self._ask("POST", "/url", {"url": url})

    def evaluate(self, function: str, argument: object = None) -> Any:
        """As Driver.evaluate."""
        script = CALL.replace("{call}", wrapped(function, argument))
        answer = self._ask("POST", "/execute/async", {"script": script, "args": []})
        assert answer is None or not answer.startswith("!"), answer
        return None if answer is None else json.loads(answer)

    def click(self, selector: str, across: float = 0.5, down: float = 0.5) -> None:
        """As Driver.click."""
        x, y, *_ = self.evaluate(PLACE, [selector, across, down])
        steps = [
            {"type": "pointerMove", "duration": 0, "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "hand", "parameters": {"pointerType": "mouse"}, "actions": steps})

    def press(self, *keys: str) -> None:
        """As Driver.press."""
        signs = [KEYS.get(key, key) for key in keys]
        steps = [{"type": way, "value": sign} for sign in signs for way in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": steps})

    def picture(self, selector: str) -> bytes:
        """As Driver.picture; cut from that of the window, since its own pictures of elements may come out black."""
        *_, x, y, width, height = self.evaluate(PLACE, [selector, 0, 0])
        window = Image.open(BytesIO(base64.b64decode(self._ask("GET", "/screenshot"))))
        cut = BytesIO()
        window.crop((round(x), round(y), round(x + width), round(y + height))).save(cut, "PNG")
        return cut.getvalue()

    def close(self) -> None:
        """As Driver.close."""
        self._ask("DELETE", "")
        stop(self._process)
        if self._screen:
            stop(self._screen)

    def _start(self) -> str:
        """A new session, as soon as the driver listens."""
        end = time.monotonic() + 20
        while True:
            try:
                answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": {}}})
                return str(answer["sessionId"])
            except URLError:
                assert time.monotonic() < end, "WebKit's driver does not listen"
                time.sleep(0.1)

    def _act(self, source: dict[str, Any]) -> None:
        self._ask("POST", "/actions", {"actions": [source]})

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._root + self._session + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]


def _screen() -> tuple[subprocess.Popen[bytes] | None, str]:
    """A virtual screen and its name; none of ours where there is one already."""
    if os.environ.get("DISPLAY"):
        return None, os.environ["DISPLAY"]
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        return process, f":{told.readline().strip()}"
