// The options. Every change acts at once; what a company's policy decides is shown and locked.

import { localized, onStorageChanged } from '../shared/browser';
import { catalog } from '../shared/catalog';
import { allAllowed, disallow } from '../shared/history';
import { spoken } from '../shared/masked';
import type { Answers, Kind } from '../shared/messages';
import {
  answerTo,
  attempt,
  button,
  byId,
  dateOf,
  labelWith,
  make,
  maskedCode,
  nameOf,
  onPress,
  save,
  say,
  translate,
} from '../shared/page';
import { SECRETS } from '../shared/secrets';
import { changeSettings, exported, merged, SETTINGS } from '../shared/settings';
import { showKinds, takeKinds } from './kinds';
import { showLists } from './lists';
import { readFile } from './read';
import { offerRules, showRules } from './rules';
import { offerSecrets, showSecrets } from './secrets';
import { showSelects } from './selects';

const KEPT = [
  localized('keptEntries'),
  localized('keptFingerprint'),
  localized('keptSecrets'),
  localized('keptSettings'),
  localized('keptNothing'),
  localized('keptPrivate'),
];

const CHECK = [localized('checkManifest'), localized('checkNetwork'), localized('checkOffline')];

/** What the page shows now. */
let shown: Answers['settings'] | null = null;

/** Those that are built in, by the id of their rule. */
let kinds: ReadonlyMap<string, Kind> = new Map();

async function show(): Promise<void> {
  const settings = await answerTo({ ask: 'settings' });
  shown = settings;
  showSelects(settings);
  showLists(settings);
  showKinds(settings);
  await showRules(settings, kinds);
  const { problems, damaged, refused, secretsDamaged } = settings;
  const lines = problems.map(({ key, expected }) => localized('optionsProblem', [key, expected]));
  for (const { file, rule, reason } of refused)
    lines.push(localized('optionsRefused', [`${file} ${rule}`.trim(), reason]));
  if (damaged) lines.push(localized('optionsDamaged'));
  if (secretsDamaged) lines.push(localized('secretsDamaged'));
  if (lines.length > 0) throw new Error(lines.join(' '));
}

async function showAllowed(): Promise<void> {
  const all = await allAllowed();
  const items = all.map((allowed) => {
    const kind = nameOf(allowed.rule, kinds, shown?.added);
    const name = kind === '' ? localized('rememberSite') : kind;
    const value = kind === '' ? null : localized('rememberKind');
    const masked = allowed.masked === '' ? value : maskedCode(allowed.masked);
    const what = make('div', {}, name, ' ', masked);
    const where = make('div', { class: 'quiet small' }, `${allowed.site} · ${dateOf(allowed.since)}`);
    const forget = button(
      localized('forget'),
      async () => {
        await disallow(allowed);
        await showAllowed();
      },
      labelWith(localized('forget'), `${name} ${spoken(allowed.masked)}, ${allowed.site}`),
    );
    return make('li', { class: 'row spread' }, make('div', {}, what, where), forget);
  });
  if (items.length === 0) items.push(make('li', { class: 'quiet' }, localized('optionsAllowedNone')));
  byId('allowed-list').replaceChildren(...items);
}

async function take(file: File): Promise<void> {
  const values = await readFile(file);
  // What was set before and is not in the file goes, so that the file says what applies.
  const before = Object.keys(shown?.own ?? {}).map((key) => [key, undefined]);
  await changeSettings(() => ({ ...Object.fromEntries(before), ...values }));
  say(localized('importDone'));
}

async function start(): Promise<void> {
  translate();
  byId('kept').replaceChildren(...KEPT.map((text) => make('li', {}, text)));
  byId('check').replaceChildren(...CHECK.map((text) => make('li', {}, text)));
  onPress(byId('export'), () => {
    save('keystay-settings.json', 'application/json', exported(merged(shown?.own ?? {}, {})));
  });
  const file = byId<HTMLInputElement>('file');
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void attempt(() => take(chosen)).then(() => (file.value = ''));
  });
  onStorageChanged((area, keys) => {
    if (area === 'managed' || keys.includes(SETTINGS)) void attempt(show);
    if (keys.includes(SECRETS)) void attempt(showSecrets);
  });
  offerSecrets();
  offerRules();
  await attempt(async () => {
    await showSecrets();
    kinds = await catalog();
    takeKinds([...kinds.values()]);
    try {
      await show();
    } finally {
      await showAllowed();
    }
  });
}

void start();
