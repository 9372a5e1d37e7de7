// <pause-all>: stops whatever moves or sounds on the page: films, tones, the cover's loop.
// Its button can be used only while there is something to stop.
//
//   still (button off) ──a film or the loop starts──> moving (button on) ──press, or all have stopped──> still
"use strict";

class PauseAll extends HTMLElement {
  /** @type {Set<EventTarget | null>} */
  #moving = new Set();

  connectedCallback() {
    const button = this.querySelector("button");
    const show = () => {
      if (button) button.hidden = this.#moving.size === 0;
    };
    document.addEventListener("film-playing", (event) => {
      this.#moving.add(event.target);
      show();
    });
    document.addEventListener("film-paused", (event) => {
      this.#moving.delete(event.target);
      show();
    });
    button?.addEventListener("click", () => {
      document.dispatchEvent(new CustomEvent("pause-all"));
      // The button goes away under the focus: leave the focus where the reader was reading.
      document.querySelector("main")?.focus({ preventScroll: true });
    });
    show();
  }
}

customElements.define("pause-all", PauseAll);
