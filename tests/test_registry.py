"""The studies as they are imported, and what is said of a file that cannot be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import EssayError
from pipeline.registry import import_studies

LIST = "from house_of_tests.studies.the_test import STUDY\n\nSTUDIES = {'the_test': STUDY}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project of one study, which a test writes, and one module beside the studies."""
    home = tmp_path / "house_of_tests" / "studies"
    home.mkdir(parents=True)
    (home.parent / "__init__.py").touch()
    (home.parent / "tools.py").write_text("def halved(n):\n    return n // 0\n")
    (home / "__init__.py").write_text(LIST)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("house_of_tests")]:
        del sys.modules[name]


def told(root: Path) -> str:
    """The message of the fault."""
    with pytest.raises(EssayError) as found:
        import_studies("house_of_tests.studies", root)
    return str(found.value)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("A = 1\nSTUDY = (1,,)\n", "2: SyntaxError: invalid syntax\n    STUDY = (1,,)"),
        ("A = 1\nSTUDY = Studdy()\n", "2: NameError: name 'Studdy' is not defined\n    STUDY = Studdy()"),
        ("import no_such_thing\n", "1: ModuleNotFoundError: No module named 'no_such_thing'\n    import no_such_thing"),
        ("import json\n\nSTUDY = json.loads('')\n", "3: JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n"
         "    STUDY = json.loads('')"),
    ],
)  # fmt: skip
def test_a_fault_of_a_study_is_its_file_its_line_and_the_line_itself(root: Path, source: str, message: str) -> None:
    """What Python says of a study is told like a fault of a chapter, without Python's own road to it."""
    (root / "house_of_tests/studies/the_test.py").write_text(source)
    assert told(root) == f"house_of_tests/studies/the_test.py:{message}"


def test_a_listed_study_without_a_file_is_named_where_it_is_listed(root: Path) -> None:
    """The line of the list, and both ways out."""
    said = told(root)
    assert said.startswith("house_of_tests/studies/__init__.py:1: ModuleNotFoundError: ")
    assert "Write house_of_tests/studies/the_test.py, or take it out of the list." in said


def test_a_fault_of_the_program_keeps_its_traceback(root: Path) -> None:
    """What goes wrong in our own module, though a study called it, is not put down to the study."""
    study = "from house_of_tests.tools import halved\n\nSTUDY = halved(2)\n"
    (root / "house_of_tests/studies/the_test.py").write_text(study)
    with pytest.raises(ZeroDivisionError):
        import_studies("house_of_tests.studies", root)


def test_sound_studies_are_given_as_listed(root: Path) -> None:
    """STUDIES itself."""
    (root / "house_of_tests/studies/the_test.py").write_text("STUDY = 1\n")
    assert import_studies("house_of_tests.studies", root) == {"the_test": 1}
