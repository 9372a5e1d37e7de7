// <film-player>: one recorded run, one cursor. Wraps a figure that works without it (a native video
// with its own controls, a poster, numbers, words) and puts a scrubber and buttons in their place.
// It begins when the film's data file has arrived; the film itself is fetched when first asked for.
//
//   plain ──data──> ready (poster) <──pause, ended── playing
//                     │  ^                              ^
//                     │  └── scrub, step, link, key ────┘ (any of these keeps its state but "step", which pauses)
//     │               └──no codec──> silent picture: poster and numbers follow, the note says why
//     └──page awake, no data──> plain, and the note says why
"use strict";

const AWAITED = "The film is on its way.";

class FilmPlayer extends HTMLElement {
  /** @type {FilmCursor | undefined} */
  cursor;

  connectedCallback() {
    const begin = () => {
      const data = essay.films.get(this.dataset.film ?? "");
      if (data && !this.cursor) this.#begin(data);
    };
    document.addEventListener("film-data", begin);
    begin();
    essay.awake.then(() => {
      if (!this.cursor) this.say("What this film needs did not arrive: load the page again to play it. Its picture, words and numbers are here.");
    });
  }

  /**
   * @template {Element} E
   * @param {string} name class name of a part
   * @returns {E}
   */
  #part(name) {
    return /** @type {E} */ (this.querySelector("." + name));
  }

  /** @param {FilmData} data */
  #begin(data) {
    /** @type {HTMLVideoElement} */
    const video = this.#part("film-video");
    video.controls = false;
    const cursor = (this.cursor = new FilmCursor(video, data));
    const readouts = (this.readouts = new FilmReadouts(this, data));
    readouts.caption(video);
    this.#sound(video);
    this.#theme();
    this.#buttons(cursor);
    this.#scrubber(cursor);
    this.#keys(cursor);
    const stage = /** @type {HTMLElement} */ (this.#part("film-stage"));
    stage.tabIndex = 0;
    stage.setAttribute("aria-label", `${stage.getAttribute("aria-label")} Space plays or pauses, arrow keys step.`);
    cursor.addEventListener("move", () => this.#moved());
    cursor.addEventListener("state", () => this.#stated());
    cursor.addEventListener("slow", () => this.say(AWAITED));
    cursor.addEventListener("there", () => this.#part("film-note").textContent === AWAITED && this.say(""));
    cursor.addEventListener("broken", () => {
      this.say("This browser cannot play the film. The words and the numbers still follow the cursor; the picture stays.");
    });
    this.#moved();
    readouts.hush(); // nothing is said aloud until the reader moves something
    this.classList.add("upgraded");
    this.dispatchEvent(new CustomEvent("film-ready", { bubbles: true }));
  }

  /**
   * A quiet message under the controls.
   * @param {string} words
   */
  say(words) {
    this.#part("film-note").textContent = words;
  }

  /** Bring the figure into view, and the focus with it, unless it can be seen already. */
  reveal() {
    const stage = /** @type {HTMLElement} */ (this.#part("film-stage"));
    const { top, bottom } = stage.getBoundingClientRect();
    if (top >= 0 && bottom <= window.innerHeight) return;
    this.scrollIntoView();
    stage.focus({ preventScroll: true });
  }

  #moved() {
    const { index, step, playing, last } = /** @type {FilmCursor} */ (this.cursor);
    this.readouts?.show(index, playing);
    if (playing) this.readouts?.hush();
    else this.#rested(index);
    /** @type {HTMLInputElement} */
    const range = this.#part("scrub-range");
    range.value = String(index);
    range.setAttribute("aria-valuetext", `step ${grouped(step)}. ${this.readouts?.wordsAt(index) ?? ""}`.trim());
    // The CSSOM may set what the policy forbids as an attribute.
    /** @type {HTMLElement} */ (this.#part("scrub")).style.setProperty("--at", String(index / last));
    const link = /** @type {HTMLAnchorElement} */ (this.#part("film-link"));
    link.href = `#${this.id}?step=${step}`;
  }

  #stated() {
    const { playing, index } = /** @type {FilmCursor} */ (this.cursor);
    this.classList.toggle("playing", playing);
    this.#part("play-word").textContent = playing ? "Pause" : "Play";
    this.dispatchEvent(new CustomEvent(playing ? "film-playing" : "film-paused", { bubbles: true }));
    if (playing) return;
    this.readouts?.show(index, false);
    this.#rested(index);
  }

  /** Said aloud, but for whoever stands on the slider: its own value says the same. @param {number} index */
  #rested(index) {
    if (document.activeElement !== this.#part("scrub-range")) this.readouts?.sayWhenRested(index);
  }

  /** @param {FilmCursor} cursor */
  #buttons(cursor) {
    /** @param {string} name @param {() => void} act */
    const press = (name, act) => this.#part(name).addEventListener("click", act);
    press("film-restart", () => cursor.go(0));
    press("film-back", () => cursor.stepBy(-1));
    press("film-forward", () => cursor.stepBy(1));
    press("film-play", () => this.toggle());
    // In full screen the browser's own controls answer to a click.
    press("film-stage", () => cursor.video.controls || this.toggle());
    press("film-full", () => this.#full());
    press("film-link", () => this.#copy());
    const speed = /** @type {HTMLSelectElement} */ (this.#part("film-speed"));
    speed.addEventListener("change", () => {
      cursor.video.defaultPlaybackRate = cursor.video.playbackRate = Number(speed.value);
    });
    this.#part("film-link").addEventListener("click", (event) => event.preventDefault());
    document.addEventListener("film-playing", (event) => {
      if (event.target !== this) cursor.pause();
    });
    document.addEventListener("pause-all", () => cursor.pause());
    document.addEventListener("fullscreenchange", () => {
      cursor.video.controls = document.fullscreenElement === cursor.video;
    });
  }

  toggle() {
    if (this.cursor?.playing) this.cursor.pause();
    else this.cursor?.play();
  }

  /** @param {FilmCursor} cursor */
  #scrubber(cursor) {
    const range = /** @type {HTMLInputElement} */ (this.#part("scrub-range"));
    range.addEventListener("input", () => cursor.go(Number(range.value)));
  }

  // Keys work wherever the focus is inside the player, except where a control has its own use for them.
  /** @param {FilmCursor} cursor */
  #keys(cursor) {
    /** @type {{[key: string]: () => void}} */
    const keys = {
      " ": () => this.toggle(),
      ArrowRight: () => cursor.stepBy(1),
      ArrowLeft: () => cursor.stepBy(-1),
      Home: () => cursor.go(0),
      End: () => cursor.go(cursor.last),
    };
    this.addEventListener("keydown", (event) => {
      const at = /** @type {Element} */ (event.target);
      const act = keys[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      if (at.closest("select, summary, a, details, .tone-list")) return;
      if (event.key === " " && at.closest("button")) return;
      if (event.key !== " " && at.closest("input")) return;
      event.preventDefault();
      act();
    });
  }

  /** @param {HTMLVideoElement} video */
  #sound(video) {
    const apply = () => {
      video.muted = !essay.choices.sound;
      video.volume = essay.choices.volume;
    };
    apply();
    essay.onChange(apply);
  }

  // The poster follows the theme by its media query; a reader's own choice outweighs that; paper is always light.
  #theme() {
    const dark = this.querySelector("picture source");
    const apply = () => {
      const { theme } = essay.choices;
      const media = { system: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };
      dark?.setAttribute("media", media[theme]);
      this.cursor?.followTheme();
    };
    apply();
    essay.onChange(apply);
  }

  #full() {
    const { video } = /** @type {FilmCursor} */ (this.cursor);
    const ask = video.requestFullscreen?.bind(video) ?? /** @type {any} */ (video).webkitEnterFullscreen?.bind(video);
    if (!ask) return this.say("This browser has no full screen for films.");
    Promise.resolve(ask()).catch(() => this.say("The browser did not allow the full screen."));
  }

  async #copy() {
    const { step } = /** @type {FilmCursor} */ (this.cursor);
    const link = /** @type {HTMLAnchorElement} */ (this.#part("film-link"));
    showAddress(`#${this.id}?step=${step}`);
    try {
      await navigator.clipboard.writeText(link.href);
      this.say(`The link to step ${grouped(step)} is copied.`);
    } catch {
      this.say(`The link to step ${grouped(step)} is in the address bar.`);
    }
  }
}

/**
 * Put a moment into the address bar without adding to the history.
 * @param {string} hash
 */
function showAddress(hash) {
  try {
    window.history.replaceState(null, "", hash);
  } catch {
    // Some browsers forbid this on file://; the link itself can still be copied.
  }
}

customElements.define("film-player", FilmPlayer);
