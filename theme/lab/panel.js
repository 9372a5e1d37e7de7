// The settings of the Lab on its page: the form, the tiles, the two numbers, and the names of what differs between two
// duels. It shows a setup and says what a reader chose; it knows neither duel nor clock.
"use strict";

class Panel {
  /** Which side the form sets. */
  editing = 0;

  /**
   * @param {HTMLElement} lab
   * @param {(some: Partial<Setup>) => void} chosen called with what is to change
   */
  constructor(lab, chosen) {
    this.lab = lab;
    this.chosen = chosen;
    lab.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
    lab.addEventListener("change", (event) => this.#choose(/** @type {HTMLInputElement} */ (event.target)));
  }

  /** @type {Setup} */
  setup = defaultSetup();

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.lab.querySelector(name));
  }

  /** @param {HTMLInputElement} input */
  #choose(input) {
    const { set, count } = input.dataset;
    const { sides } = this.setup;
    if (set) this.chosen({ sides: sides.map((side, k) => (k === this.editing ? { ...side, [set]: input.value } : side)) });
    else if (count === "seed" || count === "stop") this.#count(input, count);
    else if (input.name === "lab-data") this.chosen({ data: input.value });
    else if (input.name === "lab-side") {
      this.editing = Number(input.value);
      this.show(this.setup);
    }
  }

  /** A number held within its limits; what is no number leaves it as it was. @param {HTMLInputElement} input @param {"seed" | "stop"} name */
  #count(input, name) {
    const [least, most] = COUNTS[name];
    const value = input.value === "" ? Number.NaN : Math.round(Number(input.value));
    const held = Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : this.setup[name];
    input.value = String(held);
    if (held !== this.setup[name]) this.chosen({ [name]: held });
  }

  /** @param {Setup} setup */
  show(setup) {
    this.setup = setup;
    const two = setup.sides.length > 1;
    if (!two) this.editing = 0;
    const side = setup.sides[this.editing];
    for (const select of this.lab.querySelectorAll("select")) select.value = side[select.dataset.set ?? ""];
    /** @type {HTMLSelectElement} */ (this.#part("[data-set=strength]")).disabled = side.penalty === "none";
    for (const name of /** @type {("seed" | "stop")[]} */ (["seed", "stop"]))
      /** @type {HTMLInputElement} */ (this.#part(`[data-count=${name}]`)).value = String(setup[name]);
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (this.lab.querySelectorAll("input[type=radio]")))
      radio.checked = radio.value === (radio.name === "lab-side" ? String(this.editing) : setup.data);
    this.#part(".lab-own").hidden = setup.data !== "own";
    this.#part(".lab-which").hidden = !two;
    this.lab.classList.toggle("comparing", two);
    this.#part("[data-do=compare]").setAttribute("aria-pressed", String(two));
  }

  /** What a side has that the other has not, in the words of the form. @param {number} k */
  differing(k) {
    const { sides } = this.setup;
    const names = Object.keys(CHOICES).filter((name) => sides[0][name] !== sides[1]?.[name]);
    return names.map((name) => this.#said(name, sides[k][name])).join(", ") || "the same settings";
  }

  /** @param {string} name @param {string} value */
  #said(name, value) {
    const select = /** @type {HTMLSelectElement} */ (this.#part(`[data-set=${name}]`));
    const label = select.labels[0].textContent ?? name;
    return `${label.toLowerCase()} ${[...select.options].find((option) => option.value === value)?.textContent}`;
  }
}
