// The history: what was decided is in it, what was pasted is nowhere.

import assert from 'node:assert/strict';
import { assertAccessible, openOwn, pressOn, choose as select, textOf } from './pages.mjs';
import { choose, noWarning, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { key, sample } from './texts.mjs';

const FIELDS = '/pages/fields.html';

/** @typedef {import('./suite.mjs').Stage} Stage */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/**
 * @param {Stage} stage
 * @param {Page} page
 * @param {string} text
 * @param {'keep-out' | 'placeholder' | 'anyway'} choice
 */
async function decide(stage, page, text, choice) {
  await stage.browser.copy(text);
  await page.click('#textarea');
  await page.press('Control+A', 'Delete');
  await page.paste();
  await choose(page, choice);
}

/**
 * Everything that the extension has in its storage, as text: both areas, the session's memory, and every database.
 * @param {Stage} stage
 */
function dump(stage) {
  return stage.browser.inBackground(async () => {
    const { chrome, indexedDB } = /** @type {any} */ (self);
    const parts = [
      JSON.stringify(await chrome.storage.local.get(null)),
      JSON.stringify(await chrome.storage.session.get(null)),
    ];
    for (const { name } of await indexedDB.databases()) {
      /** @type {any} */
      const db = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of db.objectStoreNames) {
        const rows = await new Promise((resolve) => {
          const request = db.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
        });
        parts.push(`${store} ${JSON.stringify(rows)}`);
      }
      db.close();
    }
    return parts.join('\n');
  });
}

/** @param {Stage} stage */
async function openHistory(stage) {
  const history = await openOwn(stage.browser, 'history/index.html');
  await until('the history is read', async () => (await textOf(history, '#found')) !== '');
  return history;
}

/** @param {Stage} stage */
async function clear(stage) {
  const history = await openHistory(stage);
  await pressOn(history, '#remove-all');
  await pressOn(history, '#sure-yes');
  await until('it says so', async () => /deleted/.test(await textOf(history, '#said')));
  await history.close();
}

