// What every attack goes through, whatever the page does: nothing is released while the person cannot see the whole warning, nothing of the
// text is in the page, and the person can still decide. In the warning where it stands in plain sight, otherwise in the toolbar's popup.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { addressOf, pressOn } from '../pages.mjs';
import { crop } from '../picture.mjs';
import { noWarning, until } from '../steps.mjs';
import { keepPicture, onEachBrowser, TEST_WITHIN } from '../suite.mjs';
import { key } from '../texts.mjs';

/** @typedef {import('../drivers/verbs.d.ts').Page} Page */
/** @typedef {import('../drivers/verbs.d.ts').Browser} Browser */
/** @typedef {import('../suite.mjs').Stage} Stage */

/**
 * What the page has at hand: the element that it sees of the warning, and a way to add one that it does not take for the warning.
 * @typedef {{ host: HTMLElement | null, add: (name: string, style?: string) => any, style: (css: string) => void }} Tools
 */

/**
 * Where the person decided in the end. `popup`: the page keeps the warning from being seen, or from taking clicks. `either`: the page
 * fights, and who wins depends on the machine.
 * @typedef {'warning' | 'popup' | 'either'} Where
 */

/**
 * @typedef {object} Attack
 * @property {string} name
 * @property {(page: Tools) => void} [before] what the page does before the paste; in the page
 * @property {(page: Tools) => void} [once] what it does when the buttons work; in the page
 * @property {(page: Tools) => void} [again] what it does every 25 ms from then on; in the page
 * @property {(page: Page, stage: Stage) => Promise<void>} [person] what happens to the browser, or what the person is made to do
 * @property {'chromium' | 'firefox'} [only]
 * @property {boolean} [unreachable] the field is no longer there or takes nothing, so that nothing arrives whatever the person decides
 * @property {Where | { chromium: Where, firefox: Where }} [decided]
 */

const ADDRESS = '/pages/fields.html';

/** What a press lets in: the button that needs one press is the one to lure somebody to. */
export const PLACEHOLDER = '$ANTHROPIC_API_KEY';

/** A gate that looks only at time would be open again by then. */
const REOPENED = 700;

/** Steps of 255 that nobody sees: a zoom that is undone draws the edges of a few letters so much differently. */
const FAINT = 32;

/** Part of the warning that pictures are compared by: its title, which stays as it is while the buttons below it change. */
const TITLE = { inset: 12, height: 90 };

/**
 * One browser and one tab for a family of attacks.
 * @param {Attack[]} attacks
 */
export function family(attacks) {
  onEachBrowser((stage) => {
    /** @type {Arena | undefined} */
    let arena;
    for (const attack of attacks) {
      if (attack.only && attack.only !== stage.name) continue;
      test(attack.name, { timeout: TEST_WITHIN }, async (context) => {
        arena ??= await Arena.open(stage);
        try {
          context.diagnostic(`decided in the ${await arena.run(attack)}`);
        } catch (error) {
          await keepPicture(arena.page, `${stage.name} ${attack.name}`);
          await arena.close();
          arena = undefined;
          throw error;
        }
      });
    }
  });
}

class Arena {
  /** The warning's title in a page that does nothing. @type {Buffer | null} */
  #undisturbed = null;
  /** @type {Page | null} */
  #popup = null;

  /**
   * @param {Stage} stage
   * @param {Page} page
   */
  constructor(stage, page) {
    this.stage = stage;
    this.page = page;
  }

  /** @param {Stage} stage */
  static async open(stage) {
    await stage.browser.copy(key());
    const arena = new Arena(stage, await stage.browser.open(stage.site.a + ADDRESS));
    await arena.#hold({ name: 'a page that does nothing' });
    arena.#undisturbed = await look(arena.page);
    assert.ok(arena.#undisturbed);
    return arena;
  }

  /**
   * @param {Attack} attack
   * @returns {Promise<'warning' | 'popup'>} where the person decided
   */
  async run(attack) {
    const { page, stage } = this;
    await page.goto(stage.site.a + ADDRESS);
    const shown = await this.#hold(attack);
    if (attack.once) await run(page, attack.once, 'once');
    if (attack.again) await run(page, attack.again, 'again');
    if (attack.person) await attack.person(page, stage);
    await pause(REOPENED);
    await this.#assertHeld('the attack alone');

    const { decided = 'warning' } = attack;
    const expected = typeof decided === 'string' ? decided : decided[stage.name];
    if (expected === 'warning')
      await until('the buttons work again', async () => (await page.warning())?.inert.length === 0);
    const { unreachable = false } = attack;
    const where = (await this.#press(shown?.at.placeholder ?? null, unreachable))
      ? 'warning'
      : await this.#decideInPopup(unreachable);
    if (expected !== 'either') assert.equal(where, expected, 'where the person could decide');
    return where;
  }

  async close() {
    await this.page.close();
    await this.#popup?.close();
  }

  /**
   * Pastes, and waits until the buttons work; a page that was at work before may keep them from it.
   * @param {Attack} attack
   */
  async #hold({ before }) {
    const { page } = this;
    await page.evaluate(listenToAll);
    await page.click('#textarea');
    if (before) await run(page, before, 'once');
    await page.paste();
    const end = Date.now() + (before ? 3000 : 15_000);
    for (;;) {
      const shown = await page.warning();
      if (shown?.inert.length === 0) return shown;
      if (Date.now() > end) {
        assert.ok(before, 'the buttons work in a page that does nothing');
        return shown;
      }
      await pause(20);
    }
  }

  /** @param {string} what */
  async #assertHeld(what) {
    assert.deepEqual(await this.page.evaluate(everything), [], `${what} puts nothing into the page`);
  }

