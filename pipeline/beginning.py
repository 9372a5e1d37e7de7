"""A new chapter, begun: a study and its words copied from a model, and a chapter file to fill.

Everything is decided before the first byte is written, and nothing that exists is overwritten. What only a person
should decide (the place in the order, the entry in the registry) is said, not done. It runs nothing.
"""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EssayError, did_you_mean

_CHAPTER = """\
---
title: {title}
question: What does this chapter ask?
studies: [{study}]
---

The first paragraph says in plain words what this is about.

![What is seen, for those who do not see it.](film:{study}/{figure})
The caption: what to look at.
"""


@dataclass(frozen=True)
class Beginning:
    """The files of a new chapter, before they are written."""

    files: dict[Path, str]
    """Path below the project's root -> content."""
    advice: str
    """What is left for the author to do."""


def begin_chapter(root: Path, slug: str, model: str) -> Beginning:
    """Plans a chapter ``NN-some-name`` whose study is copied from ``model``; EssayError names what is wrong."""
    match = re.fullmatch(r"(\d\d)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)", slug)
    if match is None:
        raise EssayError(f'"{slug}" is no chapter name: two digits and small words, as in 16-the-quiet-critic.')
    number, name = match.groups()
    study = name.replace("-", "_")
    if keyword.iskeyword(study):
        raise EssayError(
            f'"{slug}" would make a study named "{study}", a word of Python; add a word, as in {slug}-study.'
        )
    models = sorted(path.stem for path in (root / "content/figures").glob("*.yaml"))
    if model not in models:
        raise EssayError(f'no study "{model}" to copy. {did_you_mean(model, models)}')
    chapters = sorted((root / "content/chapters").glob(f"{number}-*.md"))
    if chapters:
        raise EssayError(f"chapter {number} exists: {chapters[0].relative_to(root)}. {_next_free(root, number)}")
    words = (root / f"content/figures/{model}.yaml").read_text(encoding="utf-8")
    figure = re.search(r"^figures:\n(?:\s*#.*\n)*\s+([\w-]+):", words, re.MULTILINE)
    files = {
        Path(f"pipeline/studies/{study}.py"): _renamed(root / f"pipeline/studies/{model}.py", model, study),
        Path(f"content/figures/{study}.yaml"): words.replace(model, study),
        Path(f"content/chapters/{slug}.md"): _CHAPTER.format(
            title=name.replace("-", " ").capitalize(), study=study, figure=figure.group(1) if figure else "figure"
        ),
    }
    taken = [path for path in files if (root / path).exists()]
    if taken:
        raise EssayError(f"{', '.join(map(str, taken))} exists already; choose another name.")
    advice = (
        f'Name the study in pipeline/studies/__init__.py ("{study}": its STUDY), and the chapter "{slug}" in\n'
        "content/essay.toml where it belongs. Then change the copy: world, players, game, what to keep, see, hear,\n"
        "claim. make draft shows it after a tenth of the steps."
    )
    return Beginning(files, advice)


def write(root: Path, beginning: Beginning) -> None:
    """Writes the files."""
    for path, content in beginning.files.items():
        (root / path).write_text(content, encoding="utf-8")


def _next_free(root: Path, number: str) -> str:
    """The first number after a taken one that no chapter has."""
    taken = {path.name[:2] for path in (root / "content/chapters").glob("*.md")}
    free = next((f"{n:02}" for n in range(int(number) + 1, 100) if f"{n:02}" not in taken), None)
    return f"The next free number is {free}." if free else ""


def _renamed(path: Path, model: str, study: str) -> str:
    return path.read_text(encoding="utf-8").replace(f'"{model}"', f'"{study}"')
