// Looks at a duel, now or at a kept moment: the forger's points, the detective's field, the pull that each forged
// point feels. The same noise is looked through all along, so that a point that moves was moved by learning.
// It changes nothing in the duel, and knows no page.
"use strict";

class Lens {
  /** Points shown, and cells of the field from edge to edge. */
  static SHOWN = 320;
  static FIELD = 44;
  static #CHUNK = 352;

  /**
   * @param {Duel} duel whose players it is shaped for
   * @param {number} seed
   */
  constructor(duel, seed) {
    const { forger, detective, aims, recipe } = duel;
    this.aims = aims;
    this.forger = new Network(forger.sizes, forger.slope);
    this.detective = new Network(detective.sizes, detective.slope);
    this.making = new Pass(this.forger, Lens.#CHUNK);
    this.judging = new Pass(this.detective, Lens.#CHUNK);
    this.noise = new Dice(seed, "look").fill(new Float64Array(COUNTED * recipe.noise));
    /** All forged points, of which the first `SHOWN` are shown. */
    this.points = new Float64Array(2 * COUNTED);
    this.field = new Float64Array(Lens.FIELD ** 2);
    this.pulls = new Float64Array(2 * Lens.SHOWN);
    this.grid = new Float64Array(2 * Lens.FIELD ** 2);
    for (let i = 0; i < Lens.FIELD ** 2; i++) {
      this.grid[2 * i] = (((i % Lens.FIELD) + 0.5) / Lens.FIELD) * 2 * REACH - REACH;
      this.grid[2 * i + 1] = REACH - ((Math.floor(i / Lens.FIELD) + 0.5) / Lens.FIELD) * 2 * REACH; // the first row on top
    }
  }

  /**
   * Look at players with these numbers.
   * @param {ArrayLike<number>} forger
   * @param {ArrayLike<number>} detective
   */
  turn(forger, detective) {
    this.forger.numbers.set(forger);
    this.detective.numbers.set(detective);
    this.detective.changed();
  }

  /** Forge anew the first points. @param {number} count */
  forge(count) {
    const size = this.forger.sizes[0];
    return Lens.#through(this.making, this.noise, this.points, count, size, 2);
  }

  /** Forge the next few of all points; returns how many there are then. @param {number} from */
  forgeFrom(from) {
    const to = Math.min(COUNTED, from + Lens.#CHUNK);
    const size = this.forger.sizes[0];
    Lens.#through(this.making, this.noise.subarray(from * size), this.points.subarray(2 * from), to - from, size, 2);
    return to;
  }

  /** What the detective says from edge to edge, row by row from the top. */
  survey() {
    return Lens.#through(this.judging, this.grid, this.field, Lens.FIELD ** 2, 2, 1);
  }

  /** What it says of some points. @param {Float64Array} points @param {number} count */
  judge(points, count) {
    return Lens.#through(this.judging, points, new Float64Array(count), count, 2, 1);
  }

  /** Where each shown point would go to please the detective: downhill in the loss that trains the forger. */
  pull() {
    const { judging, aims, pulls, points } = this;
    judging.values[0].set(points.subarray(0, 2 * Lens.SHOWN));
    const verdicts = judging.forward(Lens.SHOWN);
    judging.deltas[judging.deltas.length - 1].fill(1, 0, Lens.SHOWN);
    judging.backward();
    for (let i = 0; i < 2 * Lens.SHOWN; i++) pulls[i] = -judging.slopes[i] * aims.forger.slope(verdicts[i >> 1]);
    return pulls;
  }

  /**
   * A batch of any size through a network, as much at a time as it has room for.
   * @param {Pass} pass
   * @param {Float64Array} from
   * @param {Float64Array} to
   * @param {number} rows
   * @param {number} inputs
   * @param {number} outputs
   */
  static #through(pass, from, to, rows, inputs, outputs) {
    for (let at = 0; at < rows; at += Lens.#CHUNK) {
      const some = Math.min(Lens.#CHUNK, rows - at);
      pass.values[0].set(from.subarray(at * inputs, (at + some) * inputs));
      to.set(pass.forward(some).subarray(0, some * outputs), at * outputs);
    }
    return to;
  }
}
