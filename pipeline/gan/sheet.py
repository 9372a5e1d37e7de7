"""The sheet: a square net of addresses, and what a forger makes of it.

A sheet is the unit square of shares: the place u stands for the address z = Phi^-1(u), number by number, so that equal
pieces of the square hold equal shares of the noise z ~ N(0, I). A net of straight threads is laid over it, and G
carries the net into the space of data. How far it is stretched there says how crowded it is: where G is one to one,

    log p_G(G(z)) = log p_z(z) - log |det J_G(z)|,

the change of variables (Rezende and Mohamed, "Variational Inference with Normalizing Flows", 2015, equation 5), and
the area to which a piece of the square comes, over its own area, is |det J_G(z)| / p_z(z). Where the sheet lies in
several layers the densities of the layers add. This module knows no world, and of a network only that it can be asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
from scipy.special import ndtri
from torch import Tensor

Floats = npt.NDArray[np.floating]
Map = Callable[[Tensor], Tensor]
"""G: (runs, n, 2) -> (runs, n, 2), each point by itself."""

# The net, on the square


def shares(side: int) -> Floats:
    """Places (side,) of so many parallel threads, 1/side apart and half of that from the edges of the square."""
    return (np.arange(side) + 0.5) / side


def addresses(places: Floats) -> Floats:
    """z = Phi^-1(u): the noise (..., 2) at places (..., 2) of the square, its edges left out."""
    return np.asarray(ndtri(places))


def net(side: int, pieces: int) -> Floats:
    """Places (2 side, (side - 1) pieces + 1, 2) along the threads: level from the lowest, then upright from the left.

    Between two threads that it crosses each is cut into ``pieces`` of equal length.
    """
    across = shares(side)
    along = np.linspace(across[0], across[-1], (side - 1) * pieces + 1)
    level = np.stack(np.broadcast_arrays(along, across[:, None]), -1)  # (side, points, 2)
    return np.concatenate([level, level[..., ::-1]])


def lattice(rows: int, columns: int) -> Floats:
    """Places (rows * columns, 2) in the middles of as many equal cells, row by row from the upper left."""
    up, across = np.meshgrid(shares(rows)[::-1], shares(columns), indexing="ij")
    return np.stack([across.ravel(), up.ravel()], -1)


def thread_stretch(carried: Floats, places: Floats) -> Floats:
    """|G(z_i+1) - G(z_i)| / |u_i+1 - u_i|: how many times its length each piece of a thread has become.

    Points (..., n, dim) of threads at places (..., n, 2) -> (..., n - 1).
    """
    lengths = np.linalg.norm(np.diff(carried.astype(np.float64), axis=-2), axis=-1)
    return np.asarray(lengths / np.linalg.norm(np.diff(places, axis=-2), axis=-1))


# The forger's own stretch


def jacobian(forger: Map, noise: Tensor) -> Tensor:
    """J_ij = dG_i / dz_j at noise (runs, n, 2) -> (runs, n, 2, 2), by reverse differentiation, one pass for each i.

    No point depends on another's address, so the gradient of a sum over points is each point's own.
    """
    with torch.enable_grad():
        at = noise.detach().clone().requires_grad_()
        made = forger(at)
        rows = [torch.autograd.grad(made[..., i].sum(), at, retain_graph=True)[0] for i in range(made.shape[-1])]
    return torch.stack(rows, -2)


def log_noise(noise: Tensor) -> Tensor:
    """log p_z(z) = -|z|^2 / 2 - d/2 log 2 pi of noise (..., d) -> (...), in nats."""
    return -noise.square().sum(-1) / 2 - noise.shape[-1] / 2 * math.log(2 * math.pi)


def log_density(forger: Map, noise: Tensor) -> Tensor:
    """log p_G(G(z)) = log p_z(z) - log |det J_G(z)| of this layer at noise (runs, n, 2) -> (runs, n), in nats.

    Where the sheet is folded to nothing it is +inf.
    """
    return log_noise(noise) - torch.linalg.det(jacobian(forger, noise)).abs().log()


def area_stretch(forger: Map, noise: Tensor) -> Tensor:
    """|det J_G(z)| / p_z(z): the area that a piece of the square comes to, over its own; (runs, n, 2) -> (runs, n)."""
    return (-log_density(forger, noise)).exp()


# Land and water


def water(points: Floats, centres: Floats, sd: float) -> npt.NDArray[np.bool_]:
    """Whether points (..., 2) are farther than 3 sd from every one of the islands' centres (islands, 2), (...)."""
    squares = np.square(points[..., None, :] - centres).sum(-1)
    return np.asarray(squares.min(-1) > (3 * sd) ** 2)


def water_over_land(stretch: Floats, wet: npt.NDArray[np.bool_]) -> Floats:
    """Median stretch of the places over water to that of those on land, run by run, (runs, n) twice -> (runs,).

    NaN where nothing, or everything, is over water.
    """
    return np.array([_ratio(row[mask], row[~mask]) for row, mask in zip(stretch, wet, strict=True)])


def _ratio(over: Floats, under: Floats) -> float:
    return float(np.median(over) / np.median(under)) if len(over) and len(under) else math.nan


# A net in a recording

FINEST = 1 / 8192
"""Points are kept to this, in two bytes a number, from -4 to 4."""


def pack(points: Floats) -> npt.NDArray[np.int16]:
    """Points as whole numbers of FINEST: evenly fine, where half-precision numbers would be coarse at 1."""
    return np.rint(np.clip(points, -3.999, 3.999) / FINEST).astype(np.int16)


def unpack(packed: npt.NDArray[np.int16]) -> Floats:
    """The inverse of ``pack``."""
    return packed.astype(np.float64) * FINEST
