// Where a person types: a native field, rich text, an editor that draws its text elsewhere, or one that takes it by EditContext.

import { isHidden, type Place, placeOf } from '../field';
import { isWritable } from '../insert';
import { deepFocus, type Field, page, parentNode } from '../natives';
import { EDITORS, KEEPERS } from './editors';

/** Text that Chromium hands to a script instead of a field: https://w3c.github.io/edit-context/ */
export interface EditContext {
  readonly text: string;
  readonly selectionEnd: number;
}

export interface Spot {
  /** What stands for the whole spot: the field, the editing host, the editor. */
  readonly element: Element;
  readonly place: Place;
  /** Where its text can be read. */
  readonly source: Element | EditContext;
  /** Where the text of a field is drawn that nobody can see: editors and terminals empty such a field again and again. */
  readonly drawn: Element | null;
}

/** An editor's hidden field lies this near to what the editor draws. */
const NEAR = 5;

/** Smaller than this nobody can write in. */
const LEAST = { width: 40, height: 12 };

/** Typing asks for the same element again and again. */
let last: { readonly target: Element; readonly spot: Spot } | null = null;

export function spotOf(event: Event): Spot | null {
  const first = event.composedPath()[0];
  if (!(first instanceof Element)) return null;
  const target = deepFocus(first);
  if (last?.target === target) return last.spot;
  const spot = spotAt(target);
  if (spot !== null) last = { target, spot };
  return spot;
}

export function spotAt(target: Element): Spot | null {
  for (const { root, lines } of EDITORS) {
    const element = target.closest(root);
    const source = element?.querySelector(lines);
    if (element && source) return { element, place: placeOf(target), source, drawn: null };
  }
  const place = placeOf(target);
  if (place.kind === 'field') {
    const { element } = place;
    if (!isWritable(element)) return null;
    return { element, place, source: element, drawn: isHidden(place) ? drawnAround(element) : null };
  }
  if (place.kind === 'rich') return { element: place.host, place, source: place.host, drawn: null };
  const { editContext } = target as { editContext?: EditContext | null };
  return editContext ? { element: target, place, source: editContext, drawn: null } : null;
}

function drawnAround(field: Field): Element | null {
  if (field.closest(KEEPERS) !== null) return null;
  let node = parentNode(field);
  for (let steps = 0; steps < NEAR && node instanceof Element && node !== page.body; steps++) {
    const { width, height } = node.getBoundingClientRect();
    if (width >= LEAST.width && height >= LEAST.height) return node;
    node = parentNode(node);
  }
  return null;
}
