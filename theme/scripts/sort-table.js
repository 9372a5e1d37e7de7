// <sort-table>: a table that readers may sort by any of its columns: by its heads, which become buttons, or on
// a narrow screen, where rows stack and heads are not seen, by a choice above it. Without scripts it is the
// table as it was written. Numbers are compared by the value that was measured, words by the alphabet.
//
//   as written ──press a head──> smallest first ──press──> largest first ──press──> as written
//                                     ^──press another head──┘
"use strict";

/** @typedef {{column: number, down: boolean} | null} Order */

class SortTable extends HTMLElement {
  /** @type {Order} */
  #order = null;
  /** @type {HTMLTableRowElement[]} */
  #written = [];
  /** @type {HTMLTableCellElement[]} */
  #heads = [];

  connectedCallback() {
    const table = this.querySelector("table");
    if (!table?.tHead || this.#heads.length) return;
    this.#written = [...table.tBodies[0].rows];
    this.#heads = [...table.tHead.rows[0].cells];
    this.#heads.forEach((head, column) => this.#button(head, column));
    this.status = document.createElement("p");
    this.status.className = "sort-status unseen";
    this.status.setAttribute("role", "status");
    this.prepend(this.#choice(), this.status);
  }

  /**
   * @param {HTMLTableCellElement} head
   * @param {number} column
   */
  #button(head, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort-head";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      const now = this.#order?.column === column ? this.#order : null;
      this.sort(now?.down ? null : { column, down: now !== null });
    });
    head.append(button);
  }

  /** The same for a narrow screen. */
  #choice() {
    const label = document.createElement("label");
    label.className = "sort-choice";
    label.textContent = "Sorted by ";
    this.select = document.createElement("select");
    this.select.className = "button";
    this.select.add(new Option("nothing: as written", ""));
    this.#heads.forEach((head, column) => {
      for (const down of [false, true]) {
        const name = `${head.textContent}, ${this.#way(column, down)}`;
        this.select?.add(new Option(name, `${column} ${down ? 1 : 0}`));
      }
    });
    this.select.addEventListener("change", () => {
      const [column, down] = (this.select?.value ?? "").split(" ").map(Number);
      this.sort(this.select?.value ? { column, down: down === 1 } : null);
    });
    label.append(this.select);
    return label;
  }

  /**
   * Put the rows in order, say so once, and leave the focus where it is.
   * @param {Order} order null is as written
   */
  sort(order) {
    this.#order = order;
    const rows = [...this.#written];
    if (order) rows.sort((a, b) => this.#compare(this.#key(a, order.column), this.#key(b, order.column), order.down));
    this.#written[0]?.parentElement?.append(...rows);
    this.#heads.forEach((head, column) => {
      if (order?.column === column) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    if (this.select) this.select.value = order ? `${order.column} ${order.down ? 1 : 0}` : "";
    if (!this.status) return;
    this.status.textContent = order
      ? `Sorted by ${this.#heads[order.column].textContent}, ${this.#way(order.column, order.down)}.`
      : "In the order in which it was written.";
  }

  /**
   * What a cell is compared by: a number where it has one; "" stands for an empty cell.
   * @param {HTMLTableRowElement} row
   * @param {number} column
   * @returns {number | string}
   */
  #key(row, column) {
    const cell = row.cells[column];
    const words = cell?.textContent?.trim() ?? "";
    const measured = cell?.querySelector("data")?.value;
    const number = Number.parseFloat(measured ?? words.replace(/,(?=\d{3})/g, "").replace("\u2212", "-"));
    return Number.isNaN(number) ? words : number;
  }

  /** Whether a column holds numbers. @param {number} column */
  #counts(column) {
    return this.#written.map((row) => this.#key(row, column)).every((key) => typeof key === "number" || key === "");
  }

  /**
   * @param {number} column
   * @param {boolean} down
   */
  #way(column, down) {
    if (this.#counts(column)) return down ? "largest first" : "smallest first";
    return down ? "from Z to A" : "from A to Z";
  }

  /**
   * Empty cells and words among numbers come last, whichever way.
   * @param {number | string} a
   * @param {number | string} b
   * @param {boolean} down
   */
  #compare(a, b, down) {
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
    const way = typeof a === "number" ? a - Number(b) : a.localeCompare(String(b), document.documentElement.lang || "en");
    return down ? -way : way;
  }
}

customElements.define("sort-table", SortTable);
