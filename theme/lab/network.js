// A small network in plain arrays: forward, backward, and once more forward along a direction, which is all that a
// gradient of a gradient needs here. It knows neither losses nor the page.
//
//   u_l = W_l h_(l-1) + b_l,   h_l = u_l where u_l > 0, else slope * u_l,   the last layer bent by nothing
//
// Between its kinks such a network is linear in its input, so its second derivatives by the input vanish, and the
// gradient of any function of the slope g = da/dx is exact with one more pass ("tangents", see `Pass.along`).
"use strict";

/**
 * C = A B^T, or C += A B^T: rows (m, k) with rows (n, k) to (m, n). Four rows of A by two of B at a time.
 * @param {Float64Array} A
 * @param {Float64Array} B
 * @param {Float64Array} C
 * @param {number} m
 * @param {number} n
 * @param {number} k
 * @param {boolean} add
 */
function product(A, B, C, m, n, k, add = false) {
  if (!add) C.fill(0, 0, m * n);
  let i = 0;
  for (; i + 3 < m; i += 4) {
    const a0 = i * k;
    const a1 = a0 + k;
    const a2 = a1 + k;
    const a3 = a2 + k;
    let j = 0;
    for (; j + 1 < n; j += 2) {
      const b0 = j * k;
      const b1 = b0 + k;
      let c00 = 0, c01 = 0, c10 = 0, c11 = 0, c20 = 0, c21 = 0, c30 = 0, c31 = 0; // prettier-ignore
      for (let l = 0; l < k; l++) {
        const x = B[b0 + l];
        const y = B[b1 + l];
        const p = A[a0 + l];
        const q = A[a1 + l];
        const r = A[a2 + l];
        const s = A[a3 + l];
        c00 += p * x;
        c01 += p * y;
        c10 += q * x;
        c11 += q * y;
        c20 += r * x;
        c21 += r * y;
        c30 += s * x;
        c31 += s * y;
      }
      const o = i * n + j;
      C[o] += c00;
      C[o + 1] += c01;
      C[o + n] += c10;
      C[o + n + 1] += c11;
      C[o + 2 * n] += c20;
      C[o + 2 * n + 1] += c21;
      C[o + 3 * n] += c30;
      C[o + 3 * n + 1] += c31;
    }
    if (j < n) for (let r = i; r < i + 4; r++) C[r * n + j] += inner(A, r * k, B, j * k, k);
  }
  for (; i < m; i++) for (let j = 0; j < n; j++) C[i * n + j] += inner(A, i * k, B, j * k, k);
}

/** @param {Float64Array} A @param {number} a @param {Float64Array} B @param {number} b @param {number} k */
function inner(A, a, B, b, k) {
  let sum = 0;
  for (let l = 0; l < k; l++) sum += A[a + l] * B[b + l];
  return sum;
}

/**
 * Rows become columns: (m, n) -> (n, m).
 * @param {Float64Array} from
 * @param {Float64Array} to
 * @param {number} m
 * @param {number} n
 */
function turn(from, to, m, n) {
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) to[j * m + i] = from[i * n + j];
}

/**
 * @typedef {object} Layer
 * @property {number} inputs
 * @property {number} outputs
 * @property {Float64Array} weight (outputs, inputs), a window of the network's numbers
 * @property {Float64Array} bias (outputs)
 * @property {Float64Array} turned (inputs, outputs), the weights once more
 */

class Network {
  /**
   * @param {number[]} sizes neurons from input to output
   * @param {number} slope of a neuron below zero
   */
  constructor(sizes, slope) {
    this.sizes = sizes;
    this.slope = slope;
    const count = sizes.slice(1).reduce((sum, outputs, l) => sum + outputs * (sizes[l] + 1), 0);
    /** Weights and biases, layer by layer. */
    this.numbers = new Float64Array(count);
    let at = 0;
    this.layers = sizes.slice(1).map((outputs, l) => {
      const inputs = sizes[l];
      const weight = this.numbers.subarray(at, (at += inputs * outputs));
      const bias = this.numbers.subarray(at, (at += outputs));
      return /** @type {Layer} */ ({ inputs, outputs, weight, bias, turned: new Float64Array(inputs * outputs) });
    });
  }

  /**
   * Weights and biases evenly within 1 / sqrt(inputs), as PyTorch begins a linear layer. `gain` g multiplies the first
   * weights by g and the first biases by 2 g, against a small network's blindness to fine detail; `silent` begins the
   * last layer at zero, so that a detective says the same everywhere.
   * @param {Dice} dice
   * @param {{gain?: number, silent?: boolean}} how
   */
  begin(dice, { gain = 1, silent = false } = {}) {
    this.layers.forEach(({ inputs, weight, bias }, l) => {
      const bound = 1 / Math.sqrt(inputs);
      const [w, b] = l === 0 ? [gain, gain === 1 ? 1 : 2 * gain] : [1, 1];
      for (let i = 0; i < weight.length; i++) weight[i] = (2 * dice.even() - 1) * bound * w;
      for (let i = 0; i < bias.length; i++) bias[i] = (2 * dice.even() - 1) * bound * b;
    });
    const last = this.layers[this.layers.length - 1];
    if (silent) [last.weight, last.bias].forEach((some) => some.fill(0));
    this.changed();
    return this;
  }

