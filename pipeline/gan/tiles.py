"""Ornamental tiles of 32 by 32 pixels, drawn by arithmetic: the originals of the forger's game.

Every tile looks the same in every mirror of the square: left to right, top to bottom and along both diagonals.
It is drawn in one eighth of its area and folded out, so its symmetry error is exactly 0. A medallion in a round
frame holds a rosette, a star, a cross or a ring of beads; quarter rounds in the corners become whole ones
where four tiles meet. +1 is full ink, -1 bare ground. This module knows no network.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SIZE = 32
"""Pixels along a tile's edge."""
_FINE = 3
"""Each pixel is the mean of _FINE x _FINE points, which gives soft edges."""
_SHARP = SIZE / 2
"""One over the width of an edge, in tile halves: a shape fades over one pixel."""

Floats = npt.NDArray[np.float64]


def draw_tiles(count: int, seed: int) -> npt.NDArray[np.float32]:
    """``count`` tiles, (count, 32, 32) in [-1, 1]; the same seed gives the same tiles."""
    rng = np.random.default_rng(seed)
    return np.concatenate([_draw(min(500, count - start), rng) for start in range(0, count, 500)])


def symmetry_error(images: npt.ArrayLike) -> Floats:
    """How unlike its mirror images each image is: 0 for a true tile, 1 for noise. (n, size, size) -> (n,)

    E|x(p) - x(mirror of p)| over the three mirrors that generate all symmetries of the square (left-right,
    top-bottom, diagonal), as a share of E|x(p) - x(q)|, the difference of two pixels p, q picked at random:
    contrast and amount of ink cancel. An image of one single grey has no form to mirror; its error is 1.
    """
    x = np.asarray(images, dtype=np.float64)
    apart = 2 * asymmetry(x).mean(axis=(1, 2))
    ranked = np.sort(x.reshape(len(x), -1), axis=1)  # Gini's mean difference, from ranks instead of all pairs
    pixels = ranked.shape[1]
    chance = ranked @ (2 * np.arange(1, pixels + 1) - pixels - 1) * 2 / pixels**2
    return np.where(chance > 1e-3, apart / np.maximum(chance, 1e-3), 1.0)


def asymmetry(images: npt.ArrayLike) -> Floats:
    """Where an image breaks its mirrors: at each pixel the ink by which it and its mirror images differ, in [0, 1].

    The mean over the same three mirrors; (n, size, size) -> (n, size, size). The error above is twice its mean
    (ink runs over two units), as a share of chance.
    """
    x = np.asarray(images, dtype=np.float64)
    mirrors = (x[:, :, ::-1], x[:, ::-1, :], x.transpose(0, 2, 1))
    return np.mean([np.abs(x - mirror) for mirror in mirrors], axis=0) / 2


def _draw(count: int, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    points = (np.arange(SIZE // 2 * _FINE) + 0.5) / (SIZE // 2 * _FINE)  # 0 at the centre, 1 at the edge
    across, down = np.meshgrid(points, points)
    u, v = np.maximum(across, down), np.minimum(across, down)  # both diagonals and axes folded on one eighth
    radius, angle = np.hypot(u, v), np.arctan2(v, u)
    ink = _tile(u, v, radius, angle, count, rng)
    half = SIZE // 2
    quarter = ink.reshape(count, half, _FINE, half, _FINE).mean(axis=(2, 4))
    below = np.concatenate([quarter[:, :, ::-1], quarter], axis=2)
    return (2 * np.concatenate([below[:, ::-1], below], axis=1) - 1).astype(np.float32)


def _tile(u: Floats, v: Floats, radius: Floats, angle: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Ink in [0, 1] of the lower right quarter, (count, fine, fine)."""

    def between(low: float, high: float) -> Floats:
        return rng.uniform(low, high, (count, 1, 1))

    def one_of(*choices: float) -> Floats:
        return rng.choice(np.array(choices), (count, 1, 1))

    outer, inner = one_of(0, 1), one_of(0, 0, 1)  # ground outside and inside the frame: bare or inked
    frame = between(0.84, 0.92)
    ink = np.broadcast_to(outer, (count, *u.shape)).copy()
    corner = np.hypot(1 - u, 1 - v)  # distance from the corner where four tiles meet
    ink = _paint(ink, corner - 0.30, 1 - outer)
    ink = _paint(ink, corner - 0.17, outer)
    # A frame stands off from its ground on both sides, whatever the two grounds are.
    ink = _paint(ink, radius - frame, 1 - outer)
    ink = _paint(ink, radius - frame + np.where(outer == inner, 0.11, 0.07), inner)
    ink = np.where(outer == inner, ink, _paint(ink, np.abs(radius - frame + 0.15) - 0.035, 1 - inner))
    reach = frame - np.where(outer == inner, 0.17, 0.23) - between(0.0, 0.10)
    ink = _paint(ink, _ornament(radius, angle, reach, count, rng), 1 - inner)
    eye = between(0.0, 0.2)
    ink = np.where(eye > 0.07, _paint(ink, radius - eye, inner), ink)
    return np.where(eye > 0.16, _paint(ink, radius - eye * 0.45, 1 - inner), ink)


def _ornament(radius: Floats, angle: Floats, reach: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Signed distance (below 0 inside) to the figure in the medallion: one of four kinds for each tile."""
    folds = rng.choice(np.array([8.0, 8.0, 12.0, 4.0]), (count, 1, 1))
    turned = rng.integers(0, 2, (count, 1, 1)) * np.pi / folds
    kind = rng.choice(4, (count, 1, 1), p=[0.4, 0.25, 0.2, 0.15])
    kind = np.where((folds == 4) & (kind == 3), 2, kind)  # four beads are no ring
    sector = np.pi / folds
    bent = np.abs((angle + turned + sector) % (2 * sector) - sector)  # angle from the nearest petal's axis
    x, y = radius * np.cos(bent), radius * np.sin(bent)
    first, second = rng.uniform(0, 1, (2, count, 1, 1))

    # Rosette: petals, wider towards their tips.
    length = reach * 0.5
    broad = length * np.tan(np.minimum(sector, 0.62)) * (0.75 + 0.4 * first) * (0.7 + 0.6 * x / reach)
    petals = (np.hypot((x - length) / length, y / broad) - 1) * np.minimum(length, broad)
    # Star: straight edges from each tip to the notch between two.
    notch = reach * (0.35 + 0.25 * first)
    tip_x, tip_y = notch * np.cos(sector) - reach, notch * np.sin(sector)
    star = ((x - reach) * -tip_y + y * tip_x) / -np.hypot(tip_x, tip_y)
    # Cross: arms that flare; with eight or twelve folds, a wheel of narrow ones.
    flare = np.where(folds == 4, 0.10 + 0.12 * first + (0.1 + 0.4 * second) * x, 0.06 + 0.4 * sector * x)
    cross = np.maximum(y - flare, x - reach)
    # Beads on a ring.
    bead = reach * np.sin(sector) * (0.55 + 0.2 * second)
    beads = np.minimum(np.hypot(x - reach * 0.82, y) - bead, np.abs(radius - reach * 0.4) - 0.06)
    return np.select([kind == 0, kind == 1, kind == 2], [petals, star, cross], beads)


def _paint(ink: Floats, distance: Floats, colour: Floats) -> Floats:
    """``ink`` with a shape of ``colour`` laid over it, where its signed distance is below 0."""
    cover = np.clip(0.5 - distance * _SHARP, 0, 1)
    return ink * (1 - cover) + colour * cover
