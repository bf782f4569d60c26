// Figures for docs/measurements.md, as Markdown on standard output: what a hold costs, what the background needs, how fast a scan is.
// Run by `./build.sh bench`. KEYSTAY_BROWSER restricts it to one browser.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { privateBytes } from './drivers/processes.mjs';
import { requests } from './measure-requests.mjs';
import { tripwire } from './measure-tripwire.mjs';
import { openSite } from './site.mjs';
import { settles, textIn, until } from './steps.mjs';
import { browsers, extensionFor, launch } from './suite.mjs';
import { benignHeld, CLEAN } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Browser} Browser */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const ROOT = path.join(import.meta.dirname, '..', '..');
const ENGINE = path.join(ROOT, 'target', 'keystay', 'engine');

/** Enough that the 99th hundredth is not simply the worst. */
const PASTES = 120;
const STOPPED_PASTES = 12;
/** A person does not press two keys at once. */
const BETWEEN_KEYS_MS = 100;
const SCANS = 15;
const SLOW_SCANS = 5;
const KEYS = 400;
const MEGABYTE = 1 << 20;

const FIELD = '#textarea';

print(
  `Machine: ${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / MEGABYTE / 1024)} GiB, ` +
    `load ${os.loadavg()[0]?.toFixed(1)} at the start. Node ${process.versions.node}.`,
);

print('\n## From key press to text\n');
print('A trusted Ctrl+V into a textarea of a page with the strictest policy, from its keydown to its input event.');
print('"Not held" is the browser alone: the tripwire lets such a text go. What a hold adds is the difference.\n');
print('| browser | paste | n | p50 ms | p90 ms | p99 ms | max ms |');
print('|---|---|--:|--:|--:|--:|--:|');
/** @type {string[]} */
const memory = [];
for (const name of browsers) {
  const site = await openSite();
  // Firefox rounds times to milliseconds unless it is told not to.
  const browser = await launch(name, {
    extension: extensionFor(name),
    prefs: { 'privacy.reduceTimerPrecision': false },
  });
  const page = await browser.open(`${site.a}/pages/fields.html?policy=strict`);
  await page.evaluate(watchPastes);
  await page.click(FIELD);
  const held = await benignHeld();
  const long = `${held}\n${'An ordinary line of text.\n'.repeat(4000)}`;
  const title = `${name} ${browser.version}`;

  row(title, `${CLEAN.length} characters, not held`, await pastes(browser, page, CLEAN, PASTES));
  row(title, `${held.length} characters, held and let go`, await pastes(browser, page, held, PASTES));
  const size = `${Math.round(long.length / 1024)} KiB of lines`;
  row(
    title,
    `${size}, not held`,
    await pastes(browser, page, long.replace(held, CLEAN.slice(0, held.length)), PASTES / 4),
  );
  row(title, `${size}, held and let go`, await pastes(browser, page, long, PASTES / 4));
  row(
    title,
    `${held.length} characters, background stopped before`,
    await pastes(browser, page, held, STOPPED_PASTES, () => browser.killBackground()),
  );
  row(
    title,
    `${held.length} characters, background stopped before, Ctrl pressed 0.1 s before V`,
    await pastes(
      browser,
      page,
      held,
      STOPPED_PASTES,
      () => browser.killBackground(),
      async () => {
        await page.press('Control');
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_KEYS_MS));
      },
    ),
  );
  memory.push(...(await background(browser, page, held, title)));
  await browser.close();
  await site.close();
}

print('\n## The tripwire\n');
print('What each frame does with each pasted text before it lets it go, synchronously.\n');
await tripwire(print);

print('\n## Typing\n');
print(
  'A trusted key typed into a textarea, from its keydown to the end of its input event, without the extension and with it, and the',
);
print('longest that the page was kept from its own work between keys. Code is what the tripwire takes longest for.\n');
print('| browser | field | extension | n | p50 ms | p95 ms | max ms | kept p95 ms | kept max ms |');
print('|---|---|---|--:|--:|--:|--:|--:|--:|');
for (const name of browsers) await typing(name);

print('\n## What a page reads and sends by itself\n');
print("A call of the page's own, by the browser's function and by ours, at a site where the last net is on.\n");
print('| browser | call | n | without p50 ms | with p50 ms | ratio |');
print('|---|---|--:|--:|--:|--:|');
for (const name of browsers) await requests(name, print);

print('\n## Memory of the background\n');
print(
  "Private memory of the process that the background runs in (in Firefox shared with the browser's own add-ons).\n",
);
print('| browser | background stopped | running, one scan done | difference |');
print('|---|--:|--:|--:|');
for (const line of memory) print(line);

