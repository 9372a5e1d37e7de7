// <sound-switch>: the site's one switch for sound, printed in the bar and again under each film.
//
//   on <──press, or any other switch on the page or in another tab──> off
"use strict";

class SoundSwitch extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const word = this.querySelector(".switch-word");
    button?.addEventListener("click", () => essay.choose({ sound: !essay.choices.sound }));
    const show = () => {
      const { sound } = essay.choices;
      button?.setAttribute("aria-checked", String(sound));
      const name = sound ? "Sound on" : "Sound off";
      button?.setAttribute("aria-label", name); // the word itself is not shown on a phone
      if (word) word.textContent = name;
    };
    show();
    essay.onChange(show);
  }
}

customElements.define("sound-switch", SoundSwitch);
