// How a masked value is shown, and how it is said. Screen readers read each dot of a mask, or skip them all, and then two halves sound like a
// whole value: so the mask is one sign with a name.

import { element } from '../content/warning/dom';
import { localized } from './browser';

const MASK = /(•+)/;

export function masked(owner: Document, text: string): (Node | string)[] {
  return text
    .split(MASK)
    .map((part) =>
      MASK.test(part) ? element(owner, 'span', { role: 'img', 'aria-label': localized('maskedPart') }, part) : part,
    );
}

/** For a label, which has no elements. */
export function spoken(text: string): string {
  return text.replace(MASK, ` ${localized('maskedPart')} `);
}
