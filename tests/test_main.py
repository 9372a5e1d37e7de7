"""The command line: exit statuses and messages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline import __main__ as program
from pipeline.errors import EssayError
from pipeline.house import House

ESSAY = Path(__file__).parent / "essays" / "one-hill" / "content"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """The small essay in a folder of its own, in place of the great one."""
    shutil.copytree(ESSAY, tmp_path / "content")
    house = House(tmp_path, "tests.tiny")
    monkeypatch.setattr(program, "House", lambda: house)
    return house


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("hil/line", 'no study "hil" in the essay. Did you mean "hill"?'),
        ("hill/lime", 'no figure "lime" in study hill. Did you mean "line"?'),
    ],
)
def test_main_unknown_figure_is_named(figure: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that does not exist: the nearest one that does, exit 1, no traceback."""
    assert program.main(["why", figure]) == 1
    assert capsys.readouterr().err.strip() == said


def test_main_why_before_the_first_build(capsys: pytest.CaptureFixture[str]) -> None:
    """Every job of the figure and what it would take."""
    assert program.main(["why", "hill/line"]) == 0
    said = capsys.readouterr().out
    assert "train/hill/hill: would run, about 40 s" in said
    assert "In all about" in said


def test_main_problem_in_the_content_is_exit_1(here: House, capsys: pytest.CaptureFixture[str]) -> None:
    """File, line and remedy, no traceback."""
    chapter = here.content / "chapters" / "01-the-hill.md"
    chapter.write_text(chapter.read_text().replace("hill.distance.lowest", "hill.distance.lovest"))
    assert program.main(["build"]) == 1
    said = capsys.readouterr().err
    assert "01-the-hill.md:7" in said
    assert "Traceback" not in said


def test_main_interrupt_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C is exit 130 and a way back."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.build.build", interrupted)
    assert program.main(["build"]) == 130
    assert "make build continues where it stopped" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "sweep"])
def test_main_before_a_build_says_to_build(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to check or keep yet."""
    assert program.main([command]) == 1
    assert "Run make build first" in capsys.readouterr().err


def test_main_fault_in_a_study_is_exit_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A study that cannot be imported is told in the registry's words, and no traceback."""

    def broken(_: str) -> None:
        raise EssayError("pipeline/studies/the_test.py:36: SyntaxError: invalid syntax")

    monkeypatch.setattr("pipeline.registry.import_studies", broken)
    assert program.main(["build"]) == 1
    assert capsys.readouterr().err.strip() == "pipeline/studies/the_test.py:36: SyntaxError: invalid syntax"
