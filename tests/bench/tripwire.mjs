// How long the tripwire keeps a frame, in Node and in the browsers, as Markdown. KEYSTAY_BROWSER restricts it to one browser.

import { inBrowser } from './browser.mjs';
import { tripwireSource } from './modules.mjs';
import { figure, head, inEach, median, print, ratio, rounds, row, spread } from './table.mjs';
import { filled, usual } from './texts.mjs';

const SMALL = 10_000;
const LARGE = 1_000_000;
const SMALL_RUNS = rounds(60);
const LARGE_RUNS = rounds(9);
/** Of one measurement of a small text, because a browser's clock goes in steps of a tenth of a millisecond. */
const TOGETHER = 10;

print(
  'What each frame does with each pasted text before it lets it go, synchronously. "In proportion" is what the large text takes beside as',
);
print(
  'much of the small one: 1 is linear. A text that must be held is looked at no further. How it is with texts that were made to be slow',
);
print('stands in the section on those.\n');
const COLUMNS = [
  ':where',
  ':text',
  '10 KB p50 ms',
  'spread',
  '1 MB p50 ms',
  'spread',
  'MB/s',
  'in proportion',
  ':held',
];
head(...COLUMNS);
const source = await tripwireSource();
const texts = await usual();
await rows(`Node.js ${process.versions.node}`, (text, runs, together) => time(source, text, runs, together));
await inEach(COLUMNS.length, async (name) => {
  await inBrowser(name, { extension: false }, async (browser, site) => {
    const page = await browser.open(`${site.a}/pages/fields.html`);
    await rows(`${name} ${browser.version}`, (text, runs, together) =>
      page.evaluate(time, source, text, runs, together),
    );
  });
});

/**
 * @param {string} where
 * @param {(text: string, runs: number, together: number) => Promise<{ times: number[], held: boolean }>} take
 */
async function rows(where, take) {
  for (const [name, text] of texts) {
    const { times: small } = await take(filled(text, SMALL), SMALL_RUNS, TOGETHER);
    const { times: large, held } = await take(filled(text, LARGE), LARGE_RUNS, 1);
    const [little, much] = [median(small), median(large)];
    row(
      where,
      name,
      figure(little),
      spread(small),
      figure(much),
      spread(large),
      figure(LARGE / 1e3 / much),
      ratio(much / little / (LARGE / SMALL)),
      held ? 'yes' : 'no',
    );
  }
}

/**
 * Runs in the page, too.
 * @param {string} source
 * @param {string} text
 * @param {number} runs
 * @param {number} together
 */
async function time(source, text, runs, together) {
  const address =
    typeof document === 'undefined'
      ? `data:text/javascript,${encodeURIComponent(source)}`
      : URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const { mustBeHeld } = await import(address);
  const times = [];
  let held = false;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    for (let time = 0; time < together; time++) held = mustBeHeld(text);
    times.push((performance.now() - start) / together);
  }
  return { times, held };
}
