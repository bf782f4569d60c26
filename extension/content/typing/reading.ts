// The text of a spot, without asking the browser for layout: `innerText` costs 15 ms where this costs less than one.

import { caretOf } from '../field';
import { isField, localName, page, parentNode } from '../natives';
import type { Spot } from './spot';

/** UTF-16 units that are looked at before and after the caret. A chat message is far shorter; a book in one field is longer. */
export const REACH = 16_384;

/** Nodes that are walked through for them. */
const NODES = 4096;

export interface Reading {
  readonly text: string;
  /** Where the text begins in the spot's whole text; 0 in rich text, whose whole is not known. */
  readonly from: number;
  /** A part of the text as a range of the tree; null in fields. */
  range(start: number, end: number): Range | null;
}

export function read({ source, place, drawn }: Spot): Reading {
  if (!(source instanceof Element)) return around(source.text, source.selectionEnd);
  if (isField(source)) {
    const caught = around(source.value, source.selectionEnd ?? source.value.length);
    return drawn === null ? caught : joined(caught, walk(drawn, null));
  }
  const caret = caretOf(place);
  return walk(source, caret?.kind === 'rich' ? caret.range.endContainer : null);
}

function around(text: string, caret: number): Reading {
  const from = Math.max(0, caret - REACH);
  return { text: text.slice(from, caret + REACH), from, range: () => null };
}

/** What a hidden field has caught, and below it what is drawn. */
function joined(caught: Reading, drawn: Reading): Reading {
  const first = caught.text.length + 1;
  return {
    text: `${caught.text}\n${drawn.text}`,
    from: caught.from,
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
    from: 0,
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