onEachBrowser((stage) => {
  onPage('what is only noted waits for nothing, and is in the history all the same', stage, FIELDS, async (page) => {
    await clear(stage);
    // A browser that has just started: until the frames are told whether somebody wants to be asked, they hold what could be noted.
    await until('the frames are told', async () => (await dump(stage)).includes('"additions"'));
    const noted = `my card: ${Array(4).fill('4242').join(' ')}`;
    // The paste that the page sees is the browser's own only where nothing was held.
    await page.evaluate(() => {
      addEventListener('paste', ({ isTrusted }) => document.body.setAttribute('data-trusted', String(isTrusted)));
    });
    await stage.browser.copy(noted);
    await page.click('#textarea');
    await page.paste();
    await settles(() => textIn(page, '#textarea'), noted, 'it arrives');
    assert.equal(await page.evaluate(() => document.body.getAttribute('data-trusted')), 'true');
    assert.equal(await page.warning(), null);
    await until('it is written down', async () => (await dump(stage)).includes('"noted"'));
    const history = await openHistory(stage);
    assert.equal(await textOf(history, '#found'), '1 entry');
    assert.match(await textOf(history, '#entries'), /payment card.*noted/is);
    await history.close();
  });

  onPage('each decision is in the history, and no storage holds a piece of a key', stage, FIELDS, async (page) => {
    await clear(stage);
    const secrets = [key(), sample('github-pat-classic').secret, sample('stripe-secret-key').secret];
    const [first = '', second = '', third = ''] = secrets;
    await decide(stage, page, first, 'keep-out');
    await decide(stage, page, second, 'placeholder');
    await decide(stage, page, third, 'anyway');
    await settles(() => textIn(page, '#textarea'), third, 'the last one is let go');

    const history = await openHistory(stage);
    await until('three entries', async () => (await textOf(history, '#found')) === '3 entries', 5000);
    const entries = await textOf(history, '#entries');
    for (const words of [
      /Anthropic API key/,
      /kept out/,
      /GitHub/,
      /replaced/,
      /Stripe secret key/,
      /let through/,
      /a\.test/,
    ])
      assert.match(entries, words);
    assert.match(await textOf(history, '#due-list'), /Stripe secret key.*Revoke it/s, 'what got out is to be revoked');
    await assertAccessible(history, 'history');

    const kept = await dump(stage);
    assert.match(kept, /anthropic-api-key/, 'the dump has what is kept');
    for (const secret of secrets) {
      const bytes = Buffer.from(secret);
      const wide = Buffer.from(secret, 'utf16le');
      for (const form of [
        secret,
        secret.slice(-12),
        bytes.toString('base64').slice(0, -4),
        bytes.toString('hex'),
        wide.toString('latin1'),
        wide.toString('base64').slice(0, -4),
        encodeURIComponent(secret),
      ])
        assert.ok(!kept.includes(form), 'no form of the key is in the storage');
    }
    await history.close();
  });

  onPage('the filter, one deletion and deleting everything', stage, FIELDS, async (page) => {
    await clear(stage);
    await decide(stage, page, key(), 'keep-out');
    await decide(stage, page, sample('stripe-secret-key').secret, 'anyway');
    const history = await openHistory(stage);
    await until('two entries', async () => (await textOf(history, '#found')) === '2 entries');
    await select(history, '#decision', 'sent');
    await until('one is shown', async () => (await textOf(history, '#found')) === '1 entry');
    assert.match(await textOf(history, '#entries'), /Stripe/);
    await select(history, '#decision', '');
    await history.click('#search');
    await history.type('anthropic');
    await until('one is shown', async () => /Anthropic/.test(await textOf(history, '#entries')));
    await pressOn(history, '#entries button', 'Remove');
    await until('it is gone', async () => (await textOf(history, '#found')) === '0 entries');
    await history.close();
    await clear(stage);
    const again = await openHistory(stage);
    assert.equal(await textOf(again, '#found'), '0 entries');
    await again.close();
  });

  onPage('the plan names the steps in order and where to revoke', stage, FIELDS, async (page) => {
    await clear(stage);
    await decide(stage, page, sample('stripe-secret-key').secret, 'anyway');
    const history = await openHistory(stage);
    await pressOn(history, '#entries summary');
    const plan = await until('the plan', () => textOf(history, '#entries ol'));
    assert.match(plan, /Contain.*Revoke.*Replace.*Read the usage log.*Clean the history/s);
    const links = await history.evaluate(() =>
      [...document.querySelectorAll('#entries ol a')].map((link) => link.getAttribute('href')),
    );
    assert.ok(
      links.some((link) => link?.startsWith('https://dashboard.stripe.com/')),
      String(links),
    );
    await assertAccessible(history, 'plan');
    await history.close();
  });

  onPage('a key that is allowed at a site is not asked about there again', stage, FIELDS, async (page) => {
    await clear(stage);
    const secret = key();
    await decide(stage, page, secret, 'keep-out');
    const history = await openHistory(stage);
    await pressOn(history, '#entries button', 'Do not ask');
    await until('it says so', async () => /may go to a\.test/.test(await textOf(history, '#said')));
    await stage.browser.copy(secret);
    await page.click('#textarea');
    await page.paste();
    await settles(() => textIn(page, '#textarea'), secret, 'it is let go');
    await history.close();

    await stage.browser.copy(key());
    await page.click('#textarea');
    await page.paste();
    await warned(page);
    await page.press('Escape');
    await noWarning(page);

    const options = await openOwn(stage.browser, 'options/index.html');
    await until('it is listed', async () => /a\.test/.test(await textOf(options, '#allowed-list')));
    await pressOn(options, '#allowed-list button');
    await until('it is gone', async () => !/a\.test/.test(await textOf(options, '#allowed-list')));
    await options.close();
    await stage.browser.copy(secret);
    await page.click('#textarea');
    await page.paste();
    await warned(page);
    await page.press('Escape');
    await noWarning(page);
  });

  onPage('a key that is typed is written down once, when it is replaced', stage, FIELDS, async (page) => {
    await clear(stage);
    await page.click('#textarea');
    await page.type(sample('github-pat-classic').secret);
    await page.type(' and more');
    await until('it is replaced', async () => {
      await page.press('Alt+Shift+K');
      return /GITHUB/.test(await textIn(page, '#textarea'));
    });
    const history = await openHistory(stage);
    await until('one entry', async () => {
      await history.goto(await history.evaluate(() => location.href));
      await until('it is read', async () => (await textOf(history, '#found')) !== '');
      return (await textOf(history, '#found')) === '1 entry';
    });
    assert.match(await textOf(history, '#entries'), /replaced.*typed/s);
    await history.close();
  });

  onPage('a hold that outlives the background is decided all the same', stage, FIELDS, async (page) => {
    await clear(stage);
    await stage.browser.copy(key());
    await page.click('#textarea');
    await page.paste();
    await warned(page);
    await stage.browser.killBackground();
    await choose(page, 'keep-out');
    const history = await openHistory(stage);
    await until('it is there', async () => {
      await history.goto(await history.evaluate(() => location.href));
      await until('it is read', async () => (await textOf(history, '#found')) !== '');
      return (await textOf(history, '#found')) === '1 entry';
    });
    assert.match(await textOf(history, '#entries'), /kept out/);
    await history.close();
  });

  onPage('an entry that cannot be read is counted, and the others are shown', stage, FIELDS, async (page) => {
    await clear(stage);
    await decide(stage, page, key(), 'keep-out');
    await stage.browser.inBackground(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('history');
          request.onsuccess = () => {
            const transaction = request.result.transaction('entries', 'readwrite');
            transaction.objectStore('entries').add({ time: 'yesterday', site: 7 });
            transaction.oncomplete = () => {
              request.result.close();
              resolve(true);
            };
          };
        }),
    );
    const history = await openHistory(stage);
    assert.equal(await textOf(history, '#found'), '1 entry');
    await until('it says so', async () => /1 entry cannot be read/.test(await textOf(history, '#fault')));
    await history.close();
    await clear(stage);
  });

  onPage('the welcome page warns for real over its practice key', stage, FIELDS, async () => {
    const welcome = await openOwn(stage.browser, 'welcome/index.html');
    const practice = await until('a key', () => textOf(welcome, '#practice'));
    await assertAccessible(welcome, 'welcome');
    await stage.browser.copy(practice);
    await welcome.click('#field');
    await welcome.paste();
    const { text } = await warned(welcome);
    assert.match(text, /This is a GitHub/);
    await choose(welcome, 'keep-out');
    assert.equal(await textIn(welcome, '#field'), '');
    await welcome.close();
  });
});
