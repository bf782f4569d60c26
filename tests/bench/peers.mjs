// The native command line tool beside its peers, as Markdown on standard output.
//
// Peers are installed from their registries into ~/.cache/keystay/peers, in the versions that stand here; one that cannot be installed is
// named and left out. With `--install` nothing else is done: an installation can take longer than all measurements.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { figure, head, median, print, quantile, ratio, rounds, row, SHORT, spread } from './table.mjs';
import { trees } from './trees.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');
const PEERS = path.join(os.homedir(), '.cache', 'keystay', 'peers');
const RUNS = rounds(5);
/** Of a start the clock's steps are much, and it is short. */
const STARTS = rounds(21);
/** A tool that has taken longer than this is not asked again, and after the second time it is ended. */
const ENOUGH_MS = SHORT ? 1000 : 30_000;
const LIMIT_MS = SHORT ? 20_000 : 100_000;
const INSTALL_MS = 30 * 60_000;
const LOOK_EVERY_MS = 5;
const MEGABYTE = 1e6;

/**
 * @typedef {object} Tool
 * @property {string} name
 * @property {string[][]} [install] commands
 * @property {string} program
 * @property {string[]} args
 * @property {string[]} [single] of one thread
 * @property {Record<string, string>} [singleEnv]
 * @property {string} [what] is looked at, of the folder that it is started in: all of it, where nothing is said
 * @property {string} about
 */

/** @param {string} name @param {string} version */
const home = (name, version) => path.join(PEERS, `${name}-${version}`);
/** @param {string} name @param {string} version @param {string[]} options */
const crate = (name, version, ...options) => [
  ['cargo', 'install', '--quiet', '--locked', '--root', home(name, version), ...options, `${name}@${version}`],
];

const KINGFISHER = home('kingfisher', '2.14.0');
const SECRETLINT = home('secretlint', '11.7.1');
const CRIBRA = home('cribra', '0.7.2');
/** @type {Tool[]} */
const TOOLS = [
  {
    name: 'keystay',
    program: path.resolve(process.env.KEYSTAY_RELEASE_CLI ?? path.join(ROOT, 'target', 'release', 'keystay')),
    args: ['scan', '--quiet'],
    single: ['--threads', '1'],
    about: 'this repository',
  },
  {
    name: 'kingfisher 2.14.0',
    install: [['pip', 'install', '--quiet', '--no-deps', '--target', KINGFISHER, 'kingfisher-bin==2.14.0']],
    program: path.join(KINGFISHER, 'kingfisher', 'bin', 'kingfisher'),
    args: ['scan', '--no-validate', '--no-update-check'],
    single: ['--jobs', '1'],
    about: '`kingfisher-bin` from PyPI; without asking services whether a key is valid',
  },
  {
    name: 'ripsecrets 0.1.11',
    install: crate('ripsecrets', '0.1.11'),
    program: path.join(home('ripsecrets', '0.1.11'), 'bin', 'ripsecrets'),
    args: [],
    single: [],
    singleEnv: { RAYON_NUM_THREADS: '1' },
    about: 'its crate; about a dozen kinds of keys',
  },
  {
    name: 'cribra 0.7.2',
    // It asks for a later Rust than ours, and is built by ours all the same.
    install: [
      [
        'cargo',
        'install',
        '--quiet',
        '--locked',
        '--ignore-rust-version',
        '--root',
        CRIBRA,
        '--path',
        'tests/bench/cribra',
      ],
    ],
    program: path.join(CRIBRA, 'bin', 'cribra-folder'),
    args: [],
    single: [],
    about:
      'its crate, a library, with the built-in rules, called for each file by twenty lines of ours (`tests/bench/cribra`) in one thread',
  },
  {
    name: 'secretlint 11.7.1',
    install: [
      [
        ...['npm', 'install', '--silent', '--no-audit', '--no-fund', '--prefix', SECRETLINT],
        ...['secretlint@11.7.1', '@secretlint/secretlint-rule-preset-recommend@11.7.1'],
      ],
    ],
    program: path.join(SECRETLINT, 'node_modules', '.bin', 'secretlint'),
    what: '**/*',
    args: ['--secretlintrcJSON', '{"rules":[{"id":"@secretlint/secretlint-rule-preset-recommend"}]}'],
    about: 'npm, with the rules that it recommends; the last version for Node.js 20',
  },
];

