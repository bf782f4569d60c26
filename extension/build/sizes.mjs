// What ships, in figures. Sizes are of the files in dist/chromium; dist/firefox holds the same, but for one key of the manifest.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { keystay } from '../../tests/keystay.mjs';
import { DIST, GENERATED } from './paths.mjs';

/** @param {string} folder */
const names = (folder) => readFile(path.join(GENERATED, folder, 'keystay.wasm.names'), 'utf8');
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
print(groups(wasm, await names('engine')));
console.log(`catalog.json   ${kib(catalog)}, ${brotli(catalog)}`);
console.log(
  `keystay-company.wasm   ${kib(company)}, ${brotli(company)}, in place of it where there are rules of one's own`,
);
print(groups(company, await names('company')));
console.log(`content.js     ${kib(content)}, ${gzip(content)}`);
for (const [name, text] of parts(content.toString())) console.log(`  ${name.padEnd(13)}${kib(text)}, ${gzip(text)}`);
console.log(`background.js  ${kib(background)}, ${gzip(background)}`);
console.log(`page.js        ${kib(page)}`);
console.log(`pdf/worker.js  ${kib(pdf)}, ${gzip(pdf)}, only while a PDF file is read`);
console.log(`net.js         ${kib(await shipped('net.js'))}, only where the last net is on`);

/** @param {[string, Buffer][]} parts */
function print(parts) {
  for (const [name, bytes] of parts) console.log(`  ${name.padEnd(29)}${kib(bytes)}, ${brotli(bytes)}`);
}

/**
 * What a module's bytes are: its functions by the crates that they come from, as the optimiser has named them, and its data. A group is
 * compressed alone here, so that together they are a little larger than the module.
 * @param {Buffer} module
 * @param {string} names
 * @returns {[string, Buffer][]}
 */
function groups(module, names) {
  const crates = names.trim().split('\n').map(crate);
  const { code, data, imports } = sections(module);
  /** @type {Map<string, Buffer[]>} */
  const found = new Map();
  functions(code).forEach((body, index) => {
    const name = crates[imports + index] ?? 'std and glue';
    found.set(name, [...(found.get(name) ?? []), body]);
  });
  const code_by_crate = [...found]
    .map(([name, bodies]) => /** @type {[string, Buffer]} */ ([`code: ${name}`, Buffer.concat(bodies)]))
    .sort(([, one], [, other]) => other.length - one.length);
  return [...code_by_crate, ['data', data]];
}

/**
 * A function is of the crate that is named last among those that are told apart: it is that crate's use of a generic one.
 * @param {string} line of the optimiser's list: a number, a colon and the name
 */
function crate(line) {
  if (/\bkeystay(?:\[\w+\])?::/.test(line)) return 'Keystay';
  if (/\b(?:regex_automata|regex_syntax|regex)(?:\[\w+\])?::/.test(line)) return 'regex';
  if (/\b(?:toml\w*|winnow|serde_spanned)(?:\[\w+\])?::/.test(line)) return 'toml';
  if (/\b(?:serde\w*|zmij)(?:\[\w+\])?::/.test(line)) return 'serde';
  if (/\b(?:sha2|base64|bs58|bech32|zeroize)(?:\[\w+\])?::/.test(line)) return 'hashes and encodings';
  return 'std and glue';
}

/**
 * The sections of a module that weigh anything, and how many functions come before its own.
 * @param {Buffer} module
 */
function sections(module) {
  /** @type {{ code: Buffer, data: Buffer, imports: number }} */
  const found = { code: Buffer.alloc(0), data: Buffer.alloc(0), imports: 0 };
  // Behind eight bytes of magic and version each section has a byte that says which, and its length in LEB128.
  for (let at = 8; at < module.length; ) {
    const kind = module.readUInt8(at);
    const [length, start] = number(module, at + 1);
    const section = module.subarray(start, start + length);
    if (kind === 10) found.code = section;
    if (kind === 11) found.data = section;
    at = start + length;
  }
  const compiled = new WebAssembly.Module(new Uint8Array(module));
  found.imports = WebAssembly.Module.imports(compiled).filter(({ kind }) => kind === 'function').length;
  return found;
}

/**
 * The functions of a code section: their number, and each behind its length.
 * @param {Buffer} code
 */
function functions(code) {
  const found = [];
  for (let [, at] = number(code, 0); at < code.length; ) {
    const [length, start] = number(code, at);
    at = start + length;
    found.push(code.subarray(start, at));
  }
  return found;
}

/**
 * A number in LEB128, and where it ends.
 * @param {Buffer} bytes
 * @param {number} at
 * @returns {[number, number]}
 */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0, more = true; more; shift += 7) {
    const byte = bytes.readUInt8(at++);
    value += (byte & 0x7f) * 2 ** shift;
    more = byte >= 0x80;
  }
  return [value, at];
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