  /**
   * A person who wants to let it in presses where the button stands, or stood. It works only where all of the warning is in sight.
   * @param {import('../drivers/verbs.d.ts').Point | null} stood
   * @param {boolean} unreachable
   */
  async #press(stood, unreachable) {
    const { page } = this;
    for (let press = 0; press < 2; press++) {
      const at = (await page.warning())?.at.placeholder ?? stood;
      if (at === null || !(await page.evaluate(isInside, at.x, at.y))) return false;
      const seen = same(await look(page), this.#undisturbed);
      await page.click(at);
      await pause(150);
      const got = await page.evaluate(everything);
      if (unreachable && seen && got.length === 0 && (await page.warning()) === null) return true;
      if (got.length === 0) continue;
      assert.ok(seen, 'what was released was released in plain sight');
      assert.ok(got.includes(PLACEHOLDER), 'it is the placeholder that arrives');
      return true;
    }
    return false;
  }

  /** @param {boolean} unreachable */
  async #decideInPopup(unreachable) {
    const { page } = this;
    const popup = await this.#openPopup();
    await this.#assertHeld('a press where the button is not in sight');
    await pressOn(popup, '#held button', 'Insert a placeholder');
    if (!unreachable)
      await until('it arrives by the popup', async () => (await page.evaluate(everything)).includes(PLACEHOLDER));
    await noWarning(page);
    if (unreachable) await this.#assertHeld('a document without the field');
    return /** @type {const} */ ('popup');
  }

  async #openPopup() {
    const { page, stage } = this;
    await page.press('Shift');
    const tab = await stage.browser.inBackground(async () => {
      const [active] = await /** @type {any} */ (self).chrome.tabs.query({ active: true, lastFocusedWindow: true });
      return active.id;
    });
    const address = await addressOf(stage.browser, `popup/index.html?tab=${tab}`);
    if (this.#popup) await this.#popup.goto(address);
    else this.#popup = await stage.browser.open(address);
    return this.#popup;
  }
}

/**
 * Runs a function of an attack in the page. It travels as text, so it closes over nothing.
 * @param {Page} page
 * @param {(tools: Tools) => void} attack
 * @param {'once' | 'again'} how
 */
export async function run(page, attack, how) {
  const travelling = /** @type {any} */ ({
    toString: () => `() => {
      const { known } = globalThis;
      const named = (name) => document.createElementNS('http://www.w3.org/1999/xhtml', name);
      const tools = {
        get host() {
          return [...document.querySelectorAll('*')].find((element) => !known.has(element)) ?? null;
        },
        add(name, style = '') {
          const made = named(name);
          made.style.cssText = style;
          known.add(made);
          document.body.append(made);
          return made;
        },
        style(css) {
          const sheet = named('style');
          sheet.textContent = css;
          known.add(sheet);
          document.head.append(sheet);
        },
      };
      const attack = ${attack};
      const step = () => attack(tools);
      ${how === 'again' ? 'setInterval(step, 25);' : ''}
      setTimeout(step);
    }`,
  });
  await page.evaluate(travelling);
  await pause(50);
}

/** Runs in the page: from now on it writes down whatever it hears. */
function listenToAll() {
  const page = /** @type {any} */ (globalThis);
  page.heard = [];
  page.known = new Set(document.querySelectorAll('*'));
  for (const type of ['paste', 'beforeinput', 'input', 'drop']) {
    addEventListener(
      type,
      (/** @type {any} */ event) => {
        const text = (event.clipboardData ?? event.dataTransfer)?.getData('text/plain') || event.data;
        if (text) page.heard.push(text);
      },
      true,
    );
  }
}

/** Runs in the page: all that it has of what was pasted. */
function everything() {
  const { heard = [] } = /** @type {{ heard?: string[] }} */ (/** @type {unknown} */ (globalThis));
  // By the prototype: elements may have the names of the document's properties.
  const all = (/** @type {string} */ selector) => [...Document.prototype.querySelectorAll.call(document, selector)];
  const fields = /** @type {HTMLTextAreaElement[]} */ (all('input, textarea'));
  const editable = all('[contenteditable]').map((element) => element.textContent ?? '');
  return [...fields.map(({ value }) => value), ...editable, ...heard].filter((text) => text !== '');
}

/**
 * Runs in the page.
 * @param {number} x
 * @param {number} y
 */
function isInside(x, y) {
  return x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
}

/**
 * What a person sees where the warning's title stands.
 * @param {Page} page
 * @returns {Promise<Buffer | null>} null: no warning, or not in the picture
 */
async function look(page) {
  const warning = await page.warning();
  if (!warning) return null;
  const { x, y, width, height } = warning.rect;
  if (width < 2 * TITLE.inset || height < TITLE.height || !(await page.evaluate(isInside, x, y))) return null;
  if (!(await page.evaluate(isInside, x + width, y + height))) return null;
  return crop(await page.picture(), {
    x: Math.round(x) + TITLE.inset,
    y: Math.round(y) + TITLE.inset,
    width: Math.round(width) - 2 * TITLE.inset,
    height: TITLE.height,
  });
}

/**
 * @param {Buffer | null} now
 * @param {Buffer | null} before
 */
function same(now, before) {
  return now !== null && before !== null && now.every((value, index) => Math.abs(value - (before[index] ?? 0)) < FAINT);
}
