"""The vocabulary of a study: one experiment, in one file, from its world to its claims.

A study file under ``studies/`` is read from top to bottom in the order in which data meets it:
the world (real data), the players, the game (losses), what to keep, what to see, what to hear,
what to claim. This module holds the nouns that such a file is written in. It knows neither
torch nor matplotlib: what a study's functions take and give is described, never imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np

    from pipeline.drawing.canvas import Canvas
    from pipeline.recording import Recording, Series
    from pipeline.sounding.score import Score

Pace = Literal["full", "draft"]
Schedule = Literal["constant", "cosine", "late_linear"]

Recordings = Mapping[str, "Recording"]
"""The recordings of a study, by the name of the duel that made each."""


@dataclass(frozen=True)
class Recipe:
    """All the numbers of one training run; an author may override any of them in a chapter."""

    steps: int
    """Rounds of the duel; one round is ``critic_steps`` detective updates and one forger update."""
    batch_size: int
    """Real points, and as many forged ones, per update."""
    latent_size: int
    """Numbers in a noise vector z ~ N(0, I)."""
    learning_rates: tuple[float, float]
    """Adam's step sizes: forger, detective."""
    betas: tuple[float, float] = (0.0, 0.99)
    """Adam's moment decays, the same for both players."""
    critic_steps: int = 1
    """Detective updates per round."""
    schedule: Schedule = "constant"
    """Of both step sizes: flat; half a cosine down to ``last_rate``; or linear down over the second half."""
    last_rate: float = 0.0
    """What share of the step sizes is left at the last step."""
    penalty: float = 0.0
    """gamma of the R1 term, gamma/2 E|grad D(x)|^2 on real points (Mescheder 2018, eq. 9)."""
    penalty_every: int = 1
    """Lazy regularisation: the term is taken each so many updates, and weighs as many times more."""
    average: float = 0.0
    """Decay of the running mean of the forger's weights that is shown and measured; 0 shows the forger itself."""
    seeds: tuple[int, ...] = (0,)
    """The runs trained, side by side, from this recipe."""
    shown: int = 0
    """Which of ``seeds`` the figures show; it must be one of them."""
    frames: int = 300
    """Moments kept for the film (fewer where two moments fall on one step)."""
    clock: float = 0.5
    """Film time is (step / steps) ** clock: .5 gives the early steps, where all happens, their time."""
    stop: int | None = None
    """A draft ends here; None runs all ``steps``. Schedules never look at it, so a draft is a prefix."""

    def __post_init__(self) -> None:
        if self.shown not in self.seeds:
            raise ValueError(f"shown seed {self.shown} is not among the seeds {self.seeds}")

    @property
    def last_step(self) -> int:
        """The step at which the run ends: ``steps``, or ``stop`` in a draft."""
        return self.steps if self.stop is None else min(self.stop, self.steps)

    def at(self, pace: Pace) -> Recipe:
        """The recipe at a pace: a draft is the first tenth of the full run, bit for bit."""
        return self if pace == "full" else replace(self, stop=max(1, self.steps // 10))

    def with_changes(self, changes: Mapping[str, Any]) -> Recipe:
        """The recipe with an author's overrides; ValueError names an unknown field."""
        known = {f.name for f in fields(self)}
        for name in changes:
            if name not in known:
                raise ValueError(f'no recipe field "{name}"')
        changed: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in changes.items()}
        return replace(self, **changed)

    def step_at(self, moment: float) -> int:
        """The step shown at a moment of the film, moment in [0, 1]."""
        exact: float = self.steps * min(max(moment, 0.0), 1.0) ** (1 / self.clock)
        return min(self.last_step, round(exact))

    def moment_at(self, step: float) -> float:
        """The moment of the film, in [0, 1], at which a step is shown."""
        return float(min(max(step / self.steps, 0.0), 1.0) ** self.clock)

    def frame_steps(self) -> tuple[int, ...]:
        """The steps at which the recorder looks: every step that some film frame shows."""
        last = max(1, self.frames - 1)
        return tuple(sorted({self.step_at(i / last) for i in range(self.frames)}))


@dataclass(frozen=True)
class Duel:
    """One training: a recipe, a world, two players and the losses they play by."""

    recipe: Recipe
    real: Callable[..., Any]
    """real(recipe) -> a World (pipeline.gan.worlds): what real data is drawn from."""
    players: Callable[..., Any]
    """players(recipe) -> (forger, detective), two torch modules."""
    losses: Any
    """A pair of pure functions (pipeline.gan.losses.Losses): detective(real, forged), forger(real, forged)."""
    observe: Callable[..., Any]
    """observe(look) -> Observation: what to keep at a frame step (pipeline.gan.observing)."""
    round: Callable[..., Any] | None = None
    """Plays one round where it is not the usual one (diffusion, REINFORCE); None is the usual one."""
    data: str = ""
    """Key of the data set, described with its licence in content/data.yaml."""


@dataclass(frozen=True)
class Figure:
    """A film and its poster."""

    name: str
    draw: Callable[[Recordings, Canvas], Callable[[float], None]]
    """Sets its marks up once on the canvas; returns update(moment), moment in [0, 1]."""
    duel: str
    """The duel whose steps the scrubber counts and whose clock the film follows."""
    seconds: float = 12.0
    fps: int = 25
    size: tuple[int, int] = (1280, 720)
    """Width and height of the film in pixels, both even."""
    poster: float | Callable[[Recordings], float] = 1.0
    """The most telling moment, not the first."""
    sound: str | None = None
    """The Sound muxed into the film; None is a silent film."""
    loop: bool = False
    """A silent excerpt that loops (the cover's wall)."""
    places: int | None = None
    """Where the film follows no training but, say, a walk through the trained forger: how many steps the scrubber
    counts, evenly, from 0 to ``places``. None: the steps of the duel, by its clock."""
    lead: float = 0.0
    """Seconds at the start in which the first picture stays."""
    hold: float = 0.0
    """Seconds at the end in which the last picture stays, as under a closing chord."""

    def moment(self, share: float) -> float:
        """The moment that is shown at a share of the film's time, both in [0, 1]."""
        run = self.seconds - self.lead - self.hold
        return min(max((share * self.seconds - self.lead) / run, 0.0), 1.0)

    def share(self, moment: float) -> float:
        """The share of the film's time at which a moment is shown, both in [0, 1]: the inverse of ``moment``."""
        run = self.seconds - self.lead - self.hold
        return (self.lead + run * min(max(moment, 0.0), 1.0)) / self.seconds


@dataclass(frozen=True)
class Sound:
    """A soundtrack. Its clock is that of the figure that carries it."""

    name: str
    play: Callable[[Recordings], Score | np.ndarray]
    """A score, rendered and mastered outside; or raw samples, (samples, 2) float32 at 48 kHz."""
    seconds: float = 12.0
    tones: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    """Reference tones: name -> (role of the voice, Hz). Their words stand in content/figures/."""


@dataclass(frozen=True)
class Value:
    """A number of the prose, a read-out or a curve, measured from the recordings."""

    name: str
    measure: Callable[[Recordings], float | Series]
    """A number; or a Series, of which prose may ask .first .last .lowest .highest and .at(step)."""
    series: bool = False
    """True when ``measure`` gives a Series: a name is checked before anything is trained."""


@dataclass(frozen=True)
class Claim:
    """A sentence the page may only say when the run bears it out. Its words stand in content/figures/."""

    name: str
    measure: Callable[[Recordings], float]
    holds: Literal["<=", ">="]
    bound: float

    def held_by(self, measured: float) -> bool:
        """Whether the measured value is on the right side of the bound (NaN never is)."""
        return measured <= self.bound if self.holds == "<=" else measured >= self.bound


@dataclass(frozen=True)
class Export:
    """Files that the page uses besides films: ornament, quiz tiles, generator weights."""

    name: str
    make: Callable[[Recordings], Mapping[str, bytes]]
    """File name -> content. Must give the same bytes for the same recordings."""


@dataclass(frozen=True)
class Study:
    """One experiment: its duels, and what is seen, heard, counted and claimed of them."""

    name: str
    duels: Mapping[str, Duel]
    """Most studies have one; those that compare (healthy, collapsed) have one for each side."""
    figures: tuple[Figure, ...] = ()
    sounds: tuple[Sound, ...] = ()
    values: tuple[Value, ...] = ()
    claims: tuple[Claim, ...] = ()
    exports: tuple[Export, ...] = ()
