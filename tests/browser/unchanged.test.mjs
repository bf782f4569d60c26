// A page in which nothing is found is the same page with the extension as without it. The judge is a page that writes down all it can see,
// in the same browser, once without and once with the extension.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openSite } from './site.mjs';
import { textIn, until } from './steps.mjs';
import { browsers, extensionFor, launch } from './suite.mjs';
import { CLEAN } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/**
 * All that may differ: functions that pass the call on and tell our side of it (`extension/page/`). They look native to `toString`, and a
 * page that knows how can still tell.
 */
const WRAPPED = (/** @type {string} */ browser) => [
  'Clipboard.prototype.read',
  'Clipboard.prototype.readText',
  'Document.prototype.open',
  'Document.prototype.write',
  'Document.prototype.writeln',
  'EventTarget.prototype.dispatchEvent',
  // Firefox has handles for a site's own storage only.
  ...(browser === 'chromium' ? ['FileSystemFileHandle.prototype.getFile'] : []),
  'HTMLElement.prototype.click',
  'HTMLInputElement.prototype.showPicker',
];

const FIELDS = ['#input', '#textarea', '#editable'];

for (const name of browsers) {
  describe(name, () => {
    /** @type {import('./site.mjs').Site} */
    let site;
    /** @type {import('./drivers/verbs.d.ts').Browser[]} */
    let both = [];
    before(
      async () => {
        site = await openSite();
        both = [await launch(name), await launch(name, { extension: extensionFor(name) })];
      },
      { timeout: 120_000 },
    );
    after(async () => {
      for (const browser of both) await browser.close();
      await site?.close();
    });

    /**
     * @template R
     * @param {(page: Page, browser: import('./drivers/verbs.d.ts').Browser) => Promise<R>} body
     * @returns {Promise<[R, R]>} without and with the extension
     */
    async function inBoth(body) {
      /** @type {R[]} */
      const results = [];
      for (const browser of both) {
        const page = await browser.open(`${site.secure}/pages/witness.html`);
        try {
          results.push(await body(page, browser));
        } finally {
          await page.close();
        }
      }
      return /** @type {[R, R]} */ (results);
    }

    test('events, tree, timers, focus, selection, undo and clipboard are the same while a person types and pastes', {
      timeout: 120_000,
    }, async () => {
      const [bare, guarded] = await inBoth(async (page, browser) => {
        /** @type {unknown[]} */
        const states = [];
        // Not of the parser, which adds what it reads in portions of its own choice.
        await page.evaluate(() => /** @type {any} */ (globalThis).changed.splice(0));
        const see = async (/** @type {string} */ step) => states.push({ step, ...(await page.evaluate(state)) });
        await browser.copyFlavours({ 'text/plain': CLEAN, 'text/html': `<b>${CLEAN}</b>` });
        await until('the timers of the page', () =>
          page.evaluate(() => /** @type {any} */ (globalThis).timers.length === 6),
        );
        await see('at first');
        for (const field of FIELDS) {
          await page.click(field);
          await page.type('typed ');
          await see(`${field} typed`);
          await page.paste();
          await until('the text', async () => (await textIn(page, field)).endsWith(CLEAN));
          await see(`${field} pasted`);
          await page.undo();
          await see(`${field} undone`);
          await page.insert('put in');
          await page.compose('composed');
          await see(`${field} written`);
          await page.press('Shift+ArrowLeft', 'Shift+ArrowLeft', 'Control+X', 'Home', 'Control+V');
          await see(`${field} cut and pasted`);
          await browser.copyFlavours({ 'text/plain': CLEAN, 'text/html': `<b>${CLEAN}</b>` });
        }
        await page.click('#button');
        // Longer than what was written is left alone before it is looked at.
        await pause(1500);
        await see('at last');
        return {
          states,
          // Apart from the events: in Chromium an observer is told before the page's first listener where ours has run before both.
          ...(await page.evaluate(() => {
            const { seen, changed } = /** @type {{ seen: string[], changed: string[] }} */ (
              /** @type {any} */ (globalThis)
            );
            return { seen, changed };
          })),
        };
      });
      assert.ok(bare.seen.length > 300, 'the page did see what happened');
      assert.deepEqual(guarded.seen, bare.seen);
      assert.deepEqual(guarded.changed, bare.changed);
      assert.deepEqual(guarded.states, bare.states);
    });

    test('the page makes and gets no other requests', { timeout: 90_000 }, async () => {
      const [bare, guarded] = await inBoth(async (page) => {
        await page.click('#textarea');
        await page.type('typed');
        await pause(1000);
        return page.evaluate(() =>
          performance.getEntries().map(({ name: what, entryType }) => `${entryType} ${what.replace(/:\d+/, '')}`),
        );
      });
      const requests = (/** @type {string[]} */ entries) =>
        entries.filter((entry) => /^(?:resource|navigation)/.test(entry)).sort();
      assert.deepEqual(requests(guarded), requests(bare));
    });

    test('every global, every property of it and every native is what it was, but for the wraps that are documented', {
      timeout: 120_000,
    }, async () => {
      const [bare, guarded] = await inBoth((page) => page.evaluate(globals));
      assert.ok(bare.described.length > 5000, 'the page did look');
      const missing = bare.described.filter((line) => !guarded.described.includes(line));
      const added = guarded.described.filter((line) => !bare.described.includes(line));
      assert.deepEqual({ missing, added }, { missing: [], added: [] });
      assert.deepEqual(bare.proxies, []);
      assert.deepEqual(guarded.proxies, WRAPPED(name));
    });
  });
}

