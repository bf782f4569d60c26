// The popup, the options, the history and the welcome page for people who see, move or read otherwise: narrow, enlarged, in forced
// colours, without motion, by the keyboard, in longer words, from right to left. Firefox gets to 320 px by its zoom, which is what
// somebody does who enlarges a window of 1280 px four times.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { contrast } from './contrast.mjs';
import { assertAccessible, openOwn, openPopup, textOf } from './pages.mjs';
import { openSite } from './site.mjs';
import { choose, until } from './steps.mjs';
import { browsers, extensionFor, launch } from './suite.mjs';
import { sample } from './texts.mjs';

const WITHIN = { timeout: 120_000 };

/** WCAG 2.2, 1.4.10 Reflow. */
const NARROW = 320;

/** WCAG 2.2, 1.4.3 and 1.4.11: words, and what shows where a control is. */
const LEAST_CONTRAST = { words: 4.5, edges: 3 };

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */
/** @typedef {import('./drivers/verbs.d.ts').Browser} Browser */
/** @typedef {Record<string, { message: string }>} Messages */

/** @type {Record<string, (messages: Messages, locales: string) => Promise<Messages>>} */
const WORDS = {
  'words that are 40 % longer': async (messages) => {
    for (const [name, entry] of Object.entries(messages)) {
      // These two are no words, and the name has a length that stores set.
      if (['language', 'direction', 'extName'].includes(name)) continue;
      const plain = entry.message.replaceAll(/\$\w+\$/g, '');
      entry.message += ` ${plain.slice(0, Math.ceil(plain.length * 0.4))}`;
    }
    return messages;
  },
  'words from right to left': async (_, locales) =>
    JSON.parse(await fs.readFile(path.join(locales, 'ar', 'messages.json'), 'utf8')),
};

/**
 * @typedef {{ browser: Browser, about: Page }} Stage
 */

/** @type {Record<string, (stage: Stage) => Promise<Page>>} */
const pages = {
  popup: ({ browser, about }) => openPopup(browser, about),
  options: async ({ browser }) => {
    const page = await openOwn(browser, 'options/index.html');
    await until('the kinds', () => textOf(page, '#found'));
    // Hundreds of rows of one form say no more than three.
    await page.click('#search');
    await page.type('stripe secret');
    await until(
      'three kinds',
      async () => (await page.evaluate(() => document.querySelectorAll('#kinds-list li').length)) < 9,
    );
    return page;
  },
  history: async ({ browser }) => {
    const page = await openOwn(browser, 'history/index.html');
    await until('the entries', () => page.evaluate(() => document.querySelector('#entries summary') !== null));
    return page;
  },
  'welcome page': async ({ browser }) => {
    const page = await openOwn(browser, 'welcome/index.html');
    await until('a key', () => textOf(page, '#practice'));
    return page;
  },
};

for (const name of browsers) {
  for (const [words, rewrite] of Object.entries(WORDS)) {
    describe(`${name}, ${words}`, () => {
      const stage = prepared(name, rewrite);
      for (const [title, open] of Object.entries(pages)) {
        test(`the ${title} fits into ${NARROW} px and passes axe`, WITHIN, async () => {
          const page = await open(stage);
          await page.narrow(NARROW);
          await until(`the page is ${NARROW} px wide`, () =>
            page.evaluate((/** @type {number} */ width) => Math.abs(innerWidth - width) < 2, NARROW),
          );
          if (words.includes('right')) assert.equal(await page.evaluate(() => document.dir), 'rtl');
          await assertAccessible(page, title);
          assert.deepEqual(await page.evaluate(cutOff), [], 'nothing is cut off');
          await keep(page, `${name}-${title}-${words.includes('right') ? 'rtl' : 'long'}`);
          await page.close();
        });
      }
    });
  }

  describe(`${name}, wishes`, () => {
    const stage = prepared(name);
    for (const [title, open] of Object.entries(pages)) {
      test(`the ${title} shows words, edges and states in forced colours`, WITHIN, async () => {
        const page = await open(stage);
        await page.prefer({ 'forced-colors': 'active' });
        await until('colours are forced', () => page.evaluate(() => matchMedia('(forced-colors: active)').matches));
        const { words, edges } = await page.evaluate(contrasts);
        assert.ok(words.length > 3 && edges.length > 0, 'something was looked at');
        assert.deepEqual(
          words.filter((colors) => contrast(colors) < LEAST_CONTRAST.words),
          [],
        );
        assert.deepEqual(
          edges.filter((colors) => contrast(colors) < LEAST_CONTRAST.edges),
          [],
        );
        await keep(page, `${name}-${title}-forced`);
        await page.prefer({ 'forced-colors': 'none' });
        await page.close();
      });

      test(`the ${title} moves nothing for whoever wants no motion`, WITHIN, async () => {
        const page = await open(stage);
        await page.prefer({ 'prefers-reduced-motion': 'reduce' });
        await until('motion is reduced', () =>
          page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches),
        );
        assert.deepEqual(await page.evaluate(moving), []);
        await page.prefer({ 'prefers-reduced-motion': 'no-preference' });
        await page.close();
      });

      test(`the Tab key goes through the ${title} in order, and shows where it is`, WITHIN, async () => {
        const page = await open(stage);
        // The keyboard begins where was clicked last.
        await page.evaluate(() => scrollTo(0, 0));
        await page.click({ x: 2, y: 2 });
        const stops = await page.evaluate(tabbable);
        /** @type {string[]} */
        const reached = [];
        for (let presses = 0; reached.length < stops.length && presses < stops.length + 3; presses++) {
          await page.press('Tab');
          const { what, outline } = await page.evaluate(focus);
          assert.notEqual(outline, 'none', `${what} shows that it has the focus`);
          // In Firefox the field for a file is two stops.
          if (what !== reached.at(-1) || !what.includes('type="file"')) reached.push(what);
        }
        assert.deepEqual(reached, stops);
        await page.close();
      });
    }
  });
}

