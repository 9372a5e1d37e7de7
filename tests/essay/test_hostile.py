"""Whatever an author types: an essay, or Problems; never anything else."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Problems
from pipeline.essay import read, render
from tests.essay.small import CATALOGUE, FILES, FRONT, RESULTS, place, write

PROSE = r"""
{{ }} dance.gap.last | bits [ ] ( ) [[ ]] loss ch:one [@ one ; [^a] [^a]: $ $$ \ \frac{ } _ * ** ` ``` ~~~ ![ {real}
![x](film:dance/hills) (seek:hills@3) (https://x.y) # ## ??? "t" --- |---| : > - 1. < <b> & &lt; 0 wzxhzdk:0 ' --
... é 🎲 word"""
YAML = "title: question: studies: recipe: dance: figures: [ ] { } , - & * a 1 \" ' | > ? : ! #"
MARKS = ["\n", "\n\n", "\n    ", "\t", "\u00a0", "\ue000", "\ue001", "\x02", "\x03", '??? "t"\n    ']
PIECES = st.sampled_from([*PROSE.split(), *MARKS])
SPACED = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map(" ".join)
SOURCES = SPACED | st.lists(PIECES, max_size=25).map("".join)
YAML_PIECES = st.sampled_from([*YAML.split(), "\n", "\n  "])
MANY = int(os.environ.get("EXAMPLES", "50"))
FILE_NAMES = ["chapters/01-one.md", "essay.toml", "references.bib", "glossary.md", "figures/dance.yaml", "data.yaml"]


def _attempt(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(Problems):
        essay = read(write(Path(folder), {**FILES, **files}), CATALOGUE)
        for chapter in essay.chapters:
            found = render(chapter, essay, RESULTS, place)
            assert "\ue000" not in found.html
            assert "<script" not in found.html


@settings(max_examples=MANY * 3, deadline=None)
@given(SOURCES)
def test_no_prose_raises_anything_but_problems(source: str) -> None:
    """Read and rendered, or refused with reasons."""
    _attempt({"chapters/01-one.md": FRONT + source})


@settings(max_examples=MANY, deadline=None)
@given(st.text(max_size=80), st.sampled_from(FILE_NAMES))
def test_no_file_raises_anything_but_problems(text: str, name: str) -> None:
    """Any text in the place of any file."""
    _attempt({"chapters/01-one.md": FRONT.replace("[]", "[dance]") + "{{ dance.floor }}", name: text})


@settings(max_examples=MANY, deadline=None)
@given(st.lists(YAML_PIECES, max_size=20))
def test_no_front_matter_raises_anything_but_problems(parts: list[str]) -> None:
    """YAML in pieces, in the front matter and in a file of words."""
    text = " ".join(parts)
    _attempt({"chapters/01-one.md": f"---\n{text}\n---\nText.", "figures/dance.yaml": text})
