// Rules of one's own, checked while they are written, and a box to try a text in. Both ask the engine of this page, so that what is tried
// goes nowhere, and what is not saved yet can be tried.

import { localized } from '../shared/browser';
import { counted } from '../shared/counted';
import { withEngine } from '../shared/engine';
import type { Answers, Explained, Kind, Refused } from '../shared/messages';
import { attempt, byId, make, maskedCode, onPress, say } from '../shared/page';
import { readSecrets } from '../shared/secrets';
import { changeSettings, forEngine, isLocked, merged, rulesOf, type Values } from '../shared/settings';

/** A person who pauses this long wants to see what is wrong. */
const PAUSE_MS = 300;

/** As in docs/company-rules.md. The pattern has a literal of its own, which is what most rules need. */
const EXAMPLE = `provider = "Acme"

[[rule]]
id = "acme-deploy-key"
name = "Acme deploy key"
env = "ACME_DEPLOY_KEY"
severity = "critical"
pattern = 'acmedk_[A-Za-z0-9]{32}'
`;

const VERDICTS = {
  allow: localized('triedAllow'),
  note: localized('triedNote'),
  warn: localized('triedWarn'),
  block: localized('triedBlock'),
} as const;

let settings: Answers['settings'] | null = null;
let names: ReadonlyMap<string, Kind> = new Map();
let timer: ReturnType<typeof setTimeout> | undefined;

const written = () => byId<HTMLTextAreaElement>('rules-text');

export function offerRules(): void {
  const field = written();
  for (const box of [field, byId('tried-text')]) box.addEventListener('input', soon);
  onPress(byId('rules-example'), () => {
    field.value =
      field.value.trim() === '' ? EXAMPLE : `${field.value.trimEnd()}\n\n${EXAMPLE.slice(EXAMPLE.indexOf('[['))}`;
    field.focus();
    soon();
  });
  onPress(byId('rules-save'), async () => {
    const text = field.value;
    await changeSettings(() => ({ customRules: text.trim() === '' ? undefined : text }));
    say(localized('rulesSaved'));
  });
}

export async function showRules(now: Answers['settings'], kinds: ReadonlyMap<string, Kind>): Promise<void> {
  const { own, policy } = now;
  const before = textOf(settings?.own ?? {});
  settings = now;
  names = kinds;
  const field = written();
  // What is being written stays; what another window has saved comes.
  if (field.value === before) field.value = textOf(own);
  const locked = isLocked('customRules', policy);
  field.disabled = locked;
  for (const id of ['rules-save', 'rules-example']) byId<HTMLButtonElement>(id).disabled = locked;
  byId('rules-locked').hidden = !locked;
  const company = Array.isArray(policy.companyRules) ? policy.companyRules.length : 0;
  byId('rules-company').hidden = company === 0;
  await check();
}

function textOf({ customRules }: Values): string {
  return typeof customRules === 'string' ? customRules : '';
}

function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void attempt(check), PAUSE_MS);
}

/** Says what is wrong with the rules as they are written, and what is found in the text as it stands. */
async function check(): Promise<void> {
  const text = byId<HTMLTextAreaElement>('tried-text').value;
  const { own = {}, policy = {} } = settings ?? {};
  const values = merged({ ...own, customRules: written().value }, policy);
  const rules = rulesOf(values);
  // Nothing is loaded for whoever uses neither.
  if (Object.keys(rules).length === 0 && text === '') {
    showRulesFound([], []);
    byId('tried-found').replaceChildren();
    return;
  }
  const { store } = await readSecrets();
  const { kinds, refused, found } = await withEngine((engine) => {
    const { kinds, refused } = engine.setCompanyRules(rules);
    engine.setOwnSecrets(store);
    return { kinds, refused, found: text === '' ? null : engine.explain(text, forEngine(values)) };
  });
  showRulesFound(kinds, refused);
  byId('tried-found').replaceChildren(...(found === null ? [] : tried(found)));
}

function showRulesFound(kinds: readonly Kind[], refused: readonly Refused[]): void {
  byId('rules-used').textContent =
    kinds.length === 0 ? '' : counted('rulesUsed', kinds.length, kinds.map(({ name }) => name).join(', '));
  const list = byId('rules-wrong');
  list.replaceChildren(...refused.map(refusal));
  list.hidden = refused.length === 0;
}

export function refusal({ file, rule, reason }: Refused): HTMLElement {
  const whose = file === 'customRules' ? null : make('span', { class: 'tag' }, localized('rulesOfCompany'));
  // The engine's words: they name parts of the rule, which is written in no language.
  const words = make('span', { lang: 'en', dir: 'ltr' }, reason);
  return make('li', {}, rule === '' ? null : make('strong', { dir: 'ltr' }, rule), ' ', whose, ' ', words);
}

function tried(found: readonly Explained[]): HTMLElement[] {
  if (found.length === 0) return [make('li', { class: 'quiet' }, localized('triedNothing'))];
  return found.map(({ rule, name, certainty, masked, verdict }) => {
    const title = make(
      'div',
      { class: 'row' },
      make('strong', {}, name || (names.get(rule)?.name ?? rule)),
      maskedCode(masked),
      make('span', { class: 'tag' }, localized(certainty)),
    );
    const about = make('p', { class: 'quiet small' }, VERDICTS[verdict], ' ', make('code', { dir: 'ltr' }, rule));
    return make('li', {}, title, about);
  });
}
