// Fetches the style sheets that the first screen does without: the faces of formulas, code and emphasis further
// down, the tiles of the lists. They stand in a <noscript> at the end of the page, where readers without scripts
// get them at once; with scripts they wait until the page has been painted, so that on a slow line nothing
// stands between a reader and the first words.
// Loaded in the head, in one file with settings.js; it knows nothing of what it fetches.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const held = document.querySelector("noscript.late-sheets")?.textContent ?? "";
  const links = new DOMParser().parseFromString(held, "text/html").querySelectorAll("link");
  // A frame's callbacks run before it is painted, a timer set by one of them runs after.
  requestAnimationFrame(() => window.setTimeout(() => document.head.append(...links)));
});
