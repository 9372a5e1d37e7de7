"""The back matter's lists, as far as no other test holds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.site import back
from pipeline.site.pages import compose
from tests.site import folio
from tests.site.conftest import text


def test_lab_leads_to_films_of_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has no scripts finds on the Lab's page the chapters that show the same, recorded; and no others."""
    monkeypatch.setattr(back, "LIKE_THE_LAB", ("dance",))
    lab = text(compose(folio.essay(tmp_path / "c"), folio.results(tmp_path / "s")), "lab.html")
    still = lab.partition("lab-still")[2].partition("</div>")[0]
    assert '<a href="04-second.html">04 Second &amp; last</a>.' in still
    assert "00-first.html" not in still


def test_lab_without_such_films_says_less(tmp_path: Path) -> None:
    """An essay without a film of that kind promises none."""
    lab = text(compose(folio.essay(tmp_path / "c"), folio.results(tmp_path / "s")), "lab.html")
    assert "recorded as films" not in lab and "scripts are off" in lab
