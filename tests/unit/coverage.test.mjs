// The document of what holds is worth what it refuses to say.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { document } from '../browser/coverage-document.mjs';
import { gaps } from '../browser/coverage-gaps.mjs';
import { cells } from '../browser/coverage-matrix.mjs';

/** @type {import('../browser/coverage-matrix.mjs').Table[]} */
const tables = [
  {
    title: 'T',
    about: '',
    rows: 'field',
    ways: ['paste', 'typed'],
    places: [{ name: 'a' }, { name: 'b', only: 'firefox' }],
  },
];

const proved = /** @type {const} */ ([
  { browser: 'chromium', way: 'paste', where: 'a', proof: 'held' },
  { browser: 'firefox', way: 'paste', where: 'a', proof: 'held' },
  { browser: 'firefox', way: 'paste', where: 'b', proof: 'held' },
  { browser: 'firefox', way: 'typed', where: 'b', proof: 'marked' },
]);
const gap = { reason: 'a terminal shows nothing', way: /typed/, where: /^a$/ };

test('a cell says what was proved in each browser, or the reason why nothing was', () => {
  const { text, faults } = document({ tables, gaps: [gap], proved: [...proved] });
  assert.deepEqual(faults, []);
  assert.match(text, /^\| a \| held \| gap 1 \|$/m);
  assert.match(text, /^\| b \| – \/ held \| – \/ marked \|$/m);
  assert.match(text, /^1\. a terminal shows nothing$/m);
});

test('a cell that nothing proves and no gap names is a fault', () => {
  assert.equal(document({ tables, gaps: [], proved: [...proved] }).faults.length, 2);
});

test('a gap that a test contradicts is a fault', () => {
  const { faults } = document({ tables, gaps: [gap, { ...gap, way: /paste/ }], proved: [...proved] });
  assert.equal(faults.length, 2);
});

test('a gap for no cell is a fault', () => {
  const { faults } = document({ tables, gaps: [gap, { ...gap, where: /^c$/ }], proved: [...proved] });
  assert.deepEqual(faults, ['a gap for no cell: a terminal shows nothing']);
});

test('no two cells have the same name, and each gap is about some', () => {
  const names = cells().map(({ way, where }) => `${way}: ${where}`);
  assert.equal(new Set(names).size, names.length);
  for (const { way, where, reason } of gaps)
    assert.ok(
      cells().some((cell) => way.test(cell.way) && where.test(cell.where)),
      reason,
    );
});
