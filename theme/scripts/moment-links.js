// Addresses of moments: "#dance?step=1400" opens the figure at that step, and words of the prose
// (<a data-seek="dance@300">) move its cursor. A moment that does not exist opens the figure as it is
// and says so; so does the page where the figure itself does not exist. It knows players only by their id and cursor.
"use strict";

/** @param {string} id @returns {FilmPlayer | null} */
function playerOf(id) {
  const element = document.getElementById(id);
  return element instanceof FilmPlayer && element.cursor ? element : null;
}

/** Open the moment in the address, if there is one and its player is ready. */
function openMoment() {
  const match = /^#([^?]+)\?step=(.*)$/.exec(window.location.hash);
  if (!match) return;
  const player = playerOf(match[1]);
  if (!player?.cursor) return;
  player.scrollIntoView();
  const { cursor } = player;
  const step = /^\d+$/.test(match[2]) ? Number(match[2]) : Number.NaN;
  if (step <= cursor.data.lastStep) cursor.goToStep(step);
  else player.say(`The address asks for a step that this figure does not have; it stands at step ${grouped(cursor.step)}.`);
}

document.addEventListener("film-ready", (event) => {
  const hash = window.location.hash;
  if (hash.startsWith(`#${/** @type {Element} */ (event.target).id}?`)) openMoment();
});

window.addEventListener("hashchange", openMoment);

/** An address may name a figure that is not here: an old link, or a broken one. */
function seekFigure() {
  document.querySelector(".address-note")?.remove();
  const match = /^#([^?]*)\?/.exec(window.location.hash);
  if (!match || document.getElementById(match[1])) return;
  const note = document.createElement("p");
  note.className = "address-note page small";
  note.setAttribute("role", "status");
  document.querySelector("main")?.prepend(note);
  window.setTimeout(() => (note.textContent = "The address asks for a figure that is not on this page. Here is the page."), 100);
}

essay.awake.then(seekFigure);
window.addEventListener("hashchange", seekFigure);

/** The browser's Back leads to the words again that were left for a figure. @param {HTMLElement} link */
function leave(link) {
  try {
    window.history.pushState(null, "");
  } catch {
    return; // some browsers forbid it for a page opened from a folder
  }
  window.addEventListener("popstate", () => link.focus({ preventScroll: true }), { once: true });
}

document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest?.("a[data-seek]");
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const [id, step] = (link.dataset.seek ?? "").split("@");
  const player = playerOf(id);
  if (!player?.cursor) return;
  event.preventDefault();
  leave(link);
  player.cursor.pause();
  player.cursor.goToStep(Number(step));
  player.reveal();
});
