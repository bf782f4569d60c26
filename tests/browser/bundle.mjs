// Editor pages are bundled when a browser first asks for them, in memory: nothing built lies in the tree.

import fs from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const EDITORS = path.join(import.meta.dirname, 'pages', 'editors');

/** @typedef {{ js: string, css: string }} Bundle */

/** @type {Map<string, Promise<Bundle>>} */
const made = new Map();

/**
 * @param {string} name of a file in pages/editors, without its ending
 * @returns {Promise<Bundle>}
 */
export function bundle(name) {
  let result = made.get(name);
  if (!result) {
    result = make(name);
    made.set(name, result);
  }
  return result;
}

/**
 * @param {string} name
 * @returns {Promise<Bundle>}
 */
async function make(name) {
  const files = await fs.readdir(EDITORS);
  const entry = files.find((file) => path.parse(file).name === name && path.extname(file) !== '');
  if (!entry) throw new Error(`pages/editors has no ${name}`);
  const { outputFiles } = await build({
    entryPoints: [path.join(EDITORS, entry)],
    bundle: true,
    write: false,
    outdir: '/',
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.ttf': 'dataurl' },
    logLevel: 'error',
  });
  /** @param {string} ending */
  const text = (ending) => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { js: text('.js'), css: text('.css') };
}
