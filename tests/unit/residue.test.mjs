// What was scanned is gone from the scanner's memory: all of the instance's linear memory, its stack included, is searched for the keys.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { keystay } from '../keystay.mjs';

const GENERATED = path.join(import.meta.dirname, '..', '..', 'target', 'keystay');
const DESTINATION = { origin: 'https://chat.example', page: 'https://chat.example/' };
/** Of what a key is made of, so much in a row is as good as the key. */
const PIECE = 16;

/** @type {{ rule: string, sample: string, text: string }[]} */
const all = keystay(['sample', '--all', '--json', '--seed', randomBytes(4).readUInt32LE().toString()])
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const engine = await import(pathToFileURL(path.join(GENERATED, 'engine', 'keystay.js')).href);
const module = new WebAssembly.Module(readFileSync(path.join(GENERATED, 'engine', 'keystay.wasm')));
engine.initSync({ module });

/** @returns {WebAssembly.Memory} the memory of a new instance: a search takes as long as the memory is large */
function fresh() {
  engine.__wbg_reset_state();
  engine.warmUp();
  return engine.initSync({ module }).memory;
}

/** @param {WebAssembly.Memory} memory @param {string} text @returns {string[]} the encodings in which it stands there */
function held(memory, text) {
  const bytes = Buffer.from(memory.buffer);
  const wide = Buffer.from(Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0).buffer);
  const forms = { 'UTF-8': Buffer.from(text), 'UTF-16': Buffer.from(text, 'utf16le'), 'UTF-32': wide };
  return Object.entries(forms).flatMap(([form, wanted]) => (bytes.includes(wanted) ? [form] : []));
}

/** The end of a key, since its beginning may be the same in all keys. Whoever holds the key holds it too. @param {string} key */
const end = (key) => (key.length > 2 * PIECE ? key.slice(-PIECE) : key);

/** @param {WebAssembly.Memory} memory @param {string[]} keys */
const copies = (memory, keys) => keys.flatMap((key) => held(memory, end(key)).map((form) => `${end(key)} in ${form}`));

const untouched = fresh();

const escaped = (/** @type {string} */ text) =>
  Array.from(text, (character, at) => (at % 3 === 0 ? `%${character.charCodeAt(0).toString(16)}` : character)).join('');
const wrapped = (/** @type {string} */ text) => text.replace(/.{1,20}/g, '$&\n  ');
const filler = 'Nothing to see in this line of a long text.\n'.repeat((1 << 20) / 44);

/** How a key comes. @type {Record<string, (text: string) => string[]>} */
const WAYS = {
  'as it is': (text) => [text],
  'in three flavours': (text) => [text, `<p>${text}</p>`, `{\\rtf1 ${text}}`],
  'behind letters that are not ASCII': (text) => [`Schlüssel: ${text}`],
  'with invisible characters': (text) => [text.replaceAll(/.{5}/g, '$&\u200b')],
  'in base64': (text) => [`data: ${Buffer.from(text).toString('base64')}`],
  'in base64 of base64': (text) => [Buffer.from(`x ${Buffer.from(text).toString('base64')}`).toString('base64')],
  'in hexadecimal': (text) => [`data: ${Buffer.from(text).toString('hex')}`],
  'in escapes': (text) => [escaped(text)],
  'in pieces': (text) => [wrapped(text)],
};

const LONG = {
  'in 1 MiB of text': (/** @type {string} */ text) => [`${filler}${text}\n${filler}`],
  'in 1 MiB of text that is not ASCII': (/** @type {string} */ text) => [`${filler}é${text}\n${filler}`],
};

/** Without the few kinds whose end is the same in all keys, and stands in the engine itself. */
const samples = all.filter(({ sample }) => copies(untouched, [sample]).length === 0);

/** @param {string[]} flavours @param {unknown} [destination] */
const judged = (flavours, destination = DESTINATION) => engine.judge(flavours, destination, {}).findings;

test('the search finds what the memory does hold', () => {
  assert.ok(samples.length > all.length - 10);
  const memory = fresh();
  for (const encoding of /** @type {const} */ (['utf8', 'utf16le'])) {
    const [{ sample }] = samples;
    const there = Buffer.from(memory.buffer).subarray(-2 * sample.length);
    there.write(sample, encoding);
    assert.equal(held(memory, sample).length, 1, encoding);
    there.fill(0);
  }
  assert.deepEqual(copies(memory, [samples[0]?.sample ?? '']), []);
});

for (const [number, [way, flavours]] of Object.entries(WAYS).entries()) {
  test(`no copy is left of a key that came ${way}`, () => {
    const memory = fresh();
    // All kinds as they are, and of the other ways each a third.
    const some = samples.filter((_, at) => number === 0 || at % 3 === number % 3);
    // One after the other, so that what is left in the memory is not overwritten by hundreds that follow.
    const left = some.flatMap(({ rule, sample, text }) => {
      judged(flavours(text));
      return copies(memory, [sample]).map((copy) => `${rule}: ${copy}`);
    });
    assert.deepEqual(left, []);
  });
}

for (const [way, flavours] of Object.entries(LONG)) {
  test(`no copy is left of a key that came ${way}`, () => {
    const memory = fresh();
    for (const { sample, text } of samples.filter((_, at) => at % 60 === 0)) {
      judged(flavours(text));
      assert.deepEqual(copies(memory, [sample]), []);
    }
  });
}

test('no copy is left of many keys that came at once', () => {
  const memory = fresh();
  const some = samples.filter((_, at) => at % 10 === 0);
  assert.ok(judged([some.map(({ text }) => text).join('\n\n')]).length > 1);
  const left = copies(
    memory,
    some.map(({ sample }) => sample),
  );
  assert.deepEqual(left, []);
});

test('no copy is left of a key in the address of a page', () => {
  const memory = fresh();
  const [{ sample }] = samples;
  const address = `https://chat.example/?key=${sample}`;
  judged(['hello'], { origin: address, page: address });
  assert.deepEqual(copies(memory, [sample]), []);
});
