// The toolbar button says quietly what happens in a tab: on, resting, held, broken. The browser clears a tab's own badge and drawing
// when the tab goes to another page.

import { localized, showBadge, showIcon } from '../shared/browser';
import { setUnwritten } from '../shared/unwritten';

const ALARM_COLOR = '#b3261e';
const NOTE_COLOR = '#5f6368';

interface Look {
  readonly text: string;
  readonly title: string;
  readonly color: string;
}

/** What a tab shows that has nothing of its own to say. */
let usual: Look = { text: '', title: '', color: NOTE_COLOR };
let problems: readonly string[] = [];
let pausedUntil = 0;
/** Null until the first writing since this worker began. */
let unwritten: boolean | null = null;
let broken = false;

export function showWarning(tabId: number): Promise<void> {
  return showBadge(tabId, '!', localized('badgeWarning'), ALARM_COLOR);
}

/** Something was let through that is worth knowing of: a test key, or a key on its own provider's page. */
export function showNote(tabId: number): Promise<void> {
  return showBadge(tabId, '•', localized('badgeNote'), NOTE_COLOR);
}

/** A key left the page, and nobody has said that it may. */
export function showLeft(tabId: number): Promise<void> {
  return showBadge(tabId, '!', localized('badgeLeft'), ALARM_COLOR);
}

export function showNothing(tabId: number): Promise<void> {
  return show(tabId, usual);
}

/** Whether nothing is held at this tab's site. */
export async function showResting(tabId: number, on: boolean): Promise<void> {
  await showIcon(tabId, on || paused() ? 'off' : 'on');
  await show(tabId, on ? { text: '', title: localized('badgeResting'), color: NOTE_COLOR } : usual);
}

/** Settings that cannot be used, by key, for every tab that has nothing more urgent to show. */
export function showProblems(keys: readonly string[]): Promise<void> {
  problems = keys;
  return refresh();
}

/** Nothing is held anywhere until then (ms since 1970). */
export function showPause(until: number): Promise<void> {
  pausedUntil = until;
  return refresh();
}

/** Whether the last writing of the history failed. */
export async function showUnwritten(failed: boolean): Promise<void> {
  if (unwritten === failed) return;
  await setUnwritten(failed);
  unwritten = failed;
  await refresh();
}

/** The scanner did not start: every suspicious paste will be held as "could not be checked". */
export function showBroken(): Promise<void> {
  broken = true;
  return refresh();
}

async function refresh(): Promise<void> {
  usual = usualLook();
  await showIcon(null, paused() ? 'off' : 'on');
  await show(null, usual);
}

function usualLook(): Look {
  if (broken) return { text: '×', title: localized('badgeBroken'), color: ALARM_COLOR };
  if (problems.length > 0)
    return { text: '?', title: localized('badgeProblems', [problems.join(', ')]), color: NOTE_COLOR };
  if (unwritten === true) return { text: '?', title: localized('unwritten'), color: NOTE_COLOR };
  if (paused()) return { text: '', title: localized('badgePaused', [timeOf(pausedUntil)]), color: NOTE_COLOR };
  return { text: '', title: localized('extName'), color: NOTE_COLOR };
}

function paused(): boolean {
  return Date.now() < pausedUntil;
}

function timeOf(time: number): string {
  return new Intl.DateTimeFormat(localized('language'), { timeStyle: 'short' }).format(time);
}

function show(tabId: number | null, { text, title, color }: Look): Promise<void> {
  return showBadge(tabId, text, title, color);
}
