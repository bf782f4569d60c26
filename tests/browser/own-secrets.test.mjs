// Secrets of one's own: registered in the options, found wherever they would go, kept as fingerprints only.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { assertAccessible, openOwn, pressOn, textOf } from './pages.mjs';
import { enter, frames, read } from './places.mjs';
import { choose, focusIn, marked, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { CLEAN } from './texts.mjs';

const FIELDS = '/pages/fields.html';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** @typedef {import('./suite.mjs').Stage} Stage */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/**
 * What a password manager makes: random, and of no shape that a rule could know. One in two hundred has so many small letters beside each
 * other that it is refused as words; a small letter comes three times at most here.
 * @returns {string}
 */
function password() {
  const value = `Q7x${Array.from({ length: 21 }, () => BASE62[randomInt(BASE62.length)]).join('')}`;
  return /[a-z]{4}/.test(value) ? password() : value;
}

/** @param {Stage} stage */
function forgetAll(stage) {
  return stage.browser.inBackground(() => /** @type {any} */ (self).chrome.storage.local.remove('ownSecrets'));
}

/** @param {Stage} stage */
function kept(stage) {
  return stage.browser.inBackground(async () =>
    JSON.stringify(await /** @type {any} */ (self).chrome.storage.local.get(null)),
  );
}

/**
 * What every frame was told last: the length of the shortest run, 0 for none.
 * @param {Stage} stage
 */
function toldRun(stage) {
  return stage.browser.inBackground(async () => {
    const { additions } = await /** @type {any} */ (self).chrome.storage.local.get('additions');
    return additions?.run ?? 0;
  });
}

/**
 * @param {string} sentence
 * @param {Stage} stage
 * @param {string} address
 * @param {(options: Page, page: Page) => Promise<void>} body
 */
function onSecrets(sentence, stage, address, body) {
  onPage(sentence, stage, address, async (page) => {
    await forgetAll(stage);
    await settles(() => toldRun(stage), 0, 'nothing is registered');
    const options = await openOwn(stage.browser, 'options/index.html');
    // The last part that the page fills in: whatever is clicked before may move.
    await until('the page is whole', async () => (await textOf(options, '#allowed-list')) !== '');
    try {
      await body(options, page);
    } finally {
      await options.close();
      await forgetAll(stage);
    }
  });
}

/**
 * @param {Page} options
 * @param {string} name
 * @param {string} value
 */
async function register(options, name, value) {
  await pressOn(options, '#secret-name');
  await options.type(name);
  await options.press('Tab');
  await options.type(value);
  await pressOn(options, '#secret-add');
}

/**
 * @param {Page} options
 * @param {string} name
 * @param {string} text
 */
function chooseFile(options, name, text) {
  return options.evaluate(
    (/** @type {string} */ name, /** @type {string} */ text) => {
      const input = /** @type {HTMLInputElement} */ (document.querySelector('#secret-file'));
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      input.files = data.files;
      input.dispatchEvent(new Event('change'));
    },
    name,
    text,
  );
}

/**
 * @param {Stage} stage
 * @param {Page} page
 * @param {string} text
 * @param {string} [field]
 */
async function paste(stage, page, text, field = '#textarea') {
  await stage.browser.copy(text);
  await page.click(field);
  await page.press('Control+A', 'Delete');
  await page.paste();
}

/**
 * @param {Stage} stage
 * @param {Page} page
 * @param {string} text
 */
async function arrives(stage, page, text) {
  await paste(stage, page, text);
  await settles(() => textIn(page, '#textarea'), text, 'it arrives');
  assert.equal(await page.warning(), null);
}

onEachBrowser((stage) => {
  onSecrets(
    'a registered secret is held in a page that was open before, by its name, and let go once it is forgotten',
    stage,
    FIELDS,
    async (options, page) => {
      const secret = password();
      await arrives(stage, page, secret);
      await register(options, 'DATABASE_PASSWORD', secret);
      await until('it is listed', async () => /DATABASE_PASSWORD/.test(await textOf(options, '#secrets-list')));
      await settles(() => toldRun(stage), secret.length, 'the frames are told its length');
      await assertAccessible(options, 'with a secret');

      await paste(stage, page, `postgres://app:${secret}@db.internal/app`);
      assert.match((await warned(page)).text, /DATABASE_PASSWORD/);
      await choose(page, 'keep-out');
      assert.equal(await textIn(page, '#textarea'), '');

      await stage.browser.killBackground();
      await paste(stage, page, secret);
      assert.match((await warned(page)).text, /DATABASE_PASSWORD/, 'after a restart of the background');
      await choose(page, 'placeholder');
      assert.match(await textIn(page, '#textarea'), /DATABASE_PASSWORD/);

      await pressOn(options, '#secrets-list button', 'Forget');
      await until('it is gone', async () => !/DATABASE_PASSWORD/.test(await textOf(options, '#secrets-list')));
      await settles(() => toldRun(stage), 0, 'the frames are told');
      await arrives(stage, page, secret);
    },
  );

  onSecrets('what is kept holds no piece of the value, and shows none', stage, FIELDS, async (options) => {
    const secret = password();
    await register(options, 'API_PASSWORD', secret);
    await until('it is listed', async () => /API_PASSWORD/.test(await textOf(options, '#secrets-list')));
    const listed = await textOf(options, '#secrets-list');
    assert.match(listed, /20 to 29 characters/);
    assert.equal(await textIn(options, '#secret-value'), '', 'the field is empty again');
    const storage = await kept(stage);
    assert.match(storage, /API_PASSWORD/, 'the dump has what is kept');
    const bytes = Buffer.from(secret);
    for (const form of [secret, bytes.toString('base64').slice(0, -4), bytes.toString('hex')])
      assert.ok(!storage.includes(form), 'no form of the value is stored');
    for (let at = 0; at + 6 <= secret.length; at++)
      for (const text of [storage, listed]) assert.ok(!text.includes(secret.slice(at, at + 6)), 'nor a piece of it');
  });

  onSecrets('a .env file is taken whole, and what is not taken says why', stage, FIELDS, async (options, page) => {
    const [first, second] = [password(), password()];
    const file = `FIRST=${first}\nexport SECOND="${second}"\nPORT=8080\nTOKEN=your-token-here\nEMPTY=\n`;
    await chooseFile(options, '.env', file);
    await until('it says how many', async () => /2 values/.test(await textOf(options, '#said')));
    const refused = await textOf(options, '#secrets-refused');
    assert.match(refused, /PORT is too short/);
    assert.match(refused, /TOKEN stands for a secret/);
    await assertAccessible(options, 'with refusals');
    await settles(() => toldRun(stage), second.length, 'the frames are told');
    await paste(stage, page, `see ${second}.`);
    assert.match((await warned(page)).text, /SECOND/);
    await choose(page, 'keep-out');

    await chooseFile(options, '.env', file);
    await until('it is known', async () =>
      /FIRST is registered already/.test(await textOf(options, '#secrets-refused')),
    );

    await chooseFile(options, 'notes.txt', 'no assignment here\n');
    await until('it says so', async () => /nothing to register/.test(await textOf(options, '#fault')));

    await pressOn(options, '#secrets-forget');
    await pressOn(options, '#secrets-sure-yes');
    await until('all are gone', async () => /None is registered/.test(await textOf(options, '#secrets-list')));
    await settles(() => toldRun(stage), 0, 'the frames are told');
    await arrives(stage, page, first);
  });

  onSecrets('what could be guessed is refused, with the reason', stage, FIELDS, async (options) => {
    await register(options, 'WEAK', 'correcthorse');
    await until('why', async () =>
      /WEAK is too short, or made of words/.test(await textOf(options, '#secrets-refused')),
    );
    await pressOn(options, '#secret-value');
    await options.press('Control+A', 'Delete');
    await pressOn(options, '#secret-add');
    await until('no value', async () => /Put the value in/.test(await textOf(options, '#fault')));
    assert.match(await textOf(options, '#secrets-list'), /None is registered/);
    assert.equal(await toldRun(stage), 0);
  });

  onSecrets(
    'one that is typed in a frame is marked, by its name',
    stage,
    '/pages/frames.html?kind=cross-site',
    async (options, page) => {
      const secret = password();
      await register(options, 'FRAME_PASSWORD', secret);
      await settles(() => toldRun(stage), secret.length, 'the frames are told');
      const frame = await page.frame('#frame');
      await focusIn(frame, '#textarea');
      await frame.type(`it is ${secret} `);
      assert.match((await marked(frame)).text, /FRAME_PASSWORD/);
    },
  );

  for (const place of frames) {
    onSecrets(
      `it is held in ${place.name}, and what is clean is not touched there`,
      stage,
      place.path,
      async (options, page) => {
        const secret = password();
        await register(options, 'FRAME_PASSWORD', secret);
        await settles(() => toldRun(stage), secret.length, 'the frames are told');
        const frame = await enter(page, place);
        await frame.evaluate(() => {
          addEventListener('paste', ({ isTrusted }) => {
            document.documentElement.dataset.trusted = String(isTrusted);
          });
        });
        await stage.browser.copy(CLEAN);
        await enter(page, place);
        await frame.paste();
        await settles(() => read(frame, place), CLEAN, 'it arrives');
        const seen = await frame.evaluate(() => document.documentElement.dataset.trusted);
        // In a sandbox that allows no scripts, Chromium calls no listener of ours either.
        if (place.name === 'the sandbox frame') assert.notEqual(seen, 'false', 'nobody held it');
        else assert.equal(seen, 'true', 'nobody held it');
        await stage.browser.copy(secret);
        await enter(page, place);
        await frame.paste();
        assert.match((await warned(frame)).text, /FRAME_PASSWORD/);
        await choose(frame, 'keep-out');
        assert.equal(await read(frame, place), CLEAN);
      },
    );
  }

  onSecrets('fingerprints that cannot be read are named, and can be thrown away', stage, FIELDS, async (options) => {
    await stage.browser.inBackground(() =>
      /** @type {any} */ (self).chrome.storage.local.set({
        ownSecrets: {
          version: 1,
          store: '{"version":1}',
          registered: [{ id: 'a', label: 'OLD', length: 20, since: 1, snoozed: 0 }],
        },
      }),
    );
    await until('it says so', async () => {
      await options.goto(await options.evaluate(() => location.href));
      await until('the list', async () => (await textOf(options, '#secrets-list')) !== '');
      return /cannot be read/.test(await until('a fault', () => textOf(options, '#fault')));
    });
    await pressOn(options, '#secrets-forget');
    await pressOn(options, '#secrets-sure-yes');
    await until('it is gone', async () => /None is registered/.test(await textOf(options, '#secrets-list')));
    await register(options, 'NEW_PASSWORD', password());
    await until('it is listed', async () => /NEW_PASSWORD/.test(await textOf(options, '#secrets-list')));
  });

  onSecrets('a secret that is old is due, in the history', stage, FIELDS, async (options) => {
    await register(options, 'OLD_PASSWORD', password());
    await until('it is listed', async () => /OLD_PASSWORD/.test(await textOf(options, '#secrets-list')));
    const history = await openOwn(stage.browser, 'history/index.html');
    await until('it is read', async () => /OLD_PASSWORD/.test(await textOf(history, '#keys-list')));
    assert.match(await textOf(history, '#keys-list'), /registered on/);
    assert.ok(!/OLD_PASSWORD/.test(await textOf(history, '#due-list')));
    await stage.browser.inBackground(async () => {
      const { local } = /** @type {any} */ (self).chrome.storage;
      const { ownSecrets } = await local.get('ownSecrets');
      ownSecrets.registered[0].since -= 91 * 24 * 60 * 60_000;
      await local.set({ ownSecrets });
    });
    await history.goto(await history.evaluate(() => location.href));
    await until('it is due', async () => /OLD_PASSWORD/.test(await textOf(history, '#due-list')));
    await assertAccessible(history, 'a secret is due');
    await pressOn(history, '#due-list button', 'Never');
    await until('it is silent', async () => /OLD_PASSWORD.*no reminder/s.test(await textOf(history, '#keys-list')));
    await history.close();
  });
});
