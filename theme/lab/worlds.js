// What there is to imitate: worlds of points in the plane, each within the square from -1.5 to 1.5.
// A world draws fresh originals with the dice it is given; it knows no players.
"use strict";

/**
 * @typedef {object} World
 * @property {string} name
 * @property {(dice: Dice, points: Float64Array, count: number) => Float64Array} sample fills points, x and y by turns
 * @property {number[][]} islands centres, where the world is made of islands; else none
 * @property {number} sd of each island
 */

/** Half the side of the square that is shown and counted. */
const REACH = 1.5;
/** How far a point of one's own is blurred when it is drawn from, as a standard deviation. */
const BLUR = 0.03;

/**
 * Round islands, all equally likely.
 * @param {string} name
 * @param {number[][]} islands
 * @param {number} sd
 * @returns {World}
 */
function archipelago(name, islands, sd) {
  return {
    name,
    islands,
    sd,
    sample(dice, points, count) {
      for (let i = 0; i < count; i++) {
        const [x, y] = islands[Math.floor(dice.even() * islands.length)];
        points[2 * i] = x + sd * dice.normal();
        points[2 * i + 1] = y + sd * dice.normal();
      }
      return points;
    },
  };
}

/**
 * Points along a curve or over a shape, blurred a little.
 * @param {string} name
 * @param {number} sd
 * @param {(dice: Dice) => [number, number]} at
 * @returns {World}
 */
function shape(name, sd, at) {
  return {
    name,
    islands: [],
    sd,
    sample(dice, points, count) {
      for (let i = 0; i < count; i++) {
        const [x, y] = at(dice);
        points[2 * i] = x + sd * dice.normal();
        points[2 * i + 1] = y + sd * dice.normal();
      }
      return points;
    },
  };
}

/** Square lattices. @param {number} side @param {number} spacing */
function lattice(side, spacing) {
  const places = Array.from({ length: side }, (_, k) => (k - (side - 1) / 2) * spacing);
  return places.flatMap((y) => places.map((x) => [x, y]));
}

/** The outline of the heart of chapter 02, as a share t of its way round. @param {number} t */
function heartAt(t) {
  const a = 2 * Math.PI * t;
  const y = 13 * Math.cos(a) - 5 * Math.cos(2 * a) - 2 * Math.cos(3 * a) - Math.cos(4 * a);
  return [(16 * Math.sin(a) ** 3) / 17, (y + 2.5) / 17];
}

/** Whether a point lies within the heart. @param {number} x @param {number} y */
function inHeart(x, y) {
  let within = false;
  for (let k = 0; k < HEART.length; k++) {
    const [ax, ay] = HEART[k];
    const [bx, by] = HEART[(k + 1) % HEART.length];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}

const HEART = Array.from({ length: 120 }, (_, k) => heartAt(k / 120));

/** @type {Record<string, World>} */
const WORLDS = {
  hills: archipelago("Hills", [[-0.7, 0], [0.7, 0]], 0.2),
  ring: archipelago("Ring", Array.from({ length: 8 }, (_, k) => [Math.cos((k * Math.PI) / 4), Math.sin((k * Math.PI) / 4)]), 0.05),
  grid: archipelago("Grid", lattice(3, 0.9), 0.05),
  line: shape("Line", 0.03, (dice) => {
    const along = 2.2 * dice.even() - 1.1;
    return [along, 0.6 * along];
  }),
  circle: shape("Circle", 0.03, (dice) => {
    const turn = 2 * Math.PI * dice.even();
    return [Math.cos(turn), Math.sin(turn)];
  }),
  spiral: shape("Spiral", 0.03, (dice) => {
    const far = 0.15 + 0.95 * Math.sqrt(dice.even()); // evenly along the arm: it is longer further out
    return [far * Math.cos(3.4 * Math.PI * far), far * Math.sin(3.4 * Math.PI * far)];
  }),
  heart: shape("Heart", 0, (dice) => {
    for (;;) {
      const [x, y] = [2 * dice.even() - 1, 2 * dice.even() - 1];
      if (inHeart(x, y)) return [x, y];
    }
  }),
};

/**
 * A reader's own points: one of them, blurred a little, again and again.
 * @param {number[][]} own
 * @returns {World}
 */
function ownWorld(own) {
  return shape("Your own", BLUR, (dice) => {
    const [x, y] = own[Math.floor(dice.even() * own.length)];
    return [x, y];
  });
}
