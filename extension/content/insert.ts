// Inserting text into a native field or a plain contenteditable as the browser's own paste would, with undo.
//
// Measured against native pastes in both browsers. Firefox's `insertText` gives what its paste gives, everywhere. Chromium's
// splits several lines into one insertion each: quadratic (1 MB of lines: more than 90 s), one `input` event a line, and other
// elements in rich text. Its `insertHTML` with escaped text works in fields too, in one step and linear time (20 MB: 10 s, native 14 s).
// `setRangeText` and writes to the DOM have no undo.

import { isChromium } from '../shared/browser';
import { caretOf, endUndoStep, type Place } from './field';
import { type Content, HTML, PLAIN, textOf } from './hold';
import { type Field, getRootNode, page, parentNode } from './natives';
import { clean } from './sanitize';

type FieldPlace = Extract<Place, { kind: 'field' }>;
type RichPlace = Extract<Place, { kind: 'rich' }>;

export type Insertion = 'inserted' | 'refused' | 'failed';

/** `refused`: the browser's own paste would insert nothing either, or the page said no. `failed`: it should have worked. */
export function insert(place: Place, content: Content): Insertion {
  const text = textOf(content, PLAIN);
  if (place.kind === 'none') return 'refused';
  if (place.kind === 'field') return insertIntoField(place, text);
  const html = place.plainOnly ? '' : clean(textOf(content, HTML));
  if (html === '' && text === '') return 'refused';
  return watched(place, () => {
    if (html !== '' && page.execCommand('insertHTML', false, html)) return true;
    return insertTextIntoRich(place, text);
  });
}

function insertIntoField(place: FieldPlace, text: string): Insertion {
  const { element } = place;
  if (text === '' || !isWritable(element)) return 'refused';
  const result = watched(place, () => {
    if (element instanceof HTMLTextAreaElement && isChromium() && /[\r\n]/.test(text)) {
      return page.execCommand('insertHTML', false, escaped(text));
    }
    return page.execCommand('insertText', false, text);
  });
  return result === 'failed' && !mustChange(element) ? 'refused' : result;
}

function insertTextIntoRich(place: RichPlace, text: string): boolean {
  if (!isChromium() || !/[\r\n\t]/.test(text)) return page.execCommand('insertText', false, text);
  const at = caretElement(place) ?? place.host;
  const keepsLines = place.plainOnly || /^(?:pre|break-spaces)/.test(getComputedStyle(at).whiteSpace);
  return page.execCommand('insertHTML', false, keepsLines ? escaped(text) : paragraphs(text, at, place.host));
}

/** Runs an insertion and tells what came of it. `input` events and changed nodes are signs that no page can make us miss both of. */
function watched(place: FieldPlace | RichPlace, run: () => boolean): Insertion {
  const before = place.kind === 'field' ? place.element.value : null;
  const observer = new MutationObserver(() => {});
  if (place.kind === 'rich')
    observer.observe(getRootNode(place.host), { subtree: true, childList: true, characterData: true });
  let input = false;
  const onInput = (event: Event) => {
    input ||= event.isTrusted;
  };
  window.addEventListener('input', onInput, true);
  try {
    endUndoStep(place);
    run();
    if (place.kind === 'field') return input || place.element.value !== before ? 'inserted' : 'failed';
    return input || observer.takeRecords().length > 0 ? 'inserted' : 'failed';
  } finally {
    window.removeEventListener('input', onInput, true);
    observer.disconnect();
    // So that what is typed next is not undone together with the paste.
    endUndoStep(place);
  }
}

const TEXTLESS = new Set([
  'button',
  'checkbox',
  'color',
  'date',
  'datetime-local',
  'file',
  'hidden',
  'image',
  'month',
  'radio',
  'range',
  'reset',
  'submit',
  'time',
  'week',
]);

