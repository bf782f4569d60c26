// Keys that reach a field without a paste of the whole: typed, composed, put in at once, or pasted in pieces.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { proves } from './coverage.mjs';
import { editors, enter, fields, frames, pasteInto, read } from './places.mjs';
import { choose, marked, noWarning, settles, textIn, unmarked, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const FIELDS = '/pages/fields.html';

/** Longer than what is written is left alone before it is looked at. */
const LOOKED_AT = 700;

/** Draws its text elsewhere than where it is typed, so that nothing can be put there. */
const drawn = (/** @type {import('./places.mjs').Place} */ { name, kind }) =>
  kind === 'terminal' || /Monaco/.test(name);

onEachBrowser((stage) => {
  /**
   * What went to a terminal cannot be taken out: there it is let stand, and a new line begun.
   * @param {Page} frame
   * @param {import('./places.mjs').Place} place
   */
  async function takeOut(frame, place) {
    await frame.press(...(place.kind === 'terminal' ? ['Alt+Shift+L'] : ['Control+A', 'Delete']));
    await unmarked(frame);
    if (place.kind === 'terminal') await frame.press('Enter');
  }

  /**
   * @param {Page} frame
   * @param {import('./places.mjs').Place} place
   */
  async function enterIsHeld(frame, place) {
    const before = await read(frame, place);
    await frame.press('Enter');
    await warned(frame);
    await frame.press('Escape');
    await noWarning(frame);
    assert.equal(await read(frame, place), before, 'the editor got no Enter');
    proves(stage, 'held', 'Enter', place.name);
  }

  for (const place of [...fields, ...editors, ...frames]) {
    if (place.only && place.only !== stage.name) continue;
    if (drawn(place)) continue;
    onPage(
      `a key typed into ${place.name} is marked, one key replaces it by a placeholder, and one undo brings it back`,
      stage,
      place.path,
      async (page) => {
        const frame = await enter(page, place);
        const secret = key();
        await frame.type(`AA ${secret}`);
        const chip = await marked(frame);
        assert.match(chip.text, /Anthropic API key/);
        assert.ok(!chip.markup.includes(secret.slice(-12)), 'the chip does not show the secret');
        await frame.type(' BB');
        await settles(() => read(frame, place), `AA ${secret} BB`, 'typing goes on undisturbed');

        await pause(place.grouped ?? 0);
        await frame.press('Alt+Shift+K');
        await settles(() => read(frame, place), 'AA $ANTHROPIC_API_KEY BB', 'the placeholder stands there');
        await unmarked(frame);
        await frame.undo();
        await settles(() => read(frame, place), `AA ${secret} BB`, 'one undo brings the key back');
        await marked(frame);
        proves(stage, 'marked', 'typed', place.name);
        if (place.kind !== 'field') await enterIsHeld(frame, place);
      },
    );
  }

  const rich = fields.find(({ field }) => field === '#editable');
  assert.ok(rich);
  for (const nodes of ['the same nodes', 'other nodes']) {
    onPage(
      `a key is replaced where it stands when an editor puts its own caret back meanwhile, in ${nodes}`,
      stage,
      rich.path,
      async (page) => {
        const frame = await enter(page, rich);
        const secret = key();
        await frame.type(`AA ${secret} BB`);
        await marked(frame);
        await frame.evaluate((anew) => {
          const putBack = () => {
            const selection = document.getSelection();
            if (!selection || selection.isCollapsed) return;
            document.removeEventListener('selectionchange', putBack);
            setTimeout(() => {
              const host = /** @type {Element} */ (document.activeElement);
              if (anew) host.innerHTML = String(host.innerHTML);
              selection.selectAllChildren(host);
              selection.collapseToEnd();
            }, 60);
          };
          document.addEventListener('selectionchange', putBack);
        }, nodes === 'other nodes');
        await frame.press('Alt+Shift+K');
        await settles(() => read(frame, rich), 'AA $ANTHROPIC_API_KEY BB', 'the placeholder stands there');
        await unmarked(frame);
      },
    );
  }

  for (const place of editors.filter(drawn)) {
    if (place.only && place.only !== stage.name) continue;
    onPage(`a key typed into ${place.name} is marked until it is taken out`, stage, place.path, async (page) => {
      await enter(page, place);
      await page.type(`AA ${key()}`);
      const chip = await marked(page);
      assert.deepEqual(Object.keys(chip.at), ['keep'], 'nothing is offered that cannot be done');
      proves(stage, 'marked', 'typed', place.name);
      await enterIsHeld(page, place);
      await takeOut(page, place);
    });
  }

  /** @type {Record<string, (page: Page, place: import('./places.mjs').Place, secret: string) => Promise<void>>} */
  const WAYS = {
    'put in at once': (page, _, secret) => page.insert(secret),
    composed: (page, _, secret) => page.compose(secret),
    'half typed, half pasted': async (page, place, secret) => {
      await page.type(secret.slice(0, 9));
      await stage.browser.copy(secret.slice(9));
      await pasteInto(page, place);
    },
  };
  for (const place of [...fields, ...editors]) {
    if (place.only && place.only !== stage.name) continue;
    onPage(
      `a key is marked in ${place.name} when it is put in at once, composed, or half typed and half pasted`,
      stage,
      place.path,
      async (page) => {
        const frame = await enter(page, place);
        for (const [way, write] of Object.entries(WAYS)) {
          const secret = key();
          await write(frame, place, secret);
          await until('the browser puts it there', async () => (await read(frame, place)).endsWith(secret));
          await marked(frame);
          proves(stage, 'marked', way, place.name);
          await takeOut(frame, place);
        }
      },
    );
  }

  onPage('a key that may stay is not asked about again', stage, FIELDS, async (page) => {
    const secret = key();
    await page.click('#textarea');
    await page.type(secret);
    await marked(page);
    await page.press('Alt+Shift+L');
    await unmarked(page);
    await page.type(' and more');
    await pause(LOOKED_AT);
    assert.equal(await page.chip(), null);
    await page.click('#editable');
    await page.type(`{${secret}}`);
    await pause(LOOKED_AT);
    assert.equal(await page.chip(), null, 'nor in another field');
    await page.type(key());
    await marked(page);
  });

  onPage('a key that was pasted anyway is not marked', stage, FIELDS, async (page) => {
    const secret = key();
    await stage.browser.copy(`key = "${secret}"`);
    await page.click('#textarea');
    await page.paste();
    await warned(page);
    await choose(page, 'anyway');
    await settles(() => textIn(page, '#textarea'), `key = "${secret}"`, 'it arrives');
    await page.type(' and more');
    await pause(LOOKED_AT);
    assert.equal(await page.chip(), null);
  });

  onPage(
    'a key that is pasted beside one that is marked is asked about, and can be released',
    stage,
    FIELDS,
    async (page) => {
      const secret = key();
      await stage.browser.copy(secret);
      await page.click('#textarea');
      await page.type(`${key()} `);
      await marked(page);
      await page.paste();
      await warned(page);
      assert.equal(await page.chip(), null, 'one question at a time');
      await choose(page, 'anyway');
      await until('it arrives', async () => (await textIn(page, '#textarea')).includes(secret));
      await marked(page);
    },
  );

  onPage('what the page had in its field before is not marked', stage, FIELDS, async (page) => {
    await page.evaluate((text) => {
      /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea')).value = text;
    }, key());
    await page.click('#textarea');
    await page.type(' is my key');
    await pause(LOOKED_AT);
    assert.equal(await page.chip(), null);
    await page.type(`: ${key()}`);
    await marked(page);
  });

  onPage('a key is found and stays marked however far from it the caret is', stage, FIELDS, async (page) => {
    const filler = 'An ordinary line of text.\n'.repeat(4000);
    await page.evaluate((text) => {
      const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea'));
      field.value = `${text}\n${text}`;
      field.focus();
      field.setSelectionRange(text.length, text.length);
      // Takes the caret away with each letter, and back for the next one.
      let place = text.length;
      field.addEventListener('keydown', () => field.setSelectionRange(place, place));
      field.addEventListener('input', () => {
        place = field.selectionEnd;
        field.setSelectionRange(0, 0);
      });
    }, filler);
    const secret = key();
    await page.type(secret);
    await marked(page);
    // A letter at the other end of the text.
    await page.evaluate(() => {
      const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea'));
      field.addEventListener('keydown', () => field.setSelectionRange(1, 1));
    });
    await page.type('x');
    await pause(LOOKED_AT);
    const { at } = await marked(page);
    assert.ok(at.replace);
    await page.click(at.replace);
    const text = `Ax${filler.slice(1)}$ANTHROPIC_API_KEY\n${filler}`;
    await settles(() => textIn(page, '#textarea'), text, 'it is replaced where it stands');
  });

  for (const field of ['#input', '#textarea', '#editable']) {
    onPage(
      `the chip covers nothing of ${field}, and a click on it leaves the focus there`,
      stage,
      FIELDS,
      async (page) => {
        await page.click(field);
        await page.type(`AA ${key()}`);
        const { rect } = await marked(page);
        const box = await page.evaluate((selector) => {
          const { x, y, width, height } = /** @type {Element} */ (
            document.querySelector(selector)
          ).getBoundingClientRect();
          return { x, y, width, height };
        }, field);
        const apart =
          rect.x >= box.x + box.width ||
          rect.x + rect.width <= box.x ||
          rect.y >= box.y + box.height ||
          rect.y + rect.height <= box.y;
        assert.ok(apart, `${JSON.stringify(rect)} lies on ${JSON.stringify(box)}`);
        await page.evaluate(() => {
          const seen = /** @type {string[]} */ ([]);
          /** @type {any} */ (globalThis).seen = seen;
          for (const type of ['pointerdown', 'mousedown', 'click', 'blur'])
            addEventListener(type, (event) => seen.push(event.type), true);
        });
        const { at } = await marked(page);
        assert.ok(at.replace);
        await page.click(at.replace);
        await settles(() => textIn(page, field), 'AA $ANTHROPIC_API_KEY', 'it is replaced');
        assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).seen), [], 'the page saw no click');
        await page.type('!');
        await settles(() => textIn(page, field), 'AA $ANTHROPIC_API_KEY!', 'and typing goes on');
      },
    );
  }

  onPage('two keys in one field are both replaced', stage, FIELDS, async (page) => {
    await page.click('#textarea');
    await page.type(`A ${key()} B ${key()} C`);
    await marked(page);
    await page.press('Alt+Shift+K');
    await settles(() => textIn(page, '#textarea'), 'A $ANTHROPIC_API_KEY B $ANTHROPIC_API_KEY C', 'both');
  });
});