print('\n## Scanning, in WebAssembly under Node\n');
print('| text | size | n | p50 ms | MB/s |');
print('|---|--:|--:|--:|--:|');
await scans();

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * @param {string} title
 * @param {string} what
 * @param {number[]} times
 */
function row(title, what, times) {
  const figures = [0.5, 0.9, 0.99, 1].map((share) => quantile(times, share).toFixed(1));
  print(`| ${title} | ${what} | ${times.length} | ${figures.join(' | ')} |`);
}

/**
 * @param {number[]} values
 * @param {number} share
 */
function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Runs in the page: writes down when a V was pressed and when the field changed next. */
function watchPastes() {
  const global = /** @type {any} */ (globalThis);
  global.times = [];
  let pressed = 0;
  addEventListener(
    'keydown',
    (event) => {
      if (event.key.toLowerCase() === 'v') pressed = performance.now();
    },
    true,
  );
  addEventListener('input', () => global.times.push(performance.now() - pressed), true);
}

/**
 * @param {Browser} browser
 * @param {Page} page
 * @param {string} text
 * @param {number} count
 * @param {() => Promise<void>} [before]
 * @param {() => Promise<void>} [inField] done when the field has the focus
 * @returns {Promise<number[]>}
 */
async function pastes(browser, page, text, count, before, inField) {
  await browser.copy(text);
  const times = [];
  for (let paste = 0; paste < count; paste++) {
    await before?.();
    await page.evaluate(() => {
      const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea'));
      field.value = '';
      field.focus();
      /** @type {any} */ (globalThis).times.length = 0;
    });
    await inField?.();
    await page.paste();
    await settles(async () => (await textIn(page, FIELD)).length, text.length, 'the text');
    times.push(await page.evaluate(() => /** @type {any} */ (globalThis).times.at(-1)));
  }
  return times;
}

/** @param {'chromium' | 'firefox'} name */
async function typing(name) {
  const code = await fs.readFile(
    path.join(ROOT, 'node_modules', 'react-dom', 'cjs', 'react-dom.development.js'),
    'utf8',
  );
  const fields = { 'a sentence': CLEAN, '30 KiB of code': code.slice(0, 30 * 1024) };
  for (const extension of [false, true]) {
    const site = await openSite();
    const browser = await launch(name, {
      ...(extension ? { extension: extensionFor(name) } : {}),
      prefs: { 'privacy.reduceTimerPrecision': false },
    });
    for (const [what, text] of Object.entries(fields)) {
      const page = await browser.open(`${site.a}/pages/fields.html`);
      await page.evaluate(watchKeys, text);
      await page.click(FIELD);
      for (let round = 0; round < KEYS / 20; round++) {
        await page.type('it was a bright day ');
        // Pauses, in which the text is looked at.
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
      const { keys, kept } = await page.evaluate(() => /** @type {any} */ (globalThis).measured);
      const figures = [
        ...[0.5, 0.95, 1].map((share) => quantile(keys, share)),
        ...[0.95, 1].map((share) => quantile(kept, share)),
      ];
      print(
        `| ${name} ${browser.version} | ${what} | ${extension ? 'with' : 'without'} | ${keys.length} | ` +
          `${figures.map((figure) => figure.toFixed(2)).join(' | ')} |`,
      );
      await page.close();
    }
    await browser.close();
    await site.close();
  }
}

/**
 * Runs in the page: writes down how long each key took to its `input` event, and how late a timer of 4 ms came.
 * @param {string} text
 */
function watchKeys(text) {
  const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea'));
  field.value = text;
  const measured = { keys: /** @type {number[]} */ ([]), kept: /** @type {number[]} */ ([]) };
  /** @type {any} */ (globalThis).measured = measured;
  let pressed = 0;
  addEventListener(
    'keydown',
    (event) => {
      pressed = event.timeStamp;
    },
    true,
  );
  addEventListener('input', () => measured.keys.push(performance.now() - pressed));
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    measured.kept.push(now - last - 4);
    last = now;
  }, 4);
}

/**
 * @param {Browser} browser
 * @param {Page} page
 * @param {string} held
 * @param {string} title
 */
async function background(browser, page, held, title) {
  await pastes(browser, page, held, 1);
  const pid = await until('the process of the background', () => browser.backgroundPid());
  const running = privateBytes(pid);
  await browser.killBackground();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const left = await browser.backgroundPid();
  const stopped = left === pid ? privateBytes(pid) : 0;
  const inMegabytes = [stopped, running, running - stopped].map((bytes) => `${(bytes / MEGABYTE).toFixed(1)} MB`);
  return [`| ${title} | ${inMegabytes.join(' | ')} |`];
}

