// How fast the engine is as WebAssembly, in Node and in the browsers, as Markdown. KEYSTAY_BROWSER restricts it to one browser.

import { CLEAN } from '../browser/texts.mjs';
import { inBrowser } from './browser.mjs';
import { engineFiles, engineInNode } from './modules.mjs';
import { figure, head, inEach, median, print, ratio, rounds, row, SHORT, sizeName, spread } from './table.mjs';
import { filled, usual } from './texts.mjs';

const MEBIBYTE = 1 << 20;
const SIZES = [1024, 100 * 1024, MEBIBYTE, ...(SHORT ? [] : [10 * MEBIBYTE])];
const RUNS = rounds(11);
const WARM_UP = 3;
/** Of small texts so many are judged in one measurement that a browser's clock, which goes in steps, tells enough. */
const AT_A_TIME = 100 * 1024;

/** @typedef {(text: string, runs: number, together: number) => Promise<number[]> | number[]} Take */

const engine = await engineInNode();
const once = performance.now();
engine.judge(CLEAN);
const first = performance.now() - once;
const atFirst = engine.memory.buffer.byteLength;

print(
  'A judgement on a text: the scan, and what follows from it, from the string that JavaScript has to the answer. The ratio is beside Node.js.\n',
);
const COLUMNS = [':where', ':text', 'size', 'p50 ms', 'spread', 'MB/s', 'beside Node.js'];
head(...COLUMNS);
const texts = await usual();
/** @type {Map<string, number>} */
const inNode = new Map();
await rows(`Node.js ${process.versions.node}`, (text, runs, together) => {
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    for (let time = 0; time < together; time++) engine.judge(text);
    return (performance.now() - start) / together;
  });
});
const { glue, wasm } = await engineFiles();
await inEach(COLUMNS.length, async (name) => {
  await inBrowser(name, { extension: false }, async (browser, site) => {
    const page = await browser.open(`${site.a}/pages/fields.html`);
    await page.evaluate(start, glue, wasm.toString('base64'));
    await rows(`${name} ${browser.version}`, (text, runs, together) => {
      // A text of 10 MiB is sent as what it is a repetition of.
      const unit = text.slice(0, MEBIBYTE);
      return page.evaluate(take, unit, text.length, runs, together);
    });
  });
});

const mib = (/** @type {number} */ bytes) => (bytes / MEBIBYTE).toFixed(1);
print(
  `\nIn Node.js, the module of ${(engine.size / 1024).toFixed(0)} KiB: compiled in ${engine.compileMs.toFixed(1)} ms, scanner built in ` +
    `${engine.startMs.toFixed(1)} ms, first scan ${first.toFixed(1)} ms. Linear memory: ${mib(atFirst)} MiB then, ` +
    `${mib(engine.memory.buffer.byteLength)} MiB after all scans.`,
);

/**
 * @param {string} where
 * @param {Take} take
 */
async function rows(where, take) {
  for (const [name, unit] of texts) {
    for (const size of SIZES) {
      const text = filled(filled(unit, Math.min(size, MEBIBYTE)), size);
      const together = Math.max(1, Math.round(AT_A_TIME / size));
      await take(text, WARM_UP, together);
      const times = await take(text, RUNS, together);
      const middle = median(times);
      const key = `${name} ${size}`;
      if (!inNode.has(key)) inNode.set(key, middle);
      const beside = middle / (inNode.get(key) ?? Number.NaN);
      const speed = Buffer.byteLength(text) / 1e3 / middle;
      row(where, name, sizeName(size), figure(middle), spread(times), figure(speed), ratio(beside));
    }
  }
}

/**
 * Runs in the page.
 * @param {string} glue
 * @param {string} wasm in base64
 */
async function start(glue, wasm) {
  const { initSync, judge, warmUp } = await import(URL.createObjectURL(new Blob([glue], { type: 'text/javascript' })));
  initSync({ module: await WebAssembly.compile(Uint8Array.from(atob(wasm), (byte) => byte.charCodeAt(0))) });
  warmUp();
  Object.assign(globalThis, { judge });
}

/**
 * Runs in the page.
 * @param {string} unit
 * @param {number} length
 * @param {number} runs
 * @param {number} together
 */
function take(unit, length, runs, together) {
  const { judge } = /** @type {any} */ (globalThis);
  const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  const destination = { origin: 'https://example.org/', page: 'https://example.org/' };
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    for (let time = 0; time < together; time++) judge([text], destination, {});
    times.push((performance.now() - start) / together);
  }
  return times;
}
