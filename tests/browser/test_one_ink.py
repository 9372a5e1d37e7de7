"""Colour is never the only channel on the page: in one ink, and to eyes without colour, every role keeps its shape."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator

from tests.browser.conftest import OpenPage, until

PAGE = "01-the-hill.html"
ROLES = ("real", "forged", "fake", "gold", "ideal")
ONE_INK = """for (const role of ["real", "forged", "fake", "gold", "gold-text", "ideal", "ink-2"])
    document.documentElement.style.setProperty("--" + role, "var(--ink)")"""


def ink(part: Locator) -> np.ndarray:
    """(height, width) bool: where there is ink."""
    return np.asarray(Image.open(BytesIO(part.screenshot())).convert("L")) < 128


def test_shapes_differ_in_one_ink(open_page: OpenPage) -> None:
    """The five shapes of a key differ from each other without their colours."""
    page = open_page(PAGE)
    page.evaluate(ONE_INK)
    drawn = {role: ink(page.locator(f"#climb .film-key .shape-{role}")) for role in ROLES}
    for one, other in combinations(ROLES, 2):
        assert np.mean(drawn[one] != drawn[other]) > 0.04, (one, other)


def test_words_of_roles_differ_in_one_ink(open_page: OpenPage) -> None:
    """A coloured word carries a shape of its own before it, five roles, five shapes."""
    page = open_page(PAGE)
    page.evaluate(ONE_INK)
    word = page.locator(".prose .role").first
    drawn = {}
    for role in ROLES:
        word.evaluate("(word, role) => { word.className = 'role role-' + role }", role)
        drawn[role] = ink(word)[:, :18]
    for one, other in combinations(ROLES, 2):
        height = min(len(drawn[one]), len(drawn[other]))
        assert np.mean(drawn[one][:height] != drawn[other][:height]) > 0.02, (one, other)


def test_right_and_wrong_are_tick_and_cross(open_page: OpenPage) -> None:
    """What a claim or a score tells by colour it tells by a sign and a word as well."""
    page = open_page(PAGE)
    page.locator("#climb summary").last.click()
    for kind, icon, word in (("met", "tick", "met"), ("unmet", "cross", "not met")):
        claim = page.locator(f"#climb .claims .{kind}")
        assert claim.locator(f".icon-{icon}").is_visible()
        assert claim.locator(".verdict").inner_text() == word


def test_whole_page_can_be_read_without_colour(open_page: OpenPage) -> None:
    """To eyes that see no colour the text keeps its contrast: the darkest and the lightest grey are far apart."""
    page = open_page(PAGE)
    page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    until(page, "document.fonts.status === 'loaded'")
    for part in (".prose p", ".film-caption", ".readouts", ".film-key"):
        grey = np.asarray(Image.open(BytesIO(page.locator(part).first.screenshot())).convert("L"), dtype=float)
        assert np.ptp(np.percentile(grey, [0.2, 99])) > 110, part


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_forced_colours_keep_shapes_and_edges(open_page: OpenPage, theme: str) -> None:
    """In a system's own few colours every shape, curve and gauge is still drawn, and every button has an edge."""
    page = open_page(PAGE, forced_colors="active", color_scheme=theme)
    page.locator("#climb summary").last.click()
    for part in (".film-key .shape-real", ".film-key .shape-fake", ".scrub-curve", ".gauge", ".ticket-way"):
        grey = np.asarray(
            Image.open(BytesIO(page.locator(f"#climb {part}").first.screenshot())).convert("L"), dtype=int
        )
        assert np.ptp(grey) > 60, part
    bare = page.locator("#climb .film-controls .button, .bar .tool").filter(visible=True).evaluate_all(
        "all => all.filter((button) => getComputedStyle(button).borderStyle === 'none').map((b) => b.className)"
    )  # fmt: skip
    assert bare == []
