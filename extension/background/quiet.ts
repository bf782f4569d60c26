// Tells the frames where nothing is held, and shows it on the toolbar button.

import { localStorage, onAlarm, setAlarm } from '../shared/browser';
import { QUIET, type Quiet, quietFrom } from '../shared/quiet';
import { pausedUntil, textsOf, type Values } from '../shared/settings';
import { showPause } from './badge';

const PAUSE_ENDS = 'pause-ends';

onAlarm((name) => {
  if (name === PAUSE_ENDS) void showPause(0);
});

export async function keepQuiet(values: Values): Promise<void> {
  const quiet: Quiet = { sites: textsOf(values.offSites), until: pausedUntil(values) };
  const known = quietFrom((await localStorage.get(QUIET))[QUIET]);
  if (JSON.stringify(quiet) !== JSON.stringify(known)) await localStorage.set({ [QUIET]: quiet });
  await setAlarm(PAUSE_ENDS, quiet.until > Date.now() ? quiet.until : null);
  await showPause(quiet.until);
}
