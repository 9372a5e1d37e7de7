"""The sample configurations say what the pages themselves say."""

from __future__ import annotations

import re

import pytest

from pipeline.site.templates import THEME
from pipeline.site.views import POLICY


@pytest.mark.parametrize("name", ["nginx.conf", "_headers"])
def test_sample_sends_the_policy_of_the_pages(name: str) -> None:
    """The header is the page's policy, and forbids frames besides, which only a header can."""
    text = (THEME / "hosting" / name).read_text("utf-8")
    sent = re.search(r"Content-Security-Policy:? \"?([^\"\n]+)", text)
    assert sent is not None
    assert sent[1] == f"{POLICY}; frame-ancestors 'none'"
    assert "nosniff" in text


def test_nginx_braces_close() -> None:
    """Every block of the nginx sample is closed, and every line in one ends it."""
    text = re.sub(r"#.*", "", (THEME / "hosting" / "nginx.conf").read_text("utf-8"))
    assert text.count("{") == text.count("}")
    for line in filter(None, map(str.strip, text.splitlines())):
        assert line.endswith((";", "{", "}")), line
