// Every kind of key that is known, to look one up, to learn how it is told, and to make it louder or turn it off.

import { localized } from '../shared/browser';
import { counted } from '../shared/counted';
import type { Answers, Kind } from '../shared/messages';
import { byId, linkOr, make, onChange, onPress } from '../shared/page';
import { changeSettings, isLocked, merged, textsOf } from '../shared/settings';

/** More than a screenful; the search is how one finds a kind among hundreds. */
const PAGE = 25;

/** More words than this nobody reads. */
const WORDS = 6;

const KINDS = {
  live: localized('kindLive'),
  test: localized('kindTest'),
  publishable: localized('kindPublishable'),
  example: localized('kindExample'),
} as const;

let kinds: readonly Kind[] = [];
let settings: Answers['settings'] | null = null;
let limit = PAGE;

export function takeKinds(all: readonly Kind[]): void {
  kinds = all;
  byId('search').addEventListener('input', () => {
    limit = PAGE;
    show();
  });
  onPress(byId('more'), () => {
    limit += PAGE * 4;
    show();
  });
}

export function showKinds(now: Answers['settings']): void {
  settings = now;
  show();
}

function show(): void {
  const words = byId<HTMLInputElement>('search').value.toLowerCase().split(/\s+/);
  const all = [...kinds, ...(settings?.added ?? [])];
  const found = all.sort(byProvider).filter((kind) => {
    const text = `${kind.provider} ${kind.name} ${kind.id} ${kind.variable} ${KINDS[kind.kind]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  byId('found').textContent = counted('optionsFound', found.length);
  byId('kinds-list').replaceChildren(...found.slice(0, limit).map(item));
  byId('more').hidden = found.length <= limit;
}

function byProvider(one: Kind, other: Kind): number {
  return one.provider.localeCompare(other.provider) || one.name.localeCompare(other.name);
}

function item(kind: Kind): HTMLElement {
  const id = `kind-${kind.id}`;
  const title = make(
    'div',
    {},
    make(isQuiet(kind) ? 'span' : 'label', isQuiet(kind) ? {} : { for: id }, make('strong', {}, kind.name)),
    ' ',
    make('span', { class: 'quiet' }, kind.provider),
    ' ',
    make('span', { class: 'tag' }, KINDS[kind.kind]),
  );
  const links = kind.docs === '' ? null : make('p', { class: 'small' }, docs(kind));
  const told = make(
    'p',
    { class: 'quiet small', id: `${id}-how` },
    explanation(kind),
    ' ',
    make('code', { dir: 'ltr' }, kind.id),
  );
  const words = make('div', {}, title, told, links);
  return make('li', {}, make('div', { class: 'field' }, words, isQuiet(kind) ? null : choice(kind, id)));
}

function docs({ id, name, docs }: Kind): HTMLElement | string {
  const link = linkOr(docs, localized('kindDocs'));
  if (typeof link === 'string') return link;
  link.setAttribute('aria-label', localized('labelWith', [localized('kindDocs'), name]));
  // A few kinds of one provider have one name.
  link.setAttribute('aria-describedby', `kind-${id}-how`);
  return link;
}

function explanation({ kind, proof, words, variable, certainty }: Kind): string {
  const sentences = kind === 'publishable' || kind === 'example' ? [localized('kindNever')] : [];
  if (words.length > 0) sentences.push(localized('kindWords', [words.slice(0, WORDS).join(', ')]));
  else sentences.push(localized(certainty === 'doubtful' ? 'kindGeneric' : 'kindShape'));
  if (proof) sentences.push(localized('kindProof'));
  sentences.push(localized('kindVariable', [variable]));
  return sentences.join(' ');
}

/** A key that is meant to be public, or printed in documentation, is never held: there is nothing to choose. */
function isQuiet({ kind }: Kind): boolean {
  return kind === 'publishable' || kind === 'example';
}

function choice({ id: rule }: Kind, id: string): HTMLElement {
  const { own = {}, policy = {} } = settings ?? {};
  const values = merged(own, policy);
  const select = make(
    'select',
    { id, 'aria-describedby': `${id}-how` },
    make('option', { value: 'usual' }, localized('ruleUsual')),
    make('option', { value: 'block' }, localized('ruleBlock')),
    make('option', { value: 'off' }, localized('ruleOff')),
  );
  const off = textsOf(values.offRules).includes(rule);
  select.value = off ? 'off' : textsOf(values.blockRules).includes(rule) ? 'block' : 'usual';
  select.disabled = isLocked('offRules', policy) || isLocked('blockRules', policy);
  onChange(select, () =>
    changeSettings(({ offRules, blockRules }) => ({
      offRules: changed(offRules, rule, select.value === 'off'),
      blockRules: changed(blockRules, rule, select.value === 'block'),
    })),
  );
  return select;
}

function changed(list: unknown, rule: string, wanted: boolean): string[] {
  const others = textsOf(list).filter((known) => known !== rule);
  return wanted ? [...others, rule] : others;
}