/** Runs in the page. */
function state() {
  const active = document.activeElement;
  const selection = getSelection();
  return {
    // A new one for each time that the page is sent.
    html: document.documentElement.outerHTML.replace(/nonce="\w+"/, ''),
    timers: /** @type {any} */ (globalThis).timers,
    values: [...document.querySelectorAll('input, textarea')].map((field) => {
      const { value, selectionStart, selectionEnd, selectionDirection } = /** @type {HTMLInputElement} */ (field);
      return { value, selectionStart, selectionEnd, selectionDirection };
    }),
    active: active?.id ?? active?.nodeName,
    focused: document.hasFocus(),
    anchor: [selection?.anchorNode?.nodeName, selection?.anchorOffset, selection?.focusOffset, selection?.type],
    sheets: document.adoptedStyleSheets.length,
    highlights: CSS.highlights?.size,
    animations: document.getAnimations().length,
  };
}

/**
 * Runs in the page: each global and each property of what it leads to, described by all that a page can read of it without calling it.
 * A native behind a proxy is known by a circle of prototypes, which the language forbids and a proxy hides.
 */
function globals() {
  /** @type {string[]} */
  const described = [];
  /** @type {string[]} */
  const proxies = [];
  const known = new Set();
  const source = Function.prototype.toString;

  /** @param {unknown} value */
  const kind = (value) => {
    if (typeof value !== 'function') return typeof value;
    return `${value.name} ${value.length} ${/\[native code\]/.test(source.call(value)) ? 'native' : 'own'}`;
  };
  /** @param {any} fn */
  const hidesCircle = (fn) => {
    const before = Object.getPrototypeOf(fn);
    try {
      Object.setPrototypeOf(fn, Object.create(fn));
    } catch {
      return false;
    }
    Object.setPrototypeOf(fn, before);
    return true;
  };
  /**
   * @param {any} owner
   * @param {string} path
   */
  const visit = (owner, path) => {
    if (known.has(owner)) return;
    known.add(owner);
    for (const key of Reflect.ownKeys(owner)) {
      // Of this very function: what a driver leaves behind, and what the page itself writes down.
      if (
        owner === globalThis &&
        (typeof key !== 'string' ||
          /^(?:seen|changed|TYPES|write|rounds|every|timers|\d+)$|puppeteer|marionette/i.test(key))
      )
        continue;
      const at = `${path}${path === '' ? '' : '.'}${String(key)}`;
      const { value, get, set, writable, enumerable, configurable } = /** @type {PropertyDescriptor} */ (
        Reflect.getOwnPropertyDescriptor(owner, key)
      );
      described.push(
        [at, kind(value), kind(get), kind(set), String(writable), String(enumerable), String(configurable)].join(' | '),
      );
      for (const [end, fn] of Object.entries({ '': value, ' get': get, ' set': set })) {
        if (typeof fn !== 'function' || known.has(fn)) continue;
        if (hidesCircle(fn)) proxies.push(at + end);
        if (path.split('.').length < 3) visit(fn, at + end);
      }
      // Not into what the page is made of: its nodes have lives of their own.
      if (
        value !== null &&
        typeof value === 'object' &&
        (key === 'prototype' || owner === globalThis) &&
        value !== globalThis
      )
        visit(value, at);
    }
  };
  visit(globalThis, '');
  return { described: described.sort(), proxies: proxies.sort() };
}
