"""What several tests need: a workshop on a store of its own, without processes where none are tested."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest

from pipeline.crew import Crew, Hire
from pipeline.display import PlainDisplay
from pipeline.plan import Plan
from pipeline.store import Store
from pipeline.workshop import Workshop


def hire_thread(most: int) -> Crew:
    """One thread of this process: the same seam as processes, at once."""
    executor = ThreadPoolExecutor(1)
    return Crew(executor, 1, True, lambda: executor.shutdown(wait=True))


@pytest.fixture
def shop(tmp_path: Path) -> Callable[..., Workshop]:
    """shop(plan) -> a Workshop on a fresh store that later calls in the same test share."""

    def make(plan: Plan, hire: Hire = hire_thread, afresh: bool = False) -> Workshop:
        store = Store(tmp_path / "store")
        return Workshop(store, plan, PlainDisplay(StringIO()), tmp_path / "logs", hire, "tests.walks", afresh)

    return make
