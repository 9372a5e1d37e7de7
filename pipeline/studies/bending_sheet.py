"""The hidden map and the picture: a square net over all addresses of a forger, and what becomes of it in training.

The net (``gan.sheet``) is laid over the square on which the noise lies evenly: every mesh holds as much noise as any
other. The first duel, ``sheet``, is played over seven round islands (``gan.sheet_islands``); its forger begins as the
flat square itself. How far the sheet is stretched at a point is |det J_G(z)| / p_z(z), and ``ratio`` is the median over
the forged points over water to that on land. Of the seeds not shown this is measured at every tenth look; between, the
last one stands.

The second duel, ``digits``, has a forger of digits whose addresses are a plane (``gan.sheet_digits``): all that it can
make lies on one page. ``digits_ratio`` compares neighbours on a finer page: the median distance between two pictures
whose numerals differ, to a reader that takes no part, over that of two of the same.

Sources: Goodfellow et al., "Generative Adversarial Nets" (2014); R1 from Mescheder et al. (2018); the digits' players
after Radford et al., "DCGAN" (2016).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from pipeline.drawing.marks_net import Net
from pipeline.gan import datasets, sheet, sheet_digits, sheet_islands
from pipeline.gan.losses import CLASSIC
from pipeline.gan.networks import alone
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.sounding import gestures, tones
from pipeline.sounding.clock import Clock
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

# What to keep of the sheet

SHEET = replace(
    sheet_islands.RECIPE,
    frames=200,
    clock=0.6,  # the square hardly stirs before step 100, and all its bending is done by step 1,500
)
SIDE, PIECES = 41, 3
"""Threads each way, and the pieces into which a thread is cut between two that it crosses."""
NET = sheet.net(SIDE, PIECES)
SAMPLES = 2_500
"""Forged points behind one share over water and one ratio."""
DRAWN = 500
"""Real points in the film."""


def observe_sheet(look: Look) -> Observation:
    """Where the net lies, and how far it is stretched over water and on land."""
    row, noise = slice(look.shown, look.shown + 1), look.noise(SAMPLES)
    single = alone(look.forger, look.shown)
    at = torch.from_numpy(sheet.addresses(NET).reshape(1, -1, 2).astype(np.float32)).to(look.device)
    seen = sheet_islands.stretch_over(single, noise[row])
    frames = {"net": sheet.pack(single(at).cpu().numpy().reshape(NET.shape))}
    frames |= {name: values[0] for name, values in seen.items()}
    if not look.every(10):
        return Observation(frames)
    held_out = look.held_out(DRAWN).data[look.shown].cpu().numpy().astype(np.float32)
    return Observation(frames, sheet_islands.stretch_over(look.forger, noise), {"real": held_out})


# What to keep of the digits

DIGITS = replace(sheet_digits.RECIPE, frames=100)
ROWS, COLUMNS = 9, 16
"""Cells of the page, each as large a share of the noise as any other."""
FINER = 5
"""At the end every cell is divided by so much each way, to measure."""


def observe_digits(look: Look) -> Observation:
    """The page, and how sure the reader is in each cell; at the end the same more finely."""
    page, chances = sheet_digits.read_page(on_cpu(look), ROWS, COLUMNS)
    first = chances.max(1)
    frames = {"page": datasets.pack(page), "first": first.astype(np.float16)}
    curves = {"sure": (first >= sheet_digits.SURE).mean(keepdims=True)}
    return Observation(frames, curves, measure_page(look) if look.last else {})


def on_cpu(look: Look) -> Callable[[torch.Tensor], torch.Tensor]:
    """The forger of a look, for noise that is kept on the processor."""
    return lambda noise: look.forger(noise.to(look.device)).cpu()


def measure_page(look: Look) -> dict[str, np.ndarray]:
    """Of a finer page: the share of each numeral, and how far neighbours of the same and of different ones differ."""
    page, chances = sheet_digits.read_page(on_cpu(look), ROWS * FINER, COLUMNS * FINER)
    within, between = sheet_digits.neighbours(page, chances, COLUMNS * FINER)
    return {"shares": sheet_digits.shares(chances), "within": np.array(within), "between": np.array(between)}


# What to see

REACH = 1.45
"""Half the height of the world shown."""
HEARD = SIDE // 2
"""The thread that is heard: the level one in the middle."""
PLACES = 8
"""Its parts, one a note: five meshes each."""
FLAT = 2.0
"""How many times its length a thread is at first, when the unit square lies flat on [-1, 1]^2: full ink until there."""


def draw_sheet(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """The flat square on the left, where it lies among the originals on the right; threads thin as they stretch."""
    recording = recordings["sheet"]
    flat = canvas.pane(box=(0.025, 0.16, 0.3825, 0.68))
    world = canvas.pane(x=(-REACH, REACH), y=(-REACH, REACH), box=(0.43, 0.0, 0.57, 1.0), equal=True)
    world.rings("edge", 3 * sheet_islands.SD, width=1.2).set(sheet_islands.CENTRES)
    world.points("real", size=4.5).set(recording.constants["real"])
    nets = [canvas.add(Net(canvas.palette, pane.view, "forged", 1.7)) for pane in (flat, world)]
    lines = [pane.line("ink", width=2.5) for pane in (flat, world)]
    knots = [pane.points("ink", size=8) for pane in (flat, world)]
    every = (NET.shape[1] - 1) // PLACES

    def update(moment: float) -> None:
        carried = sheet.unpack(recording.frame("net", moment))
        ink = 1 / np.maximum(sheet.thread_stretch(carried, NET) / FLAT, 1)
        for threads, net, line, knot in zip((NET, carried), nets, lines, knots, strict=True):
            net.set(threads, ink)
            line.set(*threads[HEARD].T)
            knot.set(threads[HEARD, ::every])

    return update


PALEST = 0.25
"""The ink of a cell that the reader can make nothing of."""


def draw_page(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """The page of digits: the surer the reader is of what it sees in a cell, the fuller the ink."""
    recording = recordings["digits"]
    cells = canvas.pane(box=(0.01, 0.01, 0.98, 0.98)).sheet("print-forged", rows=ROWS, columns=COLUMNS, gap=2)
    row = canvas.pane(x=(0, 1), y=(0, ROWS), box=(0.01, 0.01, 0.98, 0.98))
    for edge in (ROWS // 2, ROWS // 2 + 1):
        row.axis_line(y=edge, role="ink", width=1.5)

    def update(moment: float) -> None:
        strength = PALEST + (1 - PALEST) * recording.frame("first", moment).astype(np.float32) ** 3
        cells.set((datasets.unpack(recording.frame("page", moment)) + 1) * strength[:, None, None] - 1)

    return update


# What to hear

BAR, BARS = 1.2, 10
SECONDS = BAR * BARS
"""Of the film and its soundtrack."""


def play_sheet(recordings: Recordings) -> Score:
    """Bar by bar from left to right over the heard thread: each note is the stretch of one of its parts."""
    return in_bars(recordings, "sheet", heard(recordings))


def play_page(recordings: Recordings) -> Score:
    """The same over the middle row of the page: each note is how far two cells lie from their right neighbours."""
    return in_bars(recordings, "digits", heard_row(recordings))


def in_bars(recordings: Recordings, duel: str, parts: np.ndarray) -> Score:
    """Stretches (looks, PLACES), one part a note, each the mean over the looks that its note lasts."""
    recording = recordings[duel]
    clock, starts = Clock(recording.recipe, SECONDS), BAR * np.arange(BARS)
    columns = []
    for k in range(PLACES):
        begin = starts + k * BAR / PLACES
        columns.append(clock.means(Series(recording.frame_steps, parts[:, k]), begin, begin + BAR / PLACES).values)
    return gestures.across_sheet(np.stack(columns, 1), np.linspace(-1, 1, PLACES))


def heard(recordings: Recordings) -> np.ndarray:
    """How many times their length on the square the parts of the heard thread have become, (looks, PLACES)."""
    carried = sheet.unpack(recordings["sheet"].frames["net"][:, HEARD])  # (looks, points, 2)
    pieces = sheet.thread_stretch(carried, NET[HEARD])
    return np.asarray(pieces.reshape(len(pieces), PLACES, -1).mean(-1))


def heard_row(recordings: Recordings) -> np.ndarray:
    """Mean distance of two cells of the page's middle row to the next on their right, (looks, PLACES)."""
    pages = recordings["digits"].frames["page"]
    row = datasets.unpack(pages.reshape(len(pages), ROWS, COLUMNS, -1)[:, ROWS // 2])
    apart = np.linalg.norm(np.diff(row, axis=1), axis=-1)  # (looks, COLUMNS - 1): the last cell has none on its right
    return np.asarray(np.concatenate([apart, apart[:, -1:]], 1).reshape(len(pages), PLACES, -1).mean(-1))


# What to count and to claim


def series(name: str) -> Callable[[Recordings], Series]:
    """Of the shown seed at every look, of the others as last measured."""

    def measure(recordings: Recordings) -> Series:
        recording = recordings["sheet"]
        steps, measured = recording.curves[name]
        runs = measured[:, np.searchsorted(steps, recording.frame_steps, side="right") - 1]
        runs[recording.shown] = recording.frames[name]
        return Series(recording.frame_steps, recording.frames[name], runs)

    return measure


def ends(name: str, chosen: Callable[[np.ndarray], float]) -> Callable[[Recordings], float]:
    """The least, the median or the greatest over the seeds of what the curve ends on."""
    return lambda recordings: float(chosen(recordings["sheet"].curves[name][1][:, -1]))


def digits_sure(recordings: Recordings) -> Series:
    """The share of the page's cells in which the reader is sure."""
    return recordings["digits"].series("sure")


def numerals(recordings: Recordings) -> float:
    """How many numerals the reader finds, sure of each in a hundredth of the page or more."""
    return float((recordings["digits"].constants["shares"] >= 0.01).sum())


def legible(recordings: Recordings) -> float:
    """The share of the fine page of which the reader is sure."""
    return float(recordings["digits"].constants["shares"].sum())


def digits_ratio(recordings: Recordings) -> float:
    """The median distance of neighbours with different numerals over that of neighbours with the same."""
    constants = recordings["digits"].constants
    return float(constants["between"] / constants["within"])


def knowledge(recordings: Recordings) -> float:
    """How many numbers the finished forger of digits was taught or given: all but what its norms have measured."""
    weights = recordings["digits"].weights
    own = [name for name in weights if name.startswith("forger.") and "running" not in name and "batches" not in name]
    return float(sum(weights[name].size for name in own))


PIXELS = datasets.DIGIT_SIZE**2
TONES = {
    name: ("forger", float(tones.stretch_pitch(stretch, 1.0)))
    for name, stretch in (("half", 0.5), ("usual", 1.0), ("fourfold", 4.0))
}

STUDY = Study(
    name="bending_sheet",
    duels={
        "sheet": Duel(SHEET, sheet_islands.world, sheet_islands.players, CLASSIC, observe_sheet, data="archipelago"),
        "digits": Duel(DIGITS, sheet_digits.world, sheet_digits.players, CLASSIC, observe_digits, data="digits"),
    },
    figures=(
        Figure("sheet", draw_sheet, duel="sheet", seconds=SECONDS, sound="across"),
        Figure("page", draw_page, duel="digits", seconds=SECONDS, fps=15, size=(960, 540), sound="along"),
    ),
    sounds=(Sound("across", play_sheet, SECONDS, TONES), Sound("along", play_page, SECONDS, TONES)),
    values=(
        Value("water", series("water"), series=True),
        Value("ratio", series("ratio"), series=True),
        Value("settled", series("settled"), series=True),
        Value("ratio_least", ends("ratio", np.min)),
        Value("ratio_greatest", ends("ratio", np.max)),
        Value("water_least", ends("water", np.min)),
        Value("water_greatest", ends("water", np.max)),
        Value("seeds", lambda recordings: float(len(recordings["sheet"].recipe.seeds))),
        Value("sure", digits_sure, series=True),
        Value("cells", lambda recordings: float(ROWS * COLUMNS)),
        Value("numerals", numerals),
        Value("legible", legible),
        Value("digits_ratio", digits_ratio),
        Value("address_numbers", lambda recordings: float(recordings["digits"].recipe.latent_size)),
        Value("address_bytes", lambda recordings: 4.0 * recordings["digits"].recipe.latent_size),
        Value("pixels", lambda recordings: float(PIXELS)),
        Value("knowledge", knowledge),
    ),
    claims=(
        Claim("starts_flat", lambda recordings: float(recordings["sheet"].curves["ratio"][1][:, 0].max()), "<=", 1.5),
        Claim("all_settled", ends("settled", np.min), ">=", len(sheet_islands.CENTRES)),
        Claim("membranes_thin", ends("ratio", np.min), ">=", 8),
        Claim("few_over_water", ends("water", np.max), "<=", 0.06),
        Claim("never_torn", ends("water", np.min), ">=", 0.02),
        Claim("numerals", numerals, ">=", 5),
        Claim("borders_steep", digits_ratio, ">=", 1.1),
    ),
)
