// What the tests have proved, kept while they run for docs/coverage.md (see coverage-report.mjs).

import fs from 'node:fs';
import path from 'node:path';
import { cellOf } from './coverage-matrix.mjs';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'target', 'keystay', 'coverage');

/**
 * `held`: the page gets nothing before the person has decided. `marked`: the page has the text, the person is told, and what would send it
 * is held. `replaced`: it
 * goes out, with a placeholder in place of the key. `refused`: the browser itself does not let it happen.
 * @typedef {'held' | 'marked' | 'replaced' | 'refused'} Proof
 * @typedef {'chromium' | 'firefox'} Name
 * @typedef {{ browser: Name, way: string, where: string, proof: Proof }} Proved
 */

/**
 * To be called where a test has shown it. A cell that the matrix does not have is an error of the test.
 * @param {{ name: Name }} stage
 * @param {Proof} proof
 * @param {string} way
 * @param {string} where
 */
export function proves({ name: browser }, proof, way, where) {
  cellOf(way, where);
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.appendFileSync(path.join(FOLDER, `${browser}.jsonl`), `${JSON.stringify({ browser, way, where, proof })}\n`);
}

/** @returns {Proved[]} */
export function proved() {
  if (!fs.existsSync(FOLDER)) return [];
  return fs
    .readdirSync(FOLDER)
    .flatMap((file) => fs.readFileSync(path.join(FOLDER, file), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
