// From what was proved and what is named as a gap to the text of docs/coverage.md.

/** @typedef {import('./coverage.mjs').Name} Name */
/** @typedef {import('./coverage.mjs').Proved} Proved */
/** @typedef {import('./coverage-gaps.mjs').Gap} Gap */
/** @typedef {import('./coverage-matrix.mjs').Table} Table */

/** @type {Name[]} */
const BROWSERS = ['chromium', 'firefox'];

/**
 * @param {{ tables: Table[], gaps: Gap[], proved: Proved[] }} known
 * @returns {{ text: string, faults: string[] }} faults: what the matrix, the gaps and the tests do not agree on
 */
export function document({ tables, gaps, proved }) {
  const proofs = new Map(
    proved.map(({ browser, way, where, proof }) => [JSON.stringify([browser, way, where]), proof]),
  );
  /** @type {string[]} */
  const faults = [];
  /** @type {Set<Gap>} */
  const used = new Set();
  /** @type {string[]} */
  const notes = [];
  const count = { held: 0, marked: 0, replaced: 0, refused: 0, gap: 0 };

  /**
   * @param {Name} browser
   * @param {string} way
   * @param {{ name: string, only?: Name }} place
   */
  const state = (browser, way, { name: where, only }) => {
    if (only && only !== browser) return '–';
    const proof = proofs.get(JSON.stringify([browser, way, where]));
    const gap = gaps.find((one) => (one.browser ?? browser) === browser && one.way.test(way) && one.where.test(where));
    const cell = `${browser}: ${way}: ${where}`;
    if (gap) used.add(gap);
    if (proof && gap) faults.push(`${cell}: a test has shown it, and yet it is named as a gap: ${gap.reason}`);
    if (!proof && !gap) faults.push(`${cell}: no test has shown it, and no gap names it`);
    if (proof) {
      count[proof]++;
      return proof;
    }
    if (!gap) return '?';
    count.gap++;
    if (!notes.includes(gap.reason)) notes.push(gap.reason);
    return `gap ${notes.indexOf(gap.reason) + 1}`;
  };

  const parts = tables.map(({ title, about, rows, ways, places }) => {
    const lines = places.map((place) => {
      const states = ways.map((way) => both(BROWSERS.map((browser) => state(browser, way, place))));
      return `| ${[place.name, ...states].join(' | ')} |`;
    });
    return [
      `## ${title}`,
      ...(about ? ['', about] : []),
      '',
      `| ${[rows, ...ways].join(' | ')} |`,
      `|${'---|'.repeat(ways.length + 1)}`,
      ...lines,
    ].join('\n');
  });
  for (const gap of gaps) if (!used.has(gap)) faults.push(`a gap for no cell: ${gap.reason}`);

  const text = [
    '# Coverage',
    'Made by `./build.sh test` out of what its tests in real browsers have shown, each with real pastes, keys, drags and clicks; the test run\nfails when this page says something else than they do. One word in a cell is about both browsers, two are Chromium / Firefox.',
    [
      '- **held**: the page gets nothing before the person has decided.',
      '- **marked**: the page has the text with each key that is pressed; the person is told, a placeholder can be put there, and what would send the text is held.',
      '- **replaced**: it goes out, with a placeholder in place of the key.',
      '- **refused**: the browser does not let a page do it.',
      '- **gap**: neither, or nobody has shown it. The number leads to the reason below. **–**: the browser does not have it.',
    ].join('\n'),
    `Cells, both browsers together: ${count.held} held, ${count.marked} marked, ${count.replaced} replaced, ${count.refused} refused, ${count.gap} gaps.`,
    ...parts,
    '## Gaps',
    notes.map((note, index) => `${index + 1}. ${note}`).join('\n'),
  ].join('\n\n');
  return { text, faults };
}

/** @param {string[]} states */
function both([chromium = '', firefox = '']) {
  return chromium === firefox ? chromium : `${chromium} / ${firefox}`;
}
