"""The folder holds exactly the site, and what did not change is not touched."""

from __future__ import annotations

from pathlib import Path

from pipeline.site.writing import write


def test_write_puts_and_removes(tmp_path: Path) -> None:
    """After writing, the folder holds these files and no others, not even empty folders."""
    write({"a/b.html": b"1", "old/c.txt": b"2"}, tmp_path)
    write({"a/b.html": b"3"}, tmp_path)
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*"))] == ["a", "a/b.html"]
    assert (tmp_path / "a/b.html").read_bytes() == b"3"


def test_unchanged_file_keeps_its_time(tmp_path: Path) -> None:
    """Writing the same bytes again does nothing."""
    (path,) = write({"a.html": b"1"}, tmp_path)
    before = path.stat().st_mtime_ns
    write({"a.html": b"1"}, tmp_path)
    assert path.stat().st_mtime_ns == before


def test_large_files_are_linked(tmp_path: Path) -> None:
    """A file of the store is not copied where it can be linked."""
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    (path,) = write({"films/film.mp4": film}, tmp_path / "out")
    assert path.samefile(film)
