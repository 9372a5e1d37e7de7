"""The whole way, from a small essay to a published folder, and what a second build does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import build as building
from pipeline.build import build, check_claims, rebuild_pages, sweep
from pipeline.crew import Crew, Hire
from pipeline.errors import ClaimsFailed, EssayError, Problems
from pipeline.house import House
from pipeline.results import ClaimFacts, Results
from tests.conftest import hire_thread

ESSAY = Path(__file__).parent / "essays" / "one-hill" / "content"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house with the small essay, built once for all tests of this file, through real worker processes."""
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(ESSAY, root / "content")
    house = House(root, "tests.tiny")
    build(house)
    return house


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    """A copy of the built house, to be changed at will."""
    shutil.copytree(built.root, tmp_path / "house")
    return House(tmp_path / "house", "tests.tiny")


@pytest.fixture
def hired(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Notes each time that workers are hired: a build that runs no job hires none."""
    calls: list[int] = []

    def hire(most: int) -> Crew:
        calls.append(most)
        return hire_thread(most)

    def from_environment() -> Hire:
        return hire

    monkeypatch.setattr("pipeline.crew.hire_from_environment", from_environment)
    return calls


def edit(path: Path, old: str, new: str) -> None:
    """Replace words in a file; they must be there."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def pages(house: House) -> dict[str, bytes]:
    """The published files but report.json, which tells of the build itself."""
    place = house.place("full")
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*") if path.is_file() and path.name != "report.json"
    }  # fmt: skip


CHAPTER = "content/chapters/01-the-hill.md"


def test_build_publishes_pages_films_and_report(built: House) -> None:
    """The page carries the measured number, the film lies beside it, the report tells run and claim."""
    site = built.place("full")
    report = json.loads((site / "report.json").read_text())
    run, claim = report["runs"][0], report["claims"][0]
    assert (run["study"], run["steps"], run["reused"]) == ("hill", 40, False)
    assert claim["text"] == "The forged mean comes within 2.9 of the true one"
    assert claim["holds"] is True
    assert 'class="value"' in (site / "01-the-hill.html").read_text()
    assert len(list(site.rglob("*.mp4"))) == 2


def test_build_again_does_nothing_within_a_second_and_without_torch(built: House) -> None:
    """Nothing is loaded but the standard library and the few modules that compare hashes."""
    program = (
        "import sys, time; began = time.perf_counter()\n"
        "from pathlib import Path\n"
        "from pipeline.house import House\n"
        "from pipeline.build import build\n"
        "build(House(Path(sys.argv[1]), 'tests.tiny'))\n"
        "heavy = {'torch', 'numpy', 'matplotlib', 'yaml', 'jinja2', 'rich', 'loky'} & set(sys.modules)\n"
        "print(sorted(heavy), time.process_time())\n"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", program, str(built.root)], capture_output=True, text=True, cwd=root, check=True
    )
    first, last = done.stdout.strip().splitlines()
    assert first.startswith("Nothing to do")
    loaded, seconds = re.fullmatch(r"(\[.*\]) ([\d.]+)", last).groups()  # type: ignore[union-attr]
    assert loaded == "[]"
    assert float(seconds) < 1.0


def test_build_changed_sentence_runs_no_job(house: House, hired: list[int]) -> None:
    """New words are on the page, no worker was hired, and changed back the site is as it was, byte for byte."""
    before = pages(house)
    edit(house.root / CHAPTER, "says a test", "says the test")
    build(house)
    assert b"says the test" in pages(house)["01-the-hill.html"]
    edit(house.root / CHAPTER, "says the test", "says a test")
    build(house)
    assert pages(house) == before
    assert hired == []


def test_build_tuned_recipe_trains_and_old_recipe_is_a_hit(house: House, hired: list[int]) -> None:
    """An author's override retrains one duel; taken back, nothing runs and the site is as it was."""
    before = pages(house)
    edit(house.root / CHAPTER, "studies: [hill]", "studies: [hill]\nrecipe: {hill: {steps: 30}}")
    build(house)
    report = json.loads((house.place("full") / "report.json").read_text())
    assert report["runs"][0]["steps"] == 30
    assert len(hired) == 1
    edit(house.root / CHAPTER, "\nrecipe: {hill: {steps: 30}}", "")
    build(house)
    assert pages(house) == before
    assert len(hired) == 1


