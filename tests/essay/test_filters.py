"""Numbers as words: exact texts, worked by hand."""

import math

import pytest

from pipeline.essay.filters import FILTERS, MISSING, formatted


@pytest.mark.parametrize(
    ("value", "name", "digits", "text"),
    [
        (0.0139, "bits", None, "0.014\u00a0bits"),
        (0.96, "bits", None, "0.96\u00a0bits"),
        (1.0, "bits", None, "1.00\u00a0bits"),
        (0.00042, "bits", None, "0.00042\u00a0bits"),
        (0.0, "bits", None, "0.00\u00a0bits"),
        (0.0139, "bits", 1, "0.0\u00a0bits"),
        (0.953, "percent", None, "95\u00a0%"),
        (0.9537, "percent", 1, "95.4\u00a0%"),
        (-0.2, "percent", None, "\u221220\u00a0%"),
        (-0.001, "percent", None, "0\u00a0%"),
        (1400.0, "steps", None, "1,400"),
        (1400.0, "number", None, "1,400"),
        (3.14159, "number", None, "3.14"),
        (0.000123, "number", None, "0.000123"),
        (0.00000123, "number", None, "0.000001"),
        (3e-8, "number", None, "under 0.000001"),
        (-3e-8, "number", None, "just under 0"),
        (0.0, "number", None, "0"),
        (2.5, "number", 2, "2.50"),
        (1.38629, "nats", None, "1.386\u00a0nats"),
        (7.0, "words", None, "seven"),
        (13.0, "words", None, "13"),
        (4.5, "words", None, "4.50"),
        (12345.6, "count", None, "12,346"),
        (0.42, "seconds", None, "0.42\u00a0s"),
        (12.3, "seconds", None, "12\u00a0s"),
        (200.0, "seconds", None, "3\u00a0min\u00a020\u00a0s"),
        (120.0, "seconds", None, "2\u00a0min"),
        (170_000, "bytes", None, "170\u00a0kB"),
        (1_240_000, "bytes", None, "1.2\u00a0MB"),
        (999_999, "bytes", None, "1.0\u00a0MB"),
        (12, "bytes", None, "12\u00a0bytes"),
        (5.66, "times", None, "5.7\u00a0times"),
        (49.2, "times", None, "49\u00a0times"),
        (784, "floats", None, "784\u00a0floats"),
    ],
)
def test_a_filter_gives_the_text_a_reader_expects(value: float, name: str, digits: int | None, text: str) -> None:
    """Each filter prints its unit after a no-break space, with sensible digits and one minus sign."""
    assert formatted(value, name, digits) == text


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_dash(name: str, value: float) -> None:
    """No filter prints "nan"."""
    assert formatted(value, name) == MISSING
