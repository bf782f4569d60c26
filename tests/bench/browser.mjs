// A browser and a site, for as long as something is measured.

import { openSite } from '../browser/site.mjs';
import { extensionFor, launch } from '../browser/suite.mjs';

/** @typedef {import('../browser/drivers/verbs.d.ts').Browser} Browser */
/** @typedef {import('../browser/site.mjs').Site} Site */

/**
 * @param {'chromium' | 'firefox'} name
 * @param {{ extension: boolean }} options
 * @param {(browser: Browser, site: Site) => Promise<void>} measure
 */
export async function inBrowser(name, { extension }, measure) {
  const site = await openSite();
  const browser = await launch(name, {
    ...(extension && { extension: extensionFor(name) }),
    // Firefox rounds times to milliseconds unless it is told not to.
    prefs: { 'privacy.reduceTimerPrecision': false },
  });
  try {
    await measure(browser, site);
  } finally {
    await browser.close();
    await site.close();
  }
}
