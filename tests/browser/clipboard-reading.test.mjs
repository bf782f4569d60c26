// A page's own "Paste" button reads the clipboard without a paste. It waits like one.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { proves } from './coverage.mjs';
import { choose, noWarning, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { benignHeld, CLEAN, key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */
/** @typedef {{ name: string, texts?: Record<string, string>, error?: string }} Reading */

const PLACEHOLDER = '$ANTHROPIC_API_KEY';

/** In this time a page has what nobody holds. */
const READ_WITHIN = 400;

/** @param {Page} page */
const got = (page) => page.evaluate(() => /** @type {any} */ (globalThis).got);

/** @param {Page} page @param {Reading[]} readings */
const gets = (page, readings) => settles(() => got(page), readings, 'what the page has read');

/** The buttons that read, and whether they get every flavour. */
const BUTTONS = { 'read-text': false, read: true, fresh: false };

/** What they call. @type {Record<string, string>} */
const CALLS = { 'read-text': 'readText()', read: 'read()', fresh: 'the readText() of a blank frame' };

onEachBrowser((stage) => {
  /**
   * @param {string} sentence
   * @param {(page: Page) => Promise<void>} body
   */
  const onSecurePage = (sentence, body) => {
    onPage(sentence, stage, '/pages/fields.html', async (page) => {
      await stage.browser.allowReading(stage.site.secure);
      await page.goto(`${stage.site.secure}/pages/clipboard.html`);
      await body(page);
    });
  };

  for (const [name, all] of Object.entries(BUTTONS)) {
    /** @param {Record<string, string>} texts */
    const read = (texts) => [{ name, texts: all ? texts : { 'text/plain': texts['text/plain'] ?? '' } }];

    onSecurePage(`T17 ${name}: a key waits for the person, and stays out`, async (page) => {
      const secret = key();
      await stage.browser.copy(`export A=${secret}`);
      await page.click(`#${name}`);
      const warning = await warned(page);
      assert.match(warning.text, /secure\.localhost would get it/);
      assert.ok(!warning.markup.includes(secret.slice(-12)), 'the warning does not contain the secret');
      await pause(READ_WITHIN);
      assert.deepEqual(await got(page), [], 'the page has nothing yet');
      await choose(page, 'keep-out', 'keyboard');
      await gets(page, [{ name, error: 'NotAllowedError' }]);
      proves(stage, 'held', 'key', `read by a button of the page with ${CALLS[name]}`);
    });

    onSecurePage(`${name}: a placeholder comes in place of the key`, async (page) => {
      await stage.browser.copy(`AA ${key()} BB`);
      await page.click(`#${name}`);
      await choose(page, 'placeholder');
      await gets(page, read({ 'text/plain': `AA ${PLACEHOLDER} BB` }));
    });

    onSecurePage(`${name}: the person may let it have the key`, async (page) => {
      const secret = `export A=${key()}`;
      await stage.browser.copy(secret);
      await page.click(`#${name}`);
      await choose(page, 'anyway');
      await gets(page, read({ 'text/plain': secret }));
    });

    onSecurePage(`${name}: texts without a key come as they are, held or not`, async (page) => {
      for (const text of [CLEAN, await benignHeld()]) {
        await page.evaluate(() => {
          /** @type {any} */ (globalThis).got = [];
        });
        await stage.browser.copy(text);
        await page.click(`#${name}`);
        await gets(page, read({ 'text/plain': text }));
        assert.equal(await page.warning(), null);
      }
    });
  }

  onSecurePage('a key that only the markup holds is found too', async (page) => {
    const secret = key();
    await stage.browser.copyFlavours({ 'text/plain': 'see there', 'text/html': `<b>${secret}</b>` });
    await page.click('#read');
    await warned(page);
    await choose(page, 'keep-out');
    await gets(page, [{ name: 'read', error: 'NotAllowedError' }]);
    await page.click('#read-text');
    await until('the plain text comes', async () => (await got(page)).length === 2);
    assert.deepEqual((await got(page))[1], { name: 'read-text', texts: { 'text/plain': 'see there' } });
  });

  onSecurePage('a key that was let through is not asked about again where the page puts it', async (page) => {
    const secret = key();
    await stage.browser.copy(secret);
    await page.click('#read-text');
    await choose(page, 'anyway');
    await settles(() => textIn(page, '#field'), secret, 'the page puts it there');
    await page.click('#field');
    await page.press('End');
    await page.type(' and more');
    await pause(2 * READ_WITHIN);
    assert.equal(await page.chip(), null);
  });

  onSecurePage('two readings at once are asked about one after the other', async (page) => {
    await stage.browser.copy(key());
    await page.click('#read-text');
    await warned(page);
    await page.evaluate(() => document.getElementById('read')?.click());
    await page.press('Escape');
    await gets(page, [{ name: 'read-text', error: 'NotAllowedError' }]);
    await warned(page);
    await choose(page, 'keep-out');
    await noWarning(page);
    assert.equal((await got(page)).length, 2);
  });

  onSecurePage(
    'a page that replaces what our code is made of learns nothing before the person has decided',
    async (page) => {
      const secret = key();
      await page.evaluate(() => {
        const global = /** @type {any} */ (globalThis);
        global.seen = [];
        const note = (/** @type {unknown[]} */ ...values) => {
          for (const value of values) if (typeof value === 'string') global.seen.push(value);
        };
        /** @param {any} object @param {string} name */
        const spy = (object, name) => {
          const native = object[name];
          object[name] = function (/** @type {unknown[]} */ ...values) {
            note(this?.data, this?.detail, ...values);
            if (name === 'then') {
              const next = /** @type {((value: unknown) => unknown) | undefined} */ (values[0]);
              const spied = (/** @type {unknown} */ value) => {
                note(value);
                return next?.(value);
              };
              return native.call(this, spied, values[1]);
            }
            return native.apply(this, values);
          };
        };
        for (const [object, names] of /** @type {[any, string[]][]} */ ([
          [Promise.prototype, ['then']],
          [Document.prototype, ['createTextNode', 'createElement']],
          [Node.prototype, ['appendChild']],
          [EventTarget.prototype, ['dispatchEvent', 'addEventListener']],
          [Blob.prototype, ['text']],
          [Reflect, ['apply']],
          [Array.prototype, ['push']],
        ]))
          for (const name of names) spy(object, name);
        for (const name of ['bubbles', 'detail', 'relatedTarget', '0', 'type'])
          Object.defineProperty(Object.prototype, name, {
            configurable: true,
            get() {
              note(this.data, this.text, this.textContent);
              return undefined;
            },
            set(value) {
              note(value, value?.textContent);
              const own = { __proto__: null, value, writable: true, configurable: true, enumerable: true };
              Object.defineProperty(this, name, own);
            },
          });
      });
      await stage.browser.copy(secret);
      for (const button of ['#read-text', '#read']) {
        await page.click(button);
        await warned(page);
        const seen = await page.evaluate(() => /** @type {any} */ (globalThis).seen.join('\n'));
        assert.ok(!seen.includes(secret), 'nothing of the page has seen the text');
        await choose(page, 'keep-out');
      }
    },
  );

  onSecurePage('the methods look like the browser’s own', async (page) => {
    const looks = await page.evaluate(() =>
      ['readText', 'read'].map((name) => {
        const descriptor = Object.getOwnPropertyDescriptor(Clipboard.prototype, name);
        const { value, ...rest } = /** @type {PropertyDescriptor} */ (descriptor);
        const source = Function.prototype.toString.call(value);
        return { name: value.name, length: value.length, rest, native: source.includes('[native code]') };
      }),
    );
    const rest = { writable: true, enumerable: true, configurable: true };
    assert.deepEqual(
      looks,
      ['readText', 'read'].map((name) => ({ name, length: 0, rest, native: true })),
    );
    const stolen = await page.evaluate(() => {
      const traps = /** @type {any} */ (Object.prototype);
      const { readText } = Clipboard.prototype;
      let native = null;
      traps.get = (/** @type {unknown} */ target) => {
        native = target;
      };
      void readText.name;
      delete traps.get;
      return native !== null;
    });
    assert.equal(stolen, false, 'no trap of the page leads to what is behind them');
    const error = await page.evaluate(() =>
      Clipboard.prototype.readText.call(/** @type {any} */ ({})).then(
        () => 'none',
        (/** @type {Error} */ { name }) => name,
      ),
    );
    assert.equal(error, 'TypeError');
  });
});
