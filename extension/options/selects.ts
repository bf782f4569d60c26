// Settings that are a choice of a few.

import { localized } from '../shared/browser';
import { prune } from '../shared/history';
import type { Answers } from '../shared/messages';
import { byId, make, onChange } from '../shared/page';
import { changeSettings, isLocked, merged } from '../shared/settings';

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly how: string;
  readonly usual: string;
  readonly options: Readonly<Record<string, string>>;
  /** Where a value of one's own can be written too. */
  readonly own?: Own;
}

interface Own {
  readonly label: string;
  readonly wrong: string;
  /** What every such value has in it. */
  readonly has: string;
}

const LOUDNESS = {
  off: localized('loudnessOff'),
  note: localized('loudnessNote'),
  warn: localized('loudnessWarn'),
  block: localized('loudnessBlock'),
};

/** Stands for the variable's name in a form of one's own, as in `src/placeholder.rs`. */
const NAME = '{name}';

const GENERAL: readonly Choice[] = [
  {
    key: 'mode',
    label: localized('modeLabel'),
    how: localized('modeHow'),
    usual: 'warn',
    options: { monitor: localized('modeMonitor'), warn: localized('modeWarn'), block: localized('modeBlock') },
  },
  {
    key: 'placeholder',
    label: localized('placeholderLabel'),
    how: localized('placeholderHow'),
    usual: 'code',
    options: {
      code: localized('placeholderCode'),
      shell: localized('placeholderShell'),
      words: localized('placeholderWords'),
      [`op://Private/${NAME}/credential`]: localized('placeholderVault'),
    },
    own: { label: localized('placeholderOwn'), wrong: localized('placeholderOwnWrong'), has: NAME },
  },
  {
    key: 'retentionDays',
    label: localized('retentionLabel'),
    how: localized('retentionHow'),
    usual: '90',
    options: {
      0: localized('retentionNone'),
      7: localized('retentionWeek'),
      30: localized('retentionMonth'),
      90: localized('retentionQuarter'),
      365: localized('retentionYear'),
    },
  },
];

const CLASSES: readonly Choice[] = [
  {
    key: 'loudnessCertain',
    label: localized('certainLabel'),
    how: localized('certainHow'),
    usual: 'warn',
    options: LOUDNESS,
  },
  {
    key: 'loudnessLikely',
    label: localized('likelyLabel'),
    how: localized('likelyHow'),
    usual: 'warn',
    options: LOUDNESS,
  },
  {
    key: 'loudnessPossible',
    label: localized('possibleLabel'),
    how: localized('possibleHow'),
    usual: 'warn',
    options: LOUDNESS,
  },
  {
    key: 'loudnessDoubtful',
    label: localized('doubtfulLabel'),
    how: localized('doubtfulHow'),
    usual: 'note',
    options: LOUDNESS,
  },
  { key: 'loudnessTest', label: localized('testLabel'), how: localized('testHow'), usual: 'note', options: LOUDNESS },
];

/** Keys whose stored value is a number. */
const NUMBERS = new Set(['retentionDays']);

export function showSelects(settings: Answers['settings']): void {
  place(byId('choices'), GENERAL, settings);
  place(byId('classes'), CLASSES, settings);
}

function place(parent: HTMLElement, choices: readonly Choice[], { own, policy }: Answers['settings']): void {
  const values = merged(own, policy);
  for (const choice of choices) {
    const select = (document.getElementById(choice.key) ?? added(parent, choice)) as HTMLSelectElement;
    const value = String(values[choice.key] ?? choice.usual);
    if (choice.own) showOwn(choice, choice.own, select, value);
    // A value that is none of ours is named as a problem above; the engine then uses its default.
    select.value = value;
    if (select.value !== value) select.value = choice.usual;
    const locked = isLocked(choice.key, policy);
    select.disabled = locked;
    if (choice.own) ownField(choice).disabled = locked;
    byId(`${choice.key}-locked`).hidden = !locked;
    describe(select, choice.key, locked);
  }
}

/** A description that is hidden would be read out all the same. */
function describe(field: HTMLElement, key: string, locked: boolean): void {
  field.setAttribute('aria-describedby', locked ? `${key}-how ${key}-locked` : `${key}-how`);
}

/** A value of one's own is one more choice, as long as it is set. */
function showOwn(choice: Choice, { has }: Own, select: HTMLSelectElement, value: string): void {
  const { options } = choice;
  const own = !Object.hasOwn(options, value) && value.includes(has);
  for (const option of [...select.options]) if (!Object.hasOwn(options, option.value)) option.remove();
  if (own) select.append(make('option', { value }, value));
  ownField(choice).value = own ? value : '';
}

function ownField({ key }: Choice): HTMLInputElement {
  return byId<HTMLInputElement>(`${key}-own`);
}

function ownParts({ key }: Choice, { label, wrong, has }: Own): readonly HTMLElement[] {
  const id = `${key}-own`;
  const input = make('input', { id, type: 'text', autocomplete: 'off', spellcheck: 'false', dir: 'ltr' });
  onChange(input, async () => {
    const value = input.value.trim();
    if (value !== '' && !value.includes(has)) throw new Error(wrong);
    await changeSettings(() => ({ [key]: value === '' ? undefined : value }));
  });
  return [make('label', { for: id, class: 'small' }, label), input];
}

function added(parent: HTMLElement, choice: Choice): HTMLSelectElement {
  const { key, label, how, options, own } = choice;
  const items = Object.entries(options).map(([value, text]) => make('option', { value }, text));
  const select = make('select', { id: key }, ...items);
  onChange(select, async () => {
    const value = NUMBERS.has(key) ? Number(select.value) : select.value;
    await changeSettings(() => ({ [key]: value }));
    if (key === 'retentionDays') await prune(Number(value));
  });
  const words = make(
    'div',
    {},
    make('label', { for: key }, label),
    make('p', { class: 'quiet small', id: `${key}-how` }, how),
    make('p', { class: 'quiet small', id: `${key}-locked` }, localized('optionsLocked')),
  );
  if (own) words.append(...ownParts(choice, own));
  parent.append(make('div', { class: 'field' }, words, select));
  return select;
}
