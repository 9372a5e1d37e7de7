// What the reader chose for the whole site: theme, sound, volume. Loaded in the head, behind the style
// sheets, and run before the first paint, so that a chosen theme never flashes; all but faces.js and after-paint.js come later.
// It knows no film and no control. Where storage is forbidden a choice lasts as long as the page.
"use strict";

/**
 * @typedef {"system" | "light" | "dark"} Theme
 * @typedef {{theme: Theme, sound: boolean, volume: number}} Choices
 */

/** The one global name of the site. */
const essay = (() => {
  /** @type {Choices} */
  const choices = { theme: "system", sound: true, volume: 0.7 };
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  /** @param {string} name */
  function stored(name) {
    try {
      return window.localStorage.getItem("imagine." + name);
    } catch {
      return null; // storage forbidden: private windows, some file:// settings
    }
  }

  function read() {
    const theme = stored("theme");
    choices.theme = theme === "light" || theme === "dark" ? theme : "system";
    choices.sound = stored("sound") !== "off";
    const volume = Number.parseFloat(stored("volume") ?? "");
    if (volume >= 0 && volume <= 1) choices.volume = volume;
  }

  function apply() {
    const root = document.documentElement;
    if (choices.theme === "system") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", choices.theme);
  }

  function changed() {
    apply();
    for (const listener of listeners) listener();
  }

  /**
   * Make a choice, remember it where that is allowed, and tell every control.
   * @param {Partial<Choices>} some
   */
  function choose(some) {
    Object.assign(choices, some);
    try {
      for (const [name, value] of Object.entries(some)) {
        const word = typeof value === "boolean" ? (value ? "on" : "off") : String(value);
        window.localStorage.setItem("imagine." + name, word);
      }
    } catch {
      // Not remembered; the choice still holds on this page.
    }
    changed();
  }

  read();
  apply();
  document.documentElement.classList.add("scripted");
  dark.addEventListener("change", changed);
  // Another tab of the site made a choice: follow it.
  window.addEventListener("storage", (event) => {
    if (event.key?.startsWith("imagine.")) {
      read();
      changed();
    }
  });

  return {
    choices,
    choose,
    /**
     * The theme on the screen now.
     * @returns {"light" | "dark"}
     */
    theme: () => (choices.theme === "system" ? (dark.matches ? "dark" : "light") : choices.theme),
    /**
     * Call back after every change of a choice or of the system's theme.
     * @param {() => void} listener
     */
    onChange: (listener) => void listeners.add(listener),
    /** Whether the reader asked the system for less motion. */
    still: () => window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    /** Kept once every script of the page has arrived, or has failed to; after-paint.js sees to it. */
    awake: Promise.resolve(),
    /** @type {Map<string, any>} data of the films on this page, by "study/figure" */
    films: new Map(),
    /**
     * Called by each data file: hands a film's data to its player.
     * @param {string} name "study/figure"
     * @param {any} data
     */
    film(name, data) {
      essay.films.set(name, data);
      document.dispatchEvent(new CustomEvent("film-data", { detail: name }));
    },
  };
})();
