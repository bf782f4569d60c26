// What a frame's tripwire holds before and after it was told what a person has added.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { load } from './load.mjs';

const generated = fs.readFileSync(new URL('../../target/keystay/tripwire.js', import.meta.url), 'utf8');
const { forgetAdditions, mustBeHeld, takeAdditions } = await load('content/tripwire.ts', {
  'keystay:tripwire': generated,
});

const WORDS = 'a sentence of words that are all short';

test('everything is held until what was added is known, and again after the page was put aside', () => {
  assert.equal(mustBeHeld(WORDS), true);
  takeAdditions({ asked: false });
  assert.equal(mustBeHeld(WORDS), false);
  takeAdditions({ leads: ['acme-'], run: 12, asked: false });
  assert.deepEqual(['my ACME-1', 'x'.repeat(12), 'x'.repeat(11)].map(mustBeHeld), [true, true, false]);
  takeAdditions({ leads: [], run: 0, asked: false });
  assert.deepEqual(['my ACME-1', 'x'.repeat(12)].map(mustBeHeld), [false, false]);
  forgetAdditions();
  assert.equal(mustBeHeld(WORDS), true);
});

test('what is only noted is held where somebody wants to be asked about it, and as long as that is not known', () => {
  const noted = `password: ${['blue', 'whale7'].join('!')}`;
  takeAdditions({ leads: [], run: 0, asked: false });
  assert.equal(mustBeHeld(noted), false);
  takeAdditions({ leads: [], run: 0, asked: true });
  assert.deepEqual([noted, WORDS].map(mustBeHeld), [true, false]);
  takeAdditions({ leads: [], run: 0 });
  assert.equal(mustBeHeld(noted), true);
});
