// <theme-switch>: as the system, light, dark, and round again. The button's name says which is on.
//
//   system ──press──> light ──press──> dark ──press──> system
"use strict";

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const word = this.querySelector(".switch-word");
    /** @type {Theme[]} */
    const round = ["system", "light", "dark"];
    /** @type {Record<Theme, string>} */
    const names = { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };
    button?.addEventListener("click", () => {
      essay.choose({ theme: round[(round.indexOf(essay.choices.theme) + 1) % round.length] });
    });
    const show = () => {
      if (word) word.textContent = names[essay.choices.theme];
      if (button) button.title = names[essay.choices.theme];
      this.dataset.choice = essay.choices.theme;
    };
    show();
    essay.onChange(show);
  }
}

customElements.define("theme-switch", ThemeSwitch);
