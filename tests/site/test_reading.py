"""A page is read back as a browser would read it."""

from __future__ import annotations

from pipeline.site.reading import read


def test_picture_is_weighed_as_the_one_that_is_fetched() -> None:
    """A source that asks for nothing but its kind is fetched for the picture; one with a condition, not always."""
    dark = '<source media="(prefers-color-scheme: dark)" srcset="dark.webp">'
    plain, packed = (
        read(f'<picture>{dark}{more}<img src="a.webp" alt=""></picture>').eager
        for more in ("", '<source type="image/avif" srcset="a.avif">')
    )
    assert (plain, packed) == (("a.webp",), ("a.avif",))


def test_picture_that_waits_is_not_eager() -> None:
    """What is fetched when it comes near does not count before play."""
    assert read('<img src="a.webp" alt="" loading="lazy">').eager == ()
