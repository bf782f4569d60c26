// Every language says everything that English says, with the same parts left open.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const LOCALES = fileURLToPath(new URL('../../extension/_locales/', import.meta.url));
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Stores refuse a longer one. */
const LONGEST_DESCRIPTION = 132;

/** @typedef {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} Messages */

/** @returns {Messages} */
const read = (/** @type {string} */ language) =>
  JSON.parse(fs.readFileSync(path.join(LOCALES, language, 'messages.json'), 'utf8'));

const english = read('en');
const languages = fs.readdirSync(LOCALES).filter((language) => language !== 'en');

/** The key without its plural category, since languages have different ones. */
const base = (/** @type {string} */ key) => key.replace(PLURAL, '');
const bases = (/** @type {Messages} */ messages) => [...new Set(Object.keys(messages).map(base))].sort();

/** What stands for each open part; the examples are for translators. */
const contents = (/** @type {Record<string, { content: string }>} */ placeholders) =>
  Object.fromEntries(Object.entries(placeholders).map(([name, { content }]) => [name, content]));

/** @returns {Set<string>} */
const open = (/** @type {string} */ message) => new Set(message.match(/\$[A-Z_]+\$/g) ?? []);

test('there are languages beside English', () => assert.ok(languages.length >= 11, languages.join()));

for (const language of languages) {
  const messages = read(language);

  test(`${language}: no message is missing, and none is left over`, () => {
    assert.deepEqual(bases(messages), bases(english));
  });

  test(`${language}: the tag in the file is that of its folder`, () => {
    assert.equal(messages.language?.message, language.replace('_', '-'));
    const { direction } = /** @type {{ direction: string }} */ (
      /** @type {any} */ (new Intl.Locale(language.replace('_', '-'))).textInfo ??
        /** @type {any} */ (new Intl.Locale(language.replace('_', '-'))).getTextInfo()
    );
    assert.equal(messages.direction?.message, direction);
  });

  test(`${language}: every counted message has the form that is used where no other fits`, () => {
    const counted = Object.keys(messages).filter((key) => PLURAL.test(key));
    assert.deepEqual(
      counted.filter((key) => messages[`${base(key)}_other`] === undefined),
      [],
    );
  });

  test(`${language}: what is put into a message finds its place`, () => {
    for (const [key, { message, placeholders = {} }] of Object.entries(messages)) {
      const model = english[key] ?? english[`${base(key)}_other`];
      assert.ok(model, key);
      assert.deepEqual(contents(placeholders), contents(model.placeholders ?? {}), key);
      const here = open(message);
      const there = open(model.message);
      for (const name of here) assert.ok(there.has(name), `${key}: ${name} is not known`);
      // "One more" may leave out the number; whatever else is put in must be shown.
      const needed =
        PLURAL.test(key) && !key.endsWith('_other') ? [...there].filter((name) => name !== '$COUNT$') : there;
      for (const name of needed) assert.ok(here.has(name), `${key}: ${name} is missing`);
    }
  });

  test(`${language}: the description fits into a store`, () => {
    assert.ok((messages.extDescription?.message.length ?? 0) <= LONGEST_DESCRIPTION);
  });
}
