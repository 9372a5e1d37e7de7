// <quiz-game>: real or fake, six rounds against the detective, on a table that the build has printed. Its pairs
// come from a data file (`QuizGame.deal`); a pair comes again only when all of its round have been played. The
// detective answers each pair by its higher probability. Results stay on the reader's machine, where that is allowed.
//
//   waiting ──deal──> asked ──click, A B, 1 2, arrows──> answered ──Next, Enter──> asked ... after the sixth:
//                       ^                                              answered ──Next, Enter──> over
//                       └──────────────────────────── Play again, Enter ───────────────────────────┘
"use strict";

/**
 * @typedef {[real: number, forged: number, error: number]} Pair what the detective thought of original and forgery,
 *     and how far the forgery differs from its mirror images, as a share of noise
 * @typedef {{size: number, columns: number, rounds: {step: number, pairs: Pair[]}[]}} Deal
 * @typedef {{you: boolean, detective: boolean}} Played
 * @typedef {{games: number, rounds: number, you: number, detective: number, left: number[][]}} Memory
 */

class QuizGame extends HTMLElement {
  /** @type {Deal | null} */
  #deal = null;
  /** @type {"waiting" | "asked" | "answered" | "over"} */
  #state = "waiting";
  /** @type {Played[]} */
  #played = [];
  /** Which pair of this round is on the table, and whether its original lies at the left. */
  #pair = 0;
  #left = true;
  /** @type {Memory} */
  #memory = { games: 0, rounds: 0, you: 0, detective: 0, left: [] };

  /**
   * Called by the data file: hands a quiz its pairs.
   * @param {string} name "study/export"
   * @param {Deal} deal
   */
  static deal(name, deal) {
    for (const quiz of document.querySelectorAll("quiz-game"))
      if (quiz instanceof QuizGame && quiz.dataset.quiz === name) quiz.#open(deal);
  }

