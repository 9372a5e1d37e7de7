"""How much carrying it takes to turn one heap of points into another. It knows no world and no network.

Source: Arjovsky, Chintala and Bottou, "Wasserstein Generative Adversarial Networks" (2017), equation 1; that it is the
largest difference of heights under a slope of one, their equation 2, is the duality of Kantorovich and Rubinstein.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment


def cost(first: np.ndarray, second: np.ndarray) -> float:
    """W = min over pairings of 1/n sum_i |x_i - y_pair(i)|, of two heaps of as many points, (n, dim) each.

    Each heap weighs 1 in all, so this is the mean way of a point, in the unit of the points. Where all points weigh the
    same, no way of splitting them is cheaper than the best pairing (Birkhoff and von Neumann).
    """
    ways = np.linalg.norm(first[:, None] - second[None], axis=-1)  # (n, n)
    return float(ways[linear_sum_assignment(ways)].mean())
