// <gan-lab>: two small networks that train while the page is open, in slices short enough that it never stutters.
// It holds the settings, the clock and the cursor; the benches hold the duels.
//
//   ready ──Play──> playing ──Pause, the stop, looking back, "pause everything"──> resting ──Play──> playing
//                      └──a changed setting: a new run, playing on                    └──One round──> resting
// Settings stand in the address; the address, when it is changed, sets the Lab.
"use strict";

class GanLab extends HTMLElement {
  /** Milliseconds of each frame given to training; of slow motion, to each phase; between two pictures. */
  static #SLICE = 7;
  static #PHASE = 1700;
  static #PICTURE = { moving: 30, still: 600 };

  /** @type {Setup} */
  setup = defaultSetup();
  playing = false;
  slow = false;
  /** Which kept moment is looked at; null is now. @type {number | null} */
  looking = null;
  /** Which side the form sets. */
  editing = 0;
  /** @type {Bench[]} those in use */
  benches = [];
  /** @type {Shown} */
  shown = { originals: true, forgeries: true, field: true, arrows: false };
  #frame = 0;
  #drawn = 0;
  #ticked = 0;
  #dear = 0;
  #phaseAt = 0;
  /** @type {Phase | null} */
  #phase = null;
  #written = "";
  #speaking = 0;

