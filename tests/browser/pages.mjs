// Steps on the extension's own pages. They are opened by their address in a tab, as a person may do too.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from './steps.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Browser} Browser */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const axe = await fs.readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Guidelines ask for 24; a thumb wants this. */
const LEAST_TARGET = 44;

/**
 * @param {Browser} browser
 * @param {string} path
 * @returns {Promise<string>}
 */
export function addressOf(browser, path) {
  return browser.inBackground((/** @type {string} */ inside) => {
    return /** @type {any} */ (self).chrome.runtime.getURL(inside);
  }, path);
}

/**
 * @param {Browser} browser
 * @param {string} path
 */
export async function openOwn(browser, path) {
  const page = await browser.open(await addressOf(browser, path));
  await until('the page has its words', () => page.evaluate(() => document.documentElement.dir !== ''));
  return page;
}

/**
 * The popup about a page, in a tab of its own.
 * @param {Browser} browser
 * @param {Page} about
 */
export async function openPopup(browser, about) {
  // A key that does nothing brings the page's tab to the front, where it can be told from the others.
  await about.press('Shift');
  const tab = await browser.inBackground(async () => {
    const [active] = await /** @type {any} */ (self).chrome.tabs.query({ active: true, lastFocusedWindow: true });
    return active.id;
  });
  const page = await openOwn(browser, `popup/index.html?tab=${tab}`);
  await until('the popup knows the state', () =>
    page.evaluate(() => document.querySelector('#status')?.hasAttribute('data-state') ?? false),
  );
  return page;
}

/**
 * @param {Page} page
 * @param {string} selector
 */
export async function textOf(page, selector) {
  return page.evaluate(
    (/** @type {string} */ path) => document.querySelector(path)?.textContent?.trim() ?? '',
    selector,
  );
}

/**
 * A trusted click on the first element of a selector whose words match. What stands above it may still be filled in, and then the click
 * hits something else, or nothing: it is given again until the element has it.
 * @param {Page} page
 * @param {string} selector
 * @param {string} [words]
 */
export async function pressOn(page, selector, words = '') {
  await until(`${selector} ${words} is there and takes a click`, async () => {
    const point = await page.evaluate(locateByWords, selector, words);
    if (point === null) return false;
    await page.click(point);
    // A click may close the page, or lead to another one.
    return page.evaluate(wasPressed).catch(() => true);
  });
}

/**
 * Runs in the page. An element counts as found once it has stood still from one picture to the next.
 * @param {string} selector
 * @param {string} words
 */
async function locateByWords(selector, words) {
  const own = /** @type {any} */ (globalThis);
  const found = [...document.querySelectorAll(selector)].find(
    (element) => element.textContent?.includes(words) && element.getClientRects().length > 0,
  );
  if (!found) return null;
  found.scrollIntoView({ block: 'center' });
  const place = () => {
    const { x, y, width, height } = found.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };
  const before = place();
  await new Promise((shown) => {
    setTimeout(shown, 100);
    requestAnimationFrame(() => requestAnimationFrame(shown));
  });
  const after = place();
  if (!found.isConnected || before.x !== after.x || before.y !== after.y) return null;
  own.pressed = false;
  found.addEventListener(
    'click',
    () => {
      own.pressed = true;
    },
    { once: true },
  );
  return after;
}

/** Runs in the page. In one that has come by the click, nothing is known, and the click was taken. */
async function wasPressed() {
  const own = /** @type {any} */ (globalThis);
  for (let tries = 0; own.pressed === false && tries < 50; tries++) await new Promise((done) => setTimeout(done, 20));
  return own.pressed !== false;
}

/**
 * Chooses in a list as the keyboard does.
 * @param {Page} page
 * @param {string} selector
 * @param {string} value
 */
export async function choose(page, selector, value) {
  for (let presses = 0; presses < 8; presses++) {
    const now = await page.evaluate((/** @type {string} */ path) => {
      const select = /** @type {HTMLSelectElement} */ (document.querySelector(path));
      select.scrollIntoView({ block: 'center' });
      select.focus();
      return {
        value: select.value,
        at: select.selectedIndex,
        values: [...select.options].map((option) => option.value),
      };
    }, selector);
    if (now.value === value) return;
    await page.press(now.values.indexOf(value) < now.at ? 'ArrowUp' : 'ArrowDown');
    await pause(100);
  }
  assert.fail(`${selector} never became ${value}`);
}

/**
 * Axe over the whole page, and what axe does not test: the size of targets, and nothing that is wider than its place.
 * @param {Page} page
 * @param {string} where
 */
export async function assertAccessible(page, where) {
  const source = /** @type {any} */ ({
    toString: () => `async () => { ${axe}; return (${inspect})(window.axe ?? axe); }`,
  });
  const found = await page.evaluate(source);
  assert.deepEqual(found.violations, [], where);
  assert.ok(found.passes > 10, `${where}: axe looked at the page`);
  assert.deepEqual(found.small, [], `${where}: targets under ${LEAST_TARGET} px`);
  assert.deepEqual(found.wide, [], `${where}: wider than the window`);

  /** @param {any} checker */
  async function inspect(checker) {
    const { violations, passes } = await checker.run(document);
    const shown = (/** @type {Element} */ element) => element.getClientRects().length > 0;
    return {
      violations: violations.map((/** @type {any} */ { id, nodes }) => [
        id,
        nodes.map((/** @type {any} */ { html }) => html.slice(0, 120)),
      ]),
      passes: passes.length,
      small: [...document.querySelectorAll('button, select, input, summary, nav a')]
        .filter(shown)
        .filter((element) => element.getBoundingClientRect().height < 43.5)
        .map((element) => element.outerHTML.slice(0, 80)),
      wide:
        document.documentElement.scrollWidth > innerWidth
          ? [`${document.documentElement.scrollWidth} of ${innerWidth}`]
          : [],
    };
  }
}
