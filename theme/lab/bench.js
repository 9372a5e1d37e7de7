// One duel as it stands on the page: its players, its history, its picture and numbers. Two of them can be compared.
// It decides when the gap is measured; when to train and what to look at it is told.
"use strict";

/** What may be shown. @typedef {Record<"originals" | "forgeries" | "field" | "arrows", boolean>} Shown */

class Bench {
  /** @param {HTMLElement} place its part of the page */
  constructor(place) {
    this.place = place;
    this.plane = /** @type {HTMLCanvasElement} */ (place.querySelector(".lab-plane"));
    this.curve = /** @type {HTMLCanvasElement} */ (place.querySelector(".lab-curve"));
  }

  /** Begin a run; its first gap is then due. @param {Recipe} recipe @param {World} world @param {Gauge} gauge */
  begin(recipe, world, gauge) {
    this.gauge = gauge;
    this.duel = new Duel(recipe, world);
    this.lens = new Lens(this.duel, recipe.seed);
    this.history = new Chronicle();
    this.originals = world.sample(new Dice(recipe.seed, "shown"), new Float64Array(2 * Lens.SHOWN), Lens.SHOWN);
    this.before = null;
    this.#counted = 0; // the first gap is due
  }

  // These four are made anew by each `begin`.
  duel = /** @type {Duel} */ (/** @type {unknown} */ (null));
  gauge = /** @type {Gauge} */ (/** @type {unknown} */ (null));
  lens = /** @type {Lens} */ (/** @type {unknown} */ (null));
  history = new Chronicle();
  /** The colours that the strip under the plane has. @type {Palette | null} */
  ramped = null;
  originals = new Float64Array(0);
  /** The field a phase earlier, for slow motion. @type {Float64Array | null} */
  before = null;
  /** Points counted so far for the gap that is due; -1 when none is. */
  #counted = -1;

  get step() {
    return this.duel.steps;
  }

  /** Whether a gap is being counted; until it is, the duel waits. */
  get counting() {
    return this.#counted >= 0;
  }

  /** Do one small piece of work, a phase or a part of a count: well under a frame. */
  work() {
    if (this.counting) return this.#count();
    this.duel.advance();
    if (!this.duel.midway) this.#rounded();
  }

  /** Play to the end of the round, gap and all. */
  round() {
    this.finish();
    const target = this.step + 1;
    while (this.step < target || this.counting) this.work();
  }

  /** Play what is left of a round that was begun, and count what is due. */
  finish() {
    while (this.duel.midway || this.counting) this.work();
  }

  /** Count the gap now, if it is not known. @param {boolean} whole keep the players, too, as a moment to come back to */
  measure(whole = false) {
    const { gaps, moments } = this.history;
    if (!this.counting && (whole ? moments : gaps)[(whole ? moments : gaps).length - 1]?.step === this.step) return;
    if (!this.counting) this.#counted = 0;
    while (this.counting) this.#count(whole);
  }

