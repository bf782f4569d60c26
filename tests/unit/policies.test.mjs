// What docs/administrators.md and docs/settings.md show as policies could be given to a browser as it stands: it can be read, and each key
// and its type is one that Keystay knows.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { keystay } from '../keystay.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');
const read = (/** @type {string[]} */ ...way) => fs.readFileSync(path.join(ROOT, ...way), 'utf8');

/** @type {{ properties: Record<string, { type: string, enum?: string[] }> }} */
const { properties } = JSON.parse(read('extension', 'managed.json'));
const gecko = JSON.parse(read('extension', 'manifest.json')).browser_specific_settings.gecko.id;
const rules = new Set(
  keystay(['rules'])
    .split('\n')
    .map((line) => line.split(' ')[0]),
);

/**
 * The blocks of one language.
 * @param {string} text
 * @param {string} language
 */
function blocks(text, language) {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, name]) => name === language)
    .map(([, , code = '']) => code);
}

/** @param {Record<string, unknown>} values */
function assertValues(values) {
  assert.ok(Object.keys(values).length > 1);
  for (const [key, value] of Object.entries(values)) {
    const property = properties[key];
    assert.ok(property, `${key} is no setting`);
    const type = Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
    assert.equal(type, property.type, key);
    if (property.enum) assert.ok(property.enum.includes(String(value)), `${key}: ${value}`);
    if (/Rules$/.test(key) && key !== 'companyRules')
      for (const rule of /** @type {string[]} */ (value)) assert.ok(rules.has(rule), `${rule} is no rule`);
  }
}

const documents = { administrators: read('docs', 'administrators.md'), settings: read('docs', 'settings.md') };

for (const [name, text] of Object.entries(documents)) {
  test(`every JSON policy in docs/${name}.md is one that a browser takes`, () => {
    const all = blocks(text, 'json').map((code) => JSON.parse(code));
    assert.ok(all.length > 0);
    for (const policy of all) {
      const inside = policy.policies ?? policy;
      const [ids, values] = policy.policies
        ? [[gecko], inside['3rdparty'].Extensions]
        : [['EXTENSION_ID'], inside['3rdparty'].extensions];
      assert.deepEqual(Object.keys(values), ids);
      for (const one of Object.values(values)) assertValues(one);
      if (inside.ExtensionSettings) assert.deepEqual(Object.keys(inside.ExtensionSettings), ids);
    }
  });
}

test('the registry file in docs/administrators.md sets what it names, with the right types', () => {
  const [code = ''] = blocks(documents.administrators, 'reg');
  assert.match(code, /^Windows Registry Editor Version 5\.00\n/);
  /** @type {Record<string, unknown>} */
  const values = {};
  let list = '';
  for (const line of code.split('\n').slice(1)) {
    const [, key] = line.match(/^\[HKEY_LOCAL_MACHINE\\.*\\EXTENSION_ID\\policy\\?(.*)\]$/) ?? [];
    const [, name = '', text, number] = line.match(/^"(\w+)"=(?:"(.*)"|dword:([0-9a-f]{8}))$/) ?? [];
    if (key !== undefined) list = key;
    else if (list !== '' && name) values[list] = [.../** @type {string[]} */ (values[list] ?? []), text];
    else if (name) {
      const value = text ?? Number.parseInt(number ?? '', 16);
      values[name] = properties[name]?.type === 'boolean' ? Boolean(value) : value;
    } else assert.equal(line, '', 'a line that is nothing');
  }
  assertValues(values);
});

test('the property list in docs/administrators.md is one', () => {
  const [code = ''] = blocks(documents.administrators, 'xml');
  const script = 'import plistlib, json, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
  assertValues(JSON.parse(execFileSync('python3', ['-c', script], { input: code, encoding: 'utf8' })));
});

test('docs/settings.md names every key of a policy, and none that is not there', () => {
  const named = [...documents.settings.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, key]) => key),
  );
  assert.deepEqual(named.sort(), Object.keys(properties).sort());
});

test('every way in a document leads to a file that is there, and to a heading in it', () => {
  const folder = path.join(ROOT, 'docs');
  const files = [
    'README.md',
    ...fs
      .readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  ];
  const anchors = (/** @type {string} */ text) =>
    new Set(
      [...text.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
        words
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-'),
      ),
    );
  let ways = 0;
  for (const file of files) {
    const text = read(file);
    for (const [, way = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(way)) continue;
      const [place = '', anchor] = way.split('#');
      const target = place === '' ? file : path.posix.join(path.posix.dirname(file), place);
      assert.ok(fs.existsSync(path.join(ROOT, target)), `${file}: ${way}`);
      if (anchor) assert.ok(anchors(read(target)).has(anchor), `${file}: ${way} has no such heading`);
      ways++;
    }
  }
  assert.ok(ways > 40);
  const readme = read('README.md');
  for (const file of files.slice(1)) assert.ok(readme.includes(`(${file})`), `README.md does not lead to ${file}`);
});
