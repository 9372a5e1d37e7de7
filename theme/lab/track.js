// The way back: a slider over the kept moments of a run, on the curve of the gap. It is told what there is, and says
// which moment the reader wants to see.
"use strict";

class Track {
  /**
   * @param {HTMLElement} place
   * @param {(moment: number) => void} asked
   */
  constructor(place, asked) {
    this.place = place;
    this.range = /** @type {HTMLInputElement} */ (place.querySelector("input"));
    this.canvas = /** @type {HTMLCanvasElement} */ (place.querySelector("canvas"));
    this.range.addEventListener("input", () => asked(Number(this.range.value)));
  }

  /**
   * @param {Bench[]} benches
   * @param {number | null} looking
   * @param {Palette} colours
   * @param {boolean} resting while it plays the slider's name stays as it is, not to be read out again and again
   */
  show([first, second], looking, colours, resting) {
    const { moments } = first.history;
    const last = Math.max(1, moments.length - 1);
    const runs = [first, second].filter(Boolean).map(({ history, gauge }, k) => ({ moments: history.moments, floor: gauge.floor, dash: k ? [7, 4] : [] }));
    Curves.gaps(this.canvas, runs, last + 1, colours);
    this.range.max = String(last);
    this.range.disabled = moments.length < 2;
    this.range.value = String(looking ?? last);
    const now = grouped(first.step);
    const words = looking === null ? `Round ${now}, now` : `Round ${grouped(moments[looking].step)} of ${now}`;
    if (resting) this.range.setAttribute("aria-valuetext", words);
    this.place.style.setProperty("--at", String((looking ?? last) / last));
    const when = /** @type {HTMLElement} */ (this.place.parentElement?.querySelector("[data-is=when]"));
    if (when.textContent !== words) when.textContent = words;
  }
}
