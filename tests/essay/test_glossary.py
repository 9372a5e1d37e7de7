"""glossary.md."""

from tests.essay.small import essay_of, faults


def test_terms_are_sorted_and_have_keys_and_names() -> None:
    """An id may be given, else the heading makes it; other names stand behind a bar."""
    glossary = "# Glossary\n\n## Zeta | last {#z}\nOne.\n\nTwo.\n## Alpha beta\nThree.\n"
    found = essay_of("x", glossary=glossary).glossary
    assert [(term.key, term.term, term.definition, term.aliases) for term in found.values()] == [
        ("alpha-beta", "Alpha beta", "Three.", ()),
        ("z", "Zeta", "One.\n\nTwo.", ("last",)),
    ]


def test_a_bad_glossary_is_a_fault_at_its_line() -> None:
    """Terms twice, without a definition, headings of another level, names unknown within."""
    glossary = "## A\nx\n\n## B\n\n### C\n\n## D | a\n[@nobody]\n"
    assert faults("x", glossary=glossary) == [
        "6: this heading is no term. Write ## Term {#term}.",
        '8: the name "a" stands here twice. It already means "A".',
        '9: no source "nobody" in references.bib. There are: many, one, two.',
    ]
    assert faults("x", glossary="## B\n") == ['1: the term "B" has no definition.']
