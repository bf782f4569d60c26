// The text of a spot, without asking the browser for layout: `innerText` costs 15 ms where this costs less than one.

import { caretOf } from '../field';
import { isField, localName, page, parentNode } from '../natives';
import { type Part, REACH } from './changed';
import type { Spot } from './spot';

/** Far beyond which no word makes a key of what stands there (`REACH` in `src/scan.rs`). */
const REACH_OF_WORDS = 128;

/** Nodes that are walked through for them. */
const NODES = 4096;

export interface Reading {
  readonly text: string;
  /** Where a place of it is in the spot's whole text; the same in rich text, whose whole is not known. */
  place(at: number): number;
  /** A part of the text as a range of the tree; null in fields. */
  range(start: number, end: number): Range | null;
}

/** The whole text, where it is one: not of rich text. */
export function wholeOf({ source }: Spot): string | null {
  if (!(source instanceof Element)) return source.text;
  return isField(source) ? source.value : null;
}

/** Of a text that is one, these parts; without them all of it. */
export function read(spot: Spot, parts: readonly Part[] | null): Reading {
  const { source, place, drawn } = spot;
  const whole = wholeOf(spot);
  if (whole !== null) {
    const caught = partsOf(whole, parts ?? [{ from: 0, to: whole.length }]);
    return drawn === null ? caught : joined(caught, walk(drawn, null));
  }
  const caret = caretOf(place);
  return walk(source as Element, caret?.kind === 'rich' ? caret.range.endContainer : null);
}

/** Nothing is found across it, and no word on one side makes a key of what is on the other. */
const BREAK = `\n${'\ufffc'.repeat(REACH_OF_WORDS)}\n`;

function partsOf(whole: string, parts: readonly Part[]): Reading {
  let text = '';
  const starts = parts.map(({ from, to }) => {
    if (text !== '') text += BREAK;
    const start = text.length;
    text += whole.slice(from, to);
    return { start, from };
  });
  const place = (at: number) => {
    const part = starts.findLast(({ start }) => start <= at);
    return part === undefined ? at : part.from + at - part.start;
  };
  return { text, place, range: () => null };
}

/** What a hidden field has caught, and below it what is drawn. */
function joined(caught: Reading, drawn: Reading): Reading {
  const first = caught.text.length + 1;
  return {
    text: `${caught.text}\n${drawn.text}`,
    place: caught.place,
    range: (start, end) => (start < first ? null : drawn.range(start - first, end - first)),
  };
}

interface Piece {
  readonly start: number;
  readonly node: Text;
}

function walk(root: Element, caret: Node | null): Reading {
  const pieces: Piece[] = [];
  let text = '';
  let lined = true;
  for (const node of nodes(root, caret)) {
    if (node instanceof Text) {
      const { data } = node;
      if (data === '') continue;
      pieces.push({ start: text.length, node });
      text += data;
      lined = false;
    } else if (!lined && breaks(node as Element)) {
      text += '\n';
      lined = true;
    }
    if (text.length > 2 * REACH) break;
  }
  return {
    // Editors draw spaces with the space that does not break.
    text: text.replaceAll('\u00a0', ' '),
    place: (at) => at,
    range: (start, end) => rangeOf(pieces, start, end),
  };
}

/** Nodes of the tree in order, from some way before the caret on. */
function* nodes(root: Element, caret: Node | null): Generator<Node> {
  const walker = page.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, isRead);
  if (caret !== null && caret !== root) {
    walker.currentNode = caret;
    let length = 0;
    for (let steps = 0; steps < NODES && length < REACH; steps++) {
      const node = walker.previousNode();
      if (node === null) break;
      if (node instanceof Text) length += node.length;
    }
  }
  yield walker.currentNode;
  for (let steps = 0; steps < 2 * NODES; steps++) {
    const before = walker.currentNode;
    const node = walker.nextNode();
    if (node === null) return;
    // The end of a block is a new line too, and has no node of its own.
    const parent = parentNode(node);
    if (parent !== before) {
      for (
        let left = parentNode(before);
        left instanceof Element && left !== parent && left !== root;
        left = parentNode(left)
      )
        yield left;
    }
    yield node;
  }
}

/** Terminals bring long style sheets along with what they draw. */
function isRead(node: Node): number {
  return node instanceof Element && /^(?:style|script)$/.test(localName(node))
    ? NodeFilter.FILTER_REJECT
    : NodeFilter.FILTER_ACCEPT;
}

const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** By name, not by style, which would be layout. Elements that nobody has heard of are inline, as browsers have it. */
function breaks(element: Element): boolean {
  const name = localName(element);
  return !INLINE.has(name) && !name.includes('-');
}

function rangeOf(pieces: readonly Piece[], start: number, end: number): Range | null {
  const first = pieces.findLast((piece) => piece.start <= start);
  const final = pieces.findLast((piece) => piece.start < end);
  if (first === undefined || final === undefined) return null;
  const range = page.createRange();
  range.setStart(first.node, Math.min(start - first.start, first.node.length));
  range.setEnd(final.node, Math.min(end - final.start, final.node.length));
  return range;
}
