"""Mode collapse: all its duels for a few steps, and how modes and seeds are counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.recording import Recording, Series
from pipeline.studies import mode_collapse
from tests.studies.few_steps import drawn, measured, recorded

STUDY = mode_collapse.STUDY


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    """Four steps of each duel."""
    return recorded(STUDY)


def test_every_duel_counts_modes_and_hits(recordings: dict[str, Recording]) -> None:
    """Modes are 0 to 8 and hits a share, at every look, in every duel; the film's marks move."""
    for recording in recordings.values():
        modes, hits = recording.curves["modes"][1], recording.curves["hits"][1]
        assert modes.shape[0] == 5 and (modes >= 0).all() and (modes <= 8).all()
        assert (hits >= 0).all() and (hits <= 1).all()
    found = measured(STUDY, recordings)
    assert found["seeds"] == 5 and found["stride_ratio"] == pytest.approx(20.0)
    assert isinstance(found["healthy_modes"], Series)
    for first, _, last in drawn(STUDY, recordings):
        assert (first != last).any()


def test_both_players_of_the_film_keep_step() -> None:
    """Healthy and collapsed run for as many steps on one clock, so that one scrubber serves both."""
    healthy, collapsed = STUDY.duels["healthy"].recipe, STUDY.duels["collapsed"].recipe
    assert healthy.frame_steps() == collapsed.frame_steps()


def test_seeds_are_counted_by_the_stated_rule(recordings: dict[str, Recording]) -> None:
    """Healthy: eight modes and nine in ten; collapsed: two modes or fewer."""
    ends = np.array([[8.0], [8.0], [7.0], [8.0], [2.0]])
    hits = np.array([[0.95], [0.89], [0.99], [0.90], [0.0]])
    curves = {"modes": (np.array([4]), ends), "hits": (np.array([4]), hits)}
    counted = {name: replace(recording, curves=curves) for name, recording in recordings.items()}
    assert mode_collapse.healthy_seeds(counted) == 2
    assert mode_collapse.collapsed_seeds(counted) == 1
    values = {value.name: value for value in mode_collapse.summary("packed")}
    assert values["packed_median_modes"].measure(counted) == 8
    assert values["packed_median_hits"].measure(counted) == 0.90
    assert values["packed_full"].measure(counted) == 3
