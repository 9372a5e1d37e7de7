"""Every page for every reader: without scripts, without motion, on a small screen, by ear, on paper."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Page

from pipeline.essay import read
from pipeline.site.pages import build_site
from tests.browser import hill
from tests.browser.conftest import HERE, OpenPage, cursor, until

CHAPTER = "01-the-hill.html"
PAGES = (
    "index.html", "part-1.html", CHAPTER, "02-the-valley.html", "03-the-desk.html", "lab.html", "glossary.html",
    "bibliography.html", "colophon.html", "search.html", "print.html", "404.html",
)  # fmt: skip


def test_list_of_pages_is_whole(site: Path) -> None:
    """No page escapes these tests."""
    assert sorted(path.name for path in site.glob("*.html")) == sorted(PAGES)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: OpenPage, name: str, theme: str) -> None:
    """No accessibility rule of axe is broken, with all fold-outs open."""
    page = open_page(name, color_scheme=theme)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 390, 820, 1200])
def test_page_never_scrolls_sideways(open_page: OpenPage, name: str, width: int) -> None:
    """The page fits the screen, from 320 px on, with all fold-outs open."""
    page = open_page(name, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1440])
def test_targets_are_large_enough(open_page: OpenPage, width: int) -> None:
    """Every button, slider and choice of a player is at least 44 px in both directions."""
    page = open_page(CHAPTER, width=width)
    small = page.evaluate(
        """() => [...document.querySelectorAll("film-player :is(button, select, input, summary, .film-link)")]
        .filter(e => e.checkVisibility()).map(e => [e.className || e.tagName, e.getBoundingClientRect()])
        .filter(([, r]) => r.width < 43.5 || r.height < 43.5).map(([name, r]) => `${name} ${r.width}x${r.height}`)"""
    )
    assert small == []


WATCHED = """window.painted = {};
new MutationObserver((records) => { for (const { addedNodes } of records) for (const node of addedNodes)
    if (document.readyState !== "loading" && /^(LINK|SCRIPT)$/.test(node.tagName))
        window.painted[node.getAttribute("href") ?? node.getAttribute("src")] =
            performance.getEntriesByName("first-contentful-paint").length;
}).observe(document, { childList: true, subtree: true });"""


def test_what_the_first_words_do_without_comes_after_them(open_page: OpenPage) -> None:
    """The scripts, and the faces that stand further down, are asked for once the page is painted; then they do come."""
    page = open_page(CHAPTER, before=WATCHED)
    painted = page.evaluate("window.painted")
    assert {"scripts/book.js", "data/hill-climb.js", "styles/face-formulas.css"} <= set(painted)
    assert set(painted.values()) == {1}
    until(page, "[...document.fonts].some(face => face.family.includes('Math') && face.status === 'loaded')")


def test_page_in_the_background_gets_ready_at_once(open_page: OpenPage) -> None:
    """A page that nobody sees yet waits for no paint."""
    hidden = "Object.defineProperty(document, 'hidden', { value: true });"
    page = open_page(CHAPTER, before=hidden + "PerformanceObserver = undefined;")
    assert page.evaluate("document.getElementById('climb').cursor.playing") is False


def test_faces_of_formulas_come_without_scripts(open_page: OpenPage) -> None:
    """Without scripts the same sheets are links at the end of the page."""
    page = open_page(CHAPTER, java_script_enabled=False)
    assert page.locator("noscript.late-sheets link[href='styles/face-formulas.css']").count() == 1


def test_without_scripts_everything_is_there(open_page: OpenPage, site: Path) -> None:
    """Without scripts a chapter has text, formula, poster, words, numbers, facts and a film with native controls."""
    page = open_page(CHAPTER, java_script_enabled=False)
    film = page.locator("#climb")
    native = film.locator("video").filter(visible=True)
    assert (native.count(), native.get_attribute("controls"), native.get_attribute("poster")) == (
        1,
        "",
        "posters/hill-climb-light.webp",
    )
    assert (site / (native.get_attribute("src") or "")).is_file()
    captions = (site / (native.locator("track").get_attribute("src") or "")).read_text("utf-8")
    assert captions.startswith("WEBVTT\n\n00:00.000 --> ")
    assert "The walker is low" in captions
    assert film.locator(".film-poster").get_attribute("alt") == "A square moves to the right and up."
    assert "The walker is high" in film.locator(".film-line").inner_text()
    assert film.locator(".readout-number").count() == 3
    assert page.locator("math").count() >= 1
    for hidden in (".film-controls", ".scrub", "tone-button", ".bar sound-switch", ".bar theme-switch"):
        assert not page.locator(hidden).first.is_visible(), hidden
    film.locator("summary").last.click()
    assert film.locator(".command").inner_text().startswith("make figure FIGURE=hill/climb")


def test_fold_out_says_how_the_figure_was_made(open_page: OpenPage, site: Path) -> None:
    """Facts, claims met and not met, the seed shown among the others, and files that are there."""
    page = open_page(CHAPTER)
    film = page.locator("#climb")
    film.locator("summary").last.click()
    words = film.locator("details").last.inner_text()
    for said in (
        "hill",
        "one foot, then the other",
        "5, one of 2 trained",
        "Steps; CC0 1.0",
        "1,000 steps in 3.2",
        "7c1e 90ab 4f2d",
    ):
        assert said in words, said
    assert film.locator(".claims .met").inner_text().strip() == "met The walker ends at 0.95 or more: 1"
    unmet = film.locator(".claims .unmet")
    assert unmet.inner_text().strip() == "not met The walker takes 500 steps or fewer: 1,000"
    assert film.locator(".lottery .shown").inner_text().split("\n")[-1] == "seed 5, shown"
    for link in film.locator("a[download]").all():
        assert (site / (link.get_attribute("href") or "")).is_file()


def test_axis_says_what_its_clock_is(open_page: OpenPage) -> None:
    """The scrubber names its clock, and its steps stand at their places: step 300 of 1,000 at the root of 0.3."""
    page = open_page(CHAPTER)
    assert "film time is the square root of the step" in page.locator("#climb .scrub-note").inner_text()
    at = {tick.text_content(): tick.get_attribute("x") for tick in page.locator("#climb .scrub-ticks text").all()}
    assert float((at["300"] or "").rstrip("%")) == pytest.approx(100 * 0.3**0.5, abs=1)
    assert at["1,000"] == "100.0%"


def test_axis_says_where_the_film_waits(open_page: OpenPage, tmp_path: Path) -> None:
    """A film that stays on its first and last picture says so beside its clock; one that does not is silent."""
    (tmp_path / "store").mkdir()
    facts = hill.results(tmp_path / "store", filmed=False)
    climb = facts.films["hill/climb"]
    lingering = replace(climb, steps=(0,) * 12 + climb.steps + (climb.last_step,) * 12)
    results = replace(facts, films={**facts.films, "hill/climb": lingering})
    build_site(read(HERE / "book", hill.catalogue()), results, tmp_path / "site")
    clock = "film time is the square root of the step"
    waiting = open_page(CHAPTER, folder=tmp_path / "site").locator("#climb .scrub-note span").first.inner_text()
    assert waiting == f"{clock}, between a wait before and a wait after"
    assert open_page(CHAPTER).locator("#climb .scrub-note span").first.inner_text() == clock


def test_reduced_motion_leaves_poster_and_steps(open_page: OpenPage) -> None:
    """With less motion wanted nothing moves by itself, and steps and Play still answer."""
    page = open_page(CHAPTER, reduced_motion="reduce")
    page.wait_for_timeout(300)
    assert not cursor(page)["playing"]
    assert page.locator("#climb .film-poster").is_visible()
    page.locator("#climb .film-forward").click()
    assert not cursor(page)["playing"]


def test_paper_shows_poster_and_words_without_controls(open_page: OpenPage) -> None:
    """Printed, a figure is its poster, caption and numbers."""
    page = open_page(CHAPTER)
    page.emulate_media(media="print")
    assert page.locator("#climb .film-poster").is_visible()
    assert page.locator("#climb figcaption").is_visible()
    assert not page.locator("#climb .film-controls").is_visible()


def test_paper_bears_notes_sources_and_addresses(open_page: OpenPage) -> None:
    """Printed, a note stands below its paragraph, fold-outs are open, and a link to the web gives its whole address."""
    page = open_page(CHAPTER)
    page.emulate_media(media="print")
    paragraph, note = (page.locator(part).bounding_box() for part in (".noted > p", ".sidenote"))
    assert paragraph and note
    assert note["y"] >= paragraph["y"] + paragraph["height"]
    assert page.locator("details").get_by_text("can be read without a script").is_visible()
    assert page.locator(".sources li").first.is_visible()
    page.goto(page.url.replace(CHAPTER, "colophon.html"))
    link = page.locator("main a[href^='https']").first
    printed = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert str(link.get_attribute("href")) in printed


@pytest.mark.parametrize("choice", ["system", "dark"])
def test_paper_is_light_on_a_dark_screen(open_page: OpenPage, choice: str) -> None:
    """Whoever reads in the dark still prints the light poster, on light paper: by the system or by the switch."""
    page = open_page(CHAPTER, color_scheme="dark", before=f"localStorage.setItem('imagine.theme', '{choice}')")
    poster = page.locator("#climb .film-poster")
    assert str(poster.evaluate("image => image.currentSrc")).endswith("hill-climb-dark.webp")
    page.emulate_media(media="print", color_scheme="dark")
    until(page, "document.querySelector('#climb .film-poster').currentSrc.endsWith('hill-climb-light.webp')")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_formula_frame_takes_the_focus(open_page: OpenPage) -> None:
    """A formula wider than a phone is scrolled in a frame that the keyboard reaches, and that says what it is."""
    frame = open_page(CHAPTER, width=320).locator(".formula-scroll").first
    assert (frame.get_attribute("role"), frame.get_attribute("aria-label")) == ("group", "Formula")
    frame.focus()
    assert frame.evaluate("frame => frame === document.activeElement")


def test_script_stays_within_its_budget(site: Path) -> None:
    """All scripts shared by the pages come to half of a page's 60 kB, as they cross the wire."""
    alone = ("search-page.js", "lab.js")  # of their own pages
    shared = [path for path in (site / "scripts").iterdir() if path.name not in alone]
    assert sum(len(gzip.compress(path.read_bytes())) for path in shared) <= 30_000


