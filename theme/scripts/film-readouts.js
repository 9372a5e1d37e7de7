// Everything beside the picture that follows the cursor: numbers, gauges, the line of words, the captions
// of the native full screen. It knows no video. The line is read aloud only when the cursor rests,
// so that a screen reader is told once, not twenty-five times a second.
"use strict";

/** Milliseconds for which a line of words stands while the film plays. */
const READING = 1600;

class FilmReadouts {
  #rest = 0;
  #lineSince = 0;

  /**
   * @param {HTMLElement} root the player
   * @param {FilmData} data
   */
  constructor(root, data) {
    this.data = data;
    this.step = root.querySelectorAll("[data-step]:not(.film-line *)");
    this.values = [...root.querySelectorAll("[data-readout]")].map((element) => ({
      words: /** @type {Element} */ (element.querySelector(".readout-number")),
      gauge: element.querySelector(".gauge-fill"),
      ...data.readouts[/** @type {HTMLElement} */ (element).dataset.readout ?? ""],
    }));
    this.line = root.querySelector(".film-line-words");
    this.lineStep = root.querySelector(".film-line [data-step]");
    this.spoken = root.querySelector(".film-spoken");
  }

  /**
   * Show the numbers of a frame. While the film plays, a line of words stays long enough to be read.
   * @param {number} index
   * @param {boolean} playing
   */
  show(index, playing) {
    const step = grouped(this.data.steps[index]);
    for (const element of this.step) element.textContent = step;
    for (const { words, gauge, text, share } of this.values) {
      words.textContent = text[index];
      if (gauge && share) gauge.setAttribute("width", String(share[index]));
    }
    const now = performance.now();
    if (!this.line || (playing && now - this.#lineSince < READING)) return;
    this.#lineSince = now;
    this.line.textContent = this.wordsAt(index);
    if (this.lineStep) this.lineStep.textContent = step; // the step that its numbers are of
  }

  /** @param {number} index */
  wordsAt(index) {
    return this.data.lines.findLast((line) => line.from <= index)?.words ?? "";
  }

  /**
   * Say the line aloud, politely, once the cursor has rested for a moment.
   * @param {number} index
   */
  sayWhenRested(index) {
    window.clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => {
      const words = `Step ${grouped(this.data.steps[index])}. ${this.wordsAt(index)}`;
      if (this.spoken && this.spoken.textContent !== words) this.spoken.textContent = words;
    }, 600);
  }

  hush() {
    window.clearTimeout(this.#rest);
  }

  /**
   * The same lines as captions of the video itself, for its full screen.
   * @param {HTMLVideoElement} video
   */
  caption(video) {
    if (!video.addTextTrack || typeof VTTCue === "undefined") return;
    const { lines, fps, steps } = this.data;
    const track = video.addTextTrack("captions", "Captions", document.documentElement.lang || "en");
    const shortest = (READING / 1000) * fps;
    for (let i = 0; i < lines.length; ) {
      const { from, words } = lines[i++];
      while (lines[i]?.from < from + shortest) i++;
      track.addCue(new VTTCue(from / fps, (lines[i]?.from ?? steps.length) / fps, words));
    }
    track.mode = "hidden";
    document.addEventListener("fullscreenchange", () => {
      track.mode = document.fullscreenElement?.contains(video) ? "showing" : "hidden";
    });
  }
}

/**
 * A count with its thousands apart: 3,000.
 * @param {number} count
 */
function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
