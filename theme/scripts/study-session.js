// <study-session>: a quiet timer for the tasks that the build has printed, each with its minutes. Time is read from
// the clock, so a tab that slept is right when it wakes; where it stands is kept, and shared with other tabs.
// The box to write in is an element of its own (writing-box.js).
//
//   ready ──Start──> running ──Pause──> paused ──Continue──> running ──last task ends, Finish──> over
//     ^                └─ a task ends: a soft tone, the next begins ─┘                             │
//     └──────── Start over, from anywhere ────────────────────────── Start again (and runs) ──────┘
"use strict";

/**
 * @typedef {object} Timing
 * @property {number} task which one; as many as there are: over
 * @property {number} left milliseconds of it that were left when the timer last stood still
 * @property {number | null} end when it ends, on the clock; null while the timer stands still
 */

class StudySession extends HTMLElement {
  /** Minutes left at which a running timer speaks up. */
  static #marks = [10, 5, 1];

  /** @type {HTMLElement[]} */
  #tasks = [];
  /** Of each task, in milliseconds. @type {number[]} */
  #lengths = [];
  /** @type {Timing} */
  #timing = { task: 0, left: 0, end: null };
  /** Minutes left when last looked at. */
  #minutes = 0;
  #timer = 0;

  connectedCallback() {
    this.#tasks = [...this.querySelectorAll(".session-task")].filter((task) => task instanceof HTMLElement);
    this.#lengths = this.#tasks.map((task) => 60_000 * Number(task.dataset.minutes));
    this.#recall();
    this.#find(".session-go").addEventListener("click", () => this.go());
    this.#find(".session-skip").addEventListener("click", () => this.skip());
    this.#find(".session-restart").addEventListener("click", () => this.restart());
    for (const wakes of ["visibilitychange", "resume"]) document.addEventListener(wakes, () => this.#tick());
    window.addEventListener("pageshow", () => this.#tick());
    window.addEventListener("storage", (event) => {
      if (event.key !== this.#key) return;
      this.#recall();
      this.#tick();
    });
    this.#minutes = this.#minutesLeft;
    this.#tick();
  }

  get #key() {
    return `imagine.session.${this.id}`;
  }

  get #over() {
    return this.#timing.task >= this.#tasks.length;
  }

  get #minutesLeft() {
    return Math.ceil(this.#timing.left / 60_000);
  }

  /** @param {string} selector @returns {HTMLElement} */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }

