"""What the Lab's tests do with its page: press, read, look."""

from __future__ import annotations

from playwright.sync_api import Page

LAB = "document.querySelector('gan-lab')"
SMALL = "lab.html#lab?hidden=8&batch=32"
"""A quick one: these tests are not about learning."""


def press(page: Page, does: str) -> None:
    """A button of the Lab, by what it does."""
    page.locator(f"gan-lab [data-do={does}]").click()


def step(page: Page) -> int:
    """Rounds played."""
    return int(page.evaluate(f"{LAB}.step"))


def said(page: Page, name: str, side: str = "") -> str:
    """A part that shows something."""
    within = f"[data-side={side}] " if side else ""
    return page.locator(f"gan-lab {within}[data-is={name}]").first.inner_text()


def numbers(page: Page, bench: int = 0) -> list[float]:
    """The forger's own numbers, which tell two runs apart."""
    return list(page.evaluate(f"Array.from({LAB}.benches[{bench}].duel.forger.numbers)"))


def picture(page: Page, bench: int = 0) -> str:
    """The plane as it is drawn."""
    return str(page.evaluate(f"{LAB}.benches[{bench}].plane.toDataURL()"))
