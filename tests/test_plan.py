"""The plan: which jobs an essay needs, and what their keys are made of."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.catalogue import Catalogue, Code, StudyEntry, catalogue_of
from pipeline.plan import PALETTE, Job, Plan, colour_hashes, plan_jobs
from pipeline.study import Claim, Duel, Export, Figure, Recipe, Sound, Study, Value

RECIPE = Recipe(steps=100, batch_size=8, latent_size=2, learning_rates=(0.1, 0.2))
STUDY = Study(
    "dance",
    duels={"one": Duel(RECIPE, min, min, None, min), "two": Duel(replace(RECIPE, steps=50), min, min, None, min)},
    figures=(Figure("film", min, duel="one", sound="tune", seconds=4.0), Figure("mute", min, duel="two")),
    sounds=(Sound("tune", min, tones={"low": ("real", 220.0)}),),
    values=(Value("gap", min, series=True),),
    claims=(Claim("ends", min, "<=", 0.5),),
    exports=(Export("ornament", min),),
)
TOKENS = {"light": "l1", "dark": "d1"}


def code() -> dict[str, Code]:
    """Made-up code for every job of the study; the ornament is printed in the theme's colours."""
    names = ["train/one", "train/two", "measure/", "draw/film", "draw/mute", "play/film", "mux/film"]
    found = {name: Code({f"pipeline.{name}": "h1"}, {}, ()) for name in names}
    return found | {"export/ornament": Code({PALETTE: "h1"}, {}, ())}


def catalogue() -> Catalogue:
    """The study's names, with its code."""
    return catalogue_of([STUDY], {"dance": code()})


def essay(**recipe: Any) -> Any:
    """As much of an Essay as a plan looks at."""
    return SimpleNamespace(studies=("dance",), recipe={"dance": recipe} if recipe else {})


def plan(tokens: dict[str, str] = TOKENS, pace: Any = "full", **recipe: Any) -> Plan:
    """The plan of an essay that uses the study."""
    return plan_jobs(essay(**recipe), catalogue(), pace, tokens)


def keys(made: Plan) -> dict[str, str]:
    """Every job's key, if each job's output is called by its own key."""
    found: dict[str, str] = {}
    for job in made.jobs.values():
        found[job.id] = job.key(found, "cpu")
    return found


def changed(before: Plan, after: Plan) -> set[str]:
    """Jobs whose keys differ."""
    one, other = keys(before), keys(after)
    return {job for job in one if one[job] != other[job]}


def test_plan_lists_every_job_after_what_it_needs() -> None:
    """A training a duel; measures once; a film a theme; a sound a figure that has one, and the two joined."""
    jobs = plan().jobs
    assert list(jobs) == [
        "train/dance/one", "train/dance/two", "measure/dance", "play/dance/film", "draw/dance/film/light",
        "mux/dance/film/light", "draw/dance/film/dark", "mux/dance/film/dark", "draw/dance/mute/light",
        "draw/dance/mute/dark", "export/dance/ornament",
    ]  # fmt: skip
    seen: set[str] = set()
    for job in jobs.values():
        assert set(job.inputs.values()) <= seen
        seen.add(job.id)
    assert jobs["play/dance/film"].parameters == {"seconds": 4.0}


def test_plan_author_tunes_a_run_without_python() -> None:
    """An override changes the training of its duel and what hangs on it, and nothing else trains."""
    tuned = plan(one={"steps": 80})
    assert tuned.jobs["train/dance/one"].parameters["recipe"]["steps"] == 80
    assert "train/dance/two" not in changed(plan(), tuned)
    assert changed(plan(), plan(one={})) == set()


def test_plan_draft_is_the_first_tenth() -> None:
    """A draft stops early and watermarks; all else of its recipe stands."""
    recipe = plan(pace="draft").jobs["train/dance/one"].parameters["recipe"]
    assert (recipe["steps"], recipe["stop"]) == (100, 10)
    assert plan(pace="draft").jobs["draw/dance/film/light"].parameters["draft"] is True


def test_plan_changed_colour_redraws_only() -> None:
    """A dark colour changed redraws dark films and what is printed in colours; nothing trains or sounds."""
    after = plan({"light": "l1", "dark": "d2"})
    assert changed(plan(), after) == {
        "draw/dance/film/dark", "mux/dance/film/dark", "draw/dance/mute/dark", "export/dance/ornament",
    }  # fmt: skip


def test_plan_key_holds_versions_and_device_where_they_shape_the_result() -> None:
    """Another kind of processor is another training, not another drawing."""
    jobs = plan().jobs
    outputs = dict.fromkeys(jobs, "x")
    train, draw = jobs["train/dance/one"], jobs["draw/dance/film/light"]
    assert train.key(outputs, "cpu") != train.key(outputs, "cuda")
    assert draw.key(outputs, "cpu") == draw.key(outputs, "cuda")
    with_library = replace(draw, code=replace(draw.code, libraries=("numpy",)))
    assert with_library.ingredients(outputs, "cpu")["versions"]["numpy"]


def test_plan_of_one_figure_leaves_the_other_out() -> None:
    """What one figure needs: trainings, measures, its own films and sound."""
    jobs = set(plan().needed_for("dance", "mute").jobs)
    assert {"draw/dance/mute/dark", "train/dance/two", "measure/dance"} <= jobs
    assert not [job for job in jobs if "film" in job]


def test_plan_survives_a_way_through_a_file() -> None:
    """From JSON it comes back with the same keys."""
    again = Plan.from_json(json.loads(json.dumps(plan().to_json())))
    assert keys(again) == keys(plan())
    assert isinstance(next(iter(again.jobs.values())), Job)


def test_catalogue_survives_a_way_through_a_file() -> None:
    """From JSON it comes back equal, recipes and tones with their tuples."""
    again = Catalogue.from_json(json.loads(json.dumps(catalogue().to_json())))
    assert again == catalogue()
    entry: StudyEntry = again.studies["dance"]
    assert entry.duels["one"] == RECIPE
    assert entry.values == {"gap": True}


def test_plan_colours_are_read_theme_by_theme(tmp_path: Path) -> None:
    """A comment or a length changes no theme; a dark colour changes the dark one."""
    tokens = tmp_path / "tokens.css"
    tokens.write_text(":root { --real: light-dark(#123e78, #a9c4f3); }")
    before = colour_hashes(tokens)
    tokens.write_text(":root { --real: light-dark(#123e78, #a9c4f3); /* blue */ --gap: 4px; }")
    assert colour_hashes(tokens) == before
    tokens.write_text(":root { --real: light-dark(#123e78, #ffffff); }")
    after = colour_hashes(tokens)
    assert after["light"] == before["light"]
    assert after["dark"] != before["dark"]
