// Points from text: two numbers a line, as a spreadsheet saves them or a hand types them. Everything that is wrong is
// told at once, each with its line and what would do. It knows no page.
"use strict";

/** Lines that are wrong and told one by one; of more, how many. */
const MOST_TOLD = 8;

/**
 * @param {string} text
 * @returns {{points: number[][], problems: string[], notes: string[]}} points only where there are no problems
 */
function pointsOf(text) {
  /** @type {number[][]} */
  let points = [];
  /** @type {string[]} */
  const problems = [];
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const bare = line.replace(/^\uFEFF/, "").trim();
    if (!bare || bare.startsWith("#")) return;
    const parts = partsOf(bare);
    const numbers = parts.slice(0, 2).map(numberOf);
    const first = !points.length && !problems.length;
    if (first && parts.length > 1 && numbers.every(Number.isNaN) && parts.every((part) => /[a-z]/i.test(part))) return; // names of columns
    const where = `Line ${index + 1}`;
    const odd = parts.slice(0, 2).find((_, k) => !Number.isFinite(numbers[k]));
    if (odd !== undefined) problems.push(`${where}: \u201c${shown(odd)}\u201d is not a number. Two numbers would do, such as 0.5, \u22121.2.`);
    else if (parts.length < 2) problems.push(`${where}: one number only, and a point needs two, such as 0.5, \u22121.2.`);
    else points.push(numbers);
  });
  if (!problems.length && points.length < 2)
    problems.push(points.length ? "There is one point only. A world needs two at least, a line for each." : "There are no points yet. Write two numbers on each line, such as 0.5, \u22121.2.");
  if (problems.length) {
    const more = problems.length - MOST_TOLD;
    return { points: [], problems: more > 0 ? [...problems.slice(0, MOST_TOLD), `And ${more} more ${more === 1 ? "line" : "lines"} like these.`] : problems, notes: [] };
  }
  const notes = [];
  if (points.length > MOST_POINTS) {
    notes.push(`Of ${points.length.toLocaleString("en")} points ${MOST_POINTS.toLocaleString("en")} are kept, evenly through the list: so many fit into an address.`);
    points = Array.from({ length: MOST_POINTS }, (_, k) => points[Math.floor((k * points.length) / MOST_POINTS)]);
  }
  if (points.some((point) => point.some((value) => Math.abs(value) > REACH))) {
    notes.push("They were moved and shrunk, both ways alike, to fit the square.");
    points = fitted(points);
  }
  return { points: points.map((point) => point.map(snapped)), problems, notes };
}

/** A line's parts: by semicolons or tabs where it has any, then by commas, else by spaces. @param {string} line */
function partsOf(line) {
  const sign = [";", "\t", ","].find((one) => line.includes(one));
  const parts = sign ? line.split(sign) : line.split(/\s+/);
  const clean = parts.map((part) => part.trim().replace(/^"(.*)"$/, "$1"));
  while (clean.length > 1 && clean[clean.length - 1] === "") clean.pop();
  return sign === "," ? clean : clean.map((part) => part.replace(/^([^,]*),([^,]*)$/, "$1.$2")); // 1,5 is 1.5 there
}

/** @param {string} part */
function numberOf(part) {
  const plain = part.replace(/^[\u2212\u2013]/, "-");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

/** Points moved and scaled to lie between -1.2 and 1.2, their proportions kept. @param {number[][]} points */
function fitted(points) {
  const [low, high] = [Math.min, Math.max].map((pick) => [0, 1].map((k) => points.reduce((best, point) => pick(best, point[k]), points[0][k])));
  const half = Math.max(high[0] - low[0], high[1] - low[1]) / 2 || 1;
  return points.map((point) => point.map((value, k) => (1.2 * (value - (low[k] + high[k]) / 2)) / half));
}

/**
 * Rows as a spreadsheet reads them.
 * @param {string[]} names
 * @param {(string | number)[][]} rows
 */
function tableOf(names, rows) {
  const cell = (/** @type {string | number} */ value) => (typeof value === "number" ? (Number.isFinite(value) ? String(Number(value.toFixed(5))) : "") : value);
  return [names, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}
