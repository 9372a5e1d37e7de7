// Dice that fall the same way whenever they are thrown from the same seed: one set for each use, so that what is
// drawn for one never shifts what is drawn for another. They know no network and no page.
//
// sfc32, a small chaotic counter by Chris Doty-Humphrey (PractRand, 2010); normal numbers by Box and Muller (1958).
"use strict";

class Dice {
  #state = new Uint32Array(4);
  /** The second of each pair of normal numbers, until it is asked for; NaN where there is none. */
  #spare = Number.NaN;

  /**
   * @param {number} seed a whole number
   * @param {string} use what they are for: "noise", "originals", ...
   */
  constructor(seed, use) {
    // FNV-1a over seed and use spreads near seeds far apart; the first throws are thrown away.
    let hash = 0x811c9dc5;
    for (const letter of `${seed} ${use}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    this.#state.set([hash, seed >>> 0, Math.imul(hash, 0x9e3779b1) >>> 0, 1]);
    for (let i = 0; i < 16; i++) this.next();
  }

  /** A whole number from 0 to 2^32 - 1. */
  next() {
    const s = this.#state;
    const sum = (s[0] + s[1] + s[3]) >>> 0;
    s[3] += 1;
    s[0] = s[1] ^ (s[1] >>> 9);
    s[1] = s[2] + (s[2] << 3);
    s[2] = ((s[2] << 21) | (s[2] >>> 11)) + sum;
    return sum;
  }

  /** Evenly in [0, 1). */
  even() {
    return this.next() / 0x100000000;
  }

  /** Normal, mean 0, standard deviation 1. */
  normal() {
    if (!Number.isNaN(this.#spare)) {
      const spare = this.#spare;
      this.#spare = Number.NaN;
      return spare;
    }
    const far = Math.sqrt(-2 * Math.log(1 - this.even()));
    const turn = 2 * Math.PI * this.even();
    this.#spare = far * Math.sin(turn);
    return far * Math.cos(turn);
  }

  /**
   * Fill the first numbers of an array with normal ones.
   * @param {Float64Array} numbers
   * @param {number} count
   */
  fill(numbers, count = numbers.length) {
    for (let i = 0; i < count; i++) numbers[i] = this.normal();
    return numbers;
  }
}
