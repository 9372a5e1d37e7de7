"""references.bib."""

from tests.essay.small import FILES, essay_of, faults


def test_a_source_is_read_into_words() -> None:
    """Accents are set, braces gone, a DOI becomes an address."""
    bib = "@article{a, author={Bottou, L{\\'e}on and von Neumann, John}, title={On {GANs}}, year=2017, doi={10.1/x}}\n"
    found = essay_of("[@a]", references=bib).references["a"]
    assert found.label == "Bottou and von Neumann 2017"
    assert found.authors == ("L\u00e9on Bottou", "John von Neumann")
    assert (found.title, found.url) == ("On GANs", "https://doi.org/10.1/x")


def test_what_would_read_the_same_gets_a_letter() -> None:
    """Only where both are cited; and only cited sources are printed, alphabetically."""
    bib = "".join(f"@misc{{{key}, author={{Ann Lee}}, title={{{key.upper()}}}, year=2001}}\n" for key in "yxz")
    essay = essay_of("[@y] [@x]", references=bib)
    assert [entry.label for entry in essay.bibliography] == ["Lee 2001a", "Lee 2001b"]
    assert [entry.key for entry in essay.bibliography] == ["x", "y"]
    assert [entry.key for entry in essay.cited] == ["y", "x"]
    assert essay.references["z"].label == "Lee 2001"


def test_a_broken_source_is_named_and_hides_no_other() -> None:
    """The line of the fault, and the rest can still be cited."""
    bib = (
        FILES["references.bib"]
        + "@article{bad, author={A\n\n@misc{c, title={T}}\n@misc{one, author={A}, title={T}, year=1}\n"
    )
    found = faults("[@one] [@two]", references=bib)
    assert found[0].startswith("4: BibTeX: ") or found[0].startswith("5: BibTeX: ")
    assert found[1:] == ['6: the source "c" has no author.', '7: the source "one" stands here twice.']
