"""Whole folders: an essay and its pages, and an essay in which everything is wrong.

Each folder below tests/essays/ holds ``content`` and ``expected``. With ``REWRITE=1`` the expected
files are written anew from what comes out; read the difference before keeping it.
"""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalogue import Catalogue
from pipeline.errors import Problems
from pipeline.essay import Essay, fill, read, render, render_plain
from tests.essay.small import CATALOGUE, FILES, FRONT, RESULTS, place, write

ESSAYS = Path(__file__).parent.parent / "essays"


def _expect(path: Path, text: str) -> None:
    if os.environ.get("REWRITE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def essay() -> Essay:
    """The essay of two chapters."""
    return read(ESSAYS / "two-chapters" / "content", CATALOGUE)


@pytest.mark.parametrize("number", [0, 1])
def test_a_chapter_renders_to_its_expected_page(essay: Essay, number: int) -> None:
    """Every construct together, and the same text as plain words."""
    chapter = essay.chapters[number]
    found = render(chapter, essay, RESULTS, place)
    _expect(ESSAYS / "two-chapters" / "expected" / f"{chapter.slug}.html", f"{found.html}\n")
    _expect(
        ESSAYS / "two-chapters" / "expected" / f"{chapter.slug}.txt", f"{found.title}\n{found.question}\n{found.text}\n"
    )


def test_an_essay_knows_its_order_sources_and_studies(essay: Essay) -> None:
    """Parts, addresses, the overridden recipe, and only the sources that are cited."""
    assert [chapter.address for chapter in essay.chapters] == ["01-the-dance.html", "02-the-ring.html"]
    assert essay.studies == ("dance", "ring")
    assert essay.recipe == {"dance": {"pair": {"steps": 2000}}}
    assert [entry.key for entry in essay.cited] == ["many", "two", "one"]
    assert [entry.label for entry in essay.bibliography] == ["Bee et al. 2002", "Bottou and Lee 2017", "Lovelace 1843"]
    assert [placement.name for chapter in essay.chapters for placement in chapter.placements] == [
        "dance/hills", "pictures/ring.svg",
    ]  # fmt: skip
    assert render_plain(essay.lead, essay, RESULTS) == "It begins with a gap of 1.00\u00a0bits."
    description = essay.words["dance"].figures["hills"].description
    assert fill(description, RESULTS, "dance") == "The gap falls from 1.00\u00a0bits to 0.014\u00a0bits."


def test_reading_twice_gives_the_same_essay(essay: Essay) -> None:
    """Nothing is kept from one reading to the next."""
    assert read(ESSAYS / "two-chapters" / "content", CATALOGUE) == essay


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fault of every file, with file, line, the line itself and the nearest name."""
    monkeypatch.chdir(ESSAYS / "everything-wrong")
    with pytest.raises(Problems) as found:
        read(Path("content"), CATALOGUE)
    _expect(ESSAYS / "everything-wrong" / "expected" / "problems.txt", f"{found.value}\n")


def test_a_broken_file_of_data_is_not_said_to_lack_its_entries(tmp_path: Path) -> None:
    """One mistyped key in data.yaml gives its own faults; that nothing is described is said where the file is sound."""
    studies = {"dance": replace(CATALOGUE.studies["dance"], data={"pair": "hills"})}
    content = write(tmp_path, {**FILES, "chapters/01-one.md": FRONT.replace("[]", "[dance]") + "{{ dance.floor }}\n"})
    entry = "{name: Hills, about: Two, licence: free, source: here}"
    told = {}
    for text in ("{}", f"hills: {entry}", f"hills: {entry}".replace("licence", "liccence")):
        write(content, {"data.yaml": f"{text}\n"})
        try:
            read(content, Catalogue(studies))
        except Problems as found:
            told[text] = [problem.message for problem in found.problems]
    bare, broken = told.values()
    assert bare == ['the data set "hills" of dance (pair) is not described.']
    assert any("liccence" in message for message in broken)
    assert not any("is not described" in message for message in broken)


def test_an_empty_folder_says_what_is_missing(tmp_path: Path) -> None:
    """No traceback."""
    with pytest.raises(Problems, match=r"essay\.toml: the file is missing\."):
        read(tmp_path, CATALOGUE)


def test_pages_are_remade_in_a_blink(essay: Essay) -> None:
    """Reading and rendering two chapters again takes milliseconds; this allows a busy machine 50 of them."""
    content = ESSAYS / "two-chapters" / "content"

    def once() -> float:
        began = time.process_time()
        again = read(content, CATALOGUE)
        for chapter in again.chapters:
            render(chapter, again, RESULTS, place)
        return time.process_time() - began

    assert min(once() for _ in range(5)) < 0.05