export function isWritable(element: Field): boolean {
  if (element.readOnly || element.disabled) return false;
  return element instanceof HTMLTextAreaElement || !TEXTLESS.has(element.type);
}

/** Whether a text must leave a mark: not where the field is full, and not where the browser drops what is no number. */
function mustChange(element: Field): boolean {
  if (element instanceof HTMLInputElement && element.type === 'number') return false;
  return element.maxLength < 0 || element.value.length < element.maxLength;
}

function escaped(text: string): string {
  return lines(text).join('\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function lines(text: string): string[] {
  return text.split(/\r\n?|\n/);
}

/**
 * Chromium's own form of plain text in rich text: for each line a copy of the block that the caret stands in, and in it copies of the
 * inline elements around the caret, which keep the line bold where the text is bold. Made in an inert document.
 */
function paragraphs(text: string, at: Element, host: Element): string {
  const inert = page.implementation.createHTMLDocument('');
  const root = inert.createElement('div');
  const { block, inline } = surroundings(at, host);
  const styled = (line: string): Node =>
    inline.reduce((inner: Node, element) => wrapped(inert, element, inner), spaced(inert, line));
  const all = lines(text);
  if (all.length === 1) root.append(styled(text));
  else
    for (const [index, line] of all.entries()) {
      if (line === '' && index === all.length - 1) {
        // The mark by which Chromium knows a final line break from an empty paragraph.
        const mark = inert.createElement('br');
        mark.className = 'Apple-interchange-newline';
        root.append(mark);
      } else {
        const content = styled(line);
        root.append(block === null ? paragraph(inert, content) : wrapped(inert, block, content));
      }
    }
  return root.innerHTML;
}

function paragraph(inert: Document, content: Node): Element {
  const element = inert.createElement('div');
  element.append(content);
  return element;
}

/** A copy of an element around other content. Only what shows is copied: an id must stay unique, a handler must not multiply. */
function wrapped(inert: Document, element: Element, content: Node): Element {
  const copy = inert.createElement(element.localName);
  for (const name of ['class', 'style', 'dir']) {
    const value = Element.prototype.getAttribute.call(element, name);
    if (value !== null) copy.setAttribute(name, value);
  }
  copy.append(content);
  return copy;
}

/** Text with the spaces that HTML would drop, and tabs kept by a style. */
function spaced(inert: Document, line: string): DocumentFragment {
  const fragment = inert.createDocumentFragment();
  if (line === '') fragment.append(inert.createElement('br'));
  for (const run of line.split(/(\t+)/)) {
    if (run.startsWith('\t')) {
      const tabs = inert.createElement('span');
      tabs.setAttribute('style', 'white-space: pre;');
      tabs.append(run);
      fragment.append(tabs);
    } else if (run !== '') {
      fragment.append(run.replaceAll('  ', '\u00a0 ').replace(/^ | $/g, '\u00a0'));
    }
  }
  return fragment;
}

const BLOCKS = new Set(['p', 'div', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote', 'td', 'th']);
const INLINE = new Set([
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'code',
  'span',
  'font',
  'small',
  'big',
  'sub',
  'sup',
  'mark',
  'del',
  'ins',
  'tt',
]);

/** The block that encloses `at` inside the host, and the inline elements between them, innermost first. */
function surroundings(at: Element, host: Element): { block: Element | null; inline: Element[] } {
  const inline: Element[] = [];
  for (let node: Node | null = at; node instanceof Element && node !== host; node = parentNode(node)) {
    if (BLOCKS.has(node.localName)) return { block: /^t[dh]$/.test(node.localName) ? null : node, inline };
    if (INLINE.has(node.localName)) inline.push(node);
  }
  return { block: null, inline };
}

function caretElement(place: Place): Element | null {
  const caret = caretOf(place);
  if (caret?.kind !== 'rich') return null;
  const node = caret.range.startContainer;
  if (node instanceof Element) return node;
  const parent = parentNode(node);
  return parent instanceof Element ? parent : null;
}
