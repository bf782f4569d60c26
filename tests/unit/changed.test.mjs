// Which parts of a long text are looked at while somebody writes in it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { partsChanged, REACH } = await load('content/typing/changed.ts');

/** @typedef {{ from: number, to: number }} Part */

/** A text without any repetition that would make it unclear what has changed. @param {number} length */
const text = (length) => Array.from({ length: length / 8 }, (_, at) => String(at).padStart(8, '0')).join('');

/** @param {readonly Part[]} parts @param {number} from @param {number} to */
const cover = (parts, from, to) => parts.some((part) => part.from <= from && part.to >= to);

const long = text(800_000);

test('wherever something is put in or taken out, it is looked at with what stands around it', () => {
  for (const at of [0, 1, 4095, 4096, 4097, 400_001, long.length - 1, long.length]) {
    for (const [deleted, inserted] of /** @type {const} */ ([
      [0, 'x'],
      [1, ''],
      [5000, ''],
      [0, 'x'.repeat(9000)],
      [3, 'xyz'],
    ])) {
      const after = long.slice(0, at) + inserted + long.slice(at + deleted);
      if (after === long) continue;
      /** @type {Part[]} */
      const parts = partsChanged(long, after, []);
      const from = Math.max(0, at - REACH);
      const to = Math.min(after.length, at + inserted.length + REACH);
      assert.ok(cover(parts, from + 8, to - 8), `at ${at}`);
      assert.ok(parts.every((part) => part.from >= 0 && part.to <= after.length && part.from < part.to));
      assert.equal(parts.length, 1);
      assert.ok((parts[0]?.to ?? 0) - (parts[0]?.from ?? 0) <= inserted.length + 2 * REACH + 16);
    }
  }
});

test('a key that was found is looked at where it stands now', () => {
  const key = { from: 600_000, to: 600_100 };
  const value = long.slice(key.from, key.to);
  for (const [at, deleted, inserted] of /** @type {const} */ ([
    [10, 0, 'x'],
    [10, 500, ''],
    [700_000, 0, 'x'],
    [599_990, 0, 'x'],
  ])) {
    const after = long.slice(0, at) + inserted + long.slice(at + deleted);
    const parts = partsChanged(long, after, [key]);
    const now = after.indexOf(value);
    assert.ok(cover(parts, now, now + value.length), `edited at ${at}`);
  }
});

test('of a very long change both ends are looked at', () => {
  const after = `${long.slice(0, 300_000)}${'x'.repeat(300_000)}${long.slice(300_000)}`;
  const parts = partsChanged(long, after, []);
  assert.ok(cover(parts, 300_000 - REACH, 300_000 + REACH));
  assert.ok(cover(parts, 600_000 - REACH, 600_000 + REACH));
  assert.ok(
    parts.reduce((/** @type {number} */ sum, /** @type {Part} */ part) => sum + part.to - part.from, 0) <= 4 * REACH,
  );
});

test('texts that are repetitions of one letter have a change of the right length', () => {
  const [part] = partsChanged('a'.repeat(100_000), 'a'.repeat(100_001), []);
  assert.ok(part.to - part.from <= 2 * REACH + 1);
  assert.deepEqual(partsChanged('', 'abc', []), [{ from: 0, to: 3 }]);
  assert.deepEqual(partsChanged('abc', '', []), [{ from: 0, to: 0 }]);
});
