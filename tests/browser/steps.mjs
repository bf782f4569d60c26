// Steps that specs are written in.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { locate } from './drivers/reading.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */
/** @typedef {import('./drivers/verbs.d.ts').Choice} Choice */

/** On a loaded machine a browser may need seconds for what usually takes milliseconds. */
const PATIENCE = 15_000;

/**
 * Waits until a question has a truthy answer.
 * @template T
 * @param {string} what said when it does not come
 * @param {() => Promise<T>} ask
 * @param {number} [within]
 * @returns {Promise<Exclude<T, false | null | undefined | 0 | ''>>}
 */
export async function until(what, ask, within = PATIENCE) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return /** @type {any} */ (answer);
    if (Date.now() > end) throw late(new Error(`waited ${within / 1000} s in vain: ${what}`));
    await pause(20);
  }
}

/**
 * Waits until a reading equals what is expected; the failure shows the last reading.
 * @template T
 * @param {() => Promise<T>} read
 * @param {T} expected
 * @param {string} what
 * @param {number} [within]
 */
export async function settles(read, expected, what, within = PATIENCE) {
  const end = Date.now() + within;
  for (;;) {
    const last = await read();
    try {
      assert.deepEqual(last, expected, what);
      return;
    } catch (error) {
      if (Date.now() > end) throw late(/** @type {Error} */ (error));
    }
    await pause(20);
  }
}

/**
 * What has not come in time may have been held up by a busy machine; what came and was wrong was not (`run.mjs`).
 * @param {Error} error
 */
function late(error) {
  return Object.assign(error, { late: true });
}

/** @param {Page} page */
export function warned(page) {
  return until('a warning', () => page.warning());
}

/** @param {Page} page */
export async function noWarning(page) {
  await until('the warning goes', async () => (await page.warning()) === null);
}

/**
 * Waits until a key that was written into a field is marked, and the words about it are there.
 * @param {Page} page
 */
export function marked(page) {
  return until('the key is marked', async () => {
    const chip = await page.chip();
    return chip !== null && /^This /.test(chip.text) ? chip : null;
  });
}

/** @param {Page} page */
export function unmarked(page) {
  return until('the mark goes', async () => (await page.chip()) === null);
}

/**
 * Answers the open warning as a person would, once the choice works. What is to be let through needs a reason, where one is asked for.
 * @param {Page} page
 * @param {Choice} choice
 * @param {'mouse' | 'keyboard'} [by]
 * @param {'test' | 'not-secret' | 'risk'} [reason]
 */
export async function choose(page, choice, by = 'mouse', reason = 'risk') {
  await pressIn(page, choice, by);
  if (choice !== 'keep-out' && choice !== 'placeholder') {
    const name = `reason ${reason}`;
    const asked = await until('the answer, or a question for the reason', async () => {
      const warning = await page.warning();
      return warning === null ? 'answered' : warning.others.includes(name) && 'asked';
    });
    if (asked === 'asked') await pressIn(page, name, by);
  }
  await noWarning(page);
}

/**
 * Presses a button of the open warning, once it works.
 * @param {Page} page
 * @param {string} name as `focused` names it
 * @param {'mouse' | 'keyboard'} [by]
 */
export async function pressIn(page, name, by = 'mouse') {
  const ready = await until(`${name} is offered and works`, async () => {
    const warning = await page.warning();
    return warning?.at[name] && !warning.inert.includes(name) ? warning : null;
  });
  if (by === 'mouse') return ready.page.click(/** @type {import('./drivers/verbs.d.ts').Point} */ (ready.at[name]));
  for (let tries = 0; (await page.warning())?.focused !== name; tries++) {
    assert.ok(tries < 100, `Tab reaches ${name}`);
    await ready.page.press('Tab');
  }
  await ready.page.press('Enter');
}

/**
 * Stops the background for good. Chromium starts a worker once more when it was stopped while the extension was still being set up;
 * whatever starts it again and again is a fault.
 * @param {import('./drivers/verbs.d.ts').Browser} browser
 */
export async function silenceBackground(browser) {
  for (let tries = 0; tries < 3; tries++) {
    await browser.killBackground();
    await pause(1000);
    if (!(await browser.backgroundRuns())) return;
  }
  assert.fail('something wakes the background again and again');
}

/**
 * @param {Page} page
 * @param {string} path
 */
export async function clickOn(page, path) {
  const point = await inField(page, path, (field) => {
    field.scrollIntoView({ block: 'nearest' });
    const { x, y, width, height } = field.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.click(point);
}

/**
 * Clicks into a field of a frame until that has the focus. Chromium ignores clicks in a frame of another site that has just moved or come.
 * @param {Page} frame
 * @param {string} selector
 */
export function focusIn(frame, selector) {
  return until(`${selector} has the focus`, async () => {
    await frame.click(selector);
    return frame.evaluate(
      (/** @type {string} */ path) => document.activeElement === document.querySelector(path),
      selector,
    );
  });
}

/**
 * Runs a function on a field in the page's own world. The function travels as text, so it closes over nothing.
 * @template {unknown[]} A
 * @template R
 * @param {Page} page
 * @param {string} path
 * @param {(field: any, ...args: A) => R} fn
 * @param {A} args
 * @returns {Promise<R>}
 */
export function inField(page, path, fn, ...args) {
  const travelling = /** @type {any} */ ({
    toString: () => `(path, args) => (${fn})((${locate})(path), ...args)`,
  });
  return page.evaluate(travelling, path, args);
}

/**
 * The text of a field, as a person sees it in an input and as the tree has it elsewhere.
 * @param {Page} page
 * @param {string} path
 */
export function textIn(page, path) {
  return inField(page, path, (field) => /** @type {string} */ ('value' in field ? field.value : field.textContent));
}

/**
 * Everything of a field that a paste may change.
 * @param {Page} page
 * @param {string} path
 */
export function stateOf(page, path) {
  return inField(page, path, (field) => {
    if ('value' in field) return { text: field.value, start: field.selectionStart, end: field.selectionEnd };
    const root = field.getRootNode();
    const selection = (root.getSelection ? root : document).getSelection();
    // The caret as the number of characters before it: nodes may be split in other ways and mean the same.
    const before = (/** @type {Node} */ node, /** @type {number} */ offset) => {
      const range = document.createRange();
      range.setStart(field, 0);
      range.setEnd(node, offset);
      return range.toString().length;
    };
    const copy = field.cloneNode(true);
    // Style attributes are compared by what they mean: browsers write the same declaration with and without spaces.
    for (const styled of copy.querySelectorAll('[style]')) styled.setAttribute('style', styled.style.cssText);
    return {
      html: copy.innerHTML,
      start: selection?.anchorNode ? before(selection.anchorNode, selection.anchorOffset) : null,
      end: selection?.focusNode ? before(selection.focusNode, selection.focusOffset) : null,
    };
  });
}
