// What all parts of the bench share: how often they measure, and how figures become rows of Markdown tables.

import { browsers } from '../browser/suite.mjs';

/** To see that everything works, and not how fast. */
export const SHORT = process.env.KEYSTAY_BENCH === 'short';

/**
 * How often something is measured.
 * @param {number} times
 */
export function rounds(times) {
  return SHORT ? Math.min(times, 3) : times;
}

/** @param {string} [line] */
export function print(line = '') {
  process.stdout.write(`${line}\n`);
}

/**
 * The head of a table. A column whose title begins with a colon holds words, the others figures.
 * @param {string[]} columns
 */
export function head(...columns) {
  row(...columns.map((column) => column.replace(/^:/, '')));
  print(`|${columns.map((column) => (column.startsWith(':') ? '---|' : '--:|')).join('')}`);
}

/** @param {(string | number)[]} cells */
export function row(...cells) {
  print(`| ${cells.join(' | ')} |`);
}

/**
 * @param {number[]} values
 * @param {number} share
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** @param {number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * From the first to the last quarter, which says how far to trust a median.
 * @param {number[]} values
 */
export function spread(values) {
  return `${figure(quantile(values, 0.25))}–${figure(quantile(values, 0.75))}`;
}

/**
 * Three digits that count, and no more behind the point than two.
 * @param {number} value
 */
export function figure(value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
}

/** @param {number} value */
export function ratio(value) {
  return Number.isFinite(value) ? `${value.toFixed(value < 10 ? 2 : 1)} ×` : '–';
}

/** @param {number} size */
export function sizeName(size) {
  return size >= 1 << 20 ? `${size / (1 << 20)} MiB` : `${size / 1024} KiB`;
}

/**
 * Does something with each browser. What fails in one does not keep the other from it.
 * @param {number} columns of the table that is being printed
 * @param {(name: 'chromium' | 'firefox') => Promise<void>} each
 */
export async function inEach(columns, each) {
  for (const name of browsers) {
    try {
      await each(name);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`${name}: ${error instanceof Error ? error.stack : error}\n`);
      row(`${name} did not finish`, ...Array.from({ length: columns - 1 }, () => ''));
    }
  }
}
