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
  onPage('a key is held again after the background was stopped between two pastes', stage, FIELDS, async (page) => {
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

  onPage('a benign text that is held arrives although the background was stopped', stage, FIELDS, async (page) => {
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
    'a warning stays, and its choices work, when the background is stopped under it',
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

  onPage('ten keys pasted in a second are all held', stage, FIELDS, async (page) => {
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
    'listeners of the page, whenever and wherever added, never see a paste that is held',
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

  onPage('a page that rewrites itself does not disarm the hold', stage, FIELDS, async (page) => {
    await page.evaluate(() => {
      // Started by a timer: a document that opens itself while it is driven never seems to finish.
      setTimeout(() => {
        document.open();
        document.write(`<textarea id="textarea"></textarea><script>
          globalThis.seen = [];
          for (const target of [window, document, document.querySelector('textarea')]) {
            target.addEventListener('paste', event => seen.push(event.clipboardData.getData('text/plain')), true);
          }
        </scr${''}ipt>`);
        document.close();
      }, 0);
    });
    await until('the new document', () => page.evaluate(() => 'seen' in globalThis));
    await proveHeld(page, () => page.evaluate(() => /** @type {any} */ (globalThis).seen));
  });

  onPage(
    'a frame whose document its parent rewrites, with the methods of another realm, is held',
    stage,
    FIELDS,
    async (page) => {
      await page.evaluate(() => {
        const other = document.body.appendChild(document.createElement('iframe')).contentWindow;
        const frame = document.body.appendChild(document.createElement('iframe'));
        frame.id = 'frame';
        /** @type {any} */ (globalThis).seen = [];
        setTimeout(() => {
          const { open, write, close } = /** @type {any} */ (other).Document.prototype;
          open.call(frame.contentDocument);
          write.call(
            frame.contentDocument,
            '<textarea id="textarea"></textarea><script>addEventListener("paste", e => parent.seen.push(e.clipboardData.getData("text/plain")), true)</scr' +
              'ipt>',
          );
          close.call(frame.contentDocument);
        }, 0);
      });
      const frame = await page.frame('#frame');
      await until('the field', () => frame.evaluate(() => document.querySelector('#textarea') !== null));
      await proveHeld(frame, () => page.evaluate(() => /** @type {any} */ (globalThis).seen));
    },
  );

  onPage(
    'a page that replaces the natives it shares with scripts does not disarm the hold',
    stage,
    FIELDS,
    async (page) => {
      await page.evaluate(() => {
        const nothing = /** @type {any} */ (() => undefined);
        EventTarget.prototype.addEventListener = nothing;
        Event.prototype.preventDefault = nothing;
        Event.prototype.stopImmediatePropagation = nothing;
        Element.prototype.attachShadow = nothing;
        RegExp.prototype.test = () => false;
        RegExp.prototype.exec = () => null;
        String.prototype.match = () => null;
        DataTransfer.prototype.getData = () => '';
        HTMLElement.prototype.showPopover = nothing;
      });
      await proveHeld(page, async () => []);
    },
  );

  onPage('a page that froze for three seconds is held', stage, FIELDS, async (page) => {
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

  onPage('ten thousand pastes that a page makes itself wake nobody', stage, FIELDS, async (page) => {
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

  /**
   * @param {Page} page
   * @param {() => Promise<unknown[]>} seen
   */
  async function proveHeld(page, seen) {
    await stage.browser.copy(CLEAN);
    await page.click('#textarea');
    await page.paste();
    await settles(() => value(page), CLEAN, 'a clean text arrives');
    const before = (await seen()).length;
    const secret = key();
    await stage.browser.copy(secret);
    await page.paste();
    await warned(page);
    assert.equal((await seen()).length, before, 'no listener of the page saw the paste');
    await page.press('Escape');
    await noWarning(page);
    assert.equal(await value(page), CLEAN);
  }
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
