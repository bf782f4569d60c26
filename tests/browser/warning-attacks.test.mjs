// A hostile page against the warning. The page holds the warning's own code, as the extension's content script would, and then does its
// worst; every press below is a real one. Rows of design threats 20 to 30 carry their number.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { browsers, launch } from './suite.mjs';
import { openStage } from './warning/stage.mjs';

const WITHIN = { timeout: 60_000 };

/** Long enough for the gate to open (100 ms for the browser's first word, then 500 ms) on a slow machine. */
const SETTLED = 1200;

/** A picture over everything, through which clicks go. */
const COVER = `
  const cover = document.createElement('div');
  cover.popover = 'manual';
  cover.textContent = 'Press here twice to win';
  cover.style.cssText = 'position: fixed; inset: 0; margin: 0; border: 0; padding: 0; width: 100vw; height: 100vh; ' +
    'max-width: none; max-height: none; background: pink; pointer-events: none';
  document.body.append(cover);`;

/** The element that the page sees while a warning is open. */
const HOST = 'const host = document.documentElement.lastElementChild;';

/**
 * What a page does once the buttons work. `stays`: the warning is in plain sight all the same and its buttons work again.
 * Otherwise a press on them releases nothing.
 */
const ATTACKS = [
  { name: 'T20 the host is removed', stays: true, code: `${HOST} host.remove();` },
  { name: 'T20 the host is removed every 30 ms', stays: false, code: `${HOST} setInterval(() => host.remove(), 30);` },
  { name: 'T20 the document is emptied', stays: true, code: 'document.documentElement.replaceChildren();' },
  {
    name: 'T21 every element is faded, moved, shrunk, clipped and hidden',
    stays: true,
    code: `const style = document.createElement('style');
      style.textContent = '* { opacity: 0 !important; clip-path: inset(50%) !important; transform: translateX(-9999px) !important; ' +
        'visibility: hidden !important; zoom: 0.01 !important; font-size: 0 !important; pointer-events: none !important; }';
      document.head.append(style);`,
  },
  {
    name: 'T21 nothing in the body is displayed',
    stays: true,
    code: `const style = document.createElement('style');
      style.textContent = 'body *, html > div, html > div::backdrop { display: none !important; content-visibility: hidden !important; }';
      document.head.append(style);`,
  },
  { name: 'T21 the root is transparent', stays: true, code: `document.documentElement.style.opacity = '0';` },
  {
    name: 'T21 a filter on the root makes all of it transparent',
    stays: { chromium: true, firefox: false },
    code: `document.documentElement.style.filter = 'opacity(0)';`,
  },
  {
    name: 'T21 the page turns its colours round, as a dark mode does',
    stays: true,
    code: `document.documentElement.style.filter = 'invert(1) hue-rotate(180deg)';`,
  },
  { name: 'T21 the root is not displayed', stays: false, code: `document.documentElement.style.display = 'none';` },
  {
    name: 'T21 the root skips its content',
    stays: false,
    code: `document.documentElement.style.contentVisibility = 'hidden';`,
  },
  { name: 'T22 the root is zoomed out to a dot', stays: true, code: `document.documentElement.style.zoom = '0.05';` },
  { name: 'T22 the root is zoomed in', stays: true, code: `document.documentElement.style.zoom = '8';` },
  {
    name: "T22 the host's style is rewritten every 30 ms",
    stays: true,
    code: `${HOST} setInterval(() => {
      host.style.cssText = 'display: none !important; opacity: 0 !important; transform: scale(0.01) !important;';
    }, 30);`,
  },
  {
    name: "T22 the host's attributes hide it",
    stays: true,
    code: `${HOST} host.hidden = true; host.inert = true; host.popover = 'auto'; host.setAttribute('aria-hidden', 'true');`,
  },
  {
    name: 'T23 the root is clipped away',
    stays: true,
    code: `document.documentElement.style.clipPath = 'inset(100%)';`,
  },
  { name: 'T24 a popover without pointer events covers all', stays: true, code: `${COVER} cover.showPopover();` },
  {
    name: 'T24 such a popover comes again and again',
    stays: false,
    code: `${COVER} setInterval(() => { cover.hidePopover(); cover.showPopover(); }, 20);`,
  },
  {
    name: 'T24 a popover in a shadow root covers all with its shadow',
    stays: { chromium: true, firefox: false },
    // Shadow roots are searched only after the browser has said for a second that something covers the warning.
    recovers: 1500,
    code: `const home = document.createElement('section');
      document.body.append(home);
      const dot = document.createElement('div');
      dot.popover = 'manual';
      dot.style.cssText = 'width: 1px; height: 1px; border: 0; padding: 0; box-shadow: 0 0 0 3000px pink; pointer-events: none';
      home.attachShadow({ mode: 'open' }).append(dot);
      dot.showPopover();`,
  },
  {
    name: 'T24 a popover that was open before opens again and hides its events',
    stays: true,
    first: `${COVER} cover.showPopover(); window.cover = cover;
      for (const type of ['beforetoggle', 'toggle']) addEventListener(type, (event) => event.stopImmediatePropagation(), true);`,
    code: 'cover.hidePopover(); cover.showPopover();',
  },
  {
    name: 'T24 a modal dialog of the page opens on top',
    stays: true,
    code: `const dialog = document.createElement('dialog');
      dialog.style.cssText = 'width: 90vw; height: 90vh; pointer-events: none';
      document.body.append(dialog);
      dialog.showModal();`,
  },
  {
    name: 'T24 such a dialog comes again and again',
    stays: false,
    code: `const dialog = document.createElement('dialog');
      document.body.append(dialog);
      setInterval(() => { dialog.close(); dialog.showModal(); }, 20);`,
  },
  {
    name: 'T24 a view transition paints its picture over the top layer',
    stays: false,
    code: `const style = document.createElement('style');
      style.textContent = '::view-transition { background: pink; pointer-events: none } ' +
        '::view-transition-group(*), ::view-transition-old(*), ::view-transition-new(*) { animation-duration: 100s; pointer-events: none }';
      document.head.append(style);
      document.startViewTransition(() => document.body.append('changed'));`,
  },
  { name: 'T25 the root is inert', stays: true, code: 'document.documentElement.inert = true;' },
  {
    name: 'T26 synthetic clicks and keys',
    stays: true,
    code: `${HOST} const box = { bubbles: true, composed: true, cancelable: true, clientX: innerWidth / 2, clientY: 300 };
      for (const target of [host, document.body, window, document.elementFromPoint(box.clientX, box.clientY)]) {
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) target.dispatchEvent(new PointerEvent(type, box));
        for (const key of ['Tab', 'Tab', 'Enter', 'Escape']) target.dispatchEvent(new KeyboardEvent('keydown', { ...box, key }));
      }
      host.click();`,
  },
  {
    name: 'the fonts of the system are replaced',
    stays: true,
    code: `const style = document.createElement('style');
      style.textContent = '@font-face { font-family: system-ui; src: url(data:,) } @font-face { font-family: monospace; src: url(data:,) }';
      document.head.append(style);`,
  },
];

