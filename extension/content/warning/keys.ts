// The keys of what takes no focus: the chip beside a field, and the line about what was let through.

import { localized } from '../../shared/browser';
import { element } from './dom';

type Letter = 'K' | 'L';

const combination = (letter: Letter) => `Alt+Shift+${letter}`;

export function shortcut(letter: Letter): Record<string, string> {
  return { 'aria-keyshortcuts': combination(letter) };
}

export function keys(letter: Letter): HTMLElement {
  return element(document, 'kbd', { 'aria-hidden': 'true' }, combination(letter));
}

/**
 * What belongs into the announcement and not into the picture: somebody who only hears that a key was found would have to look for the
 * buttons to learn that there are keys.
 */
export function toBeHeard(...actions: readonly (readonly [string, Letter])[]): HTMLElement {
  const words = actions.map(([label, letter]) => `${localized('labelWith', [label, combination(letter)])}.`);
  return element(document, 'span', { class: 'heard' }, ` ${words.join(' ')}`);
}
