// What happens to the window around the warning: other tabs, zoom, scrolling, print, navigation.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { noWarning, settles, textIn, until, warned } from '../steps.mjs';
import { onEachBrowser, onPage } from '../suite.mjs';
import { CLEAN, key } from '../texts.mjs';
import { family } from './attack.mjs';

/** @typedef {import('../drivers/verbs.d.ts').Page} Page */
/** @typedef {import('../suite.mjs').Stage} Stage */

family([
  {
    name: 'T35 another tab comes to the front, and then this one again',
    person: async (page, stage) => {
      const other = await stage.browser.open('about:blank');
      await pause(300);
      await page.press('Shift');
      await other.close();
      await page.press('Shift');
    },
  },
  {
    name: 'T35 the page opens windows over itself',
    once: () => {
      for (let count = 0; count < 3; count++) window.open('about:blank', '', 'width=100,height=100')?.close();
    },
    person: (page) => page.press('Shift'),
  },
  {
    name: 'T35 the browser zooms in and back',
    person: async (page, stage) => {
      for (const factor of [3, 0.3, 1]) {
        await zoom(stage, page, factor);
        await pause(200);
      }
    },
  },
  {
    name: 'T35 the window is made narrow and wide again',
    person: async (page) => {
      const width = await page.evaluate(() => innerWidth);
      for (const next of [400, 700, width]) {
        await page.narrow(next);
        await pause(200);
      }
    },
  },
  {
    name: 'T35 the page scrolls all the time',
    once: () => {
      document.body.style.height = '100000px';
      document.body.style.width = '100000px';
      setInterval(() => scrollTo(Math.random() * 9e4, Math.random() * 9e4), 20);
    },
  },
  {
    name: 'T36 the page changes its address without loading',
    once: () => {
      history.pushState({}, '', '#elsewhere');
      location.hash = 'further';
      history.back();
    },
  },
  {
    name: 'T35 the page prints itself',
    // Firefox opens a preview of its own, which no driver closes.
    only: 'chromium',
    once: () => {
      setTimeout(() => print());
    },
  },
  { name: 'T36 the page stops its loading', once: () => window.stop() },
]);

/** A press that came later than this after the window had changed may count again. */
const AT_ONCE = 400;

/** Ways in which a page leaves while it is asked about. */
const DEPARTURES = /** @type {Record<string, () => void>} */ ({
  'loads itself anew': () => location.reload(),
  'goes to another address': () => location.assign('/pages/zone.html'),
  'goes back in its history': () => history.back(),
  'submits a form': () => {
    const form = document.createElement('form');
    form.action = '/pages/zone.html';
    document.body.append(form);
    form.submit();
  },
});

onEachBrowser((stage) => {
  onPage(
    'T35 a button that comes under the pointer because the window changes does nothing',
    stage,
    '/pages/fields.html',
    async (page) => {
      await stage.browser.copy(key());
      await page.click('#textarea');
      await page.paste();
      const width = await page.evaluate(() => innerWidth);
      let quick = 0;
      for (let tries = 1; quick < 3; tries++) {
        assert.ok(tries < 40, 'the machine is too slow for this test');
        const before = await until('the buttons work', async () => {
          const shown = await page.warning();
          return shown?.inert.length === 0 && shown;
        });
        const began = Date.now();
        await page.narrow(width - (tries % 2) * 100);
        const after = await warned(page);
        assert.notDeepEqual(after.at.placeholder, before.at.placeholder);
        if (Date.now() - began > AT_ONCE) continue;
        await page.click(/** @type {import('../drivers/verbs.d.ts').Point} */ (after.at.placeholder));
        // What took longer proves nothing: the button has been seen where it is.
        if (Date.now() - began > AT_ONCE) {
          if ((await page.warning()) === null) await page.paste();
          continue;
        }
        quick++;
        assert.equal(await textIn(page, '#textarea'), '');
        assert.ok(await page.warning());
      }
      await page.narrow(width);
      await page.press('Escape');
      await noWarning(page);
    },
  );

  for (const [what, leave] of Object.entries(DEPARTURES)) {
    onPage(`T36 what is held stays out when the page ${what}`, stage, '/pages/roots.html', async (page) => {
      const secret = key();
      await stage.browser.copy(secret);
      await page.goto(`${stage.site.a}/pages/fields.html`);
      await page.click('#textarea');
      await page.paste();
      await warned(page);
      const travelling = /** @type {any} */ ({
        toString: () => `() => { globalThis.old = true; setTimeout(${leave}); }`,
      });
      await page.evaluate(travelling);
      await until('the page has gone', () =>
        page.evaluate(() => !('old' in globalThis) && document.readyState === 'complete').catch(() => false),
      );
      await noWarning(page);
      assert.ok(
        !(
          await page.evaluate(() =>
            JSON.stringify(
              [...document.querySelectorAll('input, textarea')].map((/** @type {any} */ field) => field.value),
            ),
          )
        ).includes(secret),
      );
      await page.goto(`${stage.site.a}/pages/fields.html`);
      await page.click('#textarea');
      await page.paste();
      await warned(page);
      await page.press('Escape');
      await noWarning(page);
      assert.equal(await textIn(page, '#textarea'), '');
    });
  }

  onPage(
    'T37 several tabs hold a key at once, and each asks for itself',
    stage,
    '/pages/fields.html',
    async (first) => {
      const secret = key();
      await stage.browser.copy(secret);
      const tabs = [first];
      for (let count = 0; count < 4; count++) tabs.push(await stage.browser.open(`${stage.site.a}/pages/fields.html`));
      for (const tab of tabs) {
        await tab.click('#textarea');
        await tab.paste();
        await warned(tab);
      }
      for (const tab of tabs) assert.equal(await textIn(tab, '#textarea'), '');
      for (const tab of tabs.slice(1)) {
        await tab.press('Escape');
        await noWarning(tab);
        assert.equal(await textIn(tab, '#textarea'), '');
      }
      assert.ok(await first.warning(), 'an answer in one tab is none in another');
      await first.press('Escape');
      await noWarning(first);
      await stage.browser.copy(CLEAN);
      await first.click('#textarea');
      await first.paste();
      await settles(() => textIn(first, '#textarea'), CLEAN, 'a clean text arrives');
      for (const tab of tabs.slice(1)) await tab.close();
    },
  );
});

/**
 * @param {Stage} stage
 * @param {Page} page
 * @param {number} factor
 */
async function zoom(stage, page, factor) {
  await page.press('Shift');
  await stage.browser.inBackground(async (/** @type {number} */ to) => {
    await /** @type {any} */ (self).chrome.tabs.setZoom(undefined, to);
  }, factor);
}
