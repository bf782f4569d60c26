// Puts placeholders where secrets stand in a field, so that one undo brings each back.

import type { Finding } from '../../shared/messages';
import { caretOf, type Place, setCaret, tellSelection } from '../field';
import { PLAIN } from '../hold';
import { insert } from '../insert';
import { deepActive, type Field, focus } from '../natives';
import { withPlaceholders } from '../placeholder';
import { replay } from '../replay';
import { type Reading, read } from './reading';
import type { Spot } from './spot';
import type { Standing, Watched } from './watch';

/** Editors take a selection over some time after it was set (measured: 50 to 80 ms; CodeMirror 5 looks for it every 100). */
const TAKES_MS = 150;
/** One that draws just then puts its own selection back (measured: Trix on a busy machine). It does so once. */
const MOST_TRIES = 4;

/** Whether a placeholder can be put there at all: not where the text that is read is only a picture of it. */
export function replaceable({ spot: { place, source, element, drawn }, standing }: Watched): boolean {
  if (place.kind === 'none' || source !== element) return false;
  if (drawn === null || place.kind !== 'field') return true;
  const caught = place.element.value.length;
  return standing.every(({ end }) => end <= caught);
}

/** The reading must be of the text that the findings are about. */
export async function replaceIn({ spot }: Watched, reading: Reading, standing: readonly Standing[]): Promise<void> {
  // From the end, so that what is left to do stays where it is.
  const { place } = spot;
  const backwards = standing.toSorted((a, b) => b.start - a.start);
  if (place.kind === 'field') replaceInField(place, reading, backwards);
  if (place.kind === 'rich') for (const one of backwards) await replaceInRich(spot, place, reading, one);
}

type FieldPlace = Extract<Place, { kind: 'field' }>;
type RichPlace = Extract<Place, { kind: 'rich' }>;

function replaceInField(place: FieldPlace, reading: Reading, standing: readonly Standing[]): void {
  const { element } = place;
  focused(element);
  const caret = caretOf(place);
  if (caret?.kind !== 'field') {
    replaceAll(
      place,
      reading.text,
      standing.map(({ finding }) => finding),
    );
    return;
  }
  let { start: first, end: last } = caret;
  for (const { start, end, finding } of standing) {
    const put = finding.replacement?.text ?? '';
    const [from, to] = [reading.place(start), reading.place(end)];
    element.setSelectionRange(from, to);
    if (insert(place, plain(put)) !== 'inserted') return;
    first = moved(first, from, to, put.length);
    last = moved(last, from, to, put.length);
  }
  element.setSelectionRange(first, last, caret.direction);
}

/** Where a caret goes when the text between `start` and `end` becomes another one. */
function moved(caret: number, start: number, end: number, length: number): number {
  if (caret <= start) return caret;
  return caret >= end ? caret - (end - start) + length : start + length;
}

/** The browser does not tell the caret of an e-mail field, and does not let it be set. */
function replaceAll(place: FieldPlace, text: string, findings: readonly Finding[]): void {
  const replaced = withPlaceholders(text, findings);
  if (replaced === null) return;
  place.element.select();
  insert(place, plain(replaced));
}

async function replaceInRich(
  spot: Spot,
  place: RichPlace,
  reading: Reading,
  { start, end, finding }: Standing,
): Promise<void> {
  const secret = reading.text.slice(start, end);
  let range = reading.range(start, end);
  for (let tries = 0; range !== null; tries++) {
    // What would go elsewhere is left to be asked for again.
    if (tries === MOST_TRIES) return;
    if (deepActive() !== place.host) focused(place.host);
    setCaret(place, { kind: 'rich', range, backward: false });
    tellSelection();
    await new Promise((resolve) => setTimeout(resolve, TAKES_MS));
    if (isSelected(place, secret)) break;
    // What is drawn anew consists of other nodes.
    const again = read(spot, null);
    range = again.text.slice(start, end) === secret ? again.range(start, end) : null;
  }
  if (range === null) return;
  const content = plain(finding.replacement?.text ?? '');
  replay(
    {
      content,
      suspicious: false,
      aim: null,
      input: null,
      stood: false,
      target: place.host,
      active: deepActive(),
      place,
      caret: caretOf(place),
    },
    content,
  );
}

/** Editors keep characters in their elements that nobody sees, and break lines in their own way. */
function isSelected(place: RichPlace, text: string): boolean {
  const seen = (part: string) => part.replace(/[\s\u200b-\u200f\u2060\ufeff]/g, '');
  const caret = caretOf(place);
  return caret?.kind === 'rich' && seen(caret.range.toString()) === seen(text);
}

function focused(element: Field | Element): void {
  if (deepActive() !== element && element instanceof HTMLElement) focus(element, { preventScroll: true });
}

function plain(text: string) {
  return { flavours: [{ type: PLAIN, text }], files: [], folders: [] };
}
