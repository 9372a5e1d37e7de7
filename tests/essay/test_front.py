"""Front matter and an author's changes to recipes."""

import pytest

from pipeline.errors import Problems
from pipeline.essay import Essay, read
from tests.essay.small import CATALOGUE, FILES, write


def _read(front: str, tmp_path, body: str = "{{ dance.floor }} {{ ring.islands.last }}") -> Essay:  # type: ignore[no-untyped-def]
    return read(write(tmp_path, {**FILES, "chapters/01-one.md": f"---\n{front}---\n{body}"}), CATALOGUE)


HEAD = "title: One\nquestion: Why?\nstudies: [dance, ring]\n"


def test_changes_hold_for_the_duels_they_name(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Without a duel they hold for all; lists become the tuples that a Recipe wants."""
    essay = _read(
        HEAD + "recipe:\n  dance: {steps: 50, betas: [0.5, 0.9]}\n"
        "  ring: {batch_size: 4, collapsed: {learning_rates: [0.1, 1]}}\n", tmp_path,
    )  # fmt: skip
    assert essay.recipe == {
        "dance": {"pair": {"steps": 50, "betas": (0.5, 0.9)}},
        "ring": {"healthy": {"batch_size": 4}, "collapsed": {"batch_size": 4, "learning_rates": (0.1, 1.0)}},
    }


@pytest.mark.parametrize(
    ("front", "line", "message"),
    [
        ("title: One\n", 2, '"question" is missing.'),
        (HEAD + "studys: [dance]\n", 5, 'unknown key "studys". Did you mean "studies"?'),
        (HEAD.replace("One", "2014"), 2, '"title" must be text, not 2014. Put it in quotes.'),
        (HEAD.replace("One", '""'), 2, '"title" is empty.'),
        (HEAD + "title: Two\n", 5, '"title" stands here twice.'),
        (HEAD.replace("dance,", "danse,"), 4, 'no study "danse". Did you mean "dance"?'),
        (HEAD.replace("dance,", "dance, dance,"), 4, 'the study "dance" stands here twice.'),
        ("title: [\n", 3, "YAML cannot be read"),
        ("- a\n", 2, "here stand keys and values."),
        (HEAD + "recipe: {dance: {stepz: 5}}\n", 5, 'no recipe field "stepz". Did you mean "steps"?'),
        (HEAD + "recipe: {dance: {stop: 5}}\n", 5, 'no recipe field "stop".'),
        (HEAD + 'recipe: {dance: {steps: "50"}}\n', 5, '"steps" is "50": input should be a valid integer.'),
        (HEAD + "recipe:\n  dance:\n    steps: 0\n", 7, '"steps" is 0: it must be at least 1.'),
        (HEAD + "recipe: {dance: {penalty: .nan}}\n", 5, '"penalty" is'),
        (HEAD + "recipe: {dance: {schedule: cosin}}\n", 5, '"schedule" is "cosin": input should be '),
        (HEAD + "recipe: {dance: {shown: 7}}\n", 5, "shown seed 7 is not among the seeds (0, 1)."),
        (HEAD + "recipe: {danse: {steps: 7}}\n", 5, 'no study "danse". Did you mean "dance"?'),
        (HEAD + "recipe: {ring: {colapsed: {steps: 7}}}\n", 5, 'no recipe field "colapsed". Did you mean "collapsed"?'),
    ],
)
def test_bad_front_matter_is_a_fault_at_its_line(front: str, line: int, message: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Keys, types, studies and recipes, each at the line of the key itself."""
    with pytest.raises(Problems) as found:
        _read(front, tmp_path)
    first = next(problem for problem in found.value.problems if problem.line == line)
    assert f"{first.message} {first.remedy}".startswith(message)


@pytest.mark.parametrize("text", ["", "Text.", "---\ntitle: One\n"])
def test_a_chapter_without_front_matter_is_a_fault(text: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """An empty file, too."""
    with pytest.raises(Problems, match=r"01-one\.md:1: (a chapter begins|the front matter)"):
        read(write(tmp_path, {**FILES, "chapters/01-one.md": text}), CATALOGUE)


def test_studies_are_declared_and_used(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Both ways."""
    with pytest.raises(Problems) as found:
        _read(HEAD.replace(", ring", ""), tmp_path, "{{ ring.islands.last }}")
    assert [(problem.line, problem.message) for problem in found.value.problems] == [
        (4, 'the study "dance" is declared but not used.'),
        (6, 'the study "ring" is used but not declared.'),
    ]
