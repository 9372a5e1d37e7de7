// What each player wants, verdict by verdict. The detective says a number a for each point (a logit, or a score);
// a loss gives its price and its slope at a, before the mean over the batch. They know no network.
"use strict";

/** log(1 + e^a), without overflow. @param {number} a */
const softplus = (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
/** @param {number} a */
const sigmoid = (a) => (a >= 0 ? 1 / (1 + Math.exp(-a)) : Math.exp(a) / (1 + Math.exp(a)));

/**
 * @typedef {object} Price
 * @property {(a: number) => number} price
 * @property {(a: number) => number} slope
 */

/**
 * @typedef {object} Aims
 * @property {Price} original the detective's, for a point that is real
 * @property {Price} forgery the detective's, for a forged one
 * @property {Price} forger the forger's, for a forged one
 * @property {number | null} middle what says neither real nor forged; null where there is no such number
 * @property {boolean} probability whether sigmoid(a) is the probability that a point is real
 */

/** Goodfellow et al., "Generative Adversarial Nets" (2014), equation 1, with D = sigmoid(a), in nats. */
const crossEntropy = {
  original: { price: (/** @type {number} */ a) => softplus(-a), slope: (/** @type {number} */ a) => sigmoid(a) - 1 },
  forgery: { price: softplus, slope: sigmoid },
};

/** @type {Record<string, Aims>} */
const LOSSES = {
  // -log D(G(z)); the same, section 3, last paragraph.
  "non-saturating": { ...crossEntropy, forger: crossEntropy.original, middle: 0, probability: true },
  // log(1 - D(G(z))); the same, equation 1.
  saturating: {
    ...crossEntropy,
    forger: { price: (a) => -softplus(a), slope: (a) => -sigmoid(a) },
    middle: 0,
    probability: true,
  },
  // (a - 1)^2 / 2 and a^2 / 2; Mao et al., "Least Squares Generative Adversarial Networks" (2017), equation 9.
  "least-squares": {
    original: { price: (a) => (a - 1) ** 2 / 2, slope: (a) => a - 1 },
    forgery: { price: (a) => a ** 2 / 2, slope: (a) => a },
    forger: { price: (a) => (a - 1) ** 2 / 2, slope: (a) => a - 1 },
    middle: 0.5,
    probability: false,
  },
  // f(G(z)) - f(x) and -f(G(z)); Arjovsky et al., "Wasserstein GAN" (2017), equation 2 and algorithm 1.
  wasserstein: {
    original: { price: (a) => -a, slope: () => -1 },
    forgery: { price: (a) => a, slope: () => 1 },
    forger: { price: (a) => -a, slope: () => -1 },
    middle: null,
    probability: false,
  },
};

/**
 * A fine on the slope g of the detective's judgement, for one point; `pull` is how it changes with g: d price = pull . dg.
 * @typedef {object} Fine
 * @property {"originals" | "between" | "none"} where it is taken
 * @property {(length: number) => number} price of a slope of this length
 * @property {(length: number) => number} pull times g itself
 */

/** @type {Record<string, Fine>} */
const FINES = {
  none: { where: "none", price: () => 0, pull: () => 0 },
  // gamma/2 |g|^2 on originals; Mescheder et al., "Which Training Methods for GANs do actually Converge?" (2018), eq. 9.
  r1: { where: "originals", price: (length) => length ** 2 / 2, pull: () => 1 },
  // lambda (|g| - 1)^2 on the way between; Gulrajani et al., "Improved Training of Wasserstein GANs" (2017), eq. 3.
  gp: { where: "between", price: (length) => (length - 1) ** 2, pull: (length) => (length > 0 ? (2 * (length - 1)) / length : 0) },
};

/** Adam, as PyTorch takes it; Kingma and Ba, "Adam" (2015), algorithm 1, with the corrections folded into the step. */
class Adam {
  #mean;
  #square;
  #steps = 0;

  /**
   * @param {number} count of numbers
   * @param {number} rate
   * @param {[number, number]} betas
   */
  constructor(count, rate, betas) {
    this.rate = rate;
    this.betas = betas;
    this.#mean = new Float64Array(count);
    this.#square = new Float64Array(count);
  }

  /**
   * @param {Float64Array} numbers changed in place
   * @param {Float64Array} gradient
   */
  step(numbers, gradient) {
    const [one, two] = this.betas;
    const [mean, square] = [this.#mean, this.#square];
    this.#steps++;
    const stride = this.rate / (1 - one ** this.#steps);
    const root = Math.sqrt(1 - two ** this.#steps);
    for (let i = 0; i < numbers.length; i++) {
      const g = gradient[i];
      mean[i] += (1 - one) * (g - mean[i]);
      square[i] = two * square[i] + (1 - two) * g * g;
      numbers[i] -= (stride * mean[i]) / (Math.sqrt(square[i]) / root + 1e-8);
    }
  }
}
