"""From artefacts to results."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from pipeline.catalogue import catalogue_of
from pipeline.gathering import gather
from pipeline.results import SeriesFacts
from pipeline.workshop import Workshop
from tests.walks import STUDIES, plan_of

Shop = Callable[..., Workshop]


def test_gathering_values_claims_and_exports(shop: Shop) -> None:
    """Numbers and series come under "study.value", claims with their outcome, exports with their files."""
    workshop = shop(plan_of("walk", "measure"))
    made = {name: outcome.artefact for name, outcome in workshop.run().items()}
    results = gather(workshop.plan, made, catalogue_of(STUDIES.values()))
    place = results.values["walks.place"]
    assert isinstance(place, SeriesFacts)
    assert len(place.steps) == len(place.values) == len(place.low) == 40
    assert len(place.ends) == 2
    assert results.values["walks.farthest"] == max(place.values)
    assert {claim.name: claim.met for claim in results.claims} == {"wanders": True, "stays": False}
    assert set(results.exports["walks/walk"]) == {"recording.npz", "recording.json", "weights.npz"}
    assert all(path.is_file() for path in results.exports["walks/walk"].values())


def test_gathering_what_was_never_measured_is_not_a_number(shop: Shop) -> None:
    """null in the file is NaN in the results."""
    workshop = shop(plan_of("walk", "measure"))
    made = {name: outcome.artefact for name, outcome in workshop.run().items()}
    measured = made["measure/walks"]
    facts = measured.files["facts.json"]
    facts.write_text('{"values": {"farthest": null}, "claims": []}')
    results = gather(workshop.plan, {**made, "measure/walks": replace(measured)}, catalogue_of(STUDIES.values()))
    value = results.values["walks.farthest"]
    assert isinstance(value, float)
    assert math.isnan(value)
