"""One round of a duel as a film: the game at a glance on the left, the plane on the right, phase by phase.

What is drawn are notes of a round, name -> array: noise and forgeries of the detective's turn ("noise", "forged"),
the originals ("real"), the logits of all of them and of the plane before and after the detective's correction
("on_real_before", "field_after", ...); then the forger's turn: "second_noise", "offered", what the detective makes of
it ("on_offered"), the arrows ("wanted"), and where the same noise falls afterwards ("moved", "on_moved").
It knows no study.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from pipeline.drawing.diagram import Diagram, arrows

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

Notes = Mapping[str, np.ndarray]

ACROSS, UP = (-1.2, 1.55), (-1.15, 1.1)
"""The part of the plane that is seen, as wide to high as its part of the film."""
ROWS, COLUMNS = 72, 88
"""Points of the plane at which the detective is asked."""
SECONDS = 12.0
PHASES = 8
"""Draw, forge, mix, judge, turn the labels over, correct D, forge again and blame, correct G."""
PAUSE = SECONDS / PHASES / 2
"""Seconds before the first phase is counted and after the last: half a phase, so that each is shown as long."""
DRAW, FORGE, MIX, JUDGE, REVEAL, CORRECT_D, BLAME, CORRECT_G = range(PHASES)
LIT: tuple[tuple[str, ...], ...] = (
    ("noise",),
    ("noise", "to forger", "forger"),
    ("forger", "originals", "forged in", "real in"),
    ("detective",),
    ("detective",),
    ("detective",),
    ("noise", "to forger", "forger", "forged in", "detective", "blame"),
    ("forger",),
)
"""What is lit in each phase."""
MADE = ("forged",) * BLAME + ("offered", "moved")
"""Which forgeries lie before the detective in each phase."""
TOLD_APART = {
    REVEAL: ("on_forged_before", "on_real_before"),
    CORRECT_D: ("on_forged_after", "on_real_after"),
    BLAME: ("on_offered",),
    CORRECT_G: ("on_moved",),
}
"""The verdicts that are shown by heap: on the forgeries, on the originals."""
LONG = 0.27
"""Length in the plane of the longest arrow; the others are to scale."""
SIDE = 0.3125
"""The diagram's share of the width of the film."""


def draw_round(notes: Notes, canvas: Canvas) -> Callable[[float], None]:
    """On the left the game at a glance, with the part lit whose turn it is; on the right the plane, phase by phase."""
    at_a_glance, on_the_plane = _draw_diagram(notes, canvas), _draw_plane(notes, canvas)

    def update(moment: float) -> None:
        along = moment * (PHASES - 1) + 0.5
        phase = min(int(along), PHASES - 1)
        at_a_glance(phase)
        on_the_plane(phase, min(max(2 * (along - phase), 0.0), 1.0))

    return update


