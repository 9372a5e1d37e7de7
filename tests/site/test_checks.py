"""Each check refuses the fault it is for, and all faults are told together."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SiteBroken
from pipeline.site.checks import check_site
from pipeline.site.ornament import Published
from pipeline.site.writing import write


def page(body: str, head: str = "<title>T</title>", lang: str = "en") -> bytes:
    """A page with this body."""
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'.encode()


def told(**bodies: str) -> str:
    """What the checks say of a site of these pages."""
    files: Published = {f"{name}.html": page(body) for name, body in bodies.items()}
    with pytest.raises(SiteBroken) as found:
        check_site(files)
    return str(found.value)


def test_sound_site_passes(site: Published) -> None:
    """The small book passes, and every page is weighed."""
    checked = check_site(site)
    assert {weight.page for weight in checked.weights} == {name for name in site if name.endswith(".html")}


def test_published_folder_passes_as_it_lies(site: Published, tmp_path: Path) -> None:
    """The same checks hold for files on the disk."""
    written = write(site, tmp_path)
    check_site({path.relative_to(tmp_path).as_posix(): path for path in written})


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<h1>a</h1><a href="b.html">x</a>', 'the link "b.html" leads nowhere'),
        ('<h1 id="here">a</h1><a href="#ther">x</a>', 'the link "#ther" has no such place. Did you mean "here"?'),
        ('<h1 id="a">a</h1><p id="a">x</p>', 'id "a" stands 2 times'),
        ('<h1>a</h1><img src="data:,">', "a picture without alt text"),
        ("<h1>a</h1><h3>b</h3>", 'the heading "b" skips from level 1 to 3'),
        ("<h2>a</h2>", "0 headings of the first level"),
        ("<h1>a</h1><h1>b</h1>", "2 headings of the first level"),
        ('<h1>a</h1><script src="https://example.org/a.js"></script>', "would be fetched from elsewhere"),
        ('<h1>a</h1><img alt="" src="//example.org/a.png">', "would be fetched from elsewhere"),
        ('<h1>a</h1><img alt="" src="gone.png">', '"gone.png" is not in the site'),
        ('<h1 style="color: red">a</h1>', "an inline style on <h1>"),
        ("<h1>a</h1><script>1</script>", "an inline script"),
        ('<h1 onclick="x()">a</h1>', "an inline handler onclick"),
        ('<h1>a</h1><a href="#"></a>', "a <a> without words"),
        ('<h1>a</h1><button aria-controls="menu">x</button>', 'points to the id "menu"'),
        ("<h1>a</h1><p><div></p>", "broken HTML"),
        ("<h1>a</h1><figure><p>b</p><figcaption>c</figcaption><p>d</p></figure>", "neither the first nor the last"),
        ("<h1>a</h1><figure><div><figcaption>c</figcaption></div></figure>", "neither the first nor the last"),
        ('<h1>a</h1><math tabindex="0"></math>', "a <math> that takes the focus"),
        ('<h1>a</h1><a href="javascript:x()">x</a>', "neither relative nor to the web"),
        ('<h1>a</h1><a href="/b.html">x</a>', "neither relative nor to the web"),
    ],
)  # fmt: skip
def test_fault_is_named(body: str, fault: str) -> None:
    """A page with one fault is refused with that fault's words."""
    assert fault in told(a=body)


def test_anchor_on_another_page_is_followed() -> None:
    """A link into another page must find its place there; a moment after "?" is the player's affair."""
    files = {
        "a.html": page('<h1>a</h1><a href="b.html#dance?step=300">x</a>'),
        "b.html": page('<h1>b</h1><p id="dance">y</p>'),
    }
    check_site(files)
    assert "no such place" in told(a='<h1>a</h1><a href="b.html#danse">x</a>', b='<h1>b</h1><p id="dance">y</p>')


def test_all_faults_come_at_once() -> None:
    """Two faults on two pages are one message."""
    message = told(a="<h2>x</h2>", b='<h1>x</h1><img src="data:,">')
    assert message.startswith("2 faults")


def test_language_and_title_are_asked_for() -> None:
    """A page must name its language and have a title."""
    with pytest.raises(SiteBroken) as found:
        check_site({"a.html": page("<h1>a</h1>", head="", lang="")})
    assert "names no language" in str(found.value)
    assert "no title" in str(found.value)


def test_style_sheet_may_not_fetch_what_is_not_there() -> None:
    """An address in a style sheet is looked up beside it."""
    with pytest.raises(SiteBroken, match=r"styles/a\.css: \"fonts/b\.woff2\" is not in the site"):
        check_site({"styles/a.css": b'@font-face{src:url("fonts/b.woff2")}'})


def test_heavy_site_is_refused(tmp_path: Path) -> None:
    """A folder beyond its budget names its heaviest files."""
    film = tmp_path / "film.mp4"
    with film.open("wb") as sparse:
        sparse.truncate(16_000_000)
    with pytest.raises(SiteBroken, match=r"heaviest: films/a\.mp4 16,000,000"):
        check_site({"films/a.mp4": film})
