// <cover-loop>: the one thing that moves unasked, the cover's silent wall. It waits until the page has
// loaded, moves only while it can be seen, and not at all where less motion is wanted.
//
//   poster ──page loaded, motion wanted──> moving <──Pause / Play──> paused by the reader (stays so)
"use strict";

class CoverLoop extends HTMLElement {
  #wanted = !essay.still();

  connectedCallback() {
    const video = this.querySelector("video");
    const button = document.querySelector(".cover-pause"); // it stands under the wall, outside this element
    const word = button?.querySelector(".play-word");
    if (!video) return;
    this.video = video;
    this.#theme(video);
    /** @param {boolean} moving */
    const show = (moving) => {
      button?.classList.toggle("playing", moving);
      if (word) word.textContent = moving ? "Pause" : "Play";
      this.dispatchEvent(new CustomEvent(moving ? "film-playing" : "film-paused", { bubbles: true }));
    };
    video.addEventListener("play", () => show(true));
    video.addEventListener("pause", () => show(false));
    button?.addEventListener("click", () => this.#want(video.paused));
    document.addEventListener("pause-all", () => this.#want(false));
    new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) video.pause();
      else if (this.#wanted && document.readyState === "complete") this.#play(video);
    }).observe(video);
    if (document.readyState !== "complete") window.addEventListener("load", () => this.#wanted && this.#play(video));
  }

  /** @param {boolean} moving */
  #want(moving) {
    this.#wanted = moving;
    if (!this.video) return;
    if (moving) this.#play(this.video);
    else this.video.pause();
  }

  /** @param {HTMLVideoElement} video */
  #play(video) {
    video.muted = true;
    video.play().catch(() => undefined); // refused, or no codec: the poster stays, and tells the same
  }

  /** @param {HTMLVideoElement} video */
  #theme(video) {
    const dark = this.querySelectorAll("picture source[data-width]");
    let shown = "";
    const apply = () => {
      const theme = essay.theme();
      const when = essay.choices.theme === "system" ? "screen and (prefers-color-scheme: dark)" : theme === "dark" ? "screen" : "";
      for (const source of dark) source.setAttribute("media", when ? `${when} and ${source.getAttribute("data-width")}` : "not all");
      if (theme === shown) return;
      shown = theme;
      const { currentTime, paused } = video;
      video.src = this.dataset[theme] ?? "";
      if (currentTime > 0) video.currentTime = currentTime;
      if (!paused) this.#play(video);
    };
    apply();
    essay.onChange(apply);
  }
}

customElements.define("cover-loop", CoverLoop);
