"""``make serve``: the pages on 127.0.0.1, rebuilt and reloaded when content or theme change.

    a file changes ──watch──> rebuild ──> reload, told to every open page by server-sent events
                                 └──> an error: told in the terminal and laid over the page; the last good page stays

The reloading script is put into pages as they are sent, never into the published folder. What is sent
and how stands in ``sending``. It trains nothing: figures whose run is missing are shown as they last were.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import EssayError
from pipeline.site.sending import Sender
from pipeline.site.templates import THEME, environment

if TYPE_CHECKING:
    from pipeline.house import House

_BEAT = 15.0
"""Seconds after which an idle line gets a comment, so that a closed page is noticed."""


@dataclass(frozen=True)
class News:
    """What the pages are told: how often it was rebuilt, and what is wrong, if anything is."""

    edition: int
    trouble: str = ""
    stale: tuple[str, ...] = ()


class Board:
    """The latest news, and the waiting for newer."""

    def __init__(self) -> None:
        self.news = News(0)
        self._changed = threading.Condition()

    def post(self, trouble: str = "", stale: Sequence[str] = ()) -> None:
        """New pages, or the reason why there are none."""
        with self._changed:
            edition = self.news.edition + (not trouble)
            self.news = News(edition, trouble, tuple(stale))
            self._changed.notify_all()

    def events(self) -> Iterator[str]:
        """Server-sent events for one open page, from the moment it asks."""
        seen = self.news
        yield "retry: 500\n\n" + _event("stale", seen.stale) + (_event("trouble", seen.trouble) if seen.trouble else "")
        while True:
            with self._changed:
                if self.news is seen:
                    self._changed.wait(_BEAT)
                now = self.news
            if now is seen:
                yield ": still here\n\n"
            elif now.edition != seen.edition:
                yield _event("reload", "")
            else:
                yield _event("trouble", now.trouble)
            seen = now


def _event(kind: str, data: object) -> str:
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n"


def serve(house: House, port: int = 8000) -> None:
    """Serves the preview until it is interrupted."""
    from pipeline.build import rebuild_pages

    preview(house.preview, lambda: rebuild_pages(house).stale, (house.content, THEME), port)


def preview(
    place: Path,
    rebuild: Callable[[], Sequence[str]],
    watched: Sequence[Path],
    port: int,
    opened: Callable[[ThreadingHTTPServer], None] = lambda server: None,
) -> None:
    """The server around any rebuild, which gives the names of stale jobs or raises an EssayError."""
    board = Board()
    refresh(board, rebuild)
    if board.news.trouble and not (place / "index.html").is_file():
        raise EssayError(board.news.trouble)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Sender, place, board.events))
    except OSError as error:
        raise EssayError(
            f"Port {port} cannot be used ({error.strerror}). Try another: make serve PORT={port + 1}"
        ) from error
    server.daemon_threads = True
    stop = threading.Event()
    watcher = threading.Thread(target=watch, args=(board, rebuild, watched, stop), daemon=True)
    watcher.start()
    print(f"http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)", flush=True)
    opened(server)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        stop.set()
        server.server_close()


def watch(board: Board, rebuild: Callable[[], Sequence[str]], watched: Sequence[Path], stop: threading.Event) -> None:
    """Rebuilds after every change of the watched folders, until told to stop."""
    import watchfiles

    folders = [path for path in watched if path.exists()]
    for changes in watchfiles.watch(*folders, debounce=40, step=20, stop_event=stop, raise_interrupt=False):
        names = ", ".join(sorted({Path(path).name for _, path in changes})[:3])
        print(f"{names} changed", end=": ", flush=True)
        refresh(board, rebuild)


def refresh(board: Board, rebuild: Callable[[], Sequence[str]]) -> None:
    """One rebuild, told in the terminal and to the pages."""
    began = time.perf_counter()
    environment.cache_clear()
    try:
        stale = rebuild()
    except EssayError as error:
        print(error, flush=True)
        board.post(trouble=str(error))
    except Exception as error:  # a fault in a template or a style must not end the preview
        print(f"{type(error).__name__}: {error}", flush=True)
        board.post(trouble=f"{type(error).__name__}: {error}")
    else:
        print(f"pages rebuilt in {1000 * (time.perf_counter() - began):.0f} ms", flush=True)
        board.post(stale=stale)
