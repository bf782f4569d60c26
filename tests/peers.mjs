// The native command line tool beside its peers, as Markdown on standard output. Run by `./build.sh bench`.
//
// Peers are installed from their registries into ~/.cache/keystay/peers; one that cannot be installed is left out, and said so. All
// scan the same trees with one thread each, in turn, and what counts is processor time: it hardly depends on what else the machine
// is doing.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const PEERS = path.join(os.homedir(), '.cache', 'keystay', 'peers');
const TREES = path.join(ROOT, 'target', 'keystay', 'bench');
const RUNS = 5;
const MEGABYTE = 1e6;

/** @typedef {{ name: string, install: string[] | null, program: string, args: string[], env?: Record<string, string> }} Tool */

/** @type {Tool[]} */
const TOOLS = [
  {
    name: 'keystay',
    install: null,
    program: process.env.KEYSTAY_RELEASE_CLI ?? path.join(ROOT, 'target', 'release', 'keystay'),
    args: ['scan', '--quiet', '--threads', '1'],
  },
  {
    name: 'kingfisher',
    install: ['pip', 'install', '--quiet', '--no-deps', '--target', path.join(PEERS, 'kingfisher'), 'kingfisher-bin'],
    program: path.join(PEERS, 'kingfisher', 'kingfisher', 'bin', 'kingfisher'),
    args: ['scan', '--no-validate', '--no-update-check', '--jobs', '1'],
  },
  {
    name: 'ripsecrets',
    install: ['cargo', 'install', '--quiet', '--root', path.join(PEERS, 'ripsecrets'), 'ripsecrets'],
    program: path.join(PEERS, 'ripsecrets', 'bin', 'ripsecrets'),
    args: [],
    env: { RAYON_NUM_THREADS: '1' },
  },
];

const tools = TOOLS.filter(isThere);
print(`Medians of ${RUNS} runs in turn, one thread each; in brackets the fastest and the slowest run.\n`);
print('| tree | tool | MB per CPU-second | CPU s | wall s | beside keystay |');
print('|---|---|--:|--:|--:|--:|');
for (const [title, tree] of trees()) {
  const megabytes = size(tree) / MEGABYTE;
  /** @type {Map<string, { cpu: number, wall: number }[]>} */
  const times = new Map(tools.map(({ name }) => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const tool of tools) times.get(tool.name)?.push(time(tool, tree));
  }
  const middle = (/** @type {string} */ name, /** @type {'cpu' | 'wall'} */ which) => {
    const sorted = (times.get(name) ?? []).map((one) => one[which]).sort((a, b) => a - b);
    return { p50: sorted[RUNS >> 1] ?? 0, least: sorted[0] ?? 0, most: sorted[RUNS - 1] ?? 0 };
  };
  for (const { name } of tools) {
    const cpu = middle(name, 'cpu');
    const wall = middle(name, 'wall');
    const ratio = cpu.p50 / middle('keystay', 'cpu').p50;
    print(
      `| ${title}, ${megabytes.toFixed(0)} MB | ${name} | ${(megabytes / cpu.p50).toFixed(0)} | ` +
        `${cpu.p50.toFixed(2)} (${cpu.least.toFixed(2)}–${cpu.most.toFixed(2)}) | ${wall.p50.toFixed(2)} | ${ratio.toFixed(1)} × |`,
    );
  }
}

/** @param {Tool} tool */
function isThere({ name, install, program }) {
  if (install !== null && !fs.existsSync(program)) {
    const [command, ...args] = install;
    spawnSync(/** @type {string} */ (command), args, { stdio: ['ignore', 2, 2] });
  }
  const there = fs.existsSync(program);
  if (!there) print(`${name} could not be installed and is left out.\n`);
  return there;
}

/** Sources that are here anyway: of the crates that this one is built from, and of the JavaScript tools as well. */
function trees() {
  const registry = path.join(process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo'), 'registry', 'src');
  const sources = fs.readdirSync(registry).map((name) => path.join(registry, name));
  const small = path.join(TREES, 'crates');
  fs.rmSync(TREES, { recursive: true, force: true });
  let bytes = 0;
  for (const crate of sources.flatMap((folder) => fs.readdirSync(folder).map((name) => path.join(folder, name)))) {
    if (bytes > 30 * MEGABYTE) break;
    // Half a megabyte of bindings on each line and more is no source that people write.
    if (/linux-raw-sys|web-sys|windows/.test(crate)) continue;
    bytes += size(crate);
    fs.cpSync(crate, path.join(small, path.basename(crate)), { recursive: true });
  }
  /** @type {[string, string][]} */
  const list = [['sources of crates', small]];
  const large = path.join(TREES, 'tools');
  fs.cpSync(path.join(ROOT, 'node_modules'), large, {
    recursive: true,
    filter: (place) => fs.statSync(place).isDirectory() || /\.(?:[cm]?[jt]sx?|json|md|css|html|map)$/.test(place),
  });
  for (const folder of sources) fs.cpSync(folder, path.join(large, 'crates'), { recursive: true });
  list.push(['the same with JavaScript tools', large]);
  return list;
}

/** @param {string} place */
function size(place) {
  const stat = fs.lstatSync(place);
  if (!stat.isDirectory()) return stat.isFile() ? stat.size : 0;
  /** @type {number} */
  let sum = 0;
  for (const name of fs.readdirSync(place)) sum += size(path.join(place, name));
  return sum;
}

/**
 * @param {Tool} tool
 * @param {string} tree
 */
function time({ program, args, env }, tree) {
  // The shell's own measure is the one that tells the processor time of what it ran.
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null';
  const { stderr } = spawnSync('bash', ['-c', script, 'time', program, ...args, tree], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  const [wall = 0, user = 0, system = 0] = stderr.trim().split(/\s+/).map(Number);
  return { wall, cpu: user + system };
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}
