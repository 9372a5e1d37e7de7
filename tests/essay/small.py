"""A catalogue, results and an essay small enough to hold in the head, for the tests of essay/."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.catalogue import Catalogue, ClaimEntry, FigureEntry, SoundEntry, StudyEntry
from pipeline.errors import Problem, Problems
from pipeline.essay import Essay, Placement, Rendered, read, render
from pipeline.results import ClaimFacts, Results, RunFacts, SeriesFacts
from pipeline.study import Recipe

RECIPE = Recipe(steps=1000, batch_size=8, latent_size=2, learning_rates=(0.001, 0.002), seeds=(0, 1))
DANCE = StudyEntry(
    name="dance",
    duels={"pair": RECIPE},
    data={"pair": ""},
    figures={"hills": FigureEntry("hills", "pair", 12.0, 25, "voices", False)},
    sounds={"voices": SoundEntry("voices", 12.0, {"fork": ("real", 440.0)})},
    values={"gap": True, "floor": False},
    claims={"gap_ends": ClaimEntry("gap_ends", "<=", 0.02)},
    exports=("remedies",),
)
RING = StudyEntry(
    name="ring", duels={"healthy": RECIPE, "collapsed": RECIPE}, data={"healthy": "", "collapsed": ""},
    figures={"modes": FigureEntry("modes", "collapsed", 12.0, 25, None, False)}, values={"islands": True},
)  # fmt: skip
CATALOGUE = Catalogue({"dance": DANCE, "ring": RING})
RESULTS = Results(
    runs=tuple(
        RunFacts(study, duel, vars(RECIPE), 1.0, "", {}, "", False, 0)
        for study, duel in (("dance", "pair"), ("ring", "healthy"), ("ring", "collapsed"))
    ),
    values={
        "dance.gap": SeriesFacts((0, 300, 1000), (1.0, 0.25, 0.0139)),
        "dance.floor": 0.004,
        "ring.islands": SeriesFacts((0, 1000), (0.0, 8.0)),
    },
    claims=(ClaimFacts("dance", "gap_ends", 0.0139, "<=", 0.02, True),),
)
WORDS = """\
about: Two hills.
duels: {pair: {name: Pair, recipe: plain}}
figures:
  hills:
    title: Two hills
    description: "The gap falls to {{ gap.last | bits }}."
    tones: {fork: a tuning fork}
claims: {gap_ends: "The gap ends at {bound} bits or less"}
"""
RING_WORDS = """\
about: Eight islands.
duels: {healthy: {name: Healthy, recipe: plain}, collapsed: {name: Collapsed, recipe: plain}}
figures: {modes: {title: Modes, description: Eight islands.}}
"""
FILES = {
    "essay.toml": 'title = "T"\n[[part]]\ntitle = "P"\nchapters = ["01-one"]\n',
    "glossary.md": "## Loss | cost {#loss}\nWhat a player makes *small*.\n\n## Mode collapse\nOne trick.\n",
    "references.bib": (
        "@article{one, author={Ada Lovelace}, title={Notes}, year=1843, journal={Memoirs}}\n"
        "@article{two, author={A. Bee and C. Dee}, title={Pairs?}, year=2001, url={https://example.org/a}}\n"
        "@book{many, author={A. Bee and C. Dee and E. Eff}, title={All}, year=2002, doi={10.1/x}}\n"
    ),
    "figures/dance.yaml": WORDS,
    "figures/ring.yaml": RING_WORDS,
}
FRONT = "---\ntitle: One\nquestion: Why?\nstudies: []\n---\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    """The files in a folder of content, which is returned."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def essay_of(source: str, studies: str = "", **files: str) -> Essay:
    """An essay of one chapter, declared to use the studies; ``files`` replaces files of content by their stem."""
    front = FRONT.replace("studies: []", f"studies: [{studies}]")
    named = {name: files.pop(Path(name).stem, text) for name, text in FILES.items()}
    with tempfile.TemporaryDirectory() as folder:
        return read(write(Path(folder), {**named, "chapters/01-one.md": front + source}), CATALOGUE)


def place(placement: Placement) -> str:
    """A figure as the site might put it, in as few characters as will do."""
    return f"<figure id={placement.item!r} alt={placement.alt!r}>{placement.caption}</figure>"


def rendered(source: str, studies: str = "", results: Results = RESULTS) -> Rendered:
    """A chapter of that source."""
    essay = essay_of(source, studies)
    return render(essay.chapters[0], essay, results, place)


def html(source: str, studies: str = "") -> str:
    """The HTML of a chapter of that source, without the class of its first paragraph."""
    return str(rendered(source, studies).html).replace('<p class="lead">', "<p>")


def faults(source: str, studies: str = "", **files: str) -> list[str]:
    """The problems of a chapter of that source as "line: message remedy"; lines counted from its first."""
    try:
        essay_of(source, studies, **files)
    except Problems as found:
        return [_short(problem) for problem in found.problems]
    return []


def _short(problem: Problem) -> str:
    line = problem.line - FRONT.count("\n") if problem.path.parent.name == "chapters" else problem.line
    return f"{line}: {problem.message} {problem.remedy}".strip()
