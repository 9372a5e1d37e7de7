"""Lighthouse over every page of the published folder, as a phone on slow 4G would meet it.

The folder is sent by the project's own server, compressed as any host would. What does not depend on time must
hold at once; a page that is late is measured twice more, and its median counts: the load of the machine is in
every number of time.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from audits import tools
from pipeline.errors import EssayError
from pipeline.site.sending import Sender

PERFORMANCE = 98
"""The least score."""
LCP = 1.8
"""Seconds until the largest thing of the first screen stands, at most."""
CLS = 0.02
"""Of the screen times the way it moved, at most."""
ALWAYS_FULL = ("accessibility", "best-practices", "seo")
WHOLE = "print.html"
"""All chapters on one page, made for paper: its speed is told, not judged."""


@dataclass(frozen=True)
class Score:
    """One page, once."""

    page: str
    performance: int
    accessibility: int
    best_practices: int
    seo: int
    lcp: float
    """Seconds; so fcp."""
    cls: float
    fcp: float
    tbt: float
    """Milliseconds in which the page could not answer."""
    missed: tuple[str, ...]
    """Names of audits that cost a point, but for those of performance."""

    @property
    def faults(self) -> tuple[str, ...]:
        """What is below its target whatever the machine's load."""
        low = [f"{name} {score}" for name in ALWAYS_FULL if (score := getattr(self, name.replace("-", "_"))) < 100]
        moved = [f"CLS {self.cls:.3f}"] if self.cls >= CLS else []
        return (*low, *moved)

    @property
    def late(self) -> tuple[str, ...]:
        """What is slower than its target."""
        if self.page == WHOLE:
            return ()
        slow = [f"performance {self.performance}"] if self.performance < PERFORMANCE else []
        return (*slow, *([f"LCP {self.lcp:.2f} s"] if self.lcp > LCP else []))


def audit(place: Path, timed: bool = True) -> list[str]:
    """What is below its target, page by page; empty when nothing is. Prints a table on the way.

    Not ``timed``, speed is told and not judged: the scores of a busy machine are its own, not the pages'.
    """
    pages = sorted(path.name for path in place.glob("*.html"))
    if not pages:
        raise EssayError(f"There is no site at {place}. Run make build first.")
    tools.node_folder()  # installed before anything is timed
    with served(place) as base:
        first = {score.page: score for score in measure(base, pages)}
        late = [page for page, score in first.items() if timed and score.late]
        again = list(measure(base, late * 2)) if late else []
    scores = [middle([first[page], *(score for score in again if score.page == page)]) for page in pages]
    print(table(scores))
    return [f"{score.page}: {fault}" for score in scores for fault in (*score.faults, *(score.late if timed else ()))]


def measure(base: str, pages: Sequence[str]) -> Iterator[Score]:
    """One run over each of some pages; each is told as it is done."""
    folder = tools.node_folder()
    shutil.copyfile(tools.HERE / "lighthouse.mjs", folder / "lighthouse.mjs")
    asked = ["node", str(folder / "lighthouse.mjs"), tools.find("chromium"), base, *pages]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as running:
        for count, line in enumerate(running.stdout or (), start=1):
            score = score_of(json.loads(line))
            print(f"[{count:3}/{len(pages)}] {score.page}: {score.performance}, LCP {score.lcp:.2f} s", flush=True)
            yield score
    if running.returncode:
        raise EssayError(f"Lighthouse ended with {running.returncode}.")


def score_of(told: dict[str, Any]) -> Score:
    """What the script told of a page."""
    return Score(**{name.replace("-", "_"): value for name, value in told.items()} | {"missed": tuple(told["missed"])})


def middle(runs: Sequence[Score]) -> Score:
    """The run whose performance is the median; of equal ones, the one with the median LCP."""
    ordered = sorted(runs, key=lambda run: (run.performance, -run.lcp))
    return ordered[(len(ordered) - 1) // 2]


def table(scores: Sequence[Score]) -> str:
    """The scores as lines of text."""
    width = max(len(score.page) for score in scores)
    head = f"{'':{width}}  perf  acc best  seo   LCP s    CLS  FCP s TBT ms"
    rows = [
        f"{s.page:{width}}  {s.performance:4} {s.accessibility:4} {s.best_practices:4} {s.seo:4}  {s.lcp:6.2f} "
        f"{s.cls:6.3f} {s.fcp:6.2f} {s.tbt:6.0f}  {' '.join(s.missed)}".rstrip()
        for s in scores
    ]
    typical = statistics.median(score.lcp for score in scores)
    return "\n".join(["Lighthouse, mobile, simulated slow 4G", head, *rows, f"median LCP {typical:.2f} s"])


@contextmanager
def served(place: Path) -> Iterator[str]:
    """The folder on a free port of this machine; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Sender, place, None))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
