"""Weights are those of the wire, and a page beyond its budget says so."""

from __future__ import annotations

import os
from base64 import b64encode

from pipeline.site import budgets
from pipeline.site.budgets import weigh


def test_weigh_counts_page_scripts_and_faces() -> None:
    """Text counts compressed, and only what the page fetches."""
    face = b"a{src:url(data:font/woff2;base64," + b64encode(os.urandom(500)) + b")}"
    files = {"a.html": b"<p>" + b"a" * 10_000, "b.js": b"b" * 10_000, "styles/faces.css": face, "c.js": b"c"}
    weight = weigh("a.html", files, ["b.js", "styles/faces.css"])
    assert weight.fonts == 500
    assert 0 < weight.script < 200
    assert weight.total < 1000


def test_page_over_its_budget_says_by_how_much() -> None:
    """A script that does not compress below the limit is named, and so is the page's whole weight."""
    noise = os.urandom(budgets.PAGE + 1)
    weight = weigh("a.html", {"a.html": b"", "b.js": noise}, ["b.js"])
    assert len(weight.over) == 2
    assert "60,000 is the most" in weight.over[1]
