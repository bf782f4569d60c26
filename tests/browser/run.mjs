// Runs the files of browser tests that are named, two at a time, each with both browsers in turn. A browser on a busy machine now and then
// loses a click or is slower than any patience. So a test that waited in vain is run again, three times and alone: it counts as passed only
// when it passes each time, and is named at the end. What came and was wrong is a failure at once.

import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** A test mostly waits, so two files share the machine well. Not more, since the tests are about time as well. */
const AT_A_TIME = 2;
const AGAIN = 3;
/** More failures than this are not the machine's. */
const MOST = 8;
/** Stands for all tests of a file, where what failed is no test: a browser that did not start, or a key that was left in a profile. */
const WHOLE = 'the whole file';

/**
 * @typedef {object} Ended
 * @property {Set<string>} failed
 * @property {boolean} wrong something failed that was not only late
 * @property {Set<string>} passed
 * @property {number} count of tests that passed, of the same name in each browser
 * @property {boolean} skips some tests are left out, and say so
 */

/**
 * What runs is written down file by file, in one report.
 * @param {string} file
 * @param {import('node:stream').Writable} report
 * @param {RegExp[]} [testNamePatterns]
 * @returns {Promise<Ended>}
 */
async function runFile(file, report, testNamePatterns) {
  /** @type {Ended} */
  const ended = { failed: new Set(), wrong: false, passed: new Set(), count: 0, skips: false };
  const events = [];
  for await (const event of run({ files: [file], ...(testNamePatterns && { testNamePatterns }) })) {
    const { type, data } = /** @type {any} */ (event);
    if (type === 'test:pass' && data.skip !== undefined) ended.skips = true;
    else if (type === 'test:pass' && data.details.type !== 'suite') {
      ended.passed.add(data.name);
      ended.count++;
    }
    if (type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed') {
      const { failureType: kind, cause } = data.details.error;
      const isTest = data.details.type !== 'suite' && kind !== 'cancelledByParent' && data.nesting > 0;
      ended.failed.add(isTest ? data.name : WHOLE);
      const late = [kind, cause?.failureType].includes('testTimeoutFailure') || cause?.late === true;
      ended.wrong ||= !late && kind !== 'cancelledByParent';
    }
    // Counts of one file.
    if (type !== 'test:diagnostic' || data.nesting > 0) events.push(event);
  }
  for (const event of events) report.write(event);
  return ended;
}

/** @param {string} text */
function literally(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/**
 * Whether what failed in a file passes each time when it is run again.
 * @param {string} file
 * @param {Set<string>} names
 * @param {import('node:stream').Writable} report
 */
async function passesAgain(file, names, report) {
  const patterns = names.has(WHOLE) ? undefined : [...names].map((name) => new RegExp(`^${literally(name)}$`));
  for (let time = 1; time <= AGAIN; time++) {
    const { failed, passed } = await runFile(file, report, patterns);
    if (failed.size > 0) return false;
    const ran = patterns === undefined ? passed.size > 0 : [...names].every((name) => passed.has(name));
    if (!ran) throw new Error(`${path.basename(file)} did not run again what had failed in it`);
  }
  return true;
}

/** The reporter of Node.js, whose words appear as the files end. Its list of what failed comes when the report ends. */
function newReport() {
  const report = new spec();
  report.pipe(process.stdout, { end: false });
  return report;
}

/** @param {import('node:stream').Writable} report */
function end(report) {
  return new Promise((done) => {
    report.on('end', done).end();
  });
}

const files = process.argv.slice(2).map((file) => path.resolve(file));
/** @type {Map<string, Ended>} */
const ended = new Map();
const waiting = [...files];
const report = newReport();
const work = async () => {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift())
    ended.set(file, await runFile(file, report));
};
await Promise.all(Array.from({ length: AT_A_TIME }, work));
await end(report);

const all = [...ended.values()];
const failed = [...ended].filter(([, file]) => file.failed.size > 0);
const fails = failed.reduce((sum, [, file]) => sum + file.failed.size, 0);
const empty = [...ended].filter(([, { failed, passed, skips }]) => failed.size + passed.size === 0 && !skips);
for (const [file] of empty) console.error(`${path.basename(file)}: no test ran`);
console.log(`\n${files.length} files, ${all.reduce((sum, { count }) => sum + count, 0)} tests passed, ${fails} failed`);

if (empty.length > 0 || fails > MOST || all.some(({ wrong }) => wrong)) process.exitCode = 1;
else if (failed.length > 0) {
  const lines = [];
  const again = newReport();
  for (const [file, { failed: names }] of failed) {
    const passes = await passesAgain(file, names, again);
    if (!passes) process.exitCode = 1;
    for (const name of names)
      lines.push(`${path.basename(file)}, ${name}: ${passes ? `passed ${AGAIN} times` : 'FAILED'}`);
  }
  await end(again);
  console.log(['\nRun again, alone:', ...lines].join('\n'));
}
