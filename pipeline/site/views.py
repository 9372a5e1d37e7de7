"""What the templates print: the book, its parts, its chapters, as frozen values with nothing left to decide.

Made from the essay and the results; it knows no template and writes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from pipeline.essay.model import Chapter, Essay, Part, Placement, Rendered
from pipeline.results import Results
from pipeline.site.ornament import Icon, Ornament

POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self' data:",
        "media-src 'self'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "font-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""Nothing inline, nothing from elsewhere. Chromium and Firefox read 'self' so that it holds for a folder, too.

The pages themselves ask for nothing by script; auditors of a page read robots.txt through it.
"""

LICENCES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}

SQUARES = (9, 7)
"""The bar's squares: the chapters the book is planned to have, part by part."""


@dataclass(frozen=True)
class Card:
    """A chapter, as lists, plates and its own opening show it."""

    number: str
    title: str
    question: str
    address: str
    minutes: int
    films: int
    sounding: bool
    """Whether its films have sound."""
    runs: tuple[str, ...]
    posters: Mapping[str, str]
    """Theme -> small poster of its first film or quiz; empty without either."""
    live: Mapping[str, int] = field(default_factory=dict)
    """What else there is to do in it: "quiz", "map", "session", and how many of each."""


@dataclass(frozen=True)
class PartView:
    """A part and its chapters."""

    number: int
    title: str
    subtitle: str
    address: str
    chapters: tuple[Card, ...]


@dataclass(frozen=True)
class Link:
    """A page of the back matter; or, with ``rel``, what a page is to another."""

    title: str
    address: str
    rel: str = ""


LAB = Link("The Lab", "lab.html")
"""Listed first of the back matter."""

BACK = (
    Link("Glossary", "glossary.html"),
    Link("Bibliography", "bibliography.html"),
    Link("Colophon", "colophon.html"),
)


WAYS = (
    Link("Search", "search.html"),
    Link("On one page", "print.html"),
)
"""Other ways through the whole essay, listed after the back matter."""


@dataclass(frozen=True)
class Square:
    """A chapter in the bar."""

    state: Literal["past", "here", "ahead", "absent"]
    begins: bool
    """The first of a part after the first."""


@dataclass(frozen=True)
class Book:
    """What every page knows."""

    title: str
    subtitle: str
    lead: Markup
    made: Markup
    authors: tuple[str, ...]
    licence: str
    licence_address: str
    """Where the licence can be read; "" where that is not known."""
    published: str
    """The day, as 2026-11-30; "" before."""
    language: str
    parts: tuple[PartView, ...]
    back: tuple[Link, ...]
    minutes: int
    runs: int
    icons: tuple[Icon, ...]
    paper: Mapping[str, str]

    @property
    def epub(self) -> str:
        """Path of the book as one file, named like its title."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")
        return f"{plain or 'essay'}.epub"

    @property
    def chapters(self) -> tuple[Card, ...]:
        """All chapters in reading order."""
        return tuple(card for part in self.parts for card in part.chapters)


@dataclass(frozen=True)
class Sheet:
    """The frame of one page: what stands in its head, and which parts it wears."""

    address: str
    title: str
    description: str
    part: str
    """What kind of page it is, for the style sheets: cover, part, chapter, back."""
    kind: Literal["website", "article"] = "article"
    book: str = ""
    """The book's title, printed after the page's own in the window's title; "" on the cover."""
    base: str = ""
    """Where the site is published; "" prints no canonical address."""
    styles: tuple[str, ...] = ()
    """Style sheets that the page waits for; so ``late``, for which it does not."""
    late: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    scripted: bool = True
    """Whether the page is alive; the one for paper only wakes its faces."""
    relations: tuple[Link, ...] = ()
    card: str = ""
    """Path of the picture shown where the page is shared."""
    feed: str = ""
    """Path of the feed; "" where there is none."""
    policy: str = field(default=POLICY)

    @property
    def window_title(self) -> str:
        """The title of the window, of bookmarks and of search results."""
        return f"{self.title} · {self.book}" if self.book else self.title

    @property
    def picture(self) -> str:
        """The card's full address, where it is known: those who fetch it do not know the page."""
        return f"{self.base.rstrip('/')}/{self.card}" if self.base and self.card else self.card

    @property
    def canonical(self) -> tuple[str, ...]:
        """The one full address of the page, where it is known."""
        page = "" if self.address == "index.html" else self.address
        return (f"{self.base.rstrip('/')}/{page}",) if self.base else ()


def card(chapter: Chapter, rendered: Rendered, results: Results, posters: Mapping[str, str]) -> Card:
    """A chapter as lists show it, its title and question with their numbers filled in."""
    films = films_of(chapter, results)
    return Card(
        number=chapter.number,
        title=rendered.title,
        question=rendered.question,
        address=chapter.address,
        minutes=rendered.minutes,
        films=len(films),
        sounding=any(results.films[film.name].sound for film in films),
        runs=chapter.studies,
        posters=posters,
        live=Counter(p.kind for p in chapter.placements if p.kind in ("quiz", "map", "session")),
    )


def films_of(chapter: Chapter, results: Results) -> tuple[Placement, ...]:
    """The placed films that the results hold."""
    return tuple(p for p in chapter.placements if p.kind == "film" and p.name in results.films)


def parts_of(essay: Essay, cards: Mapping[str, Card]) -> tuple[PartView, ...]:
    """The parts with their chapters' cards, by slug."""
    return tuple(_part(number, part, cards) for number, part in enumerate(essay.parts, start=1))


def _part(number: int, part: Part, cards: Mapping[str, Card]) -> PartView:
    return PartView(number, part.title, part.subtitle, part.address, tuple(cards[c.slug] for c in part.chapters))


def squares(book: Book, here: str) -> tuple[Square, ...]:
    """The bar's squares for the chapter numbered ``here``: read before it, itself, still to come."""
    present = {int(card.number) for card in book.chapters}
    count = max(sum(SQUARES), max(present, default=0) + 1)

    def state(k: int) -> Literal["past", "here", "ahead", "absent"]:
        if k == int(here):
            return "here"
        if k not in present:
            return "absent"
        return "past" if k < int(here) else "ahead"

    return tuple(Square(state(k), k == SQUARES[0]) for k in range(count))


def book_of(
    essay: Essay,
    results: Results,
    cards: Mapping[str, Card],
    ornament: Ornament,
    paper: Mapping[str, str],
    filled: Mapping[str, Markup],
) -> Book:
    """What every page knows; ``filled`` holds lead and made with their numbers."""
    return Book(
        title=essay.title,
        subtitle=essay.subtitle,
        lead=filled["lead"],
        made=filled["made"],
        authors=essay.authors,
        licence=essay.licence,
        licence_address=LICENCES.get(essay.licence, ""),
        published=essay.published,
        language=essay.language,
        parts=parts_of(essay, cards),
        back=(LAB, *BACK, *WAYS),
        minutes=sum(card.minutes for card in cards.values()),
        runs=len(results.runs),
        icons=ornament.icons,
        paper=paper,
    )
