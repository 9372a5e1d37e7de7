"""Words in square brackets: roles, moments, links."""

import pytest

from tests.essay.small import faults, html


def test_a_role_is_a_span_with_its_class() -> None:
    """The words within are prose like any other."""
    assert html("The [*true* ones]{real} win.") == (
        '<p>The <span class="role role-real"><em>true</em> ones</span> win.</p>'
    )


def test_a_moment_is_a_link_to_its_figure() -> None:
    """Without scripts it leads to the figure; with them it moves the cursor."""
    assert '<a class="seek" href="#hills" data-seek="hills@300">step 300</a>' in html(
        "![Alt.](film:dance/hills)\n\nAt [step 300](seek:hills@300).", "dance"
    )


def test_links_lead_where_links_may() -> None:
    """Addresses in angle brackets, too."""
    assert html("[a](https://example.org/x_(y)) [b](#c) <https://example.org>") == (
        '<p><a href="https://example.org/x_(y)">a</a> <a href="#c">b</a> '
        '<a href="https://example.org">https://example.org</a></p>'
    )


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("[a]{reel}", 'no role "reel". Did you mean "real"?'),
        ("[a](javascript:alert(1))", 'a link cannot lead to "javascript:alert(1)". '
         "Write https:, mailto:, seek: or the name of a page."),
        ("[a](seek:hills)", '"seek:hills" is no moment of a figure. Write seek:figure@step, such as seek:dance@300.'),
        ("[a](seek:hillz@3)", 'no figure "hillz" in this chapter. Did you mean "hills"?'),
        ("[a](seek:hills@1001)", 'step 1,001 lies beyond the run of "hills". Its last step is 1,000.'),
        ("[](https://example.org)", "a link without words. Write [words](address)."),
    ],
)  # fmt: skip
def test_bad_links_are_faults(source: str, fault: str) -> None:
    """Unknown roles, figures and steps, and addresses that do harm."""
    assert faults(f"![Alt.](film:dance/hills)\n\n{source}", "dance") == [f"3: {fault}"]
