"""The Lab plays, steps, looks back, compares, and obeys its address."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage, until
from tests.browser.lab.bench import LAB, SMALL, numbers, picture, press, said, step


def test_default_plays_and_the_gap_falls(open_page: OpenPage) -> None:
    """Nothing moves until Play; then the first settings train, and after a hundred rounds the gap is smaller."""
    page = open_page("lab.html")
    page.wait_for_timeout(400)
    assert step(page) == 0 and said(page, "step") == "0"
    first = page.evaluate(f"{LAB}.benches[0].latest.gap")
    press(page, "play")
    assert said(page, "play") == "Pause"
    until(page, f"{LAB}.step >= 100", seconds=40)
    press(page, "play")
    here = step(page)
    page.wait_for_timeout(200)
    assert step(page) == here and said(page, "play") == "Play"
    gap = page.evaluate(f"{LAB}.benches[0].latest.gap")
    assert 0 < gap < first - 0.05
    assert said(page, "line").startswith(f"Round {here:,}: a gap of ")
    assert page.locator(".lab-plane").first.get_attribute("aria-label") == f"The plane. {said(page, 'line')}"


def test_one_round_and_a_hundred(open_page: OpenPage) -> None:
    """Each press of One round plays one, 100 rounds a hundred; the numbers and the picture follow."""
    page = open_page(SMALL)
    before = picture(page)
    press(page, "step")
    press(page, "step")
    assert (step(page), said(page, "step")) == (2, "2")
    press(page, "hundred")
    assert (step(page), said(page, "step")) == (102, "102")
    assert picture(page) != before
    press(page, "restart")
    assert step(page) == 0 and picture(page) == before


def test_it_stops_where_it_is_asked(open_page: OpenPage) -> None:
    """Play ends at the given round and says so; pressed again, it goes on."""
    page = open_page(SMALL)
    page.get_by_label("Stop at round").fill("25")
    page.keyboard.press("Tab")
    assert "stop=25" in page.evaluate("location.hash")
    press(page, "play")
    until(page, f"!{LAB}.playing", seconds=20)
    assert step(page) == 25
    assert said(page, "line").startswith("Stopped at round 25, as asked; Play goes on. Round 25:")
    press(page, "play")
    until(page, f"{LAB}.step > 30", seconds=20)
    press(page, "play")


def test_numbers_are_held_within_their_limits(open_page: OpenPage) -> None:
    """A seed or a stop beyond its limits is held at them, and what is no number changes nothing."""
    page = open_page(SMALL)
    for typed, held in (("123456", "9999"), ("-5", "0"), ("", "0"), ("7", "7")):
        page.get_by_label("Seed", exact=True).fill(typed)
        page.keyboard.press("Tab")
        assert page.get_by_label("Seed", exact=True).input_value() == held
    press(page, "next-seed")
    assert page.get_by_label("Seed", exact=True).input_value() == "8"


def test_one_can_look_back(open_page: OpenPage) -> None:
    """The slider leads to earlier rounds, their picture and numbers; nothing is lost, and Play goes on from now."""
    page = open_page(SMALL)
    first = picture(page)
    assert page.locator(".lab-range").is_disabled()
    press(page, "hundred")
    now, last = numbers(page), picture(page)
    page.locator(".lab-range").focus()
    page.keyboard.press("Home")
    assert said(page, "step") == "0" and picture(page) == first
    assert said(page, "when") == "Round 0 of 100" and "Play goes on from round 100" in said(page, "line")
    page.keyboard.press("ArrowRight")
    assert said(page, "step") == "1" and page.locator(".lab-range").get_attribute("aria-valuetext") == "Round 1 of 100"
    assert numbers(page) == now
    page.keyboard.press("End")
    assert said(page, "step") == "100" and picture(page) == last
    page.keyboard.press("Home")
    press(page, "step")
    assert step(page) == 101 and said(page, "step") == "101"


def test_looking_back_stops_the_play(open_page: OpenPage) -> None:
    """Whoever looks back while it plays finds it resting."""
    page = open_page(SMALL)
    press(page, "play")
    until(page, "!document.querySelector('.lab-range').disabled", seconds=20)
    page.locator(".lab-range").focus()
    page.keyboard.press("Home")
    assert page.evaluate(f"{LAB}.playing") is False and said(page, "step") == "0"


def test_same_address_plays_the_same_run(open_page: OpenPage) -> None:
    """What is chosen stands in the address; whoever opens it has the choices, and after as many rounds the numbers."""
    page = open_page(SMALL)
    assert page.evaluate("location.hash") == "#lab?hidden=8&batch=32"
    page.get_by_label("Spiral").check()
    page.get_by_label("Loss", exact=True).select_option("least-squares")
    press(page, "next-seed")
    address = page.evaluate("location.hash")
    assert address.startswith("#lab?data=spiral&seed=1&stop=3000&loss=least-squares&penalty=r1")
    press(page, "hundred")
    other = open_page("lab.html" + address)
    assert other.get_by_label("Spiral").is_checked()
    assert other.get_by_label("Loss", exact=True).input_value() == "least-squares"
    assert other.get_by_label("Neurons in each").input_value() == "8"
    press(other, "hundred")
    assert numbers(other) == numbers(page)


def test_playing_is_the_same_run_as_stepping(open_page: OpenPage) -> None:
    """Slices of frames or rounds at once, drawn or not: at the same round the same numbers."""
    page = open_page(SMALL + "&stop=60")
    press(page, "play")
    until(page, f"!{LAB}.playing", seconds=20)
    played = numbers(page)
    press(page, "restart")
    for _ in range(60):
        page.evaluate(f"{LAB}.clock.rounds(1)")
    assert numbers(page) == played


def test_broken_address_is_said_quietly(open_page: OpenPage) -> None:
    """A bad address opens with the first settings and names what there is not, in a status of its own."""
    page = open_page("lab.html#lab?data=moon&loss=hinge&seed=x&hidden=8")
    assert page.get_by_label("Ring").is_checked()
    note = page.locator("[data-is=note]")
    assert "data moon; loss hinge; seed x" in note.inner_text() and note.get_attribute("role") == "status"
    page.get_by_label("Heart").check()
    assert note.inner_text() == ""


def test_link_on_the_page_sets_the_lab(open_page: OpenPage) -> None:
    """An invitation below opens its two duels, without loading the page again."""
    page = open_page("lab.html")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="The glasses off.").click()
    until(page, f"{LAB}.benches.length === 2")
    assert page.evaluate("window.stayed")
    assert page.get_by_label("Spiral").is_checked()
    assert said(page, "differs", "b") == "detective’s glasses none"
    assert said(page, "differs", "a") == "detective’s glasses × 4"
    assert page.evaluate("document.activeElement.dataset.do") == "play"
    top = page.evaluate(f"{LAB}.getBoundingClientRect().top")
    assert 0 <= top < 120
    page.evaluate("location.hash = 'text'")  # another place of the page is no setting
    page.wait_for_timeout(100)
    assert page.evaluate(f"{LAB}.benches.length") == 2


def test_every_invitation_can_be_read(open_page: OpenPage) -> None:
    """No link on the page asks for what there is not."""
    page = open_page("lab.html")
    problems = page.evaluate(
        """() => [...document.querySelectorAll('main a[href^="#lab?"]')]
        .flatMap((link) => setupOf(link.getAttribute("href").slice(1)).problems)"""
    )
    assert page.locator('main a[href^="#lab?"]').count() >= 4 and problems == []


def test_form_offers_what_an_address_may_ask(open_page: OpenPage) -> None:
    """Each choice of the form is one of the address's, in words, and none is missing; so are the worlds."""
    page = open_page("lab.html")
    offered, known = page.evaluate(
        """() => [Object.fromEntries([...document.querySelectorAll("[data-set]")]
            .map((select) => [select.dataset.set, [...select.options].map((o) => o.value).sort()])),
        Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, values.slice().sort()]))]"""
    )
    assert offered == known
    worlds, there = page.evaluate(
        "() => [[...document.querySelectorAll('[name=lab-data]')].map((r) => r.value), Object.keys(WORLDS)]"
    )
    assert sorted(worlds) == sorted([*there, "own"])


