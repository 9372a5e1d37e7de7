"""A small recorded run, made without training, and real films of it that a test can read frame by frame.

Each frame carries its own number as seven blocks, dark or light, along its lower edge: so a test asks the
picture on the screen which frame it shows, not the player. The films are encoded by the project's own encoder.
"""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
from PIL import Image

from pipeline.catalogue import Catalogue, catalogue_of
from pipeline.drawing import sprites
from pipeline.drawing.encode import encode, join
from pipeline.gan.tiles import asymmetry, draw_tiles, symmetry_error
from pipeline.results import THEMES, ClaimFacts, FilmFacts, Results, RunFacts, SeriesFacts
from pipeline.sounding.tones import VOICES
from pipeline.study import Claim, Duel, Export, Figure, Recipe, Sound, Study, Value

FPS = 25
SECONDS = 4
FRAMES = FPS * SECONDS
SIZE = (640, 360)
BITS = 7
RECIPE = Recipe(
    steps=1000, batch_size=1, latent_size=1, learning_rates=(0.1, 0.1), seeds=(3, 5), shown=5, frames=FRAMES
)
STEPS = tuple(RECIPE.step_at(frame / (FRAMES - 1)) for frame in range(FRAMES))
TONES = {"fork": ("real", 440.0), "reed": ("forger", 330.0)}
POSTER = 60
ROUNDS, PAIRS = 6, 2
"""Of the quiz: a third game meets the pairs of the first two again. In the last round the detective is fooled."""


def catalogue() -> Catalogue:
    """What the hill offers to a chapter."""

    def never(*_: object) -> None:
        raise AssertionError("nothing is trained or drawn here")

    study = Study(
        "hill",
        {"walk": Duel(RECIPE, never, never, None, never, data="steps")},
        figures=(
            Figure("climb", never, "walk", float(SECONDS), FPS, sound="steps"),  # type: ignore[arg-type]
            Figure("descent", never, "walk", float(SECONDS), FPS),  # type: ignore[arg-type]
            Figure("wall", never, "walk", float(SECONDS), FPS, loop=True),  # type: ignore[arg-type]
        ),
        sounds=(Sound("steps", never, float(SECONDS), TONES),),  # type: ignore[arg-type]
        values=(
            Value("height", never, series=True),  # type: ignore[arg-type]
            Value("breath", never, series=True),  # type: ignore[arg-type]
            Value("floor", never),  # type: ignore[arg-type]
        ),
        claims=(Claim("top", never, ">=", 0.95), Claim("quick", never, "<=", 500)),  # type: ignore[arg-type]
        exports=(Export("quiz", never),),  # type: ignore[arg-type]
    )
    return catalogue_of([study])


def results(folder: Path, filmed: bool = True) -> Results:
    """Films, posters, numbers and facts of the hill, written into a folder; unless ``filmed``, the films are empty."""
    tones = {name: asdict(VOICES[role]) | {"role": role, "hz": hz} for name, (role, hz) in TONES.items()}
    films = {
        f"hill/{figure}": FilmFacts(
            study="hill",
            figure=figure,
            duel="walk",
            seconds=float(SECONDS),
            fps=FPS,
            loop=figure == "wall",
            steps=STEPS,
            last_step=RECIPE.last_step,
            clock=RECIPE.clock,
            poster_frame=POSTER,
            films={theme: _film(folder / f"{figure}-{theme}.mp4", theme, figure, filmed) for theme in THEMES},
            posters={theme: _poster(folder / f"{figure}-{theme}.webp", theme, figure) for theme in THEMES},
            sound={"name": "steps", "tones": tones} if figure == "climb" else None,
        )
        for figure in ("climb", "descent", "wall")
    }
    return Results((_run(folder),), _values(), _claims(), films, {"hill/quiz": quiz(folder)})


