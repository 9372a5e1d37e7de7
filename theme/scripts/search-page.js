// <search-page>: finds words in the essay. The index is a classic script, fetched at the first word, so
// that it works from a folder and weighs nothing until it is wanted. <search-box>, in Contents, leads here. Only the search page loads this file.
//
//   empty ──first word──> fetching ──index there──> hits <──each letter── hits
//                             └──no index──> says so
// The words stand in the address (search.html#q=noise), so that a search can be linked and taken back to.
"use strict";

/** @typedef {{address: string, place: string, title: string, text: string}} Passage */
/** @typedef {Passage & {score: number, at: number}} Hit */

/** The letters of a text without case and accents, each still at its place. @param {string} text */
function folded(text) {
  return Array.from(text, (letter) => {
    const plain = letter.normalize("NFD")[0].toLowerCase();
    return plain.length === letter.length ? plain : letter;
  }).join("");
}

/** A pattern for each word, or words in quotation marks, that is asked for. @param {string} query */
function wanted(query) {
  const parts = Array.from(folded(query).matchAll(/["“”]([^"“”]+)["“”]?|([\p{L}\p{N}][\p{L}\p{N}'’-]*)/gu), (m) => m[1] ?? m[2]);
  const words = parts.map((part) => part.trim()).filter(Boolean);
  return words.map((word) => new RegExp("(?<![\\p{L}\\p{N}])" + word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&").replace(/\s+/g, "\\s+"), "gu"));
}

class SearchPage extends HTMLElement {
  static #MOST = 40;
  static #AROUND = 90; // letters shown before and after a hit
  /** @type {Promise<void> | null} */
  #fetched = null;
  #resting = 0;

  connectedCallback() {
    const field = this.querySelector("input");
    const list = this.querySelector(".search-hits");
    const count = this.querySelector(".search-count");
    if (!field || !list || !count) return;
    this.field = field;
    this.list = list;
    this.count = count;
    this.classList.add("upgraded");
    this.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
    field.addEventListener("input", () => this.#asked());
    this.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener("hashchange", () => this.#fromAddress());
    this.#fromAddress();
  }

  #fromAddress() {
    if (!this.field) return;
    const words = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
    if (words !== this.field.value) this.field.value = words;
    // Not away from what the reader has gone to meanwhile.
    const free = document.activeElement === document.body && !document.querySelector(":popover-open");
    if (free || document.activeElement === this.field) this.field.focus({ preventScroll: true });
    this.#find();
  }

  /** What was found, aloud, once the letters rest. @param {string} words */
  #say(words) {
    window.clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => {
      const spoken = this.querySelector(".search-spoken");
      if (spoken && spoken.textContent !== words) spoken.textContent = words;
    }, 600);
  }

  #asked() {
    const words = this.field?.value.trim() ?? "";
    try {
      history.replaceState(null, "", words ? "#" + new URLSearchParams({ q: words }) : location.pathname);
    } catch {
      // Some browsers forbid it for a page opened from a folder: the address then stays as it was.
    }
    this.#find();
  }

  async #find() {
    const { field, list, count } = this;
    if (!field || !list || !count) return;
    const query = field.value;
    const patterns = wanted(query);
    if (!patterns.length) {
      list.replaceChildren();
      this.#say((count.textContent = ""));
      return;
    }
    try {
      await (this.#fetched ??= this.#fetch());
    } catch {
      this.#fetched = null;
      this.#say((count.textContent = "The index could not be loaded. The browser's own search works on every page."));
      return;
    }
    if (query !== field.value) return; // more was typed meanwhile
    const hits = this.#hits(patterns);
    list.replaceChildren(...hits.slice(0, SearchPage.#MOST).map((hit) => this.#row(hit, patterns)));
    const more = hits.length > SearchPage.#MOST ? `, the first ${SearchPage.#MOST} shown` : "";
    count.textContent = hits.length ? `${hits.length} ${hits.length === 1 ? "place" : "places"}${more}` : "Nothing found. Try fewer words, or the beginning of one.";
    this.#say(count.textContent);
  }

  /** @returns {Promise<void>} */
  #fetch() {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = this.dataset.index ?? "";
      script.onload = () => done();
      script.onerror = () => failed(new Error("no index"));
      document.head.append(script);
    });
  }

  /**
   * What holds every word: titles weigh most, then how often, and words that stand early.
   * @param {RegExp[]} patterns
   * @returns {Hit[]}
   */
  #hits(patterns) {
    const found = [];
    for (const [address, place, title, text] of /** @type {any} */ (essay).passages) {
      const [head, body, above] = [folded(title), folded(text), folded(place)];
      const counts = patterns.map((pattern) => [head, above, body].map((part) => part.match(pattern)?.length ?? 0));
      if (!counts.every((count) => count.some(Boolean))) continue;
      const score = counts.reduce((sum, [inTitle, inPlace, inText]) => sum + 12 * Math.min(inTitle, 1) + 3 * Math.min(inPlace, 1) + Math.min(inText, 5), 0);
      const places = patterns.map((pattern) => body.search(pattern)).filter((at) => at >= 0);
      found.push({ address, place, title, text, score, at: places.length ? Math.min(...places) : 0 });
    }
    return found.sort((a, b) => b.score - a.score);
  }

  /**
   * @param {Hit} hit
   * @param {RegExp[]} patterns
   */
  #row(hit, patterns) {
    const from = hit.at > SearchPage.#AROUND ? hit.text.indexOf(" ", hit.at - SearchPage.#AROUND) + 1 : 0;
    const last = hit.text.lastIndexOf(" ", hit.at + 2 * SearchPage.#AROUND);
    const to = hit.text.length > hit.at + 2 * SearchPage.#AROUND && last > hit.at ? last : hit.text.length;
    const words = (from ? "… " : "") + hit.text.slice(from, to) + (to < hit.text.length ? " …" : "");
    const link = document.createElement("a");
    link.href = hit.address;
    for (const [name, text] of [["hit-place", hit.place], ["hit-title", hit.title], ["hit-words", words]]) {
      if (!text) continue;
      const part = document.createElement("span");
      part.className = name;
      part.append(...this.#marked(text, patterns));
      link.append(part, " ");
    }
    const row = document.createElement("li");
    row.append(link);
    return row;
  }

  /**
   * @param {string} text
   * @param {RegExp[]} patterns
   * @returns {(string | HTMLElement)[]}
   */
  #marked(text, patterns) {
    const plain = folded(text);
    const spans = patterns.flatMap((pattern) => Array.from(plain.matchAll(pattern), (m) => [m.index, m.index + m[0].length]));
    spans.sort((a, b) => a[0] - b[0]);
    const parts = [];
    let done = 0;
    for (const [start, end] of spans) {
      if (start < done) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      parts.push(text.slice(done, start), mark);
      done = end;
    }
    return [...parts, text.slice(done)];
  }

  /** Up and down walk from the field through the hits and back. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [this.field, ...this.querySelectorAll(".search-hits a")];
    const next = stops.indexOf(/** @type {any} */ (document.activeElement)) + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0 || next >= stops.length) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (stops[next]).focus();
  }
}

customElements.define("search-page", SearchPage);
