// Keys with their age: those that a person should do something about, and all others that were caught or registered.

import { localized } from '../shared/browser';
import { dueItem, itemOf } from '../shared/due';
import { forgetSecret } from '../shared/engine';
import { allSeen, isDue, type Seen } from '../shared/history';
import { byId, dateOf, make, maskedCode, onPress } from '../shared/page';
import { OWN_SECRET, type Registered, readSecrets, snoozeSecret } from '../shared/secrets';
import { since } from '../shared/since';

/** Keys that need nothing are looked up, not read through. */
const PAGE = 25;

let limit = PAGE;

const WEEK = 7 * 24 * 60 * 60_000;

interface Key {
  readonly seen: Seen;
  /** How old it is, in words. */
  readonly age: string;
  due(shown: Shown): HTMLElement;
}

export interface Shown {
  nameOf(rule: string): string;
  /** The plan of a rule, to be opened. */
  plan(rule: string): HTMLElement;
}

export async function showKeys(shown: Shown): Promise<void> {
  const now = Date.now();
  const keys = [...(await allSeen()).map(caught), ...(await readSecrets()).registered.map(registered)];
  keys.sort((one, other) => other.seen.sent - one.seen.sent || one.seen.first - other.seen.first);
  const due = keys.filter(({ seen }) => isDue(seen, now));
  const others = keys.filter(({ seen }) => !isDue(seen, now));
  byId('due').hidden = due.length === 0;
  byId('due-list').replaceChildren(...due.map((key) => key.due(shown)));
  const items = others.slice(0, limit).map((key) => item(key, shown, now));
  byId('keys-more').hidden = others.length <= limit;
  if (items.length === 0) items.push(make('li', { class: 'quiet' }, localized('keysNone')));
  byId('keys-list').replaceChildren(...items);
}

export function offerMoreKeys(shown: Shown): void {
  onPress(byId('keys-more'), () => {
    limit += PAGE * 4;
    return showKeys(shown);
  });
}

function caught(seen: Seen): Key {
  const { rule, first } = seen;
  return {
    seen,
    age: localized('keysFirst', [dateOf(first), since(first)]),
    due: (shown) => dueItem(seen, shown.nameOf(rule), () => showKeys(shown), shown.plan(rule)),
  };
}

function registered({ id, label, since: first, snoozed }: Registered): Key {
  const silent = snoozed ?? Number.POSITIVE_INFINITY;
  const act = {
    why: localized('dueOwn', [dateOf(first)]),
    done: () => forgetSecret(id),
    later: () => snoozeSecret(id, Date.now() + WEEK),
    never: () => snoozeSecret(id, null),
  };
  return {
    seen: { fingerprint: id, rule: OWN_SECRET, masked: label, first, sent: 0, snoozed: silent },
    age: localized('keysRegistered', [dateOf(first), since(first)]),
    due: (shown) =>
      itemOf({ name: shown.nameOf(OWN_SECRET), masked: label, ...act }, () => showKeys(shown), shown.plan(OWN_SECRET)),
  };
}

function title({ seen }: Key, { nameOf }: Shown): HTMLElement {
  const masked = maskedCode(seen.masked, seen.rule === OWN_SECRET ? 'auto' : 'ltr');
  return make('div', { class: 'row' }, make('strong', {}, nameOf(seen.rule)), masked);
}

function item(key: Key, shown: Shown, now: number): HTMLElement {
  const { snoozed } = key.seen;
  const silent = Number.isFinite(snoozed) ? localized('keysLater', [dateOf(snoozed)]) : localized('keysSilent');
  const about = snoozed > now ? `${key.age} · ${silent}` : key.age;
  return make('li', {}, title(key, shown), make('p', { class: 'quiet small' }, about));
}
