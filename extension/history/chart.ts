// How much was caught in each of the last twelve months. Twelve bars need no library: the smallest that was looked at draws on a canvas,
// where neither a screen reader nor forced colours get at it, and is ten times as long as this file.

import { localized } from '../shared/browser';
import { drawing, make } from '../shared/page';

const MONTHS = 12;
const WIDTH = 600;
const HEIGHT = 132;
const BASE = 108;
const ROOM = 84;
const BAR = 26;

export interface Month {
  /** First day, in ms since 1970. */
  readonly start: number;
  readonly count: number;
}

/** The last twelve months in local time, the oldest first. */
export function months(times: readonly number[], now: Date): Month[] {
  return Array.from({ length: MONTHS }, (_, index) => {
    const back = MONTHS - 1 - index;
    const start = new Date(now.getFullYear(), now.getMonth() - back, 1).getTime();
    const end = new Date(now.getFullYear(), now.getMonth() - back + 1, 1).getTime();
    return { start, count: times.filter((time) => time >= start && time < end).length };
  });
}

/** Where there is little room, every third month has its name: from the newest on. */
function between(index: number): Record<string, string> {
  return (MONTHS - 1 - index) % 3 === 0 ? {} : { class: 'between' };
}

export function chart(times: readonly number[]): HTMLElement {
  const shown = months(times, new Date());
  const most = Math.max(1, ...shown.map(({ count }) => count));
  const language = localized('language');
  const short = new Intl.DateTimeFormat(language, { month: 'short' });
  const long = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' });
  const number = new Intl.NumberFormat(language);
  const step = WIDTH / MONTHS;
  const bars = shown.flatMap(({ start, count }, index) => {
    const middle = String(step * (index + 0.5));
    const height = count === 0 ? 0 : Math.max(2, (count / most) * ROOM);
    const bar = { x: String(step * (index + 0.5) - BAR / 2), y: String(BASE - height), rx: '2' };
    return [
      drawing(document, 'rect', { ...bar, width: String(BAR), height: String(height) }),
      count === 0 ? null : drawing(document, 'text', { x: middle, y: String(BASE - height - 6) }, number.format(count)),
      drawing(document, 'text', { x: middle, y: String(BASE + 18), ...between(index) }, short.format(start)),
    ];
  });
  const picture = drawing(
    document,
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart', 'aria-hidden': 'true', focusable: 'false' },
    drawing(document, 'line', { x1: '0', x2: String(WIDTH), y1: String(BASE), y2: String(BASE) }),
    ...bars,
  );
  // The same figures for whoever does not see the picture.
  const rows = shown.map(({ start, count }) =>
    make('tr', {}, make('th', { scope: 'row' }, long.format(start)), make('td', {}, number.format(count))),
  );
  const head = make(
    'tr',
    {},
    make('th', { scope: 'col' }, localized('chartMonth')),
    make('th', { scope: 'col' }, localized('chartCaught')),
  );
  const table = make('table', { class: 'hush' }, make('thead', {}, head), make('tbody', {}, ...rows));
  return make('div', {}, picture, table);
}
