// Where a person types: a native field, rich text, an editor that draws its text elsewhere, or one that takes it by EditContext.

import { type Place, placeOf } from '../field';
import { isWritable } from '../insert';
import { deepFocus } from '../natives';
import { EDITORS } from './editors';

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
}

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
    if (element && source) return { element, place: placeOf(target), source };
  }
  const place = placeOf(target);
  if (place.kind === 'field')
    return isWritable(place.element) ? { element: place.element, place, source: place.element } : null;
  if (place.kind === 'rich') return { element: place.host, place, source: place.host };
  const { editContext } = target as { editContext?: EditContext | null };
  return editContext ? { element: target, place, source: editContext } : null;
}
