// The short sounds of the page, in the voices of the soundtracks. An answer: right, up, a tuning fork; fooled, down, a
// reed. A study session: a fork, low and soft, at the turn, and two that come to rest at the end.
// They follow the site's switch and volume (tone-button.js makes them) and say nothing that is not also written.
"use strict";

const Chimes = {
  right: {
    voice: { harmonics: [1, 0.1, 0.02], attack: 0.05, release: 0.3, decay: 3.5, pan: 0 },
    /** Each note: when it starts, how long it lasts (seconds), Hz. */
    notes: [[0, 0.6, 440], [0.15, 0.75, 660]],
  },
  wrong: {
    voice: { harmonics: [1, 0, 0.4, 0, 0.16, 0, 0.06], attack: 0.035, release: 0.2, decay: 0, pan: -0.55 },
    notes: [[0, 0.6, 440], [0.15, 0.75, 330]],
  },

  turn: {
    voice: { harmonics: [1, 0.1, 0.02], attack: 0.08, release: 0.6, decay: 5, pan: 0 },
    notes: [[0, 3, 330]],
  },
  end: {
    voice: { harmonics: [1, 0.1, 0.02], attack: 0.08, release: 0.6, decay: 5, pan: 0 },
    notes: [[0, 3, 330], [0.7, 3.5, 220]],
  },

  /** @param {"right" | "wrong" | "turn" | "end"} how */
  play(how) {
    if (!essay.choices.sound) return;
    const { voice, notes } = Chimes[how];
    for (const [start, seconds, hz] of notes)
      window.setTimeout(() => Tones.play({ ...voice, hz }, seconds - voice.release, () => {}), 1000 * start);
  },
};
