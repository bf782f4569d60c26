// The trees of source that scanners are timed on. They are made of what the lock files name, so they are the same on every machine: files of
// the crates that this one is built from, and of the JavaScript tools and editors that it is tested with. Only files that people write,
// by their endings: no binaries, no source maps; and nothing that says what to ignore, which scanners take differently.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
const TREES = path.join(os.homedir(), '.cache', 'keystay', 'trees');
const MEGABYTE = 1e6;
const SMALL = 30 * MEGABYTE;

const SOURCE = /\.(?:rs|toml|md|txt|c|h|cc|cpp|hpp|py|sh|ya?ml|[cm]?[jt]sx?|json|css|scss|html|vue|svg)$/;
/** Half a megabyte of bindings on each line and more is no source that people write. */
const BINDINGS = /^(?:linux-raw-sys|web-sys|windows|winapi)/;

/** @typedef {{ title: string, place: string, bytes: number, files: number }} Tree */

/**
 * Made anew when what they are made of has changed.
 * @param {boolean} short only the smallest two
 * @returns {Tree[]}
 */
export function trees(short) {
  const crates = cratesOfLock();
  const one = tree('one line', 'one', (to) => {
    fs.mkdirSync(to, { recursive: true });
    fs.writeFileSync(path.join(to, 'one.txt'), 'An ordinary line of text.\n');
  });
  if (short)
    return [
      one,
      tree('one crate', 'crate', (to) => {
        copy(crates.find((crate) => path.basename(crate).startsWith('regex-automata')) ?? crates[0], to);
      }),
    ];
  return [
    one,
    tree('sources of crates', 'crates', (to) => {
      let bytes = 0;
      for (const crate of crates) {
        if (bytes >= SMALL) break;
        bytes += copy(crate, path.join(to, path.basename(crate)));
      }
    }),
    tree('sources of crates and of JavaScript tools', 'tools', (to) => {
      for (const crate of crates) copy(crate, path.join(to, 'crates', path.basename(crate)));
      copy(path.join(ROOT, 'node_modules'), path.join(to, 'javascript'));
    }),
  ];
}

/** Folders of the crates that the lock file names for this machine, in the order of the alphabet. */
function cratesOfLock() {
  const host = /^host: (.+)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8' }))?.[1] ?? '';
  const metadata = execFileSync(
    'cargo',
    ['metadata', '--locked', '--format-version', '1', '--all-features', '--filter-platform', host],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  /** @type {{ packages: { source: string | null, name: string, manifest_path: string }[] }} */
  const { packages } = JSON.parse(metadata);
  return packages
    .filter(({ source, name }) => source !== null && !BINDINGS.test(name))
    .map(({ manifest_path: manifest }) => path.dirname(manifest))
    .sort((a, b) => (path.basename(a) < path.basename(b) ? -1 : 1));
}

/**
 * @param {string} title
 * @param {string} name
 * @param {(to: string) => void} make
 * @returns {Tree}
 */
function tree(title, name, make) {
  const place = path.join(TREES, name);
  const stamp = path.join(TREES, `${name}.made-of`);
  const locks = ['Cargo.lock', 'package-lock.json', 'tests/bench/trees.mjs'];
  const madeOf = locks.map((file) => fs.readFileSync(path.join(ROOT, file), 'utf8')).join('');
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== madeOf) {
    fs.rmSync(place, { recursive: true, force: true });
    make(place);
    fs.writeFileSync(stamp, madeOf);
  }
  return { title, place, ...size(place) };
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {number} bytes
 */
function copy(from, to) {
  let bytes = 0;
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) bytes += copy(source, target);
    else if (entry.isFile() && SOURCE.test(entry.name)) {
      fs.mkdirSync(to, { recursive: true });
      fs.copyFileSync(source, target);
      bytes += fs.statSync(target).size;
    }
  }
  return bytes;
}

/** @param {string} place */
function size(place) {
  let [bytes, files] = [0, 0];
  for (const entry of fs.readdirSync(place, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    bytes += fs.statSync(path.join(entry.parentPath, entry.name)).size;
    files++;
  }
  return { bytes, files };
}
