// Pastes into a field, timed by the page.

import { settles, textIn } from '../browser/steps.mjs';

/** @typedef {import('../browser/drivers/verbs.d.ts').Browser} Browser */
/** @typedef {import('../browser/drivers/verbs.d.ts').Page} Page */

export const FIELD = '#textarea';

/** Runs in the page: writes down when a V was pressed and when the field changed next. */
export function watchPastes() {
  const global = /** @type {any} */ (globalThis);
  global.times = [];
  let pressed = 0;
  addEventListener(
    'keydown',
    (event) => {
      if (event.key.toLowerCase() === 'v') pressed = performance.now();
    },
    true,
  );
  addEventListener('input', () => global.times.push(performance.now() - pressed), true);
}

/**
 * @param {Browser} browser
 * @param {Page} page
 * @param {string} text
 * @param {number} count
 * @param {() => Promise<void>} [before]
 * @param {() => Promise<void>} [inField] done when the field has the focus
 * @returns {Promise<number[]>}
 */
export async function pastes(browser, page, text, count, before, inField) {
  await browser.copy(text);
  const times = [];
  for (let paste = 0; paste < count; paste++) {
    await before?.();
    await page.evaluate(() => {
      const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea'));
      field.value = '';
      field.focus();
      /** @type {any} */ (globalThis).times.length = 0;
    });
    await inField?.();
    await page.paste();
    await settles(async () => (await textIn(page, FIELD)).length, text.length, 'the text');
    times.push(await page.evaluate(() => /** @type {any} */ (globalThis).times.at(-1)));
  }
  return times;
}
