"""A new chapter: what is copied, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.beginning import begin_chapter, write
from pipeline.errors import EssayError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one study, its words and its chapter."""
    for folder in ("pipeline/studies", "content/figures", "content/chapters"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pipeline/studies/old_dance.py").write_text('STUDY = Study(name="old_dance")\n')
    words = "figures:\n  hills: {description: '{{ old_dance.gap }}'}\n"
    (tmp_path / "content/figures/old_dance.yaml").write_text(words)
    (tmp_path / "content/chapters/04-old-dance.md").write_text("words\n")
    return tmp_path


def test_a_new_chapter_is_a_renamed_copy_with_a_page_to_fill(project: Path) -> None:
    """Study and words come from the model under the new name, and the chapter shows the copied figure."""
    write(project, begin_chapter(project, "07-new-dance", "old_dance"))
    assert (project / "pipeline/studies/new_dance.py").read_text() == 'STUDY = Study(name="new_dance")\n'
    assert "{{ new_dance.gap }}" in (project / "content/figures/new_dance.yaml").read_text()
    assert "film:new_dance/hills" in (project / "content/chapters/07-new-dance.md").read_text()


def test_the_author_is_told_where_order_and_registry_stand(project: Path) -> None:
    """The two lines that are left to write are named with their files."""
    advice = begin_chapter(project, "07-new-dance", "old_dance").advice
    assert "pipeline/studies/__init__.py" in advice
    assert "content/essay.toml" in advice


@pytest.mark.parametrize(
    ("slug", "model", "told"),
    [
        ("new dance", "old_dance", "is no chapter name"),
        ("07-new-dance", "old_danse", 'Did you mean "old_dance"'),
        ("04-new-dance", "old_dance", r"chapter 04 exists: .*04-old-dance\.md\. The next free number is 05\."),
        ("07-class", "old_dance", 'study named "class", a word of Python; add a word, as in 07-class-study'),
        ("07-old-dance", "old_dance", "exists already"),
    ],
)
def test_what_cannot_be_begun_is_refused_with_the_reason(project: Path, slug: str, model: str, told: str) -> None:
    """A bad name, a word of Python, an unknown model, a taken number or file: the reason, and nothing written."""
    before = sorted(project.rglob("*"))
    with pytest.raises(EssayError, match=told):
        begin_chapter(project, slug, model)
    assert sorted(project.rglob("*")) == before


def test_the_next_free_number_is_one_that_no_chapter_has(project: Path) -> None:
    """Of chapters 04 and 05 both are taken, so a second 04 is told of 06."""
    (project / "content/chapters/05-other.md").write_text("words\n")
    with pytest.raises(EssayError, match=r"next free number is 06\."):
        begin_chapter(project, "04-new-dance", "old_dance")


def test_the_example_of_the_documents_can_be_typed_as_it_stands() -> None:
    """The number of the example chapter, in README, Makefile and messages, is free in the essay as it is."""
    root = Path(__file__).parents[1]
    taken = {path.name[:2] for path in (root / "content/chapters").glob("*.md")}
    for name in ("README.md", "Makefile", "pipeline/beginning.py", "pipeline/__main__.py"):
        numbers = set(re.findall(r"(\d\d)-the-quiet-critic", (root / name).read_text(encoding="utf-8")))
        assert numbers, name
        assert not numbers & taken, name
