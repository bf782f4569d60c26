// Ways into a field that are rarer than keys and Ctrl+V, and documents that come about in other ways than by loading.

import assert from 'node:assert/strict';
import { proves } from './coverage.mjs';
import { choose, marked, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { CLEAN, key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const FIELDS = '/pages/fields.html';

onEachBrowser((stage) => {
  const way = (/** @type {import('./coverage.mjs').Proof} */ proof, /** @type {string} */ name) =>
    proves(stage, proof, 'key', name);

  /**
   * A clean paste arrives, a key waits.
   * @param {Page} page
   * @param {(page: Page) => Promise<void>} [paste]
   */
  async function pasteIsHeld(page, paste = (one) => one.paste()) {
    await page.click('#textarea');
    await stage.browser.copy(CLEAN);
    await paste(page);
    await settles(() => textIn(page, '#textarea'), CLEAN, 'a clean text arrives');
    await stage.browser.copy(key());
    await paste(page);
    await warned(page);
    assert.equal(await textIn(page, '#textarea'), CLEAN);
    await choose(page, 'keep-out');
    assert.equal(await textIn(page, '#textarea'), CLEAN);
  }

  onPage('a key pasted by the entry of a menu is held', stage, FIELDS, async (page) => {
    await pasteIsHeld(page, (one) => one.pasteFromMenu());
    way('held', 'pasted by the entry of a menu');
  });

  onPage('a key pasted without its formatting is held', stage, FIELDS, async (page) => {
    await pasteIsHeld(page, (one) => one.press('Control+Shift+V'));
    way('held', 'pasted without formatting');
  });

  onPage('a key that a page puts in by its own commands is marked', stage, FIELDS, async (page) => {
    await page.click('#editable');
    await page.evaluate((text) => document.execCommand('insertText', false, text), key());
    await marked(page);
    way('marked', "put in by the page's own command");
  });

  onPage('a key that the browser fills in is marked', stage, '/pages/card.html', async (page) => {
    const secret = key();
    await page.click('#name');
    await page.fillIn(secret);
    await settles(() => textIn(page, '#name'), secret, 'the browser fills it in');
    await marked(page);
    way('marked', 'filled in by the browser');
  });

  if (stage.name === 'firefox') {
    onPage('a key that is put in for a misspelled word is marked', stage, FIELDS, async (page) => {
      const secret = key();
      await page.click('#textarea');
      await page.type('wrod');
      await page.evaluate(() => {
        document.addEventListener('input', (event) => {
          /** @type {any} */ (globalThis).inputType = /** @type {InputEvent} */ (event).inputType;
        });
      });
      await page.correct('wrod', secret);
      await settles(() => textIn(page, '#textarea'), secret, 'the word is replaced');
      assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).inputType), 'insertReplacementText');
      await marked(page);
      way('marked', 'put in for a misspelled word');
    });
  }

  if (stage.name === 'chromium') {
    onPage(
      'T18 a key pasted into a page that was made ready before it was asked for is held',
      stage,
      '/pages/prerender.html',
      async (page) => {
        await until('the next page is ready', () => page.evaluate(() => performance.now() > 1500));
        await page.click('#next');
        const started = await until('the next page', () =>
          page
            .evaluate(() => {
              const [entry] = /** @type {any[]} */ (performance.getEntriesByType('navigation'));
              return location.pathname === '/pages/fields.html' && { activation: entry.activationStart };
            })
            .catch(() => null),
        );
        assert.ok(started.activation > 0, 'it was made ready before');
        await pasteIsHeld(page);
        proves(stage, 'held', 'pasted', 'a page that was made ready before it was asked for');
      },
    );
  }

  /** @type {Record<string, (markup: string) => void>} */
  const WINDOWS = {
    'a window that a script fills': () => {
      const view = /** @type {Window} */ (window.open('about:blank'));
      const field = view.document.createElement('textarea');
      field.id = 'textarea';
      view.document.body.append(field);
    },
    'a window that a script writes': (markup) => {
      const view = /** @type {Window} */ (window.open(''));
      view.document.write(markup);
      view.document.close();
    },
  };
  for (const [name, open] of Object.entries(WINDOWS)) {
    onPage(`a key pasted into ${name} is held`, stage, FIELDS, async (page) => {
      const other = await page.opened(() => page.evaluate(open, '<!doctype html><textarea id="textarea"></textarea>'));
      try {
        await until('the field', () => other.evaluate(() => document.querySelector('textarea') !== null));
        await pasteIsHeld(other);
        proves(stage, 'held', 'pasted', name);
      } finally {
        await other.close();
      }
    });
  }
});