for (const name of browsers) {
  describe(`${name}: a page against its warning`, () => {
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

    for (const { name: attack, code, first = '', stays, recovers = 0 } of ATTACKS) {
      test(attack, WITHIN, async () => {
        const page = await openWarning(browser, stage.address, first);
        await pause(SETTLED);
        const { at } = await warningOf(page);
        await run(page, code);
        await pause(SETTLED + recovers);
        assert.deepEqual(await answers(page, 'keep-out'), [], 'the attack alone releases nothing');
        await page.click(at.anyway);
        await pause(100);
        const expected = (typeof stays === 'boolean' ? stays : stays[name]) ? ['anyway'] : [];
        assert.deepEqual(await answers(page, 'keep-out'), expected);
        await page.close();
      });
    }

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
      await page.click(early.at.anyway);
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
        await page.press('Tab');
        assert.equal((await warningOf(page)).focused, 'keep-out');
        await page.press('Shift+Tab');
        assert.equal((await warningOf(page)).focused, 'anyway');
        await page.press('Shift+Tab');
        await pause(SETTLED);
        await page.press('Space');
        assert.deepEqual(await answers(page), ['placeholder']);
        for (const [keys, choice] of [
          [['Enter'], 'keep-out'],
          [['Escape'], 'keep-out'],
          [['Tab', 'Tab', 'Enter'], 'anyway'],
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
      await page.click((await warningOf(page)).at.anyway);
      await pause(50);
      assert.deepEqual(await answers(page), ['keep-out', 'anyway']);
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
      await frame.click('#field');
      await ask(frame);
      await pause(SETTLED);
      const shown = await warningOf(frame);
      await shown.page.click(shown.at.anyway);
      await pause(50);
      assert.deepEqual(await answers(frame), ['anyway']);
      await page.close();
    });

    test('in a frame of another site the browser must be able to tell what covers it', WITHIN, async () => {
      const page = await browser.open(`${stage.address}/foreign`);
      const frame = await page.frame('#frame');
      await frame.click('#field');
      await ask(frame);
      await pause(SETTLED);
      const { at } = await warningOf(frame);
      await run(
        page,
        `const cover = document.createElement('div');
        cover.style.cssText = 'position: fixed; inset: 0; background: pink; pointer-events: none';
        document.body.append(cover);
        window.cover = cover;`,
      );
      await pause(400);
      await frame.click(at.anyway);
      await pause(50);
      assert.deepEqual(await answers(frame), []);
      await run(page, 'cover.remove();');
      await pause(SETTLED);
      await frame.click((await warningOf(frame)).at.anyway);
      await pause(50);
      assert.deepEqual(await answers(frame), name === 'chromium' ? ['anyway'] : []);
      if (name === 'firefox') {
        await pause(2500);
        assert.match((await warningOf(frame)).text, /embedded page/);
      }
      await page.close();
    });

    test('after three seconds without proof the warning says so', WITHIN, async () => {
      const page = await openWarning(browser, stage.address);
      await run(page, ATTACKS.find(({ name: attack }) => attack.includes('view transition'))?.code ?? '');
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
 * @param {string} [first] code that the page runs before
 */
async function openWarning(browser, address, first = '') {
  const page = await browser.open(address);
  await page.click('#field');
  await run(page, first);
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
