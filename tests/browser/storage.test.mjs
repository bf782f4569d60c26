// What is stored survives: an older version's shape, a full disk, a restart, two windows. And nothing of a key is in a profile's files.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { addressOf, openOwn, openPopup, choose as select, textOf } from './pages.mjs';
import { assertNoResidue, filesOf, filesOfExtension, KEEP } from './residue.mjs';
import { openSite } from './site.mjs';
import { choose, settles, textIn, until } from './steps.mjs';
import { browsers, extensionFor, launch, onEachBrowser, onPage } from './suite.mjs';
import { key, sample } from './texts.mjs';

const FIELDS = '/pages/fields.html';

/** @typedef {import('./suite.mjs').Stage} Stage */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */
/** @typedef {import('./drivers/verbs.d.ts').Browser} Browser */

/**
 * @param {Browser} browser
 * @param {Page} page
 * @param {string} text
 * @param {import('./drivers/verbs.d.ts').Choice} choice
 */
async function decide(browser, page, text, choice) {
  await browser.copy(text);
  await page.click('#textarea');
  await page.press('Control+A', 'Delete');
  await page.paste();
  await choose(page, choice);
}

/** @param {Browser} browser */
async function openHistory(browser) {
  const history = await openOwn(browser, 'history/index.html');
  await until('the history is read', async () => (await textOf(history, '#found')) !== '');
  return history;
}

/** Runs in the background: the history as its first version made it, with one entry. */
async function makeFirstVersion() {
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('history');
    request.onsuccess = () => resolve(true);
    request.onerror = () => reject(request.error);
  });
  await new Promise((resolve, reject) => {
    const request = indexedDB.open('history', 1);
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => {
      const entries = request.result.createObjectStore('entries', { keyPath: 'id', autoIncrement: true });
      entries.createIndex('time', 'time');
      request.result.createObjectStore('keys');
      entries.add({
        time: Date.now() - 86_400_000,
        site: 'older.test',
        rule: 'stripe-secret-key',
        way: 'paste',
        certainty: 'likely',
        decision: 'kept-out',
        masked: 'sk_live_••••••••',
        fingerprint: null,
      });
    };
    request.onsuccess = () => {
      request.result.close();
      resolve(true);
    };
  });
  // Before there were versions the settings were the bare values.
  await /** @type {any} */ (self).chrome.storage.local.set({ settings: { mode: 'monitor', offSites: ['older.test'] } });
}

/** @param {Stage} stage */
function stored(stage) {
  return stage.browser.inBackground(async () => {
    const { settings } = await /** @type {any} */ (self).chrome.storage.local.get('settings');
    return settings;
  });
}

onEachBrowser((stage) => {
  onPage('settings and history of the first version are read, kept and written on', stage, FIELDS, async (page) => {
    await stage.browser.inBackground(makeFirstVersion);
    const options = await openOwn(stage.browser, 'options/index.html');
    await until('the older mode is shown', () =>
      options.evaluate(() => /** @type {HTMLSelectElement} */ (document.querySelector('#mode'))?.value === 'monitor'),
    );
    await select(options, '#mode', 'warn');
    await settles(async () => (await stored(stage)).values.offSites, ['older.test'], 'the rest is kept');
    assert.equal((await stored(stage)).version, 2);
    await options.close();

    await decide(stage.browser, page, key(), 'keep-out');
    const history = await openHistory(stage.browser);
    await until('both entries', async () => (await textOf(history, '#found')) === '2 entries');
    assert.match(await textOf(history, '#entries'), /older\.test/);
    await history.close();
    await stage.browser.inBackground(() => /** @type {any} */ (self).chrome.storage.local.remove('settings'));
  });
});

/** Kilobytes for everything that Firefox stores for extensions and sites. */
const SMALL_DISK = { 'dom.quotaManager.temporaryStorage.fixedLimit': 20_480 };

