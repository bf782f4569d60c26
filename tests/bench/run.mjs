// `./build.sh bench [--short] [part…]`: runs the parts one after another, each as a process of its own with a limit, so that one that fails
// or hangs costs only its own figures. What they print is kept in target/keystay/bench; once every part has been taken, docs/measurements.md
// is put together from that. With --short everything is measured hardly at all, to see that it works, and the documentation stays as it is.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
const MINUTE = 60_000;

/** @typedef {{ name: string, title: string, file: string, minutes: number, fenced?: boolean }} Part */

/** In the order of the documentation. @type {Part[]} */
const PARTS = [
  { name: 'sizes', title: 'What ships', file: 'extension/build/sizes.mjs', minutes: 1, fenced: true },
  { name: 'peers', title: 'Scanning files, beside other scanners', file: 'tests/bench/peers.mjs', minutes: 14 },
  { name: 'scans', title: 'Scanning, in WebAssembly', file: 'tests/bench/scans.mjs', minutes: 4 },
  { name: 'slow', title: 'Texts that were made to be slow', file: 'tests/bench/slow.mjs', minutes: 6 },
  { name: 'native', title: 'The engine and its parts, natively', file: 'tests/bench/native.mjs', minutes: 8 },
  { name: 'tripwire', title: 'The tripwire', file: 'tests/bench/tripwire.mjs', minutes: 4 },
  { name: 'pastes', title: 'From key press to text', file: 'tests/bench/pastes.mjs', minutes: 5 },
  { name: 'typing', title: 'Typing', file: 'tests/bench/typing.mjs', minutes: 5 },
  { name: 'requests', title: 'What a page reads and sends by itself', file: 'tests/bench/requests.mjs', minutes: 4 },
  { name: 'memory', title: 'Memory of the background', file: 'tests/bench/memory.mjs', minutes: 2 },
];

const args = process.argv.slice(2);
const short = args.includes('--short');
const names = args.filter((name) => name !== '--short');
const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')}. The parts: ${PARTS.map(({ name }) => name).join(', ')}.\n`);
  process.exit(2);
}

const KEPT = path.join(ROOT, 'target', 'keystay', short ? 'bench-short' : 'bench');
fs.mkdirSync(KEPT, { recursive: true });
const kept = (/** @type {Part} */ { name }) => path.join(KEPT, `${name}.md`);

for (const part of PARTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
  fs.writeFileSync(kept(part), await taken(part));
}
if (!short && PARTS.every((part) => fs.existsSync(kept(part)))) {
  const sections = PARTS.map((part) => fs.readFileSync(kept(part), 'utf8'));
  fs.writeFileSync(path.join(ROOT, 'docs', 'measurements.md'), `${introduction()}\n${sections.join('\n')}`);
}

function introduction() {
  const cores = os.cpus();
  return `# Measurements

Made by \`./build.sh bench\`; \`./build.sh bench native\` takes one part again, by the name below its title. On ${cores[0]?.model.trim()},
${cores.length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release().split('-')[0]}, Node.js ${process.versions.node}.

Figures are medians where nothing else is said, and what stands beside one in brackets or as "spread" is from the first to the last quarter.
Compare within one table: absolute figures depend on the machine, and on what else it was doing, which is what the load says. Where
processor time is given, that hardly counts.
`;
}

/**
 * @param {Part} part
 * @returns {Promise<string>} its section
 */
async function taken(part) {
  const load = os.loadavg()[0] ?? 0;
  const start = performance.now();
  const titles = `## ${part.title}\n\n`;
  process.stdout.write(`\n${titles}`);
  const { output, failed } = await run(part);
  const minutes = ((performance.now() - start) / MINUTE).toFixed(1);
  const about = `\`${part.name}\`: taken in ${minutes} minutes, at a load of ${load.toFixed(1)} at the start and ${(os.loadavg()[0] ?? 0).toFixed(1)} at the end.`;
  const broken = failed === '' ? '' : ` **${failed}: what stands here is what there was until then.**`;
  process.stdout.write(`\n${about}${broken}\n`);
  if (failed !== '') process.exitCode = 1;
  const text = part.fenced ? `\`\`\`text\n${output.trimEnd()}\n\`\`\`\n` : `${output.trimEnd()}\n`;
  return `${titles}${about}${broken}\n\n${text}`;
}

/**
 * @param {Part} part
 * @returns {Promise<{ output: string, failed: string }>}
 */
function run({ file, minutes }) {
  const child = spawn(process.execPath, [file], {
    cwd: ROOT,
    env: { ...process.env, ...(short ? { KEYSTAY_BENCH: 'short' } : {}) },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, so that what hangs is ended with all that it has started.
    detached: true,
  });
  const end = () => {
    try {
      process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  let output = '';
  let late = false;
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const limit = setTimeout(() => {
    late = true;
    end();
  }, minutes * MINUTE);
  const interrupted = () => {
    end();
    process.exit(1);
  };
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      const failed = late ? `Ended after ${minutes} minutes` : code === 0 ? '' : 'Not all of it could be measured';
      resolve({ output, failed });
    });
  });
}
