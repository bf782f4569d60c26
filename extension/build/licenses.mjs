// The licences of everything that ships, for licenses.txt in the packages: what Cargo links into the modules, and what npm calls a dependency
// (the rest are tools). A part without a text, under another licence or from elsewhere than the public registries ends the build.

import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { NODE_MODULES, ROOT } from './paths.mjs';

/** Licences that ask for no more than to be named. */
const ALLOWED = ['MIT', 'Apache-2.0', 'ISC', 'BSD-3-Clause', 'Unicode-3.0', 'Unlicense', 'Zlib', '0BSD'];

/** @typedef {{ name: string, version: string, license: string, folder: string }} Part */

/** @returns {Promise<string>} */
export async function licences() {
  const parts = [...crates(), ...(await packages())].sort((one, other) => (one.name < other.name ? -1 : 1));
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const part of parts) {
    const names = part.license.split(/ (?:OR|AND) |\/|[()]/).filter((/** @type {string} */ name) => name !== '');
    if (!names.some((name) => ALLOWED.includes(name))) throw new Error(`${part.name} is under ${part.license}`);
    const text = await textOf(part);
    byText.set(text, [...(byText.get(text) ?? []), `${part.name} ${part.version} (${part.license})`]);
  }
  const own = [await readFile(path.join(ROOT, 'LICENSE-MIT'), 'utf8')];
  return [
    'Keystay is licensed under MIT or Apache-2.0, as you like. The first is here; the second is at https://www.apache.org/licenses/LICENSE-2.0\n',
    ...own,
    'Keystay contains the parts below. Rust\u2019s standard library, which is in its modules too, is under MIT or Apache-2.0 as well.\n',
    ...[...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`),
  ].join(`\n${'-'.repeat(80)}\n\n`);
}

/** What is linked into the modules: not what only runs while they are built, such as macros. */
function crates() {
  const metadata = JSON.parse(
    execFileSync(
      'cargo',
      [
        ...['metadata', '--format-version=1', '--locked', '--features=company'],
        '--filter-platform=wasm32-unknown-unknown',
      ],
      { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] },
    ),
  );
  const nodes = new Map(metadata.resolve.nodes.map((/** @type {any} */ node) => [node.id, node]));
  const all = new Map(metadata.packages.map((/** @type {any} */ one) => [one.id, one]));
  /** @type {Set<string>} */
  const linked = new Set();
  /** @param {string} id */
  const walk = (id) => {
    const macro = all.get(id).targets.some((/** @type {any} */ { kind }) => kind.includes('proc-macro'));
    if (linked.has(id) || macro) return;
    linked.add(id);
    for (const { pkg, dep_kinds } of nodes.get(id).deps)
      if (dep_kinds.some((/** @type {any} */ { kind }) => kind === null)) walk(pkg);
  };
  walk(metadata.resolve.root);
  linked.delete(metadata.resolve.root);
  return [...linked].map((id) => {
    const { name, version, license, manifest_path, source } = all.get(id);
    if (!source?.startsWith('registry+')) throw new Error(`${name} comes from ${source}`);
    return /** @type {Part} */ ({
      name,
      version,
      license: license ?? 'no licence',
      folder: path.dirname(manifest_path),
    });
  });
}

/** @returns {Promise<Part[]>} */
async function packages() {
  const { packages: locked } = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries(locked)
    .filter(([place, { dev, devOptional, optional }]) => place !== '' && !dev && !devOptional && !optional)
    .map(([place, { version, license }]) => ({
      name: place.replace(/^.*node_modules\//, ''),
      version,
      license: license ?? 'no licence',
      folder: path.join(NODE_MODULES, '..', place),
    }));
}

/**
 * The text of the licence that asks for less words, where there are two.
 * @param {Part} part
 */
async function textOf({ name, folder }) {
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|unlicense)/i.test(file)).sort();
  const file = files.find((one) => /mit/i.test(one)) ?? files.find((one) => !/apache/i.test(one)) ?? files[0];
  if (file === undefined) throw new Error(`${name} has no text of its licence`);
  return `${(await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim()}\n`;
}