for (const name of browsers) {
  describe(`${name} from its start to its end`, () => {
    test('on a full disk keys are held and decided as ever, and it is said that nothing is written down', {
      timeout: 180_000,
    }, async () => {
      const site = await openSite();
      const browser = await launch(name, { extension: extensionFor(name), prefs: SMALL_DISK });
      try {
        const page = await browser.open(`${site.a}${FIELDS}`);
        await decide(browser, page, key(), 'keep-out');
        const history = await openHistory(browser);
        await until('one entry', async () => (await textOf(history, '#found')) === '1 entry');
        const release = await fillDisk(browser, history);

        const secret = key();
        await decide(browser, page, secret, 'anyway');
        await settles(() => textIn(page, '#textarea'), secret, 'what the person decides is done');
        await decide(browser, page, key(), 'keep-out');
        await settles(() => textIn(page, '#textarea'), '', 'and so is the next');

        const popup = await openPopup(browser, page);
        await until('the popup says so', async () => /not written down/.test(await textOf(popup, '#unwritten')));
        await popup.close();
        await history.goto(await addressOf(browser, 'history/index.html'));
        await until('what was there is there', async () => (await textOf(history, '#found')) === '1 entry');
        assert.match(await textOf(history, '#unwritten'), /not written down/);

        await release();
        await decide(browser, page, key(), 'keep-out');
        await history.goto(await addressOf(browser, 'history/index.html'));
        await until('it is written again', async () => (await textOf(history, '#found')) === '2 entries');
        assert.equal(await textOf(history, '#unwritten'), '');
      } finally {
        await browser.close();
        await site.close();
      }
    });

    test('a private window is guarded, and nothing of it is kept', { timeout: 180_000 }, async (context) => {
      const site = await openSite();
      const browser = await launch(name, { extension: extensionFor(name) });
      try {
        const page = await browser.openPrivate?.(`${site.a}${FIELDS}`);
        if (!page) {
          context.skip('no protocol of this browser opens a private window with an extension in it');
          return;
        }
        await decide(browser, page, key(), 'keep-out');
        await settles(() => textIn(page, '#textarea'), '', 'it is kept out');
        const secret = sample('github-pat-classic').secret;
        await decide(browser, page, secret, 'anyway');
        await settles(() => textIn(page, '#textarea'), secret, 'it is let go');
        await page.close();

        // An entry of an ordinary window comes after whatever there was to write down before.
        const ordinary = await browser.open(`${site.b}${FIELDS}`);
        await decide(browser, ordinary, key(), 'keep-out');
        const history = await openHistory(browser);
        await until('the ordinary entry', async () => /b\.test/.test(await textOf(history, '#entries')));
        assert.equal(await textOf(history, '#found'), '1 entry');
        assert.doesNotMatch(await browser.inBackground(stores), /a\.test/);
      } finally {
        await browser.close();
        await site.close();
      }
    });

    test('settings and history are there after a restart, and no file of the profile holds a key', {
      timeout: 180_000,
    }, async () => {
      const profile = await fs.mkdtemp(path.join(os.tmpdir(), 'keystay-profile-'));
      const options = { extension: extensionFor(name), profile, prefs: KEEP };
      const site = await openSite();
      const secrets = [key(), sample('github-pat-classic').secret, sample('stripe-secret-key').secret];
      try {
        const first = await launch(name, options);
        try {
          const page = await first.open(`${site.a}${FIELDS}`);
          for (const [index, secret] of secrets.entries())
            await decide(first, page, secret, index === 1 ? 'placeholder' : 'keep-out');
          const own = await openOwn(first, 'options/index.html');
          await until('the options', () => textOf(own, '#found'));
          await select(own, '#placeholder', 'words');
          await until('it is stored', async () => /words/.test(JSON.stringify(await settingsOf(first))));
          await page.click('#textarea');
          await page.press('Control+A', 'Delete');
        } finally {
          await first.close();
        }
        const second = await launch(name, options);
        try {
          const history = await openHistory(second);
          assert.equal(await textOf(history, '#found'), '3 entries');
          assert.match(JSON.stringify(await settingsOf(second)), /words/);
        } finally {
          await second.close();
        }
        const files = (await filesOf(profile)).filter(({ file }) => !/Sessions|sessionstore/.test(file));
        assert.ok(
          files.some(({ bytes }) => bytes.includes('anthropic-api-key')),
          'the files with the history are among them',
        );
        assert.ok(
          (await filesOfExtension(profile)).some(({ bytes }) => bytes.includes('anthropic-api-key')),
          'they are known as files of the extension',
        );
        // But for what stood in the fields of open tabs, which a browser keeps: one of these is the tab from which the tests copy.
        assertNoResidue(files, secrets);
      } finally {
        await site.close();
        await fs.rm(profile, { recursive: true, force: true, maxRetries: 3 });
      }
    });
  });
}

/** Runs in the background: what is in the two storages that are not the history. */
async function stores() {
  const { storage } = /** @type {any} */ (self).chrome;
  return JSON.stringify([await storage.local.get(null), await storage.session.get(null)]);
}

/** @param {Browser} browser */
function settingsOf(browser) {
  return browser.inBackground(() => /** @type {any} */ (self).chrome.storage.local.get('settings'));
}

/**
 * Leaves no room for what the extension stores. Chromium can be told how much there is; in Firefox another database takes it all.
 * @param {Browser} browser
 * @param {Page} page one of the extension's own
 * @returns {Promise<() => Promise<unknown>>} gives the room back
 */
async function fillDisk(browser, page) {
  if (browser.name === 'chromium') {
    const { tab } = /** @type {{ tab: import('puppeteer-core').Page }} */ (/** @type {unknown} */ (page));
    const session = await tab.createCDPSession();
    const origin = await page.evaluate(() => location.origin);
    // Room that was found a moment ago is not asked for again while the database is open, nor for two seconds more.
    await page.goto('about:blank');
    await browser.killBackground();
    await pause(3000);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    return () => session.send('Storage.overrideQuotaForOrigin', { origin });
  }
  await page.evaluate(async () => {
    // Opened for each weight: a database into which one did not fit takes no more.
    const put = (/** @type {number} */ size) =>
      new Promise((resolve) => {
        const request = indexedDB.open('ballast', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('weights', { autoIncrement: true });
        request.onerror = () => resolve(false);
        request.onsuccess = () => {
          const transaction = request.result.transaction('weights', 'readwrite');
          // What can be packed would take no room.
          const weight = new Uint8Array(size);
          for (let start = 0; start < size; start += 65_536)
            crypto.getRandomValues(weight.subarray(start, Math.min(size, start + 65_536)));
          transaction.objectStore('weights').add(weight);
          const done = (/** @type {boolean} */ fitted) => {
            request.result.close();
            resolve(fitted);
          };
          transaction.oncomplete = () => done(true);
          transaction.onabort = () => done(false);
        };
      });
    for (let size = 1 << 20; size >= 1024; size >>= 1) while (await put(size));
  });
  return () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.deleteDatabase('ballast');
          request.onsuccess = () => resolve(true);
        }),
    );
}
