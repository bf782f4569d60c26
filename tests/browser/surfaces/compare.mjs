// Runs the essential attacks against both surfaces that the warning could have, and prints the table of docs/threat-model.md:
// `node tests/browser/surfaces/compare.mjs`.

import fs from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from '../attacks/attack.mjs';
import { crop } from '../picture.mjs';
import { openSite } from '../site.mjs';
import { textIn, until } from '../steps.mjs';
import { browsers, extensionFor, launch } from '../suite.mjs';
import { key } from '../texts.mjs';
import { assemble } from './assemble.mjs';

/** @typedef {import('../drivers/verbs.d.ts').Page} Page */
/** @typedef {import('../attacks/attack.mjs').Tools} Tools */

/** @type {Record<string, { once?: (page: Tools) => void, again?: (page: Tools) => void }>} */
const ATTACKS = {
  'nothing (the press of a person who agrees)': {},
  'hide: the root is transparent': { once: () => document.documentElement.style.setProperty('opacity', '0') },
  'hide: a filter on the root': { once: () => document.documentElement.style.setProperty('filter', 'opacity(0)') },
  'hide: nothing is displayed': { once: () => document.documentElement.style.setProperty('display', 'none') },
  'hide: every element, `!important`': {
    once: ({ style }) =>
      style(
        '*:not(html, body, textarea) { opacity: 0 !important; visibility: hidden !important; transform: scale(0.01) !important }',
      ),
  },
  'hide: the host is removed always': { again: ({ host }) => host?.remove() },
  'cover: a later popover': {
    once: ({ add }) => {
      const cover = add(
        'div',
        'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; background: pink; pointer-events: none',
      );
      cover.popover = 'manual';
      cover.showPopover();
    },
  },
  'cover: it comes again and again': {
    again: ({ add }) => {
      const page = /** @type {any} */ (globalThis);
      if (!page.cover) {
        page.cover = add(
          'div',
          'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; background: pink; pointer-events: none',
        );
        page.cover.popover = 'manual';
      }
      page.cover.togglePopover(false);
      page.cover.showPopover();
    },
  },
  'cover: the shadow of a dot in a shadow root': {
    once: ({ add }) => {
      const dot = document.createElement('div');
      dot.popover = 'manual';
      dot.style.cssText =
        'width: 1px; height: 1px; border: 0; padding: 0; box-shadow: 0 0 0 3000px pink; pointer-events: none';
      add('section').attachShadow({ mode: 'closed' }).append(dot);
      dot.showPopover();
    },
  },
  'cover: a view transition': {
    once: ({ style }) => {
      style(`::view-transition { background: pink; pointer-events: none }
        ::view-transition-group(*), ::view-transition-old(*), ::view-transition-new(*) { animation-duration: 100s; pointer-events: none }`);
      document.startViewTransition(() => document.body.append('changed'));
    },
  },
  'move: the root is moved away': {
    once: () => document.documentElement.style.setProperty('transform', 'translateX(-4000px)'),
  },
  'scale: the root is shrunk': { once: () => document.documentElement.style.setProperty('transform', 'scale(0.01)') },
  'scale: the root is zoomed out': { once: () => document.documentElement.style.setProperty('zoom', '0.05') },
  'clip: the root is clipped away': {
    once: () => document.documentElement.style.setProperty('clip-path', 'inset(100%)'),
  },
  'synthetic clicks and keys': {
    again: ({ host }) => {
      for (const target of [host, document.activeElement, window]) {
        target?.dispatchEvent(
          new MouseEvent('click', { bubbles: true, composed: true, clientX: innerWidth / 2, clientY: 150 }),
        );
        target?.dispatchEvent(
          new KeyboardEvent('keydown', { bubbles: true, composed: true, key: 'Enter', code: 'Enter' }),
        );
      }
    },
  },
  'the focus is taken': { again: () => document.querySelector('textarea')?.focus() },
};

/** A gate that looks only at time would be open again by then. */
const SETTLED = 1300;

