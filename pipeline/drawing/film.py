"""A figure of a study, drawn from recordings: film, poster, and which step each frame shows.

Film frame i of n shows the moment i / (n - 1) (between lead and hold, where the figure has them). Pure: files in,
files out, and the same recordings give the same bytes. It knows no store, no page and no torch.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import numpy as np
from PIL import Image

from pipeline.drawing.canvas import Canvas
from pipeline.drawing.encode import encode, join
from pipeline.drawing.style import palette
from pipeline.recording import Files
from pipeline.study import Figure, Recordings, Study

SMALL = 640
"""Width of the small poster in pixels."""
POSTER_BYTES = 60_000
"""A poster is stored without loss where that costs no more than this."""


def draw(study: Study, figure: Figure, recordings: Recordings, theme: str, draft: bool) -> Files:
    """"film.mp4" (silent), "poster.webp", "poster-small.webp" and "film.json" (see ``facts``)."""
    count = round(figure.seconds * figure.fps)
    at = figure.poster(recordings) if callable(figure.poster) else figure.poster
    poster_frame = round(figure.share(at) * (count - 1))
    canvas = Canvas(palette(theme), *figure.size, draft=draft)
    update = figure.draw(recordings, canvas)
    posters: list[np.ndarray] = []

    def frames() -> Iterator[np.ndarray]:
        for i in range(count):
            update(figure.moment(i / max(1, count - 1)))
            picture = canvas.frame()
            if i == poster_frame:
                posters.append(picture[:, :, :3].copy())
            yield picture

    film = encode(frames(), figure.size, figure.fps)
    about = facts(study, figure, recordings) | {"poster_frame": poster_frame}
    return {
        "film.mp4": film,
        "poster.webp": webp(posters[0]),
        "poster-small.webp": webp(posters[0], SMALL),
        "film.json": json.dumps(about).encode(),
    }


def facts(study: Study, figure: Figure, recordings: Recordings) -> dict[str, object]:
    """What a scrubber needs: frames a second, how many, their size, and the step that each shows."""
    count = round(figure.seconds * figure.fps)
    moments = [figure.moment(i / max(1, count - 1)) for i in range(count)]
    recipe = recordings[figure.duel].recipe
    if figure.places is None:
        clock, steps = recipe.clock, [recipe.step_at(moment) for moment in moments]
    else:
        clock, steps = 1.0, [round(figure.places * moment) for moment in moments]
    return {
        "study": study.name, "figure": figure.name, "duel": figure.duel, "fps": figure.fps, "frames": count,
        "seconds": count / figure.fps, "width": figure.size[0], "height": figure.size[1], "loop": figure.loop,
        "clock": clock, "last_step": recipe.last_step if figure.places is None else figure.places, "steps": steps,
    }


def mux(film: Files, sound: Files) -> Files:
    """"film.mp4" with the soundtrack of "sound.wav"; not a pixel is encoded anew."""
    return {"film.mp4": join(film["film.mp4"], sound["sound.wav"])}


def webp(picture: np.ndarray, width: int | None = None) -> bytes:
    """A picture (height, width, 3) uint8 as WebP. Given a width in pixels it is scaled down, and loses a little."""
    image = Image.fromarray(picture)
    if width is not None:
        image = image.resize((width, round(width * image.height / image.width)), Image.Resampling.LANCZOS)
        return _lossy(image, 80)
    exact = io.BytesIO()
    image.save(exact, "WEBP", lossless=True, quality=80, method=4)
    return exact.getvalue() if exact.tell() <= POSTER_BYTES else min(exact.getvalue(), _lossy(image, 78), key=len)


def _lossy(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=quality, method=5)
    return buffer.getvalue()