def _draw_diagram(notes: Notes, canvas: Canvas) -> Callable[[int], None]:
    """Noise, forger, originals and detective; in the detective's box its verdicts, from fake to real."""
    pane = canvas.pane(x=(0, 4), y=(0, 7.2), box=(0, 0, SIDE, 1))
    diagram = Diagram(pane)
    diagram.box("noise", (0.25, 5.05), (1.75, 6.55))
    diagram.box("forger", (0.25, 2.75), (1.75, 4.25), "forged")
    diagram.box("originals", (2.25, 2.75), (3.75, 4.25), "real")
    diagram.box("detective", (0.25, 0.35), (3.75, 1.75), "gold")
    diagram.way("to forger", (1.0, 5.0), (1.0, 4.3))
    diagram.way("forged in", (0.75, 2.7), (0.75, 1.8), "forged")
    diagram.way("real in", (3.0, 2.7), (3.0, 1.8), "real")
    diagram.way("blame", (1.25, 1.8), (1.25, 2.7), "fake")
    noise, made = pane.points("ink-2", size=5), pane.points("forged", size=4.5)
    pane.points("real", size=5).set(notes["real"] * 0.6 + [3.0, 3.5])
    box = canvas.pane(x=(-0.04, 1.04), y=(0, 1), box=(0.25 / 4 * SIDE, 1 - 1.75 / 7.2, 3.5 / 4 * SIDE, 1.4 / 7.2))
    box.axis_line(x=0.5, role="ideal", width=3.5, dash="dot")
    unnamed, named = box.rug("ink", 0.5), [box.rug("forged", 0.3), box.rug("real", 0.7)]

    def update(phase: int) -> None:
        second = phase >= BLAME
        noise.set(_inside(notes["second_noise" if second else "noise"] * 0.25, (1.0, 5.8)))
        made.set(_inside(notes[MADE[phase]] * 0.6, (1.0, 3.5)) if phase > DRAW else np.zeros((0, 2)))
        diagram.light(LIT[phase])
        for rug in (unnamed, *named):
            rug.hide()
        if phase == JUDGE:
            unnamed.set(probability(np.concatenate([notes["on_real_before"], notes["on_forged_before"]])))
        for rug, name in zip(named, TOLD_APART.get(phase, ()), strict=False):
            rug.set(probability(notes[name]))

    return update


def _draw_plane(notes: Notes, canvas: Canvas) -> Callable[[int, float], None]:
    """The plane: noise, forgeries, originals, the tint of D, and the arrows. It takes a phase and how much is over."""
    pane = canvas.pane(x=ACROSS, y=UP, box=(SIDE, 0, 1 - SIDE, 1))
    field = pane.field()
    originals, noise = pane.points("real"), pane.points("ink-2", shape="disc", size=9)
    forged, caught, unnamed = pane.points("forged", size=11), pane.points("fake", size=12), pane.points("ink")
    pulled = pane.line("ink", width=2.0, dash="solid", halo=False)
    arrow = notes["wanted"] * LONG / np.linalg.norm(notes["wanted"], axis=1).max()
    marks = (field, originals, noise, forged, caught, unnamed, pulled)

    def update(phase: int, done: float) -> None:
        for mark in marks:
            mark.hide()
        gone = done * done * (3 - 2 * done)
        if phase == DRAW:
            noise.set((NOISE * notes["noise"] + MIDDLE)[: 1 + int(done * (len(notes["noise"]) - 1))])
        elif phase == FORGE:
            forged.set(_between(NOISE * notes["noise"] + MIDDLE, notes["forged"], gone))
        elif phase in (MIX, JUDGE):
            unnamed.set(np.concatenate([notes["real"], notes["forged"]]))
        if phase in (REVEAL, CORRECT_D):
            on_forged = notes["on_forged_before" if phase == REVEAL else "on_forged_after"]
            originals.set(notes["real"])
            forged.set(notes["forged"][on_forged >= 0])
            caught.set(notes["forged"][on_forged < 0])
        if phase >= BLAME:
            forged.set(_between(notes["offered"], notes["moved"], gone if phase == CORRECT_G else 0.0))
            grown = gone if phase == BLAME else 1.0
            pulled.set(*arrows(notes["offered"], notes["offered"] + grown * arrow, 0.05))
        if phase >= JUDGE:
            field.set(probability(notes["field_before" if phase <= REVEAL else "field_after"].astype(np.float64)))

    return update


NOISE, MIDDLE = 0.33, (0.17, 0.0)
"""The noise is drawn on the plane at a third of its size, about this place."""


def _inside(points: np.ndarray, centre: tuple[float, float]) -> np.ndarray:
    """Points about a box's centre, without those that would fall outside it."""
    return np.asarray(points[np.abs(points).max(1) < 0.7] + centre)


def _between(start: np.ndarray, end: np.ndarray, share: float) -> np.ndarray:
    return np.asarray(start + share * (end - start))


def probability(logits: np.ndarray) -> np.ndarray:
    """D = 1 / (1 + exp(-a)) of logits a."""
    return np.asarray(1 / (1 + np.exp(-logits)))
