// What pages, the browser and hurried people do to a hold. Nothing of it releases a text.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { choose, noWarning, settles, silenceBackground, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { benignHeld, CLEAN, key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const FIELDS = '/pages/fields.html';
const LISTENERS = '/pages/listeners.html';

/** @param {Page} page */
const value = (page) => textIn(page, '#textarea');

onEachBrowser((stage) => {
  onPage('T13 a key is held again after the background was stopped between two pastes', stage, FIELDS, async (page) => {
    await stage.browser.copy(key());
    await page.click('#textarea');
    for (let round = 0; round < 3; round++) {
      await page.paste();
      await warned(page);
      await page.press('Escape');
      await noWarning(page);
      // What the warning still has to say of the decision may wake it once more.
      await until('the background is stopped', async () => {
        await stage.browser.killBackground();
        return !(await stage.browser.backgroundRuns());
      });
    }
    assert.equal(await value(page), '');
  });

  onPage('T13 a benign text that is held arrives although the background was stopped', stage, FIELDS, async (page) => {
    const text = await benignHeld();
    await stage.browser.copy(text);
    await page.click('#textarea');
    for (let round = 1; round <= 3; round++) {
      await stage.browser.killBackground();
      await page.paste();
      await settles(() => value(page), text.repeat(round), `round ${round}`);
      assert.equal(await stage.browser.backgroundRuns(), true, 'the text was judged');
    }
  });

  onPage(
    'T13 a warning stays, and its choices work, when the background is stopped under it',
    stage,
    FIELDS,
    async (page) => {
      const secret = key();
      await stage.browser.copy(secret);
      await page.click('#textarea');
      await page.paste();
      await warned(page);
      await stage.browser.killBackground();
      await pause(500);
      assert.ok(await page.warning());
      assert.equal(await value(page), '');
      await choose(page, 'anyway');
      await settles(() => value(page), secret, 'the text that was chosen');
    },
  );

  onPage('ten pastes in a second arrive all and in order', stage, FIELDS, async (page) => {
    const text = await benignHeld();
    const copies = 10;
    await page.click('#textarea');
    await page.evaluate(offerNumbered, text, copies);
    await page.press(...Array.from({ length: copies }, () => ['Control+C', 'Control+V']).flat());
    const expected = Array.from({ length: copies }, (_, index) => `${text} ${index};`).join('');
    await settles(() => value(page), expected, 'every paste once, in order');
    assert.equal(await page.warning(), null);
  });

  onPage('T44 ten keys pasted in a second are all held', stage, FIELDS, async (page) => {
    const secret = key();
    await stage.browser.copy(secret);
    await page.click('#textarea');
    await page.press(...Array.from({ length: 10 }, () => 'Control+V'));
    await warned(page);
    // How many were pressed before the warning took the focus depends on the machine; each of those asks by itself.
    for (let asked = 0; asked <= 10; asked++) {
      const open = await until('a warning or an end', async () => {
        await pause(200);
        return (await page.warning()) ?? 'none';
      });
      if (open === 'none') break;
      assert.ok(asked < 10, 'no more questions than pastes');
      assert.equal(await value(page), '');
      await page.press('Escape');
    }
    assert.equal(await value(page), '');
    await stage.browser.copy(CLEAN);
    await page.paste();
    await settles(() => value(page), CLEAN, 'and a clean text still arrives');
  });

  onPage(
    'T01 listeners of the page, whenever and wherever added, never see a paste that is held',
    stage,
    LISTENERS,
    async (page) => {
      const seen = () => page.evaluate(() => /** @type {any} */ (globalThis).seen.splice(0));
      await page.evaluate(() => /** @type {any} */ (globalThis).watchAgain());
      await stage.browser.copy(CLEAN);
      await page.click('#textarea');
      await page.paste();
      await settles(() => value(page), CLEAN, 'a clean text arrives');
      // On the target itself both phases are one event for two listeners; together 2 times × 3 places × 2 phases.
      assert.equal((await seen()).filter((/** @type {any} */ { type }) => type === 'paste').length, 12);

      await stage.browser.copy(key());
      await page.paste();
      await warned(page);
      assert.deepEqual(await seen(), []);
      await choose(page, 'keep-out');
      assert.deepEqual(await seen(), []);
    },
  );

  onPage('T12 a page that froze for three seconds is held', stage, FIELDS, async (page) => {
    await stage.browser.copy(key());
    await page.click('#textarea');
    await page.evaluate(() => {
      setTimeout(() => {
        const end = performance.now() + 3000;
        while (performance.now() < end);
      }, 100);
    });
    await page.paste();
    await warned(page);
    assert.equal(await value(page), '');
    await page.press('Escape');
    await noWarning(page);
  });

  onPage('T11 ten thousand pastes that a page makes itself wake nobody', stage, FIELDS, async (page) => {
    await silenceBackground(stage.browser);
    await page.evaluate((secret) => {
      for (let count = 0; count < 10_000; count++) {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', secret);
        document
          .querySelector('textarea')
          ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      }
    }, key());
    await pause(500);
    assert.equal(await stage.browser.backgroundRuns(), false);
    assert.equal(await page.warning(), null);
  });
});

/**
 * Makes each copy in the page carry the next numbered text, so that copying and pasting go on without leaving the field.
 * @param {string} text
 * @param {number} copies
 */
function offerNumbered(text, copies) {
  let next = 0;
  // Chromium copies nothing where nothing is selected, unless the page says that it will.
  document.addEventListener('beforecopy', (event) => event.preventDefault());
  document.addEventListener('copy', (event) => {
    event.preventDefault();
    if (next < copies) event.clipboardData?.setData('text/plain', `${text} ${next++};`);
  });
}
