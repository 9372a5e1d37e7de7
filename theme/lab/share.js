// What leaves the Lab: its address, and tables. Nothing goes anywhere but to the reader.
"use strict";

const Share = {
  /** Put the settings into the address bar; returns them as written there. @param {Setup} setup */
  write(setup) {
    const address = addressOf(setup);
    try {
      history.replaceState(null, "", "#" + address);
    } catch {
      // Some browsers forbid it for a page opened from a folder: the address then stays as it was.
    }
    return address;
  },

  /** The settings that the address bar asks for. */
  asked() {
    const address = location.hash.slice(1);
    try {
      return decodeURIComponent(address);
    } catch {
      return address; // not encoded, or broken: read as it stands
    }
  },

  /** Copy the link, and say how that went. @param {string} address */
  async copy(address) {
    try {
      await navigator.clipboard.writeText(location.href.split("#")[0] + "#" + address);
      return "The link is copied. Whoever opens it gets these settings, and plays the same run.";
    } catch {
      return "The link stands in the address bar: copy it from there.";
    }
  },

  /** Hand a file to the reader. @param {string} name @param {string} text */
  save(name, text) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    Object.assign(document.createElement("a"), { href: address, download: name }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 1000);
  },

  /** The points that are shown. @param {Bench[]} benches @param {(bench: Bench) => Moment | null} moment */
  points(benches, moment) {
    const rows = benches.flatMap((bench, k) => bench.points("AB"[k], moment(bench)));
    Share.save("lab-points.csv", tableOf(Bench.POINTS, rows));
  },

  /** Gap and losses, wherever the gap was measured. @param {Bench[]} benches */
  numbers(benches) {
    const rows = benches.flatMap((bench, k) => bench.numbers("AB"[k]));
    Share.save("lab-numbers.csv", tableOf(Bench.NUMBERS, rows));
  },
};
