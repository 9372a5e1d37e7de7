// A trained network, run in the page: plain layers over plain arrays, as pipeline/gan/shipped.py ships them.
// It knows no page and no picture; the same numbers in give the same numbers out.
"use strict";

/**
 * @typedef {object} PlainLayer
 * @property {"linear" | "up" | "down"} kind "up" doubles the edge, "down" halves it: windows of 4, stride 2, margin 1
 * @property {number} in numbers (linear) or channels in
 * @property {number} out numbers or channels out
 * @property {"relu" | "tanh" | "none"} bend what follows
 * @property {Float32Array} weight (out, in); (in, out, 4, 4) up; (out, in, 4, 4) down
 * @property {Float32Array} bias
 */

class PlainNetwork {
  /** @param {PlainLayer[]} layers */
  constructor(layers) {
    this.layers = layers;
  }

  /** Weights and biases. */
  get size() {
    return this.layers.reduce((sum, { weight, bias }) => sum + weight.length + bias.length, 0);
  }

  /**
   * @param {Float32Array} input numbers, or square channels one after the other
   * @returns {Float32Array}
   */
  run(input) {
    let values = input;
    for (const layer of this.layers) {
      values = { linear: PlainNetwork.linear, up: PlainNetwork.up, down: PlainNetwork.down }[layer.kind](layer, values);
      if (layer.bend === "relu") for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]);
      if (layer.bend === "tanh") for (let i = 0; i < values.length; i++) values[i] = Math.tanh(values[i]);
    }
    return values;
  }

  /**
   * @param {PlainLayer} layer
   * @param {Float32Array} input
   */
  static linear({ weight, bias }, input) {
    const output = Float32Array.from(bias);
    for (let o = 0, w = 0; o < output.length; o++) {
      let sum = 0;
      for (let i = 0; i < input.length; i++) sum += weight[w++] * input[i];
      output[o] += sum;
    }
    return output;
  }

  /**
   * Each point of the input lays its window of 4 by 4 over the output, two points further for each step.
   * @param {PlainLayer} layer
   * @param {Float32Array} input
   */
  static up({ in: inputs, out: outputs, weight, bias }, input) {
    const edge = Math.sqrt(input.length / inputs);
    const wide = 2 * edge + 2; // with the margin, which is cut off at the end
    const sums = new Float32Array(outputs * wide * wide);
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        for (let row = 0; row < 4; row++) {
          const w = ((i * outputs + o) * 4 + row) * 4;
          const [a, b, c, d] = [weight[w], weight[w + 1], weight[w + 2], weight[w + 3]];
          for (let y = 0; y < edge; y++) {
            let from = (i * edge + y) * edge;
            let to = (o * wide + 2 * y + row) * wide;
            for (let x = 0; x < edge; x++, to += 2) {
              const value = input[from++];
              if (value === 0) continue; // after a relu, many are
              sums[to] += value * a;
              sums[to + 1] += value * b;
              sums[to + 2] += value * c;
              sums[to + 3] += value * d;
            }
          }
        }
      }
    }
    const output = new Float32Array(outputs * 4 * edge * edge);
    for (let o = 0, at = 0; o < outputs; o++) {
      for (let y = 1; y <= 2 * edge; y++) {
        const from = (o * wide + y) * wide + 1;
        for (let x = 0; x < 2 * edge; x++) output[at++] = sums[from + x] + bias[o];
      }
    }
    return output;
  }

  /**
   * Each point of the output sums what its window of 4 by 4 sees.
   * @param {PlainLayer} layer
   * @param {Float32Array} input
   */
  static down({ in: inputs, out: outputs, weight, bias }, input) {
    const edge = Math.sqrt(input.length / inputs);
    const half = edge / 2;
    const output = new Float32Array(outputs * half * half);
    for (let o = 0, at = 0; o < outputs; o++) {
      for (let y = 0; y < half; y++) {
        for (let x = 0; x < half; x++, at++) {
          let sum = bias[o];
          for (let i = 0; i < inputs; i++) {
            for (let row = Math.max(0, 1 - 2 * y); row < 4 && 2 * y + row <= edge; row++) {
              const w = ((o * inputs + i) * 4 + row) * 4;
              const from = (i * edge + 2 * y + row - 1) * edge + 2 * x - 1;
              for (let k = Math.max(0, 1 - 2 * x); k < 4 && 2 * x + k <= edge; k++) sum += weight[w + k] * input[from + k];
            }
          }
          output[at] = sum;
        }
      }
    }
    return output;
  }
}

/**
 * Networks from what the build ships: their layers, and all weights one after the other.
 * @param {Omit<PlainLayer, "weight" | "bias">[][]} networks
 * @param {string} base64 half floats, little-endian
 */
function shippedNetworks(networks, base64) {
  const numbers = halfFloats(base64);
  let at = 0;
  /** @param {number} count */
  const next = (count) => numbers.subarray(at, (at += count));
  return networks.map((layers) => {
    const filled = layers.map((layer) => {
      const weight = next(layer.in * layer.out * (layer.kind === "linear" ? 1 : 16));
      return { ...layer, weight, bias: next(layer.out) };
    });
    return new PlainNetwork(filled);
  });
}

/**
 * The same, in turns of their own, so that a slow machine can scroll meanwhile; and the first of the networks has run a
 * few times before anybody waits for it: a browser runs code slowly until it knows it.
 * @param {Omit<PlainLayer, "weight" | "bias">[][]} networks
 * @param {string} base64
 * @param {number[]} input any, for the first network
 * @param {(networks: PlainNetwork[]) => void} ready
 */
function wakeNetworks(networks, base64, input, ready) {
  /** @type {PlainNetwork[]} */
  let awake = [];
  const run = () => void awake[0].run(Float32Array.from(input));
  const turns = [() => void (awake = shippedNetworks(networks, base64)), run, run, run, run, () => ready(awake)];
  const next = () => {
    turns.shift()?.();
    if (turns.length) window.setTimeout(next, 16);
  };
  next();
}

/**
 * Half precision: a sign, five bits of exponent, ten of fraction.
 * @param {string} base64
 */
function halfFloats(base64) {
  const bytes = atob(base64);
  const numbers = new Float32Array(bytes.length / 2);
  for (let i = 0; i < numbers.length; i++) {
    const half = bytes.charCodeAt(2 * i) | (bytes.charCodeAt(2 * i + 1) << 8);
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    const size = exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction;
    numbers[i] = half & 0x8000 ? -size : size;
  }
  return numbers;
}
