"""How good is it? Measures of a sample against its world, in numpy; they train nothing and draw nothing.

Bits throughout (logarithms to base 2) where a divergence is meant. Each has its formula and its source.
"""

from __future__ import annotations

import numpy as np


def entropy_bits(p: np.ndarray) -> np.ndarray:
    """H(p) = -sum p log2 p over the last axis, with 0 log 0 = 0; Shannon (1948), section 6."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * np.log2(p), 0.0)
    return np.asarray(-terms.sum(-1))


def jensen_shannon(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """JS(p, q) = H((p + q) / 2) - H(p) / 2 - H(q) / 2, in bits: 0 the same, 1 nothing in common.

    Over the last axis of two histograms, which need not sum to one (they are made to).
    Lin, "Divergence Measures Based on the Shannon Entropy" (1991), equation 4.1.
    """
    p = p / p.sum(-1, keepdims=True)
    q = q / q.sum(-1, keepdims=True)
    gap = entropy_bits((p + q) / 2) - (entropy_bits(p) + entropy_bits(q)) / 2
    return np.clip(gap, 0.0, 1.0)


def quality(gap: np.ndarray, first: np.ndarray) -> np.ndarray:
    """1 - JSD(p_data, p_G) / JSD(p_data, p_G0): what share of the untrained forger's gap is closed; 1 leaves none.

    A scale of our own. Being a ratio, it is the same in bits and in nats.
    """
    return np.asarray(1 - gap / first)


def histogram(points: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Counts (runs, bins) of points (runs, samples) in bins; points beyond the edges count in the end bins."""
    bins = len(edges) - 1
    place = np.clip(np.searchsorted(edges, points, side="right") - 1, 0, bins - 1)
    place += np.arange(len(points))[:, None] * bins
    return np.bincount(place.ravel(), minlength=len(points) * bins).reshape(len(points), bins)


def histogram_2d(points: np.ndarray, low: float, high: float, cells: int) -> np.ndarray:
    """Counts (runs, cells * cells) of points (runs, samples, 2) on a square [low, high]^2.

    Points outside count in the outermost cells, so that none is forgiven.
    """
    place = np.clip(((points - low) * (cells / (high - low))).astype(np.int64), 0, cells - 1)
    flat = place[..., 1] * cells + place[..., 0] + np.arange(len(points))[:, None] * cells**2
    return np.bincount(flat.ravel(), minlength=len(points) * cells**2).reshape(len(points), cells**2)


