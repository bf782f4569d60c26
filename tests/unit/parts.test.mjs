import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { splitText } = await load('content/parts.ts');

test('parts joined again are the text, at, under and over the length', () => {
  for (const length of [0, 1, 9, 10, 11, 20, 21]) {
    const text = 'x'.repeat(length);
    const parts = [...splitText(text, 10)];
    assert.equal(parts.join(''), text);
    assert.equal(parts.length, Math.max(1, Math.ceil(length / 10)));
    assert.ok(parts.every((part) => part.length <= 10));
  }
});

test('an empty text is one empty part, so that its flavour keeps its number', () => {
  assert.deepEqual([...splitText('', 10)], ['']);
});

test('the halves of a character outside the basic plane stay together', () => {
  const text = '😀'.repeat(7);
  for (const length of [2, 3, 4, 5]) {
    const parts = [...splitText(text, length)];
    assert.equal(parts.join(''), text);
    assert.ok(parts.every((part) => part.isWellFormed()));
  }
});

test('a text of lone halves is split all the same', () => {
  const text = '\ud800'.repeat(5) + '\udc00'.repeat(5);
  assert.equal([...splitText(text, 3)].join(''), text);
  assert.equal([...splitText('😀', 1)].join(''), '😀');
});
