"""The pages as a whole: which there are, what they say, and that they are the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import Problems, SiteBroken
from pipeline.site import pages
from pipeline.site.ornament import Published
from pipeline.site.pages import build_site, compose
from pipeline.site.reading import read
from tests.site import folio
from tests.site.conftest import text


def test_compose_makes_every_page(site: Published) -> None:
    """Cover, parts, chapters, back matter and a page for lost readers are all there."""
    made = sorted(name for name in site if name.endswith(".html"))
    assert made == [
        "00-first.html", "04-second.html", "404.html", "bibliography.html", "colophon.html", "glossary.html",
        "index.html", "lab.html", "part-1.html", "print.html", "search.html",
    ]  # fmt: skip


def test_chapter_shows_title_question_number_and_neighbours(site: Published) -> None:
    """A chapter's page carries its own words, and leads back to the chapter before it."""
    page = text(site, "04-second.html")
    assert "<h1>Second &amp; last</h1>" in page
    assert "Why Second &amp; last?" in page
    assert 'rel="prev" href="00-first.html"' in page
    assert 'rel="next"' not in page
    assert "<title>04 Second &amp; last · Folio</title>" in page


def test_chapter_loads_data_of_its_own_films_only(site: Published) -> None:
    """The data script of a film is loaded by the page that shows it, after the shared scripts."""
    assert "data/dance-hills.js" not in read(text(site, "00-first.html")).fetches
    fetches = read(text(site, "04-second.html")).fetches
    assert fetches.index("scripts/book.js") < fetches.index("data/dance-hills.js")


def test_every_page_wears_the_mark(site: Published) -> None:
    """Whatever else a page is dressed in, one of its style sheets holds the mark of its bar."""
    for name in (name for name in site if name.endswith(".html")):
        sheets = [text(site, path) for path in read(text(site, name)).fetches if path.endswith(".css")]
        assert any("--mark-final" in sheet.replace("var(--mark-final", "") for sheet in sheets), name


def test_chapter_wears_the_band_of_its_number(site: Published) -> None:
    """Chapter k is dressed in band k."""
    assert 'href="styles/band-04.css"' in text(site, "04-second.html")
    assert 'href="styles/band-00.css"' in text(site, "00-first.html")


def test_back_matter_leads_back_to_the_chapters(site: Published) -> None:
    """A source and a term name the chapters that use them."""
    assert 'href="00-first.html#cite-ada"' in text(site, "bibliography.html").partition('id="ada"')[2]
    assert 'id="cite-ada"' in text(site, "00-first.html")
    assert 'href="00-first.html"' in text(site, "glossary.html").partition('id="loss"')[2]


def test_colophon_tells_every_run_and_publishes_its_files(site: Published) -> None:
    """Each run's recipe, seed, machine and files stand in the colophon, and the files are in the site."""
    page = text(site, "colophon.html")
    for told in ("plain", "0, one of 2 trained", "a machine", "torch 2", "make figure FIGURE=dance/hills"):
        assert told in page
    for name in ("data/dance-pair-recording.npz", "data/tiles-tiles-curves.csv"):
        assert name in page
        assert name in site


def test_every_page_forbids_what_is_not_its_own(site: Published) -> None:
    """The policy stands in every page, before anything is fetched."""
    for name in (name for name in site if name.endswith(".html")):
        head = text(site, name).partition("<link")[0].partition("<script")[0]
        assert "default-src 'none'" in head, name


def test_same_inputs_same_bytes(site: Published, tmp_path: Path) -> None:
    """Setting the book twice gives the same site, byte for byte."""
    again = compose(folio.essay(tmp_path / "content"), folio.results(tmp_path / "store"))
    assert list(again) == list(site)
    for name, content in site.items():
        mine = again[name]
        assert content == mine or (isinstance(content, Path) and content.read_bytes() == Path(str(mine)).read_bytes())


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """Markup in titles is text on the page."""
    chapter = folio.FRONT.format(title="'\\<script>alert(1)'", studies="") + "A [[loss]] [@ada].\n"
    chapter = chapter.replace("Why '\\<script>alert(1)'?", "'A quote & \\<b>?'")
    essay = folio.essay(tmp_path / "content", **{"00-first": chapter})
    page = text(compose(essay, folio.results(tmp_path / "store")), "00-first.html")
    assert "<script>alert" not in page
    assert "<h1>&lt;script&gt;alert(1)</h1>" in page
    assert 'quote &amp; &lt;b&gt;?">' in page


