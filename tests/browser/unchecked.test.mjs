// A text that cannot be checked stays out, whatever the reason, and the warning says what the reason is.

import assert from 'node:assert/strict';
import { choose, noWarning, settles, textIn, until } from './steps.mjs';
import { extensionFor, onEachBrowser, onPage } from './suite.mjs';
import { CLEAN, key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const FIELDS = '/pages/fields.html';

/** Longer than the content script asks and asks again. */
const GIVES_UP_WITHIN = 40_000;

/** @param {Page} page */
const value = (page) => textIn(page, '#textarea');

onEachBrowser((stage) => {
  /** Until `mendScanner`. */
  const breakScanner = () =>
    stage.browser.inBackground(() => {
      // The engine asks for the time; what is thrown there ends the call inside the engine.
      const background = /** @type {any} */ (self);
      const { now } = background.Date;
      background.mend = () => {
        background.Date.now = now;
      };
      background.Date.now = () => {
        throw new Error('broken for a test');
      };
    });

  const mendScanner = () => stage.browser.inBackground(() => /** @type {any} */ (self).mend());

  onPage(
    'T10 a scanner that fails twice on a text: the hold stays and the warning says so',
    stage,
    FIELDS,
    async (page) => {
      await breakScanner();
      await proveKeptOut(page, /failed again/);
      await mendScanner();
      await proveJudged(page);
    },
  );

  onPage('a typed text that cannot be checked is not sent', stage, '/pages/sending.html', async (page) => {
    const secret = key();
    const sent = () => stage.site.received.some(({ body }) => body.includes(secret));
    await breakScanner();
    await page.click('#chat');
    await page.type(secret);
    await page.press('Enter');
    await until('the warning says why', async () => /failed again/.test((await page.warning())?.text ?? ''));
    await page.press('Escape');
    await noWarning(page);
    assert.equal(sent(), false);

    await mendScanner();
    await page.press('Enter');
    await until('it is checked', async () => /Anthropic API key/.test((await page.warning())?.text ?? ''));
    await choose(page, 'anyway');
    await until('it is sent', async () => sent());
  });

  onPage('T13 a background that never answers: the hold stays and the warning says so', stage, FIELDS, async (page) => {
    await stage.browser.inBackground(() => {
      const { chrome } = /** @type {any} */ (self);
      chrome.runtime.onConnect.addListener((/** @type {any} */ port) => {
        port.postMessage = () => undefined;
      });
    });
    // Only a new document opens a new port.
    await page.goto(stage.site.a + FIELDS);
    await proveKeptOut(page, /did not answer/);
    await stage.browser.killBackground();
    await proveJudged(page);
  });

  onPage(
    'T42 an update of the extension while a page is open: what is pasted there is still held',
    stage,
    FIELDS,
    async (page) => {
      await stage.browser.install(extensionFor(stage.name));
      if (stage.name === 'chromium') {
        // The old content script stays and reaches nobody; Firefox puts the new one into the page.
        await proveKeptOut(page, /Reload the page/);
        await page.goto(stage.site.a + FIELDS);
      }
      await proveJudged(page);
    },
  );

  /**
   * Pastes a key: it is kept out with a reason, and the person may still decide.
   * @param {Page} page
   * @param {RegExp} reason
   */
  async function proveKeptOut(page, reason) {
    const secret = key();
    await stage.browser.copy(secret);
    await page.click('#textarea');
    await page.paste();
    const warning = await until('a warning', () => page.warning(), GIVES_UP_WITHIN);
    assert.match(warning.text, /could not check/);
    assert.match(warning.text, reason);
    assert.deepEqual(warning.choices, ['keep-out', 'anyway']);
    assert.equal(await value(page), '');
    await page.press('Escape');
    await noWarning(page);
    assert.equal(await value(page), '');

    await stage.browser.copy(CLEAN);
    await page.paste();
    await settles(() => value(page), CLEAN, 'what cannot hold a key needs no check');
    await page.press('Control+A', 'Delete');
  }

  /** @param {Page} page */
  async function proveJudged(page) {
    const secret = key();
    await stage.browser.copy(secret);
    await page.click('#textarea');
    await page.paste();
    const warning = await until('a warning', () => page.warning());
    assert.match(warning.text, /Anthropic API key/);
    await choose(page, 'anyway');
    await settles(() => value(page), secret, 'the text itself arrives');
  }
});
