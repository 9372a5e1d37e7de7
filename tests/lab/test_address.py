"""Settings in the address: what is written is read, and what cannot be read is told and replaced."""

from __future__ import annotations

import pytest

from pipeline.site.places import ROOMS
from tests.lab.core import told

EVERYTHING = """const setup = defaultSetup(); setup.data = "spiral"; setup.seed = 12; setup.stop = 900;
    for (const name in CHOICES) setup.sides[0][name] = CHOICES[name][CHOICES[name].length - 1];"""


def test_address_holds_every_setting() -> None:
    """Everything that can be chosen comes back from the address, for one side and for two."""
    one, two = told(
        EVERYTHING + """const [a] = setup.sides;
        const twin = { ...setup, sides: [a, { ...a, loss: "saturating", hidden: "8" }] };
        return [setup, twin].map((some) => [some, setupOf(addressOf(some))])"""
    )  # fmt: skip
    for written, read in (one, two):
        assert read == {"setup": written, "problems": []}


def test_address_says_only_what_differs_of_b() -> None:
    """The other side is its differences; a copy without any is still a comparison."""
    differing, same = told(
        """const setup = defaultSetup(); const [a] = setup.sides;
        return [{ ...a, penalty: "none" }, a].map((b) => addressOf({ ...setup, sides: [a, b] }))"""
    )  # fmt: skip
    assert differing.endswith("&b=penalty:none") and differing.startswith("lab?data=ring&seed=0&")
    assert same.endswith("&b=")
    assert len(told(f"return setupOf('{same}').setup.sides")) == 2


def test_own_points_come_back() -> None:
    """Points of one's own travel in the address, four letters each, where the nearest place can hold them."""
    points, read, address = told(
        """const points = Array.from({ length: 1000 }, (_, k) => [Math.sin(k), 1.5 * Math.cos(2 * k)].map(snapped));
        const address = addressOf({ ...defaultSetup(), data: "own", points });
        return [points, setupOf(address), address]"""
    )  # fmt: skip
    assert read["problems"] == []
    assert read["setup"]["points"] == points
    assert len(address) < 4400


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("lab?data=moon", "data moon"), ("lab?loss=hinge", "loss hinge"), ("lab?hidden=100000", "hidden 100000"),
        ("lab?seed=-1", "seed -1"), ("lab?stop=0", "stop 0"), ("lab?seed=1e3", "seed 1e3"),
        ("lab?nonsense", "nonsense"),
        ("lab?data=own", "points of one\u2019s own"), ("lab?data=own&points=%%%", "points of one\u2019s own"),
        ("lab?b=loss:hinge", "B\u2019s loss hinge"), ("lab?__proto__=1", "__proto__ 1"),
        ("lab?constructor=1", "constructor 1"),
        ("lab?data=constructor", "data constructor"), ("lab?data=__proto__", "data __proto__"),
    ],
)  # fmt: skip
def test_broken_address_opens_the_default_and_is_told(address: str, said: str) -> None:
    """What there is not is named, and the default stands in its place."""
    read, default = told("return [setupOf(address), defaultSetup()]", address=address)
    assert read["problems"] == [said]
    read["setup"]["sides"] = read["setup"]["sides"][:1]
    assert read["setup"] == default


@pytest.mark.parametrize("room", list(ROOMS))
def test_every_door_opens(room: str) -> None:
    """What the chapters open the Lab with, the Lab can read whole."""
    assert told("return setupOf('lab?' + room).problems", room=ROOMS[room]) == []


def test_no_address_is_the_default() -> None:
    """Nothing asked, nothing told; another anchor of the page is no setting."""
    empty, other, default = told("return [setupOf(''), setupOf('text'), { setup: defaultSetup(), problems: [] }]")
    assert empty == other == default


def test_what_is_right_is_kept() -> None:
    """One bad word in an address does not cost the good ones."""
    read = told("return setupOf('lab?data=heart&loss=hinge&seed=7')")
    assert (read["setup"]["data"], read["setup"]["seed"], len(read["problems"])) == ("heart", 7, 1)
