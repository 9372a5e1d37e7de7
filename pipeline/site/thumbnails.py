"""Small posters for the plates of a part's page, made from the films' own posters.

A poster does not change under its path in the store, so each small one is made once a process; and the
encoder gives the same bytes for the same picture. It knows no page.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from pipeline.results import FilmFacts
from pipeline.site.ornament import Published

WIDTH = 720
"""Twice the width of a plate, for fine screens."""
_QUALITY = 72


def thumbnails(film: FilmFacts) -> tuple[dict[str, str], Published]:
    """Theme -> path of the small poster, and the files themselves."""
    stem = f"posters/{film.study}-{film.figure}"
    paths = {theme: f"{stem}-{theme}-small.webp" for theme in film.posters}
    return paths, {paths[theme]: _small(poster) for theme, poster in film.posters.items()}


@lru_cache(maxsize=256)
def _small(poster: Path) -> bytes:
    from PIL import Image  # a page without posters never needs it

    with Image.open(poster) as picture:
        height = round(picture.height * WIDTH / picture.width)
        small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "WEBP", quality=_QUALITY, method=4)
    return buffer.getvalue()
