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

const wasm = await shipped('keystay.wasm');
const catalog = await shipped('catalog.json');
const content = await shipped('content.js');
const background = await shipped('background.js');
const page = await shipped('page.js');
const rules = keystay(['rules', '--count']).trim();

console.log(`rules          ${rules}`);
console.log(`keystay.wasm   ${kib(wasm)}, brotli ${kib(brotliCompressSync(wasm))}`);
console.log(`catalog.json   ${kib(catalog)}, brotli ${kib(brotliCompressSync(catalog))}`);
console.log(`content.js     ${kib(content)}, gzip ${kib(gzipSync(content, { level: 9 }))}`);
console.log(`background.js  ${kib(background)}, gzip ${kib(gzipSync(background, { level: 9 }))}`);
console.log(`page.js        ${kib(page)}`);
