// <sound-check>: the cover's soft tone, the volume of the whole site, and the choice to read in silence.
// The tone is the tuning fork of every soundtrack (440 Hz), at the level of the films.
//
//   asked ──play──> heard (sound on, volume by ear)      asked ──read in silence──> silent (sound off)
"use strict";

class SoundCheck extends HTMLElement {
  connectedCallback() {
    const volume = /** @type {HTMLInputElement | null} */ (this.querySelector("input[type=range]"));
    const note = this.querySelector(".sound-check-note");
    const show = () => {
      const percent = Math.round(essay.choices.volume * 100);
      if (volume) {
        volume.value = String(percent);
        volume.setAttribute("aria-valuetext", percent + " %");
        volume.style.setProperty("--at", String(essay.choices.volume));
      }
      if (note) note.textContent = essay.choices.sound ? "" : "Sound is off. Everything that is heard is also seen.";
    };
    volume?.addEventListener("input", () => essay.choose({ volume: Number(volume.value) / 100 }));
    this.querySelector("tone-button button")?.addEventListener("click", () => essay.choose({ sound: true }));
    this.querySelector(".sound-check-silence")?.addEventListener("click", () => {
      essay.choose({ sound: false });
      document.dispatchEvent(new CustomEvent("pause-all"));
    });
    show();
    essay.onChange(show);
  }
}

customElements.define("sound-check", SoundCheck);
