// <gan-lab>: two small networks that train while the page is open, in slices short enough that it never stutters.
// It brings together setup, clock, benches, board and tone; each of them knows nothing of the others.
//
//   ready ──Play──> playing ──Pause, the stop, looking back, "pause everything"──> resting ──Play──> playing
//                      └──a changed setting: a new run, playing on                    └──One round──> resting
// Settings stand in the address; the address, when it is changed, sets the Lab.
"use strict";

class GanLab extends HTMLElement {
  /** @type {Setup} */
  setup = defaultSetup();
  /** Which kept moment is looked at; null is now. @type {number | null} */
  looking = null;
  /** @type {Shown} */
  shown = { originals: true, forgeries: true, field: true, arrows: false };
  #written = "";
  #speaking = 0;
  #seed = -1;
  /** The reader's points that the gauge was made from. @type {number[][] | null} */
  #own = null;

  connectedCallback() {
    this.tone = new GapTone();
    this.colours = palette();
    this.all = [...this.querySelectorAll(".lab-bench")].map((place) => new Bench(/** @type {HTMLElement} */ (place)));
    this.board = new Board(this.#part(".lab-own"), (points) => this.#useOwn(points));
    this.track = new Track(this.#part(".lab-track"), (moment) => this.#look(moment));
    this.addEventListener("click", (event) => this.#press(/** @type {HTMLElement} */ (event.target)));
    this.addEventListener("change", (event) => this.#show(/** @type {HTMLInputElement} */ (event.target)));
    document.addEventListener("pause-all", () => this.pause());
    document.addEventListener("visibilitychange", () => document.hidden && this.pause());
    window.addEventListener("hashchange", () => this.#fromAddress() && this.#part("[data-do=play]").focus({ preventScroll: true }));
    essay.onChange(() => this.#repaint());
    new ResizeObserver(() => this.#repaint()).observe(this);
    this.#fromAddress();
    this.classList.add("ready");
  }

  clock = new Clock({ draw: () => this.draw(), phase: () => this.#showPhase(), stopped: () => this.#stopped() });
  panel = new Panel(this, (some) => this.change(some));

  get benches() {
    return this.clock.benches;
  }

  get playing() {
    return this.clock.playing;
  }

  /** Rounds played. */
  get step() {
    return this.clock.step;
  }

  /** Set the Lab as the address asks, and come into view where it asks for anything; false where nothing is new. */
  #fromAddress() {
    const address = Share.asked();
    const asks = address.startsWith(ANCHOR + "?");
    if (this.benches.length && (address === this.#written || !asks)) return false;
    const { setup, problems } = setupOf(address);
    this.setup = setup;
    this.#written = address;
    if (setup.points.length) this.board?.put(setup.points);
    this.restart();
    const note = `The address asks for what there is not here (${problems.join("; ")}). The first settings stand in its place.`;
    this.#say("note", problems.length ? note : "");
    if (asks) this.scrollIntoView();
    return true;
  }

  /** A new run of these settings, from its first round. */
  restart() {
    const { data, points, seed, stop, sides } = this.setup;
    const own = data === "own";
    const same = this.gauge && this.#seed === seed && (own ? this.#own === points : this.gauge.world === WORLDS[data]);
    if (!same) this.gauge = new Gauge(own ? ownWorld(points) : WORLDS[data], seed);
    [this.#seed, this.#own] = [seed, own ? points : null];
    const gauge = /** @type {Gauge} */ (this.gauge);
    this.all?.forEach((bench, k) => (bench.place.hidden = k >= sides.length));
    this.clock.benches = (this.all ?? []).slice(0, sides.length);
    this.benches.forEach((bench, k) => bench.begin(recipeOf(sides[k], seed), gauge.world, gauge));
    this.clock.stop = stop;
    this.clock.slowly(this.clock.slow);
    this.looking = null;
    this.panel.show(this.setup);
    this.benches.forEach((bench, k) => bench.name(sides.length > 1 ? this.panel.differing(k) : null));
    this.#showState();
    this.#showPhase();
    this.draw();
    if (!this.playing) this.line("Ready. Press Play, or take one round at a time.");
  }

  /** Other settings: another run, but for the stop. @param {Partial<Setup>} some */
  change(some) {
    if (some.data === "own" && !some.points && this.setup.points.length < 2) {
      this.#part(".lab-own").hidden = false;
      this.board?.draw();
      return this.line("Draw some points, or paste them; then train on them.");
    }
    this.setup = { ...this.setup, ...some };
    this.#written = Share.write(this.setup);
    this.#say("note", "");
    if (Object.keys(some).join() !== "stop") return this.restart();
    this.clock.stop = this.setup.stop;
    this.panel.show(this.setup);
  }

  /** @param {number[][]} points */
  #useOwn(points) {
    this.change({ data: "own", points: points.slice() });
    this.#part(".lab-benches").scrollIntoView({ block: "nearest" });
    this.line(`A world of ${points.length.toLocaleString("en")} points, each blurred a little. Press Play.`);
  }

  play() {
    if (this.playing) return;
    this.looking = null;
    this.clock.play();
    this.dispatchEvent(new CustomEvent("film-playing", { bubbles: true }));
    this.#showState();
  }

  /** @param {string} why words, where it was not the reader */
  pause(why = "") {
    if (!this.playing) return;
    this.clock.pause();
    this.tone?.rest();
    this.dispatchEvent(new CustomEvent("film-paused", { bubbles: true }));
    this.#rest(why);
  }

  #stopped() {
    this.pause(`Stopped at round ${this.setup.stop.toLocaleString("en")}, as asked; Play goes on.`);
  }

  /** At rest: drawn and said. @param {string} why */
  #rest(why) {
    if (!this.benches.some((bench) => bench.duel.midway)) for (const bench of this.benches) bench.measure(true);
    this.draw();
    this.#showState();
    if (this.clock.slow && this.clock.phase && !why) return this.#showPhase();
    const words = [why, this.sentences().join(" ")].filter(Boolean).join(" ");
    this.line(words);
    this.#speak(words);
  }

  /** What there is to see, a sentence or two for each side. */
  sentences() {
    const two = this.benches.length > 1;
    return this.benches.map((bench, k) => (two ? `${"AB"[k]}. ` : "") + bench.sentence(this.#moment(bench)));
  }

  /** The kept moment a bench shows; null is now. @param {Bench} bench */
  #moment(bench) {
    return this.looking === null ? null : (bench.history.moments[this.looking] ?? null);
  }

  /** Look at a kept moment; at the last place, at now. @param {number} place */
  #look(place) {
    this.pause();
    this.clock.finish();
    const { moments } = this.benches[0].history;
    const last = moments.length - 1;
    this.looking = place >= last && moments[last].step === this.step ? null : Math.min(place, last);
    const [first] = this.benches;
    this.tone?.sound((this.#moment(first) ?? first.latest).gap, first.gauge.floor);
    this.#rest(this.looking === null ? "" : `Looking back; Play goes on from round ${this.step.toLocaleString("en")}.`);
  }

  draw() {
    const { looking, colours, shown, clock } = this;
    if (!this.benches.length || !colours) return;
    const phase = clock.slow && looking === null ? clock.phase : null;
    for (const bench of this.benches) bench.draw(this.#moment(bench), shown, colours, phase);
    const [first] = this.benches;
    this.track?.show(this.benches, looking, colours, !this.playing);
    if (!this.playing || clock.slow) return;
    this.tone?.sound(first.latest.gap, first.gauge.floor);
    this.line(this.sentences().join(" "));
  }

  /** @param {HTMLElement} target */
  #press(target) {
    const does = /** @type {HTMLElement | null} */ (target.closest("[data-do]"))?.dataset.do;
    const { setup, clock } = this;
    if (does === "play") this.playing ? this.pause() : this.play();
    else if (does === "step") clock.slow ? this.#phase() : this.#rounds(1);
    else if (does === "hundred") this.#rounds(100);
    else if (does === "slow") this.#slowly(!clock.slow);
    else if (does === "restart") this.restart();
    else if (does === "next-seed") this.change({ seed: (setup.seed + 1) % (COUNTS.seed[1] + 1) });
    else if (does === "compare") this.#compare(setup.sides.length < 2);
    else if (does === "defaults") this.change({ ...defaultSetup(), data: setup.data, points: setup.points });
    else if (does === "describe") this.#rest("");
    else if (does === "link") void Share.copy((this.#written = Share.write(setup))).then((words) => this.#say("note", words));
    else if (does === "save-points") Share.points(this.benches, (bench) => this.#moment(bench));
    else if (does === "save-numbers") Share.numbers(this.benches);
  }

  /** @param {HTMLInputElement} input */
  #show({ dataset: { show }, checked }) {
    if (!show) return;
    this.shown = { ...this.shown, [show]: checked };
    this.draw();
  }

  /** @param {number} count of whole rounds */
  #rounds(count) {
    this.pause();
    this.looking = null;
    this.clock.rounds(count);
    this.#rest("");
  }

  /** One phase, by the button. */
  #phase() {
    this.pause();
    this.looking = null;
    this.clock.advance();
  }

  /** @param {boolean} on */
  #slowly(on) {
    this.clock.slowly(on);
    this.looking = null;
    this.tone?.rest();
    this.draw();
    this.#showState();
    this.#showPhase();
    if (!this.playing) this.line(on ? "Slow motion: Play, or one phase at a time." : "");
  }

  /** @param {boolean} on */
  #compare(on) {
    const [a] = this.setup.sides;
    this.panel.editing = on ? 1 : 0;
    this.change({ sides: on ? [a, { ...a }] : [a] });
    if (on) this.line("B is a copy of A, with the same originals and the same noise. Change one of its settings.");
  }

  /** The phase just played, marked and worded. */
  #showPhase() {
    const { slow, phase } = this.clock;
    this.#part(".lab-phases").hidden = !slow;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-phase]"))) {
      const here = slow && item.dataset.phase === phase;
      here ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current");
      if (!here) continue;
      const words = [...item.children].map((part) => part.textContent).join(". ");
      this.line(words);
      this.#speak(words);
    }
    if (slow && phase) this.draw();
  }

  #showState() {
    const { playing, slow } = this.clock;
    this.classList.toggle("playing", playing);
    this.#say("play", playing ? "Pause" : "Play");
    this.#say("step-word", slow ? "Next phase" : "One round");
    this.#part("[data-do=slow]").setAttribute("aria-pressed", String(slow));
    /** @type {HTMLButtonElement} */ (this.#part("[data-do=hundred]")).disabled = slow;
    if (playing) return;
    this.sentences().forEach((words, k) => this.benches[k].plane.setAttribute("aria-label", `The plane. ${words}`));
  }

  #repaint() {
    this.colours = palette();
    this.draw();
    this.board?.draw();
    Tiles.draw(this, this.colours);
  }

  /** The line under the controls; empty says how things stand. @param {string} words */
  line(words) {
    this.#say("line", words || this.sentences().join(" "));
  }

  /** For ears that follow no eye: once things rest, and once only. @param {string} words */
  #speak(words) {
    window.clearTimeout(this.#speaking);
    this.#speaking = window.setTimeout(() => this.#say("spoken", words), 500);
  }

  /** @param {string} name @param {string} words */
  #say(name, words) {
    const part = this.#part(`[data-is=${name}]`);
    if (part.textContent !== words) part.textContent = words;
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(name));
  }
}

customElements.define("gan-lab", GanLab);
