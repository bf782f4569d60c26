// What a press would set off. No page says which of its buttons sends, so every button counts but those that say that they do something
// else; a question too many is asked once for each key, a button too few lets it out.

import { shadowRootOf } from '../../shared/browser';
import { deepFocus, page, parentNode } from '../natives';

const BUTTONS = 'button, [role=button], [type=submit], input[type=button], input[type=image]';

/** Menus, switches and tabs. */
const ELSEWHERE =
  '[aria-haspopup]:not([aria-haspopup=false]), [aria-expanded], [aria-pressed], [role=tab], [role=switch], [role=checkbox], [role=radio], [type=reset], [popovertarget]';

/** What a press on it does is known, and it is not sending. */
const KNOWN =
  'a[href], label, select, input, textarea, summary, video, audio, [contenteditable]:not([contenteditable=false])';

/** An element that only looks like a button must stand near the field: so many elements above it at most is what both have in common. */
const NEAR = 6;

/** The element that a press activates, or null where it is none that could send. */
export function activatorOf(event: MouseEvent | TouchEvent, fields: readonly Element[]): Element | null {
  const target = innermost(event);
  if (target === null) return null;
  for (let at: Node | null = target; at !== null; at = above(at)) {
    if (!(at instanceof Element)) continue;
    if (at.matches(BUTTONS)) return at.matches(ELSEWHERE) ? null : at;
    if (at.matches(KNOWN)) return null;
  }
  const looks = getComputedStyle(target).cursor === 'pointer';
  return looks && fields.some((field) => isNear(field, target)) ? target : null;
}

/** The pressed element in shadow roots too; of a closed one the event names only the host. */
function innermost(event: MouseEvent | TouchEvent): Element | null {
  const first = event.composedPath()[0];
  if (!(first instanceof Element)) return null;
  if (!('clientX' in event) || (event.type === 'click' && event.detail === 0)) return deepFocus(first);
  let element = first;
  for (;;) {
    const inner = shadowRootOf(element)?.elementFromPoint(event.clientX, event.clientY) ?? null;
    if (inner === null || inner === element) return element;
    element = inner;
  }
}

/** The parent, out of shadow roots too. */
export function above(node: Node): Node | null {
  return parentNode(node) ?? (node instanceof ShadowRoot ? node.host : null);
}

function isNear(field: Element, target: Element): boolean {
  let at: Node | null = field;
  for (let step = 0; step < NEAR && at !== null && at !== page.body; step++) {
    for (let inner: Node | null = target; inner !== null; inner = above(inner)) if (inner === at) return true;
    at = above(at);
  }
  return false;
}
