// The warning as somebody meets it who does not use it with eyes and mouse alone: axe-core over every state, and what axe does not test.
// Axe reports nothing from a closed root (a dialog with three faults passed), so this build of the warning has an open one.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { contrast } from './contrast.mjs';
import { noWarning, pressIn, until } from './steps.mjs';
import { browsers, launch } from './suite.mjs';
import { openStage } from './warning/stage.mjs';

const WITHIN = { timeout: 300_000 };

/** Guidelines ask for 24; a thumb wants this. */
const LEAST_TARGET = 44;

/** WCAG 2.2, 1.4.3. */
const LEAST_CONTRAST = 4.5;

/** @type {Record<'chromium' | 'firefox', Record<'light' | 'dark', import('./drivers/verbs.d.ts').Launch>>} */
const SCHEMES = {
  chromium: { light: {}, dark: { args: ['--blink-settings=preferredColorScheme=0'] } },
  firefox: { light: { prefs: { 'ui.systemUsesDarkTheme': 0 } }, dark: { prefs: { 'ui.systemUsesDarkTheme': 1 } } },
};

/** Questions whose further pages have a shape of their own. */
const SHAPES = ['likely', 'several', 'uploadSeveral', 'longSite'];

const axe = await fs.readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const name of browsers) {
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    describe(`${name}, ${scheme}: the warning for everybody`, () => {
      /** @type {Awaited<ReturnType<typeof openStage>>} */
      let stage;
      /** @type {import('./drivers/verbs.d.ts').Browser} */
      let browser;
      before(async () => {
        stage = await openStage({ mode: 'open' });
        browser = await launch(name, SCHEMES[name][scheme]);
      }, WITHIN);
      after(async () => {
        await browser?.close();
        await stage?.close();
      });

      // Colours do not depend on the length and the direction of the words, nor sizes on the colours; and how other words are laid out in
      // Firefox is what the tests of small frames look at.
      for (const words of scheme === 'light' && name === 'chromium' ? ['', 'long', 'rtl'] : ['']) {
        test(`every state ${words && `with ${words} words `}passes axe and our own measure`, WITHIN, async () => {
          const page = await browser.open(`${stage.address}/?words=${words}`);
          await page.evaluate((source) => {
            // biome-ignore lint/security/noGlobalEval: axe comes as a script for the page
            window.eval(source);
          }, axe);
          for (const question of await names(page)) {
            for await (const { state } of states(page, question)) {
              const found = await page.evaluate(inspect);
              assert.equal(found.scheme, scheme);
              assertGood(found, state);
            }
          }
          await page.close();
        });
      }

      if (scheme === 'dark') return;
      for (const [width, height] of /** @type {const} */ ([
        [320, 600],
        [512, 384],
        [240, 120],
      ])) {
        test(`in ${width} × ${height} px nothing is cut off or scrolls sideways`, WITHIN, async () => {
          const page = await browser.open(`${stage.address}/frame?words=long&width=${width}&height=${height}`);
          const frame = await page.frame('#frame');
          for (const question of await names(frame)) {
            for await (const { state, shown } of states(frame, question, SHAPES.includes(question))) {
              if (shown.page === frame) {
                assert.ok(shown.rect.x >= 0 && shown.rect.x + shown.rect.width <= width, `${state}: too wide`);
                assert.ok(shown.rect.y >= 0 && shown.rect.y + shown.rect.height <= height, `${state}: too high`);
              }
              assert.deepEqual(await shown.page.evaluate(sideways), [], state);
            }
          }
          await page.close();
        });
      }
    });
  }
}

/** @typedef {Awaited<ReturnType<typeof inspect>>} Inspected */

/**
 * @param {Inspected} found
 * @param {string} question
 */
function assertGood(found, question) {
  assert.deepEqual(found.violations, [], question);
  assert.ok(found.seen > 10, 'axe looked into the root');
  assert.equal(found.focused, 'keep-out');
  assert.ok(found.label.length > 10 && found.description.length > 20, question);
  assert.ok(!found.description.includes('•'), 'the masked value is not read aloud');
  for (const { text, width, height } of found.targets) {
    assert.ok(text.length > 0);
    assert.ok(width >= LEAST_TARGET && height >= LEAST_TARGET, `${question}, ${text}: ${width} × ${height}`);
  }
  assert.ok(found.contrasts.length > 4);
  for (const { text, ...colors } of found.contrasts) {
    const ratio = contrast(colors);
    assert.ok(ratio >= LEAST_CONTRAST, `${question}, "${text}": contrast ${ratio.toFixed(2)}`);
  }
}

