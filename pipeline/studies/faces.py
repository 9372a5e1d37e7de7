"""Faces: a forger of drawn portraits, and the map of its noise on which a reader walks.

The originals come from known dials (``gan.faces``), so that what a search finds in the forger's noise can be checked.
The search (``gan.latent``) sees pictures and noise only; a reader taught on originals (``gan.facereader``) measures
afterwards how well each direction found goes with age and with smile, and the best become the axes of the map.
The map's script is the finished forger and that reader themselves, their norms folded in (``gan.shipped``).

Sources: Radford et al., "DCGAN" (2016), of which the players are small ones; lazy R1 as in Karras et al., "StyleGAN2"
(2020), section 3.1; Haerkoenen et al., "GANSpace" (2020).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from pipeline.drawing import sprites
from pipeline.drawing.marks_raster import enlarge
from pipeline.gan import datasets, facereader, latent, pictures, shipped
from pipeline.gan.faces import SIZE
from pipeline.gan.images import ImageDetective, ImageForger, start_small
from pipeline.gan.losses import CLASSIC
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Recording, Series
from pipeline.sounding.gestures import walk
from pipeline.sounding.score import Score
from pipeline.sounding.tones import VOICES
from pipeline.study import Claim, Duel, Export, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

Floats = npt.NDArray[np.float32]

RECIPE = Recipe(
    steps=900,
    batch_size=32,
    latent_size=8,  # with 2 the edges of the map are torn, and much is never forged
    learning_rates=(1e-3, 1e-3),
    betas=(0.5, 0.99),
    schedule="late_linear",
    penalty=0.5,
    penalty_every=4,
    average=0.99,
    frames=24,
)

# ---- the players ---------------------------------------------------------------------------------------------------


def players(recipe: Recipe) -> tuple[ImageForger, ImageDetective]:
    """62,000 weights against 72,000."""
    forger = ImageForger(recipe.latent_size, channels=(64, 32, 16), start=SIZE // 8)
    # A map has a middle. Without a bias of its own for each place, noise of nothing but zeros would give the forger
    # nothing to say where what belongs, and the middle of the map would be a smear.
    forger.stem = nn.Linear(recipe.latent_size, forger.stem.out_features)
    detective = ImageDetective(SIZE, channels=(24, 48, 64), norm=True)
    start_small(forger)
    start_small(detective)
    return forger, detective


# ---- what to keep --------------------------------------------------------------------------------------------------

SHOWN = 12
"""Addresses z that are followed through the whole run."""
SEARCHED = 2500
"""Forged faces among which directions are sought."""
FOUND = 4
"""Directions sought: the strongest, after which no component explains a twentieth of the variation."""
SIDE = 9
"""Faces along an edge of the map."""
REACH = 2.0
"""The map ends this many standard deviations of the noise from its middle."""
START = (1.0, 0.0)
"""Where the page's marker stands at first: one of the sheet's places."""
STRIDES = 400
"""Of the walk, which ends where it began."""
SECONDS = 16.0
"""Of the film of the walk."""


def observe(look: Look) -> Observation:
    """A few faces at every look; at the end the directions, the map and the walk, each face as the forger drew it."""
    frames = {"faces": datasets.pack(forge(look, look.noise(SHOWN)))}
    return Observation(frames, constants=explore(look) if look.last else {})


def explore(look: Look) -> Mapping[str, npt.NDArray[np.generic]]:
    """All that is learnt of the finished forger's noise."""
    reader = taught_reader()
    noise = look.noise(SEARCHED, "searched noise")
    strangers, z = forge(look, noise), noise.cpu().numpy()
    directions, shares = latent.find_directions(z, strangers, FOUND)
    found = latent.correlations(z, directions, facereader.read(reader, strangers).dials)
    age, smile = latent.pointed(directions, found)
    plane = np.stack([smile, age]).astype(np.float32)
    sheet = at_places(look, plane, latent.grid(SIDE, REACH))
    places = latent.closed_walk(STRIDES + 1, REACH)
    walked = at_places(look, plane, places)
    held_out = facereader.names_of(datasets.face_dials()[1].table())
    told = facereader.read(reader, datasets.faces().held_out).chances.argmax(axis=2)
    return {
        "shares": shares,
        "correlations": found,  # (FOUND, 2): of each direction with age and smile as read
        "plane": plane,  # (2, latent): across and up
        "sheet": datasets.pack(sheet),
        "places": places,
        "walk": datasets.pack(walked),
        "walk_read": facereader.read(reader, walked).dials,
        "neighbours": np.asarray(latent.neighbour_distance(sheet.reshape(SIDE, SIDE, SIZE, SIZE))),
        "strangers": np.asarray(latent.stranger_distance(strangers)),
        "start_chances": facereader.read(reader, at_places(look, plane, np.array([START]))).chances[0],  # (2, NAMES)
        "reader_right": (told == held_out).mean(axis=0),
        "held_out": np.asarray(len(held_out)),
        **{f"reader.{name}": weights.numpy() for name, weights in reader.state_dict().items()},
    }


