// Every word that is shown has a message, and every message is shown somewhere.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const EXTENSION = fileURLToPath(new URL('../../extension/', import.meta.url));

const sources = fs
  .readdirSync(EXTENSION, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:ts|html)$/.test(file) || file === 'manifest.json')
  .map((file) => fs.readFileSync(path.join(EXTENSION, file), 'utf8'))
  .join('\n');

const messages = Object.keys(JSON.parse(fs.readFileSync(path.join(EXTENSION, '_locales/en/messages.json'), 'utf8')));

/** Plural categories and the article are put behind a name by the code that asks for it. */
const base = (/** @type {string} */ name) => name.replace(/_(?:zero|one|two|few|many|other)$/, '');

/** Endings of names that are put together, as in `${way}Again`. */
const endings = [...sources.matchAll(/`\$\{[^}]+\}([A-Z]\w+)`/g)].map(([, ending = '']) => ending);

test('no message is unused', () => {
  const unused = messages.filter((name) => {
    if (endings.some((ending) => name.endsWith(ending))) return false;
    const forms = [base(name), base(name).replace(/An$/, 'A')];
    return !forms.some((form) => new RegExp(`['"\`(]${form}['"\`]|__MSG_${form}__`).test(sources));
  });
  assert.deepEqual(unused, []);
});

test('no message is missing', () => {
  const asked = [
    ...sources.matchAll(/\b(?:localized|phrase|counted)\(\s*'(\w+)'/g),
    ...sources.matchAll(/data-(?:text|label)="(\w+)"/g),
    ...sources.matchAll(/__MSG_(\w+)__/g),
  ].map(([, name = '']) => name);
  assert.ok(asked.length > 150, `${asked.length} places ask for words`);
  const known = new Set(messages.flatMap((name) => [name, base(name)]));
  assert.deepEqual(
    asked.filter((name) => !known.has(name)),
    [],
  );
});