if (process.argv.includes('--install')) {
  for (const tool of TOOLS) install(tool);
} else {
  await tables();
}

async function tables() {
  const all = trees(SHORT);
  /** @type {Tool[]} */
  const there = [];
  for (const tool of TOOLS) {
    if (fs.existsSync(tool.program) && (await run(tool, all[0].place, false)).status === 0) there.push(tool);
  }
  if (there[0] !== TOOLS[0])
    throw new Error(`${TOOLS[0].program} is missing or does not run: cargo build --release --features cli`);
  const large = all
    .slice(1)
    .map(({ title, bytes, files }) => `${title}, ${(bytes / MEGABYTE).toFixed(0)} MB in ${files} files`);
  print(
    `The trees: ${large.join('; ')}. They are made of the files that the lock files of this repository name (\`tests/bench/trees.mjs\`),`,
  );
  print(
    'without what is no source: the crates that are built here, and what npm brings for the tests, among it whole editors and minified files.\n',
  );
  for (const { name, about } of TOOLS) {
    const missing = there.some((tool) => tool.name === name)
      ? ''
      : ' **It could not be installed here, or does not run, and is left out.**';
    print(`- ${name}: ${about}.${missing}`);
  }
  print(
    '- keyhog 0.5.86 is not among them: what is published of it does not build, because its build script reads a folder that is not in it.',
  );
  print(
    `\nAll in turn, ${RUNS} runs, or one where a run takes more than ${ENOUGH_MS / 1000} s; after ${LIMIT_MS / 1000} s a run is ended. One thread each, where a tool can be told`,
  );
  print(
    'so; the column "wall s, as it comes" is without that. What has not come to an end is not tried on a larger tree. CPU is the time of the processor, which hardly depends on what else the machine',
  );
  print('does. The ratio is in processor time, beside keystay. Memory is the most that was resident.\n');
  head(
    ':tree',
    ':tool',
    'n',
    'MB per CPU s',
    'CPU s',
    'spread',
    'beside keystay',
    'wall s',
    'wall s, as it comes',
    'beside keystay',
    'memory MB',
  );
  /** Which have not come to an end: nothing larger is asked of them. @type {Set<Tool>} */
  const ended = new Set();
  for (const tree of all.slice(1)) {
    const left = () => there.filter((tool) => !ended.has(tool));
    const single = await inTurn(left(), tree.place, true, RUNS);
    for (const [tool, runs] of single) if (runs.some((run) => run.ended)) ended.add(tool);
    const free = await inTurn(left(), tree.place, false, rounds(3));
    const megabytes = tree.bytes / MEGABYTE;
    const ours = { cpu: middle(single.get(there[0]), 'cpu'), wall: middle(free.get(there[0]), 'wall') };
    for (const tool of there) {
      const runs = single.get(tool) ?? [];
      const title = `${tree.title}, ${megabytes.toFixed(0)} MB`;
      if (ended.has(tool)) {
        const limit = LIMIT_MS / 1000;
        const cells = runs.length > 0 ? [`< ${figure(megabytes / limit)}`, `> ${limit}`] : ['not tried', ''];
        row(title, tool.name, runs.length, cells[0], '', '', '', cells[1], '', '', '');
        continue;
      }
      const [cpu, wall, freely] = [middle(runs, 'cpu'), middle(runs, 'wall'), middle(free.get(tool), 'wall')];
      row(
        title,
        tool.name,
        runs.length,
        figure(megabytes / cpu),
        figure(cpu),
        spread(runs.map((run) => run.cpu)),
        ratio(cpu / ours.cpu),
        figure(wall),
        figure(freely),
        ratio(freely / ours.wall),
        figure(Math.max(...runs.map((run) => run.memory)) / MEGABYTE),
      );
    }
  }
  print('\nFrom the start to the end of a scan of a file with one line, which is what a start costs:\n');
  head(':tool', 'n', 'wall p50 ms', 'p95 ms', 'CPU ms', 'spread', 'beside keystay', 'memory MB');
  const starts = await inTurn(there, all[0].place, false, STARTS);
  const ours = middle(starts.get(there[0]), 'wall');
  for (const tool of there) {
    const runs = starts.get(tool) ?? [];
    const walls = runs.map((run) => run.wall * 1000);
    const cpus = runs.map((run) => run.cpu * 1000);
    row(
      tool.name,
      runs.length,
      figure(median(walls)),
      figure(quantile(walls, 0.95)),
      figure(median(cpus)),
      spread(cpus),
      ratio(median(walls) / 1000 / ours),
      figure(Math.max(...runs.map((run) => run.memory)) / MEGABYTE),
    );
  }
}

