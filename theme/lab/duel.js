// One duel: a forger and a detective, played round by round, each round in its phases. A whole round is exactly its
// phases one after the other, so slow motion shows what happens at full speed. It knows no page and no clock: the same
// settings and world give the same numbers, step by step.
"use strict";

/**
 * @typedef {object} Recipe
 * @property {string} loss a name in LOSSES
 * @property {string} penalty a name in FINES
 * @property {number} strength of the penalty: gamma of R1, lambda of the gradient penalty
 * @property {number} layers hidden ones, of both players
 * @property {number} hidden neurons in each
 * @property {number} glasses gain of the detective's first layer
 * @property {number} forgerRate Adam's
 * @property {number} detectiveRate
 * @property {number} critic steps of the detective before each of the forger
 * @property {number} batch points
 * @property {number} noise numbers in the forger's noise
 * @property {number} average decay of the forger's running mean; 0 for none
 * @property {number} seed
 */

/** @typedef {"noise" | "forge" | "judge" | "blame" | "detective" | "again" | "forger"} Phase */

class Duel {
  /** @type {Phase[]} the detective's turn is taken as often as the recipe says */
  static PHASES = ["noise", "forge", "judge", "blame", "detective", "again", "forger"];
  /** Adam's, the forger's and the detective's alike: no momentum in the first mean, as in the essay's studies. */
  static BETAS = /** @type {[number, number]} */ ([0, 0.99]);

  /** Rounds played. */
  steps = 0;
  /** The phase that comes next, and the detective's turns taken in this round. */
  next = 0;
  #turns = 0;
  /** Mean prices of the last verdicts, in nats where D is a probability; the detective's without its fine. */
  losses = { forger: Number.NaN, detective: Number.NaN };

  /**
   * @param {Recipe} recipe
   * @param {World} world
   */
  constructor(recipe, world) {
    const { seed, noise, batch, layers, hidden, glasses, forgerRate, detectiveRate } = recipe;
    this.recipe = recipe;
    this.world = world;
    this.aims = LOSSES[recipe.loss];
    this.fine = FINES[recipe.penalty];
    const inside = Array(layers).fill(hidden);
    this.forger = new Network([noise, ...inside, 2], 0).begin(new Dice(seed, "forger"));
    this.detective = new Network([2, ...inside, 1], 0.2).begin(new Dice(seed, "detective"), { gain: glasses, silent: true });
    /** The forger as it is shown: its running mean, or itself. */
    this.mean = recipe.average ? this.forger.numbers.slice() : this.forger.numbers;
    this.dice = { noise: new Dice(seed, "noise"), originals: new Dice(seed, "originals"), between: new Dice(seed, "between") };
    this.making = new Pass(this.forger, batch);
    this.onReal = new Pass(this.detective, batch);
    this.onForged = new Pass(this.detective, batch);
    this.onBetween = recipe.penalty === "gp" ? new Pass(this.detective, batch) : null;
    this.gradients = { forger: new Float64Array(this.forger.numbers.length), detective: new Float64Array(this.detective.numbers.length) };
    this.optimisers = {
      forger: new Adam(this.forger.numbers.length, forgerRate, Duel.BETAS),
      detective: new Adam(this.detective.numbers.length, detectiveRate, Duel.BETAS),
    };
    /** What each verdict adds to the mean loss as it rises, (batch). */
    this.shares = { real: new Float64Array(batch), forged: new Float64Array(batch) };
    /** Points of the batch, before the forger's last step. */
    this.before = new Float64Array(2 * batch);
  }

  /** The phase that comes next. */
  get phase() {
    return Duel.PHASES[this.next];
  }

  /** Play the next phase, and return its name. */
  advance() {
    const phase = this.phase;
    this.#play(phase);
    this.next++;
    if (phase === "detective" && ++this.#turns < this.recipe.critic) this.next = 0;
    if (this.next === Duel.PHASES.length) {
      this.next = 0;
      this.#turns = 0;
      this.steps++;
    }
    return phase;
  }

  /** Whether a round has begun and not ended. */
  get midway() {
    return this.next > 0 || this.#turns > 0;
  }

  /** Play to the end of the round. */
  step() {
    do this.advance();
    while (this.midway);
  }

  /** @param {Phase} phase */
  #play(phase) {
    if (phase === "noise") this.#drawNoise();
    else if (phase === "forge") this.#forge();
    else if (phase === "judge") this.#judge();
    else if (phase === "blame") this.#blame();
    else if (phase === "detective") this.#adjustDetective();
    else if (phase === "again") this.#forgeAgain();
    else this.#adjustForger();
  }

