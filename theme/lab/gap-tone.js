// The gap as it sounds in chapter 04: a tuning fork at 440 Hz, and the forger's reed out of tune by as much as there is
// gap. They beat, and the beating slows as the gap closes. Only while training goes on, only while the site's sound is on.
//
//   silent ──gap──> sounding ──rest, no gap for a moment──> fading ──gone quiet──> silent
"use strict";

class GapTone {
  static #FORK = { hz: 440, harmonics: [1, 0.1, 0.02] };
  static #REED = [1, 0, 0.4, 0, 0.16, 0, 0.06];
  static #LEVEL = 0.09;
  /** @type {{reed: AudioParam, out: GainNode, end: () => void} | null} */
  #voices = null;
  #timer = 0;

  /** How far out of tune, in Hz, which is as many beats a second: 24 ((gap - floor) / (1 - floor))^.75. @param {number} gap @param {number} floor */
  static apart(gap, floor) {
    return 24 * Math.max(0, (gap - floor) / (1 - floor)) ** 0.75;
  }

  /** Sound a gap, and go on for a moment. @param {number} gap bits @param {number} floor bits */
  sound(gap, floor) {
    const context = essay.choices.sound ? Tones.open() : null;
    if (!context || !Tones.out) return this.rest();
    const { reed, out } = (this.#voices ??= this.#begin(context, Tones.out));
    reed.setTargetAtTime(GapTone.#FORK.hz + GapTone.apart(gap, floor), context.currentTime, 0.1);
    out.gain.setTargetAtTime(1, context.currentTime, 0.08);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.rest(), 600);
  }

  /** Fade out, and let go of the oscillators once nothing is heard. */
  rest() {
    window.clearTimeout(this.#timer);
    if (!this.#voices || !Tones.context) return;
    const { out, end } = this.#voices;
    out.gain.setTargetAtTime(0, Tones.context.currentTime, 0.15);
    this.#timer = window.setTimeout(end, 1500);
  }

  /** @param {AudioContext} context @param {AudioNode} destination */
  #begin(context, destination) {
    const out = new GainNode(context, { gain: 0 });
    out.connect(destination);
    const sources = [GapTone.#FORK.harmonics, GapTone.#REED].map((harmonics) => {
      const power = Math.sqrt(harmonics.reduce((sum, a) => sum + a * a, 0) / 2);
      const imag = new Float32Array([0, ...harmonics.map((a) => (a * GapTone.#LEVEL) / power)]);
      const wave = context.createPeriodicWave(new Float32Array(imag.length), imag, { disableNormalization: true });
      const source = new OscillatorNode(context, { type: "custom", periodicWave: wave, frequency: GapTone.#FORK.hz });
      source.connect(out);
      source.start();
      return source;
    });
    const end = () => {
      for (const source of sources) source.stop();
      out.disconnect();
      this.#voices = null;
    };
    return { reed: sources[1].frequency, out, end };
  }
}
