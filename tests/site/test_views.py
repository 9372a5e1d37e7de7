"""What lists and the bar show is decided here."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from pipeline.site.views import Book, Card, PartView, Sheet, squares

CARD = Card("00", "T", "Q", "00-t.html", 1, 0, False, (), {})
BOOK = Book("B", "", Markup(""), Markup(""), (), "", "", "", "en", (), (), 1, 0, (), {})


def book_with(*numbers: str) -> Book:
    """A book of chapters with these numbers."""
    return replace(BOOK, parts=(PartView(1, "P", "", "p.html", tuple(replace(CARD, number=n) for n in numbers)),))


def test_squares_tell_past_here_ahead_and_absent() -> None:
    """Sixteen squares, a gap after the ninth; a chapter that is not written is absent."""
    row = squares(book_with("01", "04", "06"), "04")
    assert len(row) == 16
    assert [row[k].state for k in (0, 1, 4, 6)] == ["absent", "past", "here", "ahead"]
    assert [k for k, square in enumerate(row) if square.begins] == [9]


def test_squares_grow_with_the_book() -> None:
    """A seventeenth chapter has a square, too."""
    assert len(squares(book_with("00", "16"), "16")) == 17


def test_cover_is_named_by_the_book_alone() -> None:
    """A page's window title ends with the book's; the cover's is the book's."""
    assert Sheet("a.html", "A", "", "chapter", book="B").window_title == "A · B"
    assert Sheet("index.html", "B", "", "cover").window_title == "B"
