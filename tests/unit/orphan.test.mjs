import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { wordsOfAnOrphan } = await load('shared/orphan.ts');

test('the words that an orphan needs are bundled, with the site put in', () => {
  for (const name of ['unchecked', 'updated', 'keepOut', 'pasteAnyway', 'direction', 'language']) {
    assert.notEqual(wordsOfAnOrphan(name, []), '');
  }
  const sentence = wordsOfAnOrphan('destination', ['a.test $& $1']);
  assert.ok(sentence.includes('a.test $& $1'));
  assert.ok(!sentence.includes('$SITE$'));
});

test('an unknown name has no words', () => {
  assert.equal(wordsOfAnOrphan('constructor', []), '');
});