async function scans() {
  const { initSync, judge, warmUp } = await import(pathToFileURL(path.join(ENGINE, 'keystay.js')).href);
  const wasm = await fs.readFile(await wasmFile());
  const started = performance.now();
  const module = new WebAssembly.Module(wasm);
  const compiled = performance.now();
  const { memory: linear } = initSync({ module });
  warmUp();
  const ready = performance.now();
  const destination = { origin: 'https://example.org/', page: 'https://example.org/' };
  /** @param {string} text */
  const time = (text) => {
    const start = performance.now();
    judge([text], destination, {});
    return performance.now() - start;
  };
  const first = time(CLEAN);
  const small = linear.buffer.byteLength;
  const code = await fs.readFile(
    path.join(ROOT, 'node_modules', 'react-dom', 'cjs', 'react-dom.development.js'),
    'utf8',
  );
  const bytes = crypto.getRandomValues(new Uint8Array(65_536));
  const noise = Buffer.from(bytes).toString('base64').replaceAll(/.{76}/g, '$&\n');
  const prose =
    'It was a bright cold day in the office, and the clocks of the servers were all of one mind about the time.\n';
  for (const [what, unit] of Object.entries({ prose, 'JavaScript source': code, 'base64 lines': noise })) {
    for (const size of [1024, 100 * 1024, MEGABYTE, 10 * MEGABYTE]) {
      const text = unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
      const times = Array.from({ length: SCANS }, () => time(text));
      const middle = quantile(times, 0.5);
      print(
        `| ${what} | ${sizeName(size)} | ${SCANS} | ${middle.toFixed(2)} | ${(size / MEGABYTE / (middle / 1000)).toFixed(0)} |`,
      );
    }
  }
  print('\nTexts that were made to be slow (`tests/slow-texts.json`), of 512 KiB and of a mebibyte:\n');
  print('| text | MB/s | twice the text takes |');
  print('|---|--:|--:|');
  for (const slow of await slowTexts()) {
    const [half = 0, whole = 0] = [MEGABYTE / 2, MEGABYTE].map((length) => {
      const text = slow.text(length);
      return Math.min(...Array.from({ length: SLOW_SCANS }, () => time(text)));
    });
    print(`| ${slow.name} | ${(MEGABYTE / 1e3 / whole).toFixed(0)} | ${(whole / half).toFixed(1)} × |`);
  }
  print(
    `\nThe module: ${(wasm.length / 1024).toFixed(0)} KiB, compiled in ${(compiled - started).toFixed(1)} ms, ` +
      `scanner built in ${(ready - compiled).toFixed(1)} ms, first scan ${first.toFixed(1)} ms. ` +
      `Linear memory: ${(small / MEGABYTE).toFixed(1)} MiB then, ${(linear.buffer.byteLength / MEGABYTE).toFixed(0)} MiB after all scans.`,
  );
}

/** The texts of the list, each as a function that makes it so long. */
async function slowTexts() {
  /** @type {{ name: string, repeat?: string, random?: string, base64?: number }[]} */
  const list = JSON.parse(await fs.readFile(path.join(ROOT, 'tests', 'slow-texts.json'), 'utf8'));
  return list.map(({ name, repeat = '', random = '', base64 = 0 }) => ({
    name,
    /** @param {number} length */
    text(length) {
      if (random !== '') {
        const bytes = crypto.getRandomValues(new Uint8Array(65_536));
        const piece = Array.from(bytes, (byte) => random[byte % random.length]).join('');
        return piece.repeat(length / piece.length);
      }
      const plain = length * 0.75 ** base64;
      let text = repeat.repeat(Math.ceil(plain / Buffer.byteLength(repeat)));
      for (let layer = 0; layer < base64; layer++) text = Buffer.from(text).toString('base64');
      return text;
    },
  }));
}

/** The glue's folder holds one wasm file; its name is the build's business. */
async function wasmFile() {
  const names = (await fs.readdir(ENGINE)).filter((name) => name.endsWith('.wasm'));
  if (names.length === 0) throw new Error(`${ENGINE} holds no wasm file: run ./build.sh first`);
  return path.join(ENGINE, /** @type {string} */ (names[0]));
}

/** @param {number} size */
function sizeName(size) {
  return size >= MEGABYTE ? `${size / MEGABYTE} MiB` : `${size / 1024} KiB`;
}