/** @typedef {{ wall: number, cpu: number, memory: number, status: number, ended: boolean }} Run seconds and bytes */

/**
 * @param {Run[] | undefined} runs
 * @param {'wall' | 'cpu'} which
 */
function middle(runs, which) {
  return median((runs ?? []).map((run) => run[which]));
}

/**
 * @param {Tool[]} tools
 * @param {string} place
 * @param {boolean} inOneThread
 * @param {number} times
 */
async function inTurn(tools, place, inOneThread, times) {
  /** @type {Map<Tool, Run[]>} */
  const runs = new Map(tools.map((tool) => [tool, []]));
  for (let time = 0; time < times; time++) {
    for (const [tool, taken] of runs) {
      if (taken.some(({ wall }) => wall * 1000 > ENOUGH_MS)) continue;
      taken.push(await run(tool, place, inOneThread));
    }
  }
  return runs;
}

/**
 * @param {Tool} tool
 * @param {string} place
 * @param {boolean} inOneThread
 * @returns {Promise<Run>}
 */
async function run({ program, args, single = [], singleEnv = {}, what = '.' }, place, inOneThread) {
  // The shell's own measure is the one that tells the processor time of what it ran.
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null; echo $? >&2';
  const child = spawn('bash', ['-c', script, 'time', program, ...args, ...(inOneThread ? single : []), what], {
    env: { ...process.env, ...(inOneThread ? singleEnv : {}) },
    cwd: place,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const pid = /** @type {number} */ (child.pid);
  let [memory, output, ended] = [0, '', false];
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
    output += chunk;
  });
  const look = setInterval(() => {
    memory = Math.max(memory, mostMemory(pid));
  }, LOOK_EVERY_MS);
  const limit = setTimeout(() => {
    ended = true;
    process.kill(-pid, 'SIGKILL');
  }, LIMIT_MS);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(look);
  clearTimeout(limit);
  if (ended) return { wall: LIMIT_MS / 1000, cpu: Number.NaN, memory, status: -1, ended };
  const [wall = 0, user = 0, system = 0, status = -1] = output.trim().split(/\s+/).map(Number);
  return { wall, cpu: user + system, memory, status, ended };
}

/**
 * The most that what a shell runs had resident so far, where the system tells.
 * @param {number} shell
 */
function mostMemory(shell) {
  try {
    const children = fs.readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ');
    const status = fs.readFileSync(`/proc/${Number(children[0])}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** @param {Tool} tool */
function install({ name, install: commands = [], program }) {
  if (commands.length === 0 || fs.existsSync(program)) return;
  process.stderr.write(`${name}: is being installed\n`);
  fs.mkdirSync(PEERS, { recursive: true });
  // What is built for them does not belong into the project's target folder.
  const { CARGO_TARGET_DIR: _, ...env } = process.env;
  for (const [command, ...args] of commands) {
    spawnSync(command, args, { cwd: ROOT, env, stdio: ['ignore', 2, 2], timeout: INSTALL_MS });
  }
  if (!fs.existsSync(program)) process.stderr.write(`${name}: could not be installed\n`);
}
