"""The quiz with a reader's hands: six rounds by mouse, touch and keyboard, and what is left without any of them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Locator, Page

from pipeline.sounding.tones import VOICES
from tests.browser import hill
from tests.browser.conftest import OpenPage

PAGE = "02-the-valley.html"


def on_table(page: Page) -> tuple[int, int]:
    """Which pair of its round lies on the table, and at which side (0 left) its original."""
    x, y = page.locator(".quiz-tile image").first.evaluate("e => [e.getAttribute('x'), e.getAttribute('y')]")
    return -int(x), -int(y) % 3


def answer(page: Page, right: bool) -> None:
    """Click the original, or the forgery."""
    side = on_table(page)[1]
    page.locator(".quiz-tile").nth(side if right else 1 - side).click()


def play(page: Page, right: int = 6) -> list[int]:
    """A whole game with so many right answers; the pairs that were on the table."""
    pairs = []
    for k in range(hill.ROUNDS):
        pairs.append(on_table(page)[0])
        answer(page, k < right)
        page.locator(".quiz-next").click()
    return pairs


def said(words: Locator) -> str:
    """What stands there, its spaces all alike."""
    return " ".join(words.inner_text().split())


def title(page: Page) -> str:
    """What stands above the panel."""
    return said(page.locator(".quiz-title"))


def test_quiz_is_played_by_keyboard_alone(open_page: OpenPage) -> None:
    """Letters, figures and arrows answer, Enter goes on, and the focus is never lost."""
    page = open_page(PAGE)
    page.locator(".quiz-tile").first.focus()
    for k, keys in enumerate(("AB", "ab", "12", ("ArrowLeft", "ArrowRight"), "AB", "12")):
        assert title(page) == f"Round {k + 1} of 6"
        page.keyboard.press(keys[on_table(page)[1]])
        assert title(page).startswith("Right.")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('quiz-game') !== null")
    assert title(page) == "You found 6 of 6, the detective 5"
    page.keyboard.press("Enter")
    assert title(page) == "Round 1 of 6"


def test_quiz_key_outside_the_game_is_left_alone(open_page: OpenPage) -> None:
    """A letter typed elsewhere on the page answers nothing, and a shortcut of the browser's is none of ours."""
    page = open_page(PAGE)
    page.keyboard.press("a")
    page.locator(".quiz-tile").first.focus()
    page.keyboard.press("Control+b")
    assert title(page) == "Round 1 of 6"


def test_right_answer_shows_the_tell_and_the_detective(open_page: OpenPage) -> None:
    """The original turns to its colour and word, the forgery shows its faults, and the beliefs stand as bars."""
    page = open_page(PAGE)
    side = on_table(page)[1]
    answer(page, right=True)
    tiles = page.locator(".quiz-tile")
    assert "original, the same in every mirror" in said(tiles.nth(side))
    assert "forged at step 200; red breaks the mirror" in said(tiles.nth(1 - side))
    assert tiles.nth(1 - side).locator(".tile-broken").is_visible()
    assert not tiles.nth(side).locator(".tile-broken").is_visible()
    widths = [float(bar.get_attribute("width") or 0) for bar in page.locator(".quiz-bars .quiz-bar-fill").all()]
    assert widths == pytest.approx([70, 10] if side == 0 else [10, 70])
    assert title(page) == "Right. The detective agrees."
    assert page.locator(".quiz-title .icon-tick").is_visible()
    assert [said(score) for score in page.locator(".quiz-count").all()] == ["1 of 1, 100 %"] * 2


def test_wrong_answer_says_so_in_words_shape_and_to_the_ear(open_page: OpenPage) -> None:
    """A cross, "Fooled", an empty square crossed, and one polite sentence for those who do not see them."""
    page = open_page(PAGE)
    side = on_table(page)[1]
    answer(page, right=False)
    assert title(page) == "Fooled. The detective was not."
    assert page.locator(".quiz-title .icon-cross").is_visible()
    assert page.locator("[data-score=you] .wrong").count() == 1
    assert page.locator("[data-score=detective] .right").count() == 1
    spoken = page.locator(".quiz-spoken")
    assert spoken.get_attribute("aria-live") == "polite"
    assert said(spoken).startswith(f"Fooled. The original is {'AB'[side]}. The detective was not. To the detective")


