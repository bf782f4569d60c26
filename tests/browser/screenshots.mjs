// Pictures of the extension's pages for docs/screenshots, in light and dark, with a history made by pasting generated keys.
// Run by `./build.sh bench`. KEYSTAY_SCREENSHOTS names another folder.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { openOwn, openPopup, pressOn, textOf } from './pages.mjs';
import { openSite } from './site.mjs';
import { choose, until } from './steps.mjs';
import { extensionFor, launch } from './suite.mjs';
import { sample } from './texts.mjs';

const FOLDER = process.env.KEYSTAY_SCREENSHOTS ?? path.join(import.meta.dirname, '..', '..', 'docs', 'screenshots');

const SCHEMES = { light: [], dark: ['--blink-settings=preferredColorScheme=0'] };

/** What was pasted, and what was decided. */
const HISTORY = /** @type {const} */ ([
  ['github-pat-classic', 'keep-out'],
  ['openai-project-key', 'placeholder'],
  ['anthropic-api-key', 'keep-out'],
  ['stripe-secret-key', 'anyway'],
]);

await fs.mkdir(FOLDER, { recursive: true });
for (const [scheme, args] of Object.entries(SCHEMES)) {
  const site = await openSite();
  const browser = await launch('chromium', { extension: extensionFor('chromium'), args });
  const page = await browser.open(`${site.a}/pages/fields.html`);
  for (const [rule, choice] of HISTORY) {
    await browser.copy(sample(rule).secret);
    await page.click('#textarea');
    await page.press('Control+A', 'Delete');
    await page.paste();
    await choose(page, choice);
  }

  const popup = await openPopup(browser, page);
  await until('the last events', () => textOf(popup, '#last'));
  await picture(popup, `popup-${scheme}`, 360);
  await popup.close();

  await browser.copy(sample('stripe-secret-key').secret);
  await page.click('#textarea');
  await page.paste();
  await until('a warning', () => page.warning());
  const held = await openPopup(browser, page);
  await picture(held, `popup-held-${scheme}`, 360);
  await pressOn(held, '#held button.main');
  await held.close();

  const options = await openOwn(browser, 'options/index.html');
  await until('the kinds', () => textOf(options, '#found'));
  await pressOn(options, '#secret-name');
  await options.type('DATABASE_PASSWORD');
  await options.press('Tab');
  await options.type(randomBytes(18).toString('base64url'));
  await pressOn(options, '#secret-add');
  await until('it is registered', async () => /DATABASE/.test(await textOf(options, '#secrets-list')));
  await pressOn(options, '#rules-example');
  await pressOn(options, '#tried-text');
  await options.insert(
    `DEPLOY_KEY=acmedk_${randomBytes(16).toString('hex')}\n${sample('stripe-secret-test-key').secret}`,
  );
  await until('what is found', () => textOf(options, '#tried-found'));
  await options.click('#search');
  await options.type('stripe');
  await picture(options, `options-${scheme}`, 1000);
  await options.close();

  const history = await openOwn(browser, 'history/index.html');
  await until('the entries', () => textOf(history, '#found'));
  await pressOn(history, '#entries summary');
  await until('the plan', () => textOf(history, '#entries ol'));
  await picture(history, `history-${scheme}`, 1000);
  await history.close();

  const welcome = await openOwn(browser, 'welcome/index.html');
  await until('a key', () => textOf(welcome, '#practice'));
  await picture(welcome, `welcome-${scheme}`, 1000);
  await welcome.close();

  await browser.close();
  await site.close();
}

/**
 * The whole page, as wide as given.
 * @param {import('./drivers/verbs.d.ts').Page} page
 * @param {string} name
 * @param {number} width
 */
async function picture(page, name, width) {
  const { tab } = /** @type {{ tab: import('puppeteer-core').Page }} */ (/** @type {unknown} */ (page));
  await tab.setViewport({ width, height: 400 });
  const file = /** @type {`${string}.png`} */ (path.join(FOLDER, `${name}.png`));
  await tab.screenshot({ path: file, fullPage: true });
}
