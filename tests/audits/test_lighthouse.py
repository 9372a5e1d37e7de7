"""What Lighthouse tells is judged by the targets, and a page that is late by its median run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

from audits.lighthouse import Score, middle, score_of, served, table

GOOD = Score("a.html", 100, 100, 100, 100, 1.2, 0.001, 1.1, 0.0, ())


def test_good_page_has_no_fault() -> None:
    """Nothing is said of a page that reaches every target."""
    assert (GOOD.faults, GOOD.late) == ((), ())


def test_what_is_below_its_target_is_named() -> None:
    """Every target that is missed is told with its number."""
    bad = replace(GOOD, seo=92, cls=0.3, performance=80, lcp=2.5)
    assert bad.faults == ("seo 92", "CLS 0.300")
    assert bad.late == ("performance 80", "LCP 2.50 s")


def test_page_for_paper_may_be_late() -> None:
    """The one page with every chapter is judged by all but its speed."""
    whole = replace(GOOD, page="print.html", performance=70, seo=99)
    assert (whole.faults, whole.late) == (("seo 99",), ())


def test_median_run_counts() -> None:
    """Of three runs the one in the middle."""
    runs = [replace(GOOD, performance=p, lcp=s) for p, s in ((90, 2.4), (99, 1.5), (98, 1.7))]
    assert middle(runs) == runs[2]


def test_told_line_becomes_a_score() -> None:
    """The names of Lighthouse's categories fit those of the fields."""
    told = {
        "page": "a.html", "performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100,
        "lcp": 1.5, "cls": 0.0, "fcp": 1.4, "tbt": 3.0, "missed": ["x"],
    }  # fmt: skip
    score = score_of(told)
    assert score.missed == ("x",)
    assert "a.html    99  100  100  100    1.50" in table([score])


def test_folder_is_served_as_it_lies_there(tmp_path: Path) -> None:
    """What is measured is the published page, without the preview's script."""
    (tmp_path / "index.html").write_bytes(b"<head></head>")
    with served(tmp_path) as base, urlopen(base) as answer:
        assert answer.read() == b"<head></head>"