/** The rival's button, from the middle of the top of the window: see rival.html and rival.ts. */
const RIVAL_BUTTON = { x: -210 + 20 + 180 + 4 + 90, y: 24 + 20 + 22 + 60 + 22 };

/** A strip of the title, in both surfaces. */
const STRIP = { x: -180, y: 24 + 14, width: 300, height: 40 };

for (const name of browsers) {
  /** @type {Record<string, Record<string, string>>} */
  const table = {};
  /** @type {Record<string, number[]>} */
  const boots = { shipped: [], rival: [] };
  const probed = /** @type {Record<string, string>} */ ({});
  for (const surface of /** @type {const} */ (['shipped', 'rival'])) {
    const folder = surface === 'shipped' ? extensionFor(name) : await assemble(name);
    const site = await openSite();
    const browser = await launch(name, { extension: folder });
    try {
      await browser.copy(key());
      const page = await browser.open(`${site.a}/pages/fields.html`);
      for (const [attack, what] of Object.entries(ATTACKS)) {
        await page.goto(`${site.a}/pages/fields.html`);
        boots[surface]?.push(await hold(page, surface));
        await pause(SETTLED);
        const before = await strip(page);
        const warning = surface === 'shipped' ? await page.warning() : null;
        const middle = await page.evaluate(() => innerWidth / 2);
        const at = warning?.at.anyway ?? { x: middle + RIVAL_BUTTON.x, y: RIVAL_BUTTON.y };
        if (what.once) await run(page, what.once, 'once');
        if (what.again) await run(page, what.again, 'again');
        await pause(SETTLED);
        const alone = await textIn(page, '#textarea');
        const seen = (await strip(page)).equals(before);
        await page.click(at);
        await pause(300);
        const released = (await textIn(page, '#textarea')) !== '';
        table[attack] ??= {};
        table[attack][surface] =
          alone !== ''
            ? '**released by the page**'
            : released
              ? seen
                ? 'released in sight'
                : '**released unseen**'
              : 'held';
      }
      probed[surface] = await page.evaluate(probe);
    } catch (error) {
      console.log(`${name}, ${surface}: ${error instanceof Error ? error.message : error}`);
    } finally {
      await browser.close();
      await site.close();
      if (surface === 'rival') await fs.rm(folder, { recursive: true });
    }
  }
  console.log(`\n${name}: ${JSON.stringify(boots)} ${JSON.stringify(probed)}\n`);
  console.log('| attack | in the page | frame of the extension |\n|---|---|---|');
  for (const [attack, { shipped, rival }] of Object.entries(table))
    console.log(`| ${attack} | ${shipped} | ${rival} |`);
}

/**
 * Pastes and waits for the surface.
 * @param {Page} page
 * @param {'shipped' | 'rival'} surface
 * @returns {Promise<number>} ms from the key to buttons that are there
 */
async function hold(page, surface) {
  await page.evaluate(() => {
    const clock = /** @type {any} */ (globalThis);
    clock.known = new Set(document.querySelectorAll('*'));
    addEventListener('keydown', () => {
      clock.began = performance.now();
    });
    new MutationObserver(() => {
      clock.shown ??= performance.now();
    }).observe(document.documentElement, { childList: true });
  });
  await page.click('#textarea');
  await page.paste();
  return until(`the surface (${surface})`, () =>
    page.evaluate((/** @type {string} */ which) => {
      const { began, shown } = /** @type {any} */ (globalThis);
      const ready = which === 'shipped' ? shown : Number(document.documentElement.dataset.ready ?? 0);
      return ready ? Math.round(ready - began) : 0;
    }, surface),
  );
}

/** @param {Page} page */
async function strip(page) {
  const middle = await page.evaluate(() => Math.round(innerWidth / 2));
  const { x, ...rest } = STRIP;
  return crop(await page.picture(), { x: middle + x, ...rest });
}

/** Runs in the page: what it can notice of the surface by its resources. */
function probe() {
  const resources = performance.getEntriesByType('resource').map(({ name }) => name);
  return JSON.stringify({ frames: window.length, seen: resources.filter((name) => /extension:/.test(name)).length });
}
