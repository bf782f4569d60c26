import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { withPlaceholders } = await load('content/placeholder.ts');

/** @type {(start: number, end: number, text: string, flavour?: number) => object} */
const finding = (start, end, text, flavour = 0) => ({ flavour, replacement: { start, end, text } });

test('each secret is replaced, in whatever order the findings come', () => {
  const text = 'a=ONE; b=TWO; c';
  assert.equal(withPlaceholders(text, [finding(9, 12, '$B'), finding(2, 5, '$A')]), 'a=$A; b=$B; c');
});

test('offsets are UTF-16 units', () => {
  assert.equal(withPlaceholders('😀 KEY 😀', [finding(3, 6, '$K')]), '😀 $K 😀');
});

test('at the edges, and a whole text', () => {
  assert.equal(withPlaceholders('KEY rest', [finding(0, 3, '$K')]), '$K rest');
  assert.equal(withPlaceholders('rest KEY', [finding(5, 8, '$K')]), 'rest $K');
  assert.equal(withPlaceholders('KEY', [finding(0, 3, '$K')]), '$K');
});

test('of overlapping replacements nothing in between stays', () => {
  assert.equal(withPlaceholders('xABCDEx', [finding(1, 4, '$A'), finding(3, 6, '$B')]), 'x$Ax');
  assert.equal(withPlaceholders('xABCDEx', [finding(2, 4, '$B'), finding(1, 6, '$A')]), 'x$Ax');
  assert.equal(withPlaceholders('ABCD', [finding(0, 2, '$A'), finding(2, 4, '$B')]), '$A$B');
});

test('findings of other flavours do not touch the plain text', () => {
  assert.equal(withPlaceholders('plain', [finding(0, 3, '$K', 1), { flavour: 1, replacement: null }]), 'plain');
});

test('a finding that cannot be replaced leaves no text to insert', () => {
  assert.equal(withPlaceholders('KEY', [{ flavour: 0, replacement: null }]), null);
  for (const [start, end] of [
    [-1, 2],
    [0, 4],
    [2, 2],
    [3, 1],
    [0.5, 2],
    [0, Number.NaN],
  ]) {
    assert.equal(withPlaceholders('KEY', [finding(start, end, '$K')]), null);
  }
});

test('what is left out leaves nothing, and what is to go stays as it is', () => {
  const [out, stays, replaced] = [finding(0, 3, '$A'), finding(4, 7, '$B'), finding(8, 11, '$C')];
  const choices = new Map([
    [out, 'keep-out'],
    [stays, 'anyway'],
  ]);
  const choiceOf = (/** @type {object} */ one) => choices.get(one) ?? 'placeholder';
  assert.equal(withPlaceholders('ONE TWO SIX', [out, stays, replaced], choiceOf), ' TWO $C');
});
