// What is known of a paste at the moment it is stopped. All of it is taken synchronously: `clipboardData` is empty as soon as
// the event is over, and the warning takes the focus and with it the selection.

import { type Caret, caretOf, type Place, placeOf } from './field';
import { deepActive, deepFocus } from './natives';

/** One way in which the clipboard holds the same thing: `text/plain`, `text/html`, `text/uri-list` … */
export interface Flavour {
  readonly type: string;
  readonly text: string;
}

export interface Content {
  readonly flavours: readonly Flavour[];
  readonly files: readonly File[];
}

export interface Hold {
  readonly content: Content;
  /** False: clean by itself, held only because an earlier paste of this frame is not decided yet. */
  readonly suspicious: boolean;
  /** The element that the event was aimed at, inside shadow roots too. */
  readonly target: Element;
  readonly active: Element | null;
  readonly place: Place;
  caret: Caret | null;
}

export const PLAIN = 'text/plain';
export const HTML = 'text/html';

export function readContent(data: DataTransfer): Content {
  const flavours: Flavour[] = [];
  for (const type of Array.from(data.types)) {
    if (type === 'Files') continue;
    const text = data.getData(type);
    if (text !== '') flavours.push({ type, text });
  }
  return { flavours, files: Array.from(data.files) };
}

export function textOf(content: Content, type: string): string {
  return content.flavours.find((flavour) => flavour.type === type)?.text ?? '';
}

/** The texts to judge: the plain text first, even when it is empty, because offsets of findings in it are what a placeholder needs. */
export function textsOf(content: Content): string[] {
  return [textOf(content, PLAIN), ...content.flavours.filter(({ type }) => type !== PLAIN).map(({ text }) => text)];
}

export function takeHold(event: ClipboardEvent, content: Content, suspicious: boolean): Hold {
  const first = event.composedPath()[0];
  const active = deepActive();
  // A closed root hides its inside from the path: the first entry is then its host, and the focus tells where in it the paste was going.
  const target = first instanceof Element ? deepFocus(first) : (active ?? document.documentElement);
  const place = placeOf(target);
  return { content, suspicious, target, active, place, caret: caretOf(place) };
}
