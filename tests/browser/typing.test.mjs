// Keys that reach a field without a paste of the whole: typed, composed, put in at once, or pasted in pieces.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { editors, enter, fields, frames, read } from './places.mjs';
import { choose, marked, settles, textIn, unmarked, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { key, sample } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const FIELDS = '/pages/fields.html';

/** Longer than what is written is left alone before it is looked at. */
const LOOKED_AT = 700;

/** Draws its text elsewhere than where it is typed, so that nothing can be put there. */
const drawn = (/** @type {{ name: string }} */ { name }) => /Monaco/.test(name);

onEachBrowser((stage) => {
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

        await frame.press('Alt+Shift+K');
        await settles(() => read(frame, place), 'AA $ANTHROPIC_API_KEY BB', 'the placeholder stands there');
        await unmarked(frame);
        await frame.undo();
        await settles(() => read(frame, place), `AA ${secret} BB`, 'one undo brings the key back');
        await marked(frame);
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
      await page.press('Control+A', 'Delete');
      await unmarked(page);
    });
  }

  const WAYS = /** @type {const} */ ({
    'put in at once': (/** @type {Page} */ page, /** @type {string} */ text) => page.insert(text),
    'composed by an input method': (/** @type {Page} */ page, /** @type {string} */ text) => page.compose(text),
  });
  const written = [...fields, ...editors].filter(({ name }) =>
    /^the (?:input|textarea|editable) of a page with the plain|editable in the shadow root of x-closed|React|ProseMirror|CodeMirror|Lexical/.test(
      name,
    ),
  );
  for (const [how, write] of Object.entries(WAYS)) {
    for (const place of written) {
      onPage(`a key ${how} is marked in ${place.name}`, stage, place.path, async (page) => {
        await enter(page, place);
        const secret = key();
        await write(page, secret);
        await settles(() => read(page, place), secret, 'the browser puts it there');
        await marked(page);
      });
    }
  }

  for (const place of written) {
    onPage(
      `a key of which half is typed and half pasted is marked in ${place.name}`,
      stage,
      place.path,
      async (page) => {
        const secret = key();
        await stage.browser.copy(secret.slice(9));
        await enter(page, place);
        await page.type(secret.slice(0, 9));
        await page.paste();
        await settles(() => read(page, place), secret, 'the key is whole');
        await marked(page);
      },
    );
  }

  onPage('T19 a key pasted in two pieces is marked, wherever it was cut', stage, FIELDS, async (page) => {
    const { secret } = sample('npm-token');
    /** Copies and pastes in one tab: a change of tabs takes longer than all the rest. */
    const paste = async (/** @type {string} */ text) => {
      await page.evaluate((text) => {
        const source = /** @type {HTMLInputElement} */ (document.querySelector('#input'));
        source.value = text;
        source.select();
      }, text);
      await page.press('Control+C');
      await page.evaluate(() => document.querySelector('textarea')?.focus());
      await page.paste();
    };
    await page.click('#textarea');
    for (let at = 1; at < secret.length; at++) {
      await paste(secret.slice(0, at));
      await settles(() => textIn(page, '#textarea'), secret.slice(0, at), 'the first piece');
      await paste(secret.slice(at));
      await settles(() => textIn(page, '#textarea'), secret, `cut after ${at} characters`);
      await marked(page);
      await page.press('Control+A', 'Delete');
      await unmarked(page);
    }
  });

  onPage('a key that a page puts in by its own commands is found too', stage, FIELDS, async (page) => {
    await page.click('#editable');
    await page.evaluate((text) => document.execCommand('insertText', false, text), key());
    await marked(page);
  });

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
