"""Figures in the prose: each kind of placement and what stands on the page in its place.

A film becomes a player, a still its poster, a quiz a game, a map a map to walk on, a session a
timer and a box to write in, a lab a door into the Lab with settings laid out, an image a picture.
The literal table at the bottom is the register: a kind that is not in it has no part yet, and the
page says which line asks for it. What a figure needs besides its HTML (files, data scripts) is kept
for the page that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import SiteBroken, did_you_mean
from pipeline.essay.model import Essay, Placement
from pipeline.results import Results
from pipeline.site.films import player_of
from pipeline.site.maps import map_of
from pipeline.site.ornament import Published
from pipeline.site.quiz import quiz_of
from pipeline.site.templates import page


@dataclass(frozen=True)
class Placed:
    """A figure as it stands on a page."""

    html: str
    files: Published = field(default_factory=dict)
    scripts: tuple[str, ...] = ()
    """Paths of the data scripts the page must load."""


@dataclass(frozen=True)
class Spot:
    """Where a figure stands: what it is numbered, and what it may be made from."""

    placement: Placement
    number: str
    """As printed: "4.1"."""
    essay: Essay
    results: Results


def place(spot: Spot, chapter: str) -> Placed:
    """The figure, by its kind; SiteBroken for a kind that no part of the site can show."""
    line, kind = spot.placement.line, spot.placement.kind
    make = KINDS.get(kind)
    if make is None:
        raise SiteBroken(f'{chapter}:{line}: no page part shows a "{kind}". There are: {", ".join(sorted(KINDS))}.')
    try:
        return make(spot)
    except SiteBroken as broken:
        raise SiteBroken(f"{chapter}:{line}: {broken}") from None


def _film(spot: Spot) -> Placed:
    made = player_of(spot.placement, spot.number, spot.essay, spot.results)
    files: dict[str, bytes | Path] = dict(made.files)
    files |= {made.script_path: made.script.encode(), made.captions_path: made.captions.encode()}
    return Placed(page("figures/film", p=made), files, (made.script_path,))


def _quiz(spot: Spot) -> Placed:
    made = quiz_of(spot.placement, spot.number, spot.essay, spot.results)
    files: Mapping[str, bytes | Path] = dict(made.files) | {made.script_path: made.script.encode()}
    return Placed(page("figures/quiz", q=made), files, (made.script_path,))


def _map(spot: Spot) -> Placed:
    made = map_of(spot.placement, spot.number, spot.essay, spot.results)
    files: Mapping[str, bytes | Path] = dict(made.files) | {made.script_path: made.script.encode()}
    return Placed(page("figures/map", m=made), files)


def _still(spot: Spot) -> Placed:
    film = spot.results.films[spot.placement.name]
    posters = {theme: f"posters/{film.study}-{film.figure}-{theme}.webp" for theme in film.posters}
    files = {posters[theme]: path for theme, path in film.posters.items()}
    return Placed(page("figures/still", figure=spot.placement, posters=posters, number=spot.number), files)


def _session(spot: Spot) -> Placed:
    return Placed(page("figures/session", figure=spot.placement, number=spot.number))


def _image(spot: Spot) -> Placed:
    source = spot.essay.content / spot.placement.name
    path = f"images/{Path(spot.placement.name).name}"
    return Placed(page("figures/image", figure=spot.placement, path=path, number=spot.number), {path: source})


ROOMS: Mapping[str, str] = {
    "hills": "data=hills",
    "ring": "data=ring",
    "hasty": "data=ring&penalty=none&forger=0.01&detective=0.0005&noise=1&glasses=1&b=penalty:r1,forger:0.001,"
    "detective:0.003,noise:4,glasses:4",
    "critic": "data=circle&loss=saturating&penalty=none&critic=5&b=loss:wasserstein,penalty:gp,strength:1",
}
"""What a chapter may open the Lab with: settings as its address holds them; what is left out is as the Lab begins."""


def _lab(spot: Spot) -> Placed:
    name = spot.placement.name
    if name not in ROOMS:
        raise SiteBroken(f'the Lab has no settings "{name}". {did_you_mean(name, list(ROOMS))}')
    return Placed(page("figures/lab", figure=spot.placement, room=ROOMS[name]))


KINDS: Mapping[str, Callable[[Spot], Placed]] = {
    "film": _film, "still": _still, "quiz": _quiz, "map": _map, "session": _session, "lab": _lab,
    "image": _image,
}  # fmt: skip
