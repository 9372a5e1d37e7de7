// <writing-box>: a text that stays on the reader's machine, kept as it is typed, counted, downloaded, cleared after a
// question. Nothing typed is lost silently: before it writes, the box looks whether storage still holds what it last
// saw there; if not, another tab wrote: this text is kept beside that one, and the reader chooses. While anything is in
// no safe place, leaving asks.
//
//   kept <──────────────saved──────────── typing <──input── any
//    │ another tab wrote                    │ storage fails          │ another tab wrote
//    └─> followed (shown, and said)         └─> full, forbidden      └─> torn ──both, mine, theirs──> kept
"use strict";

/** @typedef {"kept" | "typing" | "followed" | "full" | "forbidden" | "torn"} BoxState */

class WritingBox extends HTMLElement {
  /** What storage holds, as far as this tab knows. */
  #kept = "";
  /** What was last saved or downloaded. */
  #safe = "";
  /** What another tab has written meanwhile. */
  #theirs = "";
  /** Whether a text of this tab's lies aside. */
  #apart = false;
  /** @type {BoxState} */
  #state = "kept";
  #timer = 0;

  connectedCallback() {
    this.#open();
    this.#area.addEventListener("input", () => this.#typed());
    for (const button of this.querySelectorAll(".session-download")) button.addEventListener("click", () => this.download());
    for (const button of this.querySelectorAll("[data-take]"))
      if (button instanceof HTMLElement) button.addEventListener("click", () => this.#take(button.dataset.take ?? ""));
    this.#askToClear();
    window.addEventListener("pagehide", () => this.#save());
    window.addEventListener("pageshow", () => this.#meet());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#save() : this.#meet()));
    window.addEventListener("storage", (event) => {
      if (event.key === null) this.#kept = ""; // all was wiped: what stands here is kept anew
      if (event.key === null) this.#save();
      else if (event.key === this.#key) this.#meet();
    });
  }

  get #key() {
    return `imagine.session.${this.dataset.keep}.text`;
  }

  /** Where a text waits while another tab's stands in its place. */
  get #aside() {
    return `${this.#key}.aside`;
  }

  get #area() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  /** @param {string} selector @returns {HTMLElement} */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }

  /** What was kept, and whether anything can be. */
  #open() {
    try {
      const { localStorage } = window;
      this.#kept = this.#safe = this.#area.value = localStorage.getItem(this.#key) ?? "";
      localStorage.setItem(`${this.#key}.try`, "1");
      localStorage.removeItem(`${this.#key}.try`);
      const aside = localStorage.getItem(this.#aside);
      this.#tell("kept");
      if (aside === this.#kept) localStorage.removeItem(this.#aside);
      else if (aside !== null) {
        this.#area.value = aside; // left before the reader had chosen
        this.#tear(this.#kept);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #typed() {
    if (this.#state === "kept" || this.#state === "followed") this.#tell("typing");
    else this.#count();
    this.#timer ||= window.setTimeout(() => this.#save(), 400);
  }

  #save() {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    const text = this.#area.value;
    if (this.#state === "torn") return this.#keepAside();
    if (text === this.#kept && this.#state !== "typing") return;
    try {
      const { localStorage } = window;
      const there = localStorage.getItem(this.#key) ?? "";
      if (there !== this.#kept && there !== text) return this.#tear(there);
      if (text) localStorage.setItem(this.#key, text);
      else localStorage.removeItem(this.#key);
      if ((localStorage.getItem(this.#key) ?? "") !== text) throw new Error("not kept");
    } catch (error) {
      return this.#fail(error);
    }
    this.#settle(text);
  }

  /** One text, in storage and in the box. @param {string} text */
  #settle(text) {
    if (this.#apart) window.localStorage.removeItem(this.#aside);
    this.#apart = false;
    this.#kept = this.#safe = text;
    this.#tell("kept");
  }

  /** @param {unknown} error */
  #fail(error) {
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    this.#tell(full ? "full" : "forbidden");
  }

  // ---- other tabs ---------------------------------------------------------------------------------------------

  /** Look at what storage holds now. */
  #meet() {
    let there = "";
    try {
      there = window.localStorage.getItem(this.#key) ?? "";
    } catch {
      return; // forbidden: said already, or as soon as something is typed
    }
    const here = this.#area.value;
    if (there === here && (there !== this.#kept || this.#state === "torn")) this.#settle(there);
    else if (this.#state === "torn") {
      if (there !== this.#theirs) this.#tear(there);
    } else if (there !== this.#kept) {
      if (here !== this.#kept || !there) return this.#tear(there);
      this.#kept = this.#safe = this.#area.value = there;
      this.#tell("followed");
    }
  }

  /** Two texts: neither takes the other's place until the reader has chosen. @param {string} theirs */
  #tear(theirs) {
    this.#theirs = theirs;
    this.#tell("torn");
    this.#keepAside();
  }

  #keepAside() {
    const text = this.#area.value;
    this.#apart = true;
    try {
      window.localStorage.setItem(this.#aside, text);
      this.#safe = text;
    } catch {
      // No room: leaving asks.
    }
  }

  /** @param {string} which */
  #take(which) {
    const mine = this.#area.value;
    this.#kept = this.#theirs;
    this.#safe = "";
    if (which === "theirs") this.#area.value = this.#theirs;
    if (which === "both") this.#area.value = `${mine}\n\n---\n\n${this.#theirs}`;
    this.#tell("typing");
    this.#area.focus();
    this.#save();
  }

  // ---- what the reader asks for -------------------------------------------------------------------------------

  /** As a file, under the question it answers. */
  download() {
    const text = this.#area.value;
    if (!text) return this.#area.focus();
    const question = document.getElementById(`${this.dataset.keep}-question`)?.textContent ?? "";
    const blob = new Blob([`# ${question}\n\n${text}\n`], { type: "text/markdown;charset=utf-8" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: this.dataset.file });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    this.#safe = text;
    this.#find(".session-kept").textContent = `Downloaded as ${this.dataset.file}.`;
  }

  #askToClear() {
    const ask = /** @type {HTMLDialogElement} */ (this.#find("dialog"));
    this.#find(".session-clear").addEventListener("click", () => {
      if (!this.#area.value) return this.#area.focus();
      this.#find(".session-ask-count").textContent = WritingBox.counted(this.#area.value);
      ask.showModal();
    });
    this.#find(".session-stay").addEventListener("click", () => ask.close());
    this.#find(".session-clear-now").addEventListener("click", () => {
      ask.close();
      this.#area.value = "";
      this.#area.focus();
      this.#typed();
      this.#save();
    });
  }

  // ---- what is seen -------------------------------------------------------------------------------------------

  /** @param {BoxState} state */
  #tell(state) {
    this.#state = this.dataset.state = state;
    this.#count();
    const other = WritingBox.counted(this.#theirs);
    const warning = {
      kept: "",
      typing: "",
      followed: "This text was changed in another tab. The box now shows it as it is there.",
      full: "This browser’s storage is full: what you write here is not saved. Download it before you leave.",
      forbidden: "This browser keeps nothing for this page: what you write here is not saved. Download it before you leave.",
      torn: this.#theirs
        ? `Another tab has saved a different text, of ${other}. Neither takes the other’s place until you choose.`
        : "This text was cleared in another tab. Here it still stands: choose what to keep.",
    }[state];
    const place = this.#find(".session-warning");
    if (place.textContent !== warning) place.textContent = warning; // an alert says the same thing once
    this.#find(".session-choices").hidden = state !== "torn";
    this.#find('[data-take="both"]').hidden = !this.#theirs;
    this.#find(".session-rescue").hidden = state !== "full" && state !== "forbidden";
    const saved = state === "kept" || state === "followed";
    this.#find(".session-kept").textContent = saved ? (this.#kept ? "Saved on this machine." : "") : { typing: "Saving…", torn: "" }[state] ?? "Not saved.";
    if (saved) window.removeEventListener("beforeunload", this.#stay);
    else window.addEventListener("beforeunload", this.#stay);
  }

  /** The words, and the text as it would be printed. */
  #count() {
    const text = this.#area.value;
    this.#find(".session-count").textContent = WritingBox.counted(text);
    const printed = this.parentElement?.querySelector(".session-printed");
    if (printed) printed.textContent = text;
  }

  /** Ask before leaving, unless all is safe after all. @type {(event: BeforeUnloadEvent) => void} */
  #stay = (event) => {
    this.#save();
    const { value } = this.#area;
    if (value.trim() && value !== this.#safe) event.preventDefault();
  };

  /** "1 word", "1,204 words". @param {string} text */
  static counted(text) {
    const count = text.match(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
    return `${grouped(count)} ${count === 1 ? "word" : "words"}`;
  }
}

customElements.define("writing-box", WritingBox);
