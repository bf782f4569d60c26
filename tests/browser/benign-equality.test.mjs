// A text that is held and then let go arrives as if nothing had been there. The judge is the same browser without the extension.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { editors, enter, fields, pasteInto, read } from './places.mjs';
import { openSite } from './site.mjs';
import { inField, settles, stateOf, until } from './steps.mjs';
import { browsers, extensionFor, launch } from './suite.mjs';
import { benignHeld } from './texts.mjs';

/** @typedef {import('./places.mjs').Place} Place */

const LINES = /** @param {string} held */ (held) => `${held}\n\n  indented\tand tabbed\nlast <b>line</b> & more`;
const RICH = /** @param {string} held */ (held) => ({
  'text/plain': `${held} bold link`,
  'text/html': `<p style="color: rgb(200, 0, 0)">${held} <b>bold</b> <a href="https://example.org/">link</a></p><ul><li>one</li><li>two</li></ul>`,
});

/** Fields and editors in which all is tried. The others take the one text that finds most. */
const WELL = /plain policy|x-closed|React|ProseMirror|^CodeMirror|Lexical|Monaco/;
const RICHER = /TipTap|Slate|Draft|Quill|Trix|CKEditor|TinyMCE/;

/** @type {Record<string, { flavours: (held: string) => Record<string, string>, fits: (name: string) => boolean, selects?: boolean }>} */
const CASES = {
  'one line': { flavours: (held) => ({ 'text/plain': held }), fits: (name) => WELL.test(name) },
  'one line over a selection': {
    flavours: (held) => ({ 'text/plain': held }),
    fits: (name) => WELL.test(name),
    selects: true,
  },
  'several lines': { flavours: (held) => ({ 'text/plain': LINES(held) }), fits: (name) => !RICHER.test(name) },
  'rich text': {
    flavours: RICH,
    fits: (name) => WELL.test(name) || RICHER.test(name),
  },
};

/** Trix in Chromium pastes now at, now behind the caret that keys have moved, also by itself. */
const compared = (/** @type {Place} */ { name, kind }, /** @type {string} */ browser) =>
  kind !== 'terminal' && !(name === 'Trix' && browser === 'chromium');

const PLACES = [...fields.filter(({ name }) => WELL.test(name)), ...editors];

for (const name of browsers) {
  describe(name, () => {
    /** @type {import('./site.mjs').Site} */
    let site;
    /** @type {import('./drivers/verbs.d.ts').Browser} */
    let bare;
    /** @type {import('./drivers/verbs.d.ts').Browser} */
    let guarded;
    /** @type {string} */
    let held;
    before(
      async () => {
        held = await benignHeld();
        site = await openSite();
        bare = await launch(name);
        guarded = await launch(name, { extension: extensionFor(name) });
      },
      { timeout: 120_000 },
    );
    after(async () => {
      await bare?.close();
      await guarded?.close();
      await site?.close();
    });

    for (const place of PLACES) {
      if ((place.only && place.only !== name) || !compared(place, name)) continue;
      for (const [what, { flavours, fits, selects = false }] of Object.entries(CASES)) {
        if (!fits(place.name)) continue;
        test(`${what} pasted into ${place.name} leaves the same text, caret and undo as without the extension`, {
          timeout: 90_000,
        }, async () => {
          const steps = { place, flavours: flavours(held), selects, url: site.a + place.path };
          const expected = await pasteIn(bare, steps);
          assert.notDeepEqual(expected.pasted, expected.before, 'the browser itself inserts it');
          assert.deepEqual(await pasteIn(guarded, steps, expected), expected);
        });
      }
    }
  });
}

/**
 * Pastes into the middle of what was typed, undoes, pastes again and types on; each time what can be seen is written down. The character
 * typed last shows where the caret is in an editor that keeps it to itself.
 * @param {import('./drivers/verbs.d.ts').Browser} browser
 * @param {{ place: Place, flavours: Record<string, string>, selects: boolean, url: string }} steps
 * @param {{ pasted: unknown }} [expected]
 */
async function pasteIn(browser, { place, flavours, selects, url }, expected) {
  await browser.copyFlavours(flavours);
  const page = await browser.open(url);
  try {
    const frame = await enter(page, place);
    const see = () => (place.kind === 'editor' ? read(frame, place) : stateOf(frame, place.field));
    await frame.type('AABB');
    const left = selects ? 'Shift+ArrowLeft' : 'ArrowLeft';
    await frame.press(left, left);
    await until('the caret is before BB', async () => {
      const behind = await behindCaret(frame, place);
      if (behind === null || behind === 2) return true;
      // An editor that still draws what was typed may put the caret back.
      await pause(200);
      if (behind < 2) await frame.press(left);
      return false;
    });
    // What is pasted is then undone by itself, however quick this browser was.
    await pause(place.grouped ?? 50);
    const before = await see();

    await pasteInto(frame, place);
    if (expected) await settles(see, expected.pasted, 'the pasted text');
    else await until('the paste', async () => JSON.stringify(await see()) !== JSON.stringify(before));
    const pasted = await see();
    assert.equal(await frame.warning(), null, 'nobody is asked');

    await frame.undo();
    await until('the undo', async () => JSON.stringify(await see()) !== JSON.stringify(pasted));
    const undone = await see();

    await pasteInto(frame, place);
    await until('the second paste', async () => JSON.stringify(await see()) !== JSON.stringify(undone));
    await frame.type('|');
    const typed = await see();
    return { before, pasted, undone, typed };
  } finally {
    await page.close();
  }
}

/**
 * How many of the letters B stand behind the caret; nothing where the browser's selection is not the editor's.
 * @param {import('./drivers/verbs.d.ts').Page} frame
 * @param {Place} place
 */
function behindCaret(frame, place) {
  return inField(frame, place.field, (field) => {
    const root = field.getRootNode();
    const { focusNode, focusOffset } = (root.getSelection ? root : document).getSelection() ?? {};
    if (!focusNode || !field.contains(focusNode) || !(focusNode.parentElement ?? field).isContentEditable) return null;
    const range = document.createRange();
    range.selectNodeContents(field);
    range.setStart(focusNode, focusOffset);
    return range.toString().replaceAll(/[^B]/g, '').length;
  });
}
