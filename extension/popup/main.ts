// The popup: is this page guarded, what waits for an answer, and the ways to turn it down. It asks once, when it opens.

import { icon } from '../content/warning/icon';
import { activeTab, localized, reloadTab, type Tab, tabOf } from '../shared/browser';
import { catalog } from '../shared/catalog';
import { counted } from '../shared/counted';
import { dueItem } from '../shared/due';
import { readEntries, reminders } from '../shared/history';
import type { Answer, Answers, FrameState, Kind, Remember } from '../shared/messages';
import {
  answerTo,
  attempt,
  button,
  byId,
  linkOr,
  make,
  nameOf,
  onPress,
  showUnwritten,
  timeOf,
  translate,
} from '../shared/page';
import { changeSettings, EVERY_SITE, isLocked, merged, pausedUntil, textsOf } from '../shared/settings';
import { since } from '../shared/since';
import { type Look, look } from './look';
import { offerPractice } from './practice';
import { type Status, statusOf } from './status';

const HOUR = 60 * 60 * 1000;

/** How long the page needs to take a new setting over, before it is asked again. */
const SETTLING_MS = 150;

const LAST = 5;

const TITLES: Record<Status['state'], string> = {
  held: 'statusHeld',
  broken: 'statusBroken',
  partly: 'statusPartly',
  paused: 'statusPaused',
  off: 'statusOff',
  restricted: 'statusRestricted',
  on: 'statusOn',
};

const WHY = {
  silent: 'whySilent',
  deaf: 'whyDeaf',
  scanner: 'whyScanner',
  site: 'whySite',
  page: 'whyPage',
} as const;

const ANSWERS = { 'keep-out': 'keepOut', placeholder: 'popupPlaceholder', anyway: 'pasteAnyway' } as const;

const REMEMBER = {
  nothing: 'rememberNothing',
  value: 'rememberValue',
  kind: 'rememberKind',
  site: 'rememberSite',
} as const;

const REASONS = [
  ['test', 'reasonTest'],
  ['not-secret', 'reasonNotSecret'],
  ['risk', 'reasonRisk'],
] as const;

let tab: Tab;
let inTab = false;
let kinds: ReadonlyMap<string, Kind> = new Map();
let seen: Look;

/** Nothing here waits longer than the frames' patience: a scanner that does not start is a state to show. */
async function settingsOrNull(): Promise<Answers['settings'] | null> {
  try {
    return await answerTo({ ask: 'settings' });
  } catch {
    return null;
  }
}

async function show(): Promise<void> {
  const [settings, looked] = await Promise.all([settingsOrNull(), look(tab.id ?? -1)]);
  seen = looked;
  const values = settings === null ? {} : merged(settings.own, settings.policy);
  const status = statusOf({
    frames: seen.frames,
    url: tab.url,
    scanner: settings !== null,
    pausedUntil: pausedUntil(values),
    offSites: textsOf(values.offSites),
    now: Date.now(),
  });
  showStatus(status);
  showHeld(seen.frames);
  if (settings !== null) showSwitches(status, settings, seen.frames.find(({ top }) => top)?.site ?? '');
}

function showStatus(status: Status): void {
  const shown = byId('status');
  shown.dataset.state = status.state;
  const title = make('h1', {}, localized(TITLES[status.state]));
  const detail = make('p', { class: 'small quiet' }, detailOf(status));
  shown.replaceChildren(icon(document), make('div', {}, title, detail));
  byId('reload').hidden = !(status.state === 'broken' && status.why !== 'scanner') && status.state !== 'partly';
}

function detailOf(status: Status): string {
  switch (status.state) {
    case 'held':
      return localized('whyHeld');
    case 'broken':
    case 'off':
      return localized(WHY[status.why]);
    case 'partly':
      return counted('whyPartly', status.missing);
    case 'paused':
      return localized('whyPaused', [timeOf(status.until)]);
    case 'restricted':
      return localized('whyRestricted');
    case 'on':
      return counted('whyOn', status.frames);
  }
}

