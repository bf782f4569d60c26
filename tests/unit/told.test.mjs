// What a frame's tripwire holds before and after it was told what a person has added.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { load } from './load.mjs';

const generated = fs.readFileSync(new URL('../../target/keystay/tripwire.js', import.meta.url), 'utf8');
const { forgetAdditions, mayHoldSecret, takeAdditions } = await load('content/tripwire.ts', {
  'keystay:tripwire': generated,
});

const WORDS = 'a sentence of words that are all short';

test('everything is held until what was added is known, and again after the page was put aside', () => {
  assert.equal(mayHoldSecret(WORDS), true);
  takeAdditions(undefined);
  assert.equal(mayHoldSecret(WORDS), false);
  takeAdditions({ leads: ['acme-'], run: 12 });
  assert.deepEqual(['my ACME-1', 'x'.repeat(12), 'x'.repeat(11)].map(mayHoldSecret), [true, true, false]);
  takeAdditions({ leads: [], run: 0 });
  assert.deepEqual(['my ACME-1', 'x'.repeat(12)].map(mayHoldSecret), [false, false]);
  forgetAdditions();
  assert.equal(mayHoldSecret(WORDS), true);
});
