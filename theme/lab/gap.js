// The gap between originals and forgeries, as chapter 01 counts it: the Jensen-Shannon divergence in bits of two
// histograms of 40 by 40 cells, over all points, none left out. It knows no players.
"use strict";

const CELLS = 40;
/** Forged points counted for a gap. */
const COUNTED = 4000;
/** Of which so many are looked at for islands, as the literature does. */
const LANDED = 2500;
/** Originals they are held against. */
const HELD = 20_000;
/** Points drawn at a time: a piece of work well under a frame, on a slow phone, too. */
const SLICE = 1000;

/**
 * Counts on the square; points outside count in the outermost cells, so that none is forgiven.
 * @param {Float64Array} points x and y by turns
 * @param {number} count
 * @param {Float64Array} counts to be added to
 */
function histogram(points, count, counts = new Float64Array(CELLS * CELLS)) {
  /** @param {number} value */
  const cell = (value) => Math.min(CELLS - 1, Math.max(0, Math.trunc((value + REACH) * (CELLS / (2 * REACH)))));
  for (let i = 0; i < count; i++) counts[cell(points[2 * i + 1]) * CELLS + cell(points[2 * i])]++;
  return counts;
}

/**
 * JS(p, q) = H((p + q) / 2) - H(p) / 2 - H(q) / 2 with H(p) = -sum p log2 p: 0 the same, 1 nothing in common.
 * Lin, "Divergence Measures Based on the Shannon Entropy" (1991), equation 4.1.
 * @param {Float64Array} one counts
 * @param {Float64Array} other counts
 */
function jensenShannon(one, other) {
  const [m, n] = [one, other].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  let bits = 0;
  for (let i = 0; i < one.length; i++) {
    const [p, q] = [one[i] / m, other[i] / n];
    const middle = (p + q) / 2;
    if (p > 0) bits += (p / 2) * Math.log2(p / middle);
    if (q > 0) bits += (q / 2) * Math.log2(q / middle);
  }
  return Math.min(1, Math.max(0, bits));
}

/** Holds forgeries against one world. What it needs for that is made piece by piece, at the latest when it is asked for. */
class Gauge {
  #held = new Float64Array(CELLS * CELLS);
  #floor = 0;
  #coming;

  /**
   * @param {World} world
   * @param {number} seed
   */
  constructor(world, seed) {
    this.world = world;
    this.dice = new Dice(seed, "held-out");
    this.#coming = this.#made();
  }

  *#made() {
    yield* this.#drawn(HELD, this.#held);
    for (let draw = 0; draw < 5; draw++) {
      const again = new Float64Array(CELLS * CELLS);
      yield* this.#drawn(COUNTED, again);
      this.#floor += jensenShannon(again, this.#held) / 5;
      yield;
    }
  }

  /** Originals, counted as they come. @param {number} count @param {Float64Array} counts */
  *#drawn(count, counts) {
    const points = new Float64Array(2 * SLICE);
    for (let drawn = 0; drawn < count; drawn += SLICE) {
      histogram(this.world.sample(this.dice, points, SLICE), SLICE, counts);
      yield;
    }
  }

  /** What is still to be made, a small piece at each step. */
  *pieces() {
    while (!this.#coming.next().done) yield;
  }

  /** Counts of the originals that forgeries are held against. */
  get held() {
    for (const _ of this.pieces());
    return this.#held;
  }

  /** What a perfect forger would score with as many points, in bits: the mean of five draws of the world itself. */
  get floor() {
    for (const _ of this.pieces());
    return this.#floor;
  }

  /** The gap in bits of `COUNTED` forged points. @param {Float64Array} points */
  gap(points) {
    return jensenShannon(histogram(points, COUNTED), this.held);
  }

  /**
   * Of a world of islands, how many have a forged point within 3 sd, and the share of points that lie so near to one;
   * Srivastava et al., "VEEGAN" (2017), section 5.1. NaN where there are no islands.
   * @param {Float64Array} points
   * @param {number} count
   */
  ashore(points, count = LANDED) {
    const { islands, sd } = this.world;
    if (!islands.length) return { covered: Number.NaN, share: Number.NaN };
    const hits = new Float64Array(islands.length);
    for (let i = 0; i < count; i++) {
      let [nearest, which] = [Infinity, 0];
      for (let k = 0; k < islands.length; k++) {
        const square = (points[2 * i] - islands[k][0]) ** 2 + (points[2 * i + 1] - islands[k][1]) ** 2;
        if (square < nearest) [nearest, which] = [square, k];
      }
      if (nearest <= (3 * sd) ** 2) hits[which]++;
    }
    return { covered: hits.filter((hit) => hit > 0).length, share: hits.reduce((sum, hit) => sum + hit, 0) / count };
  }
}
