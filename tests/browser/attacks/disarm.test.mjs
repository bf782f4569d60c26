// The page tries to be rid of the guard, or to be there before it. What counts is what its own listeners read of a paste.

import assert from 'node:assert/strict';
import { proves } from '../coverage.mjs';
import { noWarning, settles, textIn, until, warned } from '../steps.mjs';
import { onEachBrowser, onPage } from '../suite.mjs';
import { CLEAN, key } from '../texts.mjs';

/** @typedef {import('../drivers/verbs.d.ts').Page} Page */
/** @typedef {import('../suite.mjs').Stage} Stage */

const FIELDS = '/pages/fields.html';

/**
 * How a page opens a document anew: in each the written markup holds the first listener. `frame` is where the person pastes.
 * @type {Record<string, { frame: boolean, rewrite: (markup: string) => void }>}
 */
const REWRITES = {
  'its own': {
    frame: false,
    rewrite: (markup) => {
      document.open();
      document.write(markup);
      document.close();
    },
  },
  'its own, line by line and without opening it': {
    frame: false,
    rewrite: (markup) => {
      for (const line of markup.split('\n')) document.writeln(line);
      document.close();
    },
  },
  'its own, with the methods of a blank frame': {
    frame: false,
    rewrite: (markup) => {
      const { contentWindow } = document.body.appendChild(document.createElement('iframe'));
      const { open, write, close } = /** @type {any} */ (contentWindow).Document.prototype;
      open.call(document);
      write.call(document, markup);
      close.call(document);
    },
  },
  'its own, with the methods of a frame that it removed before': {
    frame: false,
    rewrite: (markup) => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const { open, write, close } = /** @type {any} */ (frame.contentWindow).Document.prototype;
      frame.remove();
      open.call(document);
      write.call(document, markup);
      close.call(document);
    },
  },
  'that of a blank frame': {
    frame: true,
    rewrite: (markup) => {
      const { contentDocument } = document.body.appendChild(
        Object.assign(document.createElement('iframe'), { id: 'frame' }),
      );
      contentDocument?.open();
      contentDocument?.write(markup);
      contentDocument?.close();
    },
  },
  'that of a frame, with the methods of another frame': {
    frame: true,
    rewrite: (markup) => {
      const other = document.body.appendChild(document.createElement('iframe')).contentWindow;
      const frame = document.body.appendChild(document.createElement('iframe'));
      frame.id = 'frame';
      const { open, write, close } = /** @type {any} */ (other).Document.prototype;
      open.call(frame.contentDocument);
      write.call(frame.contentDocument, markup);
      close.call(frame.contentDocument);
    },
  },
  'that of a frame, twice': {
    frame: true,
    rewrite: (markup) => {
      const { contentDocument } = document.body.appendChild(
        Object.assign(document.createElement('iframe'), { id: 'frame' }),
      );
      for (const text of ['<p>first', markup]) {
        contentDocument?.open();
        contentDocument?.write(text);
        contentDocument?.close();
      }
    },
  },
};

const MARKUP = `<!doctype html>
<textarea id="textarea"></textarea>
<script>
globalThis.heard = [];
for (const type of ['paste', 'beforeinput', 'input'])
  for (const target of [window, document, document.documentElement, document.querySelector('textarea')])
    target.addEventListener(type, (event) => heard.push(event.clipboardData?.getData('text/plain') || event.data || ''), true);
</scr${''}ipt>`;

