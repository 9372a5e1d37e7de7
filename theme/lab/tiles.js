// The worlds as small tiles to choose from, each printed from draws of its own.
"use strict";

const Tiles = {
  /** Points on a tile. */
  COUNT: 220,

  /** All of them, each in its own time. @param {HTMLElement} place @param {Palette} colours */
  draw(place, colours) {
    for (const tile of place.querySelectorAll(".lab-tile")) window.setTimeout(() => Tiles.print(tile, colours));
  },

  /** @param {Element} tile @param {Palette} colours */
  print(tile, colours) {
    const name = tile.querySelector("input")?.value ?? "";
    const canvas = tile.querySelector("canvas");
    const ready = canvas && sharp(canvas);
    if (!ready) return;
    const { brush, width } = ready;
    brush.fillStyle = colours.plate;
    brush.fillRect(0, 0, width, width);
    if (!(name in WORLDS)) return Tiles.pencil(brush, width, colours);
    const points = WORLDS[name].sample(new Dice(0, "tile"), new Float64Array(2 * Tiles.COUNT), Tiles.COUNT);
    const places = Array.from({ length: Tiles.COUNT }, (_, r) => Stage.place(points[2 * r], points[2 * r + 1], width));
    Stage.marks(brush, places, () => 1.4, { fill: colours.real, rim: colours.plate }, 0.3, false);
  },

  /** An empty tile, to be drawn on. @param {CanvasRenderingContext2D} brush @param {number} width @param {Palette} colours */
  pencil(brush, width, colours) {
    brush.strokeStyle = colours["ink-2"];
    brush.lineWidth = 2;
    brush.beginPath();
    brush.moveTo(width / 2, width * 0.28);
    brush.lineTo(width / 2, width * 0.72);
    brush.moveTo(width * 0.28, width / 2);
    brush.lineTo(width * 0.72, width / 2);
    brush.stroke();
  },
};
