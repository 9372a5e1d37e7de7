"""Numbers as a reader wants them: ``0.014`` as "0.014 bits", ``0.953`` as "95 %".

One minus sign (U+2212), thousands commas, and a no-break space before every unit. Each filter takes
the raw number and literal arguments, and gives plain text. It knows neither prose nor pages.
"""

from __future__ import annotations

import math
from collections.abc import Callable

NO_BREAK = "\u00a0"
MISSING = "\u2014"
"""Stands where a number should be and is not."""

_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def number(value: float, digits: int | None = None) -> str:
    """``digits`` places after the point; else three significant digits, at most six places, whole numbers whole."""
    if digits is None:
        if 0 < abs(value) < 5e-7:
            return "under 0.000001" if value > 0 else "just under 0"
        if value == int(value) if math.isfinite(value) else False:
            return _grouped(value, 0)
        digits = _places(value, 3)
    return _grouped(value, digits)


def percent(value: float, digits: int = 0) -> str:
    """A share of one as "95 %"."""
    return f"{_grouped(value * 100, digits)}{NO_BREAK}%"


def bits(value: float, digits: int | None = None) -> str:
    """Two places from a tenth of a bit on, two significant digits below: "0.96 bits", "0.014 bits"."""
    if digits is None:
        digits = max(2, _places(value, 2)) if value else 2
    return f"{_grouped(value, digits)}{NO_BREAK}bits"


def nats(value: float, digits: int = 3) -> str:
    """ "1.386 nats"."""
    return f"{_grouped(value, digits)}{NO_BREAK}nats"


def count(value: float) -> str:
    """A whole number with thousands commas: "1,400"."""
    return _grouped(value, 0)


def words(value: float) -> str:
    """Zero to twelve in words, more in digits; what is not whole keeps its decimals."""
    if math.isfinite(value) and value == int(value):
        return _WORDS[int(value)] if 0 <= value <= 12 else _grouped(value, 0)
    return number(value)


def seconds(value: float) -> str:
    """ "0.42 s", "12 s", "3 min 20 s"."""
    if not math.isfinite(value):
        return MISSING
    if abs(value) < 10:
        return f"{number(value, _places(value, 2))}{NO_BREAK}s"
    if value < 120:
        return f"{_grouped(value, 0)}{NO_BREAK}s"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes:,}{NO_BREAK}min" + (f"{NO_BREAK}{rest}{NO_BREAK}s" if rest else "")


def size(value: float) -> str:
    """Bytes in decimal units: "170 kB", "1.2 MB"."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if abs(value) >= scale * 0.9995:
            return f"{number(value / scale, 1 if abs(value) < 9.95 * scale else 0)}{NO_BREAK}{unit}"
    return f"{_grouped(value, 0)}{NO_BREAK}bytes"


def times(value: float) -> str:
    """ "5.7 times", from ten on "49 times"."""
    return f"{number(value, 1 if abs(value) < 9.95 else 0)}{NO_BREAK}times"


def floats(value: float) -> str:
    """ "784 floats"."""
    return f"{_grouped(value, 0)}{NO_BREAK}floats"


FILTERS: dict[str, tuple[Callable[..., str], bool]] = {
    "number": (number, True),
    "percent": (percent, True),
    "bits": (bits, True),
    "nats": (nats, True),
    "count": (count, False),
    "steps": (count, False),
    "words": (words, False),
    "seconds": (seconds, False),
    "bytes": (size, False),
    "times": (times, False),
    "floats": (floats, False),
}
"""Name -> (function, whether it takes a number of digits)."""


def formatted(value: float, name: str = "number", digits: int | None = None) -> str:
    """The value through a filter by name; a dash where there is no finite value."""
    if not math.isfinite(value):
        return MISSING
    function, _ = FILTERS[name]
    return function(value) if digits is None else function(value, digits)


def _places(value: float, significant: int) -> int:
    """Places after the point that show so many significant digits, at most six."""
    if not math.isfinite(value) or value == 0:
        return 0
    return min(6, max(0, significant - 1 - math.floor(math.log10(abs(value)))))


def _grouped(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return MISSING
    text = f"{value:,.{digits}f}"
    if text.strip("-0.,") == "":
        text = text.lstrip("-")  # a rounded-away value has no sign
    return text.replace("-", "\u2212")
