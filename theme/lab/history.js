// What a run leaves behind: both players as they were, at growing intervals, the gap along the way, and the losses of
// every step. However long it trains, it takes no more room than it was given. It knows no page.
"use strict";

/**
 * @typedef {object} Moment
 * @property {number} step
 * @property {Float32Array} forger its numbers, as shown
 * @property {Float32Array} detective
 * @property {number} gap bits
 * @property {number} covered islands; NaN where there are none
 * @property {number} share of points ashore
 */

class Chronicle {
  /** Moments kept at most; then every other one is let go. */
  static MOST = 300;
  /** From one moment to the next at least a step, and this share of the steps so far. */
  static GROWTH = 0.04;
  /** Between two measurements at most. */
  static STRIDE = 25;

  /** @type {Moment[]} */
  moments = [];
  /** The gap as measured, oftener than moments are kept. @type {{step: number, gap: number, covered: number, share: number}[]} */
  gaps = [];
  losses = new LossLog();
  #growth = Chronicle.GROWTH;
  #nextMoment = 0;
  #nextGap = 0;
  #stride = Chronicle.STRIDE;

  /** Whether the gap is to be measured now. @param {number} step */
  isDue(step) {
    return step >= this.#nextGap || step >= this.#nextMoment;
  }

  /** Keep a moment, or only its gap. @param {Moment} moment @param {boolean} whole keep the players in any case */
  keep(moment, whole = false) {
    const { step, gap, covered, share } = moment;
    if (this.gaps[this.gaps.length - 1]?.step !== step) this.gaps.push({ step, gap, covered, share });
    this.#nextGap = step + Math.max(1, Math.min(this.#stride, Math.floor(step * this.#growth)));
    if (this.gaps.length > 4000) {
      this.gaps = this.gaps.filter((_, k) => k % 2 === 0 || k === this.gaps.length - 1);
      this.#stride *= 2;
    }
    if (step < this.#nextMoment && !whole) return;
    if (this.moments[this.moments.length - 1]?.step !== step) this.moments.push(moment);
    this.#nextMoment = step + Math.max(1, Math.floor(step * this.#growth));
    if (this.moments.length > Chronicle.MOST) {
      this.moments = this.moments.filter((_, k) => k % 2 === 0 || k === this.moments.length - 1);
      this.#growth *= 2;
    }
  }
}

/** Losses, step by step; when room runs out two neighbours become their mean, so a point is the mean of all its steps. */
class LossLog {
  static MOST = 600;
  /** Steps behind each point. */
  each = 1;
  /** @type {{forger: number, detective: number}[]} */
  points = [];
  #sum = { forger: 0, detective: 0, count: 0 };

  /** @param {{forger: number, detective: number}} losses */
  add({ forger, detective }) {
    const sum = this.#sum;
    sum.forger += forger;
    sum.detective += detective;
    if (++sum.count < this.each) return;
    this.points.push({ forger: sum.forger / sum.count, detective: sum.detective / sum.count });
    this.#sum = { forger: 0, detective: 0, count: 0 };
    if (this.points.length < LossLog.MOST) return;
    this.points = Array.from({ length: LossLog.MOST / 2 }, (_, k) => {
      const [one, two] = this.points.slice(2 * k, 2 * k + 2);
      return { forger: (one.forger + two.forger) / 2, detective: (one.detective + two.detective) / 2 };
    });
    this.each *= 2;
  }
}
