"""Formulas."""

import pytest

from tests.essay.small import faults, html


def test_a_formula_in_a_line_is_mathml() -> None:
    """Dollar signs make MathML, and underscores in it are not emphasis."""
    assert html("Let $x_1$ and $x_2$ be.") == (
        "<p>Let <math><msub><mi>x</mi><mn>1</mn></msub></math> "
        "and <math><msub><mi>x</mi><mn>2</mn></msub></math> be.</p>"
    )


def test_a_block_formula_carries_its_words() -> None:
    """The line after it that begins with a colon is its caption; it can take the focus."""
    assert html("$$x$$\n: It *is* x.\n") == (
        '<figure class="formula">'
        '<div class="formula-scroll" tabindex="0" role="group" aria-label="Formula">'
        '<math display="block"><mi>x</mi></math></div>'
        "<figcaption>It <em>is</em> x.</figcaption></figure>"
    )


def test_a_block_formula_without_words_is_no_figure() -> None:
    """Several lines between the signs are one formula."""
    assert html("$$\nx\n$$\n") == ('<div class="formula">'
        '<div class="formula-scroll" tabindex="0" role="group" aria-label="Formula">'
        '<math display="block"><mi>x</mi></math></div></div>')


def test_dollars_of_money_are_written_with_a_backslash() -> None:
    """A dollar sign that is no formula is said to be one."""
    assert html(r"It cost \$5 and \$10.") == "<p>It cost $5 and $10.</p>"
    assert faults("It cost $5.") == [
        r'1: a "$" that begins or ends no formula. Write \$ for the sign itself; $$ begins a line of its own.'
    ]


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        (r"$\foo$", 1, r'LaTeX: unknown command "\foo".'),
        ("$\\frac{a$", 1, "LaTeX: expected closing token"),
        ("$$\na +\n\\foo\n$$", 3, r'LaTeX: unknown command "\foo".'),
        ("$$a", 1, '"$$" opens no formula'),
        ("$$ $$", 1, "the formula is empty."),
        (r"$\color{red}a$", 1, "LaTeX: colours"),
    ],
)
def test_latex_that_does_not_parse_is_a_fault_at_its_line(source: str, line: int, message: str) -> None:
    """The line of the fault itself, not of the formula's beginning."""
    assert faults(source)[0].startswith(f"{line}: {message}")


def test_no_formula_brings_inline_styles() -> None:
    """Negative spaces and aligned columns come as classes: the pages forbid style attributes."""
    found = html(r"$$\begin{aligned}a&=b\!\\&=c\end{aligned}$$")
    assert " style=" not in found
    assert 'class="math-right"' in found
    assert 'class="math-back"' in found
