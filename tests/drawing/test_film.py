"""Films: which moment each frame shows, what the poster shows, and the same bytes from the same recording."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pipeline.drawing import film
from pipeline.drawing.canvas import Canvas
from pipeline.drawing.style import palette
from pipeline.recording import Recording
from pipeline.study import Figure, Recipe, Recordings, Study

RECIPE = Recipe(steps=100, batch_size=1, latent_size=1, learning_rates=(1e-3, 1e-3), clock=0.5)
RECORDINGS = {"duel": Recording("study", "duel", RECIPE, np.arange(2), {}, {})}
STUDY = Study("study", {})


def draw_rising(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """A level line that rises from the lower to the upper edge."""
    line = canvas.pane().line("real", width=10)

    def update(moment: float) -> None:
        line.set([0, 1], [moment, moment])

    return update


FIGURE = Figure("rising", draw_rising, duel="duel", seconds=1.0, fps=21, size=(160, 90), poster=0.5)


def height(webp: bytes) -> float:
    """How high the line stands in a picture, 0 to 1."""
    picture = np.asarray(Image.open(BytesIO(webp)).convert("RGB")).astype(int)
    dark = np.abs(picture[:, picture.shape[1] // 2] - palette("light")["real"]).sum(axis=1) < 60
    return float(1 - (dark.nonzero()[0].mean() + 0.5) / picture.shape[0])


def test_film_says_which_step_each_frame_shows() -> None:
    """Frame i of n shows the moment i / (n - 1): with a clock of one half, that moment squared of all steps."""
    about = json.loads(film.draw(STUDY, FIGURE, RECORDINGS, "light", False)["film.json"])
    assert about["frames"] == len(about["steps"]) == 21
    assert about["steps"] == [round(100 * (i / 20) ** 2) for i in range(21)]
    assert (about["fps"], about["seconds"], about["last_step"], about["poster_frame"]) == (21, 1.0, 100, 10)


def test_film_of_a_draft_stops_at_its_last_step() -> None:
    """A draft of ten steps never claims to show an eleventh."""
    draft = {"duel": replace(RECORDINGS["duel"], recipe=RECIPE.at("draft"))}
    assert max(film.facts(STUDY, FIGURE, draft)["steps"]) == 10  # type: ignore[call-overload]  # a list of int


def test_film_poster_shows_its_moment() -> None:
    """The poster is the frame of the moment asked for, at the film's size and at 640 pixels."""
    files = film.draw(STUDY, FIGURE, RECORDINGS, "light", False)
    assert height(files["poster.webp"]) == pytest.approx(0.5, abs=0.02)
    assert Image.open(BytesIO(files["poster.webp"])).size == (160, 90)
    assert Image.open(BytesIO(files["poster-small.webp"])).size == (640, 360)


def test_film_poster_may_depend_on_the_run() -> None:
    """A poster may be a function of the recordings."""
    late = replace(FIGURE, poster=lambda recordings: len(recordings) * 0.9)
    files = film.draw(STUDY, late, RECORDINGS, "light", False)
    assert height(files["poster.webp"]) == pytest.approx(0.9, abs=0.02)


def test_film_repeats_its_bytes_and_differs_by_theme_and_pace() -> None:
    """The same recording draws the same files; another theme or a draft draws others."""
    once = film.draw(STUDY, FIGURE, RECORDINGS, "light", False)
    assert once == film.draw(STUDY, FIGURE, RECORDINGS, "light", False)
    assert once["film.mp4"] != film.draw(STUDY, FIGURE, RECORDINGS, "dark", False)["film.mp4"]
    assert once["film.mp4"] != film.draw(STUDY, FIGURE, RECORDINGS, "light", True)["film.mp4"]


def test_webp_is_exact_where_that_is_cheap() -> None:
    """A line drawing is stored without loss; noise, which would cost too much, is not."""
    flat = np.full((90, 160, 3), 200, dtype=np.uint8)
    assert np.array_equal(np.asarray(Image.open(BytesIO(film.webp(flat))).convert("RGB")), flat)
    noise = np.random.default_rng(0).integers(0, 256, (360, 640, 3), dtype=np.uint8)
    assert len(film.webp(noise)) < noise.size / 3


def test_film_may_wait_before_and_after_its_run() -> None:
    """With a lead and a hold the run takes what is left of the film, and the poster still shows its moment."""
    waiting = replace(FIGURE, seconds=2.0, lead=0.5, hold=0.5, places=4)
    about = film.facts(STUDY, waiting, RECORDINGS)
    steps = about["steps"]
    assert isinstance(steps, list) and steps[:11] == [0] * 11 and steps[-11:] == [4] * 11
    assert steps[20:22] == [2, 2] and (about["clock"], about["last_step"]) == (1.0, 4)
    assert waiting.moment(waiting.share(0.3)) == pytest.approx(0.3)
    files = film.draw(STUDY, waiting, RECORDINGS, "light", False)
    assert height(files["poster.webp"]) == pytest.approx(0.5, abs=0.03)
