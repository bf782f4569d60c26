// The engine as WebAssembly, which looks at a text with vector instructions, beside the same engine on this machine, which has none.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { keystay } from '../keystay.mjs';

const ENGINE = path.join(import.meta.dirname, '..', '..', 'target', 'keystay', 'engine');
const { initSync, explain } = await import(pathToFileURL(path.join(ENGINE, 'keystay.js')).href);
initSync({ module: new WebAssembly.Module(readFileSync(path.join(ENGINE, 'keystay.wasm'))) });

/** @type {string[]} */
const texts = keystay(['sample', '--all', '--seed', '11'])
  .trim()
  .split('\n')
  .map((row) => JSON.parse(row).text);
/** Of all rules, each behind something that decides where a word begins. */
const lines = (/** @type {string} */ before) => texts.map((text) => before + text);
/** Findings that one scan lists are limited. */
const PARTS = 4;

for (const [what, before] of /** @type {const} */ ([
  ['nothing', ''],
  ['a letter and a line break in code', 'x\\n'],
  ['an escape of an address', '%3D'],
  ['other letters', 'é'],
])) {
  test(`both find the same in a text of all kinds of key, wherever they stand in a block, behind ${what}`, () => {
    const all = lines(before);
    for (const shift of [0, 1, 15, 16, 31, 62, 63]) {
      for (let part = 0; part < PARTS; part++) {
        const text = ' '.repeat(shift) + all.filter((_, index) => index % PARTS === part).join('\n');
        const expected = JSON.parse(
          keystay(['scan', '--quiet', '--level', 'all', '--fail-on', 'never', '--format', 'json', '-'], text),
        );
        const of = (/** @type {{ rule: string, masked: string }[]} */ found) =>
          found.map(({ rule, masked }) => [rule, masked]);
        const found = of(explain(text, {}));
        assert.ok(found.length > all.length / PARTS / 2);
        assert.deepEqual(found, of(expected.findings), `${shift} bytes farther, part ${part}`);
      }
    }
  });
}