def test_base_url_gives_each_page_its_full_address(tmp_path: Path) -> None:
    """Where the address of the site is known, a page names its own; its links stay relative."""
    made = compose(folio.essay(tmp_path / "c"), folio.results(tmp_path / "s"), base_url="https://example.org/book/")
    assert '<link rel="canonical" href="https://example.org/book/04-second.html">' in text(made, "04-second.html")
    assert '<link rel="canonical" href="https://example.org/book/">' in text(made, "index.html")


def test_broken_site_leaves_the_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a check fails nothing is written."""

    def refuse(files: Published) -> None:
        raise SiteBroken("no")

    monkeypatch.setattr(pages, "check_site", refuse)
    with pytest.raises(SiteBroken):
        build_site(folio.essay(tmp_path / "c"), folio.results(tmp_path / "s"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_essay_without_ornament_or_films_is_still_a_book(tmp_path: Path) -> None:
    """Without tiles the cover has its label, and chapters have no band."""
    toml = folio.CONTENT["essay.toml"].replace('ornament = "tiles"\n', "")
    second = folio.FRONT.format(title="Second", studies="") + "Words.\n"
    essay = folio.essay(tmp_path / "c", essay=toml, **{"04-second": second})
    written = build_site(essay, folio.results(tmp_path / "s"), tmp_path / "out")
    assert "Folio" in (tmp_path / "out" / "index.html").read_text("utf-8")
    assert len(written) == 11


def test_a_number_that_no_run_gives_stops_the_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A step that was never reached is an error with its place in a build, and a warning in a draft."""
    never = folio.CONTENT["chapters/04-second.md"].replace("dance.gap.last", 'dance.gap.first_step("<=", -1)')
    book = folio.essay(tmp_path / "content", **{"04-second": never})
    results = folio.results(tmp_path / "store")
    with pytest.raises(Problems, match=r"04-second\.md:\d+"):
        build_site(book, results, tmp_path / "site")
    assert not (tmp_path / "site").exists()
    build_site(book, results, tmp_path / "draft", tolerant=True)
    assert "04-second.md" in capsys.readouterr().err


def test_a_step_outside_its_series_stops_the_site_wherever_it_stands(tmp_path: Path) -> None:
    """In a figure's words and in the glossary, too, it is an error with its file, its line and the series' range."""
    words = folio.CONTENT["figures/dance.yaml"].replace("Two hills meet.", '"They end at {{ gap.at(101) }}."')
    late = "\n## Gap {#gap}\nIt was {{ dance.gap.at(50) }}, and {{ dance.gap.at(900) }}.\n"
    book = folio.essay(tmp_path / "content", dance=words, glossary=folio.CONTENT["glossary.md"] + late)
    with pytest.raises(Problems) as told:
        build_site(book, folio.results(tmp_path / "store"), tmp_path / "site")
    assert [(problem.path.name, problem.line, problem.message) for problem in told.value.problems] == [
        ("dance.yaml", 3, '"gap.at(101)" asks for step 101, but the series has steps 0 to 100.'),
        ("glossary.md", 7, '"dance.gap.at(900)" asks for step 900, but the series has steps 0 to 100.'),
    ]


def test_a_chapter_past_the_last_print_wears_it_again(tmp_path: Path) -> None:
    """A book longer than its ornament has a band at every chapter's head and a tile in every list."""
    toml = folio.CONTENT["essay.toml"].replace('"04-second"', '"04-second", "16-third"')
    (tmp_path / "c/chapters").mkdir(parents=True)
    (tmp_path / "c/chapters/16-third.md").write_text(folio.FRONT.format(title="Third", studies="") + "Words.\n")
    made = compose(folio.essay(tmp_path / "c", essay=toml), folio.results(tmp_path / "s"))
    assert "styles/band-04.css" in read(text(made, "16-third.html")).fetches
    assert "tile-16" in text(made, "part-1.html")
    assert ".tile-16{--tile-image:var(--tile-04)}" in text(made, "styles/tiles.css")
