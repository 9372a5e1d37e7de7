"""How a pull rises and dies, seed by seed: rows of one seed each, over the steps of a critic. It knows no study."""

from __future__ import annotations

import numpy as np

Array = np.ndarray


def remains(pulls: Array) -> Array:
    """What share of its peak is left at the end; pulls (seeds, looks) >= 0, the result (seeds,)."""
    return np.asarray(pulls[:, -1] / pulls.max(1))


def since_peak(pulls: Array, curve: Array) -> list[Array]:
    """The rows of a curve from the look on at which the pull of the same seed is at its peak; both (seeds, looks)."""
    return [row[peak:] for row, peak in zip(curve, pulls.argmax(1), strict=True)]


def settled(shares: Array, least: float) -> Array:
    """The look from which on a share never falls below ``least`` again, (seeds,); the last where even that does."""
    below = [np.flatnonzero(row < least) for row in shares]
    return np.array([min(int(k[-1]) + 1 if len(k) else 0, shares.shape[1] - 1) for k in below])
