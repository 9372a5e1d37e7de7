// The stage: the plane with the detective's field, originals as discs, forgeries as diamonds, the pull on each as an
// arrow. It draws what it is given and decides nothing.
"use strict";

/**
 * How a number of the detective's is read: as a share from surely forged (0) to surely real (1), and which numbers are
 * drawn as lines. Where D is a probability, it is D itself; else a stretch of the scores, and no probability.
 * @typedef {object} Scale
 * @property {(a: number) => number} share
 * @property {number} middle the thick line
 * @property {number[]} lines the thin ones
 * @property {string[]} marks words at 0, 1/2 and 1
 */

/**
 * @typedef {object} Points
 * @property {Float64Array} points
 * @property {number} count
 * @property {(r: number) => boolean} [marked] judged to be forged: originals hollow, forgeries crossed
 * @property {ArrayLike<number>} [weights] how much each counts, from 0 to 1
 */

/**
 * @typedef {object} Scene
 * @property {Float64Array | null} field
 * @property {Scale} scale
 * @property {Float64Array | null} before the field a phase earlier: its middle line is drawn dotted
 * @property {Points} originals
 * @property {Points} forgeries
 * @property {Float64Array | null} arrows
 * @property {Float64Array | null} from where the forgeries were
 * @property {Float64Array | null} noise to be shown in their stead
 * @property {number} noiseSize numbers in each
 */