def taught_reader() -> nn.Sequential:
    """A reader of faces, taught on the originals that the players know too."""
    return facereader.train_reader(datasets.faces().train, datasets.face_dials()[0].table())


def forge(look: Look, noise: torch.Tensor) -> Floats:
    """Faces (n, 48, 48) at some addresses (n, latent), a few hundred at a time."""
    return np.concatenate([look.forger(part)[:, 0].cpu().numpy() for part in noise.split(250)])


def at_places(look: Look, plane: Floats, places: npt.NDArray[np.floating]) -> Floats:
    """Faces at places (n, 2) of the map."""
    noise = latent.addresses(plane, places).astype(np.float32)
    return forge(look, torch.from_numpy(noise).to(look.device))


# ---- what to see and hear ------------------------------------------------------------------------------------------

MAP = (36 / 1280, 36 / 720, 648 / 1280, 648 / 720)
"""Of the picture: the map, each face one and a half times its size; and one face alone, eleven times its size."""
FACE = (718 / 1280, 96 / 720, 528 / 1280, 528 / 720)
TAIL = 50
"""Strides that stay drawn behind the walker."""


def draw_walk(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """The map with a walker on it, and the face that lives where it stands."""
    kept = recordings["faces"].constants
    walked, places = datasets.unpack(kept["walk"]), kept["places"]
    edge = REACH * SIDE / (SIDE - 1)  # the outermost faces stand half a face within the edge
    half = edge / SIDE
    canvas.pane(box=MAP).sheet("portrait-ink", SIDE, SIDE, ground="portrait").set(datasets.unpack(kept["sheet"]))
    face = canvas.pane(box=FACE).sheet("portrait-ink", 1, 1, ground="portrait")
    ground = canvas.pane(x=(-edge, edge), y=(-edge, edge), box=MAP)
    tail = ground.line("portrait-mark", width=3)
    halo, frame = ground.line("portrait", width=9), ground.line("portrait-mark", width=5)
    walker = ground.points("portrait-mark", shape="diamond", size=15)
    corners = half * np.array([(-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1)])

    def update(moment: float) -> None:
        stride = round(moment * (len(places) - 1))
        square = places[stride] + corners
        face.set(walked[stride : stride + 1])
        tail.set(*places[max(0, stride - TAIL) : stride + 1].T)
        halo.set(*square.T)
        frame.set(*square.T)
        walker.set(places[stride : stride + 1] - (0, half))

    return update


def play_walk(recordings: Recordings) -> Score:
    """Pitch is across, brightness is up; the edges of the map are an octave from its middle."""
    across, up = recordings["faces"].constants["places"].T / REACH
    return walk(across, up, SECONDS)


# ---- what the page runs --------------------------------------------------------------------------------------------

PRINT = 72
"""Points along a face's edge on the printed sheet, half as many again as it has: more would weigh, and show nothing."""


def ship_map(recordings: Recordings) -> Mapping[str, bytes]:
    """The map's "sheet.webp", white where ink is; its facts, "map.json"; forger and reader in base64, "weights.txt"."""
    recording = recordings["faces"]
    forger, reader = plain_players(recording)
    said = recording.constants["start_chances"]
    prints = enlarge(datasets.unpack(recording.constants["sheet"]), PRINT, PRINT, smooth=True)
    ink = prints.astype(np.float32) / np.float32(255)
    facts = {
        "side": SIDE,
        "reach": REACH,
        "size": SIZE,
        "edge": PRINT * SIDE,
        "plane": [[round(float(number), 6) for number in direction] for direction in recording.constants["plane"]],
        "forger": [layer.facts() for layer in forger],
        "reader": [layer.facts() for layer in reader],
        "start": START,
        "said": {dial: [int(c.argmax()), float(c.max())] for dial, c in zip(facereader.DIALS, said, strict=True)},
        "reads": facereader.DIALS,
        "names": facereader.NAMES,
        "weights": shipped.weight_count(forger),
        "dark": VOICES["dark"].harmonics,
        "bright": VOICES["bright"].harmonics,
    }
    return {
        "sheet.webp": sprites.soft_sheet(ink.reshape(SIDE, SIDE, PRINT, PRINT)),
        "map.json": json.dumps(facts).encode(),
        "weights.txt": shipped.packed([*forger, *reader]).encode(),
    }


def plain_players(recording: Recording) -> tuple[list[shipped.Layer], list[shipped.Layer]]:
    """The finished forger and the reader as plain layers."""
    forger, _ = players(recording.recipe)
    forger.load_state_dict(_state(recording.weights, "forger."))
    reader = facereader.new_reader(SIZE)
    reader.load_state_dict(_state(recording.constants, "reader."))
    return shipped.folded([forger.stem, *forger.layers]), shipped.folded(reader)


def _state(arrays: Mapping[str, npt.NDArray[np.generic]], prefix: str) -> dict[str, torch.Tensor]:
    return {n.removeprefix(prefix): torch.from_numpy(np.array(a)) for n, a in arrays.items() if n.startswith(prefix)}


# ---- what to count and claim ---------------------------------------------------------------------------------------


def correlation(dial: str) -> Callable[[Recordings], float]:
    """|r| of a dial, as the reader reads it, with the direction that goes best with it."""
    column = facereader.DIALS.index(dial)
    return lambda recordings: float(np.abs(recordings["faces"].constants["correlations"][:, column]).max())


def crosstalk(recordings: Recordings) -> float:
    """The larger |r| of the two directions chosen, each with the other's dial."""
    found = np.abs(recordings["faces"].constants["correlations"])
    age, smile = found.argmax(axis=0)
    return float(max(found[age, 1], found[smile, 0]))


def neighbour_ratio(recordings: Recordings) -> float:
    """How much neighbours on the map differ, as a share of how much two faces from anywhere do."""
    kept = recordings["faces"].constants
    return float(kept["neighbours"] / kept["strangers"])


def weights(recordings: Recordings) -> float:
    """Numbers that the forger is made of, its norms folded in: what the page loads."""
    return float(shipped.weight_count(plain_players(recordings["faces"])[0]))


def along_walk(name: str, column: int) -> Callable[[Recordings], Series]:
    """What was kept of each stride of the walk."""
    return lambda recordings: Series(np.arange(STRIDES + 1), recordings["faces"].constants[name][:, column])


STUDY = Study(
    name="faces",
    duels={"faces": Duel(RECIPE, lambda recipe: pictures.faces(), players, CLASSIC, observe, data="faces")},
    figures=(
        Figure("walk", draw_walk, "faces", SECONDS, poster=0.09, sound="walk", places=STRIDES),
    ),
    sounds=(
        Sound(
            "walk",
            play_walk,
            SECONDS,
            {"left": ("dark", 275.0), "low": ("dark", 550.0), "high": ("bright", 550.0), "right": ("dark", 1100.0)},
        ),
    ),
    values=(
        Value("age_correlation", correlation("age")),
        Value("smile_correlation", correlation("smile")),
        Value("crosstalk", crosstalk),
        Value("neighbour_ratio", neighbour_ratio),
        Value("held_out", lambda recordings: float(recordings["faces"].constants["held_out"])),
        Value("reader_right", lambda recordings: float(recordings["faces"].constants["reader_right"].mean())),
        Value("weights", weights),
        Value("across", along_walk("places", 0), series=True),
        Value("up", along_walk("places", 1), series=True),
        Value("age", along_walk("walk_read", 0), series=True),
        Value("smile", along_walk("walk_read", 1), series=True),
    ),
    claims=(
        Claim("age_found", correlation("age"), ">=", 0.9),
        Claim("smile_found", correlation("smile"), ">=", 0.85),
        Claim("strongest_is_age", lambda r: float(np.abs(r["faces"].constants["correlations"][0, 0])), ">=", 0.9),
        Claim("neighbours_alike", neighbour_ratio, "<=", 0.3),
    ),
    exports=(Export("map", ship_map),),
)  # fmt: skip
