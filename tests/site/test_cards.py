"""A card has the size that networks ask for, holds any words, and is the same each time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from pipeline.site.cards import HEIGHT, WIDTH, Label, Stock, card
from pipeline.site.ornament import Published
from pipeline.site.templates import THEME
from tests.site import folio
from tests.site.conftest import text

PLAIN = Stock(THEME)


def opened(content: bytes) -> Image.Image:
    """The card as a picture."""
    return Image.open(io.BytesIO(content)).convert("RGB")


def test_card_is_a_label_on_the_wall(tmp_path: Path) -> None:
    """Around the label stands the wall, on it the paper, and ink where words are."""
    wall = tmp_path / "social-wall.png"
    Image.new("RGB", (WIDTH, HEIGHT), (107, 69, 128)).save(wall)
    picture = opened(card(Label("A title"), Stock(THEME, wall)))
    assert picture.size == (1200, 630)
    assert picture.getpixel((50, 50)) == pytest.approx((107, 69, 128), abs=4)
    assert picture.getpixel((250, 150)) == pytest.approx((246, 242, 232), abs=4)
    dark = sum(picture.getpixel((x, 315))[0] < 60 for x in range(240, 960))  # type: ignore[index]
    assert dark > 10


@pytest.mark.parametrize(
    "title", ["Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 2, "one two three four " * 30, "مرحبا 🙂 <b>&", ""]
)
def test_words_stay_on_the_label(title: str) -> None:
    """However long or odd the words are, nothing is printed beyond the double rule."""
    picture = opened(card(Label(title, "04", title, title), PLAIN))
    bare = opened(card(Label(""), PLAIN))
    for box in ((0, 0, WIDTH, 128), (0, 504, WIDTH, HEIGHT), (0, 0, 224, HEIGHT), (976, 0, WIDTH, HEIGHT)):
        off = ImageChops.difference(picture.crop(box), bare.crop(box)).getextrema()
        assert max(high for _, high in off) <= 8, box  # each card has a palette of its own


def test_same_words_same_bytes() -> None:
    """A card made twice is the same file."""
    label = Label("The same")
    first = card(label, PLAIN)
    card.cache_clear()
    assert card(label, PLAIN) == first


def test_every_page_names_a_card_that_is_there(site: Published) -> None:
    """Cover, parts and chapters have their own; the back matter shares the cover's."""
    for page in (name for name in site if name.endswith(".html")):
        named = text(site, page).partition('og:image" content="')[2].partition('"')[0]
        assert named in site, page
    assert 'content="images/cards/00-first.png"' in text(site, "00-first.html")
    assert 'content="images/cards/index.png"' in text(site, "glossary.html")


def test_card_has_its_full_address_where_that_is_known(tmp_path: Path) -> None:
    """Who fetches a card does not know the page, so a known base stands before it."""
    from pipeline.site.pages import compose

    made = compose(folio.essay(tmp_path / "c"), folio.results(tmp_path / "s"), base_url="https://example.org/book/")
    assert 'content="https://example.org/book/images/cards/part-1.png"' in text(made, "part-1.html")
