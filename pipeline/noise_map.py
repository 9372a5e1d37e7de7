"""The map of a forger's noise: how it is found, walked, drawn, heard and shipped, for any forger of small pictures.

The search sees pictures and noise only. A reader taught on originals, whose two dials are known (``gan.dialreader``),
measures afterwards how well each direction found goes with each dial, and the best become the axes: the first dial's
goes up the map, the second's across. The map's script is the finished forger and that reader themselves, their norms
folded in (``gan.shipped``). It knows no study.

Source: Haerkoenen et al., "GANSpace" (2020), for the order: search first, name afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from pipeline.drawing import sprites
from pipeline.drawing.marks_raster import enlarge
from pipeline.gan import datasets, dialreader, latent, shipped
from pipeline.gan.images import ImageDetective, ImageForger
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Recording, Series
from pipeline.sounding.gestures import walk
from pipeline.sounding.score import Score
from pipeline.sounding.tones import VOICES
from pipeline.study import Recipe, Recordings

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas

Floats = npt.NDArray[np.float32]
Table = Callable[[], tuple[Floats, Floats]]
"""Both dials of the originals: (n, 2) of those to learn from, (m, 2) of those held out."""
Search = Callable[[Floats, Floats, int], tuple[npt.NDArray[np.floating], npt.NDArray[np.floating]]]
"""Noise and pictures to so many directions, without labels: one of those in ``gan.latent``."""

# ---- what to keep --------------------------------------------------------------------------------------------------

SHOWN = 12
"""Addresses z that are followed through the whole run."""
SEARCHED = 2500
"""Forged pictures among which directions are sought."""
FOUND = 4
"""Directions sought: the strongest, after which none explains a twentieth of the variation."""
SIDE = 9
"""Pictures along an edge of the map."""
REACH = 2.0
"""The map ends this many standard deviations of the noise from its middle."""
START = (1.0, 0.0)
"""Where the page's marker stands at first: one of the sheet's places."""
STRIDES = 400
"""Of the walk, which ends where it began."""
SECONDS = 16.0
"""Of the film of the walk."""


@dataclass(frozen=True)
class Originals:
    """Pictures and the dials that they were made from; the players see the pictures only."""

    pictures: Callable[[], datasets.Split]
    dials: Table


def observe(originals: Originals, search: Search, look: Look) -> Observation:
    """A few pictures at every look; at the end the directions, the map and the walk, all as the forger drew them."""
    frames = {"pictures": datasets.pack(forge(look, look.noise(SHOWN)))}
    return Observation(frames, constants=explore(originals, search, look) if look.last else {})


def explore(originals: Originals, search: Search, look: Look) -> Mapping[str, npt.NDArray[np.generic]]:
    """All that is learnt of the finished forger's noise."""
    split, (known, held_out) = originals.pictures(), originals.dials()
    reader = dialreader.train_reader(split.train, known)
    noise = look.noise(SEARCHED, "searched noise")
    strangers, z = forge(look, noise), noise.cpu().numpy()
    directions, shares = search(z, strangers, FOUND)
    found = latent.correlations(z, directions, dialreader.read(reader, strangers).dials)
    up, across = latent.pointed(directions, found)
    plane = np.stack([across, up]).astype(np.float32)
    sheet = at_places(look, plane, latent.grid(SIDE, REACH))
    places = latent.closed_walk(STRIDES + 1, REACH)
    walked = at_places(look, plane, places)
    told = dialreader.read(reader, split.held_out).chances.argmax(axis=2)
    return {
        "shares": shares,
        "correlations": found,  # (FOUND, 2): of each direction with each dial as read
        "plane": plane,  # (2, latent): across and up
        "sheet": datasets.pack(sheet),
        "sheet_names": dialreader.read(reader, sheet).chances.argmax(axis=2),  # (81, 2): what the reader calls each
        "places": places,
        "walk": datasets.pack(walked),
        "walk_read": dialreader.read(reader, walked).dials,
        "neighbours": np.asarray(latent.neighbour_distance(sheet.reshape(SIDE, SIDE, *sheet.shape[1:]))),
        "strangers": np.asarray(latent.stranger_distance(strangers)),
        "start_chances": dialreader.read(reader, at_places(look, plane, np.array([START]))).chances[0],  # (2, NAMES)
        "reader_right": (told == dialreader.names_of(held_out)).mean(axis=0),
        "held_out": np.asarray(len(held_out)),
        **{f"reader.{name}": weights.numpy() for name, weights in reader.state_dict().items()},
    }


