// What is known of a paste or a drop at the moment it is stopped. All of it is taken synchronously: the event's data is empty as soon
// as the event is over, and the warning takes the focus and with it the selection.

import { type Caret, caretAt, caretOf, type Place, placeOf } from './field';
import { foldersIn } from './files/folders';
import { deepActive, deepAt, deepFocus, isConnected, page } from './natives';

/** One way in which the clipboard holds the same thing: `text/plain`, `text/html`, `text/uri-list` … */
export interface Flavour {
  readonly type: string;
  readonly text: string;
}

export interface Content {
  readonly flavours: readonly Flavour[];
  readonly files: readonly File[];
  /** What was dropped, if there are folders in it: a page can reach what they hold only by a real drop. */
  readonly folders: readonly FileSystemEntry[];
}

/** Of a drop: where the pointer is, and where in the page a text would go in. */
export interface Aim {
  readonly at: DragEventInit;
  readonly place: Place;
  readonly caret: Caret | null;
}

export interface Hold {
  readonly content: Content;
  /** False: clean by itself, held only because an earlier paste of this frame is not decided yet. */
  readonly suspicious: boolean;
  /** The element that the event was aimed at, inside shadow roots too. */
  readonly target: Element;
  readonly active: Element | null;
  /** Where the person was writing. */
  readonly place: Place;
  caret: Caret | null;
  /** Null for what is not dropped. */
  readonly aim: Aim | null;
  /** The file input for which files were chosen. */
  readonly input: HTMLInputElement | null;
  /** It stood in the document then. */
  readonly stood: boolean;
  /** To be done when the page has got it, where that was decided before. */
  readonly sent?: () => void;
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
  return { flavours, files: Array.from(data.files), folders: foldersIn(data) };
}

export function textOf(content: Content, type: string): string {
  return content.flavours.find((flavour) => flavour.type === type)?.text ?? '';
}

/** The texts to judge: the plain text first, even when it is empty, because offsets of findings in it are what a placeholder needs. */
export function textsOf(content: Content): string[] {
  return [textOf(content, PLAIN), ...content.flavours.filter(({ type }) => type !== PLAIN).map(({ text }) => text)];
}

/** By this the same thing is known when it comes again: its texts, and of files what can be told at once. */
export function marksOf(content: Content): string[] {
  const { files } = content;
  return [...textsOf(content), ...files.map(({ name, size, lastModified }) => `${name}\n${size}\n${lastModified}`)];
}

export function takeChoice(input: HTMLInputElement, files: readonly File[]): Hold {
  const active = deepActive();
  const place = placeOf(active);
  const content = { flavours: [], files, folders: [] };
  const stood = isConnected(input);
  return { content, suspicious: true, target: input, active, place, caret: caretOf(place), aim: null, input, stood };
}

export function takeHold(event: ClipboardEvent | DragEvent, content: Content, suspicious: boolean): Hold {
  return event instanceof DragEvent ? holdDrop(event, content, suspicious) : holdPaste(event, content, suspicious);
}

function holdPaste(event: ClipboardEvent, content: Content, suspicious: boolean): Hold {
  const first = event.composedPath()[0];
  const active = deepActive();
  // A closed root hides its inside from the path: the first entry is then its host, and the focus tells where in it the paste was going.
  const target = first instanceof Element ? deepFocus(first) : (active ?? page.documentElement);
  const place = placeOf(target);
  return { content, suspicious, target, active, place, caret: caretOf(place), aim: null, input: null, stood: false };
}

function holdDrop(event: DragEvent, content: Content, suspicious: boolean): Hold {
  const { clientX, clientY } = event;
  const first = event.composedPath()[0];
  const target = first instanceof Element ? deepAt(first, clientX, clientY) : page.documentElement;
  const active = deepActive();
  const place = placeOf(active);
  const into = placeOf(target);
  const aim = { at: pointer(event), place: into, caret: caretAt(into, clientX, clientY) };
  return { content, suspicious, target, active, place, caret: caretOf(place), aim, input: null, stood: false };
}

function pointer(event: DragEvent): DragEventInit {
  const { clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey, button, buttons } = event;
  return { clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey, button, buttons };
}
