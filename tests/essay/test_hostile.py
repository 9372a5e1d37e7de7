"""Whatever an author types: an essay, or Problems; never anything else."""

import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import Problems
from pipeline.essay import read, render
from tests.essay.small import CATALOGUE, FILES, FRONT, RESULTS, place, write

PIECES = st.sampled_from(
    ["{{", "}}", "dance.gap.last", "|", "bits", "[", "]", "(", ")", "[[", "]]", "loss", "ch:one", "[@", "one", ";", "[^a]", "[^a]:", "$", "$$", "\\", "\\frac{", "}", "_", "*", "**", "`", "```", "~~~", "![x](film:dance/hills)", "![", "{real}", "(seek:hills@3)", "(https://x.y)", "#", "##", "???", '"t"', "|", "---", "|---|", ":", ">", "-", "1.", "<", "<b>", "&", "&lt;", "\n", "\n\n", "\n\n\t", "\xa0", "\ue000", "0", "\ue001", "\x02", "\x03", "wzxhzdk:0", "'", '"', "--", "...", "é", "🎲", "word"]
)  # fmt: skip
SOURCES = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map(lambda parts: " ".join(parts)) | st.lists(
    PIECES, max_size=25
).map("".join)


def _attempt(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(Problems):
        essay = read(write(Path(folder), {**FILES, **files}), CATALOGUE)
        for chapter in essay.chapters:
            found = render(chapter, essay, RESULTS, place)
            assert "\ue000" not in found.html
            assert "<script" not in found.html


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOURCES)
def test_no_prose_raises_anything_but_problems(source: str) -> None:
    """Read and rendered, or refused with reasons."""
    _attempt({"chapters/01-one.md": FRONT + source})


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["chapters/01-one.md", "essay.toml", "references.bib", "glossary.md",
                                              "figures/dance.yaml", "data.yaml"]))  # fmt: skip
def test_no_file_raises_anything_but_problems(text: str, name: str) -> None:
    """Any text in the place of any file."""
    _attempt({"chapters/01-one.md": FRONT.replace("[]", "[dance]") + "{{ dance.floor }}", name: text})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["title:", "question:", "studies:", "recipe:", "dance:", "[", "]", "{", "}", ",", "-", "&", "*", "a", "1", '"', "'", "|", ">", "\n", "\n", "", "", "?", ":", "!", "#"]), max_size=20))  # fmt: skip
def test_no_front_matter_raises_anything_but_problems(parts: list[str]) -> None:
    """YAML in pieces, in the front matter and in a file of words."""
    text = " ".join(parts)
    _attempt({"chapters/01-one.md": f"---\n{text}\n---\nText.", "figures/dance.yaml": text})
