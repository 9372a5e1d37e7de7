// The Lab's words: parts of the page that show something, the phase that is on, and what is said aloud, once things rest.
"use strict";

class Speech {
  #speaking = 0;

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
  }

  /** Write into a part of the page. @param {string} name @param {string} words */
  say(name, words) {
    const part = this.place.querySelector(`[data-is=${name}]`);
    if (part && part.textContent !== words) part.textContent = words;
  }

  /** For ears that follow no eye: once things rest, and once only. @param {string} words */
  speak(words) {
    window.clearTimeout(this.#speaking);
    this.say("spoken", ""); // the same words again are to be heard again
    this.#speaking = window.setTimeout(() => this.say("spoken", words), 500);
  }

  /** Mark the phase just played; returns its words. @param {Phase | null} phase @param {boolean} slow */
  phase(phase, slow) {
    let words = "";
    /** @type {HTMLElement} */ (this.place.querySelector(".lab-phases")).hidden = !slow;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (this.place.querySelectorAll("[data-phase]"))) {
      const here = slow && item.dataset.phase === phase;
      here ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current");
      if (here) words = [...item.children].map((part) => part.textContent).join(". ");
    }
    return words;
  }
}