  connectedCallback() {
    this.tone = new GapTone();
    this.colours = palette();
    this.all = [...this.querySelectorAll(".lab-bench")].map((place) => new Bench(/** @type {HTMLElement} */ (place)));
    this.board = new Board(this.part(".lab-own"), (points) => this.#useOwn(points));
    this.range = /** @type {HTMLInputElement} */ (this.querySelector(".lab-range"));
    this.range.addEventListener("input", () => this.#look(Number(this.range?.value)));
    this.addEventListener("click", (event) => this.#press(/** @type {HTMLElement} */ (event.target)));
    this.addEventListener("change", (event) => this.#choose(/** @type {HTMLInputElement} */ (event.target)));
    this.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("pause-all", () => this.pause());
    document.addEventListener("visibilitychange", () => document.hidden && this.pause());
    window.addEventListener("hashchange", () => this.#fromAddress());
    window.addEventListener("beforeprint", () => this.#repaint(true));
    window.addEventListener("afterprint", () => this.#repaint(false));
    essay.onChange(() => this.#repaint(false));
    new ResizeObserver(() => this.#repaint(false)).observe(this);
    this.#fromAddress();
    this.classList.add("ready");
  }

  /** @param {string} name @returns {HTMLElement} */
  part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(name));
  }

  #fromAddress() {
    const address = decodeURIComponentSafely(location.hash.slice(1));
    if (address === this.#written && this.benches.length) return;
    const { setup, problems } = setupOf(address);
    this.setup = setup;
    this.editing = 0;
    this.#written = address;
    if (setup.points.length) this.board?.put(setup.points);
    this.restart();
    this.say("note", problems.length ? `The address asks for what there is not here (${problems.join("; ")}). The first settings stand in its place.` : "");
  }

  /** A new run of these settings, from its first round. */
  restart() {
    const { data, points, seed, sides } = this.setup;
    const world = data === "own" ? ownWorld(points) : WORLDS[data];
    if (this.gauge?.world !== world || this.gauged !== seed) this.gauge = new Gauge(world, seed);
    this.gauged = seed;
    this.benches = (this.all ?? []).slice(0, sides.length);
    this.benches.forEach((bench, k) => bench.begin(recipeOf(sides[k], seed), world, /** @type {Gauge} */ (this.gauge)));
    this.#phase = null;
    this.#watch();
    this.looking = null;
    this.#showSettings();
    this.draw();
    this.line(this.playing ? "" : "Ready. Press Play, or take one round at a time.");
  }

  play() {
    if (this.playing) return;
    this.looking = null;
    this.playing = true;
    this.#phaseAt = 0;
    this.dispatchEvent(new CustomEvent("film-playing", { bubbles: true }));
    this.#showState();
    this.#frame ||= requestAnimationFrame((now) => this.#tick(now));
  }

  /** @param {string} why words, where it was not the reader */
  pause(why = "") {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.tone?.rest();
    this.dispatchEvent(new CustomEvent("film-paused", { bubbles: true }));
    this.#rest(why);
  }

  get step() {
    return this.benches[0].step;
  }

  /** @param {number} now */
  #tick(now) {
    this.#frame = 0;
    if (!this.playing) return;
    if (this.slow) this.#creep(now);
    else this.#train();
    // A picture that made its frame late is dear here: there are fewer of them then, and training goes on between.
    const late = now - this.#ticked;
    if (this.#ticked === this.#drawn && late < 1000) this.#dear = late > 20 ? Math.min(300, 3 * late) : 0;
    this.#ticked = now;
    const pause = Math.max(this.#dear, essay.still() ? GanLab.#PICTURE.still : GanLab.#PICTURE.moving);
    if (!this.slow && now - this.#drawn >= pause) this.draw(now);
    if (this.playing) this.#frame ||= requestAnimationFrame((later) => this.#tick(later));
  }

  /** As many phases as fit into a slice. */
  #train() {
    const end = performance.now() + GanLab.#SLICE;
    this.#phase = null;
    do {
      // The one behind works first, so both stay in the same round.
      const bench = this.benches.reduce((least, one) => (one.step < least.step || (one.step === least.step && one.counting) ? one : least));
      bench.work();
      if (this.benches.every((one) => one.step === this.setup.stop && !one.counting && !one.duel.midway)) return this.pause(`It stopped at round ${this.setup.stop.toLocaleString("en")}, as you asked. Play goes on.`);
    } while (performance.now() < end);
  }

  /** In slow motion, the next phase when its time has come. @param {number} now */
  #creep(now) {
    if (now - this.#phaseAt < GanLab.#PHASE) return;
    this.#phaseAt = now;
    this.advance();
    if (this.step === this.setup.stop && !this.benches[0].duel.midway) this.pause(`It stopped at round ${this.setup.stop.toLocaleString("en")}, as you asked. Play goes on.`);
  }

  /** One phase of a round, on all benches. */
  advance() {
    this.looking = null;
    for (const bench of this.benches) {
      bench.measure();
      this.#phase = bench.duel.phase;
      bench.work();
      bench.measure();
    }
    this.draw();
    this.#showPhase();
  }

  /** @param {number} count of whole rounds, at once */
  #rounds(count) {
    this.pause();
    this.#phase = null;
    this.looking = null;
    for (const bench of this.benches) for (let k = 0; k < count; k++) bench.round();
    this.#rest("");
  }

  /** At rest: what is due is counted, drawn and said. @param {string} why */
  #rest(why) {
    for (const bench of this.benches) if (!this.slow) bench.finish();
    this.draw();
    this.#showState();
    this.line(why);
    this.#speak([why, ...this.#sentences()].filter(Boolean).join(" "));
  }

  #sentences() {
    const moment = this.looking;
    return this.benches.map((bench, k) => (this.benches.length > 1 ? `${"AB"[k]}. ` : "") + bench.sentence(moment === null ? null : bench.history.moments[moment]));
  }

  /** Look at a kept moment; at the last place, at now. @param {number} place */
  #look(place) {
    this.pause();
    const { moments } = this.benches[0].history;
    this.looking = place >= moments.length - 1 && moments[moments.length - 1].step === this.step ? null : Math.min(place, moments.length - 1);
    this.#phase = null;
    this.draw();
    this.#showState();
    const gap = this.looking === null ? this.benches[0].latest : moments[this.looking];
    if (this.benches[0].gauge) this.tone?.sound(gap.gap, this.benches[0].gauge.floor);
    this.line(this.looking === null ? "" : `Looking back. Play goes on from round ${this.step.toLocaleString("en")}.`);
    this.#speak(this.#sentences().join(" "));
  }

  /** @param {number} now */
  draw(now = performance.now()) {
    if (!this.benches.length || !this.colours) return;
    this.#drawn = now;
    const { looking, colours, shown } = this;
    for (const bench of this.benches) bench.draw(looking === null ? null : bench.history.moments[looking], shown, colours, this.slow ? this.#phase : null);
    const [first] = this.benches;
    const { moments } = first.history;
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelector(".lab-gaps"));
    const runs = this.benches.map(({ history, gauge }, k) => ({ moments: history.moments, floor: gauge.floor, dash: k ? [7, 4] : [] }));
    Curves.gaps(canvas, runs, Math.max(moments.length, 2), colours);
    this.#showHistory(moments);
    if (this.playing && !this.slow) {
      this.tone?.sound(first.latest.gap, first.gauge.floor);
      this.line(this.#sentences().join(" "), false);
    }
  }

  /** @param {Moment[]} moments */
  #showHistory(moments) {
    const { range, looking } = this;
    if (!range) return;
    range.max = String(Math.max(1, moments.length - 1));
    range.disabled = moments.length < 2;
    range.value = String(looking ?? Math.max(1, moments.length - 1));
    const step = looking === null ? this.step : moments[looking].step;
    const words = `Round ${step.toLocaleString("en")} of ${this.step.toLocaleString("en")}`;
    if (!this.playing) range.setAttribute("aria-valuetext", words);
    this.part(".lab-track").style.setProperty("--at", String(Number(range.value) / Number(range.max)));
    this.say("when", looking === null ? `Round ${step.toLocaleString("en")}, now` : words);
  }

  /** @param {HTMLElement} target */
  #press(target) {
    const does = /** @type {HTMLElement | null} */ (target.closest("[data-do]"))?.dataset.do;
    if (does === "play") this.playing ? this.pause() : this.play();
    else if (does === "step") this.slow ? (this.pause(), this.advance()) : this.#rounds(1);
    else if (does === "hundred") this.#rounds(100);
    else if (does === "slow") this.#slowly(!this.slow);
    else if (does === "restart") this.restart();
    else if (does === "next-seed") this.#change({ seed: (this.setup.seed + 1) % (COUNTS.seed[1] + 1) });
    else if (does === "compare") this.#compare(this.setup.sides.length < 2);
    else if (does === "defaults") this.#change({ ...defaultSetup(), data: this.setup.data, points: this.setup.points });
    else if (does === "describe") this.#speak(this.#sentences().join(" "), true);
    else if (does === "link") void this.#copy();
    else if (does === "save-points") this.#savePoints();
    else if (does === "save-numbers") this.#saveNumbers();
  }

  /** @param {HTMLInputElement} input */
  #choose(input) {
    const { set, count, show } = input.dataset;
    if (set) {
      const sides = this.setup.sides.map((side, k) => (k === this.editing ? { ...side, [set]: input.value } : side));
      this.#change({ sides });
    } else if (count === "seed" || count === "stop") this.#count(input, count);
    else if (show) {
      this.shown = { ...this.shown, [show]: input.checked };
      this.draw();
    } else if (input.name === "lab-side") {
      this.editing = Number(input.value);
      this.#showSettings();
    } else if (input.name === "lab-data") this.#world(input.value);
  }

  /** @param {HTMLInputElement} input @param {"seed" | "stop"} name */
  #count(input, name) {
    const [least, most] = COUNTS[name];
    const value = Math.round(Number(input.value));
    const held = Number.isFinite(value) && input.value !== "" ? Math.min(most, Math.max(least, value)) : this.setup[name];
    input.value = String(held);
    if (name === "seed") return this.#change({ seed: held });
    this.setup = { ...this.setup, stop: held };
    this.#write();
    this.draw();
  }

  /** @param {string} data */
  #world(data) {
    const own = data === "own";
    this.part(".lab-own").hidden = !own;
    if (own) this.board?.draw();
    if (own && this.setup.points.length < 2) return this.line("Draw some points, or paste them; then train on them.");
    this.#change({ data });
  }

