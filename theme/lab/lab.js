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
  #written = ""; // into the address, or read from it
  #seed = -1;
  #ready = false;
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
    this.addEventListener("lab-said", (event) => this.speech.speak(/** @type {CustomEvent} */ (event).detail));
    document.addEventListener("pause-all", () => this.pause());
    document.addEventListener("visibilitychange", () => document.hidden && this.pause());
    window.addEventListener("hashchange", () => this.#fromAddress());
    essay.onChange(() => this.#repaint());
    this.#read();
    void this.#wake();
  }

  /** The first run, in pieces, so that a slow machine can scroll and answer while it comes to be. */
  async #wake() {
    const pause = () => new Promise((done) => setTimeout(done));
    await pause();
    for (const _ of this.#pieces()) await pause();
    this.#ready = true;
    this.classList.add("ready");
    new ResizeObserver(() => this.#repaint()).observe(this);
    if (Share.asked().startsWith(ANCHOR + "?")) this.scrollIntoView();
  }

  clock = new Clock({ draw: () => this.draw(), phase: () => this.#showPhase(), stopped: () => this.#stopped() });
  panel = new Panel(this, (some) => this.change(some));
  speech = new Speech(this);

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

  /** Set the Lab as a changed address asks, and come into view. */
  #fromAddress() {
    const address = Share.asked();
    if (!this.#ready || address === this.#written || !address.startsWith(ANCHOR + "?")) return;
    this.#read();
    this.restart();
    this.scrollIntoView();
    this.#part("[data-do=play]").focus({ preventScroll: true });
  }

  /** Take the settings from the address, and say what could not be. */
  #read() {
    const address = Share.asked();
    const { setup, problems } = setupOf(address);
    [this.setup, this.#written] = [setup, address];
    if (setup.points.length) this.board?.put(setup.points);
    const missing = `The address asks for what there is not here (${problems.join("; ")}). The first settings stand in its place.`;
    this.speech.say("note", problems.length ? missing : "");
  }

  /** A new run of these settings, from its first round. */
  restart() {
    for (const _ of this.#pieces());
    this.draw();
  }

  /** What a new run takes, piece by piece, up to the picture. */
  *#pieces() {
    const { data, points, seed, stop, sides } = this.setup;
    const own = data === "own" ? points : null;
    const same = this.gauge && this.#seed === seed && (own ? this.#own === own : this.gauge.world === WORLDS[data]);
    if (!same) this.gauge = new Gauge(own ? ownWorld(own) : WORLDS[data], seed);
    [this.#seed, this.#own] = [seed, own];
    const gauge = /** @type {Gauge} */ (this.gauge);
    yield* gauge.pieces();
    this.all?.forEach((bench, k) => (bench.place.hidden = k >= sides.length));
    this.clock.benches = (this.all ?? []).slice(0, sides.length);
    for (const [k, bench] of this.benches.entries()) {
      yield bench.begin(recipeOf(sides[k], seed), gauge.world, gauge);
      while (bench.counting) yield bench.work();
      yield bench.lens.survey();
    }
    this.clock.stop = stop;
    this.clock.slowly(this.clock.slow);
    this.looking = null;
    this.panel.show(this.setup);
    this.benches.forEach((bench, k) => bench.name(sides.length > 1 ? this.panel.differing(k) : null));
    this.#showState();
    yield this.#showPhase();
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
    this.speech.say("note", "");
    if (Object.keys(some).join() !== "stop") return this.restart();
    this.clock.stop = this.setup.stop;
    this.panel.show(this.setup);
  }

  /** @param {number[][]} points */
  #useOwn(points) {
    this.change({ data: "own", points: points.slice() });
    this.#part(".lab-benches").scrollIntoView({ block: "nearest" });
    this.#tell(`A world of ${grouped(points.length)} points, each blurred a little. Press Play.`);
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
    this.pause(`Stopped at round ${grouped(this.setup.stop)}, as asked; Play goes on.`);
  }

  /** At rest: drawn and said. @param {string} why */
  #rest(why) {
    if (!this.benches.some((bench) => bench.duel.midway)) for (const bench of this.benches) bench.measure(true);
    this.draw();
    this.#showState();
    if (this.clock.slow && this.clock.phase && !why) return this.#showPhase();
    this.#tell([why, this.sentences().join(" ")].filter(Boolean).join(" "));
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
    this.#rest(this.looking === null ? "" : `Looking back; Play goes on from round ${grouped(this.step)}.`);
  }

  draw() {
    const { looking, colours, shown, clock } = this;
    if (!this.#ready || !colours) return;
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
    else if (does === "link") void Share.copy((this.#written = Share.write(setup))).then((words) => this.speech.say("note", words));
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
    if (!on) return;
    this.#tell("B is a copy of A, with the same originals and the same noise. Change one of its settings.");
  }

  /** The phase just played, marked and worded. */
  #showPhase() {
    const { slow, phase } = this.clock;
    const words = this.speech.phase(phase, slow);
    if (!words) return;
    this.line(words);
    this.speech.speak(words);
    this.draw();
  }

  #showState() {
    const { playing, slow } = this.clock;
    this.classList.toggle("playing", playing);
    this.speech.say("play", playing ? "Pause" : "Play");
    this.speech.say("step-word", slow ? "Next phase" : "One round");
    this.#part("[data-do=slow]").setAttribute("aria-pressed", String(slow));
    /** @type {HTMLButtonElement} */ (this.#part("[data-do=hundred]")).disabled = slow;
    if (playing) return;
    this.sentences().forEach((words, k) => this.benches[k].plane.setAttribute("aria-label", `The plane. ${words}`));
  }

  #repaint() {
    this.colours = palette();
    this.draw();
    window.setTimeout(() => this.board?.draw());
    Tiles.draw(this, this.colours);
  }

  /** The same words for eye and ear. @param {string} words */
  #tell(words) {
    this.line(words);
    this.speech.speak(words);
  }

  /** The line under the controls; empty says how things stand. @param {string} words */
  line(words) {
    this.speech.say("line", words || this.sentences().join(" "));
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(name));
  }
}

customElements.define("gan-lab", GanLab);
