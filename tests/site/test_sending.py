"""The preview sends ranges, kinds and scripts as a browser needs them."""

from __future__ import annotations

import gzip
import http.client
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.site.ornament import Published
from pipeline.site.sending import Sender, accepts_gzip, inside, ranges, with_preview


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server of a folder with a page and a film."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_bytes(b"<head></head>")
    (folder / "film.mp4").write_bytes(bytes(range(100)))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Sender, folder, lambda: iter(["event: reload\n\n"])))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def asked(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    line.request(method, path, headers=headers)
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer.status, dict(answer.getheaders()), body


def test_range_gives_its_part(port: int) -> None:
    """206, the bytes asked for, and where they stand in the whole."""
    status, headers, body = asked(port, "/film.mp4", Range="bytes=10-19")
    assert (status, body) == (206, bytes(range(10, 20)))
    assert headers["Content-Range"] == "bytes 10-19/100"
    assert headers["Content-Type"] == "video/mp4"


def test_range_beyond_the_end_is_refused(port: int) -> None:
    """416 tells the size."""
    status, headers, _ = asked(port, "/film.mp4", Range="bytes=100-")
    assert (status, headers["Content-Range"]) == (416, "bytes */100")


def test_text_is_compressed_for_those_who_take_it(port: int) -> None:
    """A page goes out as gzip when asked, plain when not; the caches between are told."""
    _, headers, body = asked(port, "/", **{"Accept-Encoding": "br, gzip"})
    assert headers["Content-Encoding"] == "gzip" and headers["Vary"] == "Accept-Encoding"
    plain = asked(port, "/")
    assert "Content-Encoding" not in plain[1] and gzip.decompress(body) == plain[2]


def test_film_is_never_compressed(port: int) -> None:
    """A film is compressed already, and its ranges count its own bytes."""
    status, headers, body = asked(port, "/film.mp4", Range="bytes=10-19", **{"Accept-Encoding": "gzip"})
    assert (status, body) == (206, bytes(range(10, 20)))
    assert "Content-Encoding" not in headers


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("", False), ("br", False), ("gzip;q=0", False)],
)
def test_compression_is_taken_or_refused(accepted: str, taken: bool) -> None:
    """By its name or by a star; a weight of zero refuses."""
    assert accepts_gzip(accepted) is taken


def test_head_has_no_body(port: int) -> None:
    """HEAD tells the length and sends nothing."""
    status, headers, body = asked(port, "/film.mp4", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "100", b"")


@pytest.mark.parametrize(
    ("asked_for", "span"),
    [
        ("bytes=0-", (0, 100)), ("bytes=90-200", (90, 100)), ("bytes=-10", (90, 100)), ("bytes=-0", ()),
        ("bytes=100-", ()), ("bytes=5-4", None), ("bytes=0-1,5-6", None), ("lines=0-1", None), ("bytes=-", None),
    ],
)  # fmt: skip
def test_ranges_are_read(asked_for: str, span: tuple[int, ...] | None) -> None:
    """First and last, open ends and suffixes; what is no single range is no range."""
    assert ranges(asked_for, 100) == span


def test_page_is_sent_with_the_reloading_script(port: int) -> None:
    """The script is in what is sent, never in the file."""
    status, _, body = asked(port, "/")
    assert status == 200
    assert b"/-/preview.js" in body
    assert asked(port, "/-/preview.js")[1]["Content-Type"].startswith("text/javascript")


def test_policy_of_the_pages_lets_the_preview_listen(site: Published) -> None:
    """A page as sent runs the preview's script and may hear its own server, and no other."""
    page = site["index.html"]
    assert isinstance(page, bytes)
    assert b"connect-src 'self';" in page
    assert with_preview(page).count(b"/-/preview.js") == 1


def test_events_are_streamed(port: int) -> None:
    """The line of events is text/event-stream."""
    status, headers, body = asked(port, "/-/changes")
    assert (status, headers["Content-Type"], body) == (200, "text/event-stream", b"event: reload\n\n")


def test_missing_page_is_404(port: int) -> None:
    """What is not there is not found."""
    assert asked(port, "/nothing.html")[0] == 404


def test_foreign_host_is_refused(port: int) -> None:
    """A name that another site points at this machine gets nothing."""
    assert asked(port, "/", Host="evil.example")[0] == 403


def test_inside_never_leaves_the_folder(tmp_path: Path) -> None:
    """No address reaches a file beside the folder."""
    (tmp_path / "secret.txt").write_text("s")
    (tmp_path / "site").mkdir()
    assert inside(tmp_path / "site", "/../secret.txt") is None
    assert inside(tmp_path / "site", "//etc/passwd") is None
    assert inside(tmp_path / "site", "/a\0b") is None
