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
 * What is announced, and what each key does: somebody who only hears that a key was found would have to look for the buttons to learn of
 * them. One piece of text, because what stands in elements of its own is not in the announcement.
 */
export function announcement(words: string, ...actions: readonly (readonly [string, Letter])[]): string {
  return [words, ...actions.map(([label, letter]) => `${localized('labelWith', [label, combination(letter)])}.`)].join(
    ' ',
  );
}

/** Where it is announced: not to be seen, since the words stand beside it for eyes. */
export function announcer(): HTMLElement {
  return element(document, 'span', { class: 'heard', role: 'status' });
}
