// When the duels are played: in slices of each frame, phase by phase in slow motion, or a number of rounds at once.
// It knows the benches and no more of the page than a call-back for each thing that happens.
//
//   resting ──play──> playing ──pause, the stop──> resting
"use strict";

class Clock {
  /** Milliseconds: of each frame for training; for each phase in slow motion; between two pictures, moving or still. */
  static SLICE = 7;
  static PHASE = 1700;
  static PICTURE = { moving: 30, still: 600 };

  /** @type {Bench[]} */
  benches = [];
  playing = false;
  slow = false;
  /** The round at which it stops. */
  stop = Number.POSITIVE_INFINITY;
  /** The phase played last, in slow motion. @type {Phase | null} */
  phase = null;
  #frame = 0;
  #ticked = 0;
  #drawn = 0;
  #dear = 0;
  #phaseAt = 0;

  /** @param {{draw: () => void, phase: () => void, stopped: () => void}} heard */
  constructor(heard) {
    this.heard = heard;
  }

  get step() {
    return this.benches[0].step;
  }

  play() {
    this.playing = true;
    this.#phaseAt = 0;
    this.#frame ||= requestAnimationFrame((now) => this.#tick(now));
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.slow) this.finish();
  }

  /** @param {boolean} on */
  slowly(on) {
    if (!on) this.finish();
    this.slow = on;
    this.phase = null;
    this.#phaseAt = 0;
    for (const { duel } of this.benches) duel.slow = on;
  }

  /** End the round that was begun, the same one for all. */
  finish() {
    for (const bench of this.benches) bench.finish();
    const furthest = Math.max(...this.benches.map((bench) => bench.step));
    for (const bench of this.benches) while (bench.step < furthest) bench.round();
    this.phase = null;
  }

  /** One phase, on all benches. */
  advance() {
    for (const bench of this.benches) {
      bench.measure();
      this.phase = bench.duel.phase;
      bench.work();
      bench.measure();
    }
    this.heard.phase();
  }

  /** Whole rounds, at once. @param {number} count */
  rounds(count) {
    this.finish();
    for (const bench of this.benches) for (let k = 0; k < count; k++) bench.round();
  }

  /** @param {number} now */
  #tick(now) {
    this.#frame = 0;
    if (!this.playing) return;
    // A picture that made its frame late is dear here: there are fewer of them then, and training goes on between.
    const late = now - this.#ticked;
    if (this.#ticked === this.#drawn && late < 1000) this.#dear = late > 20 ? Math.min(300, 3 * late) : 0;
    this.#ticked = now;
    if (this.slow) this.#creep(now);
    else this.#train(now);
    if (this.playing) this.#frame ||= requestAnimationFrame((later) => this.#tick(later));
  }

  /** As many phases as fit into a slice; then a picture, where it is time for one. @param {number} now */
  #train(now) {
    const end = performance.now() + Clock.SLICE;
    do {
      // The one behind works first, so both stay in the same round.
      const bench = this.benches.reduce((least, one) => (one.step < least.step || (one.step === least.step && one.counting) ? one : least));
      bench.work();
      if (this.#arrived()) return this.heard.stopped();
    } while (performance.now() < end);
    const pause = Math.max(this.#dear, essay.still() ? Clock.PICTURE.still : Clock.PICTURE.moving);
    if (now - this.#drawn < pause) return;
    this.#drawn = now;
    this.heard.draw();
  }

  /** In slow motion, the next phase when its time has come. @param {number} now */
  #creep(now) {
    if (now - this.#phaseAt < Clock.PHASE) return;
    this.#phaseAt = now;
    this.advance();
    if (this.#arrived()) this.heard.stopped();
  }

  #arrived() {
    return this.benches.every((bench) => bench.step === this.stop && !bench.counting && !bench.duel.midway);
  }
}
