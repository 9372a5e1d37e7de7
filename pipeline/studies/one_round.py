"""One round of the duel, taken apart: what each player was given, what it said, and what became of it.

A short duel over a heart is trained as usual; in one of its rounds everything is kept, phase by phase. Losses "after"
are taken again on the very points and noise of the update, so that a fall is the update's own. Drawn, not
recorded, is only the glide of a point from one recorded place to the next. The detective's loss is given per verdict,
half of its total, without the penalty. The film counts phases, and no training.

Sources: Goodfellow et al., "Generative Adversarial Nets" (2014), algorithm 1; R1 from Mescheder et al. (2018).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.gan import blame, worlds
from pipeline.gan.losses import CLASSIC
from pipeline.gan.networks import Detective, Forger
from pipeline.gan.observing import Look, Observation
from pipeline.recording import Series
from pipeline.round_at_a_glance import (
    ACROSS,
    BLAME,
    COLUMNS,
    CORRECT_D,
    CORRECT_G,
    PAUSE,
    PHASES,
    ROWS,
    SECONDS,
    UP,
    draw_round,
    probability,
)
from pipeline.sounding import gestures, tones
from pipeline.sounding.score import Score
from pipeline.study import Claim, Duel, Figure, Recipe, Recordings, Sound, Study, Value

if TYPE_CHECKING:
    from pipeline.drawing.canvas import Canvas
    from pipeline.game import Deal, Game

# The world and the players


def real(recipe: Recipe) -> worlds.Heart:
    """Points spread evenly over a heart."""
    return worlds.Heart()


class WatchedForger(Forger):
    """A forger that carries the notes of the one round that is taken apart to whoever looks next."""

    def __init__(self, seeds: tuple[int, ...], sizes: tuple[int, ...], start: float) -> None:
        super().__init__(seeds, sizes, start=start)
        self.notes: Mapping[str, Tensor] = {}


def players(recipe: Recipe) -> tuple[WatchedForger, Detective]:
    """A forger that starts below the heart on the left, and a detective whose raised first layer sees the cleft."""
    forger = WatchedForger(recipe.seeds, (recipe.latent_size, 64, 64, 2), start=-1.0)
    return forger, Detective(recipe.seeds, (2, 64, 64, 1), gain=6.0)


RECIPE = Recipe(
    steps=60,
    batch_size=64,  # so few that each point can be followed by eye
    latent_size=2,  # so that the noise is a picture too
    learning_rates=(1e-3, 3e-3),  # long strides, so that a single one is seen and heard
    penalty=0.001,
    seeds=(0, 1, 2, 3, 4),
    shown=0,
    frames=2,  # the film shows no training: only the round is looked at
)
TOLD = 13
"""Rounds played before the one that is taken apart: the clump has just set out."""

# The round


def play_watched(game: Game, deal: Deal) -> Mapping[str, Tensor]:
    """The usual round, with both losses taken again after their updates, on the same points and the same noise."""
    from pipeline.game import teach_detective, teach_forger  # here, so that who only draws loads no trainer

    forger_turn, detective_turn = game.turns()
    batch, (noise, second) = deal.real[0], deal.noise
    told = deal.step == min(TOLD, game.recipe.last_step - 1)
    notes: dict[str, Tensor] = {}

    forged = quietly(game.forger, noise)
    if told:
        notes |= {"noise": noise, "forged": forged, "real": batch.data}
        notes |= judged(game.detective, batch.data, forged, "before")
    detective_before = teach_detective(game, detective_turn, batch, noise, deal.step)
    on_real, on_forged = quietly(game.detective, batch.data), quietly(game.detective, forged)
    if told:
        offered = quietly(game.forger, second)
        notes |= judged(game.detective, batch.data, forged, "after")
        notes |= {"second_noise": second, "offered": offered, "on_offered": quietly(game.detective, offered)}
        notes["wanted"] = blame.pull(game.detective, offered, game.losses.forger)
    forger_before = teach_forger(game, forger_turn, batch, second)
    moved = quietly(game.forger, second)
    on_moved = quietly(game.detective, moved)
    if told:
        assert isinstance(game.forger, WatchedForger)
        game.forger.notes = notes | {"moved": moved, "on_moved": on_moved}
    return {
        "forger_loss": forger_before,
        "forger_after": game.losses.forger(on_moved, on_moved),
        "detective_loss": detective_before,
        "detective_after": game.losses.detective(on_real, on_forged),
    }


def judged(detective: nn.Module, real: Tensor, forged: Tensor, when: str) -> dict[str, Tensor]:
    """What the detective says of both heaps, in logits, and of the whole plane."""
    runs, asked = len(real), plane().to(real.device)
    field = quietly(detective, asked.expand(runs, -1, -1))
    return {
        f"on_real_{when}": quietly(detective, real),
        f"on_forged_{when}": quietly(detective, forged),
        f"field_{when}": field.reshape(runs, ROWS, COLUMNS),
    }


@torch.no_grad()
def quietly(player: nn.Module, given: Tensor) -> Tensor:
    """What a player makes of something, while nobody learns from it."""
    answer: Tensor = player(given)
    return answer


# What to keep

def plane() -> Tensor:
    """(1, ROWS * COLUMNS, 2), row by row from below."""
    x, y = torch.linspace(*ACROSS, COLUMNS), torch.linspace(*UP, ROWS)
    return torch.stack(torch.meshgrid(x, y, indexing="xy"), -1).reshape(1, -1, 2)


def observe(look: Look) -> Observation:
    """At the end: the notes of the round, of every seed but for the field, and what the two updates cost."""
    if not look.last:
        return Observation()
    assert isinstance(look.forger, WatchedForger)
    kept = {name: note.cpu().numpy() for name, note in look.forger.notes.items()}
    fields = {name: kept.pop(name)[look.shown].astype(np.float16) for name in ("field_before", "field_after")}
    return Observation(constants=kept | fields)


# What to see and to hear


def draw(recordings: Recordings, canvas: Canvas) -> Callable[[float], None]:
    """The notes of the shown seed as a film."""
    kept = recordings["round"]
    own = {name: note if name.startswith("field") else note[kept.shown] for name, note in kept.constants.items()}
    return draw_round(own, canvas)



def play_round(recordings: Recordings) -> Score:
    """Each phase its sound: breath, reed, fork, reed; then the two pairs, before and after."""
    before, after = losses(recordings)
    return gestures.one_round((before[0], after[0]), (before[1], after[1]), beat=SECONDS / 4)


# What to count


def losses(recordings: Recordings) -> tuple[tuple[float, float], tuple[float, float]]:
    """The round's (forger's, detective's) losses, before and after their updates, nats per verdict."""
    kept = recordings["round"]
    told = min(TOLD, kept.recipe.last_step - 1)

    def of(forger: str, detective: str) -> tuple[float, float]:
        return kept.series(forger).at(told), kept.series(detective).at(told) / 2

    return of("forger_loss", "detective_loss"), of("forger_after", "detective_after")


