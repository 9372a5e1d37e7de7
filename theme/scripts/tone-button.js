// <tone-button>: a reference tone of a soundtrack's legend, in the timbre of its role, made by the
// browser itself from the harmonics that the build prints. Never mixed with a film's own sound.
//
//   quiet ──press──> ringing (button pressed) ──its end, another press, pause everything──> quiet
//     ^                  │
//     └──no sound comes──┘ and the note says so: no loudspeaker, or the browser keeps the page silent
"use strict";

/**
 * @typedef {object} Voice
 * @property {number} hz
 * @property {number[]} harmonics amplitudes of harmonic 1, 2, ...
 * @property {number} attack seconds
 * @property {number} release seconds
 * @property {number} decay seconds in which a struck voice falls by 60 dB; 0 holds
 * @property {number} pan -1 left to 1 right
 */

const Tones = {
  /** @type {AudioContext | null} */
  context: null,
  /** @type {GainNode | null} */
  out: null,

  /** The page's own sound, opened at the first press; null where there is none. */
  open() {
    if (!this.context) {
      try {
        this.context = new AudioContext();
      } catch {
        return null;
      }
      this.out = this.context.createGain();
      this.out.connect(this.context.destination);
      const { gain } = this.out;
      const { context } = this;
      gain.value = essay.choices.volume;
      essay.onChange(() => gain.setTargetAtTime(essay.choices.volume, context.currentTime, 0.02));
    }
    void this.context.resume();
    return this.context;
  },

  /**
   * Sound a voice, about as loud as the films (-20 LUFS); returns how to stop it, or null.
   * @param {Voice} voice
   * @param {number} seconds
   * @param {() => void} ended
   */
  play(voice, seconds, ended) {
    const context = this.open();
    if (!context || !this.out) return null;
    const { hz, harmonics, attack, release, decay, pan } = voice;
    const imag = new Float32Array([0, ...harmonics]);
    const wave = context.createPeriodicWave(new Float32Array(imag.length), imag, { disableNormalization: true });
    const source = new OscillatorNode(context, { frequency: hz, periodicWave: wave, type: "custom" });
    const power = Math.sqrt(harmonics.reduce((sum, a) => sum + a * a, 0) / 2);
    // High tones carry further: the soundtracks' own rule, (440 / f) ** .3.
    const level = ((decay ? 0.16 : 0.1) / power) * (440 / hz) ** 0.3;
    const now = context.currentTime;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, now);
    gain.gain.linearRampToValueAtTime(level, now + attack);
    if (decay) gain.gain.setTargetAtTime(level / 1000, now + attack, decay / 6.9);
    /** @param {number} at */
    const end = (at) => {
      gain.gain.cancelScheduledValues(at);
      gain.gain.setTargetAtTime(0, at, release / 4);
      source.stop(at + release * 1.5);
    };
    source.connect(gain).connect(new StereoPannerNode(context, { pan })).connect(this.out);
    source.onended = ended;
    source.start(now);
    const timer = window.setTimeout(() => end(context.currentTime), seconds * 1000);
    return () => {
      window.clearTimeout(timer);
      end(context.currentTime);
    };
  },
};

class ToneButton extends HTMLElement {
  /** @type {(() => void) | null} */
  #stop = null;

  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => this.press());
    document.addEventListener("pause-all", () => this.#stop?.());
  }

  press() {
    const data = this.dataset;
    if (this.#stop) return this.#stop();
    if (!essay.choices.sound && !this.hasAttribute("data-opens-sound")) return this.say("Sound is off.");
    const voice = {
      hz: Number(data.hz),
      harmonics: (data.harmonics ?? "1").split(" ").map(Number),
      attack: Number(data.attack ?? 0.05),
      release: Number(data.release ?? 0.3),
      decay: Number(data.decay ?? 0),
      pan: Number(data.pan ?? 0),
    };
    this.#stop = Tones.play(voice, 1.4, () => this.#ring(false));
    if (!this.#stop) return this.say("This browser cannot make tones.");
    this.#ring(true);
    this.#listen(Tones.context?.currentTime ?? 0);
  }

  // Where sound is blocked, or there is nothing to play it, the clock of the sound stands still, and no end would come.
  /** @param {number} since */
  #listen(since) {
    window.setTimeout(() => {
      if (!this.#stop || (Tones.context?.currentTime ?? 0) > since) return;
      this.#stop();
      this.#ring(false);
      this.say("The browser lets no sound out.");
    }, 2000);
  }

  /** @param {boolean} on */
  #ring(on) {
    if (!on) this.#stop = null;
    this.classList.toggle("ringing", on);
    if (on) this.say("");
  }

  /** @param {string} words */
  say(words) {
    const note = this.querySelector(".tone-note");
    if (note) note.textContent = words;
  }
}

customElements.define("tone-button", ToneButton);
