// Fetches what the first words can do without, once they have been painted: the scripts that wake the page, and the
// style sheets with the faces of formulas, code and emphasis further down and the tiles of the lists. On a slow line
// nothing then stands between a reader and the first words. The sheets stand in a <noscript> at the end of the page,
// where readers without scripts get them at once; the scripts are named by the element that loads this file.
//
//   reading ──parsed──> waiting ──painted, out of sight, or patience ends──> fetching ──all came or failed──> awake
//
// Loaded in the head, in one file with settings.js; it knows nothing of what it fetches.
"use strict";

essay.awake = (() => {
  const PATIENCE = 3000; // milliseconds after the last of the page came: a browser that tells of no paint gets its scripts, too
  const scripts = document.currentScript?.dataset.then?.split(" ") ?? [];

  /** @returns {Promise<void>} */
  const parsed = () => new Promise((done) => document.addEventListener("DOMContentLoaded", () => done(), { once: true }));

  /** @returns {Promise<void>} */
  const painted = () =>
    new Promise((done) => {
      const kinds = window.PerformanceObserver?.supportedEntryTypes ?? [];
      if (document.hidden || !kinds.includes("paint")) return done(); // a tab in the background paints later, and may be ready by then
      const observer = new PerformanceObserver((seen) => seen.getEntriesByName("first-contentful-paint").length && done());
      observer.observe({ type: "paint", buffered: true });
      window.setTimeout(done, PATIENCE);
    });

  /** @param {string} address @returns {Promise<void>} */
  const fetched = (address) =>
    new Promise((done) => {
      const script = document.createElement("script");
      script.onload = script.onerror = () => done();
      script.async = false; // they run in their order
      script.src = address;
      document.head.append(script);
    });

  const dress = () => {
    const held = document.querySelector("noscript.late-sheets")?.textContent ?? "";
    document.head.append(...new DOMParser().parseFromString(held, "text/html").querySelectorAll("link"));
  };

  const wake = async () => {
    await parsed();
    await painted();
    dress();
    await Promise.all(scripts.map(fetched));
    // Where they did not arrive, the page is what it is without any.
    if (!customElements.get("sound-switch")) document.documentElement.classList.remove("scripted");
  };
  return wake();
})();
