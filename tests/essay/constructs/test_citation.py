"""Citations."""

from tests.essay.small import faults, html, rendered


def test_a_citation_is_author_and_year_linked_to_the_bibliography() -> None:
    """The title of the link says what it leads to."""
    assert html("So [@one].") == (
        '<p>So <span class="citation">(<a class="cite" id="cite-one" '
        'href="bibliography.html#one" title="Notes. Memoirs" '
        'role="doc-biblioref">Lovelace 1843</a>)</span>.</p>'
    )


def test_several_sources_and_a_place_share_the_brackets() -> None:
    """Two authors are joined by "and", three by "et al."; a place follows its source; a hyphen leaves the year."""
    found = rendered("[@two, section 4; @many] and [-@one].")
    assert found.text == "(Bee and Dee 2001; Bee et al. 2002) and (Lovelace 1843)."
    assert ">Bee and Dee 2001</a>, section 4; <a " in found.html
    assert ">1843</a>" in found.html
    assert found.cited == ("two", "many", "one")


def test_only_the_first_citation_of_a_source_has_a_place() -> None:
    """The bibliography leads back to it, and no id stands twice."""
    assert html("So [@one], and so [@one].").count('id="cite-one"') == 1


def test_an_unknown_source_is_a_fault() -> None:
    """The nearest key is offered."""
    assert faults("So [@ono].") == ['1: no source "ono" in references.bib. Did you mean "one"?']
    assert faults("So [@].") == ['1: "@" is no citation. Write [@key] or [@key, section 4; @other].']
