// The tone of a place on a map: pitch is across, brightness is up, as in the film of the walk. It sounds only
// while the marker moves, in the site's own volume, and not at all while the site's sound is off.
//
//   silent ──move──> sounding ──no move for a moment, rest──> fading ──gone quiet──> silent
"use strict";

class MapTone {
  /** @type {{pitch: AudioParam[], mix: GainNode[], out: GainNode, end: () => void} | null} */
  #voices = null;
  #timer = 0;

  /**
   * @param {number[]} dark amplitudes of harmonic 1, 2, ...
   * @param {number[]} bright
   */
  constructor(dark, bright) {
    this.colours = [dark, bright];
  }

  /**
   * Sound a place, both in [-1, 1].
   * @param {number} across
   * @param {number} up
   */
  move(across, up) {
    const context = essay.choices.sound ? Tones.open() : null;
    if (!context || !Tones.out) return;
    const begun = this.#voices !== null;
    const { pitch, mix, out } = (this.#voices ??= this.#begin(context, Tones.out));
    const now = context.currentTime;
    const hz = 550 * 2 ** across;
    const turn = (Math.PI / 4) * (up + 1);
    for (const one of pitch) begun ? one.setTargetAtTime(hz, now, 0.02) : (one.value = hz);
    mix[0].gain.setTargetAtTime(Math.cos(turn), now, 0.03);
    mix[1].gain.setTargetAtTime(Math.sin(turn), now, 0.03);
    // High tones carry further: the soundtracks' own rule.
    out.gain.setTargetAtTime(0.14 * (440 / hz) ** 0.3, now, 0.03);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.rest(), 150);
  }

  /** Fade out, and let go of the oscillators once nothing is heard. */
  rest() {
    window.clearTimeout(this.#timer);
    if (!this.#voices || !Tones.context) return;
    const { out, end } = this.#voices;
    out.gain.setTargetAtTime(0, Tones.context.currentTime, 0.12);
    this.#timer = window.setTimeout(end, 1200);
  }

  /**
   * Two oscillators that start together, and so stay locked.
   * @param {AudioContext} context
   * @param {AudioNode} destination
   */
  #begin(context, destination) {
    const soft = new BiquadFilterNode(context, { type: "lowpass", frequency: 5000 });
    const out = new GainNode(context, { gain: 0 });
    soft.connect(out).connect(destination);
    const start = context.currentTime;
    const sources = this.colours.map((harmonics) => {
      const power = Math.sqrt(harmonics.reduce((sum, a) => sum + a * a, 0) / 2);
      const imag = new Float32Array([0, ...harmonics.map((a) => a / power / Math.SQRT2)]);
      const wave = context.createPeriodicWave(new Float32Array(imag.length), imag, { disableNormalization: true });
      return new OscillatorNode(context, { type: "custom", periodicWave: wave });
    });
    const mix = sources.map(() => new GainNode(context, { gain: 0 }));
    sources.forEach((source, i) => {
      source.connect(mix[i]).connect(soft);
      source.start(start);
    });
    const end = () => {
      for (const source of sources) source.stop();
      out.disconnect();
      this.#voices = null;
    };
    return { pitch: sources.map((source) => source.frequency), mix, out, end };
  }
}
