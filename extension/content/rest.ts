// Where the person (or nobody else) has said that nothing is to be held: events then pass untouched, as if we were not there.
// What is not known yet counts as "on".

import { attached } from '../shared/browser';
import { isQuiet, type Quiet, quietFrom } from '../shared/quiet';
import { site, tellResting } from './scanner';

let quiet: Quiet = { sites: [], until: 0 };

/** Until this document is loaded anew. */
let here = false;

/** What the toolbar button was last told. */
let told = false;

/** Asked at each event, since a pause ends by itself. */
export function resting(): boolean {
  return here || isQuiet(quiet, site(), Date.now());
}

export function restHere(on: boolean): void {
  here = on;
  showRest();
}

export function takeQuiet(raw: unknown): void {
  quiet = quietFrom(raw);
  showRest();
}

/** A pause of everything is shown on every tab's button; this is about this page alone. */
function showRest(): void {
  if (window !== window.top || !attached()) return;
  const rests = here || quiet.sites.includes(site());
  if (rests !== told) tellResting(rests);
  told = rests;
}
