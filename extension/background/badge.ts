// The toolbar button says quietly what happens in a tab. The browser clears a tab's own badge when the tab goes to another page.

import { localized, showBadge } from '../shared/browser';

const WARNING_COLOR = '#b3261e';
const NOTE_COLOR = '#5f6368';

let problems: readonly string[] = [];

export function showWarning(tabId: number): Promise<void> {
  return showBadge(tabId, '!', localized('badgeWarning'), WARNING_COLOR);
}

/** Something was let through that is worth knowing of: a test key, or a key on its own provider's page. */
export function showNote(tabId: number): Promise<void> {
  return showBadge(tabId, '•', localized('badgeNote'), NOTE_COLOR);
}

export function showNothing(tabId: number): Promise<void> {
  return showBadge(tabId, problemText(), problemTitle(), NOTE_COLOR);
}

/** Settings that cannot be used, by key, for every tab that has nothing more urgent to show. */
export function showProblems(keys: readonly string[]): Promise<void> {
  problems = keys;
  return showBadge(null, problemText(), problemTitle(), NOTE_COLOR);
}

function problemText(): string {
  return problems.length > 0 ? '?' : '';
}

function problemTitle(): string {
  return problems.length > 0 ? localized('badgeProblems', [problems.join(', ')]) : localized('extName');
}
