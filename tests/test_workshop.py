"""The workshop, on the small study of tests.walks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.crew import cluster_crew, local_crew
from pipeline.errors import JobsFailed
from pipeline.workshop import Workshop
from tests.walks import plan_of

Shop = Callable[..., Workshop]


def test_workshop_runs_what_is_missing_and_reuses_the_rest(shop: Shop) -> None:
    """A second run of the same plan does nothing and gives the same artefacts."""
    first = shop(plan_of("walk", "measure")).run()
    second = shop(plan_of("walk", "measure")).run()
    assert [o.reused for o in first.values()] == [False, False]
    assert [o.reused for o in second.values()] == [True, True]
    assert {name: o.artefact.output for name, o in first.items()} == {n: o.artefact.output for n, o in second.items()}


def test_workshop_goes_back_to_old_parameters_without_work(shop: Shop) -> None:
    """Parameters changed and changed back are a hit."""
    shop(plan_of("walk")).run()
    changed = shop(plan_of("walk", parameters={"turn": 1})).run()
    back = shop(plan_of("walk")).run()
    assert not changed["export/walks/walk"].reused
    assert back["export/walks/walk"].reused


def test_workshop_cuts_off_where_the_content_is_as_before(shop: Shop) -> None:
    """A job that runs again and gives the same bytes leaves what hangs on it alone."""
    shop(plan_of("walk", "measure")).run()
    again = shop(plan_of("walk", "measure", parameters={"turn": 1})).run()
    assert not again["export/walks/walk"].reused
    assert again["measure/walks"].reused


def test_workshop_afresh_ignores_the_store(shop: Shop) -> None:
    """With afresh everything runs, and what was there stays as good as what came second."""
    before = shop(plan_of("walk")).run()
    after = shop(plan_of("walk"), afresh=True).run()
    assert not after["export/walks/walk"].reused
    assert before["export/walks/walk"].artefact.output == after["export/walks/walk"].artefact.output


def test_workshop_failure_does_not_stop_the_others(shop: Shop, tmp_path: Path) -> None:
    """The message names the job, its study and its log; other jobs are done and kept."""
    workshop = shop(plan_of("broken", "walk", "measure"))
    with pytest.raises(JobsFailed) as failed:
        workshop.run()
    message = str(failed.value)
    assert "1 job failed" in message
    assert "export/walks/broken (study walks): ValueError: the ice was thin" in message
    log = tmp_path / "logs" / "export-walks-broken.log"
    assert str(log) in message
    assert "Traceback" in log.read_text()
    assert set(workshop.outcomes) == {"export/walks/walk", "measure/walks"}


def test_workshop_names_what_could_not_be_tried(shop: Shop) -> None:
    """Jobs that need a failed one are skipped and listed."""
    plan = plan_of("walk", "measure")
    plan.jobs["export/walks/walk"].__dict__["name"] = "broken"
    with pytest.raises(JobsFailed, match="not tried, for want of these: measure/walks"):
        shop(plan).run()


def test_workshop_survives_a_worker_that_dies(shop: Shop) -> None:
    """A job that kills its worker twice is named; the others are done in new workers."""
    workshop = shop(plan_of("deadly", "walk", "measure"), local_crew)
    with pytest.raises(JobsFailed, match=r"export/walks/deadly.*died twice"):
        workshop.run()
    assert set(workshop.outcomes) == {"export/walks/walk", "measure/walks"}


def test_workshop_makes_damaged_artefacts_again(shop: Shop) -> None:
    """A file changed in the store, even at the same size, is noticed, named and made anew."""
    artefact = shop(plan_of("walk")).run()["export/walks/walk"].artefact
    damaged = artefact.files["weights.npz"]
    damaged.write_bytes(damaged.read_bytes()[::-1])
    workshop = shop(plan_of("walk"))
    outcome = workshop.run()["export/walks/walk"]
    assert not outcome.reused
    assert outcome.artefact.output == artefact.output
    assert any("weights.npz does not match its hash" in sentence for sentence in workshop.store.damage)


@contextmanager
def dask_scheduler(workers: int) -> Iterator[str]:
    """A real scheduler with workers in processes of their own."""
    import distributed

    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def test_workshop_gives_the_same_on_a_dask_cluster(shop: Shop, tmp_path: Path) -> None:
    """Through a scheduler with two workers the same plan gives the same bytes, and failures come back."""
    here = {name: o.artefact.output for name, o in shop(plan_of("walk", "measure")).run().items()}
    with dask_scheduler(workers=2) as address:
        there = shop(plan_of("walk", "measure", "broken"), cluster_crew(address), afresh=True)
        with pytest.raises(JobsFailed, match="the ice was thin"):
            there.run()
    assert {name: o.artefact.output for name, o in there.outcomes.items()} == here
    assert not any(o.reused for o in there.outcomes.values())


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workshop_interrupted_leaves_nothing_half(tmp_path: Path, kind: signal.Signals) -> None:
    """Whatever ends a build, the store holds whole artefacts only, and no worker outlives it for long."""
    began = tmp_path / "began"
    program = (
        "import sys, signal\n"
        "from pathlib import Path\n"
        "from pipeline.crew import local_crew\n"
        "from pipeline.display import PlainDisplay\n"
        "from pipeline.store import Store\n"
        "from pipeline.workshop import Workshop\n"
        "from tests.walks import plan_of\n"
        "def end(*_): raise KeyboardInterrupt\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "root = Path(sys.argv[1])\n"
        "if __name__ == '__main__':\n"
        "    store, plan = Store(root / 'store'), plan_of('walk', 'slow')\n"
        "    shop = Workshop(store, plan, PlainDisplay(), root, local_crew, 'tests.walks')\n"
        "    try: shop.run()\n"
        "    except KeyboardInterrupt: sys.exit(130)\n"
    )
    (tmp_path / "go.py").write_text(program)
    environment = {**os.environ, "SLOW_BEGAN": str(began), "PYTHONPATH": str(Path(__file__).parents[1])}
    build = subprocess.Popen([sys.executable, str(tmp_path / "go.py"), str(tmp_path)], env=environment)
    deadline = time.monotonic() + 60
    while not (began.exists() and list(tmp_path.glob("store/export/[!.]*/manifest.json"))):  # published, not beside
        assert time.monotonic() < deadline
        assert build.poll() is None
        time.sleep(0.05)
    build.send_signal(kind)
    status = build.wait(timeout=60)
    assert status == (-9 if kind == signal.SIGKILL else 130)
    folders = list((tmp_path / "store" / "export").iterdir())
    assert len(folders) == 1
    manifest = json.loads((folders[0] / "manifest.json").read_bytes())
    assert {p.name for p in folders[0].iterdir()} == {"manifest.json", *manifest["files"]}
