"""How the preview sends a file: the right kind, a range where one is asked for, and the reloading script.

The standard library's server knows no ranges, and without them every seek in a film lands on its first
frame (RFC 9110, section 14). What is text goes out compressed to those who take it, as any host would send
it. Pages are sent with the preview's script; the files themselves are never changed, and a published folder is
sent as it is. It knows neither essay nor rebuild.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.site.templates import THEME

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".mp4": "video/mp4",
    ".woff2": "font/woff2",
    ".epub": "application/epub+zip",
    ".npz": "application/octet-stream",
}
_HOSTS = ("127.0.0.1", "localhost")
_OWN = {"/-/preview.js": "preview.js", "/-/preview.css": "preview.css"}
_HEAD = b'<link rel="stylesheet" href="/-/preview.css"><script defer src="/-/preview.js"></script></head>'
_CHUNK = 1 << 16
_TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml")
"""Kinds that compress well; pictures and films are compressed already."""


class Sender(BaseHTTPRequestHandler):
    """Answers one request: a file below ``place``, the preview's own, or the line of events.

    Without ``events`` there is no preview: the folder is sent as it lies there.
    """

    protocol_version = "HTTP/1.1"

    def __init__(self, place: Path, events: Callable[[], Iterator[str]] | None, *request: object) -> None:
        self.place = place
        self.events = events
        super().__init__(*request)  # type: ignore[arg-type]  # the socket server's own three

    def do_GET(self) -> None:
        """A file, or the events."""
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host")
        if host not in _HOSTS:  # a page elsewhere must not read this machine's preview through its own name
            self._send(HTTPStatus.FORBIDDEN, b"Not here.", KINDS[".txt"])
            return
        path = unquote(urlsplit(self.path).path)
        if self.events and path == "/-/changes":
            self._stream(self.events())
        elif self.events and path in _OWN:
            self._send(HTTPStatus.OK, (THEME / "preview" / _OWN[path]).read_bytes(), KINDS[Path(path).suffix])
        else:
            self._file(path)

    do_HEAD = do_GET

    def _file(self, path: str) -> None:
        found = inside(self.place, path)
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        found = found or inside(self.place, "/404.html")
        try:
            data = found.read_bytes() if found else b"Not found."
        except OSError:  # swapped away between the look and the reading: ask again
            data, status = b"Being rebuilt.", HTTPStatus.SERVICE_UNAVAILABLE
        kind = KINDS.get(found.suffix, "application/octet-stream") if found else KINDS[".txt"]
        if self.events and kind.startswith("text/html"):
            data = with_preview(data)
        self._send(status, data, kind)

    def _send(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        asked = self.headers.get("Range") if status == HTTPStatus.OK else None
        packed = asked is None and kind.startswith(_TEXTS) and accepts_gzip(self.headers.get("Accept-Encoding") or "")
        if packed:
            data = _compressed(data)
        size, start, end = len(data), 0, len(data)
        if asked is not None and (spans := ranges(asked, size)) is not None:
            if not spans:
                self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                self.send_header("Content-Range", f"bytes */{size}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            start, end = spans
            status = HTTPStatus.PARTIAL_CONTENT
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(end - start))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-store" if self.events else "no-cache")
        if kind.startswith(_TEXTS):
            self.send_header("Vary", "Accept-Encoding")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        if status == HTTPStatus.PARTIAL_CONTENT:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self.end_headers()
        if self.command != "HEAD":
            self._write(memoryview(data)[start:end])

    def _write(self, data: memoryview) -> None:
        try:
            for at in range(0, len(data), _CHUNK):
                self.wfile.write(data[at : at + _CHUNK])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the reader moved on: a player drops a range when it seeks again

    def _stream(self, events: Iterator[str]) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for event in events:
                self.wfile.write(event.encode())
                self.wfile.flush()
        except OSError:
            pass  # the page was closed
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
        """Requests are not told in the terminal: it shows rebuilds and errors."""


def inside(place: Path, path: str) -> Path | None:
    """The file of an address, if it lies in the folder; an address that ends in a slash is its index page."""
    if "\0" in path:
        return None
    wanted = (place / path.lstrip("/")).resolve()
    if wanted.is_dir():
        wanted = wanted / "index.html"
    return wanted if wanted.is_relative_to(place.resolve()) and wanted.is_file() else None


def ranges(asked: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """First byte and the one after the last; () when nothing of it exists; None when it is no single range."""
    match = re.fullmatch(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", asked)
    if match is None or not (match[1] or match[2]):
        return None  # several ranges, or another unit: the whole file is an answer, too
    if not match[1]:
        start, end = max(size - int(match[2]), 0), size
    else:
        start, end = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
    if match[1] and match[2] and int(match[2]) < int(match[1]):
        return None
    return (start, end) if start < end else ()


def accepts_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header takes gzip, or anything, and does not refuse it with a zero."""
    for one in accepted.lower().split(","):
        name, _, weight = (part.strip() for part in one.partition(";"))
        if name in ("gzip", "*"):
            return not re.fullmatch(r"q\s*=\s*0(\.0*)?", weight)
    return False


@lru_cache(maxsize=64)
def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)


def with_preview(page: bytes) -> bytes:
    """The page with the reloading script; the page's own policy lets it listen to its own server."""
    return page.replace(b"</head>", _HEAD, 1)
