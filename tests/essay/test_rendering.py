"""Chapters and words, rendered."""

from pathlib import Path

from pipeline.essay import fill, fill_moment, render_inline, render_plain
from pipeline.results import Results
from tests.essay.small import RESULTS, essay_of, rendered


def test_a_rendered_chapter_says_all_about_itself() -> None:
    """Sections, terms, sources, minutes, and the prose as plain text."""
    found = rendered("A [[loss]] of {{ dance.floor | bits }} in $x_1$ [@one].\n\n## Two *words*\n\nEnd.", "dance")
    assert [(section.id, section.title, section.level) for section in found.sections] == [("two-words", "Two words", 2)]
    assert (found.terms, found.cited, found.mathematics, found.minutes) == (("loss",), ("one",), True, 1)
    assert found.text == "A loss of 0.0040\u00a0bits in x_1 (Lovelace 1843). Two words End."
    assert found.unmeasured == ()


def test_words_outside_chapters_are_rendered_too() -> None:
    """As HTML for a lead, as plain text for a title."""
    essay = essay_of("x")
    assert render_inline("A *b* \u2014 {{ dance.floor | percent }}", essay, RESULTS) == (
        'A <em>b</em> \u2014 <data class="value" value="0.004" title="dance.floor">0\u00a0%</data>'
    )
    assert render_plain('A *b* & {{ floor | percent }} "c"', essay, RESULTS, own="dance") == (
        "A b & 0\u00a0% \u201cc\u201d"
    )


def test_a_figures_words_are_filled_as_plain_text() -> None:
    """From the results, with bare names; at the cursor, from the numbers there."""
    assert fill("From {{ gap.first | bits }}\n to {{ dance.gap.last | bits }}.", RESULTS, "dance") == (
        "From 1.00\u00a0bits to 0.014\u00a0bits."
    )
    assert fill("{{ gap.last }}", Results(), "dance", Path("x.yaml")) == "\u2014"
    assert fill_moment("At {{ step | steps }}: {{ gap | bits }}.", {"step": 1200.0, "gap": 0.5}) == (
        "At 1,200: 0.50\u00a0bits."
    )


def test_rendering_twice_gives_the_same() -> None:
    """Nothing is kept from one rendering to the next."""
    source = "[[loss]][^a] $x$\n\n## A\n\n[^a]: Note [[loss]].\n"
    assert rendered(source) == rendered(source)
