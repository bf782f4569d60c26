// What came of each run with a real tool, kept for docs/real-tools.md.

import fs from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'target', 'keystay', 'real-tools');

/**
 * @typedef {object} Result
 * @property {string} tool
 * @property {string} version
 * @property {string} where
 * @property {string} path
 * @property {string} browser
 * @property {string} result
 */

/** @param {Result} result */
export function keepResult(result) {
  fs.mkdirSync(FOLDER, { recursive: true });
  const { tool, where, path: way, browser } = result;
  const name = [tool, where, way, browser.replace(/ .*/, '')].join(' ').replaceAll(/\W+/g, '-');
  fs.writeFileSync(path.join(FOLDER, `${name}.json`), JSON.stringify(result));
}

/** @returns {Result[]} */
export function results() {
  if (!fs.existsSync(FOLDER)) return [];
  return fs.readdirSync(FOLDER).map((name) => JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8')));
}
