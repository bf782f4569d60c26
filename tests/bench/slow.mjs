// How the time grows with a text that was made to be slow: the engine as WebAssembly, and the tripwire, both in Node, as Markdown.

import { engineInNode, tripwireInNode } from './modules.mjs';
import { figure, head, print, ratio, row, SHORT, sizeName } from './table.mjs';
import { filled, madeToBeSlow, usual } from './texts.mjs';

const SHORTEST = 64 << 10;
const LONGEST = SHORT ? 256 << 10 : 16 << 20;
/** What a frame is asked about at once. */
const LONGEST_IN_FRAME = SHORT ? 256 << 10 : 4 << 20;
/** So much text is looked at in one measurement, at least: the processor's time is not told for less than some microseconds. */
const AT_LEAST = SHORT ? SHORTEST : 1 << 20;
/** Runs of which the fastest counts: what else the machine does makes the others slower. */
const RUNS = 3;

const engine = await engineInNode();
const { mustBeHeld } = await tripwireInNode();

print(
  `Each text (\`tests/slow-texts.json\`) at every length from ${sizeName(SHORTEST)} on that doubles the one before, up to ${sizeName(LONGEST)} for the engine and`,
);
print(
  `${sizeName(LONGEST_IN_FRAME)} for the tripwire, in Node.js, in processor time, the fastest of ${RUNS} runs. "Most for twice the text" is the largest of`,
);
print(
  'time(2n) / time(n), and the n where it was; 2 is linear. "All in all" is what the longest takes beside as many of the shortest: 1 is',
);
print('linear. Ordinary texts stand at the end, to compare.\n');
head(':text', 'MB/s, shortest', 'MB/s, longest', 'MB/s, least', 'most for twice the text', 'at n =', 'all in all');
// The same piece over and over: other text further on would take another time.
const ordinary = [...(await usual())].map(([name, unit]) => ({
  name: `${name} (ordinary)`,
  text: (/** @type {number} */ length) => filled(unit.slice(0, SHORTEST), length),
}));
const texts = [...(await madeToBeSlow()), ...ordinary];
// What is compiled in the middle of a measurement would count as time of its text.
for (const { text } of texts) for (let run = 0; run < RUNS; run++) engine.judge(text(SHORTEST));
for (const { name, text } of texts) grows(name, text, LONGEST, engine.judge);

print('\nThe same for the tripwire:\n');
head(':text', 'MB/s, shortest', 'MB/s, longest', 'MB/s, least', 'most for twice the text', 'at n =', 'all in all');
for (const { text } of texts) for (let run = 0; run < RUNS; run++) mustBeHeld(text(SHORTEST));
for (const { name, text } of texts) {
  if (mustBeHeld(text(SHORTEST))) row(name, 'held', '', '', '', '', '');
  else grows(name, text, LONGEST_IN_FRAME, mustBeHeld);
}

/**
 * @param {string} name
 * @param {(length: number) => string} make
 * @param {number} longest
 * @param {(text: string) => unknown} look
 */
function grows(name, make, longest, look) {
  /** @type {{ length: number, bytes: number, ms: number }[]} */
  const points = [];
  for (let length = SHORTEST; length <= longest; length *= 2) {
    const text = make(length);
    points.push({ length, bytes: Buffer.byteLength(text), ms: fastest(text, look) });
  }
  const speeds = points.map(({ bytes, ms }) => bytes / 1e3 / ms);
  // Of a text that is not exactly twice as long, as of twice the text.
  const steps = points.slice(1).map((point, i) => ({
    ratio: (2 * (point.ms / points[i].ms) * points[i].bytes) / point.bytes,
    from: points[i].length,
  }));
  const most = steps.reduce((one, other) => (other.ratio > one.ratio ? other : one));
  row(
    name,
    figure(speeds[0]),
    figure(/** @type {number} */ (speeds.at(-1))),
    figure(Math.min(...speeds)),
    ratio(most.ratio),
    sizeName(most.from),
    ratio(speeds[0] / /** @type {number} */ (speeds.at(-1))),
  );
}

/**
 * @param {string} text
 * @param {(text: string) => unknown} look
 */
function fastest(text, look) {
  const together = Math.max(1, Math.floor(AT_LEAST / text.length));
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    for (let time = 0; time < together; time++) look(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1e3 / together);
  }
  return least;
}