def test_policy_would_stop_an_inline_script(open_page: OpenPage, faults: list[str]) -> None:
    """The page's security policy is in force from file://: an inline script does not run."""
    page = open_page(CHAPTER)
    refused = page.evaluate(_TRY_INLINE)
    assert refused is True
    assert [fault for fault in faults if "Content Security Policy" not in fault] == []
    faults.clear()


_TRY_INLINE = """() => new Promise(done => {
    document.addEventListener("securitypolicyviolation", () => done(true), { once: true });
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    setTimeout(() => done(!window.ran), 300); })"""


def outline(page: Page) -> list[str]:
    """The headings of a page, in order, with their level."""
    return [f"{h.evaluate('e => e.tagName')} {h.inner_text()}" for h in page.locator("h1, h2, h3").all()]


def test_headings_make_an_outline(open_page: OpenPage) -> None:
    """A chapter has one h1, and no figure breaks the order of its headings."""
    headings = outline(open_page(CHAPTER))
    assert headings[0].startswith("H1")
    assert sum(h.startswith("H1") for h in headings) == 1
    assert "H2 A second walk" in headings


def test_contents_close_behind_the_focus(open_page: OpenPage) -> None:
    """Contents that the focus has left do not stay open over what it has come to."""
    page = open_page(CHAPTER)
    page.get_by_role("button", name="Contents").click()
    page.locator("#contents a").last.focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.getElementById('contents').matches(':popover-open')")
