"""Terms of the glossary and references to chapters."""

from tests.essay.small import faults, html


def test_the_first_use_of_a_term_is_a_link_with_its_definition() -> None:
    """Later uses are plain words; another name or the id will do."""
    assert html("A [[loss]], its [[cost]], and [[loss|losses]].") == (
        '<p>A <a class="term" href="glossary.html#loss" title="What a player makes small." role="doc-glossref">'
        "loss</a>, its cost, and losses.</p>"
    )


def test_an_id_reads_as_its_heading_small() -> None:
    """[[mode-collapse]] prints as words."""
    assert ">mode collapse</a>" in html("See [[mode-collapse]].")


def test_a_chapter_is_named_by_its_title() -> None:
    """The slug without its number is enough; words and an anchor may be given."""
    assert html("See [[ch:one]] and [[ch:one#why|this]].") == (
        '<p>See <a class="chapter-link" href="01-one.html">One</a> and '
        '<a class="chapter-link" href="01-one.html#why">this</a>.</p>'
    )


def test_unknown_terms_and_chapters_are_faults() -> None:
    """Each with the nearest name."""
    assert faults("[[los]] and\n[[ch:two]] and [[]]") == [
        '1: no term "los" in glossary.md. Did you mean "loss"?',
        '2: "[[" opens no term and no chapter. Write [[term]], [[term|words]] or [[ch:name-of-chapter]].',
        '2: no chapter "two". There are: one.',
    ]
