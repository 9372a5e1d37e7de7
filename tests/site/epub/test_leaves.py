"""A page's HTML becomes XHTML that needs no browser."""

from __future__ import annotations

from pipeline.site.epub.leaves import Plate, leaf, linked


def test_controls_are_left_out_and_words_kept() -> None:
    """What a script would bring to life goes; the words around it stay."""
    html = '<film-player id="a"><button>Play</button><div class="scrub needs-script">x</div><p>Said.</p></film-player>'
    assert leaf(html).xhtml == '<div id="a"><p>Said.</p></div>'


def test_fold_out_stands_open() -> None:
    """Readers of books have no fold-outs: its title becomes a line, its body follows."""
    made = leaf("<details><summary><b>More</b></summary><p>Here.</p></details>")
    assert made.xhtml == "<div><p><b>More</b></p><p>Here.</p></div>"


def test_note_is_a_footnote() -> None:
    """A side note and its mark say what they are, so that a reader may show it on a tap."""
    made = leaf('<sup><a href="#n" role="doc-noteref">1</a></sup><aside id="n" role="doc-footnote">N</aside>')
    assert 'epub:type="noteref" role="doc-noteref"' in made.xhtml
    assert '<aside id="n" epub:type="footnote" role="doc-footnote">' in made.xhtml


def test_formula_is_mathml_of_the_third_kind() -> None:
    """What MathML 3 knows on mstyle only is put there; the rest stays as it is."""
    made = leaf('<math display="block"><mfrac displaystyle="true"><mi>a</mi><mi>b</mi></mfrac></math>')
    assert made.properties == "mathml"
    assert made.xhtml == (
        '<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mstyle displaystyle="true">'
        "<mfrac><mi>a</mi><mi>b</mi></mfrac></mstyle></math>"
    )


def test_inked_mask_becomes_a_picture() -> None:
    """A tile cut from the quiz's sheet is a plate of its own, with the words that named it."""
    made = leaf(
        '<svg class="tile-print" viewBox="0 0 32 32" role="img" aria-label="Pair 1, tile A"><mask id="m">'
        '<image href="images/q.png" width="64" height="96" x="-32" y="-64"/></mask><rect/></svg>'
    )
    assert made.plates == (Plate("images/q.png", (32, 64, 32)),)
    assert made.xhtml == '<img src="images/q-32-64.png" alt="Pair 1, tile A"/>'


def test_text_is_escaped() -> None:
    """Characters that mean something in XML arrive as themselves."""
    assert leaf('<p title="&quot;">a &lt; b &amp; c</p>').xhtml == "<p title='\"'>a &lt; b &amp; c</p>"


def test_link_out_of_the_book_becomes_its_words() -> None:
    """A link to a page that the book does not hold is no link; one to the web stays."""
    html = '<a href="lab.html">Lab</a> <a class="c" href="02-b.html#x?step=3">b</a> <a href="https://e.org/">e</a>'
    led = linked(html, lambda page, anchor: f"{page}!{anchor}" if page.startswith("02") else "")
    assert led == '<span>Lab</span> <a class="c" href="02-b.html!x">b</a> <a href="https://e.org/">e</a>'
