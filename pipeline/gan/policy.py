"""Forgers as policies: tables of chances, and two ways to learn from a critic, by its score and by its slope.

A policy turns noise into an action, something inked or bare; it is the same action, thrown by the same dice, whichever
way is taken. By the score, ``reinforce`` makes what scored above the others more likely: Williams, "Simple Statistical
Gradient-Following Algorithms for Connectionist Reinforcement Learning" (1992). By the slope, the critic's gradient
passes through the action as if it were the soft choice behind it: straight through, with the noise of Jang et al.,
"Categorical Reparameterization with Gumbel-Softmax" (2017), section 2.2, at temperature 1. The first is right on
average, the second has a bias. It knows no world.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn.functional import logsigmoid, one_hot
from torch.special import log_ndtr

if TYPE_CHECKING:
    from pipeline.game import Deal, Game


def reinforce(log_chance: Tensor, reward: Tensor) -> Tensor:
    """-mean_i (r_i - b_i) log pi(x_i), b_i the mean reward of the others, (runs, batch) -> (runs,).

    Its gradient is, on average, that of -E r: Williams (1992), theorem 1, summed over a batch. Since b_i does not
    depend on x_i it adds no bias; it is as much as b the mean of all and the whole times n / (n - 1).
    """
    n = reward.shape[-1]
    others = (reward.sum(-1, keepdim=True) - reward) / (n - 1)
    return -((reward - others).detach() * log_chance).mean(-1)


def reward(logits: Tensor) -> Tensor:
    """D(x) = sigmoid(a), of each forgery: the critic's score."""
    return logits.sigmoid()


def unrewarded(real: Tensor, forged: Tensor) -> Tensor:
    """-E D(G(z)): a loss whose fall is the rise of the mean reward, for the forger that follows the slope."""
    return -reward(forged).mean(-1)


def play_for_score(game: Game, deal: Deal) -> Mapping[str, Tensor]:
    """The usual round, but for the forger's turn: its forgeries get scores, and no slope passes through the critic."""
    from pipeline.game import teach_detective  # here, so that who only draws loads no trainer

    forger_turn, detective_turn = game.turns()
    detective_loss = teach_detective(game, detective_turn, deal.real[0], deal.noise[0], deal.step)
    with torch.no_grad():
        forged = game.forger(deal.noise[-1])
        scores = reward(game.detective(forged))
    chances = game.forger.log_chance(forged)  # type: ignore[operator]
    game.update(game.forger, forger_turn, reinforce(chances, scores).sum())
    return {"forger_loss": -scores.mean(-1), "detective_loss": detective_loss}


def straight_through(hard: Tensor, soft: Tensor) -> Tensor:
    """The value of ``hard`` with the slope of ``soft``; Bengio et al., "Estimating or Propagating Gradients" (2013)."""
    return hard + (soft - soft.detach())  # in this order the slope adds exactly nothing


def gumbel(noise: Tensor) -> Tensor:
    """-log(-log u), u = Phi(z) for z ~ N(0, 1): the largest of logits + gumbel falls as softmax says."""
    return -(-log_ndtr(noise)).log()


def logistic(noise: Tensor) -> Tensor:
    """log u - log(1 - u), u = Phi(z) for z ~ N(0, 1): logit + logistic is above 0 with chance sigmoid(logit)."""
    return log_ndtr(noise) - log_ndtr(-noise)


class Sheet(nn.Module):
    """A chance of ink for each cell of a print: as many choices as cells, and one verdict for them all."""

    def __init__(self, seeds: Sequence[int], cells: int) -> None:
        super().__init__()
        self.logits = nn.Parameter(torch.zeros(len(seeds), 1, cells))  # at first each cell is a toss of a coin

    def forward(self, noise: Tensor) -> Tensor:
        """Noise (runs, batch, cells) -> prints (runs, batch, cells) of 0 and 1, with the slope of sigmoid."""
        thrown = self.logits + logistic(noise)
        return straight_through((thrown > 0).float(), thrown.sigmoid())

    def log_chance(self, prints: Tensor) -> Tensor:
        """log pi(x) = sum over cells of x log p + (1 - x) log(1 - p), (runs, batch)."""
        return (prints * logsigmoid(self.logits) + (1 - prints) * logsigmoid(-self.logits)).sum(-1)

    def table(self) -> Tensor:
        """p(bare), p(inked) of each cell, (runs, cells, 2)."""
        return torch.stack([(-self.logits).sigmoid(), self.logits.sigmoid()], -1).squeeze(1)


class Dot(nn.Module):
    """p(row) p(column | row) over side x side cells: two choices, and a verdict."""

    def __init__(self, seeds: Sequence[int], side: int) -> None:
        super().__init__()
        self.side = side
        self.rows = nn.Parameter(torch.zeros(len(seeds), 1, side))  # at first all cells are as likely
        self.columns = nn.Parameter(torch.zeros(len(seeds), side, side))  # (runs, row, column)

    def forward(self, noise: Tensor) -> Tensor:
        """Noise (runs, batch, 2 side) -> dots (runs, batch, 2 side): row, then column, with the slope of softmax."""
        for_row, for_column = gumbel(noise).split(self.side, -1)
        row = self._one(self.rows + for_row)
        column = self._one(torch.bmm(row, self.columns) + for_column)
        return torch.cat([row, column], -1)

    def _one(self, thrown: Tensor) -> Tensor:
        return straight_through(one_hot(thrown.argmax(-1), self.side).float(), thrown.softmax(-1))

    def log_chance(self, dots: Tensor) -> Tensor:
        """log pi(x) = log p(row) + log p(column | row), (runs, batch)."""
        row, column = dots.split(self.side, -1)
        by_column = torch.bmm(row, self.columns.log_softmax(-1))
        return (row * self.rows.log_softmax(-1)).sum(-1) + (column * by_column).sum(-1)

    def table(self) -> Tensor:
        """p(cell) as the one row of a table, (runs, 1, cells)."""
        return (self.rows.softmax(-1).transpose(1, 2) * self.columns.softmax(-1)).flatten(1).unsqueeze(1)