def test_build_same_recipe_gives_the_same_recording_bit_for_bit(house: House, hired: list[int]) -> None:
    """Everything run again afresh has the outputs that it had."""
    before = json.loads((house.root / "build" / "site.stamp.json").read_text())["outputs"]
    build(house, afresh=True)
    assert len(hired) == 1
    assert json.loads((house.root / "build" / "site.stamp.json").read_text())["outputs"] == before


def test_build_problem_in_the_content_leaves_the_site(house: House, hired: list[int]) -> None:
    """Two mistakes are told at once, with file and line, before any work; the last good site stays."""
    before = pages(house)
    edit(house.root / CHAPTER, "hill.distance.first", "hill.distence.first")
    edit(house.root / CHAPTER, "film:hill/line", "film:hill/lime")
    with pytest.raises(Problems) as told:
        build(house)
    assert len(told.value.problems) == 2
    assert f"{CHAPTER}:7" in str(told.value)
    assert pages(house) == before
    assert hired == []


def test_build_failed_claim_leaves_the_site(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim that does not hold ends a full build before pages are made; a draft only warns."""
    before = pages(house)
    results = Results(claims=(ClaimFacts("hill", "comes_nearer", 3.5, "<=", 2.9, False),))
    monkeypatch.setattr(building, "gather_results", lambda *_: results)
    edit(house.root / CHAPTER, "says a test", "says the test")
    with pytest.raises(ClaimsFailed, match=r"measured 3\.5, must be <= 2\.9"):
        build(house)
    assert pages(house) == before


def test_build_failed_claim_in_a_draft_is_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    """A tenth of the steps need not bear out the prose."""
    from types import SimpleNamespace

    results = Results(claims=(ClaimFacts("hill", "comes_nearer", 3.5, "<=", 2.9, False),))
    check_claims(results, SimpleNamespace(words={}), "draft")  # type: ignore[arg-type]
    assert "Warning: 1 of 1 claims does not hold in this draft" in capsys.readouterr().out


def test_build_draft_is_never_published(house: House, hired: list[int]) -> None:
    """A draft has its own folder and a tenth of the steps; the site is untouched."""
    before = pages(house)
    build(house, "draft")
    assert json.loads((house.place("draft") / "report.json").read_text())["runs"][0]["steps"] == 4
    assert pages(house) == before


def test_build_lost_page_is_made_again(house: House, hired: list[int]) -> None:
    """A page deleted by hand comes back without any job."""
    before = pages(house)
    (house.place("full") / "01-the-hill.html").unlink()
    build(house)
    assert pages(house) == before
    assert hired == []


def test_build_damaged_film_is_named_and_made_again(
    house: House, hired: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    """A film spoilt in the store is said and drawn anew, to the same bytes."""
    before = pages(house)
    film = next(house.store.glob("mux/*/film.mp4"))
    film.write_bytes(film.read_bytes() + b"!")
    build(house)
    assert "film.mp4 has" in capsys.readouterr().out
    assert pages(house) == before


def test_preview_shows_the_last_good_figure_until_a_build_has_run(house: House) -> None:
    """Pages alone are rebuilt at once; what a new recipe would train is named as stale and stands in as it was."""
    assert rebuild_pages(house).stale == ()
    edit(house.root / CHAPTER, "studies: [hill]", "studies: [hill]\nrecipe: {hill: {steps: 30}}")
    assert "train/hill/hill" in rebuild_pages(house).stale
    assert (house.preview / "01-the-hill.html").is_file()


def test_preview_of_what_was_never_built_says_what_to_do(tmp_path: Path) -> None:
    """There is no last good figure: one command makes it."""
    shutil.copytree(ESSAY, tmp_path / "content")
    with pytest.raises(EssayError, match='Run "make build" once'):
        rebuild_pages(House(tmp_path, "tests.tiny"))


def test_sweep_keeps_what_the_site_is_made_from(house: House, hired: list[int]) -> None:
    """After a sweep an unchanged essay still needs no job, and old recipes are gone."""
    edit(house.root / CHAPTER, "studies: [hill]", "studies: [hill]\nrecipe: {hill: {steps: 30}}")
    build(house)
    sweep(house)
    assert len(list(house.store.glob("train/*"))) == 1
    (house.place("full") / "index.html").unlink()
    build(house)
    assert len(hired) == 1
