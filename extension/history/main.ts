// The history: what was caught, where, what was decided, and what to do about a key that got out.

import { localized } from '../shared/browser';
import { catalog } from '../shared/catalog';
import { counted } from '../shared/counted';
import { allow, type Decision, type Entry, prune, readEntries, removeAll, removeEntry } from '../shared/history';
import { spoken } from '../shared/masked';
import type { Kind, Reason } from '../shared/messages';
import {
  answerTo,
  attempt,
  button,
  byId,
  dateAndTime,
  labelWith,
  make,
  maskedCode,
  nameOf as nameIn,
  onChange,
  onPress,
  save,
  say,
  showUnwritten,
  translate,
} from '../shared/page';
import { OWN_SECRET } from '../shared/secrets';
import { merged, retentionOf } from '../shared/settings';
import { chart } from './chart';
import { csv, json } from './files';
import { offerMoreKeys, showKeys } from './keys';
import { ownPlan, plan } from './plan';

const PAGE = 50;

const DECISIONS: Record<Decision, string> = {
  'kept-out': localized('decisionKeptOut'),
  placeholder: localized('decisionPlaceholder'),
  sent: localized('decisionSent'),
  blocked: localized('decisionBlocked'),
  noted: localized('decisionNoted'),
  remembered: localized('decisionRemembered'),
};

const REASONS: Record<Reason, string> = {
  test: localized('whyTest'),
  'not-secret': localized('whyNotSecret'),
  risk: localized('whyRisk'),
};

let builtIn: ReadonlyMap<string, Kind> = new Map();

/** With those of rules of one's own. */
let kinds: ReadonlyMap<string, Kind> = builtIn;

let entries: readonly Entry[] = [];
let limit = PAGE;

function nameOf(rule: string): string {
  return nameIn(rule, kinds);
}

function matching(): Entry[] {
  const words = byId<HTMLInputElement>('search').value.toLowerCase().split(/\s+/);
  const decision = byId<HTMLSelectElement>('decision').value;
  return entries.filter((entry) => {
    const text = `${entry.site} ${entry.rule} ${nameOf(entry.rule)} ${kinds.get(entry.rule)?.provider ?? ''}`;
    return (decision === '' || entry.decision === decision) && words.every((word) => text.toLowerCase().includes(word));
  });
}

async function load(): Promise<void> {
  await showUnwritten();
  const { own, policy, added } = await answerTo({ ask: 'settings' });
  kinds = new Map([...builtIn, ...added.map((kind) => [kind.id, kind] as const)]);
  await prune(retentionOf(merged(own, policy)));
  const { entries: read, damaged } = await readEntries();
  entries = read;
  byId('chart').replaceChildren(chart(entries.map(({ time }) => time)));
  await showKeys(KEYS);
  show();
  if (damaged > 0) throw new Error(counted('historyDamaged', damaged));
}

function show(): void {
  const found = matching();
  byId('found').textContent = counted('historyFound', found.length);
  byId('entries').replaceChildren(...found.slice(0, limit).map(item));
  byId('more').hidden = found.length <= limit;
}

function item(entry: Entry): HTMLElement {
  const { rule, site, way, decision, masked, time, certainty } = entry;
  const title = make(
    'div',
    { class: 'row' },
    make('strong', {}, nameOf(rule)),
    maskedCode(masked),
    make('span', { class: `tag ${decision}` }, DECISIONS[decision]),
    entry.reason === undefined ? null : make('span', { class: 'quiet small' }, REASONS[entry.reason]),
  );
  const where = make(
    'p',
    { class: 'quiet small' },
    `${site || localized('noSite')} · ${dateAndTime(time)} · ${WAYS[way]}`,
    certain(certainty),
  );
  return make('li', {}, title, where, make('div', { class: 'row' }, ...acts(entry)), details(rule));
}

const WAYS = {
  paste: localized('wayPaste'),
  drop: localized('wayDrop'),
  type: localized('wayType'),
  send: localized('waySend'),
  request: localized('wayRequest'),
  file: localized('wayFile'),
} as const;

function certain(certainty: Entry['certainty']): string {
  return ` · ${{ certain: localized('certain'), likely: localized('likely'), possible: localized('possible') }[certainty]}`;
}

function acts(entry: Entry): HTMLElement[] {
  const { id, rule, site, masked, fingerprint } = entry;
  const what = `${nameOf(rule)} ${spoken(masked)}, ${site}, ${dateAndTime(entry.time)}`;
  const made = [
    button(
      localized('remove'),
      async () => {
        await removeEntry(id);
        await load();
      },
      { class: 'link', ...labelWith(localized('remove'), what) },
    ),
  ];
  if (fingerprint === null || site === '' || entry.decision === 'blocked') return made;
  made.unshift(
    button(
      localized('allowHere'),
      async () => {
        await allow({ fingerprint, site, rule, masked, since: Date.now() });
        say(localized('allowedHere', [nameOf(rule), site]));
      },
      { class: 'link', ...labelWith(localized('allowHere'), what) },
    ),
  );
  return made;
}

/** The plan is made when it is opened: most entries are only looked at. */
function details(rule: string): HTMLElement {
  const kind = kinds.get(rule);
  const opened = make('details', {}, make('summary', {}, localized('planTitle')));
  if (kind === undefined && rule !== OWN_SECRET) return make('div');
  opened.addEventListener('toggle', () => {
    if (opened.open && opened.children.length === 1) opened.append(kind === undefined ? ownPlan() : plan(kind));
  });
  return opened;
}

const KEYS = { nameOf, plan: details };

async function start(): Promise<void> {
  translate();
  const decisions = Object.entries(DECISIONS).map(([value, text]) => make('option', { value }, text));
  byId('decision').append(make('option', { value: '' }, localized('historyAll')), ...decisions);
  byId('search').addEventListener('input', () => {
    limit = PAGE;
    show();
  });
  onChange(byId('decision'), () => {
    limit = PAGE;
    show();
  });
  onPress(byId('more'), () => {
    limit += PAGE * 4;
    show();
  });
  offerMoreKeys(KEYS);
  onPress(byId('csv'), () => save('keystay-history.csv', 'text/csv', csv(matching(), nameOf)));
  onPress(byId('json'), () => save('keystay-history.json', 'application/json', json(matching(), nameOf)));
  const sure = byId('sure');
  onPress(byId('remove-all'), () => {
    sure.hidden = false;
    byId('sure-no').focus();
  });
  onPress(byId('sure-no'), () => {
    sure.hidden = true;
    byId('remove-all').focus();
  });
  onPress(byId('sure-yes'), async () => {
    await removeAll();
    sure.hidden = true;
    byId('remove-all').focus();
    say(localized('historyRemoved'));
    await load();
  });
  await attempt(async () => {
    builtIn = await catalog();
    await load();
  });
}

void start();
