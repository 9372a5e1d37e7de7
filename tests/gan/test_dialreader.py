"""The reader of dials: the names of thirds, and what a short lesson teaches."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.gan import dialreader
from pipeline.gan.faces import portray, turn_dials


def test_names_are_thirds_of_the_dial() -> None:
    """-1 to -1/3 is the first name, to 1/3 the second, to 1 the third."""
    dials = np.array([[-1.0, -0.34], [-0.33, 0.33], [0.34, 1.0]], dtype=np.float32)
    assert dialreader.names_of(dials).tolist() == [[0, 0], [1, 1], [2, 2]]


def test_reader_learns_its_dials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty strokes on 300 portraits are enough to follow both dials on others; chances add to 1."""
    monkeypatch.setattr(dialreader, "STEPS", 60)
    known, others = turn_dials(300, seed=1), turn_dials(60, seed=2)
    reader = dialreader.train_reader(portray(known), known.table())
    said = dialreader.read(reader, portray(others))
    for dial in (0, 1):
        assert np.corrcoef(said.dials[:, dial], others.table()[:, dial])[0, 1] > 0.8
    assert said.chances.sum(axis=2) == pytest.approx(1)