const Stage = {
  /** How many times as long the way of a single step is drawn: a step is short. */
  FAR: 12,
  /** The field as a small picture, stretched over the square. */
  small: document.createElement("canvas"),

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Scene} scene
   * @param {Palette} colours
   */
  draw(canvas, scene, colours) {
    const ready = sharp(canvas);
    if (!ready) return;
    const { brush, width } = ready;
    brush.fillStyle = colours.plate;
    brush.fillRect(0, 0, width, width);
    if (scene.field) Stage.field(brush, width, scene, colours);
    Stage.grid(brush, width, colours);
    if (scene.before) Stage.lines(brush, width, scene.before, [scene.scale.middle], { colour: colours.ink, line: 2, dash: [2, 5] });
    if (scene.field) {
      Stage.lines(brush, width, scene.field, scene.scale.lines, { colour: colours.gold, line: 1 });
      Stage.lines(brush, width, scene.field, [scene.scale.middle], { colour: colours.plate, line: 6.5 });
      Stage.lines(brush, width, scene.field, [scene.scale.middle], { colour: colours.gold, line: 3.5 });
    }
    Stage.points(brush, width, scene, colours);
  },

  /** @param {CanvasRenderingContext2D} brush @param {number} width @param {Scene} scene @param {Palette} colours */
  field(brush, width, { field, scale }, colours) {
    const side = Lens.FIELD;
    const { small } = Stage;
    if (small.width !== side) small.width = small.height = side;
    const pen = small.getContext("2d");
    if (!pen || !field) return;
    const image = pen.createImageData(side, side);
    const ramp = rampOf(colours);
    for (let i = 0; i < field.length; i++) {
      const at = 3 * Math.round(255 * Math.min(1, Math.max(0, scale.share(field[i]))));
      image.data.set([ramp[at], ramp[at + 1], ramp[at + 2], 255], 4 * i);
    }
    pen.putImageData(image, 0, 0);
    brush.imageSmoothingEnabled = true;
    brush.drawImage(small, 0, 0, width, width);
  },

  /** Lines at whole numbers. @param {CanvasRenderingContext2D} brush @param {number} width @param {Palette} colours */
  grid(brush, width, colours) {
    brush.strokeStyle = colours.ink;
    brush.globalAlpha = 0.09;
    brush.lineWidth = 1;
    brush.beginPath();
    for (const value of [-1, 0, 1]) {
      const at = Math.round(((value + REACH) / (2 * REACH)) * width) + 0.5;
      brush.moveTo(at, 0);
      brush.lineTo(at, width);
      brush.moveTo(0, at);
      brush.lineTo(width, at);
    }
    brush.stroke();
    brush.globalAlpha = 1;
  },

  /**
   * Lines of equal value through the field, cell by cell (marching squares).
   * @param {CanvasRenderingContext2D} brush
   * @param {number} width
   * @param {Float64Array} field
   * @param {number[]} levels
   * @param {{colour: string, line: number, dash?: number[]}} how
   */
  lines(brush, width, field, levels, { colour, line, dash = [] }) {
    brush.strokeStyle = colour;
    brush.lineWidth = line;
    brush.lineCap = "round";
    brush.setLineDash(dash);
    brush.beginPath();
    for (const level of levels) for (const [ax, ay, bx, by] of crossings(field, Lens.FIELD, level)) {
      brush.moveTo(((ax + 0.5) / Lens.FIELD) * width, ((ay + 0.5) / Lens.FIELD) * width);
      brush.lineTo(((bx + 0.5) / Lens.FIELD) * width, ((by + 0.5) / Lens.FIELD) * width);
    }
    brush.stroke();
    brush.setLineDash([]);
  },

  /** @param {CanvasRenderingContext2D} brush @param {number} width @param {Scene} scene @param {Palette} colours */
  points(brush, width, scene, colours) {
    const size = width < 420 ? 2.6 : 3.4;
    const { originals, forgeries, arrows, from, noise, noiseSize } = scene;
    const places = (/** @type {Float64Array} */ some, /** @type {number} */ count) =>
      Array.from({ length: count }, (_, r) => Stage.place(some[2 * r], some[2 * r + 1], width));
    const fills = { real: { fill: colours.real, rim: colours.plate }, hollow: { fill: colours.plate, rim: colours.real }, noise: { fill: colours["ink-2"], rim: colours.plate } };
    const weight = (/** @type {Points} */ { weights }, /** @type {number} */ r) => size * (weights ? 0.3 + 1.6 * Math.min(1, weights[r]) : 1); // prettier-ignore
    const originalAt = places(originals.points, originals.count);
    const wrong = originalAt.map((_, r) => originals.marked?.(r) ?? false);
    for (const hollow of [false, true])
      Stage.marks(brush, originalAt, (r) => (wrong[r] === hollow ? weight(originals, r) : 0), hollow ? fills.hollow : fills.real, hollow ? 2 : 1, false);
    if (noise) {
      // The first two numbers of the noise, three standard deviations to the edge: no points yet, only luck.
      const luck = Array.from({ length: forgeries.count }, (_, r) => Stage.place(noise[noiseSize * r] / 2, noiseSize > 1 ? noise[noiseSize * r + 1] / 2 : 0, width));
      return Stage.marks(brush, luck, () => size - 1, fills.noise, 1, false);
    }
    const at = places(forgeries.points, forgeries.count);
    brush.strokeStyle = colours.ink;
    brush.lineWidth = 1.2;
    brush.beginPath();
    if (from) places(from, forgeries.count).forEach(([x, y], r) => Stage.arrow(brush, [x, y], [x + Stage.FAR * (at[r][0] - x), y + Stage.FAR * (at[r][1] - y)], 3.5));
    const longest = arrows ? reachOf(arrows, forgeries.count) : 1;
    for (let r = 0; arrows && r < forgeries.count; r += 2) {
      const [dx, dy] = [arrows[2 * r] / longest, -arrows[2 * r + 1] / longest];
      const far = Math.min(1, 1 / (Math.hypot(dx, dy) || 1)) * width * 0.07;
      Stage.arrow(brush, at[r], [at[r][0] + dx * far, at[r][1] + dy * far], 3.5);
    }
    brush.stroke();
    const caught = at.map((_, r) => forgeries.marked?.(r) ?? false);
    Stage.marks(brush, at, (r) => (caught[r] ? 0 : 1.35 * weight(forgeries, r)), { fill: colours.forged, rim: colours.plate }, 1, true);
    Stage.crosses(brush, at, (r) => (caught[r] ? weight(forgeries, r) : 0), colours);
  },

  /** A point of the plane on the canvas. @param {number} x @param {number} y @param {number} width @returns {[number, number]} */
  place: (x, y, width) => [((x + REACH) / (2 * REACH)) * width, ((REACH - y) / (2 * REACH)) * width],

  /**
   * Discs or diamonds, all in one stroke of the brush; a size of 0 leaves one out.
   * @param {CanvasRenderingContext2D} brush
   * @param {number[][]} places
   * @param {(r: number) => number} size
   * @param {{fill: string, rim: string}} colours
   * @param {number} line
   * @param {boolean} diamond
   */
  marks(brush, places, size, { fill, rim }, line, diamond) {
    brush.beginPath();
    places.forEach(([x, y], index) => {
      const r = size(index);
      if (!r) return;
      brush.moveTo(x + r, y);
      if (!diamond) return brush.arc(x, y, r, 0, 2 * Math.PI);
      brush.lineTo(x, y + r);
      brush.lineTo(x - r, y);
      brush.lineTo(x, y - r);
      brush.closePath();
    });
    brush.fillStyle = fill;
    brush.strokeStyle = rim;
    brush.lineWidth = line;
    brush.fill();
    brush.stroke();
  },

  /** @param {CanvasRenderingContext2D} brush @param {number[][]} places @param {(r: number) => number} size @param {Palette} colours */
  crosses(brush, places, size, colours) {
    brush.beginPath();
    places.forEach(([x, y], index) => {
      const r = size(index);
      if (!r) return;
      brush.moveTo(x - r, y - r);
      brush.lineTo(x + r, y + r);
      brush.moveTo(x + r, y - r);
      brush.lineTo(x - r, y + r);
    });
    for (const [colour, line] of /** @type {[string, number][]} */ ([[colours.plate, 4.2], [colours.fake, 2.2]])) {
      brush.strokeStyle = colour;
      brush.lineWidth = line;
      brush.stroke();
    }
  },

  /** @param {CanvasRenderingContext2D} brush @param {number[]} from @param {number[]} to @param {number} head */
  arrow(brush, [ax, ay], [bx, by], head) {
    const turn = Math.atan2(by - ay, bx - ax);
    brush.moveTo(ax, ay);
    brush.lineTo(bx, by);
    for (const side of head ? [2.6, -2.6] : []) {
      brush.moveTo(bx, by);
      brush.lineTo(bx + head * Math.cos(turn + side), by + head * Math.sin(turn + side));
    }
  },
};

