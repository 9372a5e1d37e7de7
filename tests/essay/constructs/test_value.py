"""Inline values on the page."""

from tests.essay.small import FRONT, faults, html, rendered


def test_a_value_is_data_with_its_name_and_raw_number() -> None:
    """The number is printed for readers, kept raw for machines, and named for the curious."""
    assert html("The gap ends at {{ dance.gap.last | bits }}.", "dance") == (
        '<p>The gap ends at <data class="value" value="0.0139" title="dance.gap.last">0.014\u00a0bits</data>.</p>'
    )


def test_a_value_in_a_table_keeps_its_pipe() -> None:
    """The pipe of a filter does not cut the cell."""
    assert '<td data-label="b"><data class="value" value="0.004" title="dance.floor">0.00400</data></td>' in html(
        "| a | b |\n|---|---|\n| x | {{ dance.floor | number }} |\n", "dance"
    )


def test_an_unknown_value_is_named_with_its_line() -> None:
    """The line, the name and the nearest one."""
    assert faults("One.\n\nTwo\n{{ dance.gab.last }}.", "dance") == [
        '4: no value "gab" in study dance. Did you mean "gap"?'
    ]


def test_a_value_that_never_came_true_is_a_dash_and_reported() -> None:
    """The page can be shown, and the build knows where it has no number."""
    found = rendered('Never: {{ dance.gap.first_step("<=", 0) | steps }}.', "dance")
    assert '<data class="value unmeasured" value="" ' in found.html
    assert found.text == "Never: \u2014."
    assert [problem.line for problem in found.unmeasured] == [FRONT.count("\n") + 1]


def test_a_step_past_the_end_is_reported_at_its_line_with_the_range() -> None:
    """A full build stops at it as at any value that has no number; a draft shows a dash."""
    found = rendered("One.\n\nLate: {{ dance.gap.at(99999) }}.", "dance")
    assert [(problem.line - FRONT.count("\n"), problem.remedy) for problem in found.unmeasured] == [
        (3, "Write a step from 0 to 1000.")
    ]


def test_an_open_brace_is_a_fault() -> None:
    """Braces that never close are not printed as they stand."""
    assert faults("A {{ dance.floor }", "dance")[0].startswith('1: "{{" is never closed.')
