"""The little language of inline values and caption tests."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.essay.expressions import parse, parse_test
from pipeline.essay.faults import Fault


def test_an_expression_has_a_path_a_call_and_a_filter() -> None:
    """Names, arguments, filter and digits come apart."""
    found = parse('dance.gap.first_step(">=", .9) | percent(1)')
    assert found.names == ("dance", "gap", "first_step")
    assert found.arguments == (">=", 0.9)
    assert (found.filter, found.digits) == ("percent", 1)
    assert found.source == 'dance.gap.first_step(">=", .9)'


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "cannot be read"),
        ("a +", "cannot be read"),
        ("a + b", "not allowed"),
        ("a[0]", "not allowed"),
        ("__import__('os').system('true')", "not allowed"),
        ("a.at(b)", "neither a number nor a quoted text"),
        ("a.at(step=3)", "takes no named arguments"),
        ("a | bits | words", "one filter only"),
        ("a | bitz", 'no filter "bitz"'),
        ("a | words(2)", "takes no argument"),
        ("a | bits(99)", "takes a number of digits"),
        ("a | bits('x')", "takes a number of digits"),
        ("(" * 600 + "a" + ")" * 600, "cannot be read"),
        ("-" * 290 + "a", "not allowed"),
    ],
)
def test_what_is_no_value_is_a_fault(source: str, message: str) -> None:
    """Anything beyond names, one call and one filter is refused with a reason."""
    with pytest.raises(Fault) as fault:
        parse(source)
    assert message in fault.value.message


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(source: str) -> None:
    """Whatever stands between the braces is an expression or a Fault."""
    for read in (parse, parse_test):
        with contextlib.suppress(Fault):
            read(source)


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("", True),
        ("gap > 0.9", False),
        ("gap <= 0.5 and step == 300", True),
        ("not gap < 0.2 or step > 1e3", True),
        ("0.1 < gap <= 0.5", True),
        ("gap != gap", False),
        ("unknown > 0", False),
        ("unknown < 0", False),
        ("-1 < gap", True),
    ],
)
def test_a_caption_test_is_arithmetic(source: str, holds: bool) -> None:
    """Tests compare the numbers at the cursor; a number that is missing fails every comparison."""
    assert parse_test(source).holds({"gap": 0.25, "step": 300.0}) is holds


@pytest.mark.parametrize("source", ["gap", "gap + 1 > 2", "gap > 'x'", "f(gap) > 1", "gap in step", "gap >"])
def test_what_is_no_test_is_a_fault(source: str) -> None:
    """Arithmetic, calls and texts are no tests."""
    with pytest.raises(Fault):
        parse_test(source)


def test_nan_is_printed_as_a_dash() -> None:
    """A value that never came true prints as a dash."""
    assert parse("a | bits").printed(math.nan) == "\u2014"
