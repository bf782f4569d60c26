// A key that comes in two pieces, cut after every character: what stands in the field counts, not what was pasted.

import assert from 'node:assert/strict';
import { proves } from './coverage.mjs';
import { inPieces } from './coverage-matrix.mjs';
import { editors, enter, fields, read } from './places.mjs';
import { settles, until } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { sample } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/**
 * How the two pieces of a key get into the field.
 * @type {Record<string, (page: Page, first: string, second: string) => Promise<void>>}
 */
const WAYS = {
  'pasted in two pieces': paste,
  'typed up to a place and then pasted': async (page, first, second) => {
    await page.type(first);
    await paste(page, second);
  },
};

/**
 * Kinds of key with check digits, so that no piece is a key by itself.
 * @param {string} way
 * @param {import('./places.mjs').Place} place
 */
function rulesFor(way, place) {
  return way === 'pasted in two pieces' && place.field === '#textarea'
    ? ['npm-token', 'github-pat-classic']
    : ['npm-token'];
}

onEachBrowser((stage) => {
  for (const place of [...fields, ...editors].filter(inPieces)) {
    for (const [way, write] of Object.entries(WAYS)) {
      onPage(`T19 a key ${way} is found in ${place.name}, wherever it was cut`, stage, place.path, async (page) => {
        await enter(page, place);
        await page.evaluate(offer);
        let expected = '';
        let count = 0;
        for (const rule of rulesFor(way, place)) {
          const { length } = sample(rule).secret;
          for (let at = 1; at < length; at++) {
            const { secret } = sample(rule);
            await write(page, secret.slice(0, at), `${secret.slice(at)} `);
            expected += `${secret} `;
            // A space at the end of rich text is one that does not break.
            const text = async () => (await read(page, place)).replaceAll('\u00a0', ' ');
            await settles(text, expected, `cut after ${at} characters`);
            count++;
          }
        }
        await until('every key is known', async () => (await page.chip())?.text.includes(String(count)));
        proves(stage, 'marked', way, place.name);
        assert.equal(await page.warning(), null);
      });
    }
  }
});

/**
 * Copies and pastes without leaving the field: a change of tabs takes longer than all the rest.
 * @param {Page} page
 * @param {string[]} texts
 */
async function paste(page, ...texts) {
  await page.evaluate((next) => {
    /** @type {any} */ (globalThis).next = next;
  }, texts);
  await page.press(...texts.flatMap(() => ['Control+C', 'Control+V']));
}

/** Makes each copy in the page carry the next text that was left for it. */
function offer() {
  // Chromium copies nothing where nothing is selected, unless the page says that it will.
  window.addEventListener('beforecopy', (event) => event.preventDefault(), true);
  window.addEventListener(
    'copy',
    (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      event.clipboardData?.setData('text/plain', /** @type {any} */ (globalThis).next.shift());
    },
    true,
  );
}
