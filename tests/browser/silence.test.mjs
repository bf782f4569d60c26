// A page in which nothing was found cannot tell that the extension is there: no change of its tree, no message, no global, no request.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { marked, settles, silenceBackground, textIn, unmarked, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { CLEAN, key } from './texts.mjs';

onEachBrowser((stage) => {
  onPage('T29 a clean text causes no change in the tree and no message', stage, '/pages/fields.html', async (page) => {
    await page.evaluate(() => {
      const changes = /** @type {string[]} */ ([]);
      new MutationObserver((records) => {
        for (const { type, target, attributeName } of records)
          changes.push(`${type} ${target.nodeName} ${attributeName ?? ''}`);
      }).observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
      /** @type {any} */ (globalThis).changes = changes;
    });
    const changes = () => page.evaluate(() => /** @type {any} */ (globalThis).changes);
    // Before, since the key that copies starts it too.
    await stage.browser.copy(CLEAN);
    await silenceBackground(stage.browser);

    for (const field of ['#input', '#textarea']) {
      await page.click(field);
      await page.pasteFromMenu();
      await settles(() => textIn(page, field), CLEAN, 'the text arrives');
      await page.type('and more');
    }
    await pause(500);
    assert.deepEqual(await changes(), []);
    assert.equal(
      await stage.browser.backgroundRuns(),
      false,
      'nobody asked the background, which would have started it',
    );

    // The observer does see what a warning adds, and the background does start when it is asked.
    await stage.browser.copy(key());
    await page.paste();
    await warned(page);
    assert.notDeepEqual(await changes(), []);
    assert.equal(await stage.browser.backgroundRuns(), true);
    await page.press('Escape');
  });

  onPage(
    'the key that comes before a paste starts the background, in a field and nowhere else',
    stage,
    '/pages/fields.html',
    async (page) => {
      await silenceBackground(stage.browser);
      await page.click({ x: 500, y: 500 });
      await page.press('Control');
      await pause(500);
      assert.equal(await stage.browser.backgroundRuns(), false);
      await page.click('#textarea');
      await page.press('a', 'Control');
      await settles(() => stage.browser.backgroundRuns(), true, 'the background runs before anything is pasted');
    },
  );

  onPage(
    'when a marked key is gone, so is all that the page could see of the mark',
    stage,
    '/pages/fields.html',
    async (page) => {
      const seen = () =>
        page.evaluate(() => ({
          elements: document.documentElement.children.length,
          sheets: document.adoptedStyleSheets.length,
          highlights: CSS.highlights.size,
        }));
      const before = await seen();
      await page.click('#editable');
      await page.type(key());
      await marked(page);
      assert.deepEqual(await seen(), { elements: before.elements + 1, sheets: 1, highlights: 1 });
      await page.press('Control+A', 'Delete');
      await unmarked(page);
      assert.deepEqual(await seen(), before);
    },
  );

  onPage(
    'T29 the page finds no name, no element and no changed function of ours',
    stage,
    '/pages/fields.html',
    async (page) => {
      const found = await page.evaluate(() => ({
        names: Object.keys(globalThis).filter((name) => /keystay|tripwire|secret/i.test(name)),
        elements: document.querySelectorAll('*').length,
        native: [Document.prototype.open, Document.prototype.write, Document.prototype.writeln].every((fn) =>
          /\[native code\]/.test(Function.prototype.toString.call(fn)),
        ),
        requests: performance.getEntriesByType('resource').map(({ name }) => name),
      }));
      assert.deepEqual(found.names, []);
      assert.equal(found.native, true);
      assert.deepEqual(
        found.requests.filter((name) => /extension/.test(name)),
        [],
      );
    },
  );
});
