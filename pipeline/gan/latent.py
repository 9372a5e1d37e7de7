"""The forger's space of addresses: the directions that mean something in it, a sheet of it, a walk.

The directions are found without any label. Pictures from many addresses are reduced to the few components along which
they vary most, these are turned until they are as independent of one another as they can be, and each is traced back
to the addresses by least squares. Reducing and tracing back is GANSpace (Haerkoenen et al. 2020, arXiv:2004.02546,
section 2.2) with the pictures themselves in the place of early features, which so small a forger keeps too mixed. The
turn is independent component analysis: two causes of equal strength leave the strongest components at any angle
between them, and only their independence tells them apart (FastICA; Hyvaerinen and Oja 2000,
doi:10.1016/S0893-6080(00)00026-5, section 6). Where one cause is plainly the strongest no turn is needed: a
straight line finds the ways along which pictures change most on average.
An address on a plane is (across, up), in standard deviations of the noise. This module knows no network.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse.linalg import svds

Floats = npt.NDArray[np.floating]


def find_directions(noise: Floats, pictures: Floats, count: int) -> tuple[Floats, Floats]:
    """Directions (count, latent) of length 1, and the share of all variation that lies along each, (count,), falling.

    ``noise`` (n, latent) are addresses, ``pictures`` (n, ...) what stands there.
    """
    flat = pictures.reshape(len(pictures), -1).astype(np.float64)
    flat -= flat.mean(axis=0)
    start = np.ones(min(flat.shape))  # the search begins where it always does, so that it ends there too
    left, strengths, _ = svds(flat, k=count, v0=start)
    white = left * np.sqrt(len(left))  # (n, count): uncorrelated, each of variance 1
    turn = independent_turn(white)
    shares = (turn * strengths) ** 2 @ np.ones(count) / np.sum(flat**2)
    order = np.argsort(-shares, kind="stable")
    rows = np.column_stack([noise, np.ones(len(noise))]).astype(np.float64)
    slopes = np.linalg.lstsq(rows, white @ turn.T, rcond=None)[0][:-1].T  # (count, latent): where each rises
    directions = slopes / np.linalg.norm(slopes, axis=1, keepdims=True)
    return directions[order], shares[order]


def main_directions(noise: Floats, pictures: Floats, count: int) -> tuple[Floats, Floats]:
    """Directions (count, latent) of length 1 along which pictures change most on average; shares as above, falling.

    Over noise that is N(0, I) the slope of a straight line through the pictures is the mean of the forger's derivative
    (Stein 1981, doi:10.1214/aos/1176345632, lemma 2); its singular vectors are the ways of largest mean change, each at
    right angles to the others.
    """
    flat = pictures.reshape(len(pictures), -1).astype(np.float64)
    flat -= flat.mean(axis=0)
    rows = np.column_stack([noise, np.ones(len(noise))]).astype(np.float64)
    slopes = np.linalg.lstsq(rows, flat, rcond=None)[0][:-1]  # (latent, points)
    ways, strengths, _ = np.linalg.svd(slopes, full_matrices=False)
    return ways.T[:count], strengths[:count] ** 2 * len(flat) / np.sum(flat**2)


def independent_turn(white: Floats, rounds: int = 200) -> Floats:
    """The rotation (k, k) that makes components (n, k), uncorrelated and of variance 1, as independent as it can.

    FastICA with the fourth moment, all components at once: w <- E[x (w x)^3] - 3 w, then the nearest rotation.
    """
    turn = np.eye(white.shape[1])
    for _ in range(rounds):
        apart = (white @ turn.T) ** 3
        left, _, right = np.linalg.svd(apart.T @ white / len(white) - 3 * turn)
        turned = left @ right
        settled = np.abs(np.abs((turned * turn).sum(axis=1)) - 1).max() < 1e-10
        turn = turned
        if settled:
            break
    return turn


def correlations(noise: Floats, directions: Floats, dials: Floats) -> Floats:
    """Pearson's r between the addresses' places along each direction and each dial, (directions, dials)."""
    along = noise @ directions.T
    both = np.corrcoef(along.T, dials.T)
    return both[: len(directions), len(directions) :]


def pointed(directions: Floats, measured: Floats) -> Floats:
    """The directions that go best with each of some dials, (dials, latent), turned so that the dial rises along them.

    No two dials share one: the first dial chooses first.
    """
    free = np.abs(measured)  # (directions, dials)
    chosen = []
    for dial in range(measured.shape[1]):
        best = int(np.argmax(free[:, dial]))
        chosen.append(directions[best] * np.sign(measured[best, dial]))
        free[best] = -1
    return np.stack(chosen)


def addresses(plane: Floats, places: Floats) -> Floats:
    """Noise vectors (n, latent) of places (n, 2) on the plane of two directions (2, latent)."""
    return places @ plane


def grid(side: int, reach: float) -> Floats:
    """Places (side * side, 2) of a sheet from -reach to reach, row by row from the upper left."""
    line = np.linspace(-reach, reach, side)
    return np.array([(across, up) for up in line[::-1] for across in line])


def closed_walk(count: int, reach: float) -> Floats:
    """Places (count, 2) of a slow walk that crosses the whole plane and ends where it began: a Lissajous figure.

    Across swings three times while up swings twice, so the walk meets every corner's neighbourhood.
    """
    turn = np.linspace(0, 2 * np.pi, count)
    return reach * np.column_stack([np.sin(3 * turn), np.sin(2 * turn)])


def neighbour_distance(sheet: Floats) -> float:
    """Mean |difference| of a point of two pictures that are side by side or one above the other on a sheet.

    ``sheet`` is (rows, columns, h, w).
    """
    across = np.abs(np.diff(sheet, axis=1)).mean(axis=(2, 3)).ravel()
    up = np.abs(np.diff(sheet, axis=0)).mean(axis=(2, 3)).ravel()
    return float(np.concatenate([across, up]).mean())


def stranger_distance(pictures: Floats) -> float:
    """The same for pictures (n, h, w) of addresses that have nothing to do with each other, each with the next."""
    return float(np.abs(np.diff(pictures, axis=0)).mean())
