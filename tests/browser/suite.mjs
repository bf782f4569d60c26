// What every spec file shares: one browser and one site for its tests, on each browser that the run asks for.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertNoResidue, filesOfExtension, KEEP } from './residue.mjs';
import { openSite } from './site.mjs';
import { given } from './texts.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');
const NAMES = /** @type {const} */ (['chromium', 'firefox']);

/** One test drives a browser through a few dozen steps of some milliseconds; this long means that something hangs. */
export const TEST_WITHIN = 90_000;

/**
 * @typedef {object} Stage
 * @property {import('./drivers/verbs.d.ts').Browser} browser
 * @property {import('./site.mjs').Site} site
 * @property {'chromium' | 'firefox'} name
 */

/** Browsers of this run: both, or the one in KEYSTAY_BROWSER. */
export const browsers = NAMES.filter((name) => (process.env.KEYSTAY_BROWSER ?? name) === name);
if (browsers.length === 0) throw new Error(`KEYSTAY_BROWSER is one of ${NAMES.join(', ')}`);

/**
 * @param {'chromium' | 'firefox'} name
 * @returns {string} folder of the built extension
 */
export function extensionFor(name) {
  const folder = path.join(ROOT, 'dist', name);
  if (!fs.existsSync(path.join(folder, 'manifest.json'))) throw new Error(`${folder} is missing: run ./build.sh first`);
  return folder;
}

/**
 * @param {'chromium' | 'firefox'} name
 * @param {import('./drivers/verbs.d.ts').Launch} [options]
 */
export async function launch(name, options = {}) {
  const driver = await import(`./drivers/${name}.mjs`);
  return /** @type {Promise<import('./drivers/verbs.d.ts').Browser>} */ (driver.launch(options));
}

/**
 * Declares tests for every browser of the run. The stage is filled before the first test and emptied after the last.
 * @param {(stage: Stage) => void} declare
 * @param {{ extension?: boolean }} [options] without the extension a test states what the browser itself does
 */
export function onEachBrowser(declare, { extension = true } = {}) {
  for (const name of browsers) {
    describe(extension ? name : `${name} without the extension`, () => {
      const stage = /** @type {Stage} */ ({ name });
      let profile = '';
      before(
        async () => {
          stage.site = await openSite();
          profile = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'keystay-profile-'));
          stage.browser = await launch(
            name,
            extension ? { extension: extensionFor(name), profile, prefs: KEEP } : { profile },
          );
        },
        { timeout: TEST_WITHIN },
      );
      // After the last test nothing of a key that any of them used is in what the extension has stored.
      after(async () => {
        await stage.browser?.close();
        await stage.site?.close();
        if (extension) assertNoResidue(await filesOfExtension(profile), given);
        await fs.promises.rm(profile, { recursive: true, force: true, maxRetries: 3 });
      });
      declare(stage);
    });
  }
}

/**
 * A test with a page of its own.
 * @param {string} sentence
 * @param {Stage} stage
 * @param {string} address path on the site a.test
 * @param {(page: import('./drivers/verbs.d.ts').Page, context: import('node:test').TestContext) => Promise<void>} body
 */
export function onPage(sentence, stage, address, body) {
  test(sentence, { timeout: TEST_WITHIN }, async (context) => {
    const page = await stage.browser.open(stage.site.a + address);
    try {
      await body(page, context);
    } catch (error) {
      await keepPicture(page, `${stage.name} ${sentence}`);
      throw error;
    } finally {
      await page.close();
    }
  });
}

/**
 * Where KEYSTAY_PICTURES names a folder, a failed test leaves what it saw there.
 * @param {import('./drivers/verbs.d.ts').Page} page
 * @param {string} name
 */
export async function keepPicture(page, name) {
  const folder = process.env.KEYSTAY_PICTURES;
  if (!folder) return;
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot(path.join(folder, `${name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 100)}.png`)).catch(() => {});
}