onEachBrowser((stage) => {
  for (const [whose, { frame: inFrame, rewrite }] of Object.entries(REWRITES)) {
    const row = numberOf(whose, inFrame);
    onPage(
      `${row}a page opens a document anew (${whose}), and what it wrote hears nothing of a paste`,
      stage,
      FIELDS,
      async (page) => {
        // Started by a timer: a document that opens itself while it is driven never seems to finish.
        const travelling = /** @type {any} */ ({
          toString: () => `(markup) => { setTimeout(() => (${rewrite})(markup)); }`,
        });
        await page.evaluate(travelling, MARKUP);
        const place = inFrame ? await page.frame('#frame') : page;
        await until('the new document', () => place.evaluate(() => 'heard' in globalThis));
        await proveHeld(stage, place);
        proves(stage, 'held', 'pasted', `a document that a page opens anew: ${whose}`);
      },
    );
  }

  onPage(
    'T03 a page that takes the methods of a frame that is still loading gets nothing into its field',
    stage,
    FIELDS,
    async (page) => {
      await page.evaluate((/** @type {string} */ markup) => {
        setTimeout(() => {
          const frame = document.createElement('iframe');
          frame.src = '/pages/zone.html';
          const { contentWindow } = document.body.appendChild(frame);
          const { open, write, close } = /** @type {any} */ (contentWindow).Document.prototype;
          open.call(document);
          write.call(document, markup);
          close.call(document);
        });
      }, MARKUP);
      await until('the new document', () => page.evaluate(() => 'heard' in globalThis));
      await stage.browser.copy(key());
      await page.click('#textarea');
      await page.paste();
      await warned(page);
      await page.press('Escape');
      await noWarning(page);
      assert.equal(await textIn(page, '#textarea'), '');
    },
  );

  onPage(
    'T18 a page that comes back from the cache of the browser is guarded as before',
    stage,
    FIELDS,
    async (page) => {
      await page.evaluate(listen);
      await page.evaluate(() => {
        /** @type {any} */ (globalThis).came = [];
        addEventListener('pageshow', ({ persisted }) => /** @type {any} */ (globalThis).came.push(persisted));
      });
      // Without a gesture a browser may keep no entry to come back to.
      await page.click('#textarea');
      await page.goto(`${stage.site.a}/pages/zone.html`);
      await page.evaluate(() => history.back());
      await until('the first page, as it was', () =>
        page.evaluate(() => /** @type {any} */ (globalThis).came?.at(-1) === true).catch(() => false),
      );
      await proveHeld(stage, page);
      proves(stage, 'held', 'pasted', 'a page that came back from the cache');
    },
  );

  // Firefox answers this command by a menu of its own, and waits for it.
  if (stage.name === 'chromium')
    onPage('T18 the page asks the browser to paste, in the moment of a press', stage, FIELDS, async (page) => {
      await stage.browser.copy(key());
      await page.evaluate(listen);
      await page.evaluate(() => {
        const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('#textarea'));
        for (const type of ['click', 'keydown'])
          addEventListener(type, () => {
            field.focus();
            document.execCommand('paste');
          });
      });
      await page.click('#textarea');
      await page.press('a');
      await settles(() => textIn(page, '#textarea'), 'a', 'only what was typed is there');
      const heard = await page.evaluate(() => /** @type {any} */ (globalThis).heard);
      assert.ok(!heard.join().includes('sk-'), 'no listener has heard of the key');
      proves(stage, 'refused', 'key', "pasted by the page's own command");
    });
});

/**
 * The row of the threat model.
 * @param {string} whose
 * @param {boolean} inFrame
 */
function numberOf(whose, inFrame) {
  if (/methods/.test(whose)) return inFrame ? 'T04 ' : 'T05 ';
  return inFrame ? 'T06 ' : 'T02 ';
}

/**
 * A clean text arrives, a key does not, and what the page listens to has heard of the one and not of the other.
 * @param {Stage} stage
 * @param {Page} place
 */
async function proveHeld(stage, place) {
  const heard = () => place.evaluate(() => /** @type {any} */ (globalThis).heard.join('\n'));
  await stage.browser.copy(CLEAN);
  await place.click('#textarea');
  await place.paste();
  await settles(() => textIn(place, '#textarea'), CLEAN, 'a clean text arrives');
  assert.ok((await heard()).includes(CLEAN), 'the listeners work');
  const secret = key();
  await stage.browser.copy(secret);
  await place.paste();
  await warned(place);
  assert.ok(!(await heard()).includes(secret), 'no listener of the page has read the key');
  await place.press('Escape');
  await noWarning(place);
  assert.equal(await textIn(place, '#textarea'), CLEAN);
  assert.ok(!(await heard()).includes(secret), 'nor afterwards');
}

/** Runs in the page. */
function listen() {
  const page = /** @type {any} */ (globalThis);
  page.heard = [];
  for (const type of ['paste', 'beforeinput', 'input'])
    addEventListener(
      type,
      (/** @type {any} */ event) => page.heard.push(event.clipboardData?.getData('text/plain') || event.data || ''),
      true,
    );
}
