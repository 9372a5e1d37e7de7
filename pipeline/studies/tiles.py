"""The tiles: ornaments that look the same in every mirror, and a forger whose broken mirrors give it away.

The symmetry error is 0 for a true tile and 1 for noise (``gan.tiles``), so how far the forger has come is one
number that anyone can see. The same run prints the book: cover wall, chapter bands, thumbnails, mark.
The detective has no normalisation, sees how its batch varies, and is kept smooth by a lazy gradient penalty.

Sources: Radford et al., "DCGAN" (2016); minibatch standard deviation from Karras et al. (2018), section 3;
R1 from Mescheder et al. (2018), lazy as in Karras et al., "StyleGAN2" (2020), section 3.1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch

from pipeline.drawing import ornament, sprites
from pipeline.drawing.style import palette
from pipeline.gan import datasets, pictures, quiz, telling
from pipeline.gan.images import ImageDetective, ImageForger, start_bold
from pipeline.gan.losses import CLASSIC
from pipeline.gan.observing import Look, Observation
from pipeline.gan.tiles import SIZE, symmetry_error
from pipeline.recording import Recording, Series
from pipeline.study import Claim, Duel, Export, Figure, Recipe, Recordings, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

RECIPE = Recipe(
    steps=2200,  # with 2,600 the error ends no lower
    batch_size=32,
    latent_size=12,  # fewer than a tile's hidden choices: with more, rare kinds are not learnt in this time
    learning_rates=(2e-3, 2e-3),
    betas=(0.5, 0.99),
    schedule="late_linear",
    penalty=0.5,
    penalty_every=4,
    average=0.99,  # no longer, so that the early frames show the forger and not its untrained self
    frames=140,
)

# ---- the players ---------------------------------------------------------------------------------------------------


def players(recipe: Recipe) -> tuple[ImageForger, ImageDetective]:
    """87,000 weights against 69,000."""
    forger = ImageForger(recipe.latent_size, channels=(64, 48, 32), start=SIZE // 8)
    start_bold(forger, gain=2.0)
    return forger, ImageDetective(SIZE, channels=(24, 48, 64), deviation=True)


# ---- what to keep --------------------------------------------------------------------------------------------------

SHOWN = 56
"""Addresses z that are followed through the whole run."""
MEASURED = 128
"""Forged tiles, those shown among them, and as many held out ones, of which each look takes its means."""
ALBUM = 256
"""Forged tiles kept at each of the ALBUM_STEPS, with what the detective thinks of each."""
ALBUM_STEPS = (200, 400, 700, 1200, 2200)
"""The rounds of the quiz, each harder than the one before."""
PAIRS = 12
"""Pairs for each round: a reader may play as often before one comes again."""
LESSON = 512
"""Originals, and as many forgeries of an album's step, from which a newcomer learns to tell them apart."""
EXAM = 1000
"""Others, as many of each, on which it is then examined: the originals are the held-out ones."""
REGULAR = 8
"""One in so many of the forgeries examined is among the most regular, which are examined once more."""


def observe(look: Look) -> Observation:
    """The tiles of the shown addresses; symmetry error and the detective's belief; at some steps an album."""
    forged = forge(look, MEASURED)
    held_out = datasets.tiles().held_out
    on_real, on_forged = belief(look, held_out[:MEASURED]), belief(look, forged)
    return Observation(
        frames={"tiles": datasets.pack(forged[:SHOWN])},
        curves={
            "symmetry_error": symmetry_error(forged).mean(keepdims=True),
            "belief_real": on_real.mean(keepdims=True),
            "belief_forged": on_forged.mean(keepdims=True),
        }
        | (told_apart(look, held_out) if look.step in album_steps(look.recipe) else {}),
        constants={
            "real": datasets.pack(held_out[:ALBUM]),
            "real_error": symmetry_error(held_out[:MEASURED]).mean(keepdims=True),
        }
        | (album(look, held_out) if look.step in album_steps(look.recipe) else {}),
    )


def album(look: Look, held_out: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[Any]]:
    """Tiles of addresses never shown elsewhere, and D's probability of each, and of the held-out ones."""
    forged = forge(look, ALBUM, "album")
    return {
        f"album/{look.step}": datasets.pack(forged),
        f"album_belief/{look.step}": belief(look, forged),
        f"album_belief_real/{look.step}": belief(look, held_out[:ALBUM]),
    }


