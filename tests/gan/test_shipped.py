"""Networks as the page runs them are the networks that were trained: the script itself, run by Node, against torch."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch
from torch import nn

from pipeline.gan import shipped
from pipeline.gan.dialreader import new_reader
from pipeline.gan.images import ImageForger
from pipeline.noise_map import Players
from pipeline.studies import faces, letters
from pipeline.study import Recipe

SCRIPT = Path(__file__).parents[2] / "theme" / "scripts" / "generator.js"


def forger(players: Players, recipe: Recipe) -> ImageForger:
    """An untrained one, whose norms have seen some noise and learnt weights of their own."""
    torch.manual_seed(0)
    made, _ = players(recipe)
    for norm in (part for part in made.modules() if isinstance(part, nn.BatchNorm2d)):
        nn.init.normal_(norm.weight, 1.0, 0.3)
        nn.init.normal_(norm.bias, 0.0, 0.3)
    for _ in range(30):
        made(torch.randn(64, 8))
    return made.eval()


@pytest.mark.parametrize("study", [faces, letters], ids=["faces", "letters"])
@torch.no_grad()
def test_page_draws_what_torch_draws(study: ModuleType) -> None:
    """At 100 addresses the page's picture differs from torch's by less than .01 anywhere, and so does its reading."""
    if shutil.which("node") is None:
        pytest.fail("Node 20 runs the page's script here: install it (Debian and Ubuntu: apt-get install nodejs)")
    made, reader = forger(study.players, study.RECIPE), new_reader(study.SIZE).eval()
    layers = [shipped.folded([made.stem, *made.layers]), shipped.folded(reader)]
    noise = torch.randn(100, 8)
    told = json.dumps([[layer.facts() for layer in some] for some in layers])
    program = SCRIPT.read_text() + (
        f"const [forger, reader] = shippedNetworks({told}, {json.dumps(shipped.packed(layers[0] + layers[1]))});"
        f"const drawn = {json.dumps(noise.tolist())}.map((z) => forger.run(Float32Array.from(z)));"
        "const read = drawn.map((picture) => Array.from(reader.run(picture)));"
        "console.log(JSON.stringify({ size: forger.size, drawn: drawn.map((p) => Array.from(p)), read }));"
    )
    found = json.loads(subprocess.run(["node"], input=program, capture_output=True, text=True, check=True).stdout)
    pictures = made(noise)
    assert np.abs(np.array(found["drawn"]).reshape(100, 1, study.SIZE, study.SIZE) - pictures.numpy()).max() < 0.01
    assert np.abs(np.array(found["read"]) - reader(pictures).numpy()).max() < 0.01
    assert found["size"] == shipped.weight_count(layers[0])


def test_what_a_page_cannot_run_is_named() -> None:
    """A layer without a plain form, or with another window, is refused by name."""
    with pytest.raises(ValueError, match="GELU"):
        shipped.folded([nn.Linear(2, 2), nn.GELU()])
    with pytest.raises(ValueError, match="only windows of 4"):
        shipped.folded([nn.Conv2d(1, 1, 3)])
