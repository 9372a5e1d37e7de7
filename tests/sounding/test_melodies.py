"""What runs sound like: the rules of each melody, and its meaning heard back as the guards demand."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from pipeline.recording import Series
from pipeline.sounding import hearing, master, melodies, tones
from pipeline.sounding.clock import CONTROL
from pipeline.sounding.score import Score
from tests.sounding import runs


def mono_of(score: Score) -> np.ndarray:
    """The mastered clip, folded to mono."""
    return master.mastered(score.render()).mean(axis=1)


def test_hiss_gives_way_to_a_rising_tone() -> None:
    """The tone stands at share_pitch of the quality, the breath fades with it, and ten bells at most ring."""
    on = runs.clock()
    score = melodies.hiss_to_tone(on, runs.rising(on))
    pitch = score.meanings[0]
    assert pitch.asked == pytest.approx(tones.share_pitch(pitch.means.values))
    assert score.airs[0].gain[0] > 0.35
    assert score.airs[0].gain[-1] < 0.01
    assert [note.hz for note in score.notes] == pytest.approx([275 * 4 ** (k / 10) for k in range(1, 10)])


def test_beats_slow_as_the_gap_closes_and_stop_at_the_floor() -> None:
    """The reed is beat_rate above the fork, and on it where the gap is at its floor."""
    on = runs.clock(power=0.6)
    gap = runs.closing(on)
    score = melodies.beating(on, gap, runs.sinking(on), floor=float(gap.values[-1]))
    reed = score.held[1].hz
    assert reed[0] == pytest.approx(464.0, abs=1.5)
    assert reed[-1] == pytest.approx(440.0, abs=0.05)
    assert np.all(np.diff(reed) < 1e-9)


def test_verdicts_leave_each_tenth_slot_to_the_fork_and_sink_when_they_repeat() -> None:
    """Every tenth note is the fork at home; a repeated pluck sinks to 45 % and is back at 1 when it moves."""
    on = runs.clock()
    steps = np.array(on.recipe.frame_steps())
    score = melodies.verdicts(on, Series(steps, np.where(steps < on.recipe.steps / 2, 1.0, 0.5)))
    forks = [note.onset for note in score.notes if note.role == "real"]
    assert forks == pytest.approx([1.8, 3.8, 5.8, 7.8])
    plucks = [note for note in score.notes if note.role == "detective"]
    assert [round(note.hz) for note in (plucks[0], plucks[-1])] == [1320, 440]
    assert plucks[0].gain == 1.0
    assert plucks[20].gain == pytest.approx(0.45)
    assert max(note.gain for note in plucks if note.hz < 500) == 1.0


def test_two_losses_alternate_and_never_overlap() -> None:
    """Forger's notes stand on the beat, the detective's a quarter of a second later; none lasts into the next."""
    on = runs.clock()
    forger, detective = runs.losses(on)
    score = melodies.two_losses(on, forger, detective)
    alone = [note for note in score.notes if note.role != "real"]
    for before, after in itertools.pairwise(alone):
        assert before.onset + before.seconds <= after.onset + 1e-9
    assert {note.onset % 0.5 for note in alone if note.role == "forger"} == {0.0}
    assert {note.onset % 0.5 for note in alone if note.role == "detective"} == {0.25}


def test_beat_with_a_crossing_becomes_a_chord_on_the_meeting_pitch() -> None:
    """Two lines that meet once at ln 2 give one chord 440, 660, 880, and no note of either voice in that beat."""
    on = runs.clock(steps=800, power=1.0, seconds=8.0)
    steps = np.arange(801)
    swing = 0.3 * (steps - 425) / 425
    score = melodies.two_losses(on, Series(steps, np.log(2) - swing), Series(steps, np.log(2) + swing))
    chord = [note for note in score.notes if note.role == "real"]
    assert [note.hz for note in chord] == pytest.approx([440.0, 660.0, 880.0])
    assert {note.onset for note in chord} == {4.0}
    assert not [note for note in score.notes if 4.0 <= note.onset < 4.5 and note.role != "real"]
    assert 4.0 not in score.meanings[0].means.starts


def test_mirrored_voices_move_apart_from_home() -> None:
    """For one value the two notes lie equally far on either side of 440 Hz, and each rises with its own value."""
    on = runs.clock()
    steps = np.arange(2001)
    score = melodies.mirrored(on, Series(steps, -np.log(4) + np.full(2001, 0.3)))
    low, high = (next(note.hz for note in score.notes if note.role == role) for role in ("forger", "detective"))
    assert low < 440 < high
    assert low * high == pytest.approx(440**2)


def test_whole_duel_ends_in_a_chord() -> None:
    """The last seconds are the chord alone; everything else is over by then."""
    on = runs.clock(seconds=13.0)
    forger, detective = runs.losses(on)
    score = melodies.whole_duel(on, runs.rising(on), forger, detective)
    assert score.seconds == 13.0
    assert max(note.onset + note.seconds for note in score.notes if note.role != "real") == pytest.approx(8.0)
    assert sorted(voice.hz[0] for voice in score.held) == [330.0, 440.0, 550.0, 660.0]
    points = np.arange(len(score.held[0].gain)) / CONTROL
    for voice in score.held:
        assert not voice.gain[points <= 8.0].any() and voice.gain[-1] == 0
        assert voice.gain[(points > 8.5) & (points < 11.7)].min() == pytest.approx(0.5)


def test_whole_duel_may_hear_losses_widely() -> None:
    """With the wide rule a loss four times that of a draw is an octave above home, not a twelfth and more."""
    on = runs.clock(seconds=13.0)
    steps = np.arange(on.recipe.steps)
    far, draw = (Series(steps, np.full(len(steps), loss)) for loss in (4 * np.log(2), np.log(2)))
    score = melodies.whole_duel(on, runs.rising(on), far, draw, rule=tones.wide_loss_pitch)
    assert {round(note.hz) for note in score.notes if note.role == "forger"} == {880}
    assert {round(note.hz) for note in score.notes if note.role == "detective"} == {440}


def test_bars_take_turns_and_step_through_the_covered_modes() -> None:
    """Even bars are the healthy side's, odd ones the other's; each plays the notes of its modes in order."""
    healthy, collapsed = runs.sides()
    score = melodies.bars_by_turns((healthy, collapsed))
    last = [note for note in score.notes if 6.0 <= note.onset < 7.0]
    assert [note.hz for note in last] == pytest.approx(list(tones.EIGHT))
    assert {note.pan for note in last} == {-0.55}
    odd = [note for note in score.notes if 7.0 <= note.onset < 8.0]
    assert len(odd) == 8
    assert len({note.hz for note in odd}) == 1


def test_bar_takes_the_frame_with_the_most_hits_of_those_it_shows() -> None:
    """Of the frames whose moment lies in the bar, the best is played, by a second route."""
    side = runs.sides()[1]
    shown = [i for i, t in enumerate(side.clock.times(side.frame_steps)) if 3.0 < t < 4.0]
    best = max(shown, key=lambda i: side.shares[i].sum())
    assert side.shares[melodies.best_frame(side, 3.0, 4.0)].sum() == pytest.approx(side.shares[best].sum())


def test_forger_without_a_mode_is_breath_alone() -> None:
    """A bar of a run that hits nothing has no note and the fullest breath."""
    on = runs.clock(seconds=2.0)
    steps = np.array(on.recipe.frame_steps())
    score = melodies.bars_by_turns([melodies.Side("lost", on, steps, np.zeros((len(steps), 8)), 0.0)])
    assert not score.notes
    assert score.airs[0].gain.max() == pytest.approx(0.28)


MELODIES = {
    "hiss_to_tone": lambda on: melodies.hiss_to_tone(on, runs.rising(on)),
    "beating": lambda on: melodies.beating(on, runs.closing(on), runs.sinking(on), 0.004),
    "verdicts": lambda on: melodies.verdicts(on, runs.sinking(on)),
    "two_losses": lambda on: melodies.two_losses(on, *runs.losses(on)),
    "mirrored": lambda on: melodies.mirrored(on, Series(np.arange(2001), runs.losses(on)[1].values - 2.0)),
    "bars_by_turns": lambda on: melodies.bars_by_turns(runs.sides()),
}


@pytest.mark.parametrize("name", MELODIES)
def test_melody_keeps_the_pitch_it_was_told(name: str) -> None:
    """Wherever the ear is sure of a note it is within 3 cents of the rule, in the median."""
    score = MELODIES[name](runs.clock())
    for meaning in score.meanings:
        if meaning.heard_as == "pitch":
            assert np.nanmedian(np.abs(hearing.pitch_errors(mono_of(score), meaning))) < 3


def test_swapped_voices_are_noticed() -> None:
    """If the forger's notes carry the detective's loss and the other way round, the guard hears it."""
    on = runs.clock()
    score = melodies.two_losses(on, *runs.losses(on))
    first, second = score.meanings
    swapped = replace(first, means=replace(first.means, values=second.means.values))
    assert hearing.hear(mono_of(score), first).pearson > 0.95
    assert hearing.hear(mono_of(score), swapped).pearson < 0.5
