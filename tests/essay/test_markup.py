"""Markdown as the pages use it."""

import pytest

from tests.essay.small import faults, html, rendered


def test_headings_have_ids_and_become_sections() -> None:
    """Ids are made of letters, never twice, and never a figure's."""
    found = rendered(
        "## The *forger\u2019s* eye\n\n## The forger's eye\n\n## Hills\n\n![A.](film:dance/hills)\n", "dance"
    )
    assert [(section.id, section.title) for section in found.sections] == [
        ("the-forgers-eye", "The forger\u2019s eye"),
        ("the-forgers-eye-2", "The forger\u2019s eye"),
        ("hills-2", "Hills"),
    ]


def test_the_first_paragraph_is_the_lead() -> None:
    """Where the chapter begins with one."""
    assert rendered("One.\n\nTwo.").html == '<p class="lead">One.</p>\n<p>Two.</p>'
    assert "lead" not in rendered("$$x$$\n\nTwo.").html


def test_a_table_has_scopes_labels_and_a_caption() -> None:
    """The first column heads its rows; labels let rows stack on a phone; alignment is a class."""
    assert html("| row | *n* |\n|---|--:|\n| a | 1 |\n: All of it.\n") == (
        '<div class="table"><table>\n<caption>All of it.</caption><thead>\n<tr>\n<th scope="col">row</th>\n'
        '<th class="align-right" scope="col"><em>n</em></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<th scope="row">a</th>\n'
        '<td class="align-right" data-label="n">1</td>\n</tr>\n</tbody>\n</table></div>'
    )


def test_a_table_may_be_sorted_where_its_caption_says_so() -> None:
    """The mark gives the table its element and is not printed; elsewhere it is words like any other."""
    sorted_table = html("| row | n |\n|---|--:|\n| a | 1 |\n: {sortable} All of it.\n")
    assert sorted_table.startswith('<sort-table class="table"><table>\n<caption>All of it.</caption>')
    assert sorted_table.endswith("</table></sort-table>")
    assert "<sort-table" not in html("| row | n |\n|---|--:|\n| a | 1 |\n: All of it is {sortable}.\n")


def test_a_fold_out_holds_what_is_indented() -> None:
    """Paragraphs, formulas and lists within; the text after it is outside."""
    assert html('??? "Why {{ dance.floor }}?"\n    One.\n\n    $$x$$\n    : Words.\n\nOutside.', "dance") == (
        '<details class="fold">\n<summary>Why <data class="value" value="0.004" title="dance.floor">0.00400</data>?'
        '</summary>\n<p>One.</p>\n<figure class="formula">'
        '<div class="formula-scroll" tabindex="0" role="group" aria-label="Formula">'
        '<math display="block"><mi>x</mi></math></div>'
        "<figcaption>Words.</figcaption></figure>\n</details>\n<p>Outside.</p>"
    )


def test_quotes_and_dashes_are_typographic() -> None:
    """Not in code."""
    assert html('"It\'s" -- so---`a--b` "{{ dance.floor | percent }}"...', "dance") == (
        "<p>\u201cIt\u2019s\u201d \u2013 so\u2014<code>a--b</code> \u201c"
        '<data class="value" value="0.004" title="dance.floor">0\u00a0%</data>\u201d\u2026</p>'
    )


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<b>bold</b>", 'HTML cannot stand in the prose: "<b>".'),
        ("a <script>alert(1)</script>", 'HTML cannot stand in the prose: "<script>".'),
        ("<!-- note -->", 'HTML cannot stand in the prose: "<!".'),
        ("&nosuchthing;", 'no character is called "&nosuchthing;".'),
        ("a\x07b", "the character U+0007 cannot be printed."),
        ("a\ue0001\ue001b", "the character U+E000 cannot be printed."),
        ("# Title", "a heading of the first level."),
        ("#### Deep", "a heading of level 4 under one of level 1."),
        ("??? Fold", "a fold-out without a title."),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "a row of 3 cells"),
        (": words", "words that stand under no formula and no table."),
    ],
)
def test_what_the_pages_cannot_show_is_a_fault(source: str, fault: str) -> None:
    """HTML, control characters, a second title: each at its line."""
    line = 3 + source.count("\n")
    assert faults(f"Text.\n\n{source}")[0].startswith(f"{line}: {fault}")


@pytest.mark.parametrize("source", ["a < b & c > d", r"\<b\> &amp; \{\{ x", "AT&T 2 &lt; 3", "x [y] {z} ! $"])
def test_odd_signs_are_escaped(source: str) -> None:
    """Signs that mean nothing are printed, and never as tags."""
    if faults(source):
        assert source.endswith("$")
    else:
        assert "<b" not in html(source)


def test_lists_quotations_and_rules_are_markdown() -> None:
    """What Markdown says without us stays as it is."""
    assert html("- a\n- b\n\n> c\n\n---\n\n1. d\n") == (
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<blockquote>\n<p>c</p>\n</blockquote>\n<hr>\n<ol>\n<li>d</li>\n</ol>"
    )
