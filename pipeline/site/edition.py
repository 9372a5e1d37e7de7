"""The edition being set: the essay rendered, its figures placed, its lists made, before any page is printed.

Chapters are rendered once here; every page then takes what it needs. It knows no template of a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.essay.filters import formatted
from pipeline.essay.model import Chapter, Essay, Placement, Rendered, StudyWords
from pipeline.essay.rendering import render, render_inline
from pipeline.results import Results
from pipeline.site import announcing, assets, views
from pipeline.site.cards import Stock, cards_of
from pipeline.site.ornament import Ornament, Published, ornament
from pipeline.site.places import Placed, Spot, place
from pipeline.site.provenance import Provenance, provenance
from pipeline.site.templates import THEME
from pipeline.site.thumbnails import pair, thumbnails, walls


@dataclass(frozen=True)
class Wall:
    """The film of the cover."""

    films: Mapping[str, str]
    poster: str
    """Its light poster, for browsers that know no AVIF."""
    wide: Mapping[str, str]
    """Theme -> its poster as AVIF; so ``narrow``, the poster's middle square."""
    narrow: Mapping[str, str]
    study: str
    seed: int
    last_step: str


@dataclass(frozen=True)
class Edition:
    """What every page is printed from."""

    essay: Essay
    results: Results
    book: views.Book
    ornament: Ornament
    cards: Mapping[str, views.Card]
    """Slug -> the chapter as lists show it; so ``rendered`` and ``placed``."""
    rendered: Mapping[str, Rendered]
    placed: Mapping[str, tuple[Placed, ...]]
    wall: Wall | None
    made: Mapping[str, Provenance]
    """Study -> how its runs were made, for every study that has any."""
    base_url: str
    social: Mapping[str, str]
    """Page -> path of its social card; pages without one share the cover's."""
    files: Published
    """All that is copied or written besides the pages and the theme."""

    def sheet(
        self,
        address: str,
        title: str,
        description: str,
        *,
        part: str,
        kind: Literal["website", "article"] = "article",
        styles: tuple[str, ...] = (),
        faces: tuple[str, ...] = (),
        late: tuple[str, ...] = (),
        scripts: tuple[str, ...] = (),
        scripted: bool = True,
        relations: tuple[views.Link, ...] = (),
    ) -> views.Sheet:
        """The frame of a page, with what all pages wear; no title of its own is the book's."""
        return views.Sheet(
            address,
            title or self.book.title,
            description,
            part,
            kind,
            book=self.book.title if title else "",
            base=self.base_url,
            styles=(*assets.STYLES, *faces, *(styles or self.ornament.mark)),
            late=(*late, *self.ornament.tiles),
            scripts=(*assets.SCRIPTS, *scripts) if scripted else (),
            scripted=scripted,
            relations=relations,
            card=self.social.get(address, self.social["index.html"]),
            feed=announcing.FEED if announcing.has_feed(self.book, self.base_url) else "",
        )


def edition_of(essay: Essay, results: Results, base_url: str = "") -> Edition:
    """Renders every chapter and gathers what the pages share."""
    files: dict[str, bytes | Path] = {}
    prints = results.exports.get(f"{essay.ornament}/ornament", {})
    adorned = ornament(prints, [chapter.number for chapter in essay.chapters])
    files |= adorned.files
    rendered, placed, cards = {}, {}, {}
    for chapter in essay.chapters:
        rendered[chapter.slug], placed[chapter.slug] = _chapter(chapter, essay, results)
        for figure in placed[chapter.slug]:
            files |= figure.files
        small, thumbs = _small(chapter, results)
        files |= thumbs
        cards[chapter.slug] = views.card(chapter, rendered[chapter.slug], results, small)
    wall, moving = _wall(essay, results)
    files |= moving
    made = {study: _made(study, essay, results) for study in _studies(essay, results)}
    for facts in made.values():
        files |= facts.files
    filled = {
        name: render_inline(words, essay, results) for name, words in (("lead", essay.lead), ("made", essay.made))
    }
    book = views.book_of(essay, results, cards, adorned, assets.by_theme(THEME, "paper"), filled)
    social, printed = cards_of(book, Stock(THEME, prints.get("social-wall.png"), prints.get("mark-180.png")))
    return Edition(
        essay, results, book, adorned, cards, rendered, placed, wall, made, base_url, social, files | printed
    )  # fmt: skip


def _chapter(chapter: Chapter, essay: Essay, results: Results) -> tuple[Rendered, tuple[Placed, ...]]:
    placed: list[Placed] = []

    def put(placement: Placement) -> str:
        number = f"{int(chapter.number)}.{len(placed) + 1}"
        placed.append(place(Spot(placement, number, essay, results), str(chapter.path)))
        return placed[-1].html

    rendered = render(chapter, essay, results, put)
    return rendered, tuple(placed)


def _small(chapter: Chapter, results: Results) -> tuple[Mapping[str, str], Published]:
    """The small posters of the chapter's first film; without one, of its first quiz."""
    for film in views.films_of(chapter, results):
        return thumbnails(results.films[film.name])
    for quiz in (p for p in chapter.placements if p.kind == "quiz" and p.name in results.exports):
        return pair(
            quiz.name, results.exports[quiz.name], assets.by_theme(THEME, "ink"), assets.by_theme(THEME, "plate")
        )
    return {}, {}


def _wall(essay: Essay, results: Results) -> tuple[Wall | None, Published]:
    """The cover's film: "wall" of the study whose tiles are the ornament."""
    film = results.films.get(f"{essay.ornament}/wall")
    if film is None:
        return None, {}
    films = {theme: f"films/wall-{theme}.mp4" for theme in film.films}
    poster = "posters/wall-light.webp"
    seed = next((run.recipe["shown"] for run in results.runs if (run.study, run.duel) == (film.study, film.duel)), 0)
    wide, narrow, packed = walls(film.posters)
    files: Published = {films[theme]: path for theme, path in film.films.items()} | {poster: film.posters["light"]}
    return Wall(films, poster, wide, narrow, film.study, seed, formatted(film.last_step, "count")), {**files, **packed}


def _studies(essay: Essay, results: Results) -> list[str]:
    """The studies that have runs, in the order of the essay."""
    ran = {run.study for run in results.runs}
    return [study for study in essay.studies if study in ran]


def _made(study: str, essay: Essay, results: Results) -> Provenance:
    """How a study's runs were made, the run of its first film first."""
    words = essay.words.get(study) or StudyWords(study, "", essay.content)
    films = [film for film in results.films.values() if film.study == study]
    duel = films[0].duel if films else next(run.duel for run in results.runs if run.study == study)
    return provenance(study, films[0].figure if films else "", duel, results, words, essay.data)
