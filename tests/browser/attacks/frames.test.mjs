// The page around a frame against the warning of that frame, and frames against each other.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { openPopup, pressOn } from '../pages.mjs';
import { focusIn, noWarning, settles, textIn, until, warned } from '../steps.mjs';
import { onEachBrowser, onPage } from '../suite.mjs';
import { CLEAN, key } from '../texts.mjs';
import { PLACEHOLDER } from './attack.mjs';

/** @typedef {import('../drivers/verbs.d.ts').Page} Page */
/** @typedef {import('../suite.mjs').Stage} Stage */

/** What a page does to a frame that asks, from the moment on in which the buttons of its warning work, if ever. */
const ATTACKS = /** @type {Record<string, (frame: HTMLElement) => void>} */ ({
  'shrinks it': (frame) =>
    frame.setAttribute('style', 'position: fixed; inset: 0; width: 40px; height: 30px; border: 0'),
  'makes it transparent': (frame) => frame.style.setProperty('opacity', '0.01'),
  'moves it out of the window': (frame) => frame.style.setProperty('left', '-3000px'),
  'scales it down': (frame) => frame.style.setProperty('transform', 'scale(0.05)'),
  'clips it away': (frame) => frame.style.setProperty('clip-path', 'inset(50%)'),
  'shakes it': (frame) => {
    let step = 0;
    setInterval(() => frame.style.setProperty('transform', `translate(${(step++ % 2) * 120}px)`), 60);
  },
  'covers it': () => {
    const cover = document.createElement('div');
    cover.style.cssText = 'position: fixed; inset: 0; z-index: 9; background: pink; pointer-events: none';
    document.body.append(cover);
  },
});

onEachBrowser((stage) => {
  for (const where of /** @type {const} */ (['the same site', 'another site'])) {
    for (const [what, attack] of Object.entries(ATTACKS)) {
      onPage(`T34 a page has a frame of ${where} that asks, and ${what}`, stage, '/pages/fields.html', async (page) => {
        await stage.browser.copy(key());
        const frame = await addFrame(page, where === 'the same site' ? stage.site.a : stage.site.b, 'frame');
        await hold(frame);
        await pause(1000);
        const shown = await warned(frame);
        await page.evaluate(
          /** @type {any} */ ({ toString: () => `() => { (${attack})(document.querySelector('#frame')); }` }),
        );
        await pause(300);
        // In Firefox the warning of a frame of the same site stands in the page itself, where nothing of this reaches it.
        const outside = (await frame.warning())?.page !== undefined && (await page.warning()) !== null;
        if (!outside) {
          await frame.click(shown.at.placeholder).catch(() => {});
          await pause(200);
          assert.equal(await textIn(frame, '#textarea'), '', 'the press released nothing');
        }
        const popup = await openPopup(stage.browser, page);
        await pressOn(popup, '#held button', 'Insert a placeholder');
        await settles(() => textIn(frame, '#textarea'), PLACEHOLDER, 'it arrives by the popup');
        await popup.close();
      });
    }

    onPage(`T34 a frame of ${where} that asks is removed`, stage, '/pages/fields.html', async (page) => {
      await stage.browser.copy(key());
      const frame = await addFrame(page, where === 'the same site' ? stage.site.a : stage.site.b, 'frame');
      await hold(frame);
      await page.evaluate(() => document.querySelector('#frame')?.remove());
      await noWarning(page);
      await stage.browser.copy(CLEAN);
      await page.click('#textarea');
      await page.paste();
      await settles(() => textIn(page, '#textarea'), CLEAN, 'the page goes on');
    });
  }

  onPage('T34 two frames ask at once, and each gets its own answer', stage, '/pages/fields.html', async (page) => {
    const secret = key();
    await stage.browser.copy(secret);
    const first = await addFrame(page, stage.site.a, 'first', 0);
    const second = await addFrame(page, stage.site.b, 'second', 500);
    await hold(first);
    // Where the first warning stands in the page, the second frame takes no input until it is answered.
    await second.click('#textarea').catch(() => {});
    await second.paste();
    await pause(1000);
    for (const frame of [first, second]) assert.equal(await textIn(frame, '#textarea'), '');
    const popup = await openPopup(stage.browser, page);
    const asked = await popup.evaluate(() => document.querySelectorAll('#held > div').length);
    assert.ok(asked >= 1);
    for (let left = asked; left > 0; left--) {
      await pressOn(popup, '#held button', 'Keep it out');
      await until('the popup has taken it', () =>
        popup.evaluate(
          (/** @type {number} */ before) => document.querySelectorAll('#held > div').length < before,
          left,
        ),
      );
    }
    for (const frame of [first, second]) {
      await noWarning(frame);
      assert.equal(await textIn(frame, '#textarea'), '');
    }
    await popup.close();
  });
});

/**
 * @param {Page} page
 * @param {string} site
 * @param {string} id
 * @param {number} [left]
 */
async function addFrame(page, site, id, left = 0) {
  await page.evaluate(
    (/** @type {string} */ src, /** @type {string} */ name, /** @type {number} */ x) => {
      const frame = document.createElement('iframe');
      frame.id = name;
      frame.src = src;
      frame.style.cssText = `position: fixed; top: 0; left: ${x}px; width: 480px; height: 520px; border: 0; background: white`;
      document.body.append(frame);
    },
    `${site}/pages/fields.html`,
    id,
    left,
  );
  const frame = await page.frame(`#${id}`);
  await until('the frame is there', () =>
    frame.evaluate(() => document.readyState === 'complete' && document.querySelector('#textarea') !== null),
  );
  return frame;
}

/** @param {Page} frame */
async function hold(frame) {
  await focusIn(frame, '#textarea');
  await frame.paste();
  await warned(frame);
}
