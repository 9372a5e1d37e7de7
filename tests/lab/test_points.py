"""Pasted points: every common way to write them is read, and all that is wrong is told at once, for people."""

from __future__ import annotations

import numpy as np
import pytest

from tests.lab.core import told


def read(text: str) -> dict[str, list]:  # type: ignore[type-arg]
    """Points, problems and notes of a text."""
    found: dict[str, list] = told("return pointsOf(text)", text=text)  # type: ignore[type-arg]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "0.5,-1.2\n0,1", "0.5, -1.2\r\n0, 1\r\n", "x,y\n0.5,-1.2\n0,1", "0.5;-1.2\n0;1", "0,5;-1,2\n0;1",
        "0.5\t-1.2\n0\t1", "0.5 -1.2\n0 1\n\n", "# my points\n0.5,-1.2\n0,1", "\ufeffx;y\n0,5;-1,2\n0;1",
        '"0.5","-1.2"\n"0","1"', ".5,\u22121.2\n0,1.0e0",
        "x,y,kind\n0.5,-1.2,original\n0,1,forged", "0.5,-1.2,\n0,1,",
    ],
)  # fmt: skip
def test_points_are_read_however_they_are_written(text: str) -> None:
    """Commas, semicolons, tabs, spaces, decimal commas, column names, comments, quotes, a mark of byte order."""
    found = read(text)
    assert found["problems"] == []
    assert np.allclose(found["points"], [[0.5, -1.2], [0, 1]], atol=4e-4)


def test_all_problems_are_told_with_their_lines() -> None:
    """Each wrong line is named with what would do, all at once, and no points are taken."""
    found = read("0.5,1\nheart,2\n3\n\n0,1\n1,NaN\n1,2e999")
    assert found["points"] == []
    assert [problem.split(":")[0] for problem in found["problems"]] == ["Line 2", "Line 3", "Line 6", "Line 7"]
    assert "\u201cheart\u201d is not a number" in found["problems"][0] and "0.5, \u22121.2" in found["problems"][0]
    assert "a point needs two" in found["problems"][1]


def test_many_problems_are_counted() -> None:
    """Of a hundred wrong lines eight are told one by one, and the rest as a number."""
    found = read("1,1\n" + "a,b,c\n" * 100)
    assert len(found["problems"]) == 9
    assert found["problems"][-1] == "And 92 more lines like these."


@pytest.mark.parametrize(("text", "said"), [("", "There are no points yet"), ("x,y\n1,2", "There is one point only")])
def test_too_few_points_are_told(text: str, said: str) -> None:
    """A world needs two points."""
    assert read(text)["problems"][0].startswith(said)


def test_points_from_elsewhere_are_fitted() -> None:
    """Points beyond the square are moved and shrunk, proportions kept, and it is said."""
    found = read("100,1000\n300,1000\n200,1100")
    assert np.allclose(found["points"], [[-1.2, -0.6], [1.2, -0.6], [0, 0.6]], atol=4e-4)
    assert len(found["notes"]) == 1


def test_too_many_points_are_thinned() -> None:
    """Of more points than an address can hold an even choice is kept, and it is said."""
    found = read("\n".join(f"{k / 5000},0" for k in range(5000)))
    assert len(found["points"]) == 1000
    assert np.allclose([x for x, _ in found["points"]], np.arange(1000) / 1000, atol=1e-3)
    assert "Of 5,000 points 1,000 are kept" in found["notes"][0]


def test_saved_points_can_be_read_again() -> None:
    """What the Lab saves, it reads."""
    table = told("return tableOf(['x', 'y', 'kind'], [[0.123456, -1, 'original'], [1, NaN, 'forged']])")
    assert table == "x,y,kind\n0.12346,-1,original\n1,,forged\n"
    assert np.allclose(read("x,y,kind\n0.12346,-1,original\n1,0,forged\n")["points"], [[0.1235, -1], [1, 0]], atol=4e-4)
