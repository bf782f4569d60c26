// Where a paste would land, and where the caret stands in it.

import {
  deepActive,
  dispatchEvent,
  type Field,
  focus,
  getRootNode,
  hasAttribute,
  isConnected,
  isContentEditable,
  isField,
  matches,
  page,
  parentNode,
} from './natives';

export type Place =
  | { readonly kind: 'field'; readonly element: Field }
  | { readonly kind: 'rich'; readonly host: Element; readonly plainOnly: boolean }
  | { readonly kind: 'none' };

export type Caret =
  | {
      readonly kind: 'field';
      readonly start: number;
      readonly end: number;
      readonly direction: 'forward' | 'backward' | 'none';
    }
  | { readonly kind: 'rich'; readonly range: Range; readonly backward: boolean };

const NONE: Place = { kind: 'none' };

export function placeOf(target: Element | null): Place {
  if (target === null) return NONE;
  if (isField(target)) return { kind: 'field', element: target };
  const host = editingHost(target);
  return host === null ? NONE : { kind: 'rich', host, plainOnly: isPlainOnly(host) };
}

/** Nobody writes in a field that is smaller. */
const LEAST_PX = 8;

/** A field that nobody can see only catches what is written; what was written stands elsewhere. Costs a layout. */
export function isHidden(place: Place): boolean {
  if (place.kind !== 'field') return false;
  if (!place.element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
  const { width, height, right, bottom } = place.element.getBoundingClientRect();
  if (Math.min(width, height) < LEAST_PX || right <= 0 || bottom <= 0) return true;
  const around = parentNode(place.element);
  return around instanceof Element && isShut(around);
}

/** Hides what is larger than itself. */
function isShut(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return Math.min(width, height) < LEAST_PX && getComputedStyle(element).overflow !== 'visible';
}

export function samePlace(a: Place, b: Place): boolean {
  if (a.kind === 'field') return b.kind === 'field' && a.element === b.element;
  if (a.kind === 'rich') return b.kind === 'rich' && a.host === b.host;
  return b.kind === 'none';
}

function editingHost(target: Element): Element | null {
  if (page.designMode === 'on') return page.body;
  let host: Element | null = null;
  let node: Node | null = target;
  while (node instanceof HTMLElement && isContentEditable(node)) {
    host = node;
    node = parentNode(node);
  }
  return host;
}

function isPlainOnly(host: Element): boolean {
  return Element.prototype.getAttribute.call(host, 'contenteditable')?.toLowerCase() === 'plaintext-only';
}

/** Null where there is none, or where the browser does not tell it (`<input type=email>`). */
export function caretOf(place: Place): Caret | null {
  if (place.kind === 'field') {
    const { selectionStart, selectionEnd, selectionDirection } = place.element;
    if (selectionStart === null || selectionEnd === null) return null;
    return { kind: 'field', start: selectionStart, end: selectionEnd, direction: selectionDirection ?? 'none' };
  }
  if (place.kind === 'rich') return richCaret(place.host);
  return null;
}

/** The caret at a point of the viewport; where the browser does not tell, at the end. */
export function caretAt(place: Place, x: number, y: number): Caret | null {
  if (place.kind === 'none') return null;
  const inside = place.kind === 'field' ? place.element : place.host;
  const root = getRootNode(inside);
  const at = page.caretPositionFromPoint?.(x, y, root instanceof ShadowRoot ? { shadowRoots: [root] } : {}) ?? null;
  if (place.kind === 'field') {
    const { length } = place.element.value;
    // The browser answers with the field itself and counts in its value.
    const offset = at !== null && at.offsetNode === place.element ? Math.min(at.offset, length) : length;
    return { kind: 'field', start: offset, end: offset, direction: 'none' };
  }
  const range = page.createRange();
  if (at !== null && within(place.host, at.offsetNode)) range.setStart(at.offsetNode, at.offset);
  else range.setStart(place.host, place.host.childNodes.length);
  range.collapse(true);
  return { kind: 'rich', range, backward: false };
}

function richCaret(host: Element): Caret | null {
  const selection = page.getSelection();
  if (selection === null) return null;
  const root = getRootNode(host);
  // The plain selection of a document ends at shadow hosts; the composed one goes in, also into closed roots that it is given.
  // It is younger than the oldest browsers that we run in, and without it a caret in a shadow tree is simply not known.
  const composed =
    root instanceof ShadowRoot && 'getComposedRanges' in selection
      ? selection.getComposedRanges({ shadowRoots: [root] })[0]
      : undefined;
  const found = composed ?? (selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined);
  if (found === undefined || !within(host, found.startContainer)) return null;
  // A live range moves along when an earlier paste of the same frame goes in before it.
  const range = page.createRange();
  range.setStart(found.startContainer, found.startOffset);
  range.setEnd(found.endContainer, found.endOffset);
  return { kind: 'rich', range, backward: selection.direction === 'backward' };
}

function within(host: Element, node: Node): boolean {
  for (let at: Node | null = node; at !== null; at = parentNode(at)) if (at === host) return true;
  return false;
}

/** Whether the person could still type at the place: focus, and in rich text the selection, are where they were. */
export function stands(active: Element | null, place: Place): boolean {
  return isActive(active) && (place.kind !== 'rich' || richCaret(place.host) !== null);
}

/**
 * A frame keeps its active element while the focus is in the page around it, which is where its warning may be. And the body is the
 * active element also where nothing has the focus, so an editable one is asked.
 */
function isActive(active: Element | null): boolean {
  if (deepActive() !== active || !page.hasFocus()) return false;
  return !(active instanceof HTMLBodyElement && hasAttribute(active, 'contenteditable')) || matches(active, ':focus');
}

/** Gives focus and selection back, each only where it was lost: setting a selection anew can disturb an editor's own. */
export function restore(active: Element | null, place: Place, caret: Caret | null): void {
  if (stands(active, place)) return;
  const refocused = active instanceof HTMLElement && isConnected(active) && !isActive(active);
  if (refocused) focus(active, { preventScroll: true });
  if (caret !== null) setCaret(place, caret);
  if (place.kind === 'rich') tellSelection();
}

/**
 * Editors take the caret from `selectionchange`, which comes some time after the caret moved, and they listen only while they have the
 * focus. Where a person moves the caret and pastes at once, the warning takes the focus before it comes, and a text released later went
 * to where the caret was before (measured with ProseMirror in Chromium).
 */
export function tellSelection(): void {
  dispatchEvent(document, new Event('selectionchange'));
}

export function setCaret(place: Place, caret: Caret): void {
  if (place.kind === 'field' && caret.kind === 'field') {
    const { selectionStart, selectionEnd } = place.element;
    if (selectionStart !== caret.start || selectionEnd !== caret.end)
      place.element.setSelectionRange(caret.start, caret.end, caret.direction);
  }
  if (place.kind === 'rich' && caret.kind === 'rich' && isConnected(caret.range.startContainer)) {
    const { startContainer, startOffset, endContainer, endOffset } = caret.range;
    if (caret.backward) select(endContainer, endOffset, startContainer, startOffset);
    else select(startContainer, startOffset, endContainer, endOffset);
  }
}

/** Selects what lies between a caret of before and the caret of now. */
export function selectBetween(place: Place, from: Caret): void {
  const now = caretOf(place);
  if (place.kind === 'field' && from.kind === 'field' && now?.kind === 'field')
    place.element.setSelectionRange(from.start, now.end);
  else if (from.kind === 'rich' && now?.kind === 'rich')
    select(from.range.startContainer, from.range.startOffset, now.range.endContainer, now.range.endOffset);
}

function select(anchor: Node, anchorOffset: number, end: Node, endOffset: number): void {
  page.getSelection()?.setBaseAndExtent(anchor, anchorOffset, end, endOffset);
}

/**
 * Ends the undo step that typing has open. Without it Chromium merges a scripted insertion with the characters typed before it,
 * and one undo takes back both. Moving the selection away and back is what ends the step (measured; fields and rich text).
 */
export function endUndoStep(place: Place): void {
  const caret = caretOf(place);
  if (caret === null) return;
  if (place.kind === 'field' && caret.kind === 'field') {
    const { length } = place.element.value;
    if (length === 0) return;
    const elsewhere = caret.start === 0 && caret.end === 0 ? length : 0;
    place.element.setSelectionRange(elsewhere, elsewhere);
    place.element.setSelectionRange(caret.start, caret.end, caret.direction);
  } else if (place.kind === 'rich' && !(getRootNode(place.host) instanceof ShadowRoot)) {
    // Not in a shadow tree: a selection that a script sets there shows the page nodes of a closed root.
    select(place.host, 0, place.host, 0);
    setCaret(place, caret);
  }
}