/**
 * A browser with one decision in its history; the extension says what `rewrite` makes of its English words.
 * @param {'chromium' | 'firefox'} name
 * @param {(messages: Messages, locales: string) => Promise<Messages>} [rewrite]
 * @returns {Stage}
 */
function prepared(name, rewrite = async (messages) => messages) {
  const stage = /** @type {Stage} */ ({});
  /** @type {import('./site.mjs').Site} */
  let site;
  let scratch = '';
  before(async () => {
    scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'keystay-words-'));
    const extension = path.join(scratch, 'extension');
    await fs.cp(extensionFor(name), extension, { recursive: true });
    const locales = path.join(extension, '_locales');
    const file = path.join(locales, 'en', 'messages.json');
    await fs.writeFile(file, JSON.stringify(await rewrite(JSON.parse(await fs.readFile(file, 'utf8')), locales)));
    site = await openSite();
    stage.browser = await launch(name, { extension });
    stage.about = await stage.browser.open(`${site.a}/pages/fields.html`);
    await stage.browser.copy(sample('stripe-secret-key').secret);
    await stage.about.click('#textarea');
    await stage.about.paste();
    await choose(stage.about, 'anyway');
  }, WITHIN);
  after(async () => {
    await stage.browser?.close();
    await site?.close();
    await fs.rm(scratch, { recursive: true, force: true });
  });
  return stage;
}

/**
 * Where KEYSTAY_PICTURES names a folder, each page leaves a picture there to look at.
 * @param {Page} page
 * @param {string} title
 */
async function keep(page, title) {
  const folder = process.env.KEYSTAY_PICTURES;
  if (!folder) return;
  await fs.mkdir(folder, { recursive: true });
  await page.screenshot(path.join(folder, `${title.replaceAll(' ', '-')}.png`));
}

/** Runs in the page: what is wider than the box that holds it, and cannot be scrolled. */
function cutOff() {
  return [...document.querySelectorAll('body *')]
    .filter((element) => element instanceof HTMLElement && !element.matches('input, select, textarea'))
    .filter(({ clientWidth, scrollWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 100));
}

/** Runs in the page. */
function moving() {
  const running = document.getAnimations().map((animation) => animation.constructor.name);
  const slow = [...document.querySelectorAll('*')]
    .filter((element) => {
      const { transitionDuration, scrollBehavior } = getComputedStyle(element);
      return transitionDuration.split(', ').some((time) => Number.parseFloat(time) > 0) || scrollBehavior === 'smooth';
    })
    .map((element) => element.outerHTML.slice(0, 80));
  return [...running, ...slow];
}

/** Runs in the page: what a person gets to with Tab, in the order of the page. A group of radio buttons is one stop. */
function tabbable() {
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled'))
    .map((element) => element.outerHTML.slice(0, 100));
}

/** Runs in the page. */
function focus() {
  const element = document.hasFocus() ? document.activeElement : null;
  if (element === null) return { what: 'nothing', outline: 'none' };
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const seen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  return { what: element.outerHTML.slice(0, 100), outline: seen ? outlineStyle : 'none' };
}

/** Runs in the page. */
function contrasts() {
  const shown = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility());
  const hasWords = (/** @type {Element} */ element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
  const words = shown
    .filter((element) => element instanceof HTMLElement && hasWords(element) && !element.closest(':disabled'))
    .map((element) => ({
      what: (element.textContent ?? '').trim().slice(0, 60),
      front: getComputedStyle(element).color,
      back: behind(element),
    }));
  const edges = shown
    .filter((element) => element.matches('button, input, select, textarea') && !element.matches('.link, .switch'))
    .map((element) => ({
      what: element.outerHTML.slice(0, 60),
      front: getComputedStyle(element).borderTopColor,
      back: behind(/** @type {Element} */ (element.parentElement)),
    }));
  return { words, edges };

  /** @param {Element} element */
  function behind(element) {
    let box = /** @type {Element | null} */ (element);
    while (box && /^rgba\(.*, 0\)$/.test(getComputedStyle(box).backgroundColor)) box = box.parentElement;
    return box ? getComputedStyle(box).backgroundColor : 'rgb(255, 255, 255)';
  }
}
