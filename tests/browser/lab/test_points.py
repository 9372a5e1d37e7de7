"""Worlds of the reader's own, drawn, pasted or opened; and the pace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, until
from tests.browser.lab.bench import LAB, SMALL, numbers, press, said


def told(page: Page) -> list[str]:
    """What is said under the box for pasted points."""
    return page.locator(".lab-problems li").all_inner_texts()


def board(page: Page) -> list[list[float]]:
    """Points on the board."""
    return [[float(value) for value in point] for point in page.evaluate(f"{LAB}.board.points")]


def opened_board(open_page: OpenPage, **options: Any) -> Page:
    """A page with its board open; the ring still trains."""
    page = open_page(SMALL, **options)
    page.get_by_role("radio", name="Your own").check()
    assert page.locator(".lab-own").is_visible() and page.evaluate(f"{LAB}.setup.data") == "ring"
    return page


def test_world_is_drawn_by_keyboard(open_page: OpenPage) -> None:
    """Arrows move the brush, Space drops points, Backspace takes them back; then they are trained on, and linked."""
    page = opened_board(open_page)
    page.locator(".lab-board").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    points = board(page)
    assert len(points) == 16 and said(page, "count") == "16 points"
    middle = [sum(point[k] for point in points[8:]) / 8 for k in (0, 1)]
    assert middle == pytest.approx([0.3, 0.1], abs=0.08)
    page.keyboard.press("Space")
    page.keyboard.press("Backspace")
    assert board(page) == points
    press(page, "use")
    assert page.evaluate(f"{LAB}.setup.data") == "own"
    press(page, "hundred")
    other = open_page("lab.html" + page.evaluate("location.hash"))
    assert board(other) == points
    press(other, "hundred")
    assert numbers(other) == numbers(page)


def test_world_is_drawn_by_pointer(open_page: OpenPage) -> None:
    """A stroke leaves points along its way, close together; Undo takes the stroke back, Clear all of them."""
    page = opened_board(open_page)
    page.locator(".lab-board").scroll_into_view_if_needed()
    box = page.locator(".lab-board").bounding_box()
    assert box is not None
    for row in (0.25, 0.75):
        page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + row * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + row * box["height"], steps=3)
        page.mouse.up()
        page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    points = board(page)
    assert len(points) > 60
    assert all(abs(abs(y) - 0.75) < 0.02 for _, y in points)
    press(page, "undo")
    assert all(y > 0 for _, y in board(page)) and len(board(page)) == len(points) // 2
    press(page, "clear")
    assert board(page) == [] and said(page, "count") == "No points yet"
    press(page, "use")
    assert told(page) == ["Two points at least make a world. Draw some, or paste them."]


def test_pasted_points_and_their_problems(open_page: OpenPage) -> None:
    """All wrong lines are told at once and nothing typed is lost; mended, the points lie on the board."""
    page = opened_board(open_page)
    page.locator("#lab-text").fill("0.5,1\nheart,2\n3")
    press(page, "paste")
    assert [line.split(":")[0] for line in told(page)] == ["Line 2", "Line 3"]
    assert page.locator("#lab-text").input_value() == "0.5,1\nheart,2\n3"
    assert page.locator("#lab-text").get_attribute("aria-invalid") == "true" and board(page) == []
    page.locator("#lab-text").fill("x;y\n0,5;1\n-0,5;-1")
    press(page, "paste")
    assert told(page) == [] and page.locator("#lab-text").get_attribute("aria-invalid") == "false"
    assert board(page) == [pytest.approx([0.5, 1], abs=4e-4), pytest.approx([-0.5, -1], abs=4e-4)]
    press(page, "use")
    assert said(page, "line").startswith("A world of 2 points")


def test_file_of_points_is_opened(open_page: OpenPage, tmp_path: Path) -> None:
    """A CSV file is read in the page, its text shown, its points put on the board."""
    page = opened_board(open_page)
    (tmp_path / "mine.csv").write_text("x,y\n10,10\n30,10\n20,30\n", "utf-8")
    page.locator(".lab-file input").set_input_files(tmp_path / "mine.csv")
    until(page, f"{LAB}.board.points.length === 3")
    assert "moved and shrunk" in told(page)[0]
    assert page.locator("#lab-text").input_value().startswith("x,y")


def test_pace_and_frames(open_page: OpenPage, record_property: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """The first settings train while the page goes on drawing; how fast depends on the machine and is printed."""
    page = open_page("lab.html")
    pace = page.evaluate(
        f"""() => new Promise((done) => {{ const lab = {LAB}; const begun = performance.now(); let frames = 0;
        const count = (now) => {{ frames++;
            if (now - begun > 2000) {{ lab.pause(); done({{ rounds: lab.step / 2, frames: frames / 2 }}) }}
            else requestAnimationFrame(count) }};
        lab.play(); requestAnimationFrame(count) }})"""
    )
    record_property("pace", json.dumps(pace))
    with capsys.disabled():
        print(f"\n  the Lab: {pace['rounds']:.0f} rounds and {pace['frames']:.0f} frames a second")
    assert pace["rounds"] > 1 and pace["frames"] > 1
