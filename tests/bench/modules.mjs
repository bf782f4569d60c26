// The modules that the build has made, outside of the extension: what they do is the same there, and nothing else is measured.

import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.join(import.meta.dirname, '..', '..');
const BUILT = path.join(ROOT, 'target', 'keystay');

/** The text of the tripwire's module. */
export function tripwireSource() {
  return fs.readFile(path.join(BUILT, 'tripwire.js'), 'utf8');
}

/** @returns {Promise<{ mustBeHeld: (text: string) => boolean }>} */
export function tripwireInNode() {
  return import(pathToFileURL(path.join(BUILT, 'tripwire.js')).href);
}

export async function engineFiles() {
  const folder = path.join(BUILT, 'engine');
  return {
    glue: await fs.readFile(path.join(folder, 'keystay.js'), 'utf8'),
    wasm: await fs.readFile(path.join(folder, 'keystay.wasm')),
  };
}

/** The engine in this process: how long its start took, its memory, and a function that judges a text. */
export async function engineInNode() {
  const { initSync, judge, warmUp } = await import(pathToFileURL(path.join(BUILT, 'engine', 'keystay.js')).href);
  const { wasm } = await engineFiles();
  const started = performance.now();
  const module = new WebAssembly.Module(wasm);
  const compiled = performance.now();
  /** @type {{ memory: WebAssembly.Memory }} */
  const { memory } = initSync({ module });
  warmUp();
  const ready = performance.now();
  const destination = { origin: 'https://example.org/', page: 'https://example.org/' };
  return {
    size: wasm.length,
    compileMs: compiled - started,
    startMs: ready - compiled,
    memory,
    /** @param {string} text */
    judge: (text) => judge([text], destination, {}),
  };
}
