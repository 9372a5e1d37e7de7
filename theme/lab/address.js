// The settings of the Lab and the address that holds them: lab.html#lab?data=ring&loss=saturating&...&b=penalty:none
// Whoever opens the same address plays the same run. It knows no page; what an address asks for that there is not, it
// tells, and goes on with what it knows.
"use strict";

/**
 * @typedef {object} Setup
 * @property {string} data a name in WORLDS, or "own"
 * @property {number[][]} points one's own
 * @property {number} seed
 * @property {number} stop
 * @property {Record<string, string>[]} sides the choices of A, and of B where two are compared
 */

/** What one may choose for a side: name -> the choices, the first marked one by `DEFAULTS`. @type {Record<string, string[]>} */
const CHOICES = {
  loss: ["non-saturating", "saturating", "least-squares", "wasserstein"],
  penalty: ["none", "r1", "gp"],
  strength: ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"],
  forger: ["0.0001", "0.0002", "0.0005", "0.001", "0.002", "0.003", "0.005", "0.01"],
  detective: ["0.0001", "0.0002", "0.0005", "0.001", "0.002", "0.003", "0.005", "0.01"],
  critic: ["1", "2", "3", "5"],
  batch: ["32", "64", "128", "256"],
  noise: ["1", "2", "4", "8"],
  layers: ["1", "2", "3"],
  hidden: ["8", "16", "32", "64"],
  glasses: ["1", "2", "4", "6"],
  average: ["0", "0.9", "0.99"],
};

const DEFAULTS = {
  loss: "non-saturating", penalty: "r1", strength: "0.01", forger: "0.001", detective: "0.003", critic: "1", batch: "128",
  noise: "4", layers: "2", hidden: "32", glasses: "4", average: "0",
}; // prettier-ignore

/** Whole numbers that hold for both sides: least, most, and what stands where nothing is said. */
const COUNTS = { seed: [0, 9999, 0], stop: [1, 100_000, 3000] };

/** Points of one's own, at most: so many still fit into an address. */
const MOST_POINTS = 1000;

/** The Lab's own place on its page: an address leads there, too. */
const ANCHOR = "lab";

/** @returns {Setup} */
function defaultSetup() {
  return { data: "ring", points: [], seed: COUNTS.seed[2], stop: COUNTS.stop[2], sides: [{ ...DEFAULTS }] };
}

/**
 * @param {Setup} setup
 * @returns {string} without the "#"
 */
function addressOf({ data, points, seed, stop, sides: [a, b] }) {
  const parts = [`data=${data}`];
  if (data === "own") parts.push(`points=${packed(points)}`);
  parts.push(`seed=${seed}`, `stop=${stop}`, ...Object.keys(CHOICES).map((name) => `${name}=${a[name]}`));
  if (b) parts.push("b=" + Object.keys(CHOICES).filter((name) => b[name] !== a[name]).map((name) => `${name}:${b[name]}`).join(","));
  return ANCHOR + "?" + parts.join("&");
}

/**
 * @param {string} address without the "#"
 * @returns {{setup: Setup, problems: string[]}} problems in words; for each the default stands
 */
function setupOf(address) {
  const setup = defaultSetup();
  /** @type {string[]} */
  const problems = [];
  let other = "";
  let compared = false;
  const asked = address.startsWith(ANCHOR + "?") ? address.slice(ANCHOR.length + 1) : "";
  for (const part of asked.split("&").filter(Boolean)) {
    const [name, value] = [part.slice(0, (part + "=").indexOf("=")), part.slice((part + "=").indexOf("=") + 1)];
    if (name === "data" && (Object.hasOwn(WORLDS, value) || value === "own")) setup.data = value;
    else if (name === "points") setup.points = unpacked(value);
    else if (name === "b") [compared, other] = [true, value];
    else if (Object.hasOwn(COUNTS, name)) {
      const [least, most] = COUNTS[/** @type {"seed" | "stop"} */ (name)];
      const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= least && number <= most) setup[/** @type {"seed" | "stop"} */ (name)] = number;
      else problems.push(`${name} ${shown(value)}`);
    } else if (!choose(setup.sides[0], name, value)) problems.push(`${shown(name)} ${shown(value)}`.trim());
  }
  if (setup.data === "own" && setup.points.length < 2) {
    setup.data = "ring";
    problems.push("points of one\u2019s own");
  }
  if (compared) {
    const b = { ...setup.sides[0] };
    for (const part of other.split(",").filter(Boolean)) {
      const [name, value = ""] = part.split(":");
      if (!choose(b, name, value)) problems.push(`B\u2019s ${shown(name)} ${shown(value)}`.trim());
    }
    setup.sides.push(b);
  }
  return { setup, problems };
}

/** @param {Record<string, string>} side @param {string} name @param {string} value */
function choose(side, name, value) {
  if (!Object.hasOwn(CHOICES, name) || !CHOICES[name].includes(value)) return false;
  side[name] = value;
  return true;
}

/** Something from an address, short enough to be printed. @param {string} words */
const shown = (words) => (words.length > 24 ? words.slice(0, 24) + "\u2026" : words);

/**
 * What a side's choices mean to a duel.
 * @param {Record<string, string>} side
 * @param {number} seed
 * @returns {Recipe}
 */
function recipeOf(side, seed) {
  const { loss, penalty, forger, detective, ...numbers } = side;
  const rest = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value)]));
  return /** @type {any} */ ({ ...rest, loss, penalty, forgerRate: Number(forger), detectiveRate: Number(detective), seed });
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The place nearest to a number that an address can hold: 4,096 of them from edge to edge. @param {number} value */
function snapped(value) {
  const place = Math.round(((value + REACH) / (2 * REACH)) * 4095);
  return (Math.min(4095, Math.max(0, place)) / 4095) * 2 * REACH - REACH;
}

/** Four letters a point. @param {number[][]} points */
function packed(points) {
  /** @param {number} value */
  const place = (value) => Math.round(((value + REACH) / (2 * REACH)) * 4095);
  return points.map((point) => point.map((value) => LETTERS[place(value) >> 6] + LETTERS[place(value) & 63]).join("")).join("");
}

/** Points from their letters; none where the letters are not ours. @param {string} text */
function unpacked(text) {
  if (!/^(?:[\w-]{4})+$/.test(text) || text.length > 4 * MOST_POINTS) return [];
  const value = (/** @type {number} */ at) =>
    ((LETTERS.indexOf(text[at]) * 64 + LETTERS.indexOf(text[at + 1])) / 4095) * 2 * REACH - REACH;
  return Array.from({ length: text.length / 4 }, (_, k) => [value(4 * k), value(4 * k + 2)]);
}
