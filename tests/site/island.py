"""A small map for the tests of site/ and browser/: an untrained forger of 16 by 16 points, its sheet, and its words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from pipeline.catalogue import Catalogue, StudyEntry
from pipeline.drawing import sprites
from pipeline.essay import Essay, read
from pipeline.gan import dialreader, latent, shipped
from pipeline.gan.images import ImageForger
from pipeline.results import Results, RunFacts
from pipeline.study import Recipe

SIDE, REACH, SIZE, LATENT = 5, 2.0, 16, 3
PLANE = np.eye(LATENT, dtype=np.float32)[:2]
RECIPE = Recipe(steps=1, batch_size=1, latent_size=LATENT, learning_rates=(0.1, 0.1))
CATALOGUE = Catalogue({"island": StudyEntry("island", {"run": RECIPE}, {"run": ""}, exports=("map", "other"))})
WORDS = """about: An island.
duels: {run: {name: Run, recipe: none}}
maps:
  map:
    title: A map of blots
    description: Twenty-five blots.
    across: {name: smile, low: frowning, high: smiling, words: Found.}
    up: {name: age, low: young, high: old, words: Found too.}
    names: {age: [young, middle-aged, old], smile: [frowning, grave, smiling]}
    legend: [{term: Pitch, words: across}]
"""
CHAPTER = """---
title: An Island
question: Who lives here?
studies: [island]
---

Walk.

![Twenty-five blots.](map:island/map)
Blots that never were.
"""
OUTLINE = """title = "Folio"
subtitle = "A leaf"
lead = "A lead."
made = "Recorded."
authors = ["A. Author"]
ornament = ""
[[part]]
slug = "part-1"
title = "Leaf"
subtitle = "One."
chapters = ["05-island"]
"""


def forger() -> ImageForger:
    """Untrained, and always the same."""
    torch.manual_seed(5)
    made = ImageForger(LATENT, (8, 4), SIZE // 4)
    made.stem = nn.Linear(LATENT, made.stem.out_features)
    return made.eval()


@torch.no_grad()
def drawn(places: np.ndarray) -> np.ndarray:
    """What it draws at places (n, 2) of its map, (n, 16, 16)."""
    noise = latent.addresses(PLANE, places).astype(np.float32)
    return forger()(torch.from_numpy(noise))[:, 0].numpy()


def export(folder: Path, **changes: Any) -> Mapping[str, Path]:
    """The three files of the map, its facts as changed."""
    made, reader = forger(), dialreader.new_reader(SIZE).eval()
    layers = [shipped.folded([made.stem, *made.layers]), shipped.folded(reader)]
    sheet = ((drawn(latent.grid(SIDE, REACH)) + 1) / 2).astype(np.float32).reshape(SIDE, SIDE, SIZE, SIZE)
    facts = {
        "side": SIDE, "reach": REACH, "size": SIZE, "edge": SIDE * SIZE, "plane": PLANE.tolist(),
        "forger": [layer.facts() for layer in layers[0]], "reader": [layer.facts() for layer in layers[1]],
        "start": [1.0, 0.0], "said": {"age": [1, 0.9], "smile": [2, 0.8]}, "reads": ["age", "smile"], "names": 3,
        "weights": shipped.weight_count(layers[0]), "dark": [1.0, 0.12], "bright": [0.5, 0.7],
    } | changes  # fmt: skip
    files = {
        "map.json": json.dumps(facts).encode(),
        "sheet.webp": sprites.soft_sheet(sheet),
        "weights.txt": shipped.packed([*layers[0], *layers[1]]).encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in files}


def essay(folder: Path, words: str = WORDS, chapter: str = CHAPTER) -> Essay:
    """An essay of one chapter with the map in it."""
    files = {"essay.toml": OUTLINE, "chapters/05-island.md": chapter, "figures/island.yaml": words}
    files |= {"glossary.md": "# Glossary\n", "references.bib": "", "data.yaml": "{}\n"}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read(folder, CATALOGUE)


def results(folder: Path, **changes: Any) -> Results:
    """One run, and the map's export."""
    run = RunFacts("island", "run", asdict(RECIPE), 1.0, "a machine", {"torch": "2"}, "ab" * 32, False, 1)
    return Results(runs=(run,), exports={"island/map": export(folder, **changes), "island/other": {}})
