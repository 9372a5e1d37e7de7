"""Whatever words an author brings: markup, quotes, right to left, very long, emoji. They are shown as they are
written, wherever they may stand, and never become a part of the page or push it aside."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline.essay import read
from pipeline.results import Results
from pipeline.site.pages import build_site
from tests.browser import hill
from tests.browser.conftest import HERE, OpenPage, until

MARKUP = "</title></textarea><script>window.ran = 1</script><img src=x onerror='window.ran = 2'> \"q\" AT&T & {{ }}"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
LEFTWARDS = "مرحبا بالعالم ושלום לכולם"
EMOJI = "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308 Z\u0338\u0322\u031ba\u0336lgo"
ODD = {"markup": MARKUP, "long": LONG, "leftwards": LEFTWARDS, "emoji": EMOJI}
PAGES = ("index.html", "part-1.html", "01-the-hill.html", "02-the-valley.html", "glossary.html", "bibliography.html",
         "colophon.html", "search.html", "print.html")  # fmt: skip


def quoted(words: str) -> str:
    """As YAML and TOML take it."""
    return json.dumps(words, ensure_ascii=False)


def prose(words: str) -> str:
    """As an author must write it in Markdown, where HTML is refused."""
    return "".join(f"\\{sign}" if sign in "<&{}\\`*_[]" else sign for sign in words)


def odd_book(folder: Path, words: str) -> Path:
    """The small book with odd words in its front matter, prose, captions, tables, figures, glossary and sources."""
    shutil.copytree(HERE / "book", folder)
    in_yaml, in_prose = quoted(words), prose(words)
    line = words.replace("{{ }}", "")  # in the words of figures braces hold numbers
    in_words = quoted(line)
    for name, old, new in (
        ("essay.toml", 'subtitle = "A book for a browser to read"', f"subtitle = {in_yaml}"),
        ("essay.toml", '"The testers"', in_yaml),
        ("chapters/01-the-hill.md", "title: The Hill", f"title: {quoted('The Hill ' + in_prose)}"),
        ("chapters/01-the-hill.md", "question: How high is it?", f"question: {quoted(in_prose)}"),
        ("chapters/01-the-hill.md", "A walker climbs", f"A walker {in_prose} climbs"),
        ("chapters/01-the-hill.md", "It is not a high hill.", f"It is not a high {in_prose} hill."),
        ("chapters/01-the-hill.md", "never turns round", f"never {in_prose} turns round"),
        ("chapters/01-the-hill.md", "A square moves to the right", f"A square {in_prose} to the right"),
        ("chapters/01-the-hill.md", "| amble |", f"| {in_prose} |"),
        ("chapters/01-the-hill.md", "## A second walk", f"## A second walk {in_prose}"),
        ("figures/hill.yaml", "title: The climb", f"title: {in_words}"),
        ("figures/hill.yaml", 'words: "the top"', f"words: {in_words}"),
        ("figures/hill.yaml", 'words: "the hill, solid line"', f"words: {in_words}"),
        ("figures/hill.yaml", "name: Height", f"name: {in_words}"),
        ("figures/hill.yaml", '"The walker is low, at', quoted(line + " at")[:-1]),
        ("figures/hill.yaml", '"A square moves up to', quoted(line + " to")[:-1]),
        ("figures/hill.yaml", "The walker ends at {bound} or more", f"{quoted(line)[1:-1]} {{bound}}"),
        ("figures/hill.yaml", 'fork: "the tuning fork"', f"fork: {in_words}"),
        ("glossary.md", "Where a hill ends.", f"Where a hill {in_prose} ends."),
        ("references.bib", "{On Going Down}", f"{{On {words.replace('{{ }}', '')} Down}}"),
        ("references.bib", "{Journal of Hills}", f"{{{words.replace('{{ }}', '')}}}"),
        ("data.yaml", "name: Steps", f"name: {in_yaml}"),
    ):
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new), "utf-8")
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The hill's results, films and all, once for all kinds of words."""
    return hill.results(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module", params=ODD)
def odd(request: pytest.FixtureRequest, store: Results, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """One kind of odd words, and the site that is full of them."""
    words = ODD[request.param]
    made = tmp_path_factory.mktemp("odd")
    essay = read(odd_book(made / "book", words), hill.catalogue())
    build_site(essay, store, made / "site")
    return words, made / "site"


def bare(words: str) -> str:
    """Without quotation marks, which the typographer turns, and with all spaces alike."""
    return " ".join(re.sub("[\"'\u2018\u2019\u201c\u201d]", "", words).split())


@pytest.mark.parametrize("name", PAGES)
def test_odd_words_stay_words(open_page: OpenPage, odd: tuple[str, Path], name: str) -> None:
    """Nothing runs, no element appears, and at 320 px nothing leaves the screen, with all fold-outs open."""
    page = open_page(name, width=320, folder=odd[1])
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    until(page, "document.readyState === 'complete'")
    assert page.evaluate("window.ran ?? null") is None
    assert page.locator("img[src=x], script:not([src]):not([type])").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_odd_words_are_read_as_they_are_written(open_page: OpenPage, odd: tuple[str, Path]) -> None:
    """Title, question, prose, table, key, label and claim show every sign, and so does the window's title."""
    words, folder = odd
    page = open_page("01-the-hill.html", folder=folder)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    plain = words.replace("{{ }}", "")
    for part, sought in (
        ("h1", words), (".question", words), (".prose p", words), ("sort-table", words),
        (".film-key", plain), (".film-labels", plain), (".claims", plain), (".readouts", plain),
    ):  # fmt: skip
        assert bare(sought) in bare(page.locator(part).first.text_content() or ""), part
    assert words.split()[0] in page.title()


def test_odd_words_in_the_player_s_data_are_data(open_page: OpenPage, odd: tuple[str, Path]) -> None:
    """The line of words that the script prints is text, too."""
    page = open_page("01-the-hill.html", folder=odd[1])
    page.locator("#climb .scrub-range").fill("3")
    said = page.locator("#climb .film-line-words").inner_text()
    assert odd[0].split()[0] in said
    assert page.evaluate("window.ran ?? null") is None
    assert page.locator("#climb .film-line-words *").count() == 0