  #drawNoise() {
    const { batch, noise } = this.recipe;
    this.dice.noise.fill(this.making.values[0], batch * noise);
  }

  #forge() {
    const { batch } = this.recipe;
    this.onForged.values[0].set(this.making.forward(batch));
  }

  #judge() {
    const { batch } = this.recipe;
    this.world.sample(this.dice.originals, this.onReal.values[0], batch);
    this.onReal.forward(batch);
    this.onForged.forward(batch);
    const { original, forgery } = this.aims;
    this.losses.detective = mean(this.onReal.output, batch, original.price) + mean(this.onForged.output, batch, forgery.price);
  }

  /** Each verdict's share of the loss, and each number's of all verdicts: the detective's gradient. */
  #blame() {
    const { batch, strength } = this.recipe;
    const { gradients, onReal, onForged, onBetween, fine, shares, aims } = this;
    gradients.detective.fill(0);
    slopesOf(onReal, batch, aims.original, shares.real);
    slopesOf(onForged, batch, aims.forgery, shares.forged);
    const fined = fine.where === "originals" && strength > 0;
    if (fined) fineOf(onReal, fine, strength);
    onReal.collect(gradients.detective, shares.real, fined);
    onForged.collect(gradients.detective, shares.forged);
    if (!onBetween || strength <= 0) return;
    for (let r = 0; r < batch; r++) {
      const share = this.dice.between.even();
      for (let k = 2 * r; k < 2 * r + 2; k++)
        onBetween.values[0][k] = share * onReal.values[0][k] + (1 - share) * onForged.values[0][k];
    }
    onBetween.forward(batch);
    onBetween.deltas[onBetween.deltas.length - 1].fill(1, 0, batch);
    onBetween.backward();
    fineOf(onBetween, fine, strength);
    onBetween.collect(gradients.detective, new Float64Array(batch), true);
  }

  #adjustDetective() {
    this.optimisers.detective.step(this.detective.numbers, this.gradients.detective);
    this.detective.changed();
  }

  /** New noise, new forgeries, judged by the detective as it now is; then the forger's gradient, through it. */
  #forgeAgain() {
    const { batch } = this.recipe;
    const { making, onForged, aims, shares, gradients } = this;
    this.#drawNoise();
    this.#forge();
    this.before.set(making.output);
    onForged.forward(batch);
    this.losses.forger = mean(onForged.output, batch, aims.forger.price);
    slopesOf(onForged, batch, aims.forger, shares.forged);
    const pull = making.deltas[making.deltas.length - 1]; // the loss by each forged point, (batch, 2)
    for (let i = 0; i < 2 * batch; i++) pull[i] = onForged.slopes[i] * shares.forged[i >> 1];
    making.backward();
    gradients.forger.fill(0);
    making.collect(gradients.forger, null);
  }

  #adjustForger() {
    const { numbers } = this.forger;
    const { average, batch } = this.recipe;
    this.optimisers.forger.step(numbers, this.gradients.forger);
    this.forger.changed();
    if (average) for (let i = 0; i < numbers.length; i++) this.mean[i] += (1 - average) * (numbers[i] - this.mean[i]);
    if (this.slow) this.making.forward(batch); // where the same noise would lead now: only to be looked at
  }

  /** Set while someone watches the phases. */
  slow = false;
}

/**
 * @param {Float64Array} verdicts
 * @param {number} count
 * @param {(a: number) => number} price
 */
function mean(verdicts, count, price) {
  let sum = 0;
  for (let r = 0; r < count; r++) sum += price(verdicts[r]);
  return sum / count;
}

/**
 * The slope of the mean loss by each verdict, and, in the pass, each verdict's own slope by the point it judges.
 * @param {Pass} pass
 * @param {number} rows
 * @param {Price} price
 * @param {Float64Array} shares filled
 */
function slopesOf(pass, rows, price, shares) {
  const verdicts = pass.output;
  for (let r = 0; r < rows; r++) shares[r] = price.slope(verdicts[r]) / rows;
  pass.deltas[pass.deltas.length - 1].fill(1, 0, rows);
  pass.backward();
}

/**
 * Fill and follow the tangents of a fine on the slopes that a pass has found.
 * @param {Pass} pass
 * @param {Fine} fine
 * @param {number} strength
 */
function fineOf(pass, fine, strength) {
  const [slopes, tangents] = [pass.slopes, pass.tangents[0]];
  for (let r = 0; r < pass.rows; r++) {
    const [x, y] = [slopes[2 * r], slopes[2 * r + 1]];
    const pull = (strength * fine.pull(Math.hypot(x, y))) / pass.rows;
    tangents[2 * r] = pull * x;
    tangents[2 * r + 1] = pull * y;
  }
  pass.along();
}
