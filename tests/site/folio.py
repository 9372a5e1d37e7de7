"""A book of two leaves, small enough to hold in the head: content, results and ornament for the tests of site/."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from pipeline.catalogue import Catalogue, FigureEntry, StudyEntry
from pipeline.essay import Essay, read
from pipeline.results import THEMES, ClaimFacts, FilmFacts, Results, RunFacts, SeriesFacts
from pipeline.study import Recipe

RECIPE = Recipe(steps=100, batch_size=1, latent_size=1, learning_rates=(0.1, 0.1), seeds=(0, 1))
CATALOGUE = Catalogue(
    {
        "dance": StudyEntry(
            "dance",
            {"pair": RECIPE},
            {"pair": ""},
            figures={"hills": FigureEntry("hills", "pair", 4.0, 25, None, False)},
            values={"gap": True},
        ),
        "tiles": StudyEntry(
            "tiles",
            {"tiles": RECIPE},
            {"tiles": ""},
            figures={"wall": FigureEntry("wall", "tiles", 4.0, 25, None, True)},
            exports=("ornament",),
        ),
    }
)
FRONT = "---\ntitle: {title}\nquestion: Why {title}?\nstudies: [{studies}]\n---\n\n"
CONTENT = {
    "essay.toml": (
        'title = "Folio"\nsubtitle = "Two leaves"\nlead = "A lead."\nmade = "Recorded."\nauthors = ["A. Author"]\n'
        'ornament = "tiles"\n[[part]]\nslug = "part-1"\ntitle = "Leaves"\nsubtitle = "Both."\n'
        'chapters = ["00-first", "04-second"]\n'
    ),
    "glossary.md": "# Glossary\n\n## Loss {#loss}\nWhat a player makes small.\n",
    "references.bib": "@article{ada, author={Ada Lovelace}, title={Notes}, year=1843, url={https://example.org/}}\n",
    "data.yaml": "{}\n",
    "figures/dance.yaml": (
        "about: Two hills.\nduels: {pair: {name: Pair, recipe: plain}}\n"
        "figures: {hills: {title: Hills, description: Two hills meet.}}\n"
    ),
    "figures/tiles.yaml": (
        "about: Tiles.\nduels: {tiles: {name: Tiles, recipe: plain}}\n"
        "figures: {wall: {title: Wall, description: A wall.}}\n"
    ),
    "chapters/00-first.md": FRONT.format(title="First", studies="") + "A [[loss]], says Ada [@ada].\n",
    "chapters/04-second.md": FRONT.format(title="Second & last", studies="dance")
    + "The gap ends at {{ dance.gap.last }}.\n\n![Hills.](film:dance/hills)\nThey meet.\n",
}


def essay(folder: Path, **changes: str) -> Essay:
    """The essay, with files of content replaced by their stem."""
    for name, text in CONTENT.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changes.get(path.stem, text), encoding="utf-8")
    return read(folder, CATALOGUE)


def results(folder: Path) -> Results:
    """Numbers, and files that stand for films, posters, recordings and ornament."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"recording.npz": _file(folder / "recording.npz", b"frames"), "curves.csv": _file(folder / "c.csv", b"1\n")}
    runs = tuple(
        RunFacts(study, duel, vars(RECIPE), 2.0, "a machine", {"torch": "2"}, "ab" * 32, True, 6, files=files)
        for study, duel in (("dance", "pair"), ("tiles", "tiles"))
    )
    return Results(
        runs=runs,
        values={"dance.gap": SeriesFacts((0, 100), (1.0, 0.25))},
        claims=(ClaimFacts("dance", "met", 0.25, "<=", 0.5, True),),
        films={
            "dance/hills": _film(folder, "dance", "hills", "pair"),
            "tiles/wall": _film(folder, "tiles", "wall", "tiles"),
        },
        exports={"tiles/ornament": ornament(folder / "ornament")},
    )


def ornament(folder: Path) -> dict[str, Path]:
    """Bands and tiles of two stages, a part's band and the mark."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("band-00", "band-04", "tile-00", "tile-04", "part-band", "mark-32", "mark-180")
    return {f"{name}.png": _file(folder / f"{name}.png", picture("PNG", 8, 8)) for name in names}


def picture(kind: str, width: int, height: int) -> bytes:
    """A plain picture."""
    buffer = io.BytesIO()
    Image.new("RGBA", (width, height), (90, 60, 120, 128)).save(buffer, kind)
    return buffer.getvalue()


def _film(folder: Path, study: str, figure: str, duel: str) -> FilmFacts:
    stem = f"{study}-{figure}"
    films = {theme: _file(folder / f"{stem}-{theme}.mp4", theme.encode() * 10) for theme in THEMES}
    posters = {theme: _file(folder / f"{stem}-{theme}.webp", picture("WEBP", 1280, 720)) for theme in THEMES}
    return FilmFacts(study, figure, duel, 4.0, 25, False, (0, 50, 100), 100, 0.5, 1, films, posters)


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