def fell(recordings: Recordings, who: str) -> np.ndarray:
    """In what share of all rounds an update lowered the loss of the player who made it, (seeds,)."""
    curves = recordings["round"].curves
    return np.asarray((curves[f"{who}_after"][1] < curves[f"{who}_loss"][1]).mean(1))


def by_phase(*changes: tuple[int, float]) -> Series:
    """A number that holds from a phase on, for each of the phases."""
    values = np.zeros(PHASES)
    for phase, value in changes:
        values[phase:] = value
    return Series(np.arange(PHASES), values)


def forger_loss(recordings: Recordings) -> Series:
    """The forger's, as it is about to be corrected and, in the last phase, as it is after that."""
    (before, _), (after, _) = losses(recordings)
    return by_phase((0, before), (CORRECT_G, after))


def detective_loss(recordings: Recordings) -> Series:
    """The detective's per verdict, before and, once it is corrected, after."""
    (_, before), (_, after) = losses(recordings)
    return by_phase((0, before), (CORRECT_D, after))


def belief(recordings: Recordings) -> Series:
    """What the detective gives the forgeries that lie before it, on average."""
    kept = recordings["round"]
    names = {0: "on_forged_before", CORRECT_D: "on_forged_after", BLAME: "on_offered", CORRECT_G: "on_moved"}
    told = [(phase, float(probability(kept.constants[name][kept.shown]).mean())) for phase, name in names.items()]
    return by_phase(*told)


