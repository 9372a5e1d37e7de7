// <latent-map>: a marker on a sheet of pictures, moved by pointer, arrow keys or two native sliders, and the trained
// forger that draws the picture under it, here in the page. Wraps a figure that is complete without it.
//
//   printed (the sheet's own picture) ──comes near, or is touched──> awaited ──networks arrive──> live
//                                                                       └──they never do──> printed, and a note says so
"use strict";

/**
 * @typedef {object} Shipped
 * @property {[number[], number[]]} plane the two directions, across and up, in the forger's noise
 * @property {Omit<PlainLayer, "weight" | "bias">[]} forger
 * @property {Omit<PlainLayer, "weight" | "bias">[]} reader
 * @property {{[dial: string]: string[]}} reads names that the reader tells apart, dial by dial
 * @property {number} names how many for each dial
 * @property {string} weights base64
 */

class LatentMap extends HTMLElement {
  /** @type {Map<string, Shipped>} */
  static #shipped = new Map();

  /**
   * Called by a map's own script: hands its networks over.
   * @param {string} name "study/export"
   * @param {Shipped} data
   */
  static ship(name, data) {
    LatentMap.#shipped.set(name, data);
    document.dispatchEvent(new CustomEvent("map-data", { detail: name }));
  }

  /** Where the marker stands, in standard deviations of the noise. */
  place = { across: 0, up: 0 };
  /** @type {PlainNetwork | undefined} */
  forger;
  /** @type {PlainNetwork | undefined} */
  reader;
  #asked = false;
  #frame = 0;
  #spoken = 0;

  connectedCallback() {
    const { across, up, reach, side, size, lowVoice, highVoice } = this.dataset;
    this.reach = Number(reach);
    this.side = Number(side);
    this.size = Number(size);
    this.place = { across: Number(across), up: Number(up) };
    this.tone = new MapTone((lowVoice ?? "").split(" ").map(Number), (highVoice ?? "").split(" ").map(Number));
    this.stage = /** @type {HTMLElement} */ (this.querySelector(".map-stage"));
    this.stage.tabIndex = 0;
    const keys = "Arrow keys move the marker, with shift in longer strides; Home brings it back to the middle.";
    this.stage.setAttribute("aria-label", `${this.stage.getAttribute("aria-label")} ${keys}`);
    this.#pointer(this.stage);
    this.stage.addEventListener("keydown", (event) => this.#key(event));
    for (const slider of this.#sliders()) slider.addEventListener("input", () => this.#slide(slider));
    for (const sign of ["pointerenter", "focusin"]) this.addEventListener(sign, () => this.#ask());
    new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.#ask(), {
      rootMargin: "600px",
    }).observe(this);
    document.addEventListener("map-data", () => this.#arrived());
    document.addEventListener("pause-all", () => this.tone?.rest());
    essay.onChange(() => this.forger && this.#draw()); // another theme has another ink
    this.#show();
  }

  /** Fetch the networks, once; a page opened from a folder may load a script, and nothing else. */
  #ask() {
    if (this.#asked) return;
    this.#asked = true;
    const script = document.createElement("script");
    script.src = this.dataset.script ?? "";
    script.onerror = () => this.say("The forger could not be loaded. The pictures shown are those of the printed sheet.");
    document.head.append(script);
  }

  #arrived() {
    const shipped = LatentMap.#shipped.get(this.dataset.map ?? "");
    if (!shipped || this.shipped) return;
    this.shipped = shipped;
    wakeNetworks([shipped.forger, shipped.reader], shipped.weights, shipped.plane[0], ([forger, reader]) => {
      Object.assign(this, { forger, reader });
      for (const canvas of this.querySelectorAll("canvas")) canvas.hidden = false;
      this.classList.add("live");
      this.#draw();
    });
  }

  /**
   * Move the marker; places beyond the edge are held at it.
   * @param {number} across
   * @param {number} up
   */
  go(across, up) {
    const reach = this.reach ?? 0;
    const held = [across, up].map((place) => Math.round(Math.min(reach, Math.max(-reach, place)) * 1000) / 1000);
    if (held[0] === this.place.across && held[1] === this.place.up) return;
    this.place = { across: held[0], up: held[1] };
    this.tone?.move(held[0] / reach, held[1] / reach);
    this.#show();
    window.clearTimeout(this.#spoken);
    this.#spoken = window.setTimeout(() => this.#speak(), 700); // once it rests, not along the way
    if (!this.forger) return this.#ask();
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  /** @param {HTMLElement} stage */
  #pointer(stage) {
    /** @param {PointerEvent} event */
    const follow = (event) => {
      const { left, top, width, height } = stage.getBoundingClientRect();
      const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
      this.go(this.#placeAt(x), this.#placeAt(1 - y));
    };
    stage.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      stage.setPointerCapture(event.pointerId);
      stage.classList.add("held");
      follow(event);
    });
    stage.addEventListener("pointermove", (event) => {
      if (stage.hasPointerCapture(event.pointerId)) follow(event);
    });
    // A touch may be taken away by the system: the marker then stays where it last was.
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      stage.addEventListener(end, () => {
        stage.classList.remove("held");
        this.tone?.rest();
      });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stride = event.shiftKey ? 0.5 : 0.1;
    const { across, up } = this.place;
    /** @type {{[key: string]: [number, number]}} */
    const ways = {
      ArrowLeft: [across - stride, up],
      ArrowRight: [across + stride, up],
      ArrowDown: [across, up - stride],
      ArrowUp: [across, up + stride],
      Home: [0, 0],
    };
    const to = ways[event.key];
    if (!to) return;
    event.preventDefault();
    this.go(...to);
  }

  /** @param {HTMLInputElement} slider */
  #slide(slider) {
    const { across, up } = this.place;
    const value = Number(slider.value);
    if (slider.dataset.way === "across") this.go(value, up);
    else this.go(across, value);
  }

  /** @returns {HTMLInputElement[]} */
  #sliders() {
    return [...this.querySelectorAll("input")];
  }

