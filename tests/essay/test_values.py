"""What inline values mean, against the catalogue and in the results."""

import math
from pathlib import Path

import pytest

from pipeline.essay import names, values
from pipeline.essay.expressions import parse
from pipeline.essay.faults import Fault
from tests.essay.small import CATALOGUE, RESULTS


@pytest.mark.parametrize(
    ("source", "own", "number"),
    [
        ("dance.gap.first", "", 1.0),
        ("dance.gap.last", "", 0.0139),
        ("dance.gap.lowest", "", 0.0139),
        ("dance.gap.highest", "", 1.0),
        ("dance.gap.at(299)", "", 1.0),
        ("dance.gap.at(300)", "", 0.25),
        ("dance.gap.at(0)", "", 1.0),
        ("dance.gap.at(999.5)", "", 0.25),
        ("dance.gap.at(1000)", "", 0.0139),
        ('dance.gap.first_step("<=", 0.3)', "", 300.0),
        ("dance.floor", "", 0.004),
        ("dance.recipe.steps", "", 1000.0),
        ("ring.recipe.collapsed.batch_size", "", 8.0),
        ("dance.claims.gap_ends.bound", "", 0.02),
        ("dance.claims.gap_ends.measured", "", 0.0139),
        ("gap.last", "dance", 0.0139),
        ("recipe.steps", "dance", 1000.0),
    ],
)
def test_a_value_is_found_where_it_was_checked(source: str, own: str, number: float) -> None:
    """What passes the check is in the results; bare names are the own study's."""
    expression = parse(source)
    values.check(expression, CATALOGUE, own)
    assert values.measure(expression, RESULTS, own) == number


def test_what_never_came_true_is_not_a_number() -> None:
    """A bound that was never reached, or a value not in the results, is NaN."""
    assert math.isnan(values.measure(parse('dance.gap.first_step("<=", 0)'), RESULTS))
    assert math.isnan(values.measure(parse("dance.other"), RESULTS))


@pytest.mark.parametrize("step", ["1000.5", "99999", "-1"])
def test_a_step_outside_the_series_is_not_a_number_and_the_range_is_named(step: str) -> None:
    """Neither the last nor the first value stands in for a step that was never measured."""
    asked = parse(f"dance.gap.at({step})")
    assert math.isnan(values.measure(asked, RESULTS))
    assert values.why_unmeasured(asked, RESULTS) == (
        f'"dance.gap.at({step})" asks for step {step}, but the series has steps 0 to 1000.',
        "Write a step from 0 to 1000.",
    )


@pytest.mark.parametrize(
    ("source", "message", "remedy"),
    [
        ("danse.gap.last", 'no study "danse".', 'Did you mean "dance"?'),
        ("dance.gab.last", 'no value "gab" in study dance.', 'Did you mean "gap"?'),
        ("dance", '"dance" names a study but no value.', "There are: floor, gap."),
        ("dance.gap", '"gap" is a series: say which of its values.', "Add one of"),
        ("dance.gap.lats", 'a series has no "lats".', 'Did you mean "last"?'),
        ("dance.gap.last.first", 'a series has no "last.first".', ""),
        ("dance.gap.last()", '".last" takes no brackets.', ""),
        ("dance.gap.at", '".at" takes one step.', "Write .at(300)."),
        ("dance.gap.at(-1)", '"gap" has no step -1: steps are counted from 0.', "Write .first"),
        ("dance.gap.first_step(3)", '".first_step" takes a comparison and a bound.', ""),
        ("dance.floor.last", '"floor" is a single number.', ""),
        ("dance.recipe.stepz", 'no number "stepz" in the recipe.', 'Did you mean "steps"?'),
        ("dance.recipe.schedule", 'no number "schedule" in the recipe.', ""),
        ("ring.recipe.steps", '"ring.recipe.steps" must say which duel.', ""),
        ("dance.claims.gap_end.bound", 'no claim "gap_end" in study dance.', 'Did you mean "gap_ends"?'),
        ("dance.claims.gap_ends", "must end in .bound or .measured.", ""),
    ],
)
def test_an_unknown_name_is_a_fault_with_the_nearest(source: str, message: str, remedy: str) -> None:
    """Each wrong name says what is wrong and what there is."""
    with pytest.raises(Fault) as fault:
        values.check(parse(source), CATALOGUE)
    assert message in fault.value.message
    assert remedy in fault.value.remedy


def test_a_study_written_but_not_listed_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the unknown study's file lies ready, the remedy is the registry and no other name."""
    (tmp_path / "danze.py").touch()
    monkeypatch.setattr(names, "STUDIES", tmp_path)
    with pytest.raises(Fault) as fault:
        values.check(parse("danze.gap.last"), CATALOGUE)
    assert fault.value.message == 'no study "danze".'
    assert fault.value.remedy == "pipeline/studies/danze.py exists: name it in pipeline/studies/__init__.py."