function showHeld(frames: readonly FrameState[]): void {
  const section = byId('held');
  const held = frames.filter((frame) => frame.held !== null).map(heldItem);
  section.hidden = held.length === 0;
  // A browser's popup is at most 600 px high: what has to be decided comes before what was.
  byId('lately').hidden = held.length > 0;
  section.replaceChildren(...held);
}

function heldItem({ frame, held }: FrameState): HTMLElement {
  const { name = '', count = 0, site = '', choices = [] } = held ?? {};
  const what = count > 1 ? counted('several', count) : name || localized('unchecked');
  const answer = (given: Answer) => {
    seen.answer(frame, given);
    return done();
  };
  const buttons = choices.map((choice) => {
    if (choice === 'anyway' && count > 0) return asksWhy(frame, held?.remember ?? [], answer);
    const attributes = choice === 'keep-out' ? { class: 'main' } : {};
    return button(localized(ANSWERS[choice]), () => answer({ choice, reason: null, remember: null }), attributes);
  });
  const where = site === '' ? localized('destinationUnknown') : localized('popupWould', [site]);
  return make('div', { class: 'stack' }, make('h2', {}, what), make('p', { class: 'small' }, where), ...buttons);
}

/** The second step of letting something through, as in the page. */
function asksWhy(frame: number, remember: readonly Remember[], answer: (given: Answer) => unknown): HTMLElement {
  const about = make(
    'select',
    { id: `remember-${frame}` },
    ...[null, ...remember].map((value) =>
      make('option', { value: value ?? '' }, localized(REMEMBER[value ?? 'nothing'])),
    ),
  );
  const reasons = REASONS.map(([reason, key]) =>
    button(localized(key), () =>
      answer({ choice: 'anyway', reason, remember: (about.value || null) as Remember | null }),
    ),
  );
  return make(
    'details',
    {},
    make('summary', {}, `${localized('pasteAnyway')}…`),
    make(
      'div',
      { class: 'stack' },
      ...(remember.length > 0
        ? [make('label', { for: `remember-${frame}`, class: 'small' }, localized('remember')), about]
        : []),
      make('p', { class: 'small quiet' }, localized('because')),
      ...reasons,
    ),
  );
}

function showSwitches(status: Status, { own, policy }: Answers['settings'], site: string): void {
  const values = merged(own, policy);
  const reachable = seen.frames.some(({ top }) => top);
  byId('switches').hidden = !reachable;
  const offSites = textsOf(values.offSites);
  const toggle = byId('site');
  toggle.textContent = localized('popupSite', [site]);
  toggle.setAttribute('aria-checked', String(!offSites.includes(site)));
  toggle.hidden = site === '';
  const net = byId<HTMLButtonElement>('net');
  const netSites = textsOf(values.lastNet);
  net.textContent = localized('popupNet', [site]);
  net.setAttribute('aria-checked', String(netSites.includes(site) || netSites.includes(EVERY_SITE)));
  net.hidden = site === '';
  net.disabled = isLocked('lastNet', policy) || netSites.includes(EVERY_SITE);
  const paused = pausedUntil(values) > Date.now();
  byId('pause-hour').textContent = localized(paused ? 'popupResume' : 'popupPauseHour');
  byId('pause-page').hidden = status.state === 'paused' || (status.state === 'off' && status.why === 'site');
  byId('pause-page').textContent = localized(status.state === 'off' ? 'popupResumePage' : 'popupPausePage');
  const locks = { site: isLocked('offSites', policy), hour: isLocked('pausedUntil', policy) };
  byId<HTMLButtonElement>('site').disabled = locks.site;
  byId<HTMLButtonElement>('pause-hour').disabled = locks.hour;
  byId<HTMLButtonElement>('pause-page').disabled = locks.hour;
  byId('locked').hidden = !locks.site && !locks.hour;
}

async function change(values: (now: Record<string, unknown>) => Record<string, unknown>): Promise<void> {
  await changeSettings(values);
  await settled();
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
  await show();
}

