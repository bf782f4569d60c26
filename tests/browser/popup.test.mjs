// The popup: what it says about a page is what the page's frames have just proved, and what it offers works at once.

import assert from 'node:assert/strict';
import { assertAccessible, openOwn, openPopup, pressOn, textOf } from './pages.mjs';
import { focusIn, noWarning, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { key } from './texts.mjs';

const FIELDS = '/pages/fields.html';

/** @typedef {import('./suite.mjs').Stage} Stage */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/** @param {Page} popup */
const stateOf = (popup) => popup.evaluate(() => document.querySelector('#status')?.getAttribute('data-state'));

/**
 * @param {Stage} stage
 * @param {Page} page
 * @param {string} secret
 */
async function pastesFreely(stage, page, secret) {
  await stage.browser.copy(secret);
  await page.click('#textarea');
  await page.paste();
  await settles(() => textIn(page, '#textarea'), secret, 'the paste is not held');
}

onEachBrowser((stage) => {
  onPage('a page whose guard catches the canary is on, and the popup passes axe', stage, FIELDS, async (page) => {
    const popup = await openPopup(stage.browser, page);
    assert.equal(await stateOf(popup), 'on');
    assert.match(await textOf(popup, '#status'), /caught a test event/);
    assert.match(await textOf(popup, '#site'), /a\.test/);
    await assertAccessible(popup, 'popup');
    await popup.close();
  });

  onPage('a frame whose guard is gone is counted as missing', stage, '/pages/frames.html', async (page) => {
    // A frame that no content script gets into: its address cannot be loaded.
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'http://127.0.0.1:1/';
      document.body.append(frame);
      return new Promise((resolve) => setTimeout(resolve, 1000));
    });
    const popup = await openPopup(stage.browser, page);
    await until('the state', async () => (await stateOf(popup)) === 'partly');
    assert.match(await textOf(popup, '#status'), /One frame of this page did not answer/);
    await popup.close();
  });

  onPage("the browser's own pages are not called guarded", stage, FIELDS, async () => {
    const own = await openOwn(stage.browser, 'history/index.html');
    const popup = await openPopup(stage.browser, own);
    assert.equal(await stateOf(popup), 'restricted');
    assert.match(await textOf(popup, '#status'), /keeps extensions out/);
    await popup.close();
    await own.close();
  });

  onPage(
    'the switch turns the guard of this site off and on, at once, in the open page',
    stage,
    FIELDS,
    async (page) => {
      const secret = key();
      const popup = await openPopup(stage.browser, page);
      await pressOn(popup, '#site');
      await settles(() => stateOf(popup), 'off', 'the popup says so');
      await pastesFreely(stage, page, secret);

      await pressOn(popup, '#site');
      await settles(() => stateOf(popup), 'on', 'the popup says so');
      await page.click('#textarea');
      await page.paste();
      await warned(page);
      await page.press('Escape');
      await noWarning(page);
      await popup.close();
    },
  );

  onPage('a site that is off stays off after a reload, from the first paste on', stage, FIELDS, async (page) => {
    const secret = key();
    const popup = await openPopup(stage.browser, page);
    await pressOn(popup, '#site');
    await settles(() => stateOf(popup), 'off', 'the popup says so');
    await page.goto(`${stage.site.a}${FIELDS}`);
    await pastesFreely(stage, page, secret);
    await pressOn(popup, '#site');
    await settles(() => stateOf(popup), 'on', 'the popup says so');
    await popup.close();
  });

  onPage('a pause ends by a press, and holds nothing until then', stage, FIELDS, async (page) => {
    const secret = key();
    const popup = await openPopup(stage.browser, page);
    await pressOn(popup, '#pause-hour');
    await settles(() => stateOf(popup), 'paused', 'the popup says so');
    await assertAccessible(popup, 'paused');
    await pastesFreely(stage, page, secret);
    await pressOn(popup, '#pause-hour');
    await settles(() => stateOf(popup), 'on', 'the popup says so');
    await popup.close();
  });

  onPage('a pause of this page ends when it is loaded anew', stage, FIELDS, async (page) => {
    const secret = key();
    const popup = await openPopup(stage.browser, page);
    await pressOn(popup, '#pause-page');
    await settles(() => stateOf(popup), 'off', 'the popup says so');
    await pastesFreely(stage, page, secret);
    await page.goto(`${stage.site.a}${FIELDS}`);
    await page.click('#textarea');
    await page.paste();
    await warned(page);
    await page.press('Escape');
    await noWarning(page);
    await popup.close();
  });

  onPage('what is held can be let go from the popup', stage, FIELDS, async (page) => {
    const secret = key();
    await stage.browser.copy(secret);
    await page.click('#textarea');
    await page.paste();
    await warned(page);
    const popup = await openPopup(stage.browser, page);
    assert.equal(await stateOf(popup), 'held');
    assert.match(await textOf(popup, '#held'), /Anthropic API key/);
    await assertAccessible(popup, 'held');
    await pressOn(popup, '#held summary');
    await pressOn(popup, '#held button', 'I accept the risk');
    await noWarning(page);
    await settles(() => textIn(page, '#textarea'), secret, 'it arrives');
    await settles(() => stateOf(popup), 'on', 'nothing is held any more');
    await popup.close();
  });

  onPage("another site's frame is answered from the popup too", stage, `/pages/frames.html`, async (page) => {
    const secret = key();
    await page.evaluate((/** @type {string} */ src) => {
      const frame = document.createElement('iframe');
      frame.id = 'other';
      frame.src = src;
      frame.style.cssText = 'width: 500px; height: 300px; position: fixed; inset: 0 auto auto 0; background: white';
      document.body.append(frame);
    }, `${stage.site.b}${FIELDS}`);
    const frame = await page.frame('#other');
    await until('the frame is there', () => frame.evaluate(() => document.querySelector('#textarea') !== null));
    await stage.browser.copy(secret);
    await focusIn(frame, '#textarea');
    await frame.paste();
    await warned(frame);
    const popup = await openPopup(stage.browser, page);
    await pressOn(popup, '#held summary');
    await pressOn(popup, '#held button', 'I accept the risk');
    await noWarning(frame);
    await settles(() => textIn(frame, '#textarea'), secret, 'it arrives');
    await popup.close();
  });

  onPage('the practice key is made anew each time and is caught in the popup', stage, FIELDS, async (page) => {
    const popup = await openPopup(stage.browser, page);
    await pressOn(popup, 'summary');
    const first = await until('a key', () => textOf(popup, '#practice'));
    await stage.browser.copy(first);
    await popup.click('#try-field');
    await popup.paste();
    assert.match(await until('an answer', () => textOf(popup, '#said')), /Caught: GitHub/);
    assert.equal(await popup.evaluate(() => document.querySelector('input')?.value), '');
    await assertAccessible(popup, 'practice');
    const again = await popup.evaluate(async () => {
      const { value } = await /** @type {any} */ (globalThis).chrome.runtime.sendMessage({ ask: 'practice' });
      return value;
    });
    assert.notEqual(again, first);
    await popup.close();
  });
});
