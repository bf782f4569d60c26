// What ships, in figures. Sizes are of the files in dist/chromium; dist/firefox holds the same, but for one key of the manifest.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { keystay } from '../../tests/keystay.mjs';
import { DIST } from './paths.mjs';

/** @param {string} name */
const shipped = (name) => readFile(path.join(DIST, 'chromium', name));
/** @param {{ length: number }} bytes */
const kib = ({ length }) => `${(length / 1024).toFixed(1)} KiB`;
/** @param {Uint8Array} bytes */
const brotli = (bytes) => `brotli ${kib(brotliCompressSync(bytes))}`;
/** @param {Uint8Array} bytes */
const gzip = (bytes) => `gzip ${kib(gzipSync(bytes, { level: 9 }))}`;

const wasm = await shipped('keystay.wasm');
const catalog = await shipped('catalog.json');
const company = await shipped('keystay-company.wasm');
const content = await shipped('content.js');
const background = await shipped('background.js');
const page = await shipped('page.js');
const pdf = await shipped('pdf/worker.js');
const rules = keystay(['rules', '--count']).trim();

console.log(`rules          ${rules}`);
console.log(`keystay.wasm   ${kib(wasm)}, ${brotli(wasm)}`);
for (const [name, section] of sections(wasm)) console.log(`  ${name.padEnd(13)}${kib(section)}, ${brotli(section)}`);
console.log(`catalog.json   ${kib(catalog)}, ${brotli(catalog)}`);
console.log(`keystay-company.wasm   ${kib(company)}, ${brotli(company)}, only where there are rules of one's own`);
console.log(`content.js     ${kib(content)}, ${gzip(content)}`);
for (const [name, text] of parts(content.toString())) console.log(`  ${name.padEnd(13)}${kib(text)}, ${gzip(text)}`);
console.log(`background.js  ${kib(background)}, ${gzip(background)}`);
console.log(`page.js        ${kib(page)}`);
console.log(`pdf/worker.js  ${kib(pdf)}, ${gzip(pdf)}, only while a PDF file is read`);
console.log(`net.js         ${kib(await shipped('net.js'))}, only where the last net is on`);

/**
 * The two sections of a module that weigh anything.
 * @param {Buffer} module
 * @returns {[string, Buffer][]}
 */
function sections(module) {
  const names = new Map([
    [10, 'code'],
    [11, 'data'],
  ]);
  /** @type {[string, Buffer][]} */
  const found = [];
  // Behind eight bytes of magic and version each section has a byte that says which, and its length in LEB128.
  for (let at = 8; at < module.length; ) {
    const name = names.get(module.readUInt8(at++));
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = module.readUInt8(at++);
      length += (byte & 0x7f) * 2 ** shift;
      more = byte >= 0x80;
    }
    if (name !== undefined) found.push([name, module.subarray(at, at + length)]);
    at += length;
  }
  return found;
}

/**
 * A bundle by the folders of its sources, of which the bundler names each before what comes from it; the largest first.
 * @param {string} bundle
 * @returns {[string, Buffer][]}
 */
function parts(bundle) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const [text, file = ''] of bundle.matchAll(
    /^ {2}\/\/ (\S+\.(?:ts|js|json))\n(?:(?! {2}\/\/ \S+\.(?:ts|js|json)\n).*\n)*/gm,
  )) {
    const [, folder = ''] = file.match(/(tripwire|warning|files|typing|sending|shared)(?:\/|\.js)/) ?? [];
    const name = folder || 'the rest';
    texts.set(name, (texts.get(name) ?? '') + text);
  }
  return [...texts]
    .map(([name, text]) => /** @type {[string, Buffer]} */ ([name, Buffer.from(text)]))
    .sort(([, one], [, other]) => other.length - one.length);
}
