"""What a build costs: each stage's seconds as it last ran, from the manifests, and a build with nothing to do."""

from __future__ import annotations

import subprocess
import sys
import time

from pipeline.errors import EssayError
from pipeline.house import House
from pipeline.publishing import published_from
from pipeline.store import Artefact, Store


def artefacts() -> list[Artefact]:
    """What the published site is made from."""
    house = House()
    found = published_from(house.place("full"), Store(house.store))
    if not found:
        raise EssayError("Nothing is published yet. Run make build first: its cost is what is told here.")
    return found


def stages(found: list[Artefact]) -> list[tuple[str, int, float, int, str, float]]:
    """Stage, jobs, seconds in all, bytes, and the longest job with its seconds."""
    rows = []
    for stage in dict.fromkeys(artefact.stage for artefact in found):
        made = [artefact for artefact in found if artefact.stage == stage]
        longest = max(made, key=lambda artefact: artefact.seconds)
        rows.append(
            (
                stage, len(made), sum(a.seconds for a in made), sum(a.size for a in made),
                str(longest.manifest["job"]), longest.seconds,
            )
        )  # fmt: skip
    return rows


def nothing_to_do(times: int = 5) -> float:
    """Seconds of `python -m pipeline build` where nothing changed, the median of some; start of Python included."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "pipeline", "build"], capture_output=True, text=True, check=True)
        took.append(time.perf_counter() - began)
        if not done.stdout.startswith("Nothing to do"):
            raise EssayError("The site is not up to date. Run make build first.")
    return sorted(took)[times // 2]


def bare_python(times: int = 5) -> float:
    """Seconds that Python itself takes to start: the floor under the number above."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", ""], check=True)
        took.append(time.perf_counter() - began)
    return sorted(took)[times // 2]
