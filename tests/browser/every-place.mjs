// The steps that every place of a paste goes through.

import assert from 'node:assert/strict';
import { proves } from './coverage.mjs';
import { enter, everything, pasteInto, read } from './places.mjs';
import { choose, noWarning, settles, until, warned } from './steps.mjs';
import { onPage } from './suite.mjs';
import { CLEAN, key } from './texts.mjs';

/**
 * @param {import('./suite.mjs').Stage} stage
 * @param {import('./places.mjs').Place[]} places
 * @param {string} [number] of the threat model's row
 */
export function testEveryPlace(stage, places, number = '') {
  for (const place of places) {
    if (place.only && place.only !== stage.name) continue;
    onPage(
      `${number}a key pasted into ${place.name} waits for the person's choice, and each choice is done`,
      stage,
      place.path,
      (page) => holdAndChoose(stage, page, place),
    );
  }
}

/**
 * @param {import('./suite.mjs').Stage} stage
 * @param {import('./drivers/verbs.d.ts').Page} page
 * @param {import('./places.mjs').Place} place
 */
async function holdAndChoose(stage, page, place) {
  await stage.browser.copy(CLEAN);
  const frame = await enter(page, place);
  await pasteInto(frame, place);
  await settles(() => read(frame, place), CLEAN, 'a clean text arrives');

  const secret = key();
  await stage.browser.copy(`{${secret}}`);
  const paste = async () => {
    await pasteInto(frame, place);
    const warning = await warned(frame);
    assert.ok(!warning.markup.includes(secret.slice(-12)), 'the warning does not contain the secret');
    assert.ok(!(await everything(frame, place)).includes(secret.slice(-12)), 'nothing of the key is in the page');
    return warning;
  };

  let expected = CLEAN;
  await paste();
  proves(stage, 'held', 'paste', place.name);
  await choose(frame, 'keep-out');
  await frame.type('!');
  expected += '!';
  await settles(() => read(frame, place), expected, 'what was kept out is out, and typing goes on where it stopped');

  const warning = await paste();
  if (place.noRelease) {
    await until(
      'the warning says why nothing may be pasted',
      async () => (await page.warning())?.text !== warning.text,
    );
    await frame.press('Escape');
    await noWarning(frame);
    assert.equal(await read(frame, place), expected);
    return;
  }
  await choose(frame, 'placeholder');
  const text = await until('a placeholder arrives', async () => {
    const now = await read(frame, place);
    return now !== expected && now;
  });
  const inserted = /^\{(.+)\}$/.exec(text.slice(expected.length));
  assert.ok(text.startsWith(expected) && inserted, `the text around the key stays as it was: ${text}`);
  assert.ok(warning.text.includes(inserted[1] ?? ''), 'the placeholder is the one that the warning showed');
  expected = text;

  await paste();
  await choose(frame, 'anyway');
  expected += `{${secret}}`;
  await settles(() => read(frame, place), expected, 'the text itself arrives');
}