def cosines(recordings: Recordings) -> np.ndarray:
    """Between each point's arrow and its way in the update, (seeds, batch)."""
    kept = recordings["round"].constants
    told, went = (torch.from_numpy(x) for x in (kept["wanted"], kept["moved"] - kept["offered"]))
    return blame.along(told, went).numpy()


def stride(recordings: Recordings) -> float:
    """How far the points moved, on average, as a share of the heart's width."""
    kept = recordings["round"]
    went = kept.constants["moved"][kept.shown] - kept.constants["offered"][kept.shown]
    return float(np.linalg.norm(went, axis=1).mean() / np.ptp(worlds.Heart().outline()[:, 0].numpy()))


def fall(who: int) -> Callable[[Recordings], float]:
    """By how much the loss of the forger (0) or the detective (1) fell, nats per verdict."""
    return lambda recordings: losses(recordings)[0][who] - losses(recordings)[1][who]


def agreement(recordings: Recordings) -> float:
    """The mean of these cosines in the shown seed."""
    return float(cosines(recordings)[recordings["round"].shown].mean())


def with_the_arrow(recordings: Recordings) -> float:
    """The share of the points that move within a right angle of their arrow."""
    return float((cosines(recordings)[recordings["round"].shown] > 0).mean())


STUDY = Study(
    name="one_round",
    duels={"round": Duel(RECIPE, real, players, CLASSIC, observe, round=play_watched, data="heart")},
    figures=(
        Figure(
            "round",
            draw,
            duel="round",
            seconds=SECONDS,
            poster=(BLAME + 0.45) / (PHASES - 1),
            sound="beats",
            places=PHASES - 1,
            lead=PAUSE,
            hold=PAUSE,
        ),
    ),
    sounds=(
        Sound(
            "beats", play_round, SECONDS, {"draw": ("real", tones.HOME), "nothing": ("detective", tones.LOWEST)}
        ),
    ),
    values=(
        Value("step", lambda recordings: float(TOLD)),
        Value("batch", lambda recordings: float(recordings["round"].recipe.batch_size)),
        Value("rounds", lambda recordings: float(recordings["round"].recipe.last_step)),
        Value("seeds", lambda recordings: float(len(recordings["round"].recipe.seeds))),
        Value("forger_loss", forger_loss, series=True),
        Value("detective_loss", detective_loss, series=True),
        Value("belief", belief, series=True),
        Value("stride", stride),
        Value("agreement", agreement),
        Value("with_the_arrow", with_the_arrow),
        Value("detective_fell", lambda recordings: float(fell(recordings, "detective").min())),
        Value("forger_fell", lambda recordings: float(fell(recordings, "forger").min())),
    ),
    claims=(
        Claim("detective_falls", fall(1), ">=", 0.02),
        Claim("forger_falls", fall(0), ">=", 0.1),
        Claim("points_follow", with_the_arrow, ">=", 0.9),
        Claim("detective_mostly_falls", lambda recordings: float(fell(recordings, "detective").min()), ">=", 0.9),
        Claim("forger_mostly_falls", lambda recordings: float(fell(recordings, "forger").min()), ">=", 0.95),
    ),
)
