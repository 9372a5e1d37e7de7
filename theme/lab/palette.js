// The colours of the Lab's pictures, read from the style sheet's tokens, for the theme that is on; on paper the light one.
"use strict";

/** @typedef {Record<"plate" | "ink" | "ink-2" | "hair" | "edge" | "copper" | "real" | "forged" | "fake" | "gold" | "ideal" | "grid" | "field-fake" | "field-half" | "field-real", string>} Palette */

const COLOURS = [
  "plate", "ink", "ink-2", "hair", "edge", "copper", "real", "forged", "fake", "gold", "ideal", "grid",
  "field-fake", "field-half", "field-real",
]; // prettier-ignore

/** @param {boolean} paper @returns {Palette} as #rrggbb */
function palette(paper = false) {
  const tokens = getComputedStyle(document.documentElement);
  const which = essay.theme() === "dark" && !paper ? 1 : 0;
  const colour = (/** @type {string} */ name) => tokens.getPropertyValue(`--${name}`).match(/#[0-9a-f]{6}/gi)?.[which] ?? "#808080";
  return /** @type {Palette} */ (Object.fromEntries(COLOURS.map((name) => [name, colour(name)])));
}

/** @param {string} colour #rrggbb */
const channels = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/**
 * 256 colours from surely forged to surely real; a steep middle, as in the films: sign * |2 D - 1| ^ 0.7.
 * @param {Palette} colours
 */
function rampOf(colours) {
  const [fake, half, real] = [colours["field-fake"], colours["field-half"], colours["field-real"]].map(channels);
  const ramp = new Uint8ClampedArray(3 * 256);
  for (let i = 0; i < 256; i++) {
    const way = (2 * i) / 255 - 1;
    const far = Math.abs(way) ** 0.7;
    for (let k = 0; k < 3; k++) ramp[3 * i + k] = half[k] + far * ((way < 0 ? fake : real)[k] - half[k]);
  }
  return ramp;
}

/**
 * A canvas as sharp as the screen, its measures in points of the page.
 * @param {HTMLCanvasElement} canvas
 * @returns {{brush: CanvasRenderingContext2D, width: number, height: number} | null} null while it is not on the page
 */
function sharp(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const brush = canvas.getContext("2d");
  if (!brush || !width || !height) return null;
  const dense = Math.min(2, window.devicePixelRatio || 1);
  const [w, h] = [Math.round(width * dense), Math.round(height * dense)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  brush.setTransform(w / width, 0, 0, h / height, 0, 0);
  return { brush, width, height };
}