def frames(theme: str, figure: str) -> Iterator[np.ndarray]:
    """(height, width, 4) uint8: a square that climbs, and the number of the frame along the lower edge."""
    width, height = SIZE
    paper, ink = (245, 20) if theme == "light" else (30, 235)
    for number in range(FRAMES):
        picture = np.full((height, width, 4), paper, np.uint8)
        share = number / (FRAMES - 1) if figure == "climb" else 1 - number / (FRAMES - 1)
        left, top = round(20 + share * 560), round(220 - share * 200)
        picture[top : top + 40, left : left + 40] = ink
        for bit in range(BITS):
            block = slice(bit * width // BITS, (bit + 1) * width // BITS)
            picture[300:, block] = 255 if number >> bit & 1 else 0
        yield picture


def quiz(folder: Path) -> dict[str, Path]:
    """Six rounds of two pairs: true tiles, and the same with more and more of their right half left alone."""
    originals = draw_tiles(ROUNDS * PAIRS, seed=3).reshape(ROUNDS, PAIRS, 32, 32)
    rows, facts = [], []
    for k, real in enumerate(originals):
        forged = real.copy()
        forged[:, : 28 - 4 * k, 16:] *= -1
        rows += [(real + 1) / 2, (forged + 1) / 2, asymmetry(forged)]
        doubt = 0.1 + 0.14 * k  # .1 to .8, where an original gets .7
        pairs = [[0.7, round(doubt, 4), round(float(error), 4)] for error in symmetry_error(forged)]
        facts.append({"step": 200 * (k + 1), "pairs": pairs})
    files = {"sheet.png": folder / "sheet.png", "quiz.json": folder / "quiz.json"}
    files["sheet.png"].write_bytes(sprites.sheet(np.stack(rows).astype(np.float32)))
    files["quiz.json"].write_text(json.dumps({"size": 32, "columns": PAIRS, "rounds": facts}))
    return files


def tone() -> bytes:
    """A soft tuning fork as long as the film, as wav."""
    time = np.arange(48_000 * SECONDS) / 48_000
    samples = (0.1 * 32767 * np.sin(2 * np.pi * 440 * time)).astype("<i2")
    with io.BytesIO() as file:
        with wave.open(file, "wb") as wav:
            wav.setnchannels(2)
            wav.setsampwidth(2)
            wav.setframerate(48_000)
            wav.writeframes(np.repeat(samples, 2).tobytes())
        return file.getvalue()


def _film(path: Path, theme: str, figure: str, filmed: bool) -> Path:
    silent = encode(frames(theme, figure), SIZE, FPS) if filmed else b""
    path.write_bytes(join(silent, tone()) if filmed and figure == "climb" else silent)
    return path


def _poster(path: Path, theme: str, figure: str) -> Path:
    picture = list(frames(theme, figure))[POSTER]
    Image.fromarray(picture[..., :3]).resize((1280, 720)).save(path)
    return path


def _run(folder: Path) -> RunFacts:
    files = {}
    for name in ("recording.npz", "curves.csv", "weights.npz"):
        files[name] = folder / name
        files[name].write_bytes(b"step,height\n0,0.1\n")
    versions = {"torch": "2.13", "numpy": "2.4"}
    return RunFacts(
        "hill", "walk", asdict(RECIPE), 3.2, "one processor", versions, "7c1e90ab4f2d", False, 18, files, "steps"
    )


def _values() -> dict[str, float | SeriesFacts]:
    steps = tuple(range(0, 1001, 10))
    height = tuple(0.1 + 0.9 * (step / 1000) ** 0.5 for step in steps)
    low, high = tuple(h * 0.9 for h in height), tuple(min(1.0, h * 1.1) for h in height)
    breath = tuple(1 - 0.6 * step / 1000 for step in steps)
    return {
        "hill.height": SeriesFacts(steps, height, low, high, (0.9, 1.0), steps[::10], (low[::10], height[::10])),
        "hill.breath": SeriesFacts(steps, breath),
        "hill.floor": 0.12,
    }


def _claims() -> tuple[ClaimFacts, ...]:
    return (
        ClaimFacts("hill", "top", 1.0, ">=", 0.95, True),
        ClaimFacts("hill", "quick", 1000.0, "<=", 500.0, False),
    )