  /**
   * The place at a share of the sheet's edge; the outermost pictures stand half a picture within it.
   * @param {number} share
   */
  #placeAt(share) {
    const side = this.side ?? 1;
    return ((share * side - 0.5) / (side - 1) - 0.5) * 2 * (this.reach ?? 0);
  }

  /** @param {number} place */
  #shareAt(place) {
    const side = this.side ?? 1;
    return ((place / (2 * (this.reach ?? 1)) + 0.5) * (side - 1) + 0.5) / side;
  }

  /** Marker, ticks, sliders and address; and the nearest printed picture, as long as there is no forger. */
  #show() {
    const { across, up } = this.place;
    const [x, y] = [this.#shareAt(across), 1 - this.#shareAt(up)];
    /** @param {string} name @param {{[attribute: string]: string}} attributes */
    const set = (name, attributes) => {
      const part = this.querySelector(name);
      for (const [attribute, value] of Object.entries(attributes)) part?.setAttribute(attribute, value);
    };
    const [left, top] = [`${(100 * x).toFixed(3)}%`, `${(100 * y).toFixed(3)}%`];
    set(".map-marker", { x: left, y: top });
    set("[data-tick=across]", { x1: left, x2: left });
    set("[data-tick=up]", { y1: top, y2: top });
    this.stage?.style.setProperty("--x", left);
    this.stage?.style.setProperty("--y", top);
    for (const slider of this.#sliders()) {
      const place = slider.dataset.way === "across" ? across : up;
      slider.value = String(place);
      slider.style.setProperty("--at", String((place / (this.reach ?? 1) + 1) / 2));
      slider.setAttribute("aria-valuetext", signed(place));
    }
    this.#write("address", `${signed(across)}, ${signed(up)}`);
    const cell = /** @type {SVGElement} */ (this.querySelector(".map-cell"));
    const edge = Number(cell.dataset.edge);
    const side = this.side ?? 1;
    const [column, row] = [x, y].map((share) => Math.min(side - 1, Math.floor(share * side)));
    cell.setAttribute("viewBox", `${column * edge} ${row * edge} ${edge} ${edge}`);
  }

  /** Let the forger draw and the reader read. */
  #draw() {
    this.#frame = 0;
    const { forger, reader, shipped, place } = this;
    if (!forger || !reader || !shipped) return;
    const [along, upward] = shipped.plane;
    const begun = performance.now();
    const picture = forger.run(Float32Array.from(along, (one, i) => one * place.across + upward[i] * place.up));
    this.#write("time", (performance.now() - begun).toFixed(1));
    this.#paint(picture);
    const said = reader.run(picture);
    const dials = Object.values(shipped.reads);
    // First the dials themselves, which only measuring needs; then the logits of the names.
    const best = dials.map((names, i) => {
      const from = dials.length + i * shipped.names;
      return likeliest(names, said.subarray(from, from + shipped.names));
    });
    this.#write("called", best.map((one) => one.name).join(", "));
    const chance = best.reduce((all, one) => all * one.chance, 1); // that every word is right
    this.#write("sure", `${chance > 0.99 ? "over 99" : Math.round(100 * chance)}\u00a0% sure`);
  }

  /**
   * On the large canvas and on the lens under the marker.
   * @param {Float32Array} picture (size * size) in [-1, 1], 1 is ink
   */
  #paint(picture) {
    const size = this.size ?? 0;
    const small = new OffscreenCanvas(size, size);
    const brush = small.getContext("2d");
    if (!brush) return;
    const image = brush.createImageData(size, size);
    const ink = getComputedStyle(this.querySelector(".map-live") ?? this).color.match(/\d+/g) ?? [];
    for (let i = 0; i < picture.length; i++) {
      for (let k = 0; k < 3; k++) image.data[4 * i + k] = Number(ink[k] ?? 0);
      image.data[4 * i + 3] = (picture[i] + 1) * 127.5;
    }
    brush.putImageData(image, 0, 0);
    for (const canvas of this.querySelectorAll("canvas")) {
      const context = canvas.getContext("2d");
      if (!context) continue;
      context.imageSmoothingQuality = "high";
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(small, 0, 0, canvas.width, canvas.height);
    }
  }

  /** For ears that follow no eye: one sentence, where the marker came to rest. */
  #speak() {
    const spoken = this.querySelector(".map-spoken");
    const called = this.forger ? `: ${this.querySelector("[data-is=called]")?.textContent}` : "";
    if (spoken) spoken.textContent = `${signed(this.place.across)} across, ${signed(this.place.up)} up${called}.`;
  }

  /**
   * A quiet message under the read-outs.
   * @param {string} words
   */
  say(words) {
    const note = this.querySelector(".map-note");
    if (note) note.textContent = words;
  }

  /** @param {string} name @param {string} words */
  #write(name, words) {
    const part = this.querySelector(`[data-is=${name}]`);
    if (part) part.textContent = words;
  }
}

/** @param {number} place */
function signed(place) {
  const sign = place > 0.004 ? "+" : place < -0.004 ? "\u2212" : "";
  return sign + Math.abs(place).toFixed(2);
}

/**
 * The likeliest of some names by their logits, and its chance.
 * @param {string[]} names
 * @param {Float32Array} logits
 */
function likeliest(names, logits) {
  const odds = Array.from(logits, (logit) => Math.exp(logit - Math.max(...logits)));
  const most = odds.indexOf(Math.max(...odds));
  return { name: names[most], chance: odds[most] / odds.reduce((sum, odd) => sum + odd, 0) };
}

customElements.define("latent-map", LatentMap);
