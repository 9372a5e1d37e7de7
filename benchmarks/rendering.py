"""Frames a second: our canvas against matplotlib's FuncAnimation.save, on the same picture in one run.

Both draw a tinted hill, a hatched one, three lines, two rows of ticks and 600 points at 1280 x 720, and
both hand their frames to the same ffmpeg with the same codec. Frames a second are by the clock; the ratios, one
by the clock and one of this process's own work (drawing, without the encoder), are what to compare between machines.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import imageio_ffmpeg
import matplotlib
import numpy as np

from pipeline.drawing.canvas import HEIGHT, WIDTH, Canvas
from pipeline.drawing.encode import encode
from pipeline.drawing.style import palette

FPS = 25
X = np.linspace(-3.0, 5.0, 250)
CLOUD = np.random.default_rng(0).normal(size=(600, 2)) * [1.2, 0.2] + [1.0, 0.5]


class Cost(NamedTuple):
    """Of one film: seconds by the clock, and seconds of work of this process."""

    wall: float
    work: float


def now() -> Cost:
    """Both clocks."""
    return Cost(time.perf_counter(), time.process_time())


def since(began: Cost) -> Cost:
    """What both clocks have moved on."""
    wall, work = now()
    return Cost(wall - began.wall, work - began.work)


def hill(centre: float) -> np.ndarray:
    """A bell of height .8 over X, (250,)."""
    return np.asarray(0.8 * np.exp(-((X - centre) ** 2) / 0.5))


def ours(count: int) -> Cost:
    """What ``count`` frames cost on our canvas, encoded."""
    began = now()
    canvas = Canvas(palette("light"))
    pane = canvas.pane(x=(-3, 5), y=(-0.13, 1.12))
    pane.axis_line(y=0.0)
    pane.area("real").set(X, hill(0.0))
    pane.line("real").set(X, hill(0.0))
    area, line, belief = pane.area("forged"), pane.line("forged"), pane.line("gold")
    pane.rug("real", -0.045).set(CLOUD[:120, 0])
    rug, points = pane.rug("forged", -0.092), pane.points("forged", size=6)

    def frame(i: int) -> np.ndarray:
        at = 3 - 3 * i / count
        area.set(X, hill(at))
        line.set(X, hill(at))
        belief.set(X, 0.5 + 0.4 * np.tanh(X - at))
        rug.set(CLOUD[120:240, 0] + at)
        points.set(CLOUD + [at, 0])
        return canvas.frame()

    encode((frame(i) for i in range(count)), (WIDTH, HEIGHT), FPS)
    return since(began)


def plain(count: int) -> Cost:
    """What ``count`` frames cost by FuncAnimation.save, encoded."""
    matplotlib.use("Agg")
    from matplotlib import pyplot
    from matplotlib.animation import FFMpegWriter, FuncAnimation

    colours = {name: f"#{r:02x}{g:02x}{b:02x}" for name, (r, g, b) in palette("light").colours}
    began = now()
    figure = pyplot.figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72, facecolor=colours["plate"])
    axes = figure.add_axes((0, 0, 1, 1))

    def update(i: int) -> None:
        at = 3 - 3 * i / count
        axes.clear()
        axes.set(xlim=(-3, 5), ylim=(-0.13, 1.12))
        axes.axis("off")
        axes.axhline(0, color=colours["edge"], lw=2)
        axes.fill_between(X, hill(0.0), color=colours["real"], alpha=0.16)
        axes.plot(X, hill(0.0), color=colours["real"], lw=5)
        axes.fill_between(X, hill(at), facecolor="none", edgecolor=colours["forged"], hatch="///", lw=0)
        axes.plot(X, hill(at), color=colours["forged"], lw=5, dashes=(5, 1.6))
        axes.plot(X, 0.5 + 0.4 * np.tanh(X - at), color=colours["gold"], lw=7)
        for row, places, role in ((-0.045, CLOUD[:120, 0], "real"), (-0.092, CLOUD[120:240, 0] + at, "forged")):
            axes.vlines(places, row - 0.015, row + 0.015, color=colours[role], lw=2.5)
        edge = colours["plate"]
        axes.scatter(CLOUD[:, 0] + at, CLOUD[:, 1], marker="D", s=36, color=colours["forged"], edgecolor=edge)

    codec = ["-preset", "medium", "-crf", "30", "-g", "20", "-threads", "1", "-pix_fmt", "yuv420p"]
    settings: Any = {"animation.ffmpeg_path": imageio_ffmpeg.get_ffmpeg_exe()}
    with tempfile.TemporaryDirectory() as folder, matplotlib.rc_context(settings):
        animation = FuncAnimation(figure, update, frames=count, cache_frame_data=False)
        animation.save(Path(folder) / "film.mp4", FFMpegWriter(fps=FPS, codec="h264", extra_args=codec), dpi=72)
    pyplot.close(figure)
    return since(began)


def compare(count: int = 60) -> dict[str, float]:
    """Frames a second of both ways; how many times as fast ours is by the clock, and how much less work to draw."""
    mine, theirs = ours(count), plain(count)
    return {
        "canvas_fps": count / mine.wall,
        "funcanimation_fps": count / theirs.wall,
        "ratio": theirs.wall / mine.wall,
        "drawing_ms": 1000 * mine.work / count,
        "funcanimation_drawing_ms": 1000 * theirs.work / count,
        "drawing_ratio": theirs.work / mine.work,
    }


if __name__ == "__main__":
    for name, value in compare().items():
        print(f"{name:25} {value:8.1f}")
