// The benches of the engine, natively: runs them, and makes tables of what criterion has found, as Markdown.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { figure, head, print, ratio, row, SHORT } from './table.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');
const FOUND = path.join(ROOT, 'target', 'keystay', 'criterion');
const NANOSECOND = 1e-9;

/** @typedef {{ group_id: string, function_id: string | null, value_str: string | null, throughput: { Bytes?: number, Elements?: number } | null }} Benchmark */
/** @typedef {Record<'median' | 'median_abs_dev' | 'mean', { point_estimate: number, confidence_interval: { lower_bound: number, upper_bound: number } }>} Estimates */

/** @type {Set<string>} */
const printed = new Set();
fs.rmSync(FOUND, { recursive: true, force: true });
print(
  '`cargo bench --features sample`, in one thread, by [criterion](https://github.com/criterion-rs/criterion.rs): the median with its',
);
print(
  'interval of confidence (95 %), and how far a run is from it in the middle. The ratio is beside the first row of the group, by the byte where that has a speed.',
);
for (const bench of ['scan', 'edits']) {
  const quick = SHORT ? ['--warm-up-time', '0.1', '--measurement-time', '0.1', '--sample-size', '10'] : [];
  const { status } = spawnSync(
    'cargo',
    ['bench', '--quiet', '--locked', '--features', 'sample', '--bench', bench, '--', '--noplot', ...quick],
    { cwd: ROOT, env: { ...process.env, CRITERION_HOME: FOUND }, stdio: ['ignore', 2, 2] },
  );
  if (status !== 0) process.exitCode = 1;
  tables();
}

/** Of what was found by now and stands in no table yet. */
function tables() {
  /** @type {Map<string, { name: string, benchmark: Benchmark, estimates: Estimates }[]>} */
  const groups = new Map();
  for (const { benchmark, estimates } of results()) {
    if (printed.has(benchmark.group_id)) continue;
    const name = [benchmark.function_id, benchmark.value_str].filter(Boolean).join(', ');
    groups.set(benchmark.group_id, [...(groups.get(benchmark.group_id) ?? []), { name, benchmark, estimates }]);
  }
  for (const [group, rows] of groups) {
    printed.add(group);
    print(`\n### ${group[0].toUpperCase()}${group.slice(1)}\n`);
    head(':what', 'median', 'confidence', 'spread', 'MB/s', 'ratio');
    const each = rows.map(({ name, benchmark, estimates }) => {
      const { point_estimate: ns, confidence_interval: sure } = estimates.median;
      const bytes = benchmark.throughput?.Bytes;
      return { name, ns, sure, apart: estimates.median_abs_dev.point_estimate, bytes };
    });
    const [first] = each;
    for (const { name, ns, sure, apart, bytes } of each) {
      const byBytes = bytes !== undefined && first.bytes !== undefined ? first.bytes / bytes : 1;
      row(
        name,
        time(ns),
        `${time(sure.lower_bound)}–${time(sure.upper_bound)}`,
        `± ${((100 * apart) / ns).toFixed(1)} %`,
        bytes === undefined ? '' : figure(bytes / 1e6 / (ns * NANOSECOND)),
        group === 'parts' ? '' : ratio((ns / first.ns) * byBytes),
      );
    }
  }
}

/** In the order in which they were taken. */
function* results() {
  const places = fs.existsSync(FOUND) ? fs.readdirSync(FOUND, { recursive: true, encoding: 'utf8' }) : [];
  const found = places
    .filter((place) => path.basename(place) === 'benchmark.json' && path.basename(path.dirname(place)) === 'new')
    .map((place) => path.join(FOUND, place))
    .map((place) => ({ place, taken: fs.statSync(place).mtimeMs }))
    .sort((a, b) => a.taken - b.taken);
  for (const { place } of found) {
    /** @type {Benchmark} */
    const benchmark = JSON.parse(fs.readFileSync(place, 'utf8'));
    /** @type {Estimates} */
    const estimates = JSON.parse(fs.readFileSync(path.join(path.dirname(place), 'estimates.json'), 'utf8'));
    yield { benchmark, estimates };
  }
}

/** @param {number} ns */
function time(ns) {
  if (ns >= 1e6) return `${figure(ns / 1e6)} ms`;
  return ns >= 1e3 ? `${figure(ns / 1e3)} µs` : `${figure(ns)} ns`;
}
