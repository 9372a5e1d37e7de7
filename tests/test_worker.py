"""The far side: a worker does what it is told, with the code it was told, or says why not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.fingerprint import device
from pipeline.worker import Order, _teller, carry_out, modules_of, snapshot
from tests.walks import plan_of

JOB = plan_of("walk").jobs["export/walks/walk"]


def order() -> Order:
    """An order for the small study's recording, as the workshop would write it."""
    now = snapshot("tests.walks")
    return Order(
        job=JOB.id, stage=JOB.stage, study=JOB.study, name=JOB.name, parameters=JOB.parameters, inputs={},
        studies="tests.walks", key="k", sources={name: now[name] for name in modules_of(JOB.code)}, versions={},
        device=device(),
    )  # fmt: skip


def test_worker_delivers_files() -> None:
    """Files, seconds and the kind of machine come back."""
    delivery = carry_out(order())
    assert delivery.failure == ""
    assert set(delivery.files) == {"recording.npz", "recording.json", "weights.npz"}
    assert delivery.seconds > 0
    assert "," in delivery.machine


def test_worker_failure_comes_back_as_words() -> None:
    """The last line, and a log with what was printed and the traceback."""
    delivery = carry_out(replace(order(), name="broken"))
    assert delivery.failure == "ValueError: the ice was thin"
    assert "what it said before it fell" in delivery.log
    assert "Traceback" in delivery.log


def test_worker_refuses_to_work_with_other_code() -> None:
    """A module of the job that is not as it was when the build asked: no result under a wrong key."""
    delivery = carry_out(replace(order(), sources={"tests.walks": "other"}))
    assert "tests.walks changed while the build ran" in delivery.failure


def test_worker_refuses_to_work_with_other_versions() -> None:
    """On a cluster, another numpy is another result."""
    delivery = carry_out(replace(order(), versions={"numpy": "0.1"}))
    assert "but 0.1 where the build was started" in delivery.failure


def test_worker_refuses_other_colours() -> None:
    """A film for a palette that is not the theme's any more would be the wrong film."""
    delivery = carry_out(replace(order(), parameters={"colours": {"light": "x", "dark": "y"}}))
    assert "the theme's colours changed" in delivery.failure


def test_worker_tells_its_progress_in_a_file(tmp_path: Path) -> None:
    """Step and steps, whole at every moment, not more than four times a second."""
    place = tmp_path / "progress.json"
    tell = _teller(str(place))
    tell(1, 100)
    tell(2, 100)
    assert json.loads(place.read_text()) == {"step": 1, "steps": 100}
    assert [path.name for path in tmp_path.iterdir()] == ["progress.json"]


def test_worker_without_a_place_tells_nothing() -> None:
    """On a cluster without a shared disk there is nowhere to tell."""
    _teller(None)(1, 100)


@pytest.mark.parametrize("name", ["pipeline.stages", "pipeline.recording", "tests.walks"])
def test_worker_knows_the_modules_of_a_job(name: str) -> None:
    """All that the recording is made by."""
    assert name in modules_of(JOB.code)