def test_answer_counts_once(open_page: OpenPage) -> None:
    """A tile clicked again after the answer changes nothing."""
    page = open_page(PAGE)
    answer(page, right=False)
    for tile in page.locator(".quiz-tile").all():
        tile.click(force=True)  # it calls itself disabled
    assert said(page.locator("[data-score=you] .quiz-count")) == "0 of 1, 0 %"


def test_detective_is_fooled_where_it_believes_the_forgery(open_page: OpenPage) -> None:
    """In the duel the detective answers by its higher probability, and may be wrong too."""
    page = open_page(PAGE)
    for k in range(hill.ROUNDS):
        answer(page, right=k < 5)
        if k < 5:
            page.locator(".quiz-next").click()
    assert title(page) == "Fooled. So was the detective."
    assert page.locator("[data-score=detective] .wrong").count() == 1


def test_result_compares_reader_detective_and_coin(open_page: OpenPage) -> None:
    """Hits, false alarms and accuracy of all three; and how often a coin does as well: 4 of 6 or more in 22 of 64."""
    page = open_page(PAGE)
    play(page, right=4)
    rows = [[said(cell) for cell in row.locator("td").all()] for row in page.locator("tbody tr").all()]
    assert rows == [["4 of 6", "5 of 6", "3 of 6"], ["2 of 6", "1 of 6", "3 of 6"], ["67 %", "83 %", "50 %"]]
    assert "in 34 % of games" in said(page.locator("[data-luck]"))
    assert page.locator(".quiz-result .quiz-bar-tick").count() == 3


def test_replay_brings_other_pairs_until_all_are_used(open_page: OpenPage) -> None:
    """With two pairs a round, the second game shows in every round the pair that the first did not."""
    page = open_page(PAGE)
    first = play(page)
    page.locator(".quiz-next").click()
    second = play(page)
    assert [a + b for a, b in zip(first, second, strict=True)] == [1] * hill.ROUNDS
    page.locator(".quiz-next").click()
    assert sorted(set(play(page))) in ([0], [1], [0, 1])


def test_results_are_kept_on_the_readers_machine(open_page: OpenPage) -> None:
    """After a reload the second game is counted with the first, and no pair of the first comes again."""
    page = open_page(PAGE)
    first = play(page, right=6)
    page.reload()
    second = play(page, right=3)
    assert "In all your 2 games: you 75 %, the detective 83 %." in said(page.locator("[data-memory]"))
    assert [a + b for a, b in zip(first, second, strict=True)] == [1] * hill.ROUNDS


@pytest.mark.parametrize("kept", ['"{"', '\'{"games": -1, "left": "x"}\'', "'null'"])
def test_broken_memory_is_forgotten(open_page: OpenPage, kept: str) -> None:
    """What another hand left in the storage does no harm."""
    page = open_page(PAGE, before=f"localStorage.setItem('imagine.quiz.hill/quiz', {kept})")
    play(page)
    assert title(page).startswith("You found 6 of 6")


def test_quiz_works_without_storage_and_audio(open_page: OpenPage) -> None:
    """With storage forbidden and no audio a game runs to its end, and so does a second one."""
    page = open_page(
        PAGE,
        before="""delete window.AudioContext; delete window.webkitAudioContext;
        Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });""",
    )
    first = play(page)
    page.locator(".quiz-next").click()
    assert [a + b for a, b in zip(first, play(page), strict=True)] == [1] * hill.ROUNDS


def test_answers_sound_in_the_voices_of_the_soundtracks(open_page: OpenPage) -> None:
    """Right is a fork that rises, 440 to 660 Hz; wrong a reed that falls, 440 to 330; silent while sound is off."""
    page = open_page(PAGE)
    page.evaluate("window.heard = []; Tones.play = voice => void heard.push(voice)")
    for right, role, pitches in ((True, "real", [440, 660]), (False, "forger", [440, 330])):
        page.evaluate("heard.length = 0")
        answer(page, right)
        page.wait_for_timeout(300)
        heard = page.evaluate("heard")
        assert [voice["hz"] for voice in heard] == pitches
        assert tuple(heard[0]["harmonics"]) == VOICES[role].harmonics
        assert [heard[0][part] for part in ("attack", "release", "pan")] == [
            VOICES[role].attack, VOICES[role].release, VOICES[role].pan,
        ]  # fmt: skip
        page.locator(".quiz-next").click()
    page.evaluate("essay.choose({ sound: false }); heard.length = 0")
    answer(page, right=True)
    page.wait_for_timeout(300)
    assert page.evaluate("heard.length") == 0


