"""The stages from recipe to media: one literal table of what each runs, and what its code is.

A stage is a pure function from a study, parameters and the files of its inputs to new files. Each
imports its modules when it runs, so that a worker loads no more than its job needs. A stage is handed
only the part of a study that its key covers (``narrowed``), so it cannot depend on anything else.
It knows neither store nor order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.catalogue import Code, recipe_from
from pipeline.study import Figure, Recipe, Study

Files = dict[str, bytes]


@dataclass(frozen=True)
class Task:
    """What a stage is given."""

    study: Study
    """The study, narrowed to what this job's key covers."""
    name: str
    """The duel, figure or export; "" where the stage takes the whole study."""
    parameters: Mapping[str, Any]
    inputs: Mapping[str, Files]
    """Input's name -> its files: duel -> recording for most stages, "film" and "sound" for mux."""
    progress: Callable[[int, int], None]
    """progress(step, steps), as often as one likes."""
    scratch: Path | None
    """A folder of this job's own that outlives an interrupted run; None where there is none."""


def train(task: Task) -> Files:
    """The duel, recorded."""
    from pipeline.training import record

    recipe = recipe_from(task.parameters["recipe"])
    duel = task.study.duels[task.name]
    return record(duel, task.study.name, task.name, recipe, task.progress, task.scratch).to_files()


def measure(task: Task) -> Files:
    """Values, series and claims."""
    from pipeline.measuring import measure

    return measure(task.study, _recordings(task))


def draw(task: Task) -> Files:
    """The silent film and its poster, in one theme."""
    from pipeline.drawing.film import draw

    theme, draft = task.parameters["theme"], task.parameters["draft"]
    return draw(task.study, task.study.figures[0], _recordings(task), theme, draft)


def play(task: Task) -> Files:
    """The soundtrack of one figure."""
    from pipeline.sounding.clip import play

    return play(task.study, task.study.sounds[0], _recordings(task), task.parameters["seconds"])


def mux(task: Task) -> Files:
    """The film with its soundtrack."""
    from pipeline.drawing.film import mux

    return mux(task.inputs["film"], task.inputs["sound"])


def export(task: Task) -> Files:
    """Files that the page uses besides films."""
    return dict(task.study.exports[0].make(_recordings(task)))


def _recordings(task: Task) -> Any:
    from pipeline.recording import Recording

    return {duel: Recording.from_files(files) for duel, files in task.inputs.items()}


@dataclass(frozen=True)
class Stage:
    """One row of the table below."""

    run: Callable[[Task], Files]
    of: Callable[[Study], tuple[str, ...]]
    """The names for which the stage is run in a study; "" once for all."""
    narrowed: Callable[[Study, str], Study]
    """The part of the study that the stage may use: its code and constants make the key."""
    seconds: float
    """A first guess of what one job takes, before any was timed."""
    on_device: bool = False
    """Whether the kind of processor shapes the result."""


def _bare(study: Study) -> Study:
    return Study(study.name, {})


def _figure(study: Study, name: str) -> Figure:
    return next(figure for figure in study.figures if figure.name == name)


def _with_sound(study: Study) -> tuple[str, ...]:
    return tuple(figure.name for figure in study.figures if figure.sound)


def _narrowed_to_duel(study: Study, name: str) -> Study:
    return replace(_bare(study), duels={name: study.duels[name]})


def _narrowed_to_figure(study: Study, name: str) -> Study:
    return replace(_bare(study), figures=(replace(_figure(study, name), sound=None),))


def _narrowed_to_sound(study: Study, name: str) -> Study:
    sound = _figure(study, name).sound
    return replace(_bare(study), sounds=tuple(s for s in study.sounds if s.name == sound))


STAGES: Mapping[str, Stage] = {
    "train": Stage(train, lambda study: tuple(study.duels), _narrowed_to_duel, seconds=40, on_device=True),
    "measure": Stage(
        measure,
        lambda study: ("",),
        lambda study, name: replace(_bare(study), values=study.values, claims=study.claims),
        seconds=3,
    ),
    "draw": Stage(draw, lambda study: tuple(f.name for f in study.figures), _narrowed_to_figure, seconds=15),
    "play": Stage(play, _with_sound, _narrowed_to_sound, seconds=4),
    "mux": Stage(mux, _with_sound, lambda study, name: _bare(study), seconds=2),
    "export": Stage(
        export,
        lambda study: tuple(e.name for e in study.exports),
        lambda study, name: replace(_bare(study), exports=tuple(e for e in study.exports if e.name == name)),
        seconds=3,
    ),
}


_NO_RECIPE = Recipe(steps=0, batch_size=0, latent_size=0, learning_rates=(0.0, 0.0))


def code_of_study(study: Study) -> dict[str, Code]:
    """Job within the study, such as "draw/dance" -> the code and constants behind it."""
    from pipeline.fingerprint import code_of

    found = {}
    for label, stage in STAGES.items():
        for name in stage.of(study):
            part = stage.narrowed(study, name)
            # A duel's own recipe is no code: the job's parameters carry the recipe as overridden.
            duels = {key: replace(duel, recipe=_NO_RECIPE) for key, duel in part.duels.items()}
            found[f"{label}/{name}"] = code_of(stage.run, Recipe, _parts(replace(part, duels=duels)))
    return found


def _parts(study: Study) -> list[Any]:
    """The objects in a narrowed study whose code counts, without the class Study itself."""
    return [study.name, study.duels, study.figures, study.sounds, study.values, study.claims, study.exports]
