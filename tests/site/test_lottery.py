"""The strip of seeds: one scale for all, the film's clock, and words for the curve."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.essay import read
from pipeline.essay.model import StudyWords
from pipeline.results import Results, SeriesFacts
from pipeline.site.lottery import tickets
from tests.browser import conftest, hill


@pytest.fixture(scope="module")
def words() -> StudyWords:
    """The words of the hill."""
    return read(conftest.HERE / "book", hill.catalogue()).words["hill"]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The hill's numbers."""
    return hill.results(tmp_path_factory.mktemp("store"), filmed=False)


def test_every_seed_has_its_curve_and_its_words(results: Results, words: StudyWords) -> None:
    """Each ticket has a path across the whole width, and tells its value at first, halfway and at the end."""
    low, shown = tickets(results.runs[0], "climb", results, words)
    assert (low.shown, shown.shown) == (False, True)
    assert shown.way.startswith("M0 ") and "L1000 4" in shown.way
    assert low.told == ("0.090\u00a0bits", "0.53\u00a0bits", "0.90\u00a0bits")


def test_curves_share_the_scale_and_the_floor_of_the_track(results: Results, words: StudyWords) -> None:
    """On the track's log scale the higher seed ends at the top, the lowest point of all lies at the bottom."""
    low, shown = tickets(results.runs[0], "climb", results, words)
    assert low.way.startswith("M0 94")
    assert low.floor == shown.floor
    assert low.floor is not None
    assert 80 < low.floor < 94


def test_another_value_than_the_track_s_has_no_floor(results: Results, words: StudyWords) -> None:
    """Under a figure without that track the curves are linear, with no floor to draw."""
    assert tickets(results.runs[0], "descent", results, words)[0].floor is None


def test_ends_alone_give_numbers_without_curves(results: Results, words: StudyWords) -> None:
    """Where no ways were kept a ticket is its number."""
    bare = SeriesFacts((0, 1000), (0.1, 1.0), ends=(0.9, 1.0))
    made = tickets(results.runs[0], "climb", replace(results, values={**results.values, "hill.height": bare}), words)
    assert [(ticket.number, ticket.way, ticket.told) for ticket in made] == [("0.90", "", ()), ("1.00", "", ())]


def test_one_seed_makes_no_lottery(results: Results, words: StudyWords) -> None:
    """Where one seed was trained there is no strip."""
    bare = SeriesFacts((0, 1000), (0.1, 1.0))
    assert tickets(results.runs[0], "climb", replace(results, values={"hill.height": bare}), words) == ()
