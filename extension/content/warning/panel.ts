// The warning's elements. Looks only: what it says is decided in words.ts, when its buttons work in gate.ts.

import { localized } from '../../shared/browser';
import { masked } from '../../shared/masked';
import { element } from './dom';
import { icon } from './icon';
import type { Button, Group, Phrase, Row, Wording } from './words';

export interface Panel {
  readonly dialog: HTMLDialogElement;
  /** Empty until something has to be said about the warning itself. */
  readonly trouble: HTMLElement;
  readonly keepOut: HTMLButtonElement;
  /** In the order in which Tab goes through them. */
  readonly buttons: readonly HTMLButtonElement[];
  /** Buttons that let something into the page. */
  readonly releases: readonly HTMLButtonElement[];
  /** Where Tab leads, in order. */
  stops(): readonly HTMLElement[];
  /** Only looks and the accessibility tree: whether a click counts is asked of the gate at the click. */
  showReleases(ready: boolean): void;
  /** Shows something else. The focus goes to the button that is like `focused`, or to the one that keeps the text out. */
  show(words: Wording, focused: HTMLElement | null): void;
}

export function panel(owner: Document, words: Wording): Panel {
  const trouble = element(owner, 'p', { class: 'trouble', role: 'status' });
  const dialog = element(
    owner,
    'dialog',
    {
      role: 'alertdialog',
      'aria-modal': 'true',
      // A click on the text or beside the card leaves the focus in the warning, not in the page's body.
      tabindex: '-1',
      lang: localized('language'),
      dir: localized('direction'),
    },
    // Below the buttons, so that they do not move under a pointer when it comes or goes.
    trouble,
  );
  let view = viewOf(owner, words);
  dialog.prepend(view.box);
  const describe = () => {
    // Said anew: Firefox goes on telling what the elements with these names said that are gone.
    for (const [name, id] of Object.entries(TOLD)) {
      dialog.removeAttribute(name);
      dialog.setAttribute(name, id);
    }
  };
  describe();
  return {
    dialog,
    trouble,
    get keepOut() {
      return view.buttons[0] as HTMLButtonElement;
    },
    get buttons() {
      return view.buttons;
    },
    get releases() {
      return view.releases;
    },
    stops() {
      const { list, buttons } = view;
      // The list too while it scrolls without buttons in it, since it is read with the arrow keys then.
      const read = list !== null && list.tabIndex === 0 && list.scrollHeight > list.clientHeight;
      return read ? [list, ...buttons] : buttons;
    },
    showReleases(ready) {
      for (const release of view.releases) {
        if (ready) release.removeAttribute('aria-disabled');
        else release.setAttribute('aria-disabled', 'true');
      }
    },
    show(next, focused) {
      const before = view;
      view = viewOf(owner, next);
      const like = focused === null ? undefined : view.buttons.find((button) => same(button, focused));
      // Within one dialog a screen reader says nothing of a new page but the button that has the focus, which is called like the one before.
      if (like === undefined) this.keepOut.setAttribute('aria-describedby', Object.values(TOLD).join(' '));
      // The new one first: the focus goes over without a stay in the page.
      dialog.prepend(view.box);
      (like ?? this.keepOut).focus({ preventScroll: true });
      if (like !== undefined && view.list !== null) view.list.scrollTop = before.list?.scrollTop ?? 0;
      else dialog.scrollTop = 0;
      before.box.remove();
      describe();
    },
  };
}

/** What a screen reader says of the dialog when it opens. */
const TOLD = { 'aria-labelledby': 'title', 'aria-describedby': 'message' };

function same(one: HTMLElement, other: HTMLElement): boolean {
  return JSON.stringify(one.dataset) === JSON.stringify(other.dataset);
}

interface View {
  readonly box: HTMLElement;
  readonly buttons: readonly HTMLButtonElement[];
  readonly releases: readonly HTMLButtonElement[];
  readonly list: HTMLElement | null;
}