  #rounded() {
    this.history.losses.add(this.duel.losses);
    if (this.history.isDue(this.step)) this.#counted = 0;
  }

  #count(whole = false) {
    const { lens, duel, gauge, history } = this;
    if (this.#counted === 0) lens.turn(duel.mean, duel.detective.numbers);
    this.#counted = lens.forgeFrom(this.#counted);
    if (this.#counted < COUNTED) return;
    this.#counted = -1;
    const { covered, share } = gauge.ashore(lens.points);
    const moment = { step: duel.steps, gap: gauge.gap(lens.points), covered, share };
    history.keep({ ...moment, forger: Float32Array.from(duel.mean), detective: Float32Array.from(duel.detective.numbers) }, whole);
  }

  /** The last gap that was measured. */
  get latest() {
    return this.history.gaps[this.history.gaps.length - 1];
  }

  /**
   * Draw a kept moment, or how things are.
   * @param {Moment | null} moment
   * @param {Shown} shown
   * @param {Palette} colours
   * @param {Phase | null} phase the one just played, in slow motion
   */
  draw(moment, shown, colours, phase) {
    const { lens, duel } = this;
    // In slow motion it is the forger itself that plays, whatever mean of it is shown otherwise.
    const forger = moment ? moment.forger : phase ? duel.forger.numbers : duel.mean;
    if (!this.counting || moment) lens.turn(forger, moment ? moment.detective : duel.detective.numbers);
    const scene = phase ? this.#slow(phase, shown) : this.#still(shown);
    Stage.draw(this.plane, scene, colours);
    this.#scale(scene.scale, colours);
    this.#curves(colours);
    this.#numbers(moment ?? { ...this.latest, step: this.step });
  }

  /** @param {Shown} shown @returns {Scene} */
  #still(shown) {
    const { lens, originals, duel } = this;
    if (!this.counting) lens.forge(Lens.SHOWN);
    const field = lens.survey();
    const scale = this.scaleOf(field);
    const none = { points: lens.points, count: 0 };
    return {
      field: shown.field ? field : null,
      scale,
      before: null,
      originals: shown.originals ? { points: originals, count: Lens.SHOWN } : none,
      forgeries: shown.forgeries || shown.arrows ? { points: lens.points, count: shown.forgeries ? Lens.SHOWN : 0 } : none,
      arrows: shown.arrows && shown.forgeries ? lens.pull() : null,
      from: null,
      noise: null,
      noiseSize: duel.recipe.noise,
    };
  }

  /** The batch itself, as the phase left it. @param {Phase} phase @param {Shown} shown @returns {Scene} */
  #slow(phase, shown) {
    const { lens, duel } = this;
    const { onReal, onForged, making, shares, recipe } = duel;
    const field = lens.survey().slice();
    const scale = this.scaleOf(field);
    const count = Math.min(recipe.batch, 128);
    const judged = phase === "judge" || phase === "blame";
    const real = { points: onReal.values[0], count: phase === "noise" || phase === "forge" ? 0 : count };
    const forged = { points: making.output, count };
    const most = Math.max(...shares.real.subarray(0, count).map(Math.abs), ...shares.forged.subarray(0, count).map(Math.abs)) || 1;
    const weights = (/** @type {Float64Array} */ some) => some.subarray(0, count).map((share) => Math.abs(share) / most);
    const marked = (/** @type {Pass} */ pass) => (/** @type {number} */ r) => scale.share(pass.output[r]) < 0.5;
    const scene = {
      field: shown.field ? field : null,
      scale,
      before: phase === "detective" ? this.before : null,
      originals: judged ? { ...real, marked: marked(onReal), ...(phase === "blame" && { weights: weights(shares.real) }) } : real,
      forgeries: judged ? { ...forged, marked: marked(onForged), ...(phase === "blame" && { weights: weights(shares.forged) }) } : forged,
      arrows: phase === "again" ? this.#pulls(count) : null,
      from: phase === "forger" ? duel.before : null,
      noise: phase === "noise" ? making.values[0] : null,
      noiseSize: recipe.noise,
    };
    this.before = field;
    return scene;
  }

  /** Downhill in the forger's loss, at the batch's own points. @param {number} count */
  #pulls(count) {
    const { onForged, shares } = this.duel;
    return Float64Array.from({ length: 2 * count }, (_, i) => -onForged.slopes[i] * shares.forged[i >> 1]);
  }

  /** How the detective's numbers are to be read. @param {Float64Array} field @returns {Scale} */
  scaleOf(field) {
    const { aims } = this.duel;
    if (aims.probability) {
      const logit = (/** @type {number} */ p) => Math.log(p / (1 - p));
      return { share: sigmoid, middle: 0, lines: [0.1, 0.25, 0.75, 0.9].map(logit), marks: ["0, surely forged", "\u00bd", "1, surely real"] };
    }
    if (aims.middle !== null)
      return { share: (a) => a, middle: 0.5, lines: [0.1, 0.25, 0.75, 0.9], marks: ["score 0: forged", "\u00bd", "score 1: real"] };
    // A critic's marks have no zero of their own: the middle of what originals and forgeries get stands in its place.
    const { lens, originals } = this;
    const average = (/** @type {Float64Array} */ points) => mean(lens.judge(points, Lens.SHOWN), Lens.SHOWN, (a) => a);
    const middle = (average(originals) + average(lens.points)) / 2;
    const far = Array.from(field, (a) => Math.abs(a - middle)).sort((a, b) => a - b)[Math.floor(0.95 * field.length)] || 1e-3;
    const word = amount(far);
    return {
      share: (a) => 0.5 + (a - middle) / (2 * far),
      middle,
      lines: [middle - far / 2, middle + far / 2],
      marks: [`${word} marks less`, "middle of both means", `${word} more`],
    };
  }

  /** @param {Scale} scale @param {Palette} colours */
  #scale(scale, colours) {
    ["low", "middle", "high"].forEach((name, k) => this.write(name, scale.marks[k]));
    if (this.ramped === colours) return;
    this.ramped = colours;
    const ramp = rampOf(colours);
    const strip = Array.from({ length: 64 }, (_, k) => {
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const fill = `rgb(${ramp.slice(12 * k + 6, 12 * k + 9).join(" ")})`;
      for (const [name, value] of Object.entries({ x: 4 * k, width: 4.2, height: 1, fill })) bar.setAttribute(name, String(value));
      return bar;
    });
    this.place.querySelector(".lab-ramp")?.replaceChildren(...strip);
  }

  /** @param {Palette} colours */
  #curves(colours) {
    const { losses } = this.history;
    const rules = this.duel.aims.probability ? [Math.LN2, 2 * Math.LN2] : [];
    Curves.losses(this.curve, losses, { rules: this.duel.recipe.loss === "saturating" ? [-Math.LN2, 2 * Math.LN2] : rules, colours });
    const each = losses.each === 1 ? "" : `Each point is the mean of ${losses.each} rounds. `;
    const free = this.duel.aims.middle === null && this.duel.recipe.penalty === "none";
    const rest = rules.length ? "Dotted: a draw, where nobody can tell." : free ? "Without a fine nothing bounds a critic\u2019s marks." : "";
    this.write("losses-note", each + rest);
    const last = losses.points[losses.points.length - 1];
    for (const name of /** @type {("forger" | "detective")[]} */ (["forger", "detective"])) this.write(`${name}-loss`, last ? amount(last[name]) : "\u2013");
  }

  /** @param {{step: number, gap: number, covered: number, share: number}} at */
  #numbers({ step, gap, covered, share }) {
    this.write("step", grouped(step));
    this.write("gap", bits(gap));
    this.write("floor", `perfect: ${bits(this.gauge.floor)}`);
    const { islands } = this.duel.world;
    const part = /** @type {HTMLElement} */ (this.place.querySelector("[data-part=islands]"));
    part.hidden = !islands.length;
    if (!islands.length) return;
    this.write("covered", `${covered} of ${islands.length}`);
    this.write("ashore", `${Math.round(100 * share)} % ashore`);
  }

  /** What there is to see, in a sentence or two. @param {Moment | null} moment */
  sentence(moment) {
    const { gap, covered, share } = moment ?? this.latest;
    const { islands } = this.duel.world;
    const step = grouped((moment ?? this).step);
    const found = islands.length ? ` ${covered} of ${islands.length} islands, ${Math.round(100 * share)} % of the forgeries ashore.` : "";
    return `Round ${step}: a gap of ${bits(gap)} bits, where a perfect forger would score ${bits(this.gauge.floor)}.${found}`;
  }

  /** Names of the columns that `points` and `numbers` fill. */
  static POINTS = ["x", "y", "kind", "side", "round"];
  static NUMBERS = ["side", "round", "gap_bits", "floor_bits", "islands", "ashore", "forger_loss", "detective_loss"];

  /** Rows of points: originals, and as many forgeries. @param {string} side @param {Moment | null} moment */
  points(side, moment) {
    const { lens, originals, duel } = this;
    this.finish();
    lens.turn(moment?.forger ?? duel.mean, moment?.detective ?? duel.detective.numbers);
    lens.forge(Lens.SHOWN);
    const rows = (/** @type {Float64Array} */ points, /** @type {string} */ kind) =>
      Array.from({ length: Lens.SHOWN }, (_, r) => [points[2 * r], points[2 * r + 1], kind, side, moment?.step ?? duel.steps]);
    return [...rows(originals, "original"), ...rows(lens.points, "forged")];
  }

  /** Rows of numbers, wherever the gap was measured. @param {string} side */
  numbers(side) {
    const { gaps, losses } = this.history;
    return gaps.map(({ step, gap, covered, share }) => {
      const at = losses.points[Math.floor((step - 1) / losses.each)];
      return [side, step, gap, this.gauge.floor, covered, share, at?.forger ?? Number.NaN, at?.detective ?? Number.NaN];
    });
  }

  /** Its letter and what makes it differ; without the latter it stands alone and needs neither. @param {string | null} differing */
  name(differing) {
    /** @type {HTMLElement} */ (this.place.querySelector(".lab-side-name")).hidden = differing === null;
    this.write("differs", differing ?? "");
  }

  /** @param {string} name @param {string} words */
  write(name, words) {
    const part = this.place.querySelector(`[data-is=${name}]`);
    if (part && part.textContent !== words) part.textContent = words;
  }
}

/** A loss or a mark as it is printed; those of a critic know no bounds. @param {number} value */
function amount(value) {
  const size = Math.abs(value);
  const words = size < 1000 ? size.toFixed(size < 0.1 ? 3 : size < 100 ? 2 : 0) : grouped(Math.round(size));
  return (value < 0 ? "\u2212" : "") + words;
}

/** A gap as it is printed. @param {number} gap */
const bits = (gap) => gap.toFixed(gap < 0.1 ? 3 : 2);