def test_answer_really_sounds(open_page: OpenPage) -> None:
    """An answer opens the page's own sound without a fault."""
    page = open_page(PAGE)
    answer(page, right=True)
    page.wait_for_timeout(400)
    assert page.evaluate("Tones.context.state") == "running"


@pytest.mark.parametrize(("width", "edge"), [(320, 128), (390, 160), (820, 192), (1440, 256)])
def test_tile_is_a_whole_multiple_of_its_points(open_page: OpenPage, width: int, edge: int) -> None:
    """A tile of 32 points is 128 to 256 px wide, nothing of the game leaves the screen, and targets are large."""
    page = open_page(PAGE, width=width)
    sizes = [box for tile in page.locator(".quiz-tile .tile-print").all() if (box := tile.bounding_box())]
    assert [(box["width"], box["height"]) for box in sizes] == [(edge, edge)] * 2
    for state in ("asked", "answered", "over"):
        if state == "answered":
            answer(page, right=True)
        elif state == "over":
            page.locator(".quiz-next").click()
            for _ in range(5):
                answer(page, right=True)
                page.locator(".quiz-next").click()
        outside = page.evaluate(
            """() => [...document.querySelectorAll("quiz-game *")].filter(e => e.checkVisibility())
            .filter(e => !e.closest(".unseen, mask")).filter(e => e.getBoundingClientRect().right > innerWidth - 10)
            .map(e => e.className)"""
        )
        assert outside == [], state
        small = (
            page.locator("quiz-game .quiz-table button")
            .filter(visible=True)
            .evaluate_all(
                "all => all.map(e => e.getBoundingClientRect()).filter(r => Math.min(r.width, r.height) < 43.5)"
            )
        )
        assert small == [], state


def test_nothing_jumps_on_a_wide_screen(open_page: OpenPage) -> None:
    """Tiles, scores and what stands below the game keep their places when an answer is given."""
    page = open_page(PAGE)
    places = """() => [".quiz-tiles", ".quiz-scores", "quiz-game figcaption"]
        .map(each => document.querySelector(each).getBoundingClientRect().top + scrollY)"""
    before = page.evaluate(places)
    answer(page, right=True)
    assert page.evaluate(places) == before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(open_page: OpenPage, theme: str) -> None:
    """No accessibility rule of axe is broken after an answer, nor at the end."""
    page = open_page(PAGE, color_scheme=theme)
    answer(page, right=False)
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
    page.locator(".quiz-next").click()
    for _ in range(5):
        answer(page, right=True)
        page.locator(".quiz-next").click()
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()


def test_without_scripts_there_are_pairs_and_answers(open_page: OpenPage) -> None:
    """Without scripts the game is an answer sheet: six pairs to look at, and the answers behind a fold."""
    page = open_page(PAGE, java_script_enabled=False)
    assert not page.locator(".quiz-table").is_visible()
    assert page.locator(".quiz-pairs .tile-print").filter(visible=True).count() == 12
    key = page.locator(".quiz-key > li")
    assert not key.first.is_visible()
    page.locator(".quiz-paper summary").click()
    assert key.filter(visible=True).count() == 6
    assert "A is the original; the other was forged at step 200" in said(key.first)
    assert "A looked 70 % real, B looked 10 % real" in said(key.first)


def test_paper_has_the_answer_sheet(open_page: OpenPage) -> None:
    """Printed, the pairs stand where the game was."""
    page = open_page(PAGE)
    assert not page.locator(".quiz-paper").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".quiz-paper").is_visible()
    assert not page.locator(".quiz-table").is_visible()


def test_quiz_is_named_for_those_who_hear_it(open_page: OpenPage) -> None:
    """The tiles are buttons with a name each, said once, and what they show is described before them."""
    page = open_page(PAGE)
    assert page.get_by_role("button", name="Tile A This one", exact=True).count() == 1
    assert page.get_by_role("button", name="Tile B This one", exact=True).count() == 1
    described = page.locator(".quiz-table > .unseen").first.text_content() or ""
    assert described.startswith("Six pairs of tiles. It is a game for the eye")


def test_next_round_is_reached_by_the_next_stop(open_page: OpenPage) -> None:
    """From the title of a new round one step of Tab leads to its first tile."""
    page = open_page(PAGE)
    answer(page, right=True)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "quiz-title"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('.quiz-tile')")