  /** @param {number[][]} points */
  #useOwn(points) {
    this.#change({ data: "own", points: points.slice() });
    this.part(".lab-benches").scrollIntoView({ block: "nearest" });
    this.line(`A world of ${points.length.toLocaleString("en")} points, each blurred a little. Press Play.`);
  }

  /** Other settings: another run. @param {Partial<Setup>} some */
  #change(some) {
    this.setup = { ...this.setup, ...some };
    if (this.setup.sides.length < 2) this.editing = 0;
    this.#write();
    this.restart();
  }

  #write() {
    this.#written = addressOf(this.setup);
    try {
      history.replaceState(null, "", "#" + this.#written);
    } catch {
      // Some browsers forbid it for a page opened from a folder: the address then stays as it was.
    }
  }

  /** @param {boolean} on */
  #compare(on) {
    const [a] = this.setup.sides;
    this.editing = on ? 1 : 0;
    this.#change({ sides: on ? [a, { ...a }] : [a] });
    if (on) this.line("B is a copy of A, with the same originals and the same noise. Change one of its settings.");
  }

  /** @param {boolean} on */
  #slowly(on) {
    if (!on) for (const bench of this.benches) bench.finish();
    this.slow = on;
    this.#phase = null;
    this.#phaseAt = 0;
    this.#watch();
    this.looking = null;
    this.tone?.rest();
    this.draw();
    this.#showState();
    this.#showPhase();
  }

  #watch() {
    for (const { duel } of this.benches) duel.slow = this.slow;
  }

  #showPhase() {
    this.part(".lab-phases").hidden = !this.slow;
    const phase = this.#phase;
    for (const item of this.querySelectorAll("[data-phase]")) {
      const here = /** @type {HTMLElement} */ (item).dataset.phase === phase;
      here ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current");
      if (here) this.line(item.textContent ?? "");
      if (here && !this.playing) this.#speak(item.textContent ?? "");
    }
  }

  #showState() {
    const { playing, slow } = this;
    this.classList.toggle("playing", playing);
    this.classList.toggle("slow", slow);
    this.say("play", playing ? "Pause" : "Play");
    this.say("step-word", slow ? "Next phase" : "One round");
    this.part("[data-do=slow]").setAttribute("aria-pressed", String(slow));
    /** @type {HTMLButtonElement} */ (this.part("[data-do=hundred]")).disabled = slow;
    if (!playing) this.benches.forEach((bench, k) => bench.plane.setAttribute("aria-label", `The plane${this.benches.length > 1 ? ` of ${"AB"[k]}` : ""}. ${this.#sentences()[k]}`));
  }

  /** The form, as the setup has it. */
  #showSettings() {
    const { setup, editing } = this;
    const two = setup.sides.length > 1;
    const side = setup.sides[editing];
    for (const select of this.querySelectorAll("select")) select.value = side[select.dataset.set ?? ""];
    /** @type {HTMLSelectElement} */ (this.part("[data-set=strength]")).disabled = side.penalty === "none";
    for (const name of /** @type {("seed" | "stop")[]} */ (["seed", "stop"])) /** @type {HTMLInputElement} */ (this.part(`[data-count=${name}]`)).value = String(setup[name]);
    for (const radio of this.querySelectorAll("input[type=radio]")) {
      const one = /** @type {HTMLInputElement} */ (radio);
      one.checked = one.value === (one.name === "lab-side" ? String(editing) : setup.data);
    }
    this.part(".lab-own").hidden = setup.data !== "own";
    this.part(".lab-which").hidden = !two;
    this.classList.toggle("comparing", two);
    this.part("[data-do=compare]").setAttribute("aria-pressed", String(two));
    const differing = Object.keys(CHOICES).filter((name) => two && setup.sides[0][name] !== setup.sides[1][name]);
    this.all?.forEach((bench, k) => {
      bench.place.hidden = k >= setup.sides.length;
      /** @type {HTMLElement} */ (bench.place.querySelector(".lab-side-name")).hidden = !two;
      if (two) bench.write("differs", differing.length ? differing.map((name) => this.#said(name, setup.sides[k][name])).join(", ") : "the same settings");
    });
    this.#showState();
    this.#showPhase();
  }

  /** A choice in the words of the form. @param {string} name @param {string} value */
  #said(name, value) {
    const select = /** @type {HTMLSelectElement} */ (this.part(`[data-set=${name}]`));
    const label = select.closest("label")?.querySelector(".lab-label")?.textContent ?? name;
    return `${label.toLowerCase()} ${[...select.options].find((option) => option.value === value)?.textContent}`;
  }

  async #copy() {
    this.#write();
    const address = location.href.split("#")[0] + "#" + this.#written;
    try {
      await navigator.clipboard.writeText(address);
      this.say("note", "The link is copied: whoever opens it gets these settings, and plays the same run.");
    } catch {
      this.say("note", "The link stands in the address bar: copy it from there.");
    }
  }

  #savePoints() {
    const rows = this.benches.flatMap((bench, k) => bench.table("AB"[k], this.looking));
    save("lab-points.csv", tableOf(["x", "y", "kind", "side", "round"], rows));
  }

  #saveNumbers() {
    const rows = this.benches.flatMap((bench, k) => bench.numbers("AB"[k]));
    save("lab-numbers.csv", tableOf(["side", "round", "gap_bits", "floor_bits", "islands", "ashore", "forger_loss", "detective_loss"], rows));
  }

  /** @param {boolean} paper */
  #repaint(paper) {
    this.colours = palette(paper);
    this.draw();
    this.board?.draw();
    Tiles.draw(this, this.colours);
  }

  /** The line under the controls; empty says how things stand. @param {string} words */
  line(words, whole = true) {
    this.say("line", words || this.#sentences().join(" "));
    if (whole && !words) return;
  }

  /** For ears that follow no eye: once things rest, and once only. @param {string} words @param {boolean} seen also in the line */
  #speak(words, seen = false) {
    if (seen) this.line(words);
    window.clearTimeout(this.#speaking);
    this.#speaking = window.setTimeout(() => this.say("spoken", words), 500);
  }

  /** @param {string} name @param {string} words */
  say(name, words) {
    const part = this.part(`:scope [data-is=${name}]`);
    if (part.textContent !== words) part.textContent = words;
  }
}

/** An address may hold anything. @param {string} text */
function decodeURIComponentSafely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} name @param {string} text */
function save(name, text) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

customElements.define("gan-lab", GanLab);
