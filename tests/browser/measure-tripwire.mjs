// Figures for docs/measurements.md: how long the tripwire keeps a frame, in Node and in the browsers. It is the module that the build
// generates, outside of the extension: what it does is the same in a content script, and nothing else is measured.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { openSite } from './site.mjs';
import { browsers, launch } from './suite.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');
const MODULE = path.join(ROOT, 'target', 'keystay', 'tripwire.js');

const SMALL = 10_000;
const LARGE = 1_000_000;
/** What makes an expression that can backtrack slow, and what leads to a look at each place. */
const HOSTILE = [
  'key=key=',
  'sk-ant-sk-ant-',
  'eyJ',
  'token: ',
  '://a:b',
  '0123456789abcdef',
  '-----BEGIN ',
  'aws secret ',
  '%41%42',
];

/** @param {(line: string) => void} print */
export async function tripwire(print) {
  const source = await fs.readFile(MODULE, 'utf8');
  const texts = await samples();
  print('| where | text | 10 KB p50 ms | 1 MB p50 ms | held |');
  print('|---|---|--:|--:|---|');
  await rows(print, `Node ${process.versions.node}`, texts, (text, runs) => time(source, text, runs));
  for (const name of browsers) {
    const site = await openSite();
    // Firefox rounds times to milliseconds unless it is told not to.
    const browser = await launch(name, { prefs: { 'privacy.reduceTimerPrecision': false } });
    const page = await browser.open(`${site.a}/pages/fields.html`);
    await rows(print, `${name} ${browser.version}`, texts, (text, runs) => page.evaluate(time, source, text, runs));
    await browser.close();
    await site.close();
  }
}

/**
 * @param {(line: string) => void} print
 * @param {string} where
 * @param {Map<string, string[]>} texts
 * @param {(text: string, runs: number) => Promise<{ ms: number, held: boolean }>} take
 */
async function rows(print, where, texts, take) {
  for (const [name, some] of texts) {
    let [small, large] = [0, 0];
    let held = false;
    // Of several texts the slowest counts.
    for (const text of some) {
      small = Math.max(small, (await take(filled(text, SMALL), 60)).ms);
      const of = await take(filled(text, LARGE), 9);
      large = Math.max(large, of.ms);
      held ||= of.held;
    }
    print(`| ${where} | ${name} | ${small.toFixed(2)} | ${large.toFixed(1)} | ${held ? 'yes' : 'no'} |`);
  }
}

/**
 * Runs in the page, too.
 * @param {string} source
 * @param {string} text
 * @param {number} runs
 */
async function time(source, text, runs) {
  const address =
    typeof document === 'undefined'
      ? `data:text/javascript,${encodeURIComponent(source)}`
      : URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const { mustBeHeld } = await import(address);
  const times = [];
  let held = false;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    held = mustBeHeld(text);
    times.push(performance.now() - start);
  }
  return { ms: times.sort((a, b) => a - b)[runs >> 1] ?? 0, held };
}

/** @returns {Promise<Map<string, string[]>>} */
async function samples() {
  const base64 = randomBytes(LARGE).toString('base64');
  return new Map([
    ['prose', [await joined('docs', '.md')]],
    ['TypeScript source', [await joined('extension/content', '.ts')]],
    ['minified JavaScript', [await fs.readFile(path.join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8')]],
    ['base64 in lines', [base64.replace(/.{76}/g, '$&\n')]],
    ['made to be slow, the worst of them', HOSTILE],
  ]);
}

/**
 * @param {string} folder
 * @param {string} ending
 */
async function joined(folder, ending) {
  const names = (await fs.readdir(path.join(ROOT, folder))).filter((name) => name.endsWith(ending)).sort();
  return (await Promise.all(names.map((name) => fs.readFile(path.join(ROOT, folder, name), 'utf8')))).join('\n');
}

/**
 * @param {string} text
 * @param {number} length
 */
function filled(text, length) {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}
