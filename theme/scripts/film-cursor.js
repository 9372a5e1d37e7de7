// The one cursor of a film: which frame is shown, and the native video that shows it.
// It knows neither read-outs nor buttons. A frame is asked for at the middle of its time,
// (i + .5) / fps, which lands on that frame exactly; while a seek is in flight only the latest
// wish is kept, so a quick scrub never queues; a step counts from the wish, not from the picture.
//
//   poster ──go, play──> opening ──metadata──> still <──seeked── seeking ──┐
//     │                     │                    │ └────go─────────^ └─go──┘ (latest wish kept)
//     │                     v                    play <──> pause
//     └──────no codec──> broken                  └──ended──> still, at the last frame
"use strict";

/**
 * @typedef {object} FilmData
 * @property {number} fps
 * @property {number[]} steps the step shown by each frame
 * @property {number} lastStep
 * @property {number} poster the frame that the poster shows
 * @property {{light: string, dark: string}} films
 * @property {{[name: string]: {text: string[], share?: number[]}}} readouts one entry a frame
 * @property {{from: number, words: string}[]} lines
 */

/** Events: "move" (the frame changed), "state" (playing changed), "slow" and "there" (the film is awaited, has come),
 *  "broken" (it cannot be shown). */
class FilmCursor extends EventTarget {
  /** @type {number | null} the latest wish not yet sent to the video */
  #wish = null;
  #opened = false;
  #awaiting = 0;
  #fresh = true;
  /** @type {number} time in the film of the picture last presented, in seconds; NaN before the first */
  #presented = NaN;
  #asked = 0;

  /**
   * @param {HTMLVideoElement} video
   * @param {FilmData} data
   */
  constructor(video, data) {
    super();
    this.video = video;
    this.data = data;
    this.last = data.steps.length - 1;
    this.index = data.poster;
    this.playing = false;
    this.broken = false;
    this.theme = essay.theme();
    video.src = data.films[this.theme];
    video.addEventListener("loadedmetadata", () => this.#seek());
    video.addEventListener("seeked", () => this.#seek() || this.#confirm());
    this.#watch();
    video.addEventListener("play", () => this.#playing(true));
    video.addEventListener("pause", () => this.#halt());
    video.addEventListener("ended", () => this.#arrive(this.last));
    video.addEventListener("error", () => this.#break());
    video.addEventListener("canplay", () => this.#await(false));
    // Moved by something else: the browser's own controls in full screen.
    video.addEventListener("seeking", () => {
      if (this.#wish === null && !this.playing) this.#arrive(this.#shown());
    });
  }

  /** The step under the cursor. */
  get step() {
    return this.data.steps[this.index];
  }

  /**
   * Show a frame: the numbers at once, the picture as soon as it is there.
   * @param {number} index
   */
  go(index) {
    const wanted = Math.min(this.last, Math.max(0, index));
    this.#fresh = false;
    this.#wish = wanted;
    this.#arrive(wanted);
    this.#open();
    this.#seek();
  }

  /**
   * The first frame that shows this step, or the recorded step nearest to it.
   * @param {number} step
   */
  goToStep(step) {
    const { steps } = this.data;
    const away = steps.map((known) => Math.abs(known - step));
    this.go(away.indexOf(Math.min(...away)));
  }

  /**
   * The next (1) or previous (-1) frame that shows another step.
   * @param {1 | -1} way
   */
  stepBy(way) {
    const { steps } = this.data;
    let index = this.index + way;
    while (steps[index] === this.step) index += way;
    this.pause();
    this.go(index);
  }

  /** Play on; from the start where the film is at its end or nobody has moved the cursor. */
  play() {
    if (this.#fresh || this.index >= this.last) this.go(0);
    this.#open();
    // Refused without a gesture, or interrupted by a pause: the button shows what is true.
    this.video.play().catch(() => this.#playing(false));
  }

  pause() {
    this.video.pause();
  }

  /** Follow the site's theme: swap the film, keep the step, play on if it played. */
  followTheme() {
    if (this.theme === essay.theme()) return;
    this.theme = essay.theme();
    const { playing } = this;
    this.video.src = this.data.films[this.theme];
    if (!this.#opened) return;
    this.#wish = this.index;
    this.video.load();
    if (playing) this.video.play().catch(() => this.#playing(false));
  }

  #open() {
    if (this.#opened) return;
    this.#opened = true;
    this.#await(true);
    this.video.preload = "auto";
    this.video.load();
  }

  // A film that comes within a second needs no word.
  /** @param {boolean} awaited */
  #await(awaited) {
    window.clearTimeout(this.#awaiting);
    if (awaited) this.#awaiting = window.setTimeout(() => this.dispatchEvent(new Event("slow")), 1000);
    else this.dispatchEvent(new Event("there"));
  }

  /** Sends the latest wish; true when there was one to send. */
  #seek() {
    if (this.#wish === null || this.video.readyState < 1 || this.video.seeking) return false;
    const time = (this.#wish + 0.5) / this.data.fps;
    this.#wish = null;
    this.#asked = 0;
    this.video.currentTime = time;
    return true;
  }

  #watch() {
    this.video.requestVideoFrameCallback?.((_, { mediaTime }) => {
      this.#presented = mediaTime;
      this.#watch();
    });
  }

  // Two seeks within a few milliseconds can leave the picture of the first on the screen. Where the picture presented
  // is not the one asked for, ask again, a hair further within the same frame; three times at most.
  #confirm() {
    const { video, data } = this;
    if (this.playing || !video.requestVideoFrameCallback) return;
    window.setTimeout(() => {
      if (this.#wish !== null || this.playing || video.seeking || this.#asked >= 3) return;
      const off = Math.abs(this.#presented * data.fps - Math.floor(video.currentTime * data.fps));
      if (off < 0.6) return;
      this.#asked += 1;
      video.currentTime += (this.#asked % 2 ? 0.04 : -0.04) / data.fps;
    }, 150);
  }

  #shown() {
    return Math.min(this.last, Math.floor(this.video.currentTime * this.data.fps));
  }

  /** @param {number} index */
  #arrive(index) {
    if (index === this.index) return;
    this.index = index;
    this.dispatchEvent(new Event("move"));
  }

  /** @param {boolean} playing */
  #playing(playing) {
    if (playing === this.playing) return;
    this.playing = playing;
    this.dispatchEvent(new Event("state"));
    if (playing) this.#follow();
  }

  // A pause falls between two reads of the clock: settle on the frame it fell on, picture and numbers alike.
  #halt() {
    if (this.#wish === null) {
      this.#arrive(this.#shown());
      this.#wish = this.index;
    }
    this.#playing(false);
    this.#seek();
  }

  // While the film plays, the cursor follows it: a read of one number each time the screen is drawn.
  #follow() {
    if (!this.playing) return;
    if (this.#wish === null && !this.video.seeking) this.#arrive(this.#shown());
    requestAnimationFrame(() => this.#follow());
  }

  #break() {
    window.clearTimeout(this.#awaiting);
    this.broken = true;
    this.#playing(false);
    this.dispatchEvent(new Event("broken"));
  }
}
