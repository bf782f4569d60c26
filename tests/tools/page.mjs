// Steps on the pages of tools.

import { until } from '../browser/steps.mjs';

/** @typedef {import('../browser/drivers/verbs.d.ts').Page} Page */

/** A page of JupyterLab takes this long on a machine that does other things. */
const LOADS_WITHIN = 90_000;

/**
 * @param {Page} page
 * @param {string} selector
 */
export async function appears(page, selector) {
  await until(
    selector,
    () => page.evaluate((wanted) => (document.querySelector(wanted)?.getClientRects().length ?? 0) > 0, selector),
    LOADS_WITHIN,
  );
}

/**
 * An input for files on the first page of a tool that uploads what is chosen at once.
 * @param {string} selector
 * @returns {import('./tool.d.ts').Upload}
 */
export const uploadAtOnce = (selector) => ({
  name: 'a file',
  async open(page, address) {
    await page.goto(`${address}/`);
    await exists(page, selector);
    return page;
  },
  choose: (page, file) => page.chooseFiles(selector, [file]),
  send: null,
});

/**
 * A text field on the first page of a tool.
 * @param {string} selector
 * @returns {Pick<import('./tool.d.ts').Place, 'open' | 'read'>}
 */
export const fieldAt = (selector) => ({
  async open(page, address) {
    await page.goto(`${address}/`);
    await clickWhenThere(page, selector);
    return page;
  },
  read: (page) => valueIn(page, selector),
});

/**
 * For what no person sees, such as the input behind a button.
 * @param {Page} page
 * @param {string} selector
 */
async function exists(page, selector) {
  await until(
    selector,
    () => page.evaluate((wanted) => document.querySelector(wanted) !== null, selector),
    LOADS_WITHIN,
  );
}

/**
 * @param {Page} page
 * @param {string} selector
 */
export async function clickWhenThere(page, selector) {
  await appears(page, selector);
  await page.click(selector);
}

/**
 * @param {Page} page
 * @param {string} selector
 */
export function valueIn(page, selector) {
  return page.evaluate((wanted) => /** @type {any} */ (document.querySelector(wanted))?.value ?? '', selector);
}
