"""Seven round islands with water between, a forger that begins as a flat square, and what is over water.

A point is over water when it lies farther than three standard deviations from every island; of the originals themselves
that is exp(-9/2), about one in ninety. Sources: Goodfellow et al. (2014); R1 from Mescheder et al. (2018).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from pipeline.gan import measures, sheet, worlds
from pipeline.gan.networks import Detective
from pipeline.gan.sheet_forgers import FlatForger
from pipeline.study import Recipe

SD = 0.12
CENTRES: npt.NDArray[np.float64] = np.array([(0.0, 0.0), *worlds.ring(6, 1.0, SD).centres])
"""One island in the middle and six around it, each as far from its next as from the middle."""


def world(recipe: Recipe) -> worlds.Gaussians:
    """Seven islands, so placed that a sheet has to cross water everywhere."""
    return worlds.Gaussians(tuple((float(x), float(y)) for x, y in CENTRES), SD)


def players(recipe: Recipe) -> tuple[FlatForger, Detective]:
    """A forger that begins as the flat square [-1, 1]^2, and a detective whose first layer is raised."""
    return FlatForger(recipe.seeds, (64, 64, 64), reach=1.0), Detective(recipe.seeds, (2, 64, 64, 64, 1), gain=4.0)


RECIPE = Recipe(
    steps=3000,
    batch_size=256,
    latent_size=2,
    learning_rates=(1e-3, 3e-3),
    schedule="cosine",
    last_rate=0.01,
    penalty=0.003,
    average=0.99,
    seeds=(0, 1, 2, 3, 4),
)
"""With which the sheet reaches all seven islands from every seed that was tried."""


def stretch_over(forger: nn.Module, noise: Tensor) -> dict[str, npt.NDArray[np.float64]]:
    """Of noise (runs, n, 2): the share over water, the ratio of the stretches, and the islands settled, (runs,) each.

    The ratio is the median stretch over water to that on land. An island is settled when it holds at least half of its
    fair share of the points.
    """
    with torch.no_grad():
        points = forger(noise).cpu().numpy()
    wet = sheet.water(points, CENTRES, SD)
    ratio = sheet.water_over_land(sheet.area_stretch(forger, noise).cpu().numpy(), wet)
    settled = measures.mode_shares(points, CENTRES, SD) >= 0.5 / len(CENTRES)
    return {"water": wet.mean(-1), "ratio": ratio, "settled": settled.sum(-1).astype(np.float64)}
