// What company rules and own secrets add to the tripwire: with it, whatever the engine finds by them is held.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { keystay } from '../keystay.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { add, mayHoldSecret } = await import(pathToFileURL(path.join(root, 'target/keystay/tripwire.js')).href);

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** @param {number} length */
const random = (length) => Array.from({ length }, () => BASE62[randomInt(BASE62.length)]).join('');

const RULES = `provider = "Acme"
[[rule]]
id = "acme-badge"
name = "Acme badge"
env = "ACME_BADGE"
severity = "low"
pattern = 'Ac\\.me-[A-Za-z0-9]{9}'
[[rule]]
id = "acme-pin"
name = "Acme pin"
env = "ACME_PIN"
severity = "high"
pattern = '[A-Za-z0-9]{10}'
context = ["zebra pin"]
`;

/** @param {string} text */
const disguises = (text) => [
  text,
  `x ${text}\n`,
  text.replace(/[^A-Za-z0-9]/g, (c) => `%${c.charCodeAt(0).toString(16)}`),
  text.replace(/a|e/g, (c) => (c === 'a' ? '\u0430' : '\u0435')),
  text.replace(/./g, '$&\u200b'),
  JSON.stringify({ text: `${text} ` }),
  Buffer.from(`application:${text}`).toString('base64'),
];

/** @param {string[]} args @param {string[]} texts */
const found = (args, texts) =>
  keystay(['scan', '--rows', ...args], texts.map((text) => JSON.stringify({ text })).join('\n'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).length > 0);

/** @param {(folder: string) => void} use */
const inFolder = (use) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keystay-'));
  try {
    use(folder);
  } finally {
    add({ leads: [], run: 0 });
    rmSync(folder, { recursive: true });
  }
};

test('what company rules find is held once the tripwire has been told, and not before', () => {
  inFolder((folder) => {
    const args = ['--rules', path.join(folder, 'acme.toml')];
    writeFileSync(args[1], RULES);
    const values = Array.from({ length: 20 }, () => [`Ac.me-${random(9)}`, `my Zebra pin: ${random(10)}`]).flat();
    const texts = values.flatMap(disguises);
    assert.ok(!mayHoldSecret(values[0]) && !mayHoldSecret(values[1]));
    add(JSON.parse(keystay(['tripwire', '--additions', ...args])));
    const expected = found(args, texts);
    assert.ok(expected.filter(Boolean).length > texts.length / 2);
    assert.deepEqual(
      texts.filter((text, i) => expected[i] && !mayHoldSecret(text)),
      [],
    );
    assert.ok(!mayHoldSecret('Acme-badge, zebra and a pin: nothing that leads to a rule'));
  });
});

test('what is registered is held once the tripwire has been told, which is told nothing but a length', () => {
  inFolder((folder) => {
    const [env, store] = ['.env', 'store.json'].map((name) => path.join(folder, name));
    const values = Array.from({ length: 20 }, (_, i) => `Z9a${random(14 + i)}`);
    writeFileSync(env, values.map((value, i) => `SECRET_${i}="${value}"\n`).join(''));
    const said = keystay(['own', 'add', '--from', env, '--store', store]);
    const registered = keystay(['own', 'list', '--store', store]).trim().split('\n');
    assert.ok(said.endsWith(`${registered.length} registered\n`) && registered.length > 15, said);
    const additions = JSON.parse(keystay(['tripwire', '--additions', '--own', store]));
    assert.deepEqual(additions.leads, []);
    add(additions);
    const texts = values.flatMap(disguises);
    const expected = found(['--own', store], texts);
    assert.ok(expected.filter(Boolean).length > texts.length / 2);
    assert.deepEqual(
      texts.filter((text, i) => expected[i] && !mayHoldSecret(text)),
      [],
    );
    assert.ok(!mayHoldSecret('a sentence of words that are all short'));
  });
});

test('a literal with characters that mean something in an expression is taken as it is', () => {
  add({ leads: ['a.b', 'x:/', '-_y '], run: 0 });
  assert.deepEqual(['A.B', 'axb', 'x:/', '-_Y ', 'a'].map(mayHoldSecret), [true, false, true, true, false]);
  add({ leads: [], run: 0 });
  assert.ok(!mayHoldSecret('a.b'));
});
