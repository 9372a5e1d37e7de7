"""Who does the work: worker processes of this machine, or a Dask cluster, behind one seam.

The seam is the standard library's ``concurrent.futures.Executor``. Nothing else in the project
knows loky or Dask.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from pipeline.errors import EssayError, ToolMissing
from pipeline.worker import ONE_THREAD, begin


@dataclass(frozen=True)
class Crew:
    """Some workers."""

    executor: Executor
    places: int
    """Jobs that can run at once."""
    local: bool
    """Whether the workers see this machine's disk."""
    dismiss: Callable[[], None]
    """Stops the workers at once, whatever they are doing."""


Hire = Callable[[int], Crew]
"""hire(most) -> a crew of at most that many places."""


def local_crew(most: int) -> Crew:
    """loky processes, as many as cores (all that this process may use), each with one thread."""
    import loky

    places = max(1, min(most, loky.cpu_count()))
    # The workers' environment; MPLBACKEND spares matplotlib the search for a window system.
    executor = loky.ProcessPoolExecutor(
        max_workers=places, initializer=begin, env={**ONE_THREAD, "MPLBACKEND": "agg"}
    )
    return Crew(executor, places, True, lambda: executor.shutdown(wait=True, kill_workers=True))


def cluster_crew(address: str) -> Hire:
    """The workers of a Dask scheduler, such as tcp://host:8786, each running a checkout of this project."""

    def hire(most: int) -> Crew:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError:
            raise ToolMissing(
                "CLUSTER is set, but Dask is not installed here. Install it: "
                ".venv/bin/pip install -r requirements-cluster.lock"
            ) from None
        try:
            client = distributed.Client(address, timeout="10s", set_as_default=False)
        except OSError as fault:
            raise EssayError(f"No Dask scheduler answers at CLUSTER={address} ({fault}).") from None
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            client.close()
            raise EssayError(f"The Dask scheduler at CLUSTER={address} has no workers.")
        executor = client.get_executor(pure=False, retries=0)
        return Crew(executor, max(1, min(most, workers)), False, client.close)

    return hire


def hire_from_environment() -> Hire:
    """The cluster named by CLUSTER, or this machine."""
    address = os.environ.get("CLUSTER", "").strip()
    return cluster_crew(address) if address else local_crew
