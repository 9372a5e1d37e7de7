// <search-box>: the small field in Contents. Enter opens the search page with its words; search-page.js does
// the rest. It knows no index.
"use strict";

class SearchBox extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault(); // the page's policy forbids sending forms; this one only turns a page
      location.href = "search.html#" + new URLSearchParams({ q: field?.value.trim() ?? "" });
      /** @type {any} */ (this.closest("[popover]"))?.hidePopover?.();
    });
  }
}

customElements.define("search-box", SearchBox);
