"""Runs the Lab's own scripts in Node, without a page, and hands back what a program says of them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipeline.site.assets import LAB

FOLDER = Path(__file__).parents[2] / "theme" / "lab"
CORE = LAB[: LAB.index("palette")]
"""Those that know no page."""


def told(program: str, **given: object) -> Any:
    """What ``program`` returns: the body of a function that sees the Lab's core and the given values by name."""
    if shutil.which("node") is None:
        pytest.fail("Node 20 runs the page's script here: install it (Debian and Ubuntu: apt-get install nodejs)")
    core = "\n".join((FOLDER / f"{name}.js").read_text("utf-8") for name in CORE)
    values = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    plain = "(_, value) => ArrayBuffer.isView(value) ? Array.from(value) : value"
    whole = f"{core}\n{values}console.log(JSON.stringify((() => {{ {program} }})(), {plain}));"
    done = subprocess.run(["node"], input=whole, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