def told_apart(look: Look, held_out: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[np.float64]]:
    """How often a newcomer, after one lesson, is right about tiles it has not met: all, and the most regular ones."""
    forged = forge(look, LESSON + EXAM, "lesson")
    pupil = telling.taught(datasets.tiles().train[:LESSON], forged[:LESSON])
    exam = forged[LESSON:]
    regular = exam[np.argsort(symmetry_error(exam), kind="stable")[: EXAM // REGULAR]]
    shares = {"told_apart": exam, "told_apart_regular": regular}
    return {name: np.array([telling.share_right(pupil, held_out[:EXAM], those)]) for name, those in shares.items()}


def album_steps(recipe: Recipe) -> set[int]:
    """The looks nearest after ALBUM_STEPS."""
    looks = recipe.frame_steps()
    return {next((look for look in looks if look >= step), looks[-1]) for step in ALBUM_STEPS}


def forge(look: Look, count: int, purpose: str = "shown noise") -> npt.NDArray[np.float32]:
    """Tiles (count, 32, 32) of the same addresses at every look."""
    images: torch.Tensor = look.forger(look.noise(count, purpose))
    return images[:, 0].cpu().numpy()


def belief(look: Look, images: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """D's probability that each is real, (count,); judged eight of a kind together, as in training."""
    data = torch.from_numpy(images).unsqueeze(1).to(look.device)
    return torch.sigmoid(look.detective(data)).cpu().numpy()


# ---- what to see ---------------------------------------------------------------------------------------------------

ROWS, COLUMNS = 7, 20


def draw_wall(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """Twenty columns from the first step to the last; each tile plays its own stretch of the run, over and over.

    A tile in column c shows the moments between those of columns c and c + 1, forwards, and begins anew at an instant
    of its own: so the wall is always alive, time never runs backwards, and the film's end joins its beginning.
    """
    recording = recordings["tiles"]
    canvas.ground("paper")
    wall = canvas.pane().sheet("print-forged", rows=ROWS, columns=COLUMNS)
    place = np.arange(ROWS * COLUMNS)
    column = place % COLUMNS
    address = (column * ROWS + place // COLUMNS) % SHOWN  # none comes twice within eight columns
    start = np.modf((place + 1) * 0.6180339887)[0]  # golden section: begins never bunch

    def update(moment: float) -> None:
        phase = np.modf(moment + start)[0]
        frame = [recording.frame_index(m) for m in (column + phase) / COLUMNS]
        last = len(recording.frame_steps) - 1
        frame = [last if c == COLUMNS - 1 else f for c, f in zip(column, frame, strict=True)]  # the form, at rest
        wall.set(datasets.unpack(recording.frames["tiles"][frame, address]))

    return update


# ---- what to print -------------------------------------------------------------------------------------------------

STAGES = 16


def print_ornament(recordings: Recordings) -> Mapping[str, bytes]:
    """Bands and thumbnails of sixteen stages, the band of a part, the mark, the wall behind a shared link."""
    recording, colours = recordings["tiles"], palette("light")
    tiles = datasets.unpack(recording.frames["tiles"])  # (frames, SHOWN, 32, 32)
    looks = ornament.stages(recording.series("symmetry_error").values, STAGES)
    truest = np.argsort(symmetry_error(tiles[-1]), kind="stable")  # addresses, the truest at the end first
    best, ink = int(truest[0]), colours["print-forged"]
    files: dict[str, bytes] = {}
    for stage, look in enumerate(looks):
        files[f"band-{stage:02}.png"] = ornament.mask(ornament.strip(tiles[look, :COLUMNS], 1, SIZE), ink)
        own = truest[stage : stage + 1]  # each chapter has its own address
        files[f"tile-{stage:02}.png"] = ornament.mask(ornament.strip(tiles[look, own], 1, 2 * SIZE), ink)
    across = [looks[round(c * (STAGES - 1) / (COLUMNS - 1))] for c in range(COLUMNS)]
    rows = np.stack([tiles[across, np.arange(COLUMNS) + row * COLUMNS] for row in range(2)]).reshape(-1, SIZE, SIZE)
    files["part-band.png"] = ornament.mask(ornament.strip(rows, 2, 2 * SIZE), ink)
    early = int(np.argmax(symmetry_error(tiles[:, best]) < 0.5))
    for edge in (32, 180, 512):
        left, right = (ornament.strip(tiles[look, best : best + 1], 1, edge) for look in (-1, early))
        files[f"mark-{edge}.png"] = ornament.broken_mirror(
            left, right, colours["paper"], colours["print-real"], colours["print-forged"]
        )
    place = np.arange(11 * COLUMNS)
    wall = tiles[[across[p % COLUMNS] for p in place], (place % COLUMNS * 11 + place // COLUMNS) % SHOWN]
    files["social-wall.png"] = ornament.picture(ornament.strip(wall, 11, 60)[15:645], colours["paper"], ink)
    return files


def print_quiz(recordings: Recordings) -> Mapping[str, bytes]:
    """One sheet of tiles (three rows a round: originals, forgeries, where these break their mirrors) and its facts."""
    recording, company = recordings["tiles"], datasets.tiles().held_out[-(quiz.GROUP - 1) :]
    originals = datasets.unpack(recording.constants["real"])
    rounds = quiz.rounds(albums(recording), originals, len(ALBUM_STEPS), PAIRS)
    dealt = [(step, sprites.stepped(forged)) for step, forged in rounds]  # what is judged is what is shown
    rows, facts = quiz.laid_out(dealt, sprites.stepped(originals), detective_of(recording), company)
    told = json.dumps({"size": SIZE, "columns": PAIRS, "rounds": facts})
    return {"sheet.png": sprites.sheet(rows), "quiz.json": told.encode()}


def albums(recording: Recording) -> dict[int, npt.NDArray[np.float32]]:
    """Step -> the tiles kept then, (ALBUM, 32, 32)."""
    kept = recording.constants
    return {step: datasets.unpack(kept[f"album/{step}"]) for step in sorted(album_steps(recording.recipe))}


def detective_of(recording: Recording) -> ImageDetective:
    """The detective as it was at the end."""
    _, detective = players(recording.recipe)
    weights = {name.partition(".")[2]: w for name, w in recording.weights.items() if name.startswith("detective.")}
    detective.load_state_dict({name: torch.from_numpy(w) for name, w in weights.items()})
    return detective.eval()


# ---- what to count and claim ---------------------------------------------------------------------------------------


def along(name: str) -> Callable[[Recordings], Series]:
    """A curve of the run."""
    return lambda recordings: recordings["tiles"].series(name)


def share_left(recordings: Recordings) -> float:
    """The last symmetry error as a share of the highest."""
    series = recordings["tiles"].series("symmetry_error")
    return series.last / series.highest


def real_error(recordings: Recordings) -> float:
    """The symmetry error of held-out true tiles."""
    return float(recordings["tiles"].constants["real_error"][0])


def album_error(recordings: Recordings) -> Series:
    """The mean symmetry error of each album."""
    kept = albums(recordings["tiles"])
    return Series(np.array([*kept]), np.array([symmetry_error(tiles).mean() for tiles in kept.values()]))


def regular_error(recordings: Recordings) -> float:
    """The same of the most regular tiles of the last album."""
    *_, last = albums(recordings["tiles"]).values()
    return float(np.sort(symmetry_error(last))[: ALBUM // REGULAR].mean())


def regular_told_apart(recordings: Recordings) -> float:
    """How often the last newcomer is right about the most regular forgeries, as in the quiz's last round."""
    return recordings["tiles"].series("told_apart_regular").last


def first_told_apart(recordings: Recordings) -> float:
    """How often the first newcomer is right: about forgeries as in the quiz's first round."""
    return recordings["tiles"].series("told_apart").first


def picks(recordings: Recordings) -> float:
    """How often the detective, at the end, finds the original likelier of an original and a forgery: of all pairs."""
    constants, last = recordings["tiles"].constants, max(album_steps(recordings["tiles"].recipe))
    real, forged = constants[f"album_belief_real/{last}"], constants[f"album_belief/{last}"]
    return float((real[:, None] > forged[None, :]).mean())


def judged(recordings: Recordings) -> float:
    """Tiles, of both kinds, from which the detective learnt."""
    return 2.0 * recordings["tiles"].recipe.batch_size * recordings["tiles"].recipe.last_step


CURVES = ("symmetry_error", "told_apart", "forger_loss", "detective_loss", "belief_real", "belief_forged")

STUDY = Study(
    name="tiles",
    duels={"tiles": Duel(RECIPE, lambda recipe: pictures.tiles(), players, CLASSIC, observe, data="tiles")},
    figures=(
        Figure("wall", draw_wall, duel="tiles", seconds=8.0, size=(1280, 448), poster=0.0, loop=True),
    ),
    values=(
        *(Value(name, along(name), series=True) for name in CURVES),
        Value("symmetry_real", real_error),
        Value("album_error", album_error, series=True),
        Value("regular_error", regular_error),
        Value("lesson", lambda recordings: float(LESSON)),
        Value("told_apart_early", first_told_apart),
        Value("told_apart_late", regular_told_apart),
        Value("detective_picks", picks),
        Value("tiles_judged", judged),
    ),
    claims=(
        Claim("symmetry_halves", share_left, "<=", 0.5),
        Claim("told_apart_early", first_told_apart, ">=", 0.95),
        Claim("told_apart_late", regular_told_apart, "<=", 0.8),
    ),
    exports=(Export("ornament", print_ornament), Export("quiz", print_quiz)),
)  # fmt: skip
