"""Figures in the prose."""

import pytest

from tests.essay.small import faults, html


def test_a_figure_is_placed_with_alt_and_caption_filled_in() -> None:
    """Alt text is plain, the caption is HTML; both may carry values."""
    assert html(
        "![Down to *{{ dance.gap.last | bits }}*.](film:dance/hills)\nIt *falls*\nto zero.\n\nNext.", "dance"
    ) == ("<figure id='hills' alt='Down to 0.014\\xa0bits.'>It <em>falls</em> to zero.</figure>\n<p>Next.</p>")


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("![](film:dance/hills)", "an image without alt text. "
         "Say in the square brackets what is seen, for those who cannot see it."),
        ("![A.](film:dance/hils)", 'no film "hils" in study dance. Did you mean "hills"?'),
        ("![A.](film:danse/hills)", 'no study "danse". Did you mean "dance"?'),
        ("![A.](filn:dance/hills)", 'no kind of figure "filn". Did you mean "film"?'),
        ("![A.](film:hills)", '"film:hills" names no study. Write film:study/name.'),
        ("![A.](sound:dance/voice)", 'no sound "voice" in study dance. Did you mean "voices"?'),
        ("![A.](quiz:dance/remedy)", 'no export "remedy" in study dance. Did you mean "remedies"?'),
        ("![A.](session:dance/study)", '"dance/study" cannot name a session. '
         "Write session:name; it belongs to no study."),
        ("![A.](pictures/no.png)", 'no image file "pictures/no.png" in content/. None are defined.'),
        ("![A.](../secret.png)", '"../secret.png" is no file below content/.'),
        ("![A.", '"![" opens no figure. Write ![what is seen](film:study/figure), then the caption.'),
        ("Text ![A.](x.png)", r"an image within a line. Begin a paragraph with it, or write \! for the sign."),
    ],
)  # fmt: skip
def test_a_bad_figure_is_a_fault(source: str, fault: str) -> None:
    """Whatever is unknown or missing is said at the figure's line."""
    assert f"3: {fault}" in faults(f"{{{{ dance.floor }}}}\n\n{source}", "dance")


def test_a_session_needs_no_study() -> None:
    """A study session shows nothing of the pipeline's: a chapter of words alone may hold one."""
    assert html("![A.](session:study)\nWrite.") == "<figure id='study' alt='A.'>Write.</figure>"


def test_a_figure_without_words_is_a_fault() -> None:
    """A film needs its title and description in content/figures/."""
    words = "about: A.\nduels: {pair: {name: P, recipe: r}}\nclaims: {gap_ends: C}\n"
    assert faults("![A.](film:dance/hills)", "dance", dance=words)[0].startswith(
        '1: no words for the figure "hills". Write them in '
    )


def test_a_figure_placed_twice_is_a_fault() -> None:
    """Its name is an id on the page."""
    assert faults("![A.](film:dance/hills)\n\n![A.](still:dance/hills)", "dance") == [
        '3: the name "hills" is placed twice in this chapter.'
    ]