def nearest_mode(points: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Index (..., n) of the nearest of (modes, dim) centres to points (..., n, dim), and the distance to it."""
    squares = np.square(points[..., None, :] - centres).sum(-1)
    which = squares.argmin(-1)
    return which, np.sqrt(np.take_along_axis(squares, which[..., None], -1)[..., 0])


def mode_shares(points: np.ndarray, centres: np.ndarray, sd: float) -> np.ndarray:
    """Share of a sample (..., n, dim) that lies within 3 sd of each mode, (..., modes).

    Their sum is the share of high-quality samples of Srivastava et al., "VEEGAN" (2017), section 5.1;
    how many are above 0 is its number of modes covered (with 2,500 samples).
    """
    which, distance = nearest_mode(points, centres)
    hits = (which[..., None] == np.arange(len(centres))) & (distance <= 3 * sd)[..., None]
    return np.asarray(hits.mean(-2))


def ideal_detective(real: np.ndarray, forged: np.ndarray) -> np.ndarray:
    """D*(x) = p_data(x) / (p_data(x) + p_G(x)), NaN where both are 0.

    Goodfellow et al. (2014), proposition 1.
    """
    total = real + forged
    return np.divide(real, total, out=np.full_like(total, np.nan), where=total > 0)


def value_at_best(real: np.ndarray, forged: np.ndarray) -> np.ndarray:
    """V(D*, G) = E_x ln D*(x) + E_z ln(1 - D*(G(z))) in nats, of two histograms (runs, cells) -> (runs,).

    What the scoreboard shows against the ideal detective: -ln 4 for the same distributions, 0 for strangers.
    Goodfellow et al. (2014), equation 4; it equals -ln 4 + 2 JSD (their theorem 1, equation 6).
    """
    p = real / real.sum(-1, keepdims=True)
    q = forged / forged.sum(-1, keepdims=True)
    best = ideal_detective(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * np.log(best), 0.0) + np.where(q > 0, q * np.log(1 - best), 0.0)
    return np.asarray(terms.sum(-1))


def value_at_collapse(real: np.ndarray, belief: np.ndarray) -> np.ndarray:
    """min_G V(D, G) = E_x ln D(x) + min_x ln(1 - D(x)) in nats; originals and D's belief (runs, cells) -> (runs,).

    The forger's best reply to a detective that does not answer back: everything goes where it is believed most.
    Goodfellow, "NIPS 2016 Tutorial" (2016), section 5.1.1.
    """
    p = real / real.sum(-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        believed = np.where(p > 0, p * np.log(belief), 0.0).sum(-1)
        return np.asarray(believed + np.log(1 - belief).min(-1))


def confidence(real_belief: np.ndarray, forged_belief: np.ndarray) -> np.ndarray:
    """(E D(x) + E (1 - D(G(z)))) / 2 over the last axis: the mean probability given to the right answer.

    1 is a detective sure and right, 1/2 one that can but guess (or never learnt).
    """
    return np.asarray((real_belief.mean(-1) + 1 - forged_belief.mean(-1)) / 2)


def accuracy(real_belief: np.ndarray, forged_belief: np.ndarray) -> np.ndarray:
    """Share of right verdicts at D = 1/2, real and forged weighing the same; D = 1/2 itself counts half."""
    right = np.heaviside(real_belief - 0.5, 0.5).mean(-1) + np.heaviside(0.5 - forged_belief, 0.5).mean(-1)
    return np.asarray(right / 2)


def two_sample(real: np.ndarray, forged: np.ndarray) -> float:
    """2 (1 - a), a the leave-one-out accuracy of the nearest neighbour in telling (n, dim) real from forged.

    1 where they cannot be told apart, 0 where they always can, clipped to 1 (a forger that copies
    makes a < 1/2). Lopez-Paz and Oquab, "Revisiting Classifier Two-Sample Tests" (2017), section 2.
    """
    both = np.concatenate([real, forged])
    squares = np.square(both).sum(1)
    distance = squares[:, None] + squares[None] - 2 * both @ both.T
    np.fill_diagonal(distance, np.inf)
    is_real = np.arange(len(both)) < len(real)
    right = (is_real[distance.argmin(1)] == is_real).mean()
    return float(min(1.0, 2 * (1 - right)))


def nearest(points: np.ndarray, originals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """min_j |x_i - y_j| for points x (n, dim) and originals y (m, dim): which j (n,), and how far (n,).

    The largest product is (n, m), so pictures by the thousand can be looked up.
    """
    squares = np.square(originals).sum(1) - 2 * points @ originals.T  # (n, m), short of |x|^2
    which = squares.argmin(1)
    return which, np.sqrt(np.square(points - originals[which]).sum(1))


def frechet(first: np.ndarray, second: np.ndarray) -> float:
    """|m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)) of features (n, dim), fitted by Gaussians.

    Heusel et al., "GANs Trained by a Two Time-Scale Update Rule" (2017), equation 6. The trace of the root
    is the sum of the roots of the eigenvalues of S1 S2, which are real and not negative.
    """
    mean = np.square(first.mean(0) - second.mean(0)).sum()
    one, two = np.atleast_2d(np.cov(first, rowvar=False)), np.atleast_2d(np.cov(second, rowvar=False))
    roots = np.sqrt(np.clip(np.linalg.eigvals(one @ two).real, 0, None)).sum()
    return float(mean + np.trace(one) + np.trace(two) - 2 * roots)


def smooth_density(points: np.ndarray, grid: np.ndarray, width: float) -> np.ndarray:
    """p(x) = 1/n sum_i N(x; x_i, width^2) on an even grid (m,), of points (n,): a kernel density.

    Silverman, "Density Estimation" (1986), equation 2.2a, on counts at the grid's own spacing. Points beyond the grid
    are left out, yet still counted in n.
    """
    spacing = grid[1] - grid[0]
    edges = np.append(grid, grid[-1] + spacing) - spacing / 2
    counts = np.histogram(points, edges)[0]
    reach = np.arange(-np.ceil(4 * width / spacing), np.ceil(4 * width / spacing) + 1) * spacing
    kernel = np.exp(-np.square(reach / width) / 2)
    return np.asarray(np.convolve(counts, kernel / kernel.sum(), mode="same") / (len(points) * spacing))
