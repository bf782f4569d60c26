// A page that fights the warning. Closing, hiding or covering it must never mean "paste", and no event that the page makes may answer it.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { crop } from './picture.mjs';
import { choose, noWarning, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { CLEAN, key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/**
 * What a page may do to whatever was added to its document. Each runs again and again, in the page, until it is stopped.
 * @type {Record<string, (host: HTMLElement) => void>}
 */
const ATTACKS = {
  'removes the warning': (host) => host.remove(),
  'moves it out of sight': (host) => host.setAttribute('style', 'position: fixed !important; left: -5000px !important'),
  'makes it transparent': (host) => host.style.setProperty('opacity', '0', 'important'),
  'shrinks it to nothing': (host) => host.style.setProperty('transform', 'scale(0.01)', 'important'),
  'clips it away': (host) => host.style.setProperty('clip-path', 'inset(100%)', 'important'),
  'closes its popover': (host) => host.matches(':popover-open') && host.hidePopover(),
  'makes the page inert': () => document.documentElement.setAttribute('inert', ''),
  'hides everything by its styles': () => {
    if (document.querySelector('#hostile')) return;
    const sheet = document.createElement('style');
    sheet.id = 'hostile';
    sheet.textContent = '* { display: none !important; opacity: 0 !important; visibility: hidden !important }';
    document.head.append(sheet);
  },
  'covers it with a popover that lets clicks through': () => {
    let cover = /** @type {HTMLElement | null} */ (document.querySelector('#cover'));
    if (!cover) {
      cover = document.createElement('div');
      cover.id = 'cover';
      cover.popover = 'manual';
      cover.style.cssText =
        'position: fixed; inset: 0; width: 100%; height: 100%; border: 0; background: white; pointer-events: none';
      cover.textContent = 'Click to win';
      document.body.append(cover);
    }
    if (cover.matches(':popover-open')) cover.hidePopover();
    cover.showPopover();
  },
  'opens a modal dialog over it': () => {
    let dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector('#over'));
    if (!dialog) {
      dialog = document.createElement('dialog');
      dialog.id = 'over';
      dialog.textContent = 'A dialog of the page';
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
  },
};

onEachBrowser((stage) => {
  for (const [what, attack] of Object.entries(ATTACKS)) {
    onPage(
      `a page that ${what} gets nothing by the clicks of a person who does not see it whole`,
      stage,
      '/pages/fields.html',
      async (page, context) => {
        await page.evaluate(() => {
          /** @type {any} */ (globalThis).known = new Set(document.querySelectorAll('*'));
        });
        await stage.browser.copy(key());
        await page.click('#textarea');
        await page.paste();
        const { at } = await until('the buttons work', async () => {
          const open = await page.warning();
          return open?.inert.length === 0 ? open : null;
        });
        const undisturbed = await look(page);

        await repeat(page, attack);
        // Long enough that a gate which looked only at time would have opened again.
        await pause(700);
        // A page may lose: where the warning stood there as ever, a click on it was a person's decision.
        let decided = false;
        for (let round = 0; round < 3 && !decided; round++) {
          const seen = same(await look(page), undisturbed);
          await page.click(at.anyway);
          await pause(200);
          decided = seen && (await textIn(page, '#textarea')) !== '';
          if (!decided) assert.equal(await textIn(page, '#textarea'), '', 'nothing was released');
        }
        context.diagnostic(decided ? 'the warning stayed in plain sight' : 'the click released nothing');

        await stopAttack(page);
        await pause(500);
        if (await page.warning()) {
          await page.press('Escape');
          await noWarning(page);
        }
        if (!decided) assert.equal(await textIn(page, '#textarea'), '', 'nothing was released afterwards');
        await stage.browser.copy(CLEAN);
        await page.click('#textarea');
        await page.press('Control+A');
        await page.paste();
        await settles(() => textIn(page, '#textarea'), CLEAN, 'the next clean paste arrives');
      },
    );
  }

  onPage('clicks and keys that the page makes do nothing to the warning', stage, '/pages/fields.html', async (page) => {
    const secret = key();
    await stage.browser.copy(secret);
    await page.click('#textarea');
    await page.paste();
    await warned(page);
    // The buttons work for a person by then, so what is refused is refused for what it is.
    const { at } = await until('the buttons work', async () => {
      const open = await page.warning();
      return open?.inert.length === 0 ? open : null;
    });
    await page.evaluate((points) => {
      const init = { bubbles: true, cancelable: true, composed: true };
      for (const { x, y } of points) {
        const top = document.elementFromPoint(x, y);
        for (const target of [top, document.activeElement, document.documentElement, document, window]) {
          const mouse = { ...init, clientX: x, clientY: y, button: 0, detail: 1 };
          for (const type of ['pointerdown', 'pointerup']) target?.dispatchEvent(new PointerEvent(type, mouse));
          for (const type of ['mousedown', 'mouseup', 'click']) target?.dispatchEvent(new MouseEvent(type, mouse));
          for (const name of ['Enter', ' ', 'Tab', 'Escape']) {
            for (const type of ['keydown', 'keypress', 'keyup']) {
              target?.dispatchEvent(new KeyboardEvent(type, { ...init, key: name, code: name }));
            }
          }
        }
        /** @type {HTMLElement | null} */ (top)?.click();
        /** @type {HTMLElement | null} */ (document.activeElement)?.click();
      }
    }, Object.values(at));
    await pause(300);
    assert.ok(await page.warning(), 'the warning is open');
    assert.equal(await textIn(page, '#textarea'), '');
    await choose(page, 'anyway');
    await settles(() => textIn(page, '#textarea'), secret, 'a trusted click works');
  });

  onPage('the page cannot look into the warning', stage, '/pages/fields.html', async (page) => {
    await stage.browser.copy(key());
    await page.click('#textarea');
    await page.paste();
    await warned(page);
    const leaks = await page.evaluate(() =>
      [...document.querySelectorAll('*')].filter((element) => element.shadowRoot).map((element) => element.localName),
    );
    assert.deepEqual(leaks, []);
    assert.equal(await page.evaluate(() => document.querySelector('[role=alertdialog]')), null);
    await page.press('Escape');
    await noWarning(page);
  });
});

/** Part of the warning that the comparison takes: its title, which stays as it is while the buttons below it change. */
const TITLE = { inset: 12, height: 90 };

/**
 * What a person sees where the warning's title stands.
 * @param {Page} page
 * @returns {Promise<Buffer | null>} null: no warning
 */
async function look(page) {
  const warning = await page.warning();
  if (!warning || warning.rect.width < 2 * TITLE.inset || warning.rect.x < 0 || warning.rect.y < 0) return null;
  const { x, y, width } = warning.rect;
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
  return now !== null && before !== null && now.equals(before);
}

/**
 * @param {Page} page
 * @param {(host: HTMLElement) => void} attack
 */
function repeat(page, attack) {
  const travelling = /** @type {any} */ ({
    toString: () => `() => {
      const attack = ${attack};
      const step = () => {
        for (const element of document.querySelectorAll('*')) {
          if (known.has(element) || element.id === 'hostile' || element.id === 'cover' || element.id === 'over') continue;
          attack(element);
        }
      };
      globalThis.attacking = setInterval(step, 25);
      step();
    }`,
  });
  return page.evaluate(travelling);
}

/** @param {Page} page */
function stopAttack(page) {
  return page.evaluate(() => {
    clearInterval(/** @type {any} */ (globalThis).attacking);
    document.documentElement.removeAttribute('inert');
    for (const id of ['hostile', 'cover', 'over']) document.querySelector(`#${id}`)?.remove();
  });
}
