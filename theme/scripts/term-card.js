// What a term means, beside the word: a card while the pointer rests on a glossary link or the focus is on
// it. Without this script the link leads to the glossary, and its title tells the same.
//
//   no card ──pointer rests, focus──> card <──pointer moves onto the card──
//      ^──Escape, pointer or focus gone──┘
"use strict";

const termCard = (() => {
  const [REST, LEAVE] = [250, 200]; // ms before it comes, and before it goes
  /** @type {HTMLElement | null} */
  let card = null;
  /** @type {HTMLElement | null} */
  let link = null;
  let timer = 0;

  function made() {
    const box = document.createElement("div");
    box.className = "term-card";
    box.id = "term-card";
    box.setAttribute("role", "tooltip");
    box.setAttribute("popover", "manual");
    box.addEventListener("pointerenter", () => window.clearTimeout(timer));
    box.addEventListener("pointerleave", () => soon(hide, LEAVE));
    document.body.append(box);
    return box;
  }

  /** @param {HTMLElement} term */
  function show(term) {
    window.clearTimeout(timer);
    if (link === term) return;
    hide();
    card ??= made();
    card.textContent = term.dataset.means ?? "";
    card.showPopover?.();
    term.setAttribute("aria-describedby", card.id);
    link = term;
    place(term, card);
  }

  /** Beside the first or last line of the term. @param {HTMLElement} term @param {HTMLElement} card */
  function place(term, card) {
    const [lines, box] = [Array.from(term.getClientRects()), card.getBoundingClientRect()];
    const [first, last] = [lines[0], lines[lines.length - 1]]; // a term may be broken into two lines
    const below = last.bottom + box.height + 8 < window.innerHeight || first.top < box.height + 8;
    const word = below ? last : first;
    card.style.top = `${below ? word.bottom + 6 : word.top - box.height - 6}px`;
    card.style.left = `${Math.max(8, Math.min(word.left, document.documentElement.clientWidth - box.width - 8))}px`;
  }

  function hide() {
    window.clearTimeout(timer);
    link?.removeAttribute("aria-describedby");
    link = null;
    card?.hidePopover?.();
  }

  /**
   * @param {() => void} act
   * @param {number} wait
   */
  function soon(act, wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(act, wait);
  }

  for (const term of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("a.term[title]"))) {
    term.dataset.means = term.title;
    term.removeAttribute("title"); // or the browser would say it twice
    term.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && soon(() => show(term), REST));
    term.addEventListener("pointerleave", () => soon(hide, LEAVE));
    term.addEventListener("focus", () => term.matches(":focus-visible") && show(term));
    term.addEventListener("blur", hide);
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  // A term that has the focus keeps its card, for coming to it may itself have moved the page.
  const moved = () => (link && card && link === document.activeElement ? place(link, card) : hide());
  window.addEventListener("scroll", moved, { passive: true });
  return { hide };
})();
