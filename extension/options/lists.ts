// The lists of sites.

import { localized } from '../shared/browser';
import type { Answers } from '../shared/messages';
import { attempt, button, byId, labelWith, make } from '../shared/page';
import { changeSettings, isLocked, merged, textsOf } from '../shared/settings';

const LISTS = [
  { key: 'offSites', label: localized('offSitesLabel'), how: localized('offSitesHow') },
  { key: 'trustedSites', label: localized('trustedSitesLabel'), how: localized('trustedSitesHow') },
  { key: 'lastNet', label: localized('lastNetLabel'), how: localized('lastNetHow') },
];

export function showLists({ own, policy }: Answers['settings']): void {
  const values = merged(own, policy);
  for (const { key, label, how } of LISTS) {
    if (document.getElementById(key) === null) add(key, label, how);
    const locked = isLocked(key, policy);
    const items = textsOf(values[key]).map((site) => item(key, site, locked));
    if (items.length === 0) items.push(make('li', { class: 'quiet' }, localized('listEmpty')));
    byId(`${key}-list`).replaceChildren(...items);
    byId<HTMLInputElement>(key).disabled = locked;
    byId<HTMLButtonElement>(`${key}-add`).disabled = locked;
    byId(`${key}-locked`).hidden = !locked;
    byId(key).setAttribute('aria-describedby', locked ? `${key}-how ${key}-locked` : `${key}-how`);
  }
}

function item(key: string, site: string, locked: boolean): HTMLElement {
  const take = button(
    localized('remove'),
    () => changeSettings((values) => ({ [key]: textsOf(values[key]).filter((known) => known !== site) })),
    { ...labelWith(localized('remove'), site), ...(locked ? { disabled: '' } : {}) },
  );
  return make('li', { class: 'row spread' }, make('bdi', { dir: 'ltr' }, site), take);
}

function add(key: string, label: string, how: string): void {
  const input = make('input', {
    id: key,
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    dir: 'ltr',
    ...labelWith(label, localized('siteLabel')),
  });
  const act = async () => {
    const site = hostOf(input.value);
    if (site === null) throw new Error(localized('siteWrong'));
    await changeSettings((values) => ({ [key]: [...new Set([...textsOf(values[key]), site])].sort() }));
    input.value = '';
  };
  const press = button(localized('add'), act, { id: `${key}-add`, ...labelWith(localized('add'), label) });
  input.addEventListener('keydown', (event) => {
    if (event.isTrusted && event.key === 'Enter') void attempt(act);
  });
  byId('lists').append(
    make(
      'div',
      { class: 'stack' },
      make('h3', {}, label),
      make('p', { class: 'quiet small', id: `${key}-how` }, how),
      make('p', { class: 'quiet small', id: `${key}-locked` }, localized('optionsLocked')),
      make('ul', { class: 'lines', id: `${key}-list` }),
      make('label', { for: key, class: 'small' }, localized('siteLabel')),
      make('div', { class: 'row' }, input, press),
    ),
  );
}

/** A person may paste a whole address; what counts is its host. Null for what no address can be made of. */
export function hostOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || /\s/.test(trimmed)) return null;
  try {
    const { hostname } = new URL(trimmed.includes('://') ? trimmed : `https://${trimmed}`);
    return hostname === '' || hostname.includes('*') ? null : hostname;
  } catch {
    return null;
  }
}
