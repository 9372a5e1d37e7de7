"""Firefox as it is installed, by WebDriver BiDi: it listens on a socket of its own and needs no driver program.

Source: W3C, WebDriver BiDi, https://w3c.github.io/webdriver-bidi/
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from tests.browser.drivers.driver import KEYS, PLACE, find, quiet_environment, stop, wrapped

PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "nimbus.rollouts.enabled": False,
    "toolkit.telemetry.enabled": False,
}
"""It asks nobody anything; else it is the browser that readers have."""


class Firefox:
    """A headless Firefox with a profile of its own."""

    name = "firefox"

    def __init__(self) -> None:
        self._start(scripts=True)

    def open(self, url: str, width: int = 1200, height: int = 900, scripts: bool = True) -> None:
        """As Driver.open; without scripts it is another Firefox, with scripts turned off in its settings."""
        if scripts != self._scripts:
            self.close()
            self._start(scripts)
        self._call("browsingContext.setViewport", context=self._window, viewport={"width": width, "height": height})
        for address in ("about:blank", url):
            self._call("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def _start(self, scripts: bool) -> None:
        self._scripts = scripts
        self._opened = ExitStack()
        folder = tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)
        profile = self._opened.enter_context(folder)
        preferences = PREFERENCES | {"javascript.enabled": scripts}
        lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in preferences.items()]
        (Path(profile) / "user.js").write_text("".join(lines))
        command = [find("firefox"), "--headless", "--no-remote", "--profile", profile]
        self._process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0"],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=quiet_environment(),
        )  # fmt: skip
        self._opened.callback(stop, self._process)
        self._asked = 0
        self._socket = self._opened.enter_context(connect(self._address(), max_size=None))
        self._call("session.new", capabilities={})
        self._window = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def evaluate(self, function: str, argument: object = None) -> Any:
        """As Driver.evaluate; without scripts no promise is ever kept, so none is waited for."""
        call = wrapped(function, argument) if self._scripts else f"JSON.stringify(({function})({json.dumps(argument)}))"
        answer = self._call(
            "script.evaluate", expression=call, target={"context": self._window}, awaitPromise=self._scripts
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"]) if answer["result"]["type"] == "string" else None

    def click(self, selector: str, across: float = 0.5, down: float = 0.5) -> None:
        """As Driver.click."""
        x, y, *_ = self.evaluate(PLACE, [selector, across, down])
        steps = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "hand", "actions": steps})

    def press(self, *keys: str) -> None:
        """As Driver.press."""
        signs = [KEYS.get(key, key) for key in keys]
        steps = [{"type": way, "value": sign} for sign in signs for way in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": steps})

    def picture(self, selector: str) -> bytes:
        """As Driver.picture."""
        *_, x, y, width, height = self.evaluate(PLACE, [selector, 0, 0])
        clip = {"type": "box", "x": x, "y": y, "width": width, "height": height}
        answer = self._call("browsingContext.captureScreenshot", context=self._window, clip=clip)
        return base64.b64decode(answer["data"])

    def close(self) -> None:
        """As Driver.close."""
        self._opened.close()

    def _address(self) -> str:
        """Where it listens, as it says itself; what it says afterwards is read and forgotten."""
        assert self._process.stderr
        for line in self._process.stderr:
            if found := re.search(r"ws://\S+", line):
                threading.Thread(target=self._process.stderr.read, daemon=True).start()
                return f"{found[0]}/session"
        raise AssertionError("Firefox ended before it listened")

    def _act(self, source: dict[str, Any]) -> None:
        self._call("input.performActions", context=self._window, actions=[source])

    def _call(self, method: str, **parameters: Any) -> Any:
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv(30))).get("id") != self._asked:
            pass  # an event, or the late answer to nobody
        assert answer["type"] == "success", f"{method}: {answer.get('message')}"
        return answer["result"]