  /** Start, pause, continue; after the end, start again. */
  go() {
    const timing = this.#timing;
    if (timing.end !== null) {
      timing.left = Math.max(0, timing.end - Date.now());
      timing.end = null;
      this.#say(`Paused, with ${StudySession.words(timing.left)} left.`);
    } else {
      if (this.#over) this.#begin(0);
      timing.end = Date.now() + timing.left;
      this.#say(`${StudySession.words(timing.left)} to ${this.#tasks[timing.task].dataset.to}.`);
    }
    this.#changed();
  }

  /** On to the next task, or to the end. */
  skip() {
    if (this.#over) return;
    const running = this.#timing.end !== null;
    this.#begin(this.#timing.task + 1);
    if (running && !this.#over) this.#timing.end = Date.now() + this.#timing.left;
    this.#say(this.#news());
    this.#changed();
  }

  /** Back to the first task, standing still. */
  restart() {
    this.#begin(0);
    this.#say(`Back at the beginning: ${StudySession.words(this.#timing.left)} to ${this.#tasks[0].dataset.to}.`);
    this.#changed();
  }

  /** @param {number} task */
  #begin(task) {
    Object.assign(this.#timing, { task, left: this.#lengths[task] ?? 0, end: null });
  }

  #changed() {
    this.#minutes = this.#minutesLeft;
    this.#keep();
    this.#tick();
  }

  /** Read the clock; begin what is due; show it; come back at the next second. */
  #tick() {
    window.clearTimeout(this.#timer);
    const timing = this.#timing;
    const now = Date.now();
    const before = timing.task;
    while (timing.end !== null && now >= timing.end) {
      const { end } = timing;
      this.#begin(timing.task + 1);
      if (!this.#over) timing.end = end + timing.left;
    }
    if (timing.end !== null) {
      timing.end = Math.min(timing.end, now + this.#lengths[timing.task]); // a clock that was set back
      timing.left = timing.end - now;
    }
    if (timing.task !== before) this.#turn();
    else if (timing.end !== null) this.#remind();
    this.#minutes = this.#minutesLeft;
    this.#show();
    if (timing.end !== null) this.#timer = window.setTimeout(() => this.#tick(), timing.left % 1000 || 1000);
  }

  /** A task has ended by itself. Where nobody has touched the page yet, a browser allows no sound. */
  #turn() {
    this.#keep();
    this.#say(this.#news());
    if (navigator.userActivation?.hasBeenActive !== false) Chimes.play(this.#over ? "end" : "turn");
  }

  #remind() {
    const [minutes, before] = [this.#minutesLeft, this.#minutes];
    if (StudySession.#marks.some((mark) => minutes <= mark && mark < before))
      this.#say(`${StudySession.words(this.#timing.left)} left to ${this.#tasks[this.#timing.task].dataset.to}.`);
  }

  /** What has just begun. */
  #news() {
    const { task, left } = this.#timing;
    return this.#over ? "The session is over. Your text stays here." : `Time to ${this.#tasks[task].dataset.to}: ${StudySession.words(left)}.`;
  }

  // ---- what is seen -------------------------------------------------------------------------------------------

  #show() {
    const { task, left, end } = this.#timing;
    const running = end !== null;
    const fresh = left === this.#lengths[task];
    const to = this.#over ? "" : `to ${this.#tasks[task].dataset.to}`;
    const seconds = Math.ceil(left / 1000);
    const state = this.#over ? "over" : running ? "running" : fresh ? "ready" : "paused";
    this.dataset.state = state;
    this.#find(".session-clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.#find(".session-doing").textContent = { over: "The session is over", running: to, ready: to, paused: `${to}, paused` }[state];
    this.#find(".session-words").textContent = this.#over ? "The session is over" : `${StudySession.words(left)} left ${to}${running ? "" : fresh ? ", not started" : ", paused"}`;
    this.#find(".session-go-word").textContent = { over: "Start again", running: "Pause", ready: "Start", paused: "Continue" }[state];
    this.#find(".session-skip").textContent = task + 1 < this.#tasks.length ? `Skip to ${this.#tasks[task + 1].dataset.to === "write" ? "writing" : "the next task"}` : "Finish now";
    this.#find(".session-skip").setAttribute("aria-disabled", String(this.#over));
    this.#tasks.forEach((each, k) => {
      if (k === task) each.setAttribute("aria-current", "step");
      else each.removeAttribute("aria-current");
      const done = k < task ? 1 : k > task ? 0 : 1 - left / this.#lengths[k];
      each.querySelector(".session-bar-fill")?.setAttribute("width", (100 * done).toFixed(1));
    });
  }

  /** For the ear. @param {string} words */
  #say(words) {
    this.#find(".session-spoken").textContent = words;
  }

  /** A time in words: "12 minutes and 5 seconds". @param {number} milliseconds */
  static words(milliseconds) {
    const seconds = Math.ceil(milliseconds / 1000);
    const parts = /** @type {[number, string][]} */ ([[Math.floor(seconds / 60), "minute"], [seconds % 60, "second"]]);
    const told = parts.filter(([count]) => count).map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`);
    return told.join(" and ") || "no time";
  }

  // ---- what is kept -------------------------------------------------------------------------------------------

  #keep() {
    try {
      window.localStorage.setItem(this.#key, JSON.stringify(this.#timing));
    } catch {
      // Not remembered; the timer goes on. What is written is the box's care.
    }
  }

  /** Where the timer stood; anything that does not fit these tasks is forgotten. */
  #recall() {
    this.#begin(0);
    try {
      const { task, left, end } = JSON.parse(window.localStorage.getItem(this.#key) ?? "{}");
      const length = task === this.#tasks.length ? 0 : this.#lengths[task];
      if (!(left >= 0 && left <= length) || !(end === null || Number.isFinite(end))) return;
      this.#timing = { task, left, end: length ? end : null };
    } catch {
      // Storage forbidden, or not ours: from the beginning.
    }
  }
}

customElements.define("study-session", StudySession);