function viewOf(owner: Document, words: Wording): View {
  const buttons: HTMLButtonElement[] = [];
  const releases: HTMLButtonElement[] = [];
  const [keepOut, ...others] = words.buttons;
  const made = (shown: Button): HTMLButtonElement => {
    const one = button(owner, shown);
    buttons.push(one);
    if (shown.release) {
      releases.push(one);
      one.setAttribute('aria-disabled', 'true');
    }
    return one;
  };
  const shown = (one: Button | Group): HTMLElement => ('legend' in one ? group(owner, one, made) : made(one));
  // Whatever stands before it, keeping the text out is the first button.
  const first = keepOut === undefined ? null : shown(keepOut);
  const list = words.rows.length === 0 ? null : listOf(owner, words, made);
  const box = element(
    owner,
    'div',
    { class: 'view' },
    element(owner, 'p', { class: 'brand' }, icon(owner), localized('extName')),
    element(owner, 'h2', { id: 'title' }, words.title),
    words.masked === null ? null : element(owner, 'p', { class: 'value' }, value(owner, words.masked)),
    words.place === null ? null : place(owner, words.place, 'p'),
    list,
    element(
      owner,
      'div',
      { id: 'message' },
      words.reason === null ? null : element(owner, 'p', {}, words.reason),
      words.destination === null ? null : sentence(owner, words.destination),
      ...words.notes.map((note) => element(owner, 'p', { class: 'note' }, ...masked(owner, note))),
      ...words.sections.flatMap(({ heading, text }) => [
        element(owner, 'h3', {}, heading),
        element(owner, 'p', {}, text),
      ]),
    ),
    element(
      owner,
      'div',
      { class: 'choices' },
      first,
      ...others.filter((one) => !isQuiet(one)).map(shown),
      element(owner, 'div', { class: 'quiet' }, ...others.filter(isQuiet).map(shown)),
    ),
  );
  return { box, buttons, releases, list };
}

/** What stands in one line below the others. */
function isQuiet(one: Button | Group): boolean {
  return 'name' in one && (one.name === 'view' || one.value === 'anyway');
}

function button(owner: Document, { name, value, label, index, pressed }: Button): HTMLButtonElement {
  const made = element(
    owner,
    'button',
    { type: 'button', [`data-${name}`]: value },
    element(owner, 'span', {}, ...content(owner, label)),
  );
  if (index !== undefined) made.dataset.index = String(index);
  if (pressed !== undefined) made.setAttribute('aria-pressed', String(pressed));
  if (value === 'keep-out' && name === 'choice') made.autofocus = true;
  return made;
}

function group(owner: Document, { legend, buttons }: Group, made: (button: Button) => HTMLElement): HTMLElement {
  return element(
    owner,
    'div',
    { class: 'group', role: 'group', 'aria-label': legend },
    element(owner, 'p', { 'aria-hidden': 'true' }, legend),
    ...buttons.map(made),
  );
}

function listOf(owner: Document, words: Wording, made: (button: Button) => HTMLElement): HTMLElement {
  const more = words.more === null ? null : element(owner, 'li', { class: 'more' }, words.more);
  const focusable: Record<string, string> = words.rows.some(({ choices }) => choices !== null) ? {} : { tabindex: '0' };
  return element(
    owner,
    'ul',
    { ...focusable, 'aria-labelledby': 'title' },
    ...words.rows.map((row, index) => item(owner, row, index, made)),
    more,
  );
}

function item(owner: Document, row: Row, index: number, made: (button: Button) => HTMLElement): HTMLElement {
  const instead =
    row.instead === null
      ? null
      : element(owner, 'span', { class: 'instead' }, arrow(owner, row.instead), ...content(owner, row.instead));
  const [name, shown] = [`name-${index}`, `value-${index}`];
  return element(
    owner,
    'li',
    {},
    element(owner, 'span', { class: 'name', id: name }, row.name),
    ' ',
    element(owner, 'span', { class: 'tag' }, row.tag),
    row.place === null ? null : place(owner, row.place, 'span'),
    element(owner, 'span', { class: 'values' }, value(owner, row.masked, { id: shown }), instead),
    row.choices === null
      ? null
      : element(
          owner,
          'div',
          // Two keys of one kind are told apart by their values.
          { class: 'group', role: 'group', 'aria-labelledby': `${name} ${shown}` },
          ...row.choices.map(made),
        ),
  );
}

/** A file and a line: its own words, whatever the language of ours. */
function place(owner: Document, words: string, name: 'p' | 'span'): HTMLElement {
  return element(owner, name, { class: 'place' }, element(owner, 'bdi', {}, words));
}

/** Where code follows, nothing else says what it has to do with the value before it. */
function arrow(owner: Document, to: string | Phrase): HTMLElement {
  const points = localized('direction') === 'rtl' ? '← ' : '→ ';
  const said: Record<string, string> =
    typeof to === 'string' ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': localized('becomes') };
  return element(owner, 'span', said, points);
}

function content(owner: Document, label: string | Phrase): (Node | string)[] {
  return typeof label === 'string' ? [label] : [label.before, code(owner, label.part), label.after];
}

function sentence(owner: Document, { before, part, after }: Phrase): HTMLElement {
  return element(owner, 'p', {}, before, element(owner, 'bdi', { dir: 'ltr' }, part), after);
}

function value(owner: Document, text: string, attributes: Record<string, string> = {}): HTMLElement {
  return element(owner, 'code', { dir: 'ltr', ...attributes }, ...masked(owner, text));
}

/** Keys and code read from left to right in every language. */
function code(owner: Document, text: string): HTMLElement {
  return element(owner, 'code', { dir: 'ltr' }, text);
}