  /** To be called whenever the numbers have changed. */
  changed() {
    for (const { weight, turned, outputs, inputs } of this.layers) turn(weight, turned, outputs, inputs);
  }
}

/** One batch on its way through a network and back. */
class Pass {
  /**
   * @param {Network} network
   * @param {number} most rows at most
   */
  constructor(network, most) {
    this.network = network;
    this.rows = 0;
    const room = () => network.sizes.map((size) => new Float64Array(size * most));
    /** h_0 (the input), h_1, ... each (rows, size). */
    this.values = room();
    /** d out / d u_l for l = 1, ...; at 0 that by the input. */
    this.deltas = room();
    this.tangents = room();
    const widest = Math.max(...network.sizes);
    this.spare = [new Float64Array(widest * most), new Float64Array(widest * most), new Float64Array(widest * most)];
  }

  /** What came out, (rows, outputs). */
  get output() {
    return this.values[this.values.length - 1];
  }

  /** The gradient by the input, (rows, inputs), after `backward`. */
  get slopes() {
    return this.deltas[0];
  }

  /**
   * @param {number} rows of `values[0]`, filled by the caller
   */
  forward(rows) {
    this.rows = rows;
    const { layers, slope } = this.network;
    layers.forEach(({ weight, bias, inputs, outputs }, l) => {
      const out = this.values[l + 1];
      product(this.values[l], weight, out, rows, outputs, inputs);
      const bent = l + 1 < layers.length;
      for (let r = 0, i = 0; r < rows; r++) {
        for (let o = 0; o < outputs; o++, i++) {
          const u = out[i] + bias[o];
          out[i] = bent && u <= 0 ? slope * u : u;
        }
      }
    });
    return this.output;
  }

  /** From `deltas[last]`, filled by the caller, back to the input. */
  backward() {
    const { layers } = this.network;
    for (let l = layers.length - 1; l >= 0; l--) {
      const { turned, inputs, outputs } = layers[l];
      product(this.deltas[l + 1], turned, this.deltas[l], this.rows, inputs, outputs);
      if (l > 0) this.#bend(this.deltas[l], this.values[l], this.rows * inputs);
    }
    return this.slopes;
  }

  /**
   * The tangents t_l = m_l W_l t_(l-1) of a direction t_0 in the input, filled into `tangents[0]` by the caller.
   * Where P is any function of the slopes g and t_0 = dP/dg, then dP/dW_l is the sum over rows of delta_l t_(l-1)^T.
   */
  along() {
    const { layers } = this.network;
    for (let l = 0; l + 1 < layers.length; l++) {
      const { weight, inputs, outputs } = layers[l];
      product(this.tangents[l], weight, this.tangents[l + 1], this.rows, outputs, inputs);
      this.#bend(this.tangents[l + 1], this.values[l + 1], this.rows * outputs);
    }
  }

  /**
   * Add to a gradient by all numbers of the network: each row's deltas, times its share, with its values; and with
   * its tangents, where there are any.
   * @param {Float64Array} gradient as long as the network's numbers
   * @param {Float64Array | null} shares (rows); none are ones
   * @param {boolean} tangents
   */
  collect(gradient, shares, tangents = false) {
    const { rows } = this;
    const [mixed, across, back] = this.spare;
    let at = 0;
    this.network.layers.forEach(({ inputs, outputs }, l) => {
      const [values, delta, tangent] = [this.values[l], this.deltas[l + 1], this.tangents[l]];
      for (let r = 0, i = 0; r < rows; r++) {
        const share = shares ? shares[r] : 1;
        for (let k = 0; k < inputs; k++, i++) mixed[i] = share * values[i] + (tangents ? tangent[i] : 0);
      }
      turn(mixed, across, rows, inputs);
      turn(delta, back, rows, outputs);
      product(back, across, gradient.subarray(at, (at += inputs * outputs)), outputs, inputs, rows, true);
      for (let o = 0; o < outputs; o++) {
        let sum = 0;
        for (let r = 0; r < rows; r++) sum += (shares ? shares[r] : 1) * back[o * rows + r];
        gradient[at + o] += sum;
      }
      at += outputs;
    });
  }

  /** Times the slope of each neuron. @param {Float64Array} some @param {Float64Array} values @param {number} count */
  #bend(some, values, count) {
    const { slope } = this.network;
    for (let i = 0; i < count; i++) if (values[i] <= 0) some[i] *= slope;
  }
}
