"""Code."""

from tests.essay.small import faults, html


def test_nothing_in_code_is_anything_else() -> None:
    """Values, formulas and tags in code are printed as they stand."""
    assert html("Write `{{ a | b }}`, `` ` `` or `<b> $x$`.") == (
        "<p>Write <code>{{ a | b }}</code>, <code>`</code> or <code>&lt;b&gt; $x$</code>.</p>"
    )


def test_a_fence_is_a_block_that_can_take_the_focus() -> None:
    """Blank lines in it do not end it."""
    assert html("```\na < b\n\n[[c]]\n```") == '<pre class="code" tabindex="0"><code>a &lt; b\n\n[[c]]</code></pre>'


def test_a_language_is_coloured_by_classes() -> None:
    """pygments marks keywords up; an unknown language or an open fence is a fault."""
    assert '<span class="k">def</span>' in html("```python\ndef f(): ...\n```")
    assert faults("```pythn\nx\n```\n\n~~~\ny") == [
        '1: no language "pythn". Leave it out for plain text.',
        '5: the fence "~~~" is never closed.',
    ]
