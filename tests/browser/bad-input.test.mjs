// Texts and clipboards that a scanner or a replay could stumble over.

import assert from 'node:assert/strict';
import { choose, noWarning, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { CLEAN, key } from './texts.mjs';

const FIELDS = '/pages/fields.html';
const TAKER = '/pages/taker.html';
const TWENTY_MEGABYTES = 20 * (1 << 20);

/** What stands before and after the key. Where offsets are counted in anything but UTF-16 units, the wrong part is replaced. */
const SURROUNDINGS = {
  'characters outside the basic plane': ['🙂𝒳👩‍👩‍👧 ', ' 🙂'],
  'right-to-left text': ['שלום مرحبا ', ' עולם'],
  'combining marks and a byte order mark': ['\ufeffe\u0301a\u0308 ', ' n\u0303'],
  'lone surrogates': ['a\ud800b\udfff ', ' \ud83d'],
  NULs: ['a\0b\0 ', ' \0c'],
  'line and paragraph separators': ['a\u2028b\u2029 ', ' \u2028'],
};

onEachBrowser((stage) => {
  for (const [what, [head, tail]] of Object.entries(SURROUNDINGS)) {
    onPage(`${what} around a key: the placeholder replaces the key and nothing else`, stage, FIELDS, async (page) => {
      // The clipboard may not carry everything; what an unhindered paste of the same text without the key gives is the measure.
      await stage.browser.copyFlavours({ 'text/plain': `${head}KEY${tail}` });
      await page.click('#textarea');
      await page.paste();
      const carried = await until('the paste without a key', () => textIn(page, '#textarea'));
      await page.press('Control+A', 'Delete');

      await stage.browser.copyFlavours({ 'text/plain': `${head}${key()}${tail}` });
      await page.paste();
      await choose(page, 'placeholder');
      const text = await until('the placeholder', () => textIn(page, '#textarea'));
      const [before = '', after = ''] = carried.split('KEY');
      assert.ok(text.startsWith(before) && text.endsWith(after), JSON.stringify({ text, carried }));
      const inserted = text.slice(before.length, text.length - after.length);
      assert.match(inserted, /^[\x20-\x7e]{4,60}$/);
    });
  }

  onPage('20 MB with a key near the end are held', stage, TAKER, async (page) => {
    const filler = 'All work and no play makes a dull text to scan. '.repeat(TWENTY_MEGABYTES / 48);
    const taken = () =>
      page.evaluate(() => /** @type {any} */ (globalThis).taken.map((/** @type {string} */ text) => text.length));
    await stage.browser.copyFlavours({ 'text/plain': filler });
    await page.click('#taker');
    await page.paste();
    await settles(taken, [filler.length], 'without a key they arrive', 60_000);

    const secret = key();
    await stage.browser.copyFlavours({ 'text/plain': `${filler}${secret} end` });
    await page.paste();
    await until('a warning', () => page.warning(), 60_000);
    assert.equal((await taken()).length, 1);
    await choose(page, 'keep-out');
    assert.equal((await taken()).length, 1);

    await page.paste();
    await until('a warning', () => page.warning(), 60_000);
    await choose(page, 'placeholder');
    await until('the text with a placeholder', async () => (await taken()).length === 2, 60_000);
    const end = await page.evaluate((length) => /** @type {any} */ (globalThis).taken[1].slice(length), filler.length);
    assert.match(end, /^.{4,60} end$/);
    assert.ok(!end.includes(secret.slice(-12)));
  });

  onPage('an empty paste is nothing, and the next one is judged as ever', stage, FIELDS, async (page) => {
    await stage.browser.copyNothing();
    await page.click('#textarea');
    await page.paste();
    await page.type('a');
    assert.equal(await textIn(page, '#textarea'), 'a');
    assert.equal(await page.warning(), null);

    await stage.browser.copy(key());
    await page.paste();
    await warned(page);
    await page.press('Escape');
    await noWarning(page);
    assert.equal(await textIn(page, '#textarea'), 'a');
  });

  onPage('a key that only the HTML flavour carries is held', stage, FIELDS, async (page) => {
    const secret = key();
    const html = /** @param {string} inside */ (inside) => ({
      'text/plain': 'a link',
      'text/html': `<a href="https://example.org/?k=${inside}">a link</a>`,
    });
    await stage.browser.copyFlavours(html('none'));
    await page.click('#editable');
    await page.paste();
    await until('without a key it arrives', async () => (await textIn(page, '#editable')) === 'a link');

    await stage.browser.copyFlavours(html(secret));
    await page.paste();
    await warned(page);
    await page.press('Escape');
    await noWarning(page);
    assert.equal(await textIn(page, '#editable'), 'a link');
    const markup = await page.evaluate(() => document.body.innerHTML);
    assert.ok(!markup.includes(secret.slice(-12)));
  });

  onPage('a key in both flavours becomes a placeholder in rich text too', stage, FIELDS, async (page) => {
    const secret = key();
    await stage.browser.copyFlavours({ 'text/plain': `{${secret}}`, 'text/html': `<b>{</b><i>${secret}</i><b>}</b>` });
    await page.click('#editable');
    await page.paste();
    await choose(page, 'placeholder');
    await until('the placeholder', async () => /^\{.{4,60}\}$/.test(await textIn(page, '#editable')));
    const markup = await page.evaluate(() => document.body.innerHTML);
    assert.ok(!markup.includes(secret.slice(-12)), markup);
  });

  onPage('every field keeps working after a key was kept out', stage, FIELDS, async (page) => {
    for (const field of ['#input', '#textarea', '#editable', '#plaintext']) {
      await stage.browser.copy(key());
      await page.click(field);
      await page.paste();
      await choose(page, 'keep-out');
      await stage.browser.copy(CLEAN);
      await page.paste();
      await settles(() => textIn(page, field), CLEAN, field);
    }
  });
});
