// Text that is dragged into a page from elsewhere is held like a paste.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { proves } from './coverage.mjs';
import { editors, enter, everything, fields, frames, read } from './places.mjs';
import { openSite } from './site.mjs';
import { choose, inField, settles, stateOf, textIn, until, warned } from './steps.mjs';
import { browsers, extensionFor, launch, onEachBrowser, onPage } from './suite.mjs';
import { benignHeld, CLEAN, key } from './texts.mjs';

/** @typedef {import('./places.mjs').Place} Place */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const PLACES = [
  ...fields,
  ...frames,
  // Monaco takes a drop as a snippet, with and without us, and what it holds afterwards is not what was dropped. The others take none.
  ...editors.filter(({ name }) => !/Monaco|Quill|Trix|xterm|nobody has heard/.test(name)),
];

/**
 * Whether the driver's drop does what the browser does when no handler takes it (see `drivers/firefox-page.mjs`).
 * @param {string} browser
 * @param {Place} place
 */
const nativeDrops = (browser, place) => browser === 'chromium' || !place.field.includes('>>>');

/**
 * Where a text that is dropped goes behind everything that is there: the first line, at its far end.
 * @param {Page} frame
 * @param {Place} place
 */
async function end(frame, place) {
  return inField(frame, place.field, (field) => {
    const { right, top, height } = field.getBoundingClientRect();
    return { x: right - 20, y: top + Math.min(12, height / 2) };
  });
}

onEachBrowser((stage) => {
  for (const place of PLACES) {
    onPage(
      `a key dropped into ${place.name} waits for the person's choice, and each choice is done`,
      stage,
      place.path,
      async (page) => {
        const frame = await enter(page, place);
        const drop = async (/** @type {string} */ text) =>
          frame.drop(await end(frame, place), { flavours: { 'text/plain': text } });
        const now = async () => (await read(frame, place)).trim();
        if (nativeDrops(stage.name, place)) await drop('clean ');
        else await frame.type('clean ');
        // Ace lets a drop go by that comes long after the last drag over it, as on a busy machine.
        if (!(await until('it arrives', now, 5_000).catch(() => ''))) await drop('clean ');
        await settles(now, 'clean', 'a clean text arrives');

        const secret = key();
        const hold = async () => {
          await drop(`{${secret}}`);
          const warning = await warned(frame);
          assert.ok(!(await everything(frame, place)).includes(secret.slice(-12)), 'nothing of the key is in the page');
          return warning;
        };
        const before = await read(frame, place);
        const { text } = await hold();
        assert.match(text, /Drop anyway/);
        await choose(frame, 'keep-out');
        assert.equal(await read(frame, place), before);
        proves(stage, 'held', 'drop', place.name);

        if (place.noRelease) return;
        await hold();
        await choose(frame, 'placeholder');
        await until('a placeholder arrives', async () => /clean .*\{.+\}/s.test(await read(frame, place)));
        assert.ok(!(await read(frame, place)).includes(secret));

        await hold();
        await choose(frame, 'anyway');
        await until('the text itself arrives', async () => (await read(frame, place)).includes(`{${secret}}`));
      },
    );
  }

  onPage('T18 a place that takes drops never sees a key that is kept out', stage, '/pages/zone.html', async (page) => {
    const secret = key();
    await page.drop('#zone', { flavours: { 'text/plain': secret, 'text/html': `<b>${secret}</b>` } });
    await warned(page);
    await choose(page, 'keep-out');
    const seen = await page.evaluate(() => /** @type {any} */ (globalThis).seen);
    assert.ok(!seen.includes('drop zone'));
    assert.equal(seen.at(-1), 'dragleave zone', 'it is told that the drag is over');
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).dropped), []);
  });

  if (stage.name === 'chromium') {
    // The driver of Firefox has no drag that begins in the page.
    onPage(
      'a text that is dragged within a page is the page\u2019s already, and is moved',
      stage,
      '/pages/fields.html',
      async (page) => {
        const secret = key();
        const from = await page.evaluate((/** @type {string} */ text) => {
          const source = /** @type {HTMLElement} */ (document.querySelector('#editable'));
          source.textContent = text;
          source.style.width = 'max-content';
          getSelection()?.selectAllChildren(source);
          const { x, y, height } = source.getBoundingClientRect();
          return { x: x + 20, y: y + height / 2 };
        }, secret);
        const to = await page.evaluate(() => {
          const { x, y } = /** @type {HTMLElement} */ (document.querySelector('#textarea')).getBoundingClientRect();
          return { x: x + 10, y: y + 10 };
        });
        const { mouse } = /** @type {any} */ (page).tab;
        await mouse.move(from.x, from.y);
        await mouse.down();
        await mouse.move(to.x, to.y, { steps: 10 });
        await mouse.up();
        await settles(() => textIn(page, '#textarea'), secret, 'it arrives');
        assert.equal(await textIn(page, '#editable'), '', 'and is gone from where it was');
        assert.equal(await page.warning(), null);

        // The same text from elsewhere could be dragged as well, and tells the page nothing; another one is held.
        await page.drop('#textarea', { flavours: { 'text/plain': key() } });
        await warned(page);
        await choose(page, 'keep-out');
      },
    );
  }

  onPage('a key in an address that is dropped is found', stage, '/pages/zone.html', async (page) => {
    const secret = key();
    await page.drop('#zone', { flavours: { 'text/uri-list': `https://example.org/?key=${secret}` } });
    await warned(page);
    await choose(page, 'keep-out');
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).dropped), []);
  });
});