def test_two_duels_side_by_side(open_page: OpenPage) -> None:
    """B begins as a copy of A, number for number, in the same round; a setting of B changes B alone."""
    page = open_page(SMALL)
    press(page, "compare")
    assert page.locator("[data-side=b]").is_visible() and said(page, "differs", "b") == "the same settings"
    press(page, "hundred")
    assert numbers(page, 0) == numbers(page, 1)
    alone = numbers(page)
    page.get_by_label("Fine on steep opinions").select_option("none")
    assert said(page, "differs", "b") == "fine on steep opinions none"
    assert said(page, "differs", "a") == "fine on steep opinions R1, at the originals"
    press(page, "hundred")
    assert numbers(page, 0) == alone != numbers(page, 1)
    assert page.evaluate("location.hash").endswith("&b=penalty:none")
    press(page, "play")
    until(page, f"{LAB}.step > 110", seconds=20)
    press(page, "play")
    assert page.evaluate(f"{LAB}.benches[0].step === {LAB}.benches[1].step")
    page.locator(".lab-which").get_by_label("A").check()
    assert page.get_by_label("Fine on steep opinions").input_value() == "r1"
    press(page, "compare")
    assert not page.locator("[data-side=b]").is_visible() and page.evaluate(f"{LAB}.benches.length") == 1


