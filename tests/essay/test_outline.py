"""essay.toml."""

import pytest

from tests.essay.small import essay_of, faults

HEAD = 'title = "T"\n'
PART = '[[part]]\ntitle = "P"\nchapters = ["01-one"]\n'


def test_an_outline_gives_the_cover_and_the_order() -> None:
    """Texts, authors and parts, with a page of its own for each."""
    essay = essay_of("Text.", essay=HEAD + 'authors = ["A", "B"]\nlead = "L"\n' + PART)
    assert (essay.title, essay.authors, essay.lead, essay.language) == ("T", ("A", "B"), "L", "en")
    assert [(part.address, [chapter.address for chapter in part.chapters]) for part in essay.parts] == [
        ("part-1.html", ["01-one.html"])
    ]
    assert (essay.chapters[0].number, essay.chapters[0].name) == ("01", "one")


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        (HEAD + "x = \n", "2: TOML cannot be read: invalid value."),
        (HEAD, '0: the essay has no part. Add [[part]] with a title and chapters.'),
        (PART, '0: "title" is missing.'),
        ("title = 3\n" + PART, '1: "title" must be text. Put it in quotes.'),
        ('title = "A"\npublished = "May 4"\n' + PART, '2: "published" is no day: "May 4". '
         "Write year, month and day: 2026-11-30."),
        ('title = " "\n' + PART, '1: "title" is empty. Write the title of the essay.'),
        (HEAD + 'base_url = "example.org/essay"\n' + PART, '2: "base_url" is no address: "example.org/essay". '
         'Begin with https:// or http://, as in "https://example.org/essay/".'),
        (HEAD + 'language = "English!"\n' + PART, '2: "language" is no language tag: "English!". '
         'Write one such as "en" or "pt-BR".'),
        (HEAD + 'language = ""\n' + PART, '2: "language" is no language tag: "". Write one such as "en" or "pt-BR".'),
        (HEAD + 'titel = "T"\n' + PART, '2: unknown key "titel". Did you mean "title"?'),
        (HEAD + 'ornament = "dans"\n' + PART, '2: no study "dans". Did you mean "dance"?'),
        (HEAD + 'lead = "{{ dance.gab.last }}"\n' + PART, '2: no value "gab" in study dance. Did you mean "gap"?'),
        (HEAD + PART + 'chapter = ["x"]\n', '5: unknown key "chapter" in a part. Did you mean "chapters"?'),
        (HEAD + PART + PART, '7: chapter "01-one" is listed twice.'),
        (HEAD + PART.replace("01-one", "01-on"), '4: no file chapters/01-on.md. Did you mean "01-one"?'),
        (HEAD + PART.replace("01-one", "one"), '4: "one" is no name of a chapter. '
         'Write a number and words, such as "04-the-training-dance".'),
        (HEAD + PART.replace('"01-one"', ""), '0: chapters/01-one.md is not listed. '
         'Add "01-one" to the chapters of a part.'),
        (HEAD + PART.replace('["01-one"]', "7"), '4: "chapters" must be a list of texts.'),
    ],
)  # fmt: skip
def test_a_bad_outline_is_a_fault_at_its_line(toml: str, fault: str) -> None:
    """Unknown keys, wrong types, chapters twice, missing or forgotten."""
    assert fault in faults("Text.", essay=toml)


def test_what_fits_is_no_fault() -> None:
    """Addresses of both kinds, none at all, and languages with script and region."""
    for line in ('base_url = "https://example.org/a/"', 'base_url = "http://localhost:80"', 'base_url = ""',
                 'language = "zh-Hant-TW"', 'language = "de"'):  # fmt: skip
        assert faults("Text.", essay=f"{HEAD}{line}\n{PART}") == []


def test_a_title_that_is_wrong_is_one_fault() -> None:
    """A title that is missing or is no text is not called empty as well."""
    assert len(faults("Text.", essay=PART)) == len(faults("Text.", essay="title = 3\n" + PART)) == 1
