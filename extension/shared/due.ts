// A key that a person should do something about, in the popup and in the history: why, and what can be said to it.

import { localized } from './browser';
import { forget, later, type Seen, snooze } from './history';
import { button, dateOf, labelWith, make } from './page';

/** `changed`: something was said, and the list is to be read again. */
export function dueItem(
  seen: Seen,
  name: string,
  changed: () => Promise<void>,
  ...more: readonly HTMLElement[]
): HTMLElement {
  const { masked, sent, first, fingerprint } = seen;
  const title = make('div', { class: 'row' }, make('strong', {}, name), make('code', { dir: 'ltr' }, masked));
  const why = sent > 0 ? localized('dueSent', [dateOf(sent)]) : localized('dueOld', [dateOf(first)]);
  const act = (label: string, step: () => Promise<void>) =>
    button(
      label,
      async () => {
        await step();
        await changed();
      },
      { class: 'link', ...labelWith(label, `${name} ${masked}`) },
    );
  return make(
    'li',
    {},
    title,
    make('p', { class: 'quiet small' }, why),
    make(
      'div',
      { class: 'row' },
      act(localized('dueDone'), () => forget(fingerprint)),
      act(localized('dueLater'), () => snooze(fingerprint, later(seen))),
      act(localized('dueNever'), () => snooze(fingerprint, Number.POSITIVE_INFINITY)),
    ),
    ...more,
  );
}
