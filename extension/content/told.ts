// What the background leaves in the storage for every frame: where nothing is held, and what the tripwire must hold besides. Frames read
// no settings.

import { ADDITIONS } from '../shared/additions';
import { localStorage, onStorageChanged } from '../shared/browser';
import { QUIET } from '../shared/quiet';
import { takeQuiet } from './rest';
import { forgetAdditions, takeAdditions } from './tripwire';

const KEYS = [QUIET, ADDITIONS];

export function watchTold(): void {
  onStorageChanged((area, keys) => {
    if (area === 'local' && KEYS.some((key) => keys.includes(key))) void look();
  });
  void look();
}

/** A page that the browser had put aside was told nothing meanwhile. */
export function onPageShow(event: PageTransitionEvent): void {
  if (!event.isTrusted || !event.persisted) return;
  forgetAdditions();
  void look();
}

async function look(): Promise<void> {
  try {
    const told = await localStorage.get(KEYS);
    takeAdditions(told[ADDITIONS]);
    takeQuiet(told[QUIET]);
  } catch {
    // Nothing is known, so nothing is let off.
  }
}