  /** @param {Deal} deal */
  #open(deal) {
    this.#deal = deal;
    this.#recall();
    this.#tiles.forEach((tile, side) => tile.addEventListener("click", () => this.answer(side)));
    this.#find(".quiz-next").addEventListener("click", () => this.next());
    this.#find(".quiz-table").addEventListener("keydown", (event) => this.#key(event));
    this.#ask();
    this.classList.add("upgraded");
  }

  /** @param {string} selector @returns {HTMLElement} */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }

  get #tiles() {
    return /** @type {HTMLButtonElement[]} */ ([...this.querySelectorAll(".quiz-tile")]);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.repeat && event.key === "Enter") return event.preventDefault(); // held down, it would run on
    const side = { a: 0, 1: 0, arrowleft: 0, b: 1, 2: 1, arrowright: 1 }[event.key.toLowerCase()];
    if (side !== undefined && this.#state === "asked") {
      event.preventDefault();
      this.answer(side);
    } else if (event.key === "Enter" && this.#state !== "asked") {
      event.preventDefault(); // wherever the focus is; on a button its own click would come as well
      this.next();
    }
  }

  /** Lay a pair of the next round on the table. */
  #ask() {
    const { rounds } = /** @type {Deal} */ (this.#deal);
    const round = this.#played.length;
    const left = this.#memory.left[round];
    if (!left.length) left.push(...rounds[round].pairs.keys());
    this.#pair = left[Math.floor(Math.random() * left.length)];
    this.#left = Math.random() < 0.5;
    this.#state = "asked";
    this.#show();
  }

  /**
   * Take the reader's answer.
   * @param {number} side 0 for tile A, 1 for tile B
   */
  answer(side) {
    if (this.#state !== "asked" || !this.#deal) return;
    const round = this.#played.length;
    const [real, forged] = this.#deal.rounds[round].pairs[this.#pair];
    const you = (side === 0) === this.#left;
    this.#memory.left[round] = this.#memory.left[round].filter((pair) => pair !== this.#pair);
    this.#played.push({ you, detective: real > forged });
    if (this.#played.length === this.#deal.rounds.length) this.#count();
    this.#keep();
    this.#state = "answered";
    this.#show();
    Chimes.play(you ? "right" : "wrong");
    this.#find(".quiz-next").focus({ preventScroll: true });
  }

  /** On to the next round, the result, or another game. */
  next() {
    if (!this.#deal || this.#state === "asked") return;
    if (this.#state === "over") this.#played = [];
    if (this.#played.length < this.#deal.rounds.length) this.#ask();
    else {
      this.#state = "over";
      this.#show();
    }
    this.#find(".quiz-title").focus({ preventScroll: true });
  }

  // ---- what is seen -------------------------------------------------------------------------------------------

  #show() {
    const { rounds } = /** @type {Deal} */ (this.#deal);
    const asked = this.#state === "asked";
    const round = this.#played.length - (asked ? 0 : 1);
    this.dataset.state = this.#state;
    this.#tiles.forEach((tile, side) => this.#lay(tile, side, round));
    this.#scores(rounds.length);
    if (asked) {
      this.#say(".quiz-title", `Round ${round + 1} of ${rounds.length}`);
      this.#say(".quiz-spoken", "");
      return;
    }
    const last = round + 1 === rounds.length;
    const over = this.#state === "over";
    this.#say(".quiz-next-word", over ? "Play again, other pairs" : last ? "The result" : `Round ${round + 2}`);
    if (over) this.#result();
    else this.#told(round);
  }

  /**
   * One tile: in ink while it is asked about; then the original in its colour, the forgery pale with its faults.
   * @param {HTMLButtonElement} tile
   * @param {number} side
   * @param {number} round
   */
  #lay(tile, side, round) {
    const { rounds } = /** @type {Deal} */ (this.#deal);
    const asked = this.#state === "asked";
    const original = (side === 0) === this.#left;
    const [ink, broken] = tile.querySelectorAll("image");
    for (const [image, row] of /** @type {[Element, number][]} */ ([[ink, original ? 0 : 1], [broken, 2]])) {
      image.setAttribute("x", String(-this.#pair)); // in tiles
      image.setAttribute("y", String(-(3 * round + row)));
    }
    tile.classList.toggle("original", !asked && original);
    tile.classList.toggle("forged", !asked && !original);
    tile.setAttribute("aria-disabled", String(!asked));
    const shown = asked ? ".quiz-pick" : original ? ".quiz-original" : ".quiz-forged";
    for (const words of /** @type {NodeListOf<HTMLElement>} */ (tile.querySelectorAll(".quiz-caption > span")))
      words.hidden = !words.matches(shown);
    const step = tile.querySelector("[data-step]");
    if (step) step.textContent = grouped(rounds[round].step);
  }

  /** @param {number} round */
  #told(round) {
    const [real, forged, error] = /** @type {Deal} */ (this.#deal).rounds[round].pairs[this.#pair];
    const beliefs = this.#left ? [real, forged] : [forged, real];
    this.querySelectorAll(".quiz-bars > li").forEach((row, side) => {
      this.#fill(row, beliefs[side]);
      this.#say(".quiz-percent", QuizGame.percent(beliefs[side]), row);
    });
    this.#say("[data-forged]", this.#left ? "B" : "A");
    this.#say("[data-error]", String(Math.round(100 * error)));
    const { you, detective } = this.#played[round];
    const verdict = you ? "Right." : "Fooled.";
    const aside = you ? (detective ? "The detective agrees." : "The detective was fooled.") : detective ? "The detective was not." : "So was the detective.";
    const title = this.#find(".quiz-title");
    title.replaceChildren(this.#mark(you), `${verdict} `, Object.assign(document.createElement("em"), { textContent: aside }));
    const right = this.#played.filter((one) => one.you).length;
    const thought = `To the detective A looked ${QuizGame.percent(beliefs[0])} real, B ${QuizGame.percent(beliefs[1])}. Tile ${this.#left ? "B" : "A"} differs from its own mirror images by ${Math.round(100 * error)} parts in 100.`;
    this.#say(".quiz-spoken", `${verdict} The original is ${this.#left ? "A" : "B"}. ${aside} ${thought} You have ${right} of ${round + 1}.`);
  }

  /** The two scores, a square for each round. @param {number} rounds */
  #scores(rounds) {
    for (const who of /** @type {const} */ (["you", "detective"])) {
      const score = this.#find(`[data-score="${who}"]`);
      const right = this.#played.filter((one) => one[who]).length;
      const { length } = this.#played;
      this.#say(".quiz-count", length ? `${right} of ${length}, ${QuizGame.percent(right / length)}` : `0 of ${rounds}`, score);
      score.querySelectorAll(".quiz-square").forEach((square, round) => {
        square.classList.toggle("right", this.#played[round]?.[who] === true);
        square.classList.toggle("wrong", this.#played[round]?.[who] === false);
      });
    }
  }

  /** The end of a game: hits, false alarms, accuracy, beside the detective's and a coin's. */
  #result() {
    const { length } = this.#played;
    const hits = {
      you: this.#played.filter((one) => one.you).length,
      detective: this.#played.filter((one) => one.detective).length,
      coin: length / 2,
    };
    for (const [who, found] of Object.entries(hits)) {
      const of = `[data-of="${who}"]`;
      this.#say(`${of}[data-is="hits"]`, `${found} of ${length}`);
      this.#say(`${of}[data-is="alarms"]`, `${length - found} of ${length}`);
      this.#say(`${of}[data-is="accuracy"]`, QuizGame.percent(found / length));
      this.#fill(/** @type {Element} */ (this.#find(`${of}[data-is="accuracy"]`).parentElement), found / length);
    }
    const { games, rounds, you, detective } = this.#memory;
    const luck = QuizGame.percent(QuizGame.luck(hits.you, length));
    this.#say("[data-luck]", `The tick is a coin toss: a coin does as well as you, or better, in ${luck} of games.`);
    const all = `In all your ${games} games: you ${QuizGame.percent(you / rounds)}, the detective ${QuizGame.percent(detective / rounds)}.`;
    this.#say("[data-memory]", games > 1 ? all : "");
    const title = `You found ${hits.you} of ${length}, the detective ${hits.detective}`;
    this.#say(".quiz-title", title);
    this.#say(".quiz-spoken", `${title}. A coin finds ${hits.coin}.`);
  }

  /**
   * @param {string} selector
   * @param {string} words
   * @param {Element} within
   */
  #say(selector, words, within = this) {
    const place = within.querySelector(selector);
    if (place) place.textContent = words;
  }

  // ---- what is kept -------------------------------------------------------------------------------------------

  #count() {
    const memory = this.#memory;
    memory.games += 1;
    memory.rounds += this.#played.length;
    memory.you += this.#played.filter((one) => one.you).length;
    memory.detective += this.#played.filter((one) => one.detective).length;
  }

  #keep() {
    try {
      window.localStorage.setItem(`imagine.quiz.${this.dataset.quiz}`, JSON.stringify(this.#memory));
    } catch {
      // Not remembered; the game goes on.
    }
  }

  /** What is known of earlier visits; anything that does not fit these pairs is forgotten. */
  #recall() {
    const { rounds } = /** @type {Deal} */ (this.#deal);
    try {
      const kept = JSON.parse(window.localStorage.getItem(`imagine.quiz.${this.dataset.quiz}`) ?? "{}");
      for (const name of /** @type {const} */ (["games", "rounds", "you", "detective"]))
        if (kept[name] >= 0) this.#memory[name] = Number(kept[name]);
      this.#memory.left = kept.left;
    } catch {
      // Storage forbidden, or not ours: a first visit.
    }
    const { left } = this.#memory;
    this.#memory.left = rounds.map(({ pairs }, round) => {
      const some = Array.isArray(left?.[round]) ? left[round] : [];
      return some.filter((pair) => Number.isInteger(pair) && pair >= 0 && pair < pairs.length);
    });
  }

  // ---- small things -------------------------------------------------------------------------------------------

  /** A tick or a cross, as the build printed it. @param {boolean} right */
  #mark(right) {
    return this.#find(`.quiz-square .icon-${right ? "tick" : "cross"}`).cloneNode(true);
  }

  /** Set a bar to a share. @param {Element} within @param {number} share */
  #fill(within, share) {
    within.querySelector(".quiz-bar-fill")?.setAttribute("width", String(100 * share));
  }

  /** A share in words: never nought or all of it unless it is. @param {number} share */
  static percent(share) {
    if (share > 0 && share < 0.005) return "under 1\u00a0%";
    if (share < 1 && share >= 0.995) return "over 99\u00a0%";
    return `${Math.round(100 * share)}\u00a0%`;
  }

  /** How often a fair coin comes up heads so many times or more. @param {number} heads @param {number} tosses */
  static luck(heads, tosses) {
    let ways = 0;
    for (let k = 0, of = 1; k <= tosses; of = (of * (tosses - k)) / (k + 1), k++) if (k >= heads) ways += of;
    return ways / 2 ** tosses;
  }
}

customElements.define("quiz-game", QuizGame);
