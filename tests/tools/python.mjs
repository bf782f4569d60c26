// The tools written in Python share one environment.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CACHE } from './start.mjs';

const BIN = path.join(CACHE, 'python', 'bin');

/** @param {string} name */
export const program = (name) => path.join(BIN, name);

/** @param {string} name */
export const missingProgram = (name) =>
  fs.existsSync(program(name)) ? null : `${name} is not installed: ./build.sh tools`;

/**
 * The version of a distribution, as Python itself knows it.
 * @param {string} distribution
 */
export function versionOf(distribution) {
  const code = 'import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))';
  return execFileSync(program('python'), ['-c', code, distribution], { encoding: 'utf8' }).trim();
}
