// The background's scanner with the real engine: an instance that has grown, or that trapped, is replaced, and every text gets its answer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { keystay } from '../keystay.mjs';
import { load } from './load.mjs';

const GENERATED = path.join(import.meta.dirname, '..', '..', 'target', 'keystay');
const MIB = 1 << 20;
/** What an instance may hold between two texts. */
const STEADY = 16 * MIB;

const DESTINATION = { origin: 'https://chat.example', page: 'https://chat.example/' };
const NOTHING = { rules: {}, secrets: '' };
const KEY = keystay(['sample', 'anthropic-api-key']).trim();

/** Every instance that the scanner made, the one in use last. @type {WebAssembly.Instance[]} */
const instances = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = new Proxy(Instance, {
  construct(target, args) {
    const made = Reflect.construct(target, args);
    instances.push(made);
    return made;
  },
});

// The extension's own files, as the browser would give them.
const files = /** @type {Record<string, string>} */ ({
  'keystay.wasm': path.join(GENERATED, 'engine', 'keystay.wasm'),
  'catalog.json': path.join(GENERATED, 'catalog.json'),
});
/** @type {any} */ (globalThis).chrome = { runtime: { getURL: (/** @type {string} */ file) => file } };
globalThis.fetch = async (file) => {
  const type = String(file).endsWith('.wasm') ? 'application/wasm' : 'application/json';
  return new Response(readFileSync(files[String(file)] ?? ''), { headers: { 'content-type': type } });
};

const scanner = await load('background/scanner.ts', {
  'keystay:engine': readFileSync(path.join(GENERATED, 'engine', 'keystay.js'), 'utf8'),
  // Nobody has rules of their own here.
  'keystay:company': 'export const setCompanyRules = undefined;',
});

const judged = (/** @type {string} */ text) => scanner.judged([text], DESTINATION, {}, NOTHING);
const memory = () => /** @type {WebAssembly.Memory} */ (instances.at(-1)?.exports.memory);
const lines = (/** @type {number} */ length) => 'A line of text in which there is nothing.\n'.repeat(length / 42);

async function findsTheKey() {
  assert.equal((await judged(`key = "${KEY}"`)).verdict, 'warn');
  assert.equal((await judged('no key')).verdict, 'allow');
}

test('texts of the usual length are all judged by one instance', async () => {
  await findsTheKey();
  for (const length of [100, 100_000, MIB]) await judged(lines(length));
  await findsTheKey();
  assert.equal(instances.length, 1);
});

for (const [what, letter] of /** @type {const} */ ([
  ['letters of ASCII', 'a'],
  ['other letters', 'é'],
])) {
  test(`a text of 32 MiB of ${what} leaves nothing of its size behind`, async () => {
    const text = `${letter}${lines(32 * MIB - 1000)}${KEY}`;
    const judgement = await judged(text);
    assert.equal(judgement.findings.length, 1);
    assert.equal(judgement.partial, false);
    assert.ok(memory().buffer.byteLength <= STEADY, `${memory().buffer.byteLength} bytes`);
    await findsTheKey();
  });
}

test('texts that grow leave no more behind than one', async () => {
  for (let length = MIB; length <= 16 * MIB; length *= 2) {
    await judged(lines(length));
    assert.ok(memory().buffer.byteLength <= STEADY, `${memory().buffer.byteLength} bytes after ${length}`);
  }
});

test('a text on which the instance traps is judged by a new one', async () => {
  const before = instances.length;
  // Whatever the engine reads there is wrong from now on.
  new Uint8Array(memory().buffer).fill(0xff);
  await findsTheKey();
  assert.equal(instances.length, before + 1);
});

test('a text on which a new instance fails too is not judged, and the next one is', async () => {
  const { now } = Date;
  Date.now = () => {
    throw new Error('broken for a test');
  };
  try {
    await assert.rejects(judged(KEY), /broken for a test/);
  } finally {
    Date.now = now;
  }
  await findsTheKey();
});
