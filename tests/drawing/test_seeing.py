"""Colour is never the only channel, and no pair that means something looks alike to any kind of eye."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from pipeline.drawing.canvas import Canvas
from pipeline.drawing.style import Palette, palette
from tests.drawing.seeing import EYES, distance, lab

ROLES = ("real", "forged", "fake", "gold", "ideal")
KINDS = {"line": ("real", "forged", "gold", "ideal"), "points": ("real", "forged", "fake"), "area": ("real", "forged")}
THEMES = ("light", "dark")
FLOOR = 14.0
"""CIEDE2000. Neighbours in a chart are told apart from about 10."""
SHARMA = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "apart"), SHARMA)
def test_distance_is_that_of_the_worked_pairs(
    one: tuple[float, float, float], other: tuple[float, float, float], apart: float
) -> None:
    """Pairs worked by the formula's authors come out to four digits, in either order."""
    assert distance(one, other) == pytest.approx(apart, abs=1e-4)
    assert distance(other, one) == pytest.approx(apart, abs=1e-4)


@pytest.mark.parametrize("eyes", EYES)
def test_simulation_leaves_grey_as_it_is(eyes: str) -> None:
    """To all eyes a grey is the same grey."""
    assert distance(lab((128, 128, 128), eyes), lab((128, 128, 128))) < 0.5


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", THEMES)
def test_roles_are_told_apart(theme: str, eyes: str) -> None:
    """Real, forged, fake, gold and ideal are at least 14 apart, pair by pair, for every kind of eye in both themes."""
    colours = palette(theme)
    near = {
        (one, other): round(apart, 1)
        for one, other in combinations(ROLES, 2)
        if (apart := distance(lab(colours[one], eyes), lab(colours[other], eyes))) < FLOOR
    }
    assert near == {}


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", THEMES)
def test_roles_stand_out_from_their_ground(theme: str, eyes: str) -> None:
    """Every role is far from paper and plate for every kind of eye; so are the ends of the detective's field."""
    colours = palette(theme)
    for ground in ("paper", "plate"):
        assert min(distance(lab(colours[role], eyes), lab(colours[ground], eyes)) for role in ROLES) > 30
    assert distance(lab(colours["field-fake"], eyes), lab(colours["field-real"], eyes)) > 20


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_roles_differ_without_any_colour(theme: str, kind: str) -> None:
    """With every role in one and the same ink, those that share a kind of mark in the films still draw differently."""
    roles = {
        "line": ("real", "forged", "gold", "ideal"),
        "points": ("real", "forged", "fake"),
        "area": ("real", "forged"),
    }
    drawn = {role: _in_one_ink(theme, kind, role) for role in roles[kind]}
    for one, other in combinations(drawn, 2):
        assert np.mean(np.abs(drawn[one] - drawn[other]) > 60) > 0.003, (one, other)


def _in_one_ink(theme: str, kind: str, role: str) -> np.ndarray:
    """(height, width) float: a mark left to its role, drawn with a palette in which all roles are ink."""
    known = palette(theme)
    ink = tuple((name, known["ink"] if name in ROLES else colour) for name, colour in known.colours)
    canvas = Canvas(Palette(theme, ink), width=320, height=180)
    pane = canvas.pane(x=(0, 1), y=(0, 1))
    x = np.linspace(0.1, 0.9, 9)
    if kind == "points":
        pane.points(role).set(np.stack([x, np.full(9, 0.5)], axis=1))
    else:
        (pane.line(role) if kind == "line" else pane.area(role)).set(x, np.full(9, 0.5))
    return np.asarray(canvas.frame(), dtype=float)[..., :3].mean(axis=-1)
