// Rules of one's own: checked while they are written, tried before they are saved, and in force in every page once they are.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { assertAccessible, openOwn, pressOn, textOf } from './pages.mjs';
import { openSite } from './site.mjs';
import { choose, settles, textIn, until, warned } from './steps.mjs';
import { browsers, extensionFor, launch, onEachBrowser, onPage } from './suite.mjs';
import { sample } from './texts.mjs';

const WITHIN = { timeout: 90_000 };

const FIELDS = '/pages/fields.html';

/** @typedef {import('./suite.mjs').Stage} Stage */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/** A key that nobody has a rule for. */
const badge = () => `acmeb-${randomBytes(12).toString('hex')}`;

/**
 * @param {string} id
 * @param {string} pattern
 */
const rule = (id, pattern) =>
  `[[rule]]\nid = "${id}"\nname = "Acme ${id}"\nenv = "ACME_KEY"\nseverity = "high"\npattern = '${pattern}'\n`;

const RULES = `provider = "Acme"\n${rule('acme-badge', 'acmeb-[A-Za-z0-9]{24}')}`;

/**
 * @param {string} sentence
 * @param {Stage} stage
 * @param {(options: Page, page: Page) => Promise<void>} body
 */
function onRules(sentence, stage, body) {
  onPage(sentence, stage, FIELDS, async (page) => {
    await reset(stage);
    const options = await openOwn(stage.browser, 'options/index.html');
    // The last part that the page fills in: whatever is clicked before may move.
    await until('the page is whole', async () => (await textOf(options, '#allowed-list')) !== '');
    try {
      await body(options, page);
    } finally {
      await options.close();
      await reset(stage);
    }
  });
}

/** @param {Stage} stage */
async function reset(stage) {
  await stage.browser.inBackground(() => /** @type {any} */ (self).chrome.storage.local.remove('settings'));
  await settles(() => leads(stage), [], 'no rules');
}

/**
 * What every frame was told last.
 * @param {Stage} stage
 */
function leads(stage) {
  return stage.browser.inBackground(async () => {
    const { additions } = await /** @type {any} */ (self).chrome.storage.local.get('additions');
    return additions?.leads ?? [];
  });
}

/**
 * Puts a text into a field as a paste would: the keyboard would take minutes.
 * @param {Page} options
 * @param {string} selector
 * @param {string} text
 */
async function write(options, selector, text) {
  await pressOn(options, selector);
  await options.press('Control+A', 'Delete');
  await options.insert(text);
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
  onRules('a text can be tried: what is found, how sure it is, and what would follow', stage, async (options) => {
    const live = sample('github-pat-classic');
    await write(options, '#tried-text', `token = "${live.secret}"`);
    const found = await until('what is found', () => textOf(options, '#tried-found'));
    assert.match(found, /GitHub.*certain.*Held: you are asked.*github-pat-classic/s);
    assert.ok(!found.includes(live.secret.slice(10)), 'the key is masked');
    await assertAccessible(options, 'with something found');
    await write(options, '#tried-text', 'plain words');
    await until('nothing', async () => /Nothing is found/.test(await textOf(options, '#tried-found')));
    const stored = await stage.browser.inBackground(async () => {
      const { chrome } = /** @type {any} */ (self);
      return JSON.stringify([await chrome.storage.local.get(null), await chrome.storage.session.get(null)]);
    });
    assert.ok(!stored.includes(live.secret.slice(10)), 'nothing of it is stored');
    const history = await openOwn(stage.browser, 'history/index.html');
    await until('it is read', async () => (await textOf(history, '#found')) !== '');
    assert.equal(await textOf(history, '#found'), '0 entries');
    await history.close();
  });

  onRules('what is wrong with a rule is said while it is written, and the others work', stage, async (options) => {
    await write(options, '#rules-text', `${RULES}${rule('acme-wide', '[a-z]+')}`);
    await until('the wrong one is named', async () =>
      /acme-wide.*no literal/s.test(await textOf(options, '#rules-wrong')),
    );
    assert.match(await textOf(options, '#rules-used'), /1 rule works: Acme acme-badge/);
    await assertAccessible(options, 'with a wrong rule');
    await write(options, '#rules-text', 'provider = ');
    await until('the line is named', async () => /line 1/.test(await textOf(options, '#rules-wrong')));
    await write(options, '#rules-text', '{ "provider": "Acme", "rule": [] }');
    await until('JSON is read', async () => (await textOf(options, '#rules-wrong')) === '');
  });

  onRules('a rule is tried before it is saved, and then holds in a page that is open', stage, async (options, page) => {
    const key = badge();
    await write(options, '#rules-text', RULES);
    await write(options, '#tried-text', `my key ${key}`);
    await until('it is found', async () => /Acme acme-badge/.test(await textOf(options, '#tried-found')));
    await paste(stage, page, key);
    await settles(() => textIn(page, '#textarea'), key, 'it is not in force');

    await pressOn(options, '#rules-save');
    await settles(() => leads(stage), ['acmeb-'], 'the frames are told');
    await paste(stage, page, key);
    assert.match((await warned(page)).text, /Acme acme-badge/);
    await choose(page, 'placeholder');
    assert.match(await textIn(page, '#textarea'), /ACME_KEY/);

    await stage.browser.killBackground();
    await paste(stage, page, key);
    assert.match((await warned(page)).text, /Acme acme-badge/, 'after a restart of the background');
    await choose(page, 'keep-out');

    await options.goto(await options.evaluate(() => location.href));
    await until('the page is whole', async () => (await textOf(options, '#allowed-list')) !== '');
    await pressOn(options, '#search');
    await options.type('acme-badge');
    await until('among the kinds', async () => /Acme acme-badge/.test(await textOf(options, '#kinds-list')));
    await write(options, '#rules-text', ' ');
    await pressOn(options, '#rules-save');
    await settles(() => leads(stage), [], 'the frames are told');
    await paste(stage, page, key);
    await settles(() => textIn(page, '#textarea'), key, 'it is let go');
  });
});

for (const name of browsers) {
  test(`${name}: where there are no such rules, the module that reads them is not even asked for`, WITHIN, async () => {
    const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'keystay-standard-'));
    const extension = path.join(scratch, 'extension');
    await fs.cp(extensionFor(name), extension, { recursive: true });
    await fs.rm(path.join(extension, 'keystay-company.wasm'));
    const site = await openSite();
    const browser = await launch(name, { extension });
    try {
      const stage = { browser, site, name };
      const page = await browser.open(site.a + FIELDS);
      await paste(stage, page, sample('anthropic-api-key').secret);
      await warned(page);
      await choose(page, 'keep-out');
      await browser.killBackground();
      await paste(stage, page, sample('anthropic-api-key').secret);
      await warned(page);
      const title = await browser.inBackground(() => /** @type {any} */ (self).chrome.action.getBadgeText({}));
      assert.equal(title, '', 'the button shows nothing broken');
      await choose(page, 'keep-out');

      const options = await openOwn(browser, 'options/index.html');
      await until('it has its kinds', () => options.evaluate(() => document.querySelector('#kinds-list li') !== null));
      assert.equal(await textOf(options, '#fault'), '');
    } finally {
      await browser.close();
      await site.close();
      await fs.rm(scratch, { recursive: true, force: true });
    }
  });
}
