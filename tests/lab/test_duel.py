"""A whole duel of the Lab: the same settings, the same run; slow motion and full speed alike."""

from __future__ import annotations

import numpy as np
import pytest

from tests.lab.core import told

RECIPE = {
    "loss": "non-saturating", "penalty": "r1", "strength": 0.01, "layers": 2, "hidden": 16, "glasses": 4,
    "forgerRate": 1e-3, "detectiveRate": 3e-3, "critic": 2, "batch": 32, "noise": 2, "average": 0.9, "seed": 3,
}  # fmt: skip
PLAY = """const play = (some, how) => { const duel = new Duel({ ...recipe, ...some }, WORLDS.ring); how(duel);
    return [...duel.forger.numbers, ...duel.detective.numbers, ...duel.mean] };
    const steps = (count) => (duel) => { for (let k = 0; k < count; k++) duel.step() };"""


def test_same_seed_same_run() -> None:
    """The same recipe gives the same numbers to the last bit; another seed gives others."""
    one, same, other = told(PLAY + "return [play({}, steps(20)), play({}, steps(20)), play({ seed: 4 }, steps(20))]",
                            recipe=RECIPE)  # fmt: skip
    assert one == same
    assert not np.allclose(one, other)


def test_slow_motion_is_the_same_run() -> None:
    """Phase by phase, watched, a round is what it is at full speed, and its phases come in their order."""
    fast, slow, phases = told(
        PLAY + """const phases = [];
        const slowly = (duel) => { duel.slow = true; while (duel.steps < 5) phases.push(duel.advance()) };
        return [play({}, steps(5)), play({}, slowly), phases.slice(0, phases.length / 5)]""",
        recipe=RECIPE,
    )  # fmt: skip
    assert fast == slow
    turn = ["noise", "forge", "judge", "blame", "detective"]
    assert phases == [*turn, *turn, "again", "forger"]


def test_what_one_looks_at_changes_nothing() -> None:
    """Measuring and drawing on the way leave the run as it is."""
    plain, watched = told(
        PLAY + """const look = (duel) => { const lens = new Lens(duel, 3), gauge = new Gauge(duel.world, 3);
            for (let k = 0; k < 8; k++) { duel.step(); lens.turn(duel.mean, duel.detective.numbers);
                gauge.gap(lens.forge(COUNTED)); lens.survey(); lens.pull() } };
        return [play({}, steps(8)), play({}, look)]""",
        recipe=RECIPE,
    )  # fmt: skip
    assert plain == watched


def test_shown_forger_is_the_running_mean() -> None:
    """With a decay of 0.9 the forger shown is the mean of its past selves; with none it is itself."""
    said = told(
        """const duel = new Duel(recipe, WORLDS.ring), itself = new Duel({ ...recipe, average: 0 }, WORLDS.ring);
        const past = [duel.forger.numbers.slice()];
        for (let k = 0; k < 4; k++) { duel.step(); past.push(duel.forger.numbers.slice()) }
        return { past: past.map((one) => Array.from(one)), mean: duel.mean,
            same: itself.mean === itself.forger.numbers }""",
        recipe=RECIPE,
    )
    mean = np.array(said["past"][0])
    for numbers in said["past"][1:]:
        mean = 0.9 * mean + 0.1 * np.array(numbers)
    assert np.allclose(said["mean"], mean, atol=1e-12)
    assert said["same"] is True


def test_detective_begins_at_one_half_with_glasses() -> None:
    """At first it says the same everywhere, and its first weights are as much larger as the glasses say."""
    said = told(
        """const plain = new Duel({ ...recipe, glasses: 1 }, WORLDS.ring), sharp = new Duel(recipe, WORLDS.ring);
        return [plain, sharp].map(({ detective: { layers: [first, , last] } }) =>
            [first.weight, first.bias, last.weight].map((one) => Array.from(one)))""",
        recipe=RECIPE,
    )
    plain, sharp = said
    assert np.allclose(np.array(sharp[0]), 4 * np.array(plain[0]))
    assert np.allclose(np.array(sharp[1]), 8 * np.array(plain[1]))
    assert set(sharp[2]) == {0.0}
    assert np.abs(plain[0]).max() <= 2**-0.5


@pytest.mark.parametrize("loss", ["non-saturating", "least-squares"])
def test_a_little_training_closes_some_of_the_gap(loss: str) -> None:
    """Four hundred rounds on two hills bring the gap well below where it began, and not below its floor."""
    first, last, floor = told(
        """const duel = new Duel({ ...recipe, loss, critic: 1, average: 0, batch: 64, forgerRate: 2e-3 }, WORLDS.hills);
        const lens = new Lens(duel, 3), gauge = new Gauge(duel.world, 3);
        const gap = () => { lens.turn(duel.mean, duel.detective.numbers); return gauge.gap(lens.forge(COUNTED)) };
        const first = gap(); for (let k = 0; k < 400; k++) duel.step();
        return [first, gap(), gauge.floor]""",
        recipe=RECIPE, loss=loss,
    )  # fmt: skip
    assert first > 0.5
    assert floor < last < 0.6 * first
