// Only in `make serve`, never in the published folder: reloads the page after a rebuild, and lays an
// error over it while the last good page stays below.
//
//   quiet ──trouble──> overlay ──reload──> (the page loads anew, at the same place)
"use strict";

(() => {
  const place = "imagine.preview.scroll";

  /** @param {string} id @param {string} name */
  function box(id, name) {
    const made = document.getElementById(id) ?? document.createElement(name);
    made.id = id;
    document.body.append(made);
    return made;
  }

  /** @param {string} message */
  function trouble(message) {
    const overlay = box("preview-trouble", "section");
    overlay.setAttribute("role", "alert");
    const words = document.createElement("pre");
    words.textContent = message;
    const hint = document.createElement("p");
    hint.textContent = "The page below is the last good one.";
    overlay.replaceChildren(words, hint);
  }

  /** @param {string[]} jobs */
  function stale(jobs) {
    if (!jobs.length) return;
    const badge = box("preview-stale", "p");
    badge.setAttribute("role", "status");
    badge.textContent = `Shown from the last good run, until make build: ${jobs.join(", ")}`;
  }

  const source = new EventSource("/-/changes");
  source.addEventListener("reload", () => {
    sessionStorage.setItem(place, String(window.scrollY));
    window.location.reload();
  });
  source.addEventListener("trouble", (event) => trouble(JSON.parse(event.data)));
  source.addEventListener("stale", (event) => stale(JSON.parse(event.data)));

  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    window.addEventListener("load", () => window.scrollTo({ top: Number(kept), behavior: "instant" }));
  }
})();