/** The page gets the focus back, which some editors need before they take a text. In a tab of its own the popup stays. */
async function done(): Promise<void> {
  if (inTab) await settled();
  else window.close();
}

async function showLast(): Promise<void> {
  const list = byId('last');
  const none = (key: string) => list.replaceChildren(make('li', { class: 'quiet' }, localized(key)));
  if (tab.incognito === true) return none('popupPrivate');
  const [{ entries }, settings] = await Promise.all([readEntries(), settingsOrNull()]);
  if (entries.length === 0) return none('popupNothing');
  list.replaceChildren(
    ...entries.slice(0, LAST).map(({ rule, site, decision, time }) => {
      const name = nameOf(rule, kinds, settings?.added);
      const what = make(
        'div',
        {},
        make('strong', {}, name),
        ' ',
        make('span', { class: 'quiet' }, DECISIONS[decision]),
      );
      return make('li', {}, what, make('div', { class: 'quiet' }, `${site} · ${since(time)}`));
    }),
  );
}

/** A day after a key got out, and a week after. Only the first: the history has them all. */
async function showDue(): Promise<void> {
  const due = tab.incognito === true ? [] : await reminders();
  const [first] = due;
  byId('due').hidden = first === undefined;
  if (first === undefined) return byId('due-list').replaceChildren();
  const link = linkOr(kinds.get(first.rule)?.revoke ?? '', localized('sentWhere'));
  const more = due.length > 1 ? counted('more', due.length - 1) : '';
  byId('due-list').replaceChildren(
    dueItem(first, kinds.get(first.rule)?.name ?? first.rule, showDue, make('p', { class: 'small' }, link)),
    ...(more === '' ? [] : [make('li', {}, make('a', { href: '../history/index.html', target: '_blank' }, more))]),
  );
}

const DECISIONS = {
  'kept-out': localized('decisionKeptOut'),
  placeholder: localized('decisionPlaceholder'),
  sent: localized('decisionSent'),
  blocked: localized('decisionBlocked'),
  noted: localized('decisionNoted'),
  remembered: localized('decisionRemembered'),
} as const;

async function start(): Promise<void> {
  translate();
  // Opened in a tab of its own, the popup is told which tab it is about.
  const wanted = Number(new URLSearchParams(location.search).get('tab'));
  inTab = wanted > 0;
  tab = (inTab ? await tabOf(wanted) : await activeTab()) ?? {};
  onPress(byId('reload'), async () => {
    if (tab.id !== undefined) await reloadTab(tab.id);
    await done();
  });
  onPress(byId('site'), () => {
    const site = seen.frames.find(({ top }) => top)?.site ?? '';
    const on = byId('site').getAttribute('aria-checked') === 'true';
    return change(({ offSites }) => {
      const others = textsOf(offSites).filter((known) => known !== site);
      return { offSites: on ? [...others, site] : others };
    });
  });
  onPress(byId('net'), async () => {
    const site = seen.frames.find(({ top }) => top)?.site ?? '';
    const on = byId('net').getAttribute('aria-checked') === 'true';
    await change(({ lastNet }) => {
      const others = textsOf(lastNet).filter((known) => known !== site);
      return { lastNet: on ? others : [...others, site] };
    });
    byId('net-how').hidden = false;
    byId('reload').hidden = false;
  });
  onPress(byId('pause-hour'), () =>
    change(({ pausedUntil: until }) => ({
      pausedUntil: typeof until === 'number' && until > Date.now() ? undefined : Date.now() + HOUR,
    })),
  );
  onPress(byId('pause-page'), () => {
    seen.pausePage(!seen.frames.some(({ top, resting }) => top && resting));
    return settled();
  });
  offerPractice();
  await Promise.all([
    attempt(show),
    attempt(async () => {
      kinds = await catalog();
      await showLast();
      await showDue();
    }),
    attempt(showUnwritten),
  ]);
}

void start();
