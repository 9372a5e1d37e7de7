"""Notes beside the text."""

from tests.essay.small import faults, html, rendered


def test_a_note_stands_after_the_paragraph_that_calls_it() -> None:
    """Mark and note lead to each other; both stand in one box, so that a stylesheet can set them side by side."""
    assert html("Here[^a].\n\n[^a]: A *note*.\n\nNext.") == (
        '<div class="noted"><p>Here<sup class="note-mark" id="note-mark-1"><a href="#note-1" role="doc-noteref">1</a>'
        '</sup>.</p><aside class="sidenote" id="note-1" role="doc-footnote"><p>'
        '<a class="note-number" href="#note-mark-1" role="doc-backlink">1</a> A <em>note</em>.</p></aside></div>\n'
        "<p>Next.</p>"
    )


def test_notes_are_numbered_in_the_order_of_their_calls() -> None:
    """Also those called from a caption; a second call has the same number and no second id."""
    found = rendered("![Alt.](film:dance/hills)\nCaption[^b].\n\nText[^a][^b].\n\n[^a]: A.\n[^b]: B.\n", "dance")
    assert [(note.number, note.html) for note in found.notes] == [(1, "B."), (2, "A.")]
    assert found.html.count('id="note-mark-1"') == 1


def test_notes_undefined_unused_or_double_are_faults() -> None:
    """A note needs a call and a call a note."""
    assert faults("Here[^a].\n\n[^b]: B.\n\n[^b]: B again.") == [
        '1: no note "a" in this chapter. Write it on a line of its own: [^a]: words.',
        '5: the note "b" is never called. Write [^b] where it belongs.',
        '5: the note "b" is written twice.',
    ]
