"""The data of a player, from the small hill that the browser tests walk as well."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.essay import read
from pipeline.essay.model import Essay, Placement
from pipeline.results import Results
from pipeline.site.films import Player, player_of
from tests.browser import hill

BOOK = Path(__file__).parent.parent / "browser" / "book"


@pytest.fixture(scope="module")
def essay() -> Essay:
    """The hill's essay."""
    return read(BOOK, hill.catalogue())


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The hill's results, with files that are there but hold nothing."""
    return hill.results(tmp_path_factory.mktemp("store"), filmed=False)


@pytest.fixture(scope="module")
def player(essay: Essay, results: Results) -> Player:
    """The player of the climb."""
    return player_of(Placement("film", "hill/climb", "alt", "caption", 1), "1.1", essay, results)


def data_of(player: Player) -> dict[str, object]:
    """What the page's script is given."""
    match = re.fullmatch(r'essay\.film\("hill/climb", (\{.*\})\);\n', player.script)
    assert match
    data: dict[str, object] = json.loads(match[1])
    return data


def test_player_names_every_file_it_needs(player: Player) -> None:
    """Films and posters of both themes and the run's files are in the list of what to copy, and exist."""
    linked = [*player.films.values(), *player.posters.values()]
    linked += [file.path for run in player.provenance.runs for file in run.downloads]
    assert sorted(linked) == sorted(player.files)
    assert all(path.is_file() for path in player.files.values())


def test_player_at_its_poster_prints_what_the_script_will_show(player: Player) -> None:
    """The numbers of the page without scripts are those of the script at the poster's frame."""
    data = data_of(player)
    assert data["poster"] == player.poster_frame
    assert player.step == f"{hill.STEPS[hill.POSTER]:,}"
    for shown in player.readouts:
        assert data["readouts"][shown.value]["text"][hill.POSTER] == shown.text[player.poster_frame]  # type: ignore[index]
    assert player.line.startswith("The walker is high")


def test_script_is_ascii_and_has_an_entry_for_every_frame(player: Player) -> None:
    """The data file is plain ASCII, and steps, numbers and bars have one entry a frame."""
    assert player.script.isascii()
    data = data_of(player)
    assert len(data["steps"]) == hill.FRAMES  # type: ignore[arg-type]
    for readout in data["readouts"].values():  # type: ignore[attr-defined]
        assert {len(values) for values in readout.values()} == {hill.FRAMES}


def test_description_is_filled_with_the_numbers_of_the_run(player: Player) -> None:
    """The longer description carries the measured number."""
    assert player.description == "A square moves up to 1.00\u00a0bits."


def test_tones_carry_the_voice_of_their_role(player: Player) -> None:
    """Each reference tone has words, pitch, harmonics and side of its role."""
    fork, reed = player.tones
    assert (fork.words, fork.hz, fork.decay) == ("the tuning fork", 440.0, 3.5)
    assert (reed.hz, reed.pan, reed.decay) == (330.0, -0.55, 0.0)


def test_moments_run_from_the_first_step_to_the_last(player: Player) -> None:
    """The table of numbers begins at the first step and ends at the last, each step once."""
    steps = [moment.step for moment in player.moments]
    assert (steps[0], steps[-1], len(set(steps))) == ("0", "1,000", len(steps))


def test_provenance_shows_the_seed_that_was_not_drawn_by_luck(player: Player) -> None:
    """Every seed has its ticket, and one is marked as the one shown."""
    assert [(t.seed, t.number, t.unit, t.shown) for t in player.provenance.tickets] == [
        (3, "0.90", "bits", False),
        (5, "1.00", "bits", True),
    ]
    assert player.provenance.count == "Two"


def test_provenance_prints_claims_as_measured(player: Player) -> None:
    """A claim is printed with its bound as its author wrote it, with what was measured, and whether that is enough."""
    assert [(c.words, c.measured, c.met) for c in player.provenance.claims] == [
        ("The walker ends at 0.95 or more", "1", True),
        ("The walker takes 500 steps or fewer", "1,000", False),
    ]


def test_player_without_sound_track_or_tones_is_whole(essay: Essay, results: Results) -> None:
    """A silent figure without a curve has no tones and no curve, and still its numbers."""
    silent = player_of(Placement("film", "hill/descent", "alt", "caption", 1), "1.2", essay, results)
    assert (silent.sound, silent.tones, silent.curve) == (False, (), None)
    assert len(silent.readouts) == 1
