// The warning by itself: keys, focus, frames, and what it says when it cannot be seen. The page holds the warning's own code, as the
// extension's content script would; every press below is a real one. What hostile pages do to it is in attacks/.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { focusIn } from './steps.mjs';
import { browsers, launch } from './suite.mjs';
import { openStage } from './warning/stage.mjs';

const WITHIN = { timeout: 60_000 };

/** Long enough for the gate to open (100 ms for the browser's first word, then 500 ms) on a slow machine. */
const SETTLED = 1200;

/** A picture of the page, painted over the top layer for as long as the test takes. */
const TRANSITION = `
  const style = document.createElement('style');
  style.textContent = '::view-transition-group(*), ::view-transition-old(*), ::view-transition-new(*) { animation-duration: 100s }';
  document.head.append(style);
  document.startViewTransition(() => document.body.append('changed'));`;

for (const name of browsers) {
  describe(`${name}: the warning by itself`, () => {
    /** @type {Awaited<ReturnType<typeof openStage>>} */
    let stage;
    /** @type {import('./drivers/verbs.d.ts').Browser} */
    let browser;
    before(async () => {
      stage = await openStage();
      browser = await launch(name);
    }, WITHIN);
    after(async () => {
      await browser?.close();
      await stage?.close();
    });

    test('a press before the warning has stood for half a second does nothing', WITHIN, async () => {
      const page = await openWarning(browser, stage.address);
      const early = await warningOf(page);
      assert.deepEqual(early.inert, ['placeholder', 'anyway']);
      await page.evaluate(() => {
        // The next press comes at a moment that the test cannot choose; a new warning is never older than this press.
        addEventListener('pointermove', renew, { once: true, capture: true });
        function renew() {
          // @ts-expect-error the page's own global
          warning.abort();
          // @ts-expect-error the page's own global
          setTimeout(() => warning.question('likely'));
        }
      });
      await page.click(early.at.placeholder);
      await pause(100);
      assert.deepEqual(await answers(page), ['keep-out'], 'only the aborted one is answered');
      await page.close();
    });

    test(
      'keys: Enter keeps out, Tab leads round, Space and Enter press the focused button once the gate is open',
      WITHIN,
      async () => {
        const page = await openWarning(browser, stage.address);
        await page.press('Tab', 'Tab', 'Enter');
        assert.deepEqual(await answers(page), [], 'the gate holds for keys too');
        await page.press('Tab', 'Tab');
        assert.equal((await warningOf(page)).focused, 'keep-out');
        await page.press('Shift+Tab');
        assert.equal((await warningOf(page)).focused, 'view about');
        await page.press('Shift+Tab', 'Shift+Tab');
        await pause(SETTLED);
        await page.press('Space');
        assert.deepEqual(await answers(page), ['placeholder']);
        for (const [keys, choice] of [
          [['Enter'], 'keep-out'],
          [['Escape'], 'keep-out'],
          [['Tab', 'Enter'], 'placeholder'],
        ]) {
          await ask(page);
          await pause(SETTLED);
          await page.press(.../** @type {string[]} */ (keys));
          assert.equal((await answers(page)).at(-1), choice);
        }
        await page.close();
      },
    );

    test('the page sees no key and no press that is meant for the warning', WITHIN, async () => {
      const page = await browser.open(stage.address);
      await page.click('#field');
      await run(
        page,
        `window.seen = [];
        for (const type of ['keydown', 'keypress', 'keyup', 'pointerdown', 'mousedown', 'mouseup', 'click', 'focusin', 'paste']) {
          for (const target of [window, document]) target.addEventListener(type, (event) => seen.push(type), true);
        }`,
      );
      await ask(page);
      await pause(SETTLED);
      await page.press('Tab', 'a', 'Control+V', 'Shift+Tab', 'Enter');
      await ask(page);
      await pause(SETTLED);
      await page.click((await warningOf(page)).at.placeholder);
      await pause(50);
      assert.deepEqual(await answers(page), ['keep-out', 'placeholder']);
      assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).seen), []);
      await page.close();
    });

    test('the caret and the selection of the field survive', WITHIN, async () => {
      const page = await browser.open(stage.address);
      await page.click('#field');
      const select = () => {
        const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('#field'));
        return [field.selectionStart, field.selectionEnd];
      };
      await page.evaluate(() => {
        /** @type {HTMLTextAreaElement} */ (document.querySelector('#field')).setSelectionRange(4, 8);
      });
      await ask(page);
      await pause(300);
      await page.press('Escape');
      assert.deepEqual(await page.evaluate(select), [4, 8]);
      await page.close();
    });

    test("a field in the page's own modal dialog or popover keeps it open", WITHIN, async () => {
      const page = await browser.open(stage.address);
      for (const how of ['showModal', 'showPopover']) {
        await page.evaluate((show) => {
          const box = document.createElement(show === 'showModal' ? 'dialog' : 'div');
          if (show === 'showPopover') box.popover = 'auto';
          box.id = show;
          const field = document.createElement('input');
          box.append(field);
          document.body.append(box);
          /** @type {any} */ (box)[show]();
          field.focus();
        }, how);
        await ask(page);
        await pause(SETTLED);
        const { at, inert } = await warningOf(page);
        assert.deepEqual(inert, []);
        await page.click(at.placeholder);
        await pause(50);
        assert.equal((await answers(page)).at(-1), 'placeholder');
        assert.ok(await page.evaluate((id) => document.getElementById(id)?.matches(':modal, :popover-open'), how));
        await page.evaluate((id) => document.getElementById(id)?.remove(), how);
      }
      await page.close();
    });

    test('in a frame of the same site the buttons work', WITHIN, async () => {
      const page = await browser.open(`${stage.address}/frame`);
      const frame = await page.frame('#frame');
      await focusIn(frame, '#field');
      await ask(frame);
      await pause(SETTLED);
      const shown = await warningOf(frame);
      await shown.page.click(shown.at.placeholder);
      await pause(50);
      assert.deepEqual(await answers(frame), ['placeholder']);
      await page.close();
    });

    test('in a frame of another site no press lets anything in, and the warning says why', WITHIN, async () => {
      const page = await browser.open(`${stage.address}/foreign`);
      const frame = await page.frame('#frame');
      await focusIn(frame, '#field');
      await ask(frame);
      await pause(SETTLED);
      await frame.click((await warningOf(frame)).at.placeholder);
      await pause(2500);
      assert.deepEqual(await answers(frame), []);
      assert.match((await warningOf(frame)).text, /embedded page/);
      await frame.press('Escape');
      assert.deepEqual(await answers(frame), ['keep-out']);
      await page.close();
    });

    test('after three seconds without proof the warning says so', WITHIN, async () => {
      const page = await openWarning(browser, stage.address);
      await run(page, TRANSITION);
      await pause(3800);
      assert.match((await warningOf(page)).text, /hides the warning/);
      await page.press('Escape');
      assert.deepEqual(await answers(page), ['keep-out']);
      await page.close();
    });
  });
}