for (const name of browsers) {
  describe(name, () => {
    /** @type {import('./site.mjs').Site} */
    let site;
    /** @type {import('./drivers/verbs.d.ts').Browser[]} */
    let both = [];
    /** @type {string} */
    let held;
    before(
      async () => {
        held = await benignHeld();
        site = await openSite();
        both = [await launch(name), await launch(name, { extension: extensionFor(name) })];
      },
      { timeout: 120_000 },
    );
    after(async () => {
      for (const browser of both) await browser.close();
      await site?.close();
    });

    test('a harmless drop that was held reaches the page with all its flavours at the same place', async () => {
      const flavours = { 'text/plain': held, 'text/html': `<b>${held}</b>`, 'application/x-own': CLEAN };
      const results = await inBoth('/pages/zone.html', async (page) => {
        await page.drop('#zone', { flavours });
        return until('the drop', async () => (await page.evaluate(() => /** @type {any} */ (globalThis).dropped))[0]);
      });
      assert.deepEqual(results[0].flavours, flavours, 'the browser itself drops it');
      assert.deepEqual(results[1], results[0]);
    });

    for (const place of [...fields, ...editors].filter(({ name: what }) =>
      /the (?:input|textarea) of a page with the plain|x-closed|React|ProseMirror|^CodeMirror/.test(what),
    )) {
      // Chromium puts spaces around what is dropped between words of rich text; a drop into an empty one has none to put.
      const rich = /editable/.test(place.field);
      if (!nativeDrops(name, place)) continue;
      test(`a harmless drop into ${place.name} leaves the same text, selection and undo as without the extension`, {
        timeout: 90_000,
      }, async () => {
        const results = await inBoth(place.path, async (page) => {
          const see = () => (place.kind === 'editor' ? read(page, place) : stateOf(page, place.field));
          await enter(page, place);
          if (!rich) await page.type('AABB ');
          const before = await see();
          const changes = async (/** @type {unknown} */ from) => {
            await until('a change', async () => JSON.stringify(await see()) !== JSON.stringify(from));
            return see();
          };
          await page.drop(await end(page, place), { flavours: { 'text/plain': held } });
          const dropped = await changes(before);
          await page.undo();
          const undone = await changes(dropped);
          return { before, dropped, undone };
        });
        assert.deepEqual(results[1], results[0]);
      });
    }

    /**
     * @template R
     * @param {string} address
     * @param {(page: Page) => Promise<R>} body
     * @returns {Promise<R[]>} without and with the extension
     */
    async function inBoth(address, body) {
      const results = [];
      for (const browser of both) {
        const page = await browser.open(site.a + address);
        try {
          results.push(await body(page));
        } finally {
          await page.close();
        }
      }
      return results;
    }
  });
}
