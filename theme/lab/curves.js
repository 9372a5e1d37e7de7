// The curves of a run: the gap under the history's slider, and both losses. They draw what they are given.
"use strict";

const Curves = {
  /**
   * The gap at each kept moment, evenly spaced as the slider's own places are; log scale, its floor dotted.
   * @param {HTMLCanvasElement} canvas
   * @param {{moments: {gap: number}[], floor: number, dash: number[]}[]} runs
   * @param {number} places
   * @param {Palette} colours
   */
  gaps(canvas, runs, places, colours) {
    const ready = sharp(canvas);
    if (!ready) return;
    const { brush, width, height } = ready;
    brush.clearRect(0, 0, width, height);
    const floors = runs.map((run) => run.floor);
    const low = Math.log(Math.min(...floors, 0.1) / 1.6);
    const at = (/** @type {number} */ gap) => 3 + (height - 6) * (Math.log(Math.max(gap, 1e-6)) / low);
    const floor = at(floors[0]);
    Curves.stroke(brush, [[0, floor], [width, floor]], colours.ideal, 2, [0.1, 5]);
    for (const { moments, dash } of runs) {
      const points = moments.map(({ gap }, k) => [(width * k) / Math.max(1, places - 1), at(gap)]);
      Curves.stroke(brush, points, colours.ink, 1.75, dash);
    }
  },

  /**
   * Both losses: the detective's as a solid line, the forger's dashed.
   * @param {HTMLCanvasElement} canvas
   * @param {LossLog} log
   * @param {{rules: number[], colours: Palette}} how values drawn as dotted rules
   * @returns {[number, number] | null} least and most of the scale
   */
  losses(canvas, log, { rules, colours }) {
    const ready = sharp(canvas);
    if (!ready) return null;
    const { brush, width, height } = ready;
    brush.fillStyle = colours.plate;
    brush.fillRect(0, 0, width, height);
    const values = log.points.flatMap(({ forger, detective }) => [forger, detective]).filter(Number.isFinite).sort((a, b) => a - b);
    const ends = values.length ? [values[Math.floor(0.01 * values.length)], values[Math.ceil(0.99 * values.length) - 1]] : [0, 1];
    const low = Math.min(...rules, ends[0]);
    const high = Math.max(...rules, ends[1], low + 1e-3);
    const at = (/** @type {number} */ value) => height - 6 - ((height - 12) * (Math.min(high, Math.max(low, value)) - low)) / (high - low);
    for (const rule of rules) Curves.stroke(brush, [[0, at(rule)], [width, at(rule)]], colours.ideal, 2, [0.1, 5]);
    const across = (/** @type {number} */ k) => (width * k) / Math.max(1, log.points.length - 1);
    Curves.stroke(brush, log.points.map((point, k) => [across(k), at(point.detective)]), colours.gold, 2, []);
    Curves.stroke(brush, log.points.map((point, k) => [across(k), at(point.forger)]), colours.forged, 1.75, [6, 2.5]);
    return [low, high];
  },

  /** @param {CanvasRenderingContext2D} brush @param {number[][]} points @param {string} colour @param {number} line @param {number[]} dash */
  stroke(brush, points, colour, line, dash) {
    brush.strokeStyle = colour;
    brush.lineWidth = line;
    brush.lineJoin = "round";
    brush.lineCap = "round";
    brush.setLineDash(dash);
    brush.beginPath();
    points.forEach(([x, y], k) => (k ? brush.lineTo(x, y) : brush.moveTo(x, y)));
    brush.stroke();
    brush.setLineDash([]);
  },
};
