// The options: every control does what it says, in the pages that are open, and two windows do not undo each other.

import assert from 'node:assert/strict';
import { assertAccessible, choose, openOwn, pressOn, textOf } from './pages.mjs';
import { noWarning, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { key, sample } from './texts.mjs';

const FIELDS = '/pages/fields.html';

/** @typedef {import('./suite.mjs').Stage} Stage */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/**
 * Runs with settings that no other test has touched.
 * @param {string} sentence
 * @param {Stage} stage
 * @param {(options: Page, page: Page) => Promise<void>} body
 */
function onOptions(sentence, stage, body) {
  onPage(sentence, stage, FIELDS, async (page) => {
    await stage.browser.inBackground(() => /** @type {any} */ (self).chrome.storage.local.remove('settings'));
    const options = await openOwn(stage.browser, 'options/index.html');
    await until('the options are there', () =>
      options.evaluate(() => document.querySelector('#kinds-list li') !== null),
    );
    try {
      await body(options, page);
    } finally {
      await options.close();
    }
  });
}

/** @param {Stage} stage */
function stored(stage) {
  return stage.browser.inBackground(async () => {
    const { settings } = await /** @type {any} */ (self).chrome.storage.local.get('settings');
    return settings?.values ?? {};
  });
}

/**
 * @param {Stage} stage
 * @param {Page} page
 * @param {string} text
 */
async function paste(stage, page, text) {
  await stage.browser.copy(text);
  await page.click('#textarea');
  await page.press('Control+A', 'Delete');
  await page.paste();
}

onEachBrowser((stage) => {
  onOptions('the page passes axe, with every kind of key listed', stage, async (options) => {
    await assertAccessible(options, 'options');
    const count = Number.parseInt((await textOf(options, '#found')).replaceAll(/\D/g, ''), 10);
    assert.ok(count > 300, `${count} kinds`);
    await options.click('#search');
    await options.type('stripe secret');
    await until('the search', async () => /^\d kinds?$/.test(await textOf(options, '#found')));
    assert.match(await textOf(options, '#kinds-list'), /Stripe secret key/);
  });

  onOptions('"only note it" stops nothing, in a page that is open', stage, async (options, page) => {
    const secret = key();
    await choose(options, '#mode', 'monitor');
    await settles(() => stored(stage), { mode: 'monitor' }, 'it is stored');
    await paste(stage, page, secret);
    await settles(() => textIn(page, '#textarea'), secret, 'it arrives');
  });

  onOptions('a class can be made louder than the others', stage, async (options, page) => {
    await choose(options, '#loudnessLikely', 'block');
    await settles(() => stored(stage), { loudnessLikely: 'block' }, 'it is stored');
    await paste(stage, page, key());
    const { choices } = await warned(page);
    assert.ok(!choices.includes('anyway'), 'what has the exact shape is blocked');
    await page.press('Escape');
    await noWarning(page);
    await paste(stage, page, sample('github-pat-classic').text);
    assert.ok((await warned(page)).choices.includes('anyway'), 'what proves itself only asks');
    await page.press('Escape');
    await noWarning(page);
  });

  onOptions('a kind that is off is let through', stage, async (options, page) => {
    const secret = key();
    await options.click('#search');
    await options.type('anthropic-api-key');
    await until('the search', async () => (await textOf(options, '#found')) === '1 kind');
    await choose(options, '#kind-anthropic-api-key', 'off');
    await settles(async () => (await stored(stage)).offRules, ['anthropic-api-key'], 'it is stored');
    await paste(stage, page, secret);
    await settles(() => textIn(page, '#textarea'), secret, 'it arrives');
  });

  onOptions('the placeholder has the form that was chosen', stage, async (options, page) => {
    await choose(options, '#placeholder', 'words');
    await settles(() => stored(stage), { placeholder: 'words' }, 'it is stored');
    await paste(stage, page, key());
    assert.match((await warned(page)).text, /\[ANTHROPIC_API_KEY\]/);
    await page.press('Escape');
    await noWarning(page);
    await pressOn(options, '#placeholder-own');
    await options.type('op://Team/{name}/key');
    await options.press('Tab');
    await settles(() => stored(stage), { placeholder: 'op://Team/{name}/key' }, 'a form of their own is stored');
    await paste(stage, page, key());
    assert.match((await warned(page)).text, /op:\/\/Team\/ANTHROPIC_API_KEY\/key/);
    await page.press('Escape');
    await noWarning(page);
  });

  onOptions('a site is added by its address and taken away again', stage, async (options, page) => {
    const secret = key();
    await pressOn(options, '#offSites');
    await options.type(`${stage.site.a}/some/page`);
    await pressOn(options, '#offSites-add');
    await settles(async () => (await stored(stage)).offSites, ['a.test'], 'it is stored');
    await paste(stage, page, secret);
    await settles(() => textIn(page, '#textarea'), secret, 'it is not held there');
    await pressOn(options, '#offSites-list button');
    await settles(async () => (await stored(stage)).offSites, [], 'it is gone');
    await pressOn(options, '#offSites');
    await options.type('no host');
    await pressOn(options, '#offSites-add');
    await until('the mistake is named', async () => /not a host name/.test(await textOf(options, '#fault')));
  });

  onOptions('two windows that change settings at once keep both changes', stage, async (options) => {
    const other = await openOwn(stage.browser, 'options/index.html');
    await until('the other is there', () => other.evaluate(() => document.querySelector('#mode') !== null));
    await choose(options, '#mode', 'block');
    await choose(other, '#placeholder', 'shell');
    await settles(() => stored(stage), { mode: 'block', placeholder: 'shell' }, 'both are stored');
    // And each shows what the other has set.
    await settles(
      () => other.evaluate(() => /** @type {HTMLSelectElement} */ (document.querySelector('#mode')).value),
      'block',
      'the other window follows',
    );
    await other.close();
  });

  onOptions(
    'settings from before there were versions are read, and written in the new form',
    stage,
    async (options) => {
      await stage.browser.inBackground(() =>
        /** @type {any} */ (self).chrome.storage.local.set({ settings: { mode: 'block', trustedSites: ['x.test'] } }),
      );
      await settles(
        () => options.evaluate(() => /** @type {HTMLSelectElement} */ (document.querySelector('#mode')).value),
        'block',
        'they count',
      );
      assert.match(await textOf(options, '#trustedSites-list'), /x\.test/);
      await choose(options, '#placeholder', 'shell');
      await settles(
        () => stored(stage),
        { mode: 'block', trustedSites: ['x.test'], placeholder: 'shell' },
        'nothing was lost',
      );
    },
  );

  onOptions('a damaged value is named, and the others count', stage, async (options) => {
    await stage.browser.inBackground(() =>
      /** @type {any} */ (self).chrome.storage.local.set({
        settings: { version: 2, values: { mode: 7, offSites: 'a.test', placeholder: 'shell' } },
      }),
    );
    await until('the mistakes are named', async () => {
      const fault = await textOf(options, '#fault');
      return /“mode”/.test(fault) && /“offSites”/.test(fault) && !/placeholder/.test(fault);
    });
    const value = await options.evaluate(
      () => /** @type {HTMLSelectElement} */ (document.querySelector('#placeholder')).value,
    );
    assert.equal(value, 'shell');
  });

  onOptions('a file of settings is taken whole, or not at all and says why', stage, async (options) => {
    /** @param {string} text */
    const take = (text) =>
      options.evaluate((/** @type {string} */ content) => {
        const input = /** @type {HTMLInputElement} */ (document.querySelector('#file'));
        const data = new DataTransfer();
        data.items.add(new File([content], 'settings.json', { type: 'application/json' }));
        input.files = data.files;
        input.dispatchEvent(new Event('change'));
      }, text);
    const fault = () => textOf(options, '#fault');
    await take('{ broken');
    await until('not JSON', async () => /not JSON/.test(await fault()));
    await take('{"a": 1}');
    await until('not ours', async () => /does not hold settings/.test(await fault()));
    await take(JSON.stringify({ keystay: 'settings', version: 99, values: {} }));
    await until('too new', async () => /later version/.test(await fault()));
    await take(JSON.stringify({ keystay: 'settings', version: 2, values: { mode: 'loud', placeholder: 'words' } }));
    await until('a wrong value', async () => /Nothing was changed.*“mode”/.test(await fault()));
    assert.deepEqual(await stored(stage), {});
    await take(JSON.stringify({ keystay: 'settings', version: 2, values: { mode: 'block', offRules: ['jwt'] } }));
    await settles(() => stored(stage), { mode: 'block', offRules: ['jwt'] }, 'it applies');
  });
});
