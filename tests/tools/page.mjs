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
 * For what no person sees, such as the input behind a button.
 * @param {Page} page
 * @param {string} selector
 */
export async function exists(page, selector) {
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
