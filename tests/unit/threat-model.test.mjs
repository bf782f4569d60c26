// Every row of docs/threat-model.md has a test that carries its number, or says that it is accepted and why; and no test proves a row that
// is not there.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** A reason has more words than this. */
const LEAST_REASON = 30;

const rows = fs
  .readFileSync(path.join(ROOT, 'docs', 'threat-model.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, number]) => /^[TG]\d+$/.test(number ?? ''))
  .map((cells) => ({ number: cells[1] ?? '', cells: cells.slice(2, -1), proof: cells.at(-2) ?? '' }));

const threats = rows.filter(({ number }) => number.startsWith('T'));
const goals = rows.filter(({ number }) => number.startsWith('G'));

/** Numbers in names of tests: a string that begins with one. */
const proved = new Set(
  /** @type {string[]} */ (fs.readdirSync(path.join(ROOT, 'tests'), { recursive: true }))
    .filter((file) => file.endsWith('.mjs'))
    .flatMap((file) => [...fs.readFileSync(path.join(ROOT, 'tests', file), 'utf8').matchAll(/['"`](T\d\d) /g)])
    .map(([, number]) => number),
);

const accepted = (/** @type {string} */ proof) => {
  const [, reason = ''] = proof.split('*accepted*');
  return reason.length >= LEAST_REASON;
};

test('the rows are numbered without a gap', () => {
  assert.deepEqual(
    threats.map(({ number }) => number),
    threats.map((_, index) => `T${String(index + 1).padStart(2, '0')}`),
  );
  assert.ok(threats.length >= 30);
  assert.deepEqual(
    goals.map(({ number }) => number),
    goals.map((_, index) => `G${index + 1}`),
  );
  assert.equal(goals.length, 10);
});

for (const { number, cells, proof } of threats) {
  test(`${number} has a test, or is accepted with a reason`, () => {
    assert.ok(
      cells.every((cell) => cell !== ''),
      'no cell is empty',
    );
    assert.ok(proved.has(number) || accepted(proof), `no test is called "${number} …", and no reason is given`);
    assert.equal(/\btest\b/.test(proof), proved.has(number), 'the row says whether there is a test');
  });
}

for (const { number, proof } of goals) {
  test(`${number} names what shows it, or what is open`, () => {
    const named = [...proof.matchAll(/tests\/[\w/.-]+\.(?:mjs|rs)/g)].map(([file]) => file);
    for (const file of named) assert.ok(fs.existsSync(path.join(ROOT, file)), file);
    assert.ok(/`|\*open\*: \S/.test(proof));
  });
}

test('no test carries a number without a row', () => {
  const known = threats.map(({ number }) => number);
  assert.deepEqual(
    [...proved].filter((number) => !known.includes(String(number))),
    [],
  );
});
