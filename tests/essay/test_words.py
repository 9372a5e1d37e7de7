"""The words of figures, claims and data sets."""

import tempfile
from pathlib import Path

import pytest

from pipeline.errors import Problems
from pipeline.essay import read
from pipeline.essay.words import apostrophes
from tests.essay.small import CATALOGUE, FILES, FRONT, WORDS, essay_of, faults, write

USE = "{{ dance.floor }}"
FULL = WORDS + "lottery: {value: gap, format: bits, words: Others.}\n"


def test_words_become_values() -> None:
    """Titles, tones, claims and the lottery are found where the file says them."""
    words = essay_of(USE, "dance", dance=FULL).words["dance"]
    assert words.figures["hills"].tones == {"fork": "a tuning fork"}
    assert words.claims["gap_ends"] == "The gap ends at {bound} bits or less"
    assert words.lottery is not None
    assert words.lottery.value == "gap"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("about: Two hills.\n", "", '1: "about" is missing.'),
        ("title: Two", "titel: Two", '5: unknown key "figures.hills.titel". Did you mean "title"?'),
        ("  hills:", "  hils:", '4: no figure "hils" in study dance. Did you mean "hills"?'),
        ("{pair: {", "{pare: {", '2: no duel "pare" in study dance. Did you mean "pair"?'),
        ("{gap_ends:", "{gap_end:", '8: no claim "gap_end" in study dance. Did you mean "gap_ends"?'),
        ("{gap_ends:", "{gap_end:", '8: the claim "gap_ends" has no words. Add "gap_ends:" below "claims:".'),
        ("{bound}", "{bund}", '8: a claim has no "{bund}". Only {bound} can stand in it.'),
        ("{fork:", "{forg:", '7: no tone "forg" in study dance. Did you mean "fork"?'),
        ("{fork:", "{forg:", '7: the tone "fork" has no words. Add "fork:" below "tones:".'),
        ("gap.last", "gab.last", '6: no value "gab" in study dance. Did you mean "gap"?'),
        ("| bits }}", "| bitz }}", '6: no filter "bitz". Did you mean "bits"?'),
        ("value: gap", "value: floor", '9: no series "floor" in study dance. There are: gap.'),
        ("format: bits", "format: bitz", '9: no filter "bitz". Did you mean "bits"?'),
    ],
)
def test_a_bad_word_is_a_fault_at_its_line(old: str, new: str, fault: str) -> None:
    """Unknown names, unknown keys, missing words."""
    assert old in FULL
    assert fault in faults(USE, "dance", dance=FULL.replace(old, new))


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("readouts: [{value: gab, name: Gap}]", '8: no series "gab" in study dance. Did you mean "gap"?'),
        ("readouts: [{value: step, name: Step, format: stepz}]", '8: no filter "stepz". Did you mean "steps"?'),
        ("readouts: [{value: gap, name: G, bar: [0]}]", '8: "figures.hills.readouts.0.bar.1" is missing.'),
        ("key: [{role: reel, words: x}]", '8: no role "reel". Did you mean "real"?'),
        ("track: {value: gap, words: x, scale: lin}",
         '8: "figures.hills.track.scale" is "lin": input should be \'linear\' or \'log\'.'),
        ("track: {value: gap, words: x, floor: flor}", '8: no value "flor" in study dance. Did you mean "floor"?'),
        ("lines: [{when: gap >, words: x}, {words: y}]",
         '8: "gap >" cannot be read. Write a name and a filter: study.value | filter.'),
        ("lines: [{when: gab > 1, words: x}, {words: y}]", '8: no series "gab" in study dance. Did you mean "gap"?'),
        ("lines: [{words: '{{ gab | bits }}'}]", '8: no series "gab" in study dance. Did you mean "step"?'),
        ("lines: [{when: gap > 1, words: x}]",
         '8: the last caption line has a test: some moments have no words. Give it "words:" only.'),
        ("labels: [{x: left, y: 1, words: x}]",
         '8: "figures.hills.labels.0.x" is "left": input should be a valid number.'),
    ],
)  # fmt: skip
def test_what_follows_the_cursor_is_checked(more: str, fault: str) -> None:
    """Read-outs, the track, tests and caption lines name series of their study."""
    lines = WORDS.replace("    tones:", f"    tones:\n      fork: a fork\n    {more}\n    #")
    lines = lines.replace("    tones:\n      fork: a fork\n", "    tones: {fork: a fork}\n")
    found = faults(USE, "dance", dance=lines)
    assert [entry for entry in found if entry.split(" Did")[0] == fault.split(" Did")[0]], found


def test_a_line_may_name_a_series_bare_and_fixed_numbers() -> None:
    """A bare series is its value at the cursor; anything else of the study is fixed."""
    words = "{{ gap | bits }} {{ floor }} {{ gap.last }} {{ step }}"
    more = f"    lines: [{{when: gap > .5 and step < 9, words: x}}, {{words: '{words}'}}]\n"
    assert faults(USE, "dance", dance=WORDS.replace("claims:", f"{more}claims:")) == []


def test_a_study_without_a_file_of_words_is_a_fault() -> None:
    """Every used study needs one."""
    files = {name: text for name, text in FILES.items() if name != "figures/dance.yaml"}
    front = FRONT.replace("[]", "[dance]")
    with tempfile.TemporaryDirectory() as folder, pytest.raises(Problems, match=r"dance\.yaml: the file is missing\."):
        read(write(Path(folder), {**files, "chapters/01-one.md": front + USE}), CATALOGUE)


def test_apostrophes_within_words_are_curved() -> None:
    """What is typed as on a typewriter is printed as in the chapters; quotes around words are left alone."""
    assert apostrophes("the forger's 'own' x('a') s: '5'") == "the forger\u2019s 'own' x('a') s: '5'"