def forge(look: Look, noise: torch.Tensor) -> Floats:
    """Pictures (n, size, size) at some addresses (n, latent), a few hundred at a time."""
    return np.concatenate([look.forger(part)[:, 0].cpu().numpy() for part in torch.split(noise, 250)])


def at_places(look: Look, plane: Floats, places: npt.NDArray[np.floating]) -> Floats:
    """Pictures at places (n, 2) of the map."""
    noise = latent.addresses(plane, places).astype(np.float32)
    return forge(look, torch.from_numpy(noise).to(look.device))


# ---- what to see and hear ------------------------------------------------------------------------------------------

MAP = (36 / 1280, 36 / 720, 648 / 1280, 648 / 720)
"""Of the film: the map, 72 points for each picture; and one picture alone, more than seven times as large."""
ALONE = (718 / 1280, 96 / 720, 528 / 1280, 528 / 720)
TAIL = 50
"""Strides that stay drawn behind the walker."""


def draw_walk(duel: str, recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """The map with a walker on it, and the picture that lives where it stands."""
    kept = recordings[duel].constants
    walked, places = datasets.unpack(kept["walk"]), kept["places"]
    edge = REACH * SIDE / (SIDE - 1)  # the outermost pictures stand half a picture within the edge
    half = edge / SIDE
    canvas.pane(box=MAP).sheet("portrait-ink", SIDE, SIDE, ground="portrait").set(datasets.unpack(kept["sheet"]))
    alone = canvas.pane(box=ALONE).sheet("portrait-ink", 1, 1, ground="portrait")
    ground = canvas.pane(x=(-edge, edge), y=(-edge, edge), box=MAP)
    tail = ground.line("portrait-mark", width=3)
    halo, frame = ground.line("portrait", width=9), ground.line("portrait-mark", width=5)
    walker = ground.points("portrait-mark", shape="diamond", size=15)
    corners = half * np.array([(-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1)])

    def update(moment: float) -> None:
        stride = round(moment * (len(places) - 1))
        square = places[stride] + corners
        alone.set(walked[stride : stride + 1])
        tail.set(*places[max(0, stride - TAIL) : stride + 1].T)
        halo.set(*square.T)
        frame.set(*square.T)
        walker.set(places[stride : stride + 1] - (0, half))

    return update


def play_walk(duel: str, recordings: Recordings) -> Score:
    """Pitch is across, brightness is up; the edges of the map are an octave from its middle."""
    across, up = recordings[duel].constants["places"].T / REACH
    return walk(across, up, SECONDS)


TONES = {"left": ("dark", 275.0), "low": ("dark", 550.0), "high": ("bright", 550.0), "right": ("dark", 1100.0)}
"""Reference tones of the walk: the middles of the map's four edges."""

# ---- what the page runs --------------------------------------------------------------------------------------------

PRINT = 72
"""Points along a picture's edge on the printed sheet: more would weigh, and show nothing."""
Players = Callable[[Recipe], tuple[ImageForger, ImageDetective]]


def ship(
    duel: str, dials: tuple[str, str], size: int, players: Players, recordings: Recordings
) -> Mapping[str, bytes]:
    """The map's "sheet.webp", white where ink is; its facts, "map.json"; forger and reader in base64, "weights.txt"."""
    recording = recordings[duel]
    forger, reader = plain_players(recording, size, players)
    said = recording.constants["start_chances"]
    prints = enlarge(datasets.unpack(recording.constants["sheet"]), PRINT, PRINT, smooth=True)
    ink = prints.astype(np.float32) / np.float32(255)
    facts: dict[str, Any] = {
        "side": SIDE,
        "reach": REACH,
        "size": size,
        "edge": PRINT * SIDE,
        "plane": [[round(float(number), 6) for number in direction] for direction in recording.constants["plane"]],
        "forger": [layer.facts() for layer in forger],
        "reader": [layer.facts() for layer in reader],
        "start": START,
        "said": {dial: [int(c.argmax()), float(c.max())] for dial, c in zip(dials, said, strict=True)},
        "reads": dials,
        "names": dialreader.NAMES,
        "weights": shipped.weight_count(forger),
        "dark": VOICES["dark"].harmonics,
        "bright": VOICES["bright"].harmonics,
    }
    return {
        "sheet.webp": sprites.soft_sheet(ink.reshape(SIDE, SIDE, PRINT, PRINT)),
        "map.json": json.dumps(facts).encode(),
        "weights.txt": shipped.packed([*forger, *reader]).encode(),
    }


def plain_players(
    recording: Recording, size: int, players: Players
) -> tuple[list[shipped.Layer], list[shipped.Layer]]:
    """The finished forger and the reader as plain layers."""
    forger, _ = players(recording.recipe)
    forger.load_state_dict(_state(recording.weights, "forger."))
    reader = dialreader.new_reader(size)
    reader.load_state_dict(_state(recording.constants, "reader."))
    return shipped.folded([forger.stem, *forger.layers]), shipped.folded(reader)


def _state(arrays: Mapping[str, npt.NDArray[np.generic]], prefix: str) -> dict[str, torch.Tensor]:
    return {n.removeprefix(prefix): torch.from_numpy(np.array(a)) for n, a in arrays.items() if n.startswith(prefix)}


def give_the_middle_a_picture(forger: ImageForger) -> ImageForger:
    """The forger with a bias of its own for each place of its first layer.

    A map has a middle. Without it, noise of nothing but zeros would give the forger nothing to say where what belongs,
    and the middle of the map would be a smear.
    """
    forger.stem = nn.Linear(forger.latent, forger.stem.out_features)
    return forger


# ---- what to count -------------------------------------------------------------------------------------------------


def correlation(duel: str, dial: int, recordings: Recordings) -> float:
    """|r| of a dial, 0 or 1, as the reader reads it, with the direction that goes best with it."""
    return float(np.abs(recordings[duel].constants["correlations"][:, dial]).max())


def goes_with(duel: str, direction: int, dial: int, recordings: Recordings) -> float:
    """|r| of one direction, 0 the strongest, with a dial as the reader reads it."""
    return float(abs(recordings[duel].constants["correlations"][direction, dial]))


def crosstalk(duel: str, recordings: Recordings) -> float:
    """The larger |r| of the two directions chosen, each with the other's dial."""
    found = np.abs(recordings[duel].constants["correlations"])
    up, across = found.argmax(axis=0)
    return float(max(found[up, 1], found[across, 0]))


def neighbour_ratio(duel: str, recordings: Recordings) -> float:
    """How much neighbours on the map differ, as a share of how much two pictures from anywhere do."""
    kept = recordings[duel].constants
    return float(kept["neighbours"] / kept["strangers"])


def reader_right(duel: str, recordings: Recordings) -> float:
    """How often the reader found the right word for an original that it had not met."""
    return float(recordings[duel].constants["reader_right"].mean())


def weights(duel: str, size: int, players: Players, recordings: Recordings) -> float:
    """Numbers that the forger is made of, its norms folded in: what the page loads."""
    return float(shipped.weight_count(plain_players(recordings[duel], size, players)[0]))


def along_walk(duel: str, name: str, column: int, recordings: Recordings) -> Series:
    """What was kept of each stride of the walk."""
    return Series(np.arange(STRIDES + 1), recordings[duel].constants[name][:, column])
