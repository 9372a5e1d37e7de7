"""The preview rebuilds, tells its pages, and keeps the last good one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import EssayError, Problems
from pipeline.site.server import Board, preview, refresh


def test_rebuild_is_told_as_reload() -> None:
    """A page that listens hears of the next rebuild."""
    board = Board()
    events = board.events()
    assert "event: stale\ndata: []" in next(events)
    board.post()
    assert next(events).startswith("event: reload")


def test_trouble_is_told_and_stays(capsys: pytest.CaptureFixture[str]) -> None:
    """An error reaches the terminal, the open page, and a page opened later."""
    board = Board()
    events = board.events()
    next(events)

    def broken() -> list[str]:
        raise Problems([])

    refresh(board, broken)
    assert "0 problems" in capsys.readouterr().out
    assert next(events).startswith("event: trouble")
    assert "event: trouble" in next(board.events())


def test_unforeseen_fault_does_not_end_the_preview() -> None:
    """A fault in a template is told like any other."""
    board = Board()

    def broken() -> list[str]:
        raise KeyError("x")

    refresh(board, broken)
    assert board.news.trouble == "KeyError: 'x'"


def test_repair_reloads() -> None:
    """After an error the next good rebuild reloads the page and clears the trouble."""
    board = Board()
    board.post(trouble="no")
    events = board.events()
    next(events)
    refresh(board, lambda: ["draw/a"])
    assert next(events).startswith("event: reload")
    assert (board.news.trouble, board.news.stale) == ("", ("draw/a",))


def test_preview_without_any_good_page_is_an_error(tmp_path: Path) -> None:
    """Where nothing was ever built there is nothing to show."""

    def never() -> list[str]:
        raise EssayError("never built")

    with pytest.raises(EssayError, match="never built"):
        preview(tmp_path, never, (), 0)
