// What typing costs, without the extension and with it, in both browsers, as Markdown. KEYSTAY_BROWSER restricts it to one browser.

import fs from 'node:fs/promises';
import path from 'node:path';
import { CLEAN } from '../browser/texts.mjs';
import { inBrowser } from './browser.mjs';
import { FIELD } from './paste.mjs';
import { figure, head, inEach, print, quantile, ratio, rounds, row } from './table.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');
const CODE = path.join(ROOT, 'node_modules', 'react-dom', 'cjs', 'react-dom.development.js');
const TYPED = 'it was a bright day ';
const ROUNDS = rounds(20);
/** In which the text is looked at. */
const PAUSE_MS = 400;

print(
  'A trusted key typed into a textarea, from its keydown to the end of its input event, without the extension and with it, and the',
);
print(
  'longest that the page was kept from its own work between keys. Code is what the tripwire takes longest for. The ratio is of the',
);
print('95th hundredth, beside the same without the extension.\n');
const COLUMNS = [
  ':browser',
  ':field',
  ':extension',
  'n',
  'p50 ms',
  'p95 ms',
  'max ms',
  'p95 beside without',
  'kept p95 ms',
  'kept max ms',
];
head(...COLUMNS);
await inEach(COLUMNS.length, async (name) => {
  const code = await fs.readFile(CODE, 'utf8');
  const fields = { 'a sentence': CLEAN, '30 KiB of code': code.slice(0, 30 * 1024) };
  /** @type {Map<string, number>} */
  const without = new Map();
  for (const extension of [false, true]) {
    await inBrowser(name, { extension }, async (browser, site) => {
      for (const [what, text] of Object.entries(fields)) {
        const page = await browser.open(`${site.a}/pages/fields.html`);
        await page.evaluate(watchKeys, text);
        await page.click(FIELD);
        for (let round = 0; round < ROUNDS; round++) {
          await page.type(TYPED);
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
        const { keys, kept } = await page.evaluate(() => /** @type {any} */ (globalThis).measured);
        const p95 = quantile(keys, 0.95);
        if (!extension) without.set(what, p95);
        row(
          `${name} ${browser.version}`,
          what,
          extension ? 'with' : 'without',
          keys.length,
          ...[0.5, 0.95, 1].map((share) => figure(quantile(keys, share))),
          ratio(p95 / (without.get(what) ?? Number.NaN)),
          ...[0.95, 1].map((share) => figure(quantile(kept, share))),
        );
        await page.close();
      }
    });
  }
});

/**
 * Runs in the page: writes down how long each key took to its `input` event, and how late a timer of 4 ms came.
 * @param {string} text
 */
function watchKeys(text) {
  const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea'));
  field.value = text;
  const measured = { keys: /** @type {number[]} */ ([]), kept: /** @type {number[]} */ ([]) };
  /** @type {any} */ (globalThis).measured = measured;
  let pressed = 0;
  addEventListener(
    'keydown',
    (event) => {
      pressed = event.timeStamp;
    },
    true,
  );
  addEventListener('input', () => measured.keys.push(performance.now() - pressed));
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    measured.kept.push(now - last - 4);
    last = now;
  }, 4);
}
