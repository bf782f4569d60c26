// The warning's elements. Looks only: what it says is decided in words.ts, when its buttons work in gate.ts.

import { localized } from '../../shared/browser';
import { element } from './dom';
import { icon } from './icon';
import type { Button, Phrase, Row, Wording } from './words';

export interface Panel {
  readonly dialog: HTMLDialogElement;
  readonly keepOut: HTMLButtonElement;
  readonly buttons: readonly HTMLButtonElement[];
  /** Buttons that let something into the page. */
  readonly releases: readonly HTMLButtonElement[];
  /** The findings, if there are several. */
  readonly list: HTMLElement | null;
  /** Empty until something has to be said about the warning itself. */
  readonly trouble: HTMLElement;
}

export function panel(owner: Document, words: Wording): Panel {
  const buttons = words.buttons.map((shown) => button(owner, shown));
  const [keepOut, ...releases] = buttons as [HTMLButtonElement, ...HTMLButtonElement[]];
  const findings = words.rows.length === 0 ? null : list(owner, words);
  const trouble = element(owner, 'p', { class: 'trouble', role: 'status' });
  const dialog = element(
    owner,
    'dialog',
    {
      role: 'alertdialog',
      'aria-modal': 'true',
      'aria-labelledby': 'title',
      'aria-describedby': 'message',
      // A click on the text or beside the card leaves the focus in the warning, not in the page's body.
      tabindex: '-1',
      lang: localized('language'),
      dir: localized('direction'),
    },
    element(owner, 'p', { class: 'brand' }, icon(owner), localized('extName')),
    element(owner, 'h2', { id: 'title' }, words.title),
    words.masked === null ? null : element(owner, 'p', { class: 'value' }, code(owner, words.masked)),
    words.place === null ? null : place(owner, words.place, 'p'),
    findings,
    element(
      owner,
      'div',
      { id: 'message' },
      words.reason === null ? null : element(owner, 'p', {}, words.reason),
      sentence(owner, words.destination),
      ...words.notes.map((note) => element(owner, 'p', { class: 'note' }, note)),
    ),
    element(owner, 'div', { class: 'choices' }, ...buttons),
    // Below the buttons, so that they do not move under a pointer when it comes or goes.
    trouble,
  );
  return { dialog, keepOut, buttons, releases, list: findings, trouble };
}

/** Where Tab leads, in order: the list too while it scrolls, since it is read with the arrow keys then. */
export function stops(shown: Panel): readonly HTMLElement[] {
  const { list, buttons } = shown;
  return list !== null && list.scrollHeight > list.clientHeight ? [list, ...buttons] : buttons;
}

/** Only looks and the accessibility tree: whether a click counts is asked of the gate at the click. */
export function showReleases(shown: Panel, ready: boolean): void {
  for (const release of shown.releases) {
    if (ready) release.removeAttribute('aria-disabled');
    else release.setAttribute('aria-disabled', 'true');
  }
}

function button(owner: Document, { choice, label }: Button): HTMLButtonElement {
  const content = typeof label === 'string' ? [label] : [label.before, code(owner, label.part), label.after];
  const made = element(
    owner,
    'button',
    { type: 'button', 'data-choice': choice },
    element(owner, 'span', {}, ...content),
  );
  if (choice === 'keep-out') made.autofocus = true;
  return made;
}

function list(owner: Document, words: Wording): HTMLElement {
  const more = words.more === null ? null : element(owner, 'li', { class: 'more' }, words.more);
  return element(
    owner,
    'ul',
    { tabindex: '0', 'aria-labelledby': 'title' },
    ...words.rows.map((row) => item(owner, row)),
    more,
  );
}

function item(owner: Document, row: Row): HTMLElement {
  const replacement =
    row.replacement === null
      ? null
      : element(owner, 'span', { class: 'instead' }, arrow(owner), code(owner, row.replacement));
  return element(
    owner,
    'li',
    {},
    element(owner, 'span', { class: 'name' }, row.name),
    ' ',
    element(owner, 'span', { class: 'tag' }, row.tag),
    row.place === null ? null : place(owner, row.place, 'span'),
    element(owner, 'span', { class: 'values' }, code(owner, row.masked), replacement),
  );
}

/** A file and a line: its own words, whatever the language of ours. */
function place(owner: Document, words: string, name: 'p' | 'span'): HTMLElement {
  return element(owner, name, { class: 'place' }, element(owner, 'bdi', {}, words));
}

function arrow(owner: Document): HTMLElement {
  const points = localized('direction') === 'rtl' ? '← ' : '→ ';
  return element(owner, 'span', { 'aria-hidden': 'true' }, points);
}

function sentence(owner: Document, { before, part, after }: Phrase): HTMLElement {
  return element(owner, 'p', {}, before, element(owner, 'bdi', { dir: 'ltr' }, part), after);
}

/** Keys and code read from left to right in every language. */
function code(owner: Document, text: string): HTMLElement {
  return element(owner, 'code', { dir: 'ltr' }, text);
}
