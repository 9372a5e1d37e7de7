"""What the names of inline values mean: checked against the catalogue, later looked up in the results.

A path is ``study.value``, ``study.recipe.field`` or ``study.claims.name.bound``; words that belong to
a study's own file may leave the study out. It parses nothing (see expressions) and writes no HTML.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pipeline.catalogue import Catalogue, StudyEntry
from pipeline.errors import did_you_mean
from pipeline.essay.expressions import Expression
from pipeline.essay.faults import Fault
from pipeline.essay.names import known_study
from pipeline.results import Results, SeriesFacts
from pipeline.study import Recipe

ENDS = ("first", "last", "lowest", "highest")
CALLS = ("at", "first_step")
_FACTS = ("recipe", "claims")


def check(expression: Expression, catalogue: Catalogue, own: str = "") -> str:
    """The study that the value belongs to; a Fault names what does not exist and what does."""
    study, names = _study_of(expression, catalogue, own)
    if names[:1] == ("recipe",) and "recipe" not in study.values:
        _recipe_field(expression, study.duels, names[1:])
    elif names[:1] == ("claims",) and "claims" not in study.values:
        _claim(expression, study, names[1:])
    elif not names:
        raise Fault(f'"{expression.source}" names a study but no value.', did_you_mean("", list(study.values)))
    elif names[0] not in study.values:
        raise Fault(f'no value "{names[0]}" in study {study.name}.', did_you_mean(names[0], list(study.values)))
    else:
        _accessor(expression, study.values[names[0]], names)
    return study.name


def _study_of(expression: Expression, catalogue: Catalogue, own: str) -> tuple[StudyEntry, tuple[str, ...]]:
    """The study, and the names after it."""
    head, *rest = expression.names
    if head in catalogue.studies:
        return catalogue.studies[head], tuple(rest)
    entry = catalogue.studies.get(own)
    if entry is None:
        raise Fault(f'no study "{head}".', known_study(head, catalogue))
    if head in entry.values or head in _FACTS:
        return entry, expression.names
    raise Fault(f'no value "{head}" in study {own}.', did_you_mean(head, list(entry.values)))


def _accessor(expression: Expression, series: bool, names: tuple[str, ...]) -> None:
    name, *rest = names
    if not series:
        if rest or expression.arguments is not None:
            raise Fault(f'"{name}" is a single number.', f"Write {{{{ {expression.names[0]}.{name} }}}} without more.")
        return
    known = (*ENDS, *CALLS)
    if not rest:
        raise Fault(f'"{name}" is a series: say which of its values.', f"Add one of: .{', .'.join(ENDS)}, .at(step).")
    if len(rest) > 1 or rest[0] not in known:
        raise Fault(f'a series has no "{".".join(rest)}".', did_you_mean(rest[0], known))
    arguments = expression.arguments
    if rest[0] in ENDS and arguments is not None:
        raise Fault(f'".{rest[0]}" takes no brackets.')
    if rest[0] == "at" and (arguments is None or len(arguments) != 1 or isinstance(arguments[0], str)):
        raise Fault('".at" takes one step.', "Write .at(300).")
    if rest[0] == "at" and arguments and isinstance(arguments[0], float) and arguments[0] < 0:
        raise Fault(f'"{name}" has no step {arguments[0]:g}: steps are counted from 0.', "Write .first for the first.")
    if rest[0] == "first_step":
        right = arguments is not None and len(arguments) == 2 and arguments[0] in ("<=", ">=")
        if not right or arguments is None or isinstance(arguments[1], str):
            raise Fault('".first_step" takes a comparison and a bound.', 'Write .first_step("<=", 0.1).')


def _recipe_field(expression: Expression, duels: Mapping[str, Recipe], names: tuple[str, ...]) -> tuple[str, str]:
    """(duel, field); Fault unless the field is a number."""
    duel = next(iter(duels), "")
    if names and names[0] in duels:
        duel, names = names[0], names[1:]
    elif len(duels) > 1:
        raise Fault(f'"{expression.source}" must say which duel.', did_you_mean(names[0] if names else "", list(duels)))
    fields = [name for name, value in vars(duels[duel]).items() if _is_number(value)] if duel else []
    if len(names) != 1 or names[0] not in fields or expression.arguments is not None:
        raise Fault(f'no number "{".".join(names)}" in the recipe.', did_you_mean(".".join(names), fields))
    return duel, names[0]


def _claim(expression: Expression, study: StudyEntry, names: tuple[str, ...]) -> None:
    if not names or names[0] not in study.claims:
        name = names[0] if names else ""
        raise Fault(f'no claim "{name}" in study {study.name}.', did_you_mean(name, list(study.claims)))
    if names[1:] not in (("bound",), ("measured",)) or expression.arguments is not None:
        raise Fault(f'"{expression.source}" must end in .bound or .measured.')


def measure(expression: Expression, results: Results, own: str = "") -> float:
    """The number asked for; NaN where the results hold none, or it never came true."""
    study, rest, found = _found(expression, results, own)
    if isinstance(found, SeriesFacts):
        return _of_series(found, rest[1:], expression.arguments or ())
    if found is not None:
        return float(found)
    if rest[:1] == ["claims"] and len(rest) == 3:
        for claim in results.claims:
            if (claim.study, claim.name) == (study, rest[1]):
                return claim.measured if rest[2] == "measured" else claim.bound
    if rest[:1] == ["recipe"]:
        duels = {run.duel: run.recipe for run in results.runs if run.study == study}
        duel = rest[1] if len(rest) == 3 else next(iter(duels), "")
        value = duels.get(duel, {}).get(rest[-1])
        return float(value) if _is_number(value) and value is not None else math.nan
    return math.nan


def why_unmeasured(expression: Expression, results: Results, own: str = "") -> tuple[str, str]:
    """What is wrong with a value that ``measure`` does not find, and what would do."""
    _, rest, found = _found(expression, results, own)
    step = expression.arguments[0] if expression.arguments else None
    if isinstance(found, SeriesFacts) and rest[1:] == ["at"] and isinstance(step, float) and not _reached(found, step):
        first, last = found.steps[0], found.steps[-1]
        message = f'"{expression.source}" asks for step {step:g}, but the series has steps {first} to {last}.'
        return message, f"Write a step from {first} to {last}."
    return f'"{expression.source}" has no value in these results.', ""


def _found(
    expression: Expression, results: Results, own: str
) -> tuple[str, list[str], float | SeriesFacts | None]:
    """The study, the names after it, and the value they begin with."""
    names = expression.names
    if own and names[0] not in {run.study for run in results.runs} | {key.partition(".")[0] for key in results.values}:
        names = (own, *names)
    study, *rest = names
    return study, rest, results.values.get(f"{study}.{rest[0]}") if rest else None


def _reached(series: SeriesFacts, step: float) -> bool:
    """Whether a step lies along the series; between two measured steps the earlier one counts."""
    return bool(series.steps) and series.steps[0] <= step <= series.steps[-1]


def _of_series(series: SeriesFacts, names: list[str], arguments: tuple[float | str, ...]) -> float:
    known = [value for value in series.values if not math.isnan(value)]
    if not known or len(names) != 1:
        return math.nan
    match names[0], arguments:
        case "first", ():
            return series.values[0]
        case "last", ():
            return series.values[-1]
        case "lowest", ():
            return min(known)
        case "highest", ():
            return max(known)
        case "at", (float(step),):
            return series.at(step) if _reached(series, step) else math.nan
        case "first_step", (str(holds), float(bound)):
            for step, value in zip(series.steps, series.values, strict=True):
                if value <= bound if holds == "<=" else value >= bound:
                    return float(step)
    return math.nan


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
