// Lighthouse over some pages in one Chromium, one after the other: prints a line of JSON for each.
// node lighthouse.mjs CHROMIUM BASE PAGE...
import lighthouse from "lighthouse";
import * as launcher from "chrome-launcher";

const [program, base, ...pages] = process.argv.slice(2);
const chrome = await launcher.launch({
  chromePath: program,
  chromeFlags: [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

/** One page's result; a run that broke off (a busy machine paints too late, say) is begun again, twice at most. */
async function audited(page, left = 2) {
  try {
    // The defaults are the mobile preset: a phone, four times slower than this machine, on simulated slow 4G.
    const { lhr } = await lighthouse(base + page, { port: chrome.port, output: "json", logLevel: "error" });
    if (lhr.runtimeError) throw new Error(`${page}: ${lhr.runtimeError.message}`);
    return lhr;
  } catch (error) {
    if (left === 0) throw error;
    return audited(page, left - 1);
  }
}

try {
  for (const page of pages) {
    const lhr = await audited(page);
    const amount = (name) => lhr.audits[name].numericValue;
    const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(100 * score)]);
    const missed = Object.values(lhr.categories)
      .filter(({ id }) => id !== "performance")
      .flatMap(({ auditRefs }) => auditRefs)
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => id);
    console.log(JSON.stringify({
      page, ...Object.fromEntries(scores), missed,
      lcp: amount("largest-contentful-paint") / 1000,
      cls: amount("cumulative-layout-shift"),
      fcp: amount("first-contentful-paint") / 1000,
      tbt: amount("total-blocking-time"),
    }));
  }
} finally {
  await chrome.kill();
}