/** A length that nine tenths of some arrows do not exceed. @param {Float64Array} arrows @param {number} count */
function reachOf(arrows, count) {
  const lengths = Array.from({ length: count }, (_, r) => Math.hypot(arrows[2 * r], arrows[2 * r + 1])).sort((a, b) => a - b);
  return lengths[Math.floor(0.9 * count)] || 1;
}

/**
 * Where a field crosses a level: short lines, two ends each, in cells from the upper left.
 * @param {Float64Array} field row by row
 * @param {number} side
 * @param {number} level
 */
function crossings(field, side, level) {
  /** @type {[number, number, number, number][]} */
  const found = [];
  for (let y = 0; y + 1 < side; y++) {
    for (let x = 0; x + 1 < side; x++) {
      const i = y * side + x;
      const [a, b, c, d] = [field[i] - level, field[i + 1] - level, field[i + side + 1] - level, field[i + side] - level];
      if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) continue;
      /** @type {[number, number][]} */
      const ends = [];
      if (a > 0 !== b > 0) ends.push([x + a / (a - b), y]);
      if (b > 0 !== c > 0) ends.push([x + 1, y + b / (b - c)]);
      if (d > 0 !== c > 0) ends.push([x + d / (d - c), y + 1]);
      if (a > 0 !== d > 0) ends.push([x, y + a / (a - d)]);
      for (let k = 0; k + 1 < ends.length; k += 2) found.push([...ends[k], ...ends[k + 1]]);
    }
  }
  return found;
}