def test_slow_motion_names_each_phase(open_page: OpenPage) -> None:
    """Phase by phase, each marked and worded, seven make a round; the run is the one of full speed."""
    page = open_page(SMALL)
    press(page, "hundred")
    press(page, "slow")
    assert page.locator("[data-do=hundred]").is_disabled()
    seen = []
    for _ in range(7):
        press(page, "step")
        item = page.locator(".lab-phases [aria-current=step]")
        assert item.count() == 1
        seen.append(item.get_attribute("data-phase"))
        assert said(page, "line").startswith(item.locator("b").inner_text())
    assert seen == ["noise", "forge", "judge", "blame", "detective", "again", "forger"]
    assert step(page) == 101
    press(page, "step")
    press(page, "slow")  # in the midst of a round: it is played to its end
    assert step(page) == 102 and not page.locator(".lab-phases").is_visible()
    slow = numbers(page)
    press(page, "restart")
    page.evaluate(f"{LAB}.clock.rounds(102)")
    assert numbers(page) == slow


def test_slow_motion_plays_by_itself(open_page: OpenPage) -> None:
    """Played in slow motion, the phases follow each other, and Pause holds the one that is shown."""
    page = open_page(SMALL)
    press(page, "slow")
    page.evaluate("Clock.PHASE = 120")
    press(page, "play")
    until(page, "document.querySelector('[data-phase=judge]').hasAttribute('aria-current')", seconds=10)
    press(page, "play")
    held = page.locator(".lab-phases [aria-current=step]").get_attribute("data-phase")
    page.wait_for_timeout(400)
    assert page.locator(".lab-phases [aria-current=step]").get_attribute("data-phase") == held
    assert step(page) == 0


@pytest.mark.parametrize(
    ("loss", "marks"),
    [("non-saturating", ["0, surely forged", "½", "1, surely real"]), ("least-squares", ["score 0", "½", "score 1"]),
     ("wasserstein", ["marks less", "middle of both means", "more"])],
)  # fmt: skip
def test_scale_says_what_it_is(open_page: OpenPage, loss: str, marks: list[str]) -> None:
    """Only a probability is called sure; scores are scores, and a critic's marks have a middle and no one half."""
    page = open_page(f"{SMALL}&loss={loss}")
    press(page, "hundred")
    for name, words in zip(("low", "middle", "high"), marks, strict=True):
        assert words in said(page, name)


def test_unbounded_critic_is_said_to_be_one(open_page: OpenPage) -> None:
    """A Wasserstein critic without a fine has no bounds, and the page says so; its large numbers stay readable."""
    page = open_page(f"{SMALL}&loss=wasserstein&penalty=none")
    assert said(page, "losses-note") == "Without a fine nothing bounds a critic’s marks."
    assert page.get_by_label("Size of the fine").is_disabled()
    told = page.evaluate("[0, -0.5, 0.034, 123.4, -858050.85].map(amount)")
    assert told == ["0.000", "−0.50", "0.034", "123", "−858,051"]


def test_views_can_be_left_out(open_page: OpenPage) -> None:
    """Each of the four views changes the picture when it is taken away or added."""
    page = open_page(SMALL)
    press(page, "hundred")
    seen = [picture(page)]
    for name in ("originals", "forgeries", "field"):
        page.locator(f"[data-show={name}]").uncheck()
        seen.append(picture(page))
    page.locator("[data-show=forgeries]").check()
    seen.append(picture(page))
    page.get_by_label("the pull on each forgery").check()
    seen.append(picture(page))
    assert len(set(seen)) == len(seen)
