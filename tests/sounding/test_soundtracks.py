"""The soundtracks of the studies, on invented recordings of their shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pipeline import noise_map
from pipeline.gan import latent, sheet
from pipeline.recording import Recording, Series
from pipeline.sounding import clip, hearing
from pipeline.sounding.tones import HIGHEST, LOWEST, VOICES
from pipeline.studies import (
    STUDIES,
    bending_sheet,
    detectives_eye,
    faces,
    letters,
    mode_collapse,
    noise_to_form,
    one_round,
    remedies,
    reward,
    training_dance,
    two_aims,
    vanishing,
)
from pipeline.study import Recordings, Study
from tests.sounding import runs


def recorded(study: Study, duel: str, frames: dict[str, np.ndarray], curves: dict[str, Series]) -> Recording:
    """A recording by the recipe of the study, of a single seed, from invented frames and curves."""
    recipe = study.duels[duel].recipe.with_changes({"seeds": (0,), "shown": 0})
    told = {name: (series.steps, series.values[None]) for name, series in curves.items()}
    steps = np.array(recipe.frame_steps())
    constants = {"gap_floor": np.asarray(0.0005), "floor": np.asarray(0.01)}
    return Recording(study.name, duel, recipe, steps, frames, told, constants=constants)


def dance() -> Recordings:
    """A gap that closes under a confidence that sinks."""
    recipe = training_dance.STUDY.duels["dance"].recipe
    on = runs.clock(recipe.steps, recipe.clock)
    curves = {"gap": runs.closing(on), "confidence": runs.sinking(on)}
    return {"dance": recorded(training_dance.STUDY, "dance", {"gap": curves["gap"].values}, curves)}


def form() -> Recordings:
    """A divergence that falls from 1."""
    recipe = noise_to_form.STUDY.duels["shape"].recipe
    quality = runs.rising(runs.clock(recipe.steps, recipe.clock))
    divergence = Series(quality.steps, (1 - quality.values) / (1 - quality.values[0]))
    frames = {"divergence": divergence.values}
    return {"shape": recorded(noise_to_form.STUDY, "shape", frames, {"divergence": divergence})}


def modes() -> Recordings:
    """A run that finds all modes and one that wanders."""
    study, found = mode_collapse.STUDY, {}
    for duel, index in (("healthy", 0), ("collapsed", 1)):
        recipe = study.duels[duel].recipe
        shares = runs.sides()[index].shares
        rows = np.linspace(0, len(shares) - 1, len(recipe.frame_steps())).astype(int)
        found[duel] = recorded(study, duel, {"shares": shares[rows]}, {})
    return found


def eye() -> Recordings:
    """Shares of right verdicts that swell and sink, and two losses that part and meet."""
    recipe = detectives_eye.STUDY.duels["eye"].recipe
    on = runs.clock(recipe.steps, recipe.clock)
    forger, term = runs.losses(on)
    curves = {
        "real_detected": runs.sinking(on),
        "fake_detected": runs.sinking(on),
        "forger_loss": forger,
        "detective_loss": Series(term.steps, 2 * term.values),
    }
    return {"eye": recorded(detectives_eye.STUDY, "eye", {}, curves)}


def strides(study: Study) -> Callable[[], Recordings]:
    """The walk over a map, whose way no training changes."""
    places = latent.closed_walk(noise_map.STRIDES + 1, noise_map.REACH)
    return lambda: {study.name: replace(recorded(study, study.name, {}, {}), constants={"places": places})}


def frozen() -> Recordings:
    """Three gradients: one dies, one grows, one stays."""
    recipe = vanishing.STUDY.duels["newborn"].recipe
    on = runs.clock(recipe.steps, recipe.clock)
    x = np.linspace(0, 1, len(on.recipe.frame_steps()))
    kinds = {"saturating": np.exp(-8 * x), "nonsaturating": 0.02 + 8 * x**2, "wasserstein": 1.5 - 0.7 * x}
    curves = {name: runs.frame_series(on, values) for name, values in kinds.items()}
    return {"newborn": recorded(vanishing.STUDY, "newborn", {}, curves)}


def grid() -> Recordings:
    """Ten gaps that close, each to another depth."""
    found = {}
    for index, (name, duel) in enumerate(remedies.STUDY.duels.items()):
        on = runs.clock(duel.recipe.steps, duel.recipe.clock)
        steps = np.array(duel.recipe.frame_steps())
        gap = Series(steps, 1 - 0.1 * index * steps / on.recipe.steps)
        found[name] = recorded(remedies.STUDY, name, {}, {"gap": gap})
    return found


def taken_apart() -> Recordings:
    """Four losses of each round, both falling by the corrections of the one that is told."""
    steps = np.arange(one_round.RECIPE.last_step)
    levels = {"forger_loss": 1.28, "forger_after": 1.04, "detective_loss": 1.16, "detective_after": 1.09}
    curves = {name: Series(steps, np.full(len(steps), level)) for name, level in levels.items()}
    return {"round": recorded(one_round.STUDY, "round", {}, curves)}


def mirror() -> Recordings:
    """A value that the detective all but wins, and that comes back to a draw."""
    recipe = two_aims.RECIPE
    steps = np.array(recipe.frame_steps())
    won = np.clip(steps / 20, 0, 1) * np.exp(-steps / (0.06 * recipe.steps))
    gain = Series(steps, -np.log(4) * (1 - 0.98 * won))
    return {"aims": recorded(two_aims.STUDY, "aims", {}, {"gain": gain})}


def race() -> Recordings:
    """Two gaps that close, one after a tenth of the verdicts that the other needs."""
    found = {}
    for way, pace in (("slope", 20.0), ("score", 150.0)):
        recipe = reward.STUDY.duels[f"sheet_{way}"].recipe
        steps = np.array(recipe.frame_steps())
        gap = Series(steps, 0.1 / (1 + (steps / pace) ** 3))
        found[f"sheet_{way}"] = recorded(reward.STUDY, f"sheet_{way}", {}, {"gap": gap})
    return found


def stretched() -> Recordings:
    """A flat square, two parts of whose heard thread are drawn out; a page with two borders that grow steep."""
    recipe = bending_sheet.STUDY.duels["sheet"].recipe
    along = np.linspace(0, 1, bending_sheet.NET.shape[1])[:, None] - [0.3125, 0.6875]  # the third part and the sixth
    wide = np.clip(along + 1 / 16, 0, 1 / 8).sum(1) * 8  # rises by 1 across each of the two
    net = 2 * bending_sheet.NET - 1
    nets = []
    for share in np.linspace(0, 1, len(recipe.frame_steps())):
        pulled = net.copy()
        pulled[bending_sheet.HEARD, :, 0] = 0.25 * net[bending_sheet.HEARD, :, 0] + share * 0.7 * wide
        nets.append(sheet.pack(pulled))
    pages = np.zeros((len(bending_sheet.DIGITS.frame_steps()), bending_sheet.ROWS, bending_sheet.COLUMNS, 2, 2))
    pages[..., 0, 0] = 3 * np.arange(bending_sheet.COLUMNS)  # each cell a little darker than the last, and two steps
    for column, rise in ((6, 60), (11, 120)):
        pages[:, :, column:] += rise * np.linspace(0, 1, len(pages))[:, None, None, None, None]
    page = pages.reshape(len(pages), -1, 2, 2).astype(np.uint8)
    return {
        "sheet": recorded(bending_sheet.STUDY, "sheet", {"net": np.stack(nets)}, {}),
        "digits": recorded(bending_sheet.STUDY, "digits", {"page": page}, {}),
    }


CASES = [
    (training_dance.STUDY, dance),
    (noise_to_form.STUDY, form),
    (mode_collapse.STUDY, modes),
    (detectives_eye.STUDY, eye),
    (faces.STUDY, strides(faces.STUDY)),
    (letters.STUDY, strides(letters.STUDY)),
    (vanishing.STUDY, frozen),
    (remedies.STUDY, grid),
    (one_round.STUDY, taken_apart),
    (two_aims.STUDY, mirror),
    (reward.STUDY, race),
    (bending_sheet.STUDY, stretched),
]
ELSEWHERE = {"connection", "handwriting", "leap_or_steps"}
"""Studies whose own tests put their sounds under the guards."""


def test_every_study_that_sounds_is_guarded() -> None:
    """A study with a sound has a case here, or is known to be guarded in its own test."""
    guarded = {study.name for study, _ in CASES} | ELSEWHERE
    assert {name for name, study in STUDIES.items() if study.sounds} <= guarded


@pytest.mark.parametrize(("study", "recordings"), CASES, ids=lambda case: getattr(case, "name", ""))
def test_soundtrack_fits_its_film_and_passes_its_guards(study: Study, recordings: Callable[[], Recordings]) -> None:
    """Each sound lasts as long as the film that carries it, and says what it should, raw, coded and by telephone."""
    for figure in study.figures:
        sound = next(sound for sound in study.sounds if sound.name == figure.sound)
        files = clip.play(study, sound, recordings(), figure.seconds)
        facts = json.loads(files["sound.json"])
        assert facts["meanings"]
        assert hearing.guard(files["sound.wav"], facts)["faults"] == []


@pytest.mark.parametrize("study", [study for study, _ in CASES], ids=lambda study: study.name)
def test_reference_tones_lie_where_the_voices_do(study: Study) -> None:
    """A reference tone is a voice of the palette within the range that carries meaning."""
    for sound in study.sounds:
        for role, hz in sound.tones.values():
            assert role in VOICES
            assert LOWEST <= hz <= HIGHEST
