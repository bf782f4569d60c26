// A key that a person should do something about, in the popup and in the history: why, and what can be said to it.

import { localized } from './browser';
import { forget, later, type Seen, snooze } from './history';
import { spoken } from './masked';
import { button, dateOf, labelWith, make, maskedCode } from './page';

export interface Due {
  readonly name: string;
  readonly masked: string;
  readonly why: string;
  done(): Promise<void>;
  later(): Promise<void>;
  never(): Promise<void>;
}

/** `changed`: something was said, and the list is to be read again. */
export function dueItem(
  seen: Seen,
  name: string,
  changed: () => Promise<void>,
  ...more: readonly HTMLElement[]
): HTMLElement {
  const { masked, sent, first, fingerprint } = seen;
  const due: Due = {
    name,
    masked,
    why: sent > 0 ? localized('dueSent', [dateOf(sent)]) : localized('dueOld', [dateOf(first)]),
    done: () => forget(fingerprint),
    later: () => snooze(fingerprint, later(seen)),
    never: () => snooze(fingerprint, Number.POSITIVE_INFINITY),
  };
  return itemOf(due, changed, ...more);
}

export function itemOf(due: Due, changed: () => Promise<void>, ...more: readonly HTMLElement[]): HTMLElement {
  const { name, masked, why } = due;
  const title = make('div', { class: 'row' }, make('strong', {}, name), maskedCode(masked));
  const act = (label: string, step: () => Promise<void>) =>
    button(
      label,
      async () => {
        await step();
        await changed();
      },
      { class: 'link', ...labelWith(label, `${name} ${spoken(masked)}`) },
    );
  return make(
    'li',
    {},
    title,
    make('p', { class: 'quiet small' }, why),
    make(
      'div',
      { class: 'row' },
      act(localized('dueDone'), () => due.done()),
      act(localized('dueLater'), () => due.later()),
      act(localized('dueNever'), () => due.never()),
    ),
    ...more,
  );
}
