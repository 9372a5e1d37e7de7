// The board on which a reader draws a world: with a finger, a mouse, or the keys; or by pasting points. What is drawn
// is handed over as points, each where an address can hold it. It knows neither duel nor address.
"use strict";

class Board {
  /** Points from one press of Space, and their spread; the way between two points of a drawn line. */
  static #DAB = 8;
  static #SPREAD = 0.06;
  static #STRIDE = 0.035;

  /** @type {number[][]} */
  points = [];
  /** How many points there were before each stroke, so that it can be taken back. @type {number[]} */
  #strokes = [];
  #brush = [0, 0];
  #dice = new Dice(1, "board");

  /**
   * @param {HTMLElement} place its part of the page
   * @param {(points: number[][]) => void} used called when the reader wants to train on the points
   */
  constructor(place, used) {
    this.place = place;
    this.board = /** @type {HTMLElement} */ (place.querySelector(".lab-board"));
    this.canvas = /** @type {HTMLCanvasElement} */ (place.querySelector(".lab-board canvas"));
    this.text = /** @type {HTMLTextAreaElement} */ (place.querySelector("textarea"));
    this.#pointer();
    this.board.addEventListener("keydown", (event) => this.#key(event));
    const file = /** @type {HTMLInputElement} */ (place.querySelector("input[type=file]"));
    file.addEventListener("change", () => void this.#open(file));
    place.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("[data-do]");
      const does = /** @type {HTMLElement | null} */ (button)?.dataset.do;
      if (does === "undo") this.#undo();
      else if (does === "clear") this.put([]);
      else if (does === "paste") this.#read(this.text.value);
      else if (does === "use" && this.#enough()) used(this.points);
    });
  }

  /** Other points in place of those there are. @param {number[][]} points */
  put(points) {
    if (this.points.length && points !== this.points) this.#strokes = [];
    this.points = points.slice();
    this.draw();
  }

  draw() {
    const ready = sharp(this.canvas);
    const { length } = this.points;
    const words = length ? `${grouped(length)} ${length === 1 ? "point" : "points"}` : "No points yet";
    const count = /** @type {HTMLElement} */ (this.place.querySelector("[data-is=count]"));
    if (count.textContent !== words) count.textContent = words;
    if (!ready) return;
    const { brush, width } = ready;
    const colours = palette();
    brush.fillStyle = colours.plate;
    brush.fillRect(0, 0, width, width);
    Stage.grid(brush, width, colours);
    const places = this.points.map(([x, y]) => Stage.place(x, y, width));
    Stage.marks(brush, places, () => 3, { fill: colours.real, rim: colours.plate }, 1, false);
    if (document.activeElement !== this.board) return;
    const [x, y] = Stage.place(this.#brush[0], this.#brush[1], width);
    brush.strokeStyle = colours.copper;
    brush.lineWidth = 3;
    brush.strokeRect(x - 9, y - 9, 18, 18);
  }

  /** @returns {boolean} whether there are points to train on; else says so */
  #enough() {
    if (this.points.length > 1) return true;
    this.#tell(["Two points at least make a world. Draw some, or paste them."], true);
    return false;
  }

  /** @param {number} x @param {number} y */
  #drop(x, y) {
    if (this.points.length >= MOST_POINTS) return this.#tell([`${grouped(MOST_POINTS)} points are all that an address can hold.`], true);
    const held = [x, y].map((value) => snapped(Math.min(REACH, Math.max(-REACH, value))));
    this.points.push(held);
  }

  #undo() {
    this.points.length = this.#strokes.pop() ?? 0;
    this.draw();
  }

  #pointer() {
    const { board } = this;
    /** @type {number[] | null} */
    let last = null;
    const at = (/** @type {PointerEvent} */ event) => {
      const { left, top, width, height } = board.getBoundingClientRect();
      return [((event.clientX - left) / width) * 2 * REACH - REACH, REACH - ((event.clientY - top) / height) * 2 * REACH];
    };
    board.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      board.setPointerCapture(event.pointerId);
      this.#strokes.push(this.points.length);
      last = at(event);
      this.#drop(last[0], last[1]);
      this.draw();
    });
    board.addEventListener("pointermove", (event) => {
      if (!last || !board.hasPointerCapture(event.pointerId)) return;
      const to = at(event);
      const far = Math.hypot(to[0] - last[0], to[1] - last[1]);
      if (far < Board.#STRIDE) return;
      const count = Math.floor(far / Board.#STRIDE);
      for (let k = 1; k <= count; k++) this.#drop(last[0] + ((to[0] - last[0]) * k) / count, last[1] + ((to[1] - last[1]) * k) / count);
      last = to;
      this.draw();
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) board.addEventListener(end, () => (last = null));
    for (const turn of ["focus", "blur"]) board.addEventListener(turn, () => this.draw());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stride = event.shiftKey ? 0.3 : 0.1;
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
    const way = ways[/** @type {keyof typeof ways} */ (event.key)];
    if (way) this.#brush = this.#brush.map((value, k) => Math.min(REACH, Math.max(-REACH, value + stride * way[k])));
    else if (event.key === " ") {
      this.#strokes.push(this.points.length);
      for (let k = 0; k < Board.#DAB; k++) this.#drop(this.#brush[0] + Board.#SPREAD * this.#dice.normal(), this.#brush[1] + Board.#SPREAD * this.#dice.normal());
    } else if (event.key === "Backspace" || event.key === "Delete") this.#undo();
    else return;
    event.preventDefault();
    this.draw();
    const [x, y] = this.#brush.map((value) => value.toFixed(1).replace("-", "\u2212"));
    const words = way ? `Brush at ${x}, ${y}.` : `${grouped(this.points.length)} points.`;
    this.canvas.dispatchEvent(new CustomEvent("lab-said", { detail: words, bubbles: true }));
  }

  /** @param {HTMLInputElement} file */
  async #open(file) {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      this.text.value = await chosen.text();
      this.#read(this.text.value);
    } catch {
      this.#tell([`${chosen.name} could not be read. Its points can also be pasted.`], true);
    }
    file.value = ""; // so that the same file can be opened again
  }

  /** Points from text; what is wrong is told, and the text stays as it is. @param {string} text */
  #read(text) {
    const { points, problems, notes } = pointsOf(text);
    this.#tell(problems.length ? problems : notes, problems.length > 0);
    if (problems.length) return this.text.focus();
    this.put(points);
  }

  /** @param {string[]} words @param {boolean} wrong */
  #tell(words, wrong) {
    const list = document.createElement("ul");
    list.className = wrong ? "lab-wrong" : "lab-told";
    list.append(...words.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
    this.place.querySelector(".lab-problems")?.replaceChildren(...(words.length ? [list] : []));
    this.text.setAttribute("aria-invalid", String(wrong && words.length > 0));
  }
}
