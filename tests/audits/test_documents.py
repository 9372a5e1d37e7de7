"""Only what is known to be wrong is excused, by its words."""

from __future__ import annotations

import pytest

from audits.documents import excused


@pytest.mark.parametrize(
    ("message", "known"),
    [
        ("Attribute “displaystyle” not allowed on element “mfrac” at this point.", True),
        ("Attribute “scriptlevel” not allowed on element “mtable” at this point.", True),
        ("Attribute “displaystyle” not allowed on element “div” at this point.", False),
        ("Attribute “style” not allowed on element “mfrac” at this point.", False),
        ("Duplicate ID “a”.", False),
    ],
)
def test_excuse_is_for_formulas_only(message: str, known: bool) -> None:
    """Two attributes on elements of MathML, and nothing else."""
    assert excused(message) is known