/**
 * @param {import('./drivers/verbs.d.ts').Browser} browser
 * @param {string} address
 */
async function openWarning(browser, address) {
  const page = await browser.open(address);
  await page.click('#field');
  await ask(page);
  return page;
}

/** @param {import('./drivers/verbs.d.ts').Page} page */
async function ask(page) {
  // @ts-expect-error the page's own global
  await page.evaluate(() => warning.question('likely'));
}

/**
 * @param {import('./drivers/verbs.d.ts').Page} page
 * @param {string} [but] an answer that does not count
 * @returns {Promise<string[]>}
 */
async function answers(page, but = '') {
  // @ts-expect-error the page's own global
  const all = /** @type {string[]} */ (await page.evaluate(() => warning.answers));
  return all.filter((answer) => answer !== but);
}

/** @param {import('./drivers/verbs.d.ts').Page} page */
async function warningOf(page) {
  const found = await page.warning();
  assert.ok(found, 'a warning is open');
  return found;
}

/**
 * In a task of its own: an error in it, or a page that goes away, does not end the test.
 * @param {import('./drivers/verbs.d.ts').Page} page
 * @param {string} code
 */
async function run(page, code) {
  await page.evaluate((source) => {
    setTimeout(() => new Function(source)());
  }, code);
  await pause(30);
}
