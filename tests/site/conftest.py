"""The small book, set once in memory for all tests of site/."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.site.ornament import Published
from pipeline.site.pages import compose
from tests.site import folio


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Path -> content of the whole site."""
    folder = tmp_path_factory.mktemp("folio")
    return compose(folio.essay(folder / "content"), folio.results(folder / "store"))


def text(site: Published, name: str) -> str:
    """A file of the site as text."""
    content = site[name]
    return content.decode() if isinstance(content, bytes) else Path(content).read_text("utf-8")