/** @param {import('./drivers/verbs.d.ts').Page} page */
async function names(page) {
  // @ts-expect-error the page's own global
  return /** @type {Promise<string[]>} */ (page.evaluate(() => warning.names));
}

/**
 * Every page of the warning of a question, one after the other.
 * @param {import('./drivers/verbs.d.ts').Page} page
 * @param {string} question
 * @param {boolean} [all] false: only its first page
 */
async function* states(page, question, all = true) {
  const first = await ask(page, question);
  yield { state: question, shown: first };
  const pages = !all ? [] : first.others.filter((name) => name.startsWith('view '));
  if (all && pages.length > 0 && first.choices.includes('anyway')) pages.push('anyway');
  for (const name of pages) {
    // By keyboard: in a small frame the button may have to be scrolled to.
    await pressIn(page, name, 'keyboard');
    const shown = await working(page, `${question}, ${name}`, (open) => open.others.includes('view first'));
    yield { state: `${question}, ${name}`, shown };
    await pressIn(page, 'view first', 'keyboard');
    await working(page, question, (open) => !open.others.includes('view first'));
  }
  await close(page);
}

/**
 * The warning of a question, as soon as its buttons work: until then they look otherwise.
 * @param {import('./drivers/verbs.d.ts').Page} page
 * @param {string} question
 */
async function ask(page, question) {
  await page.click('#field');
  // @ts-expect-error the page's own global
  await page.evaluate((name) => warning.question(name), question);
  return working(page, question, () => true);
}

/**
 * @param {import('./drivers/verbs.d.ts').Page} page
 * @param {string} state
 * @param {(warning: import('./drivers/verbs.d.ts').Warning) => boolean} fits
 */
function working(page, state, fits) {
  return until(`${state}: its buttons work`, async () => {
    const shown = await page.warning();
    return shown?.inert.length === 0 && fits(shown) ? shown : null;
  });
}

/** @param {import('./drivers/verbs.d.ts').Page} page */
async function close(page) {
  // @ts-expect-error the page's own global
  await page.evaluate(() => warning.abort());
  await noWarning(page);
}

/** Runs in the page. */
async function inspect() {
  const root = /** @type {ShadowRoot} */ (document.documentElement.lastElementChild?.shadowRoot);
  const dialog = /** @type {HTMLElement} */ (root.querySelector('[role=alertdialog]'));
  // @ts-expect-error axe's own global
  const { violations, passes } = await axe.run(document);
  const text = (/** @type {Element | null} */ element) => (element?.textContent ?? '').trim();
  return {
    scheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    violations: violations.map((/** @type {any} */ { id, nodes }) => [
      id,
      nodes.map((/** @type {any} */ node) => node.html),
    ]),
    seen: passes
      .flatMap((/** @type {any} */ { nodes }) => nodes)
      .filter((/** @type {any} */ { target }) => Array.isArray(target[0])).length,
    focused: root.activeElement?.getAttribute('data-choice') ?? null,
    label: text(root.getElementById(dialog.getAttribute('aria-labelledby') ?? '')),
    description: text(root.getElementById(dialog.getAttribute('aria-describedby') ?? '')),
    targets: [...root.querySelectorAll('button')].map((button) => {
      const { width, height } = button.getBoundingClientRect();
      return { text: text(button), width, height };
    }),
    contrasts: [...dialog.querySelectorAll('*')]
      .filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim()),
      )
      .map((element) => ({ text: text(element).slice(0, 40), ...colorsOf(element) })),
  };

  /** @param {Element} element */
  function colorsOf(element) {
    let behind = element;
    while (/^rgba\(.*, 0\)$/.test(getComputedStyle(behind).backgroundColor))
      behind = /** @type {Element} */ (behind.parentElement);
    return { front: getComputedStyle(element).color, back: getComputedStyle(behind).backgroundColor };
  }
}

/** Runs in the page: what is wider than its place. */
function sideways() {
  const root = /** @type {ShadowRoot} */ (document.documentElement.lastElementChild?.shadowRoot);
  return [...root.querySelectorAll('*')]
    .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80));
}
